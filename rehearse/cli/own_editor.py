"""A text of the person's, opened in the editor they have chosen."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from rehearse.errors import EditorUnavailable, StorageFailed
from rehearse.transcription.models import write_private


def edited(text: str, file: Path) -> str:
    """The text as it was left in the editor of $VISUAL or $EDITOR, else the system's own.

    file  where it lies meanwhile; it stays behind where this process is killed, so that nothing is lost

    Raises EditorUnavailable where no editor runs, or it says that it failed; StorageFailed.
    """
    write_private(file, text + "\n")
    try:
        with _interrupts_left_to_the_editor():
            click.edit(filename=str(file))
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
