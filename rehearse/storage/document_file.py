"""A document that was checked to its last cell: what it says of itself, and its entries, put aside on disk."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rehearse.errors import StorageFailed, StoreTooNew
from rehearse.storage import document_cells as cells
from rehearse.storage.connection import faults_in_words
from rehearse.storage.document_table import Table
from rehearse.storage.document_values import Misfit
from rehearse.storage.json_pieces import OnBytes, pieces
from rehearse.storage.library_document import FORMAT, VERSION, Entry, Sound, entry_read
from rehearse.storage.library_tables import ATTEMPTS, NUMBERED, TABLES
from rehearse.storage.tables import Cell

_HEAD = ("format", "version", "made_at", "made_by", "numbers_given")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What has to be known of every entry at once.

    number  its own in the document, None where such rows are not numbered
    cells   its columns that tell it from others, or refer to others
    within  what its parts refer to: where each says so, the table and the number there
    sound   as of `Entry`
    """

    number: int | None
    cells: dict[str, Cell]
    within: tuple[tuple[str, str, Cell], ...]
    sound: Sound | None


@dataclass(slots=True, kw_only=True)
class Head:
    """numbers_given: the highest number that each table has ever given out, where the whole library was exported."""

    made_at: str = ""
    made_by: str = ""
    numbers_given: dict[str, int] = field(default_factory=dict)


