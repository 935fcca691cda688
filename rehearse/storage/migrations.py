"""The way of a library from any version that it may have to now, step by step.

The number of steps taken is kept in the file itself (`PRAGMA user_version`), in one transaction with the step
(docs/decisions/0003-sqlite-user-version.md).
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from rehearse.errors import StorageFailed, StoreTooNew
from rehearse.storage.connection import transaction
from rehearse.storage.steps import STEPS, Step

#: 'rhrs' as a number: tells our files from those of other programs that use SQLite too.
APPLICATION_ID = 0x72687273


def migrate(
    connection: sqlite3.Connection, path: Path, *, stop_before: int | None = None, steps: Sequence[Step] = STEPS
) -> None:
    """Bring the library at path, open as connection, to the newest version; a copy of an older one is kept first.

    Each step is taken whole or not at all. Several processes may do this at once: each step is taken by one of them.

    stop_before  the version before which to stop, so that a test can put old rows into an old shape

    Raises StoreTooNew where a newer rehearse has written the file, StorageFailed where it is another program's,
    and sqlite3.Error as it comes.
    """
    _check_ours(connection, path, newest=len(steps))
    target = len(steps) if stop_before is None else min(len(steps), stop_before - 1)
    version = version_of(connection)
    if 0 < version < target:
        _back_up(connection, path, version)
    for number in range(version + 1, target + 1):
        with transaction(connection):
            # Another process may have taken this step since the version was read.
            if version_of(connection) < number:
                steps[number - 1](connection)
                connection.execute(f"PRAGMA user_version = {number}")
    _check_ours(connection, path, newest=len(steps))


def version_of(connection: sqlite3.Connection) -> int:
    """How many steps the library has taken; 0 for a file that is still blank."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def backup_path(path: Path, version: int) -> Path:
    """Where the copy of a library of that version lies: beside it, `rehearse.db.v1.backup`."""
    return path.with_name(f"{path.name}.v{version}.backup")


def _check_ours(connection: sqlite3.Connection, path: Path, *, newest: int) -> None:
    # In this order: while another process takes the first step, tables and mark appear at the same moment.
    is_blank = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    if not is_blank and mark != APPLICATION_ID:
        raise StorageFailed(
            f"{path} belongs to another program, not to rehearse.",
            "Move it away, or choose another folder with REHEARSE_HOME.",
        )
    if version_of(connection) > newest:
        raise StoreTooNew(
            f"The library {path} was written by a newer version of rehearse than this one.",
            "Install the newest rehearse; nothing in the library was changed.",
        )


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Copy the library as it is, readable by its owner only, while no other process can upgrade it."""
    copy = backup_path(path, version)
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    with transaction(connection):
        if version_of(connection) != version:
            return
        try:
            unfinished.unlink(missing_ok=True)
            unfinished.touch(mode=0o600)
            # SQLite copies from no connection that is itself writing, and this one holds the lock.
            with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as destination:
                source.backup(destination)
            unfinished.replace(copy)
        finally:
            unfinished.unlink(missing_ok=True)
