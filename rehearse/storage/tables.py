"""Rows in and out of the library's tables: whole writes, and every fault of the file in plain sentences."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias, TypeVar

from rehearse.storage.connection import copies_before_upgrades, faults_in_words, transaction

Cell: TypeAlias = str | int | float | None

#: What one row holds, by the names of its columns.
Columns: TypeAlias = dict[str, Cell]

Value = TypeVar("Value")


class Tables:
    """All methods raise StorageFailed where the file cannot be read or written."""

    def __init__(self, connection: sqlite3.Connection, database: Path) -> None:
        self._connection = connection
        self._database = database

    def close(self) -> None:
        with faults_in_words(self._database):
            self._connection.close()

    def forget(self) -> None:
        """Leave nothing of what was deleted beside the library: neither in its write-ahead log, unless another process
        is reading just now, nor in copies that were made before an upgrade.
        """
        self.read(tuple, "PRAGMA wal_checkpoint(TRUNCATE)")
        for copy in copies_before_upgrades(self._database):
            copy.unlink(missing_ok=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Everything inside is kept together or not at all, and nobody else writes meanwhile."""
        with faults_in_words(self._database), transaction(self._connection):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read inside is as it was at one moment, whoever writes meanwhile."""
        with faults_in_words(self._database):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            with faults_in_words(self._database):
                self._connection.execute("COMMIT")

    def read(self, made_from: Callable[[sqlite3.Row], Value], sql: str, *cells: Cell) -> tuple[Value, ...]:
        """One value for each row selected, as made_from makes it."""
        with faults_in_words(self._database):
            return tuple(made_from(row) for row in self._connection.execute(sql, cells))

    def write(self, sql: str, *cells: Cell) -> None:
        with faults_in_words(self._database):
            self._connection.execute(sql, cells)

    def insert(self, table: str, columns: Columns) -> int:
        """The number given to the new row."""
        with faults_in_words(self._database):
            new = self._connection.execute(f"INSERT INTO {_names_and_places(table, columns)}", tuple(columns.values()))
        assert new.lastrowid is not None, "an INSERT always has one"
        return new.lastrowid

    def replace(self, table: str, columns: Columns) -> None:
        """Insert the row in place of the one with its primary key, if there is one."""
        self.write(f"INSERT OR REPLACE INTO {_names_and_places(table, columns)}", *columns.values())

    def update(self, table: str, row_id: int, columns: Columns) -> None:
        changes = ", ".join(f"{name} = ?" for name in columns)
        self.write(f"UPDATE {table} SET {changes} WHERE id = ?", *columns.values(), row_id)


def _names_and_places(table: str, columns: Columns) -> str:
    return f"{table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
