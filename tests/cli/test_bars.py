"""A bar leaves nothing behind, and what is shown after it stands on lines of its own."""

import os
import sys

import pytest
from terminal_screen import lines_shown

pexpect = pytest.importorskip("pexpect", reason="needs pexpect, which has no Windows")


@pytest.mark.parametrize("columns", [80, 40])
def test_the_result_is_not_glued_to_the_bar_and_no_key_tears_it(practised, columns):
    child = pexpect.spawn(
        sys.executable,
        ["-m", "rehearse", "transcribe", "1"],
        env=os.environ | {"TERM": "xterm-256color", "COLUMNS": str(columns)},
        dimensions=(24, columns),
        timeout=60,
        encoding="utf-8",
    )
    child.expect("Listening|Writing down")
    written = child.before + child.after
    child.send("q\r")
    child.expect(pexpect.EOF)
    lines = lines_shown(written + child.before, columns=columns)
    child.close()
    (first,) = [line for line in lines if "Attempt 1" in line]
    assert first.startswith("  Attempt 1 · Tell me about")
    assert not [line for line in lines if "Writing down" in line or "Listening to" in line or "━" in line]
