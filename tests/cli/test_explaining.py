"""Somebody at a screen reads page by page; the pager is one that says that it was asked, but for one test."""

import os
import shutil
import stat
import sys

import pytest
from at_a_terminal import ended

pexpect = pytest.importorskip("pexpect", reason="needs pexpect, which has no Windows")


@pytest.fixture
def at_terminal(practised, tmp_path):
    """at_terminal(rows, *arguments) runs the program at a screen of so many rows."""
    pager = tmp_path / "pager"
    pager.write_text(f"#!{sys.executable}\nimport sys\nprint('PAGED', len(sys.stdin.read().splitlines()))\n")
    pager.chmod(pager.stat().st_mode | stat.S_IXUSR)
    children = []

    def start(rows, *arguments, pager=str(pager)):
        # pexpect tells the size to the terminal only once the program runs, which is late on a busy machine.
        sized = os.environ | {"TERM": "xterm-256color", "PAGER": pager, "LINES": str(rows), "COLUMNS": "80"}
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


@pytest.mark.skipif(shutil.which("less") is None, reason="needs less")
def test_a_real_pager_says_how_to_go_on_and_how_to_leave_it(at_terminal, monkeypatch):
    monkeypatch.delenv("LESS", raising=False)
    child = at_terminal(24, "show", "--explain", pager="less")
    child.expect(r"\n\r?(\x1b\[\d*[mK])*(  Space  next page   b  back   q  done)")
    child.send("q")
    assert ended(child) == 0


def test_the_key_e_explains_and_the_answer_still_waits_to_be_kept(at_terminal, short_answer):
    child = at_terminal(24, "practice", "first job", "--from", short_answer)
    child.expect("e explain")
    child.send("e")
    child.expect(r"PAGED \d\d\d")
    child.expect("e explain")
    child.send("dd")
    child.expect("Attempt 2 is gone")
