"""A backup brought back: every file is unpacked beside the library and checked before anything is moved."""

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rehearse.audio.claim import LABEL_SUFFIX, Claim
from rehearse.audio.disk import advice, make_private, secure
from rehearse.errors import StorageFailed, StoreTooNew
from rehearse.storage.archive import CHUNK_BYTES, LIBRARY, SETTINGS, Manifest, OnBytes, not_a_backup, opened
from rehearse.storage.store import Store

#: Left free on the disk.
_MARGIN_BYTES = 16 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """aside: the folder that has what was there before, None where nothing was."""

    manifest: Manifest
    aside: Path | None


def is_there(home: Path) -> bool:
    """Whether the home has a library or recordings that a backup would take the place of."""
    recordings = home / "recordings"
    return any(home.glob(f"{LIBRARY}*")) or (recordings.is_dir() and any(recordings.iterdir()))


def restore(file: Path, home: Path, config_file: Path, at: datetime, on_bytes: OnBytes) -> Restored:
    """Put the library, the recordings and the settings of the backup in the place of those of the home.

    What was there is moved into a folder of the home, and never deleted; models stay where they are. Until every file
    of the backup is unpacked and checked nothing is moved, and where moving is stopped half way it is undone.

    Raises StorageFailed where the file is no whole backup, does not fit on the disk, or an answer is being recorded.
    """
    try:
        make_private(home)
        with opened(file) as (archive, manifest):
            _check_room(manifest, home)
            staging = Path(tempfile.mkdtemp(prefix=".restore-", dir=home))
            try:
                _unpack(archive, manifest, staging, file, on_bytes)
                _check_library(staging, manifest, file)
                _check_nobody_records(home / "recordings")
                aside = _swap(staging, home, config_file, at)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise StorageFailed(f"The backup could not be restored to {home}.", advice(error)) from error
    return Restored(manifest=manifest, aside=aside)


def _check_room(manifest: Manifest, home: Path) -> None:
    free = shutil.disk_usage(home).free
    if manifest.total_bytes + _MARGIN_BYTES > free:
        needs, has = (f"{size / 1e6:,.0f} MB" for size in (manifest.total_bytes + _MARGIN_BYTES, free))
        raise StorageFailed(
            f"The backup needs {needs}, and the disk of {home} has {has} free. Nothing was changed.",
            "Make some room, or name another folder with REHEARSE_HOME.",
        )


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, staging: Path, file: Path, on_bytes: OnBytes) -> None:
    done, total = 0, manifest.total_bytes
    (staging / "recordings").mkdir(mode=0o700)
    for name, entry in manifest.files.items():
        target = staging / name
        make_private(target.parent)
        digest, size = hashlib.sha256(), 0
        descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as copy, archive.open(name) as stream:
            # No more than was said, whatever the archive holds.
            while size <= entry.size and (block := stream.read(CHUNK_BYTES)):
                copy.write(block)
                digest.update(block)
                size += len(block)
                on_bytes(done + size, total)
        if (size, digest.hexdigest()) != (entry.size, entry.sha256):
            raise not_a_backup(file)
        secure(target)
        done += size


def _check_library(staging: Path, manifest: Manifest, file: Path) -> None:
    """Opens it as the program would, which also brings an older one up to date."""
    folder = staging / "recordings"
    try:
        with Store.open(staging / LIBRARY, folder) as store:
            named = {path.relative_to(folder).as_posix() for path in store.kept_recordings()}
            sound = not store.damage()
    except StoreTooNew:
        raise
    except StorageFailed as error:
        raise not_a_backup(file) from error
    if not sound or not all((folder / name).exists() for name in named - set(manifest.missing)):
        raise not_a_backup(file)


def _check_nobody_records(recordings: Path) -> None:
    for path in recordings.glob(f"*{LABEL_SUFFIX}") if recordings.is_dir() else ():
        claim = Claim.take(path)
        if claim is not None:
            claim.let_go()
        elif path.exists():
            raise StorageFailed(
                "An answer is being recorded just now. Nothing was changed.", "Finish it, and try again."
            )


def _swap(staging: Path, home: Path, config_file: Path, at: datetime) -> Path | None:
    """Moves the old aside and the new in; all of it, or where anything stops it, nothing."""
    aside = home / f"before-restore-{at:%Y%m%dT%H%M%SZ}"
    undo: list[Callable[[], object]] = []

    def move(source: Path, target: Path) -> None:
        make_private(target.parent)
        source.rename(target)
        undo.append(lambda: target.rename(source))

    try:
        for old in (*sorted(home.glob(f"{LIBRARY}*")), home / "recordings"):
            if old.exists():
                move(old, aside / old.name)
        new_settings = staging / SETTINGS
        if new_settings.exists():
            _swap_settings(new_settings, config_file, aside, undo)
        for new in (staging / "recordings", *sorted(staging.glob(f"{LIBRARY}*"))):
            move(new, home / new.name)
    except BaseException:
        for step in reversed(undo):
            step()
        if aside.exists() and not any(aside.iterdir()):
            aside.rmdir()
        raise
    return aside if aside.exists() else None


def _swap_settings(new: Path, config_file: Path, aside: Path, undo: list[Callable[[], object]]) -> None:
    """By copies, since the settings may lie on another disk."""
    before = config_file.read_bytes() if config_file.exists() else None
    if before == new.read_bytes():
        return

    def back() -> None:
        if before is None:
            config_file.unlink(missing_ok=True)
        else:
            config_file.write_bytes(before)
            (aside / SETTINGS).unlink(missing_ok=True)

    make_private(config_file.parent)
    undo.append(back)
    if before is not None:
        make_private(aside)
        (aside / SETTINGS).write_bytes(before)
    beside = config_file.with_name(f".{config_file.name}.restored")
    shutil.copyfile(new, beside)
    beside.replace(config_file)
