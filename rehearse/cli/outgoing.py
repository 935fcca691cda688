"""The ways a mail leaves this program: as a file, or handed to a mail program. It is never sent from here."""

import os
import re
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from rehearse.errors import StorageFailed
from rehearse.interview import Interview
from rehearse.presentation.follow_up import Mail, eml

_SUFFIXES = (".eml", ".txt")


def proposed_name(interview: Interview) -> str:
    """'thank-you-northwind.eml'."""
    of = re.sub(r"[^\w]+", "-", interview.company.lower()).strip("-_")[:40]
    return f"thank-you-{of or interview.id}.eml"


def with_suffix(path: Path) -> Path:
    """The path with .eml where it has neither suffix. Raises StorageFailed where it is that of a folder."""
    # Whether a file can be looked at, in a closed folder for example, is told when it is written.
    with suppress(OSError):
        if path.is_dir():
            raise StorageFailed(f"{path} is a folder, and a file is needed.", "Name the file inside it.")
    return path if path.suffix.lower() in _SUFFIXES else path.with_name(f"{path.name}.eml")


def is_there(path: Path) -> bool:
    """Whether something of that name would be replaced. Raises StorageFailed where it cannot be written anyway."""
    try:
        return path.exists()
    except OSError as error:
        raise _not_written(path) from error


def save(mail: Mail, path: Path, at: datetime, *, over: bool) -> None:
    """Write the mail to a file for its owner alone: .eml for mail programs, .txt as it is read.

    over  whether a file of that name may be replaced

    Raises StorageFailed.
    """
    if path.suffix.lower() == ".eml":
        content = eml(mail, at)
    else:
        heading = [f"{name}: {text}\n" for name, text in (("To", mail.to), ("Subject", mail.subject)) if text]
        text = "".join(heading) + ("\n" if heading else "") + mail.body + "\n"
        content = text.replace("\n", os.linesep).encode("utf-8", "replace")
    try:
        with path.open("wb" if over else "xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise StorageFailed(f"{path} is there already.", "Choose another name, or add --yes.") from error
    except (OSError, ValueError) as error:
        raise _not_written(path) from error


def _not_written(path: Path) -> StorageFailed:
    return StorageFailed(f"{path} cannot be written.", "Is the folder there? Are you allowed to write to it?")


def open_mail_program(link: str) -> bool:
    """Hand the link to the system; False where there is surely no mail program to take it."""
    import webbrowser

    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in screens):
        # Without a screen only browsers for the terminal are left, which would show the link and take the keyboard.
        return False
    try:
        return webbrowser.open(link)
    except (webbrowser.Error, OSError):
        return False
