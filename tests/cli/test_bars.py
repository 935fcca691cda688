"""A bar leaves nothing behind, and what is shown after it stands on lines of its own."""

import numpy
import pytest
import soundfile
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


def test_no_key_is_seen_while_a_recording_is_being_read(program, tmp_path):
    soundfile.write(tmp_path / "long.flac", numpy.zeros((300 * 48_000, 2), numpy.int16), 48_000)
    (tmp_path / "empty.flac").touch()
    named = [f'[[question]]\ntext = "{name}?"\nrecording = "{name}.flac"\n' for name in ("long", "empty")]
    (tmp_path / "mine.toml").write_text("".join(named))
    child = program("debrief", "--from", tmp_path / "mine.toml")
    child.delaybeforesend = None
    child.expect("Reading the recording")
    child.send("zqzq")
    child.expect_exact("empty.flac is empty (0 bytes)")
    assert "zqzq" not in child.before
