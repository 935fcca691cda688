"""A checked document taken into a library, whole or not at all: what is here already stays, but for interviews and
notes of questions of which it tells all that is here, and more."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeAlias

from rehearse.storage.bringing_up import brought_up
from rehearse.storage.document_file import DocumentFile
from rehearse.storage.document_table import Table
from rehearse.storage.interview_rows import asked_columns, interview_columns
from rehearse.storage.library_document import Entry
from rehearse.storage.library_tables import ASKED, ATTEMPTS, INTERVIEWS, QUESTIONS, TABLES
from rehearse.storage.matching import Numbers, Plan, interview_told, planned
from rehearse.storage.sound_files import Incoming
from rehearse.storage.store import Store
from rehearse.storage.tables import Columns

#: Told how many steps are done, of how many: recordings copied, and entries written.
OnSteps: TypeAlias = Callable[[int, int], None]


@dataclass(slots=True, kw_only=True)
class Brought:
    """What an import did.

    added, here   how many entries of each list are new, or here already with nothing to take from them
    renewed       of each list, the numbers here of what was brought up to the document; of questions only their note is
    differing     the same of what says other things here than in the document, and was left
    other_notes   by the number of the question here, the document's note where it differs
    sounds        recordings that came along
    missing       numbers of attempts whose recording did not, and the name of its file
    ordinary      numbers of attempts that were the real answer to a question that has one here already
    same_numbers  whether everything kept its number
    """

    added: dict[str, int] = field(default_factory=dict)
    here: dict[str, int] = field(default_factory=dict)
    renewed: dict[str, list[int]] = field(default_factory=dict)
    differing: dict[str, list[int]] = field(default_factory=dict)
    other_notes: dict[int, str] = field(default_factory=dict)
    sounds: int = 0
    missing: list[tuple[int, str]] = field(default_factory=list)
    ordinary: list[int] = field(default_factory=list)
    same_numbers: bool = False


def take_in(
    store: Store, document: DocumentFile, sounds: Path, today: date, on_steps: OnSteps = lambda done, total: None
) -> Brought:
    """Write everything that is new, in one transaction, with the recordings that lie in the folder sounds.

    today  a next interview that was before it has gone by

    Raises StorageFailed where something cannot be written or copied; the library is then as it was.
    """
    return _Import(store, document, sounds, today, on_steps).run()


class _Import:
    def __init__(self, store: Store, document: DocumentFile, sounds: Path, today: date, on_steps: OnSteps) -> None:
        self._store, self._tables, self._document = store, store.tables, document
        self._sounds, self._today, self._on_steps = sounds, today, on_steps
        self._done, self._total = 0, sum(map(len, document.listed.values()))
        self._numbers: Numbers = {table.name: {} for table in TABLES}
        #: By the place of its attempt, the name that a recording which came along has here.
        self._files: dict[int, str] = {}
        self._brought = Brought()

    def run(self) -> Brought:
        with Incoming(self._store.recordings, self._named) as incoming:
            self._copy(incoming, self._planned())
            with self._tables.writing():
                # Somebody may have practised since.
                plan = self._planned()
                for table in TABLES:
                    self._write(table, plan)
                if plan.empty:
                    self._keep_counting()
                incoming.move()
        self._brought.same_numbers = plan.empty
        return self._brought

    def _planned(self) -> Plan:
        return planned(self._store, self._document, self._today)

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
            elif place in plan.fuller[table.name]:
                self._bring_up(table, entry, number)
            elif table is QUESTIONS and place in plan.other[table.name]:
                self._brought.other_notes[number] = str(entry.columns["note"])
            if listed.number is not None:
                self._numbers[table.name][listed.number] = number
            if table.sound and place in plan.wanting and place not in self._files and entry.sound:
                self._brought.missing.append((number, entry.sound.file))
            self._step()
        fuller, other = plan.fuller[table.name], plan.other[table.name]
        self._brought.renewed[table.section] = [here[place] for place in sorted(fuller)]
        self._brought.differing[table.section] = [here[place] for place in sorted(other)]
        self._brought.here[table.section] = len(here) - len(fuller) - len(other)
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

    def _bring_up(self, table: Table, entry: Entry, number: int) -> None:
        if table is QUESTIONS:
            self._tables.update(table.name, number, {"note": entry.columns["note"]})
            return
        if table is not INTERVIEWS:
            self._tables.update(table.name, number, entry.columns)
            return
        asked = [self._in_numbers_here(ASKED, row) for row in entry.parts[ASKED.name]]
        told = interview_told(Entry(columns=entry.columns, parts={ASKED.name: asked}))
        now = brought_up(self._store.interview(number), told)
        self._tables.update(table.name, number, interview_columns(now))
        self._tables.write(f"DELETE FROM {ASKED.name} WHERE {ASKED.of} = ?", number)
        for place, each in enumerate(now.asked):
            self._tables.insert(ASKED.name, asked_columns(each) | {ASKED.of: number, ASKED.order: place})

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
