"""Recordings copied out of a library and into one: private, told by their SHA-256, taken in together or not at all."""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from rehearse.audio.disk import secure
from rehearse.errors import StorageFailed

_CHUNK = 1 << 20
#: Left free on the disk.
_MARGIN_BYTES = 16 << 20


def fingerprint(file: Path) -> tuple[int, str]:
    """Size in bytes and SHA-256 in hexadecimal digits; raises OSError."""
    with file.open("rb") as source:
        return _passed_on(source, None)


def copied(file: Path, copy: Path) -> tuple[int, str]:
    """The same of a copy that is made meanwhile, for its owner alone; copy must not be there. Raises OSError."""
    with file.open("rb") as source:
        descriptor = os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as destination:
            return _passed_on(source, destination)


def _passed_on(source: BinaryIO, destination: BinaryIO | None) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while block := source.read(_CHUNK):
        if destination is not None:
            destination.write(block)
        digest.update(block)
        size += len(block)
    return size, digest.hexdigest()


class Incoming:
    """Recordings on their way into the folder of a library: copied aside first, moved when the library names them.

    A context manager. When it is left, whatever the library does not name is gone again; after a crash the next one
    puts that right. One at a time: raises StorageFailed where another is at work, or the folder takes no file.
    """

    def __init__(self, recordings: Path, named: Callable[[], frozenset[str]]) -> None:
        """named  the files that the library names just now, by their names in the folder"""
        self._recordings, self._named = recordings, named
        self._aside = recordings / ".import"
        self._list = self._aside / "moved.json"
        self._lock: sqlite3.Connection | None = None
        self._names: dict[str, str] = {}

    def __enter__(self) -> Self:
        try:
            self._aside.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = _locked(self._aside / "lock")
            self._tidy()
        except OSError as error:
            raise _not_copied(self._recordings) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with contextlib.suppress(OSError):
                self._tidy()
        finally:
            assert self._lock is not None, "it was entered"
            self._lock.close()
            shutil.rmtree(self._aside, ignore_errors=True)

    def check_room(self, size: int) -> None:
        """Raises StorageFailed where so many bytes do not fit on the disk."""
        free = shutil.disk_usage(self._recordings).free
        if size + _MARGIN_BYTES > free:
            needs, has = (f"{each / 1e6:,.0f} MB" for each in (size + _MARGIN_BYTES, free))
            raise StorageFailed(
                f"The recordings need {needs}, and the disk of {self._recordings} has {has} free. Nothing was changed.",
                "Make some room, or import the file without its folder of sound.",
            )

    def bring(self, file: Path, name: str, size: int, sha256: str) -> str | None:
        """Copy a file aside; gives the name it will have, None where the file is not the one with that SHA-256."""
        try:
            if not file.is_file() or file.stat().st_size != size:
                return None
            name = self._free(name)
            copy = self._aside / name
            if copied(file, copy) != (size, sha256):
                copy.unlink()
                return None
            secure(copy)
        except OSError as error:
            raise _not_copied(self._recordings) from error
        self._names[name] = sha256
        return name

    def move(self) -> None:
        """Move all that were brought to where the library will look for them."""
        if not self._names:
            return
        try:
            # After a crash this tells which files are not the person's own.
            self._list.write_text(json.dumps(self._names), encoding="utf-8")
            secure(self._list)
            for name in self._names:
                (self._aside / name).rename(self._recordings / name)
            secure(self._recordings / next(iter(self._names)))
        except OSError as error:
            raise _not_copied(self._recordings) from error

    def _free(self, name: str) -> str:
        """The name, or the next like it that no other file has; capitals make no difference on some systems."""
        taken = {each.casefold() for each in (*self._named(), *self._names)}
        taken |= {each.name.casefold() for each in self._recordings.iterdir()}
        wanted, number = Path(name), 1
        while name.casefold() in taken:
            number += 1
            name = f"{wanted.stem}-{number}{wanted.suffix}"
        return name

    def _tidy(self) -> None:
        """Take away what was moved or copied and that the library does not name."""
        try:
            moved: dict[str, str] = json.loads(self._list.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            moved = {}
        named = self._named() if moved else frozenset()
        for name, sha256 in moved.items():
            file = self._recordings / name
            # Sound is only ever deleted where it is certain to be a copy.
            if name not in named and file.is_file() and fingerprint(file)[1] == sha256:
                file.unlink()
        for file in self._aside.iterdir():
            if not file.name.startswith("lock"):
                file.unlink()


def _locked(file: Path) -> sqlite3.Connection:
    """A lock that ends with the process however that ends, on every system that SQLite knows."""
    file.touch(mode=0o600)
    lock = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        lock.close()
        raise StorageFailed(
            "Another import into this library is at work.", "Wait until it is done, and try again."
        ) from error
    return lock


def _not_copied(recordings: Path) -> StorageFailed:
    return StorageFailed(
        f"The recordings could not be copied to {recordings}. Nothing was changed.", "Is the disk full or read-only?"
    )
