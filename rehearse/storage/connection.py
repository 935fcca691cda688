"""The connection to the library's file: how it is opened, how it is written to, and its faults in plain sentences."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rehearse.errors import StorageFailed

#: How long one process waits for another to finish writing.
BUSY_TIMEOUT_S = 10.0

#: Times the change to write-ahead logging is tried while other processes write.
_WAL_TRIES = 20


def connect(database: Path, busy_timeout_s: float = BUSY_TIMEOUT_S) -> sqlite3.Connection:
    """An open connection to the library, made where there is none: file 0600, in a folder 0700 where that is new.

    Transactions are begun and ended by `transaction` alone. Raises sqlite3.Error and OSError as they come.
    """
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    database.touch(mode=0o600, exist_ok=True)
    if os.name == "posix" and database.is_file() and database.stat().st_mode & 0o077:
        database.chmod(0o600)
    connection = sqlite3.connect(database, timeout=busy_timeout_s, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        _write_ahead(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        # Kept through a power cut, not only through a crash; some builds of SQLite wait less by default.
        connection.execute("PRAGMA synchronous = FULL")
        # On macOS a plain fsync stops at the disk's own memory; elsewhere this changes nothing.
        connection.execute("PRAGMA fullfsync = ON")
        # What a person deletes is overwritten in the file, not only forgotten.
        connection.execute("PRAGMA secure_delete = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Readers and a writer then do not wait for each other. On a disk that cannot do it, SQLite stays as it was."""
    for remaining in reversed(range(_WAL_TRIES)):
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            return
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # SQLite gives up at once here instead of waiting for the timeout; an ordinary transaction does wait.
            if _primary_code(error) != sqlite3.SQLITE_BUSY or not remaining:
                raise
            with transaction(connection):
                pass


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside is kept together, or, when an exception leaves it, not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # After some faults, such as a full disk, SQLite has already rolled back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def faults_in_words(database: Path) -> Iterator[None]:
    """Raises StorageFailed for what goes wrong with the file, inside; a mistake in the program keeps its own error."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        message, hint = _sentences(error, database)
        if not message:
            raise
        raise StorageFailed(message, hint) from error
    except json.JSONDecodeError as error:
        raise StorageFailed(*_damaged(database)) from error
    except OSError as error:
        raise StorageFailed(*_not_writable(database)) from error


def _sentences(error: sqlite3.DatabaseError, database: Path) -> tuple[str, str]:
    """What happened and what to do next; both '' where only a mistake in the program explains it."""
    match _primary_code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return (
                "Another rehearse is writing to the library and has not finished.",
                "Wait until it is done, or close it, and try again.",
            )
        case sqlite3.SQLITE_FULL:
            return (
                f"There is no room left on the disk for {database}; nothing in it was changed.",
                "Make some room and try again.",
            )
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return _damaged(database)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return _not_writable(database)
        case sqlite3.SQLITE_IOERR:
            return (
                f"The disk stopped working while the library {database} was in use.",
                "Is it full, or was it unplugged? Try again once it works.",
            )
        case None if type(error) is sqlite3.OperationalError:
            # Python itself found text that is no text.
            return _damaged(database)
    return "", ""


def _primary_code(error: sqlite3.Error) -> int | None:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _not_writable(database: Path) -> tuple[str, str]:
    return (
        f"The library {database} cannot be opened for writing.",
        f"Are you allowed to write in {database.parent}? To use another folder, set REHEARSE_HOME.",
    )


def _damaged(database: Path) -> tuple[str, str]:
    message = f"{database} is damaged, or is not a library of rehearse."
    backups = copies_before_upgrades(database)
    if backups:
        return message, f"Move it away and put the copy from before the last upgrade in its place: {backups[-1]}"
    return message, "Move it away, and rehearse makes a new library. Your recordings beside it are untouched."


def copies_before_upgrades(database: Path) -> list[Path]:
    """The copies of the library that were made before it was brought up to date, the latest last."""
    return sorted(database.parent.glob(f"{database.name}.v*.backup"), key=lambda path: path.stat().st_mtime)