class DocumentFile:
    """A context manager; the entries put aside go with it, however the process ends.

    head    what the document says of itself
    listed  its entries by table, in their order
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.head = Head()
        self.listed: dict[str, list[Listed]] = {table.name: [] for table in TABLES}
        # Without a name it is a file that no folder lists, on the disk for temporary ones.
        self._aside = sqlite3.connect("", isolation_level=None)
        self._seen: set[str] = set()
        self._newer = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._aside.close()

    @classmethod
    def checked(cls, file: Path, on_bytes: OnBytes = lambda read: None) -> Self:
        """Raises StorageFailed where the file is no document of ours or is damaged, and says where; StoreTooNew where a
        newer rehearse wrote it."""
        document = cls(file)
        try:
            with faults_in_words(Path(tempfile.gettempdir())):
                document._read(on_bytes)
        except BaseException:
            document._aside.close()
            raise
        return document

    def entries(self, table: Table) -> Iterator[Entry]:
        """In the order of `listed`."""
        with closing(self._aside.execute("SELECT entry FROM aside WHERE name = ? ORDER BY id", (table.name,))) as rows:
            for (text,) in rows:
                entry = json.loads(text)
                sound = Sound(**entry["sound"]) if entry["sound"] else None
                yield Entry(columns=entry["columns"], parts=entry["parts"], sound=sound)

    def _read(self, on_bytes: OnBytes) -> None:
        self._aside.execute("CREATE TABLE aside (id INTEGER PRIMARY KEY, name TEXT NOT NULL, entry TEXT NOT NULL)")
        self._aside.execute("CREATE INDEX by_name ON aside (name, id)")
        self._aside.execute("BEGIN")
        sections = {table.section: table for table in TABLES}
        unknown = ""
        for key, place, value in pieces(self.file, on_bytes):
            if key in self._seen and not place:
                raise self._damaged(f"'{key}' stands in it twice")
            self._seen.add(key)
            if key in sections and place is not None:
                self._put_aside(sections[key], place, value)
            elif key in _HEAD and place is None:
                self._read_head(key, value)
            else:
                unknown = unknown or key
        self._check_whole(unknown)
        self._check_references()

    def _put_aside(self, table: Table, place: int, value: Any) -> None:
        try:
            entry = entry_read(table, value)
        except Misfit as misfit:
            raise self._misfit(misfit.inside(place).inside(table.section)) from misfit
        telling = {name: entry.columns[name] for name in {*table.same, *table.references}}
        if table is ATTEMPTS:
            telling["baseline"] = entry.columns["baseline"]
        number = entry.columns.get("id")
        assert number is None or isinstance(number, int), "it was read as a whole number"
        self.listed[table.name].append(
            Listed(number=number, cells=telling, within=_within(table, entry), sound=entry.sound)
        )
        text = json.dumps(
            {
                "columns": entry.columns,
                "parts": entry.parts,
                "sound": asdict(entry.sound) if entry.sound else None,
            }
        )
        self._aside.execute("INSERT INTO aside (name, entry) VALUES (?, ?)", (table.name, text))

    def _read_head(self, key: str, value: Any) -> None:
        try:
            match key:
                case "format":
                    if value != FORMAT:
                        raise self._no_library()
                case "version":
                    self._newer = type(value) is int and value > VERSION
                    if not self._newer:
                        cells.whole(1, VERSION).read(value)
                case "made_at":
                    self.head.made_at = str(cells.MOMENT.read(value))
                case "made_by":
                    self.head.made_by = str(cells.TEXT.read(value))
                case _:
                    self._read_numbers(value)
        except Misfit as misfit:
            raise self._misfit(misfit.inside(key)) from misfit
        self._check_newer()

    def _check_newer(self) -> None:
        if self._newer and "format" in self._seen:
            raise StoreTooNew(
                f"{self.file} was written by a newer version of rehearse than this one.",
                "Install the newest rehearse; nothing was changed.",
            )

    def _read_numbers(self, value: Any) -> None:
        if type(value) is not dict:
            raise Misfit("this is no object")
        for table, number in value.items():
            if table not in [numbered.name for numbered in NUMBERED]:
                raise Misfit("this is not known here", table)
            cells.whole(0, cells.LARGEST_WHOLE).read(number)
            self.head.numbers_given[table] = number

    def _check_whole(self, unknown: str) -> None:
        if "format" not in self._seen:
            raise self._no_library()
        if unknown:
            raise self._damaged(f"'{unknown}' is not known here, or is not what it should be")
        if missing := [key for key in _HEAD if key not in self._seen]:
            raise self._damaged(f"'{missing[0]}' is missing")

    def _check_references(self) -> None:
        numbers = {table.name: [each.number for each in self.listed[table.name]] for table in TABLES}
        known = {name: set(given) for name, given in numbers.items()}
        real: set[Cell] = set()
        for table in TABLES:
            if not table.same and len(self.listed[table.name]) > 1:
                raise self._damaged(f"{table.section}[1]: there is one at the most")
            seen: set[int] = set()
            for place, each in enumerate(self.listed[table.name]):
                where = f"{table.section}[{place}]"
                if each.number is not None and each.number in seen:
                    raise self._damaged(f"{where}.id: {each.number} is the number of another one too")
                seen.update(() if each.number is None else (each.number,))
                named = [(name, other, each.cells[name]) for name, other in table.references.items()]
                for name, other, number in (*named, *each.within):
                    if number is not None and number not in known[other]:
                        raise self._damaged(f"{where}.{name}: there is no {other} {number} in it")
                if each.cells.get("baseline"):
                    if each.cells["question_id"] in real:
                        raise self._damaged(f"{where}.baseline: question {each.cells['question_id']} has two of them")
                    real.add(each.cells["question_id"])

    def _misfit(self, misfit: Misfit) -> StorageFailed:
        return self._damaged(f"{misfit.where}: {misfit.what}")

    def _damaged(self, what: str) -> StorageFailed:
        return StorageFailed(
            f"{self.file} is damaged: {what}. Nothing was changed.", "Is there another copy of it? Or export it again."
        )

    def _no_library(self) -> StorageFailed:
        return StorageFailed(
            f"{self.file} is not a library that rehearse exported. Nothing was changed.",
            "Such a file is made with: rehearse export --format json -o FILE",
        )


def _within(table: Table, entry: Entry) -> tuple[tuple[str, str, Cell], ...]:
    return tuple(
        (f"{part.section}[{place}].{name}", other, row[name])
        for part in table.parts
        for name, other in part.references.items()
        for place, row in enumerate(entry.parts[part.name])
    )
