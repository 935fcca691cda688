"""A bar leaves nothing behind, and what is shown after it stands on lines of its own."""

import pytest
from at_a_terminal import ended, held_up
from terminal_screen import lines_shown


@pytest.mark.parametrize("columns", [80, 40])
def test_the_result_is_not_glued_to_the_bar_and_no_key_tears_it(program, practised, columns):
    child = program("transcribe", "1", columns=columns)
    child.expect("Listening|Writing down")
    # However late this test comes to type: while the bar stands there.
    with held_up(child):
        child.send("q\r")
    written = child.before + child.after
    ended(child)
    lines = lines_shown(written + child.before, columns=columns)
    (first,) = [line for line in lines if "Attempt 1" in line]
    assert first.startswith("  Attempt 1 · Tell me about")
    assert not [line for line in lines if "Writing down" in line or "Listening to" in line or "━" in line]
