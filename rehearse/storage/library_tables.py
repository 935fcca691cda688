"""Which column of which table of the library stands where in a document (docs/decisions/0023-library-document.md).

A test holds this list against the tables themselves: a column that is new must be named here, or in LEFT_OUT with the
reason.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import get_args

from rehearse.measurement.calibration import Calibration
from rehearse.measurement.corrections import Verdict
from rehearse.measurement.fillers import FillerKind
from rehearse.measurement.measures import Measures
from rehearse.storage import document_cells as cells
from rehearse.storage.document_cells import Kind, Misfit
from rehearse.storage.rows import figures_columns
from rehearse.storage.tables import Columns
from rehearse.transcription.transcript import DoubtReason, EngineName, Silences


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    name     in the library; in a document the entries stand in a list named section, or within the entry they are
             part of, under that name
    columns  of the table that stand in a document, under the same names
    same     by these columns a row is known again in another library; empty for a part, which goes with its entry
    parts    tables whose rows name the number of this one's row in the column `of`
    many     of a part: there may be several, in order, else one or None
    bare     of a part: the one column that stands for the whole of it
    derived  further columns, worked out from those read
    checked  raises Misfit where cells that are each well do not go together
    sound    whether a recording belongs to it, told under 'sound'
    """

    name: str
    section: str
    columns: Mapping[str, Kind]
    same: tuple[str, ...] = ()
    parts: "tuple[Table, ...]" = ()
    of: str = ""
    order: str = "id"
    many: bool = False
    bare: str = ""
    derived: Callable[[Columns], Columns] = lambda columns: {}
    checked: Callable[[Columns], None] = lambda columns: None
    sound: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Of one entry in a document."""
        sections = tuple(part.section for part in self.parts)
        return (*self.columns, *(("sound",) if self.sound else ()), *sections)


def _check_target(columns: Columns) -> None:
    low, high = columns["target_low_s"], columns["target_high_s"]
    if (low is None) != (high is None):
        raise Misfit("one end is missing", "target_low_s")
    if isinstance(low, int | float) and isinstance(high, int | float) and not low < high:
        raise Misfit("it is not below target_high_s", "target_low_s")


def _figures(columns: Columns) -> Columns:
    """The columns that repeat what is in a record of measures; it is checked by that."""
    record = columns["record"]
    assert isinstance(record, str), "the record is JSON"
    figures = figures_columns(cells.record_read(json.loads(record), Measures))
    cells.whole(0, 2**31).read(figures["measures_version"])
    return figures


def _check_preferred(columns: Columns) -> None:
    if columns["attempt_id"] == columns["other_id"]:
        raise Misfit("it is the same attempt", "other_id")
    if columns["preferred_id"] not in (None, columns["attempt_id"], columns["other_id"]):
        raise Misfit("it is none of the two attempts", "preferred_id")


_ENGINE = {"engine_name": cells.one_of(*get_args(EngineName)), "engine_model": cells.TEXT, "engine_version": cells.TEXT}
_NUMBER = cells.whole(1, cells.LARGEST_WHOLE)
_SPAN = {"start_s": cells.NUMBER, "end_s": cells.NUMBER}

_TRANSCRIPT = Table(
    name="transcript",
    section="transcript",
    of="attempt_id",
    order="attempt_id",
    columns={
        "language": cells.TEXT,
        **_ENGINE,
        "engine_options": cells.OPTIONS,
        "words": cells.rows_of(word=cells.TEXT, **_SPAN, probability=cells.optional(cells.NUMBER)),
        "doubts": cells.rows_of(**_SPAN, why=cells.one_of(*get_args(DoubtReason))),
        "hesitations": cells.optional(
            cells.rows_of(start_s=cells.NUMBER, vowel_end_s=cells.NUMBER, end_s=cells.NUMBER)
        ),
        "made_at": cells.MOMENT,
    },
)
_SPEECH = Table(
    name="speech",
    section="speech",
    of="attempt_id",
    order="attempt_id",
    columns={
        "recording_s": cells.SECONDS,
        "spans": cells.rows_of(**_SPAN),
        "silences": cells.one_of(*get_args(Silences)),
    },
)
_MEASURES = Table(
    name="measures",
    section="measures",
    of="attempt_id",
    order="attempt_id",
    columns={"record": cells.ANY_JSON},
    bare="record",
    derived=_figures,
)
_CORRECTIONS = Table(
    name="correction",
    section="corrections",
    of="attempt_id",
    many=True,
    columns={
        **_SPAN,
        "text": cells.TEXT,
        "kind": cells.one_of(*get_args(FillerKind)),
        "verdict": cells.one_of(*get_args(Verdict)),
        "made_at": cells.MOMENT,
    },
)

_RATING = Table(
    name="rating",
    section="rating",
    of="attempt_id",
    order="attempt_id",
    columns={"rating": cells.one_of("again", "hard", "good", "easy"), "made_at": cells.MOMENT},
)

QUESTIONS = Table(
    name="question",
    section="questions",
    same=("text", "created_at"),
    columns={
        "id": _NUMBER,
        "text": cells.SOME_TEXT,
        "target_low_s": cells.optional(cells.SECONDS),
        "target_high_s": cells.optional(cells.SECONDS),
        "points": cells.TEXTS,
        "tags": cells.TEXTS,
        "note": cells.TEXT,
        "created_at": cells.MOMENT,
        "archived_at": cells.optional(cells.MOMENT),
        "opening": cells.TEXT,
        "landing": cells.TEXT,
    },
    checked=_check_target,
)
ATTEMPTS = Table(
    name="attempt",
    section="attempts",
    same=("question_id", "recorded_at", "recording_s"),
    columns={
        "id": _NUMBER,
        "question_id": cells.reference("question"),
        "recorded_at": cells.MOMENT,
        "baseline": cells.FLAG,
        "source": cells.TEXT,
        "device": cells.TEXT,
        "sample_rate_hz": cells.whole(1, 10**7),
        "recording_s": cells.SECONDS,
        "overflow_count": cells.whole(0, 2**31),
        "limit_s": cells.optional(cells.SECONDS),
        "drill_round": cells.optional(cells.whole(1, 2**31)),
        "ran_out": cells.FLAG,
    },
    parts=(_TRANSCRIPT, _SPEECH, _MEASURES, _CORRECTIONS, _RATING),
    sound=True,
)
PREFERENCES = Table(
    name="preference",
    section="preferences",
    same=("attempt_id", "other_id", "preferred_id", "blind", "made_at"),
    columns={
        "attempt_id": cells.reference("attempt"),
        "other_id": cells.reference("attempt"),
        "preferred_id": cells.optional(cells.reference("attempt")),
        "blind": cells.FLAG,
        "made_at": cells.MOMENT,
    },
    checked=_check_preferred,
)
CALIBRATIONS = Table(
    name="calibration",
    section="calibrations",
    same=("made_at", "device", "engine_name", "engine_model", "record"),
    columns={"made_at": cells.MOMENT, "device": cells.TEXT, **_ENGINE, "record": cells.record(Calibration)},
)

#: In the order in which they are written: each after those it refers to.
TABLES = (QUESTIONS, ATTEMPTS, PREFERENCES, CALIBRATIONS)

_WITH_BACKUP = "interviews travel with 'backup'; a document holds questions and answers, for coaches too"

#: What is in the library and not in a document, and why.
LEFT_OUT: Mapping[str, str] = {
    "attempt.recording_file": "a place in this home; 'sound' names the recording and tells it by its SHA-256",
    **{
        f"{part}.attempt_id": "the entry stands within its attempt"
        for part in ("transcript", "speech", "measures", "correction", "rating")
    },
    **{
        f"measures.{figure}": "repeats what is in the record"
        for figure in (
            *("measures_version", "answer_s", "speech_rate_wpm", "fillers_per_min"),
            *("engine_name", "engine_model", "engine_language", "after_landing_s"),
        )
    },
    **{
        f"{table}.id": "only keeps them in order, which the list does"
        for table in ("preference", "correction", "calibration")
    },
    **{
        f"interview.{column}": _WITH_BACKUP
        for column in (
            *("id", "company", "role", "held_on", "who", "went_well", "in_my_control", "not_in_my_control", "notes"),
            *("started_at", "finished_at", "at", "acknowledgement", "follow_up", "sent_on"),
        )
    },
    **{
        f"asked_question.{column}": _WITH_BACKUP
        for column in (
            *("interview_id", "place", "text", "hard", "why", "what_happened", "roughly_s", "again", "recording"),
            *("question_id", "noted"),
        )
    },
    **{f"next_interview.{column}": _WITH_BACKUP for column in ("id", "held_on", "company", "made_at")},
    **{f"sqlite_sequence.{column}": "told as 'numbers_given'" for column in ("name", "seq")},
}
