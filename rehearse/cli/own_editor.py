"""A text of the person's, opened in the editor they have chosen."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from rehearse.errors import EditorUnavailable, StorageFailed
from rehearse.transcription.models import write_private

#: The simple ones that a system may have, and how one saves and leaves there.
_LEAVE_NANO = "To save and leave it: Ctrl-X, then y and Enter."
_LEAVE_VI = "To save and leave it: Esc, then :wq and Enter."
_ON_MAC = ("open -t -W", "Save your text with Cmd-S, then close that program with Cmd-Q.")
_ON_WINDOWS = ("notepad", "Save your text with Ctrl-S, then close the window.")


@dataclass(frozen=True, slots=True)
class Editor:
    """
    command  as it is typed in a shell
    leaving  how to save and leave, in a sentence; '' where the person chose it, or the system has an own choice
    chosen   whether the person chose it
    """

    command: str
    leaving: str
    chosen: bool = False

    @property
    def name(self) -> str:
        """As a sentence begins with it."""
        unnamed = self.command.startswith(("open ", "sensible-"))
        return "Your system's text editor" if unnamed else f"The editor {self.command}"


def editor_of(environment: Mapping[str, str], which: Callable[[str], str | None], platform: str) -> Editor:
    """That of $VISUAL or $EDITOR, else the simplest there is: nobody is to be caught in vi who did not ask for it."""
    for name in ("VISUAL", "EDITOR"):
        if environment.get(name):
            return Editor(environment[name], "", chosen=True)
    if platform == "win32":
        return Editor(*_ON_WINDOWS)
    for command in ("nano", "pico"):
        if which(command):
            return Editor(command, _LEAVE_NANO)
    if platform == "darwin":
        return Editor(*_ON_MAC)
    if which("micro"):
        return Editor("micro", "To save and leave it: Ctrl-S, then Ctrl-Q.")
    if which("sensible-editor"):
        return Editor("sensible-editor", "")
    return Editor("vim" if which("vim") else "vi", _LEAVE_VI)


def own_editor() -> Editor:
    return editor_of(os.environ, shutil.which, sys.platform)


def edited(text: str, file: Path) -> str:
    """The text as it was left in the person's own editor.

    file  where it lies meanwhile; it stays behind where this process is killed, so that nothing is lost

    Raises EditorUnavailable where no editor runs, or it says that it failed; StorageFailed.
    """
    write_private(file, text + "\n")
    try:
        with _interrupts_left_to_the_editor():
            click.edit(filename=str(file), editor=own_editor().command)
    except click.ClickException as error:
        # What was typed before an editor failed is kept all the same.
        if (typed := left_behind(file)) and typed != text.strip():
            return typed
        raise EditorUnavailable(
            "Your editor could not be opened, or ended with an error.",
            "Name one that you have, for example:  EDITOR=nano rehearse followup",
        ) from error
    return left_behind(file) or ""


def left_behind(file: Path) -> str | None:
    """What lies in the file, which is deleted then; None where there is none."""
    try:
        written = file.read_bytes()
        file.unlink()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageFailed(f"{file} cannot be read.", "Look at it yourself: your text is in it.") from error
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError:
        # An editor with an encoding of its own: this one reads whatever it wrote, nearly always rightly.
        text = written.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@contextmanager
def _interrupts_left_to_the_editor() -> Iterator[None]:
    """Ctrl-C in the editor is the editor's: it does not end this program behind its back."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
