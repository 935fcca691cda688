"""Somebody at a screen reads page by page; the pager is one that says that it was asked."""

import os
import stat
import sys

import pytest

pexpect = pytest.importorskip("pexpect", reason="needs pexpect, which has no Windows")


@pytest.fixture
def at_terminal(practised, tmp_path):
    """at_terminal(rows, *arguments) runs the program at a screen of so many rows."""
    pager = tmp_path / "pager"
    pager.write_text(f"#!{sys.executable}\nimport sys\nprint('PAGED', len(sys.stdin.read().splitlines()))\n")
    pager.chmod(pager.stat().st_mode | stat.S_IXUSR)
    environment = os.environ | {"TERM": "xterm-256color", "PAGER": str(pager)}
    children = []

    def start(rows, *arguments):
        # pexpect tells the size to the terminal only once the program runs, which is late on a busy machine.
        sized = environment | {"LINES": str(rows), "COLUMNS": "80"}
        command = ["-m", "rehearse", *map(str, arguments)]
        child = pexpect.spawn(sys.executable, command, env=sized, dimensions=(rows, 80), timeout=60, encoding="utf-8")
        children.append(child)
        return child

    yield start
    for child in children:
        child.close(force=True)


def test_what_is_longer_than_the_screen_is_read_page_by_page(at_terminal):
    child = at_terminal(24, "show", "--explain")
    child.expect(r"PAGED \d\d\d")
    child.expect(pexpect.EOF)
    assert "answer duration" not in child.before


def test_what_fits_on_the_screen_is_just_shown(at_terminal):
    child = at_terminal(900, "show", "--explain")
    child.expect("answer duration")
    child.expect(pexpect.EOF)
    assert "PAGED" not in child.before


def test_the_key_e_explains_and_the_answer_still_waits_to_be_kept(at_terminal, short_answer):
    child = at_terminal(24, "practice", "first job", "--from", short_answer)
    child.expect("e explain")
    child.send("e")
    child.expect(r"PAGED \d\d\d")
    child.expect("e explain")
    child.send("d")
    child.expect("Attempt 2 is gone")
