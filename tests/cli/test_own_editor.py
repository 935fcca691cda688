"""What was typed in an editor comes back, whatever the editor made of it."""

import shlex
import sys

import pytest

from rehearse.cli.own_editor import edited, editor_of, left_behind
from rehearse.errors import EditorUnavailable


@pytest.fixture
def editor(monkeypatch, tmp_path):
    """editor(b"text", 0): the next editor leaves these bytes and that exit code."""

    def make(content, code=0):
        (tmp_path / "content").write_bytes(content)
        (tmp_path / "editor.py").write_text(
            f"import shutil, sys; shutil.copyfile({str(tmp_path / 'content')!r}, sys.argv[1]); sys.exit({code})"
        )
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(tmp_path / "editor.py")]))

    return make


@pytest.mark.parametrize(
    ("left", "read"),
    [
        ("Zoë\nYes.\n".encode(), "Zoë\nYes."),
        ("Zoë\r\nYes.\r\n".encode("utf-8-sig"), "Zoë\nYes."),
        ("Zoë – yes".encode("cp1252"), "Zoë – yes"),
        (b"one\x0ctwo\n", "one\x0ctwo"),
        (b" \n\n", ""),
    ],
)
def test_the_text_is_read_as_it_was_written(editor, tmp_path, left, read):
    editor(left)
    assert edited("before", tmp_path / "mail.txt") == read
    assert left_behind(tmp_path / "mail.txt") is None


def test_an_editor_that_fails_loses_nothing(editor, tmp_path):
    editor(b"typed before it fell over\n", 1)
    assert edited("before", tmp_path / "mail.txt") == "typed before it fell over"
    editor(b"before\n", 1)
    with pytest.raises(EditorUnavailable):
        edited("before", tmp_path / "mail.txt")
    assert not (tmp_path / "mail.txt").exists()


@pytest.mark.parametrize(
    ("environment", "there", "platform", "command"),
    [
        ({"EDITOR": "emacs"}, {"nano"}, "linux", "emacs"),
        ({"EDITOR": "emacs", "VISUAL": "code -w"}, {"nano"}, "linux", "code -w"),
        ({"EDITOR": ""}, {"nano", "sensible-editor", "vim"}, "linux", "nano"),
        ({}, {"sensible-editor", "vim"}, "linux", "sensible-editor"),
        ({}, {"vim"}, "linux", "vim"),
        ({}, set(), "linux", "vi"),
        ({}, {"vim"}, "darwin", "open -t -W"),
        ({}, {"nano", "vim"}, "darwin", "nano"),
        ({}, {"vim"}, "win32", "notepad"),
    ],
)
def test_nobody_is_put_into_vi_who_did_not_ask_for_it(environment, there, platform, command):
    chosen = editor_of(environment, lambda name: f"/bin/{name}" if name in there else None, platform)
    assert chosen.command == command and chosen.chosen is bool(environment.get("EDITOR"))
    assert bool(chosen.leaving) is (not chosen.chosen and command != "sensible-editor")


def test_the_text_is_its_owners_alone_meanwhile(monkeypatch, tmp_path):
    look = "import os, sys; open(sys.argv[1] + '.mode', 'w').write(oct(os.stat(sys.argv[1]).st_mode & 0o777))"
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, "-c", look]))
    edited("before", tmp_path / "mail.txt")
    if sys.platform != "win32":
        assert (tmp_path / "mail.txt.mode").read_text() == "0o600"
