"""`backup` and `restore`: everything in one file, and back again, here or on another machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.progress import BarColumn, TextColumn

from rehearse.cli.session import Session, json_option, pass_session, yes_option
from rehearse.cli.steps_bar import bar_beside
from rehearse.errors import NotFound, StorageFailed
from rehearse.presentation import wording
from rehearse.storage.archive import Manifest, OnBytes
from rehearse.storage.backup import back_up
from rehearse.storage.restore import is_there, restore


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@yes_option
@json_option
@pass_session
def backup_command(session: Session, file: Path, yes: bool, as_json: bool) -> None:
    """Save everything in one file: questions, attempts, sound, settings.

    The file is as private as what is in it; models are left out, as they can be fetched again. It can be made while
    you practise.

    \b
    Example:
      rehearse backup rehearse-backup.zip
    """
    settings = session.settings
    if not settings.database.exists():
        raise NotFound("There is nothing to back up yet.", 'Begin with: rehearse add "Why should we hire you?"')
    if file.is_dir():
        raise StorageFailed(
            f"{file} is a folder.", f"Name a file in it: rehearse backup {file / 'rehearse-backup.zip'}"
        )
    if not file.absolute().parent.is_dir():
        raise StorageFailed(
            f"There is no folder {file.absolute().parent}.", "Make that folder first, or name a file in another one."
        )
    if file.exists():
        session.confirm(f"Replace the file {file}?", yes=yes, otherwise=f"To say yes: rehearse backup {file} --yes")
    with session.store():
        # Brought up to date first, where an older rehearse wrote it.
        pass
    with _bar(session, "Copying") as on_bytes:
        manifest = back_up(
            settings.database, settings.recordings, settings.config_file, file.absolute(), session.now(), on_bytes
        )
    if as_json:
        session.show_json({"file": str(file.absolute()), "bytes": file.stat().st_size, **_told(manifest)})
        return
    size = f"{file.stat().st_size / 1e6:,.1f} MB"
    recordings = wording.count(manifest.recording_count, "recording")
    session.note(f"Everything is in {file}: the library, {recordings}, the settings ({size}). Only you can read it.")
    if manifest.missing:
        gone = wording.count(len(manifest.missing), "recording was", "recordings were")
        session.note(f"{gone} not there to be copied; see: rehearse doctor")
    session.note(f"To have it back, here or elsewhere:  rehearse restore {file}")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@yes_option
@json_option
@pass_session
def restore_command(session: Session, file: Path, yes: bool, as_json: bool) -> None:
    """Restore a backup, here or on another machine.

    Every file in it is checked before anything is touched. What you have now is moved aside, and never deleted.

    \b
    Example:
      rehearse restore rehearse-backup.zip
    """
    settings = session.settings
    if file.is_dir():
        raise NotFound(f"{file} is a folder, and a file is needed.", "Name the file inside it.")
    if not file.is_file():
        raise NotFound(f"There is no file {file}.", "Check the name and the folder.")
    if is_there(settings.home):
        session.confirm(
            f"Put the backup in place of the library in {settings.home}? What is there is moved aside.",
            yes=yes,
            otherwise=f"To say yes: rehearse restore {file} --yes",
        )
    with _bar(session, "Checking") as on_bytes:
        restored = restore(file, settings.home, settings.config_file, session.now(), on_bytes)
    if as_json:
        aside = str(restored.aside) if restored.aside else None
        session.show_json({"home": str(settings.home), "aside": aside, **_told(restored.manifest)})
        return
    recordings = wording.count(restored.manifest.recording_count, "recording")
    session.note(f"Restored to {settings.home}: the library and {recordings}, every one checked.")
    if restored.aside:
        session.note(f"What was there before is in {restored.aside}. Delete it once you are sure.")


def _told(manifest: Manifest) -> dict[str, object]:
    return {
        "made_at": manifest.made_at,
        "recordings": manifest.recording_count,
        "missing": list(manifest.missing),
        "unpacked_bytes": manifest.total_bytes,
    }


@contextmanager
def _bar(session: Session, what: str) -> Iterator[OnBytes]:
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), TextColumn("{task.percentage:>3.0f} %"))
    with bar_beside(session, *columns) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
