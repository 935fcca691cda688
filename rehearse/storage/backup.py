"""Everything of a home in one file, while other programs go on using it."""

import hashlib
import os
import secrets
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

from rehearse import __version__
from rehearse.audio.disk import advice, force, force_folder
from rehearse.errors import StorageFailed
from rehearse.storage.archive import CHUNK_BYTES, LIBRARY, MANIFEST, RECORDINGS, SETTINGS, Entry, Manifest, OnBytes
from rehearse.storage.connection import faults_in_words

_TRIES = 5


class _Changed(Exception):
    """A recording was packed or deleted after the library was copied: the copy has to be taken again."""


def back_up(
    database: Path, recordings: Path, config_file: Path, destination: Path, made_at: datetime, on_bytes: OnBytes
) -> Manifest:
    """Write a backup to destination, in place of any file there, for its owner alone; it is whole or not there.

    The copy of the library is that of one moment, and every recording it names is in the backup as it was then, or
    named as missing. Raises StorageFailed where something cannot be read or written.
    """
    unfinished = destination.with_name(f".{destination.name}.{secrets.token_hex(4)}")
    try:
        for remaining in reversed(range(_TRIES)):
            try:
                manifest = _written(database, recordings, config_file, unfinished, made_at, on_bytes)
                break
            except _Changed as error:
                if not remaining:
                    raise StorageFailed("Recordings kept changing while they were copied.", "Try again.") from error
        unfinished.replace(destination)
        force_folder(destination.parent)
    except OSError as error:
        raise StorageFailed(f"The backup could not be written to {destination}.", advice(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _written(
    database: Path, recordings: Path, config_file: Path, file: Path, made_at: datetime, on_bytes: OnBytes
) -> Manifest:
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600)
    with (
        os.fdopen(descriptor, "w+b") as stream,
        tempfile.TemporaryDirectory(prefix=".rehearse-", dir=file.parent) as folder,
    ):
        copy = Path(folder) / LIBRARY
        named = _snapshot(database, copy)
        there = [name for name in named if (recordings / name).is_file()]
        sources = {LIBRARY: copy, **{f"{RECORDINGS}{name}": recordings / name for name in there}}
        if config_file.is_file():
            sources[SETTINGS] = config_file
        total = sum(_size(source) for source in sources.values())
        files: dict[str, Entry] = {}
        with zipfile.ZipFile(stream, "w") as archive:
            for name, source in sources.items():
                done = sum(entry.size for entry in files.values())
                files[name] = _added(archive, name, source, partial(_tell, on_bytes, done, total))
            missing = tuple(sorted(set(named) - set(there)))
            manifest = Manifest(made_at=made_at.isoformat(), files=files, missing=missing)
            archive.writestr(_info(MANIFEST), manifest.written(__version__))
        stream.flush()
        force(stream.fileno())
    return manifest


def _tell(on_bytes: OnBytes, before: int, total: int, more: int) -> None:
    on_bytes(before + more, total)


def _snapshot(database: Path, copy: Path) -> list[str]:
    """Copies the library as it is at one moment, whoever writes to it; the recordings that it names."""
    with faults_in_words(database):
        copy.touch(mode=0o600)
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as destination:
            source.backup(destination)
            # One file, with no write-ahead log to be left behind.
            destination.execute("PRAGMA journal_mode = DELETE")
            rows = destination.execute(
                "SELECT recording_file FROM attempt WHERE recording_file IS NOT NULL ORDER BY id"
            )
            return [str(row[0]) for row in rows]


def _added(archive: zipfile.ZipFile, name: str, source: Path, on_more: Callable[[int], None]) -> Entry:
    digest, size = hashlib.sha256(), 0
    try:
        with source.open("rb") as file, archive.open(_info(name), "w", force_zip64=True) as entry:
            while block := file.read(CHUNK_BYTES):
                entry.write(block)
                digest.update(block)
                size += len(block)
                on_more(size)
    except FileNotFoundError as error:
        raise _Changed from error
    return Entry(size=size, sha256=digest.hexdigest())


def _size(source: Path) -> int:
    try:
        return source.stat().st_size
    except FileNotFoundError as error:
        raise _Changed from error


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o600 << 16
    if not name.startswith(RECORDINGS):
        info.compress_type = zipfile.ZIP_DEFLATED
    return info
