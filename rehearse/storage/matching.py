"""What of a document is in a library already: what tells the same of the same moment, and questions by their text."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from rehearse.interview import Interview
from rehearse.next_interview import NextInterview
from rehearse.storage.bringing_up import Standing, next_standing, note_standing, standing
from rehearse.storage.document_file import DocumentFile, Listed
from rehearse.storage.document_table import Table
from rehearse.storage.finding import plain
from rehearse.storage.interview_rows import asked_of, interview_of
from rehearse.storage.library_document import Entry
from rehearse.storage.library_tables import ASKED, ATTEMPTS, INTERVIEWS, NEXT_INTERVIEW, QUESTIONS, TABLES
from rehearse.storage.store import Store
from rehearse.storage.tables import Cell, Tables

#: For every table the number in the library of what a document numbers so.
Numbers: TypeAlias = dict[str, dict[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What of a document is new to the library.

    empty    whether the library has no question, so no attempt, and no interview: everything then keeps its number
    here     by table, the places of entries that are here already, and their numbers here
    fuller   of those, the places of interviews that say more than what is here; the same of the one to come, and of
             questions whose note says more
    other    places where the two say different things, likewise: what is here stays
    wanting  places of attempts whose recording is not here and may come: new ones, and those that came without it
    """

    empty: bool
    here: Mapping[str, Mapping[int, int]]
    fuller: Mapping[str, frozenset[int]]
    other: Mapping[str, frozenset[int]]
    wanting: tuple[int, ...]

    def new_count(self, document: DocumentFile, table: Table) -> int:
        return len(document.listed[table.name]) - len(self.here[table.name])


def planned(store: Store, document: DocumentFile, today: date) -> Plan:
    """What taking it in would do to the library as it is now."""
    tables = store.tables
    numbered = "SELECT EXISTS (SELECT 1 FROM question) OR EXISTS (SELECT 1 FROM interview)"
    (filled,) = tables.read(lambda row: bool(row[0]), numbered)
    here: dict[str, dict[int, int]] = {}
    numbers: Numbers = {}
    for table in TABLES:
        listed = document.listed[table.name]
        here[table.name] = _here(tables, table, document, numbers)
        numbers[table.name] = {
            number: here[table.name][place]
            for place, each in enumerate(listed)
            if (number := each.number) is not None and place in here[table.name]
        }
    lacking = frozenset(tables.read(lambda row: int(row[0]), _LACKING))
    attempts = here[ATTEMPTS.name]
    wanting = tuple(
        place
        for place, each in enumerate(document.listed[ATTEMPTS.name])
        if each.sound is not None and (place not in attempts or attempts[place] in lacking)
    )
    standings = {
        QUESTIONS.name: _notes_standing(store, document, here[QUESTIONS.name]),
        INTERVIEWS.name: _interviews_standing(store, document, here[INTERVIEWS.name]),
        NEXT_INTERVIEW.name: _next_standing(store, document, today),
    }
    return Plan(
        empty=not filled,
        here=here,
        fuller=_places_of(standings, Standing.FULLER),
        other=_places_of(standings, Standing.OTHER),
        wanting=wanting,
    )


def interview_told(entry: Entry) -> Interview:
    """The interview of a document's entry, in the numbers of that."""
    return interview_of(entry.columns, [asked_of(row) for row in entry.parts[ASKED.name]])


def next_told(entry: Entry) -> NextInterview:
    return NextInterview(on=date.fromisoformat(str(entry.columns["held_on"])), company=str(entry.columns["company"]))


def _interviews_standing(store: Store, document: DocumentFile, here: Mapping[int, int]) -> dict[int, Standing]:
    kept = {interview.id: interview for interview in store.interviews()}
    return {
        place: standing(kept[here[place]], interview_told(entry))
        for place, entry in enumerate(document.entries(INTERVIEWS))
        if place in here
    }


def _notes_standing(store: Store, document: DocumentFile, here: Mapping[int, int]) -> dict[int, Standing]:
    kept = {question.id: question.note for question in store.questions(include_archived=True)}
    return {
        place: note_standing(kept[here[place]], str(entry.columns["note"]))
        for place, entry in enumerate(document.entries(QUESTIONS))
        if place in here
    }


