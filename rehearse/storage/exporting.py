"""The library written as a document, entry by entry: the memory it takes does not grow with the library."""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from rehearse.audio.disk import secure
from rehearse.errors import StorageFailed
from rehearse.storage.document_table import Table
from rehearse.storage.library_document import (
    FORMAT,
    SAFE_NAME,
    VERSION,
    VERSION_WITHOUT_INTERVIEWS,
    Sound,
    entry_written,
    part_read,
    sound_written,
)
from rehearse.storage.library_tables import ATTEMPTS, NUMBERED, OF_INTERVIEWS, PREFERENCES, QUESTIONS, TABLES
from rehearse.storage.naming import Naming
from rehearse.storage.rows import utc_text
from rehearse.storage.sound_files import copied, fingerprint
from rehearse.storage.store import Store

#: Size and SHA-256 of a recording, copied or not, under the name it has in the document; raises OSError.
Taken: TypeAlias = Callable[[Path, str], tuple[int, str]]
#: Told how many attempts are written, of how many.
OnEntries: TypeAlias = Callable[[int, int], None]


_WAITING = "SELECT count(*) FROM asked_question WHERE recording <> ''"


@dataclass(slots=True, kw_only=True)
class Written:
    """What came of writing a document.

    counts   how many entries each of its lists has
    kept     the same of the lists that stay here: those of interviews, where they were not to come along
    naming   without interviews: numbers of questions that still seem to tell of one
    waiting  with interviews: files named in a debrief and not brought in yet, which stay where they are
    sounds   recordings that it tells of, with their SHA-256
    missing  attempts whose recording is named in the library and could not be read
    damaged  what was left out because it cannot be read: 'transcript of attempt 5', 'asked questions of interview 2'
    """

    counts: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    naming: list[int] = field(default_factory=list)
    waiting: int = 0
    sounds: int = 0
    missing: list[int] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


def sound_folder(file: Path) -> Path:
    """Where the recordings of the document in that file lie, if they came along."""
    return file.with_name(f"{file.name}-sound")


