"""A checked document taken into a library, whole or not at all: what is here already stays as it is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from rehearse.storage.document_file import DocumentFile
from rehearse.storage.document_table import Table
from rehearse.storage.library_document import Entry
from rehearse.storage.library_tables import ATTEMPTS, TABLES
from rehearse.storage.matching import Numbers, Plan, planned
from rehearse.storage.sound_files import Incoming
from rehearse.storage.store import Store
from rehearse.storage.tables import Columns

#: Told how many steps are done, of how many: recordings copied, and entries written.
OnSteps: TypeAlias = Callable[[int, int], None]


@dataclass(slots=True, kw_only=True)
class Brought:
    """What an import did.

    added, here  how many entries of each list
    sounds       recordings that came along
    missing      numbers of attempts whose recording did not, and the name of its file
    ordinary     numbers of attempts that were the real answer to a question that has one here already
    same_numbers whether everything kept its number
    """

    added: dict[str, int] = field(default_factory=dict)
    here: dict[str, int] = field(default_factory=dict)
    sounds: int = 0
    missing: list[tuple[int, str]] = field(default_factory=list)
    ordinary: list[int] = field(default_factory=list)
    same_numbers: bool = False


def take_in(
    store: Store, document: DocumentFile, sounds: Path, on_steps: OnSteps = lambda done, total: None
) -> Brought:
    """Write everything that is new, in one transaction, with the recordings that lie in the folder sounds.

    Raises StorageFailed where something cannot be written or copied; the library is then as it was.
    """
    return _Import(store, document, sounds, on_steps).run()


class _Import:
    def __init__(self, store: Store, document: DocumentFile, sounds: Path, on_steps: OnSteps) -> None:
        self._store, self._tables, self._document = store, store.tables, document
        self._sounds, self._on_steps = sounds, on_steps
        self._done, self._total = 0, sum(map(len, document.listed.values()))
        self._numbers: Numbers = {table.name: {} for table in TABLES}
        #: By the place of its attempt, the name that a recording which came along has here.
        self._files: dict[int, str] = {}
        self._brought = Brought()

    def run(self) -> Brought:
        with Incoming(self._store.recordings, self._named) as incoming:
            self._copy(incoming, planned(self._tables, self._document))
            with self._tables.writing():
                # Somebody may have practised since.
                plan = planned(self._tables, self._document)
                for table in TABLES:
                    self._write(table, plan)
                if plan.empty:
                    self._keep_counting()
                incoming.move()
        self._brought.same_numbers = plan.empty
        return self._brought

    def _named(self) -> frozenset[str]:
        names = "SELECT recording_file FROM attempt WHERE recording_file IS NOT NULL"
        return frozenset(self._tables.read(lambda row: str(row[0]), names))

    def _copy(self, incoming: Incoming, plan: Plan) -> None:
        attempts = self._document.listed[ATTEMPTS.name]
        wanted = {place: sound for place in plan.wanting if (sound := attempts[place].sound) and sound.sha256}
        if not self._sounds.is_dir():
            return
        incoming.check_room(sum(sound.size or 0 for sound in wanted.values()))
        self._total += len(wanted)
        for place, sound in wanted.items():
            assert sound.size is not None and sound.sha256 is not None, "they were read together"
            name = incoming.bring(self._sounds / sound.file, sound.file, sound.size, sound.sha256)
            if name is not None:
                self._files[place] = name
            self._step()

    def _write(self, table: Table, plan: Plan) -> None:
        here = plan.here[table.name]
        for place, entry in enumerate(self._document.entries(table)):
            listed = self._document.listed[table.name][place]
            number = here.get(place)
            if number is None:
                number = self._insert(table, entry, place, keep_number=plan.empty)
            elif table.sound and place in plan.wanting and place in self._files:
                self._tables.update(table.name, number, {"recording_file": self._files[place]})
            if listed.number is not None:
                self._numbers[table.name][listed.number] = number
            if table.sound and place in plan.wanting and place not in self._files and entry.sound:
                self._brought.missing.append((number, entry.sound.file))
            self._step()
        self._brought.here[table.section] = len(here)
        self._brought.added[table.section] = plan.new_count(self._document, table)
        if table.sound:
            self._brought.sounds = sum(place in self._files for place in plan.wanting)

    def _insert(self, table: Table, entry: Entry, place: int, *, keep_number: bool) -> int:
        columns = self._in_numbers_here(table, entry.columns)
        if not keep_number:
            columns.pop("id", None)
        demoted = table is ATTEMPTS and self._has_real_answer(columns)
        if demoted:
            columns["baseline"] = 0
        if table.sound:
            columns["recording_file"] = self._files.get(place)
        new = self._tables.insert(table.name, columns)
        if demoted:
            self._brought.ordinary.append(new)
        for part in table.parts:
            for nth, row in enumerate(entry.parts[part.name]):
                columns = self._in_numbers_here(part, row) | {part.of: new}
                self._tables.insert(part.name, columns | ({part.order: nth} if part.placed else {}))
        return new

    def _in_numbers_here(self, table: Table, row: Columns) -> Columns:
        """The row with what it refers to by the number that has here."""
        columns = dict(row)
        for name, other in table.references.items():
            number = columns[name]
            if isinstance(number, int):
                columns[name] = self._numbers[other][number]
        return columns

    def _has_real_answer(self, columns: Columns) -> bool:
        real = "SELECT id FROM attempt WHERE question_id = ? AND baseline = 1"
        return bool(columns["baseline"]) and bool(self._tables.read(tuple, real, columns["question_id"]))

    def _keep_counting(self) -> None:
        """A number that was once given stays given, even where what had it was deleted before the export."""
        for table, number in self._document.head.numbers_given.items():
            self._tables.write(
                "INSERT INTO sqlite_sequence (name, seq) SELECT ?, 0 WHERE NOT EXISTS "
                "(SELECT 1 FROM sqlite_sequence WHERE name = ?)",
                table,
                table,
            )
            self._tables.write("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", number, table)

    def _step(self) -> None:
        self._done += 1
        self._on_steps(self._done, self._total)