def _next_standing(store: Store, document: DocumentFile, today: date) -> dict[int, Standing]:
    kept = store.next_interview()
    return {
        place: next_standing(kept, next_told(entry), today)
        for place, entry in enumerate(document.entries(NEXT_INTERVIEW))
        if kept is not None
    }


def _places_of(standings: Mapping[str, Mapping[int, Standing]], wanted: Standing) -> dict[str, frozenset[int]]:
    return {
        table.name: frozenset(place for place, each in standings.get(table.name, {}).items() if each is wanted)
        for table in TABLES
    }


#: Attempts that came without their recording. Where the person deleted that, the words went too, and it stays away.
_LACKING = """
    SELECT attempt.id FROM attempt
    LEFT JOIN transcript ON transcript.attempt_id = attempt.id LEFT JOIN measures ON measures.attempt_id = attempt.id
    WHERE recording_file IS NULL AND (transcript.attempt_id IS NOT NULL OR measures.attempt_id IS NULL)
"""


def _here(tables: Tables, table: Table, document: DocumentFile, numbers: Numbers) -> dict[int, int]:
    """The places of the table's entries that are in the library already, each as another row of it."""
    listed = document.listed[table.name]
    if table is QUESTIONS:
        return _questions_here(tables, listed, document.listed[ATTEMPTS.name])
    free: dict[tuple[Cell, ...], list[int]] = {}
    names = ", ".join(("id", *table.same))
    for row in tables.read(tuple, f"SELECT {names} FROM {table.name} ORDER BY id DESC"):
        free.setdefault(row[1:], []).append(row[0])
    here: dict[int, int] = {}
    for place, each in enumerate(listed):
        if (key := _as_here(table, each, numbers)) is not None and free.get(key):
            here[place] = free[key].pop()
    return here


def _as_here(table: Table, each: Listed, numbers: Numbers) -> tuple[Cell, ...] | None:
    """What tells the entry from others, in the numbers of the library; None where it refers to something new."""
    key: list[Cell] = []
    for name in table.same:
        cell, other = each.cells[name], table.columns[name].refers_to
        if other and isinstance(cell, int):
            if cell not in numbers[other]:
                return None
            cell = numbers[other][cell]
        key.append(cell)
    return tuple(key)


def _questions_here(tables: Tables, listed: list[Listed], attempts: list[Listed]) -> dict[int, int]:
    """By text and time, then by text alone, then by an attempt at it: it may have been reworded since."""
    kept: list[tuple[int, str, str]] = list(tables.read(tuple, "SELECT id, text, created_at FROM question ORDER BY id"))
    spoken: dict[tuple[Cell, ...], int] = {}
    for row in tables.read(tuple, "SELECT recorded_at, recording_s, question_id FROM attempt"):
        spoken[row[:2]] = row[2]
    answered = {
        each.cells["question_id"]: number
        for each in attempts
        if (number := spoken.get((each.cells["recorded_at"], each.cells["recording_s"])))
    }
    here: dict[int, int] = {}
    taken: set[int] = set()

    def match(candidates: Mapping[int, Iterable[int]]) -> None:
        for place, numbers in candidates.items():
            free = [number for number in numbers if number not in taken]
            if place not in here and free:
                here[place] = free[0]
                taken.add(free[0])

    match(_alike(listed, kept, lambda text, created_at: (text, created_at)))
    match(_alike(listed, kept, lambda text, created_at: (plain(text),)))
    match({place: [answered[each.number]] for place, each in enumerate(listed) if each.number in answered})
    return here


def _alike(
    listed: list[Listed], kept: list[tuple[int, str, str]], told_by: Callable[[str, str], tuple[str, ...]]
) -> dict[int, list[int]]:
    rows: dict[tuple[str, ...], list[int]] = {}
    for number, text, created_at in kept:
        rows.setdefault(told_by(text, created_at), []).append(number)
    return {
        place: rows.get(told_by(str(each.cells["text"]), str(each.cells["created_at"])), [])
        for place, each in enumerate(listed)
    }