class Exporter:
    """Writes the library, or one question with its attempts.

    question_id      that question; what is about no attempt of it, such as calibrations, is then left out
    with_interviews  of a whole library: the interviews too, and the one to come
    made_at          when, aware
    made_by          the program and its version
    written          filled while it works
    """

    def __init__(
        self,
        store: Store,
        *,
        question_id: int | None,
        with_interviews: bool,
        made_at: datetime,
        made_by: str,
        on_entries: OnEntries,
    ) -> None:
        self._tables, self._recordings = store.tables, store.recordings
        self._question_id, self._made_at, self._made_by = question_id, made_at, made_by
        self._on_entries = on_entries
        self._left = () if with_interviews and question_id is None else OF_INTERVIEWS
        self._names: set[str] = set()
        self.written = Written()

    def pieces(self, taken: Taken = lambda file, name: fingerprint(file)) -> Generator[bytes, None, None]:
        """The document in pieces of UTF-8, as the library is at one moment."""
        with self._tables.reading():
            yield self._head()
            for table in self._left:
                (self.written.kept[table.section],) = self._tables.read(_first, f"SELECT count(*) FROM {table.name}")
            naming = Naming(self._tables) if self._left else None
            if naming is None:
                (self.written.waiting,) = self._tables.read(_first, _WAITING)
            for table in [each for each in TABLES if each not in self._left]:
                yield f',\n"{table.section}": ['.encode()
                count = 0
                for count, entry in enumerate(self._entries(table, taken), start=1):
                    yield (b",\n" if count > 1 else b"\n") + _json(entry)
                    if naming is not None:
                        naming.look_at(table, entry)
                self.written.counts[table.section] = count
                yield b"\n]" if count else b"]"
            self.written.naming = sorted(naming.found) if naming is not None else []
            yield b"\n}\n"

    def write(self, file: Path, *, with_sound: bool) -> None:
        """The document as a file for its owner alone, and its recordings in the folder beside it, in place of what is
        there; each appears whole or not at all. Raises StorageFailed."""
        folder = sound_folder(file)
        try:
            aside = Path(tempfile.mkdtemp(dir=file.parent, prefix=".rehearse-"))
            try:
                sounds = aside / folder.name
                sounds.mkdir(mode=0o700)
                taken = (lambda source, name: copied(source, sounds / name)) if with_sound else None
                document = aside / file.name
                with document.open("xb") as out, closing(self.pieces(taken) if taken else self.pieces()) as pieces:
                    document.chmod(0o600)
                    out.writelines(pieces)
                secure(document)
                if with_sound:
                    if folder.exists():
                        folder.rename(aside / f"{folder.name}.before")
                    sounds.rename(folder)
                document.replace(file)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
        except OSError as error:
            raise StorageFailed(
                f"{file} cannot be written.", "Is the disk full? Are you allowed to write there?"
            ) from error

    def _head(self) -> bytes:
        numbered = ", ".join(f"'{table.name}'" for table in NUMBERED if table not in self._left)
        numbers = self._tables.read(
            lambda row: (str(row["name"]), int(row["seq"])),
            f"SELECT name, seq FROM sqlite_sequence WHERE name IN ({numbered}) ORDER BY name DESC",
        )
        head = {
            "format": FORMAT,
            "version": VERSION_WITHOUT_INTERVIEWS if self._left else VERSION,
            "made_at": utc_text(self._made_at),
            "made_by": self._made_by,
            "numbers_given": dict(numbers) if self._question_id is None else {},
        }
        return b"{\n" + b",\n".join(f'"{name}": '.encode() + _json(value) for name, value in head.items())

    def _entries(self, table: Table, taken: Taken) -> Iterator[dict[str, Any]]:
        numbers = self._numbers(table)
        for place, number in enumerate(numbers):
            (row,) = self._tables.read(dict, f"SELECT * FROM {table.name} WHERE id = ?", number)
            try:
                entry: dict[str, Any] = entry_written(table, row)
            except ValueError as error:
                what = table.name.replace("_", " ")
                raise StorageFailed(
                    f"What the library keeps as {what} {number} is damaged and cannot be exported.",
                    "See what else is wrong: rehearse doctor",
                ) from error
            if table.sound:
                entry["sound"] = sound_written(self._sound(row, taken))
                self._on_entries(place + 1, len(numbers))
            for part in table.parts:
                entry[part.section] = self._part(table, part, number)
            yield entry

    def _numbers(self, table: Table) -> tuple[int, ...]:
        """Of the rows that are exported, in their order."""
        which, times = "", 0
        if self._question_id is not None:
            mine = "IN (SELECT id FROM attempt WHERE question_id = ?)"
            which, times = {
                QUESTIONS.name: ("WHERE id = ?", 1),
                ATTEMPTS.name: ("WHERE question_id = ?", 1),
                PREFERENCES.name: (f"WHERE attempt_id {mine} AND other_id {mine}", 2),
            }.get(table.name, ("WHERE 0", 0))
        cells = (self._question_id,) * times
        return self._tables.read(_first, f"SELECT id FROM {table.name} {which} ORDER BY id", *cells)

    def _part(self, table: Table, part: Table, number: int) -> Any:
        rows = self._tables.read(dict, f"SELECT * FROM {part.name} WHERE {part.of} = ? ORDER BY {part.order}", number)
        try:
            entries = [entry_written(part, row) for row in rows]
            part_read(part, entries if part.many else next(iter(entries), None))
        except (ValueError, TypeError):
            self.written.damaged.append(f"{part.section.replace('_', ' ')} of {table.name} {number}")
            entries = []
        return entries if part.many else next(iter(entries), None)

    def _sound(self, row: dict[str, Any], taken: Taken) -> Sound | None:
        if row["recording_file"] is None:
            return None
        file = self._recordings / row["recording_file"]
        name = self._name(file, row["id"])
        try:
            size, sha256 = taken(file, name)
        except FileNotFoundError:
            self.written.missing.append(row["id"])
            return Sound(file=name)
        except OSError as error:
            raise StorageFailed(
                f"The recording {file} could not be read, or not be copied.",
                "Is the disk full? Are you allowed to read it?",
            ) from error
        self.written.sounds += 1
        return Sound(file=name, size=size, sha256=sha256)

    def _name(self, file: Path, number: int) -> str:
        """The file's own name, unless another has it or it is one that not every system takes."""
        name = file.name
        if not SAFE_NAME.fullmatch(name) or name.casefold() in self._names:
            name = f"attempt-{number}{file.suffix.lower() if file.suffix.lower() in ('.wav', '.flac') else '.wav'}"
        while name.casefold() in self._names:
            name = f"again-{name}"
        self._names.add(name.casefold())
        return name


def _first(row: sqlite3.Row) -> int:
    return int(row[0])


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        # Half of a character, as some recogniser wrote it: only the escapes of JSON hold it.
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()
