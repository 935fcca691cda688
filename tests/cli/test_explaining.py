"""Somebody at a screen reads page by page; the pager is one that says that it was asked, but for one test."""

import shutil
import stat
import sys

import pytest
from at_a_terminal import ended


@pytest.fixture
def at_terminal(program, practised, tmp_path):
    """at_terminal(rows, *arguments) runs the program at a screen of so many rows."""
    pager = tmp_path / "pager"
    pager.write_text(f"#!{sys.executable}\nimport sys\nprint('PAGED', len(sys.stdin.read().splitlines()))\n")
    pager.chmod(pager.stat().st_mode | stat.S_IXUSR)

    def start(rows, *arguments, pager=str(pager)):
        return program(*arguments, rows=rows, PAGER=pager)

    return start


def test_what_is_longer_than_the_screen_is_read_page_by_page(at_terminal):
    child = at_terminal(24, "show", "--explain")
    child.expect(r"PAGED \d\d\d")
    ended(child)
    assert "answer duration" not in child.before


def test_what_fits_on_the_screen_is_just_shown(at_terminal):
    child = at_terminal(900, "show", "--explain")
    child.expect("answer duration")
    ended(child)
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
