"""Homes to export from and to import into, and all that is in one."""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rehearse.storage.document_file import DocumentFile
from rehearse.storage.exporting import Exporter, sound_folder
from rehearse.storage.importing import Brought, take_in
from rehearse.storage.store import Store

MADE_AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
TODAY = MADE_AT.date()


@contextmanager
def blank_homes(count: int) -> Iterator[list[Path]]:
    """So many folders of their own: hypothesis runs many examples within one test."""
    # In memory where there is such a place: thousands of files forced to a disk take minutes.
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="rehearse-homes-", dir=memory if memory.is_dir() else None) as folder:
        homes = [Path(folder) / f"home-{number}" for number in range(count)]
        for home in homes:
            home.mkdir()
        yield homes


@contextmanager
def opened(home: Path) -> Iterator[Store]:
    with Store.open(home / "rehearse.db", home / "recordings") as store:
        yield store


def exporter(store: Store, question_id: int | None = None, *, with_interviews: bool = True) -> Exporter:
    return Exporter(
        store,
        question_id=question_id,
        with_interviews=with_interviews,
        made_at=MADE_AT,
        made_by="rehearse 0",
        on_entries=lambda done, total: None,
    )


def export(
    home: Path, file: Path, question_id: int | None = None, *, with_sound: bool = True, with_interviews: bool = True
) -> Any:
    """The document, which is then in the file, its recordings beside it."""
    with opened(home) as store:
        exporter(store, question_id, with_interviews=with_interviews).write(file, with_sound=with_sound)
    return json.loads(file.read_bytes())


def bring(file: Path, home: Path, today: date = TODAY) -> Brought:
    with DocumentFile.checked(file) as document, opened(home) as store:
        return take_in(store, document, sound_folder(file), today)


def rows(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in order, without numbers that nobody sees: those only keep the order."""
    unseen = ("preference", "correction", "calibration")
    with closing(sqlite3.connect(home / "rehearse.db")) as connection:
        found: dict[str, list[tuple[object, ...]]] = {}
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            order = "name" if name == "sqlite_sequence" else "1"
            found[name] = connection.execute(f"SELECT * FROM {name} ORDER BY {order}").fetchall()
            if name in unseen:
                found[name] = [row[1:] for row in found[name]]
        found["sqlite_sequence"] = [row for row in found["sqlite_sequence"] if row[0] not in unseen]
        return found


def sounds(home: Path) -> dict[str, bytes]:
    """Every file that lies among the recordings, however deep."""
    folder = home / "recordings"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def without_sound(file: Path) -> Path:
    shutil.rmtree(sound_folder(file), ignore_errors=True)
    return file
