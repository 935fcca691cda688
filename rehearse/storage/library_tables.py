"""Which column of which table of the library stands where in a document (docs/decisions/0023-library-document.md).

A test holds this list against the tables themselves: a column that is new must be named here, or in LEFT_OUT with the
reason.
"""

import json
from collections.abc import Mapping
from typing import get_args

from rehearse.interview import Reason
from rehearse.measurement.calibration import Calibration
from rehearse.measurement.corrections import Verdict
from rehearse.measurement.fillers import FillerKind
from rehearse.measurement.measures import Measures
from rehearse.storage import document_cells as cells
from rehearse.storage.document_table import Table
from rehearse.storage.document_values import Misfit
from rehearse.storage.rows import figures_columns
from rehearse.storage.tables import Columns
from rehearse.transcription.transcript import DoubtReason, EngineName, Silences


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
        "whole_s": cells.optional(cells.SECONDS),
    },
    later=("whole_s",),
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

ASKED = Table(
    name="asked_question",
    section="asked_questions",
    of="interview_id",
    order="place",
    many=True,
    placed=True,
    columns={
        "text": cells.TEXT,
        "hard": cells.FLAG,
        "why": cells.list_of(cells.one_of(*Reason)),
        "what_happened": cells.TEXT,
        "roughly_s": cells.optional(cells.SECONDS),
        "again": cells.FLAG,
        "question_id": cells.optional(cells.reference("question")),
        "noted": cells.TEXT,
    },
    derived=lambda columns: {"recording": ""},
)
INTERVIEWS = Table(
    name="interview",
    section="interviews",
    # Nothing else of it stays as it was: a debrief is gone through again, and its mail is written later.
    same=("started_at",),
    columns={
        "id": _NUMBER,
        **dict.fromkeys(("company", "role", "who", "in_my_control", "not_in_my_control", "notes"), cells.TEXT),
        "held_on": cells.optional(cells.DAY),
        "went_well": cells.TEXTS,
        "started_at": cells.MOMENT,
        "finished_at": cells.optional(cells.MOMENT),
        "at": cells.TEXT,
        "acknowledgement": cells.whole(0, 2**31),
        "follow_up": cells.TEXT,
        "sent_on": cells.optional(cells.DAY),
    },
    parts=(ASKED,),
)
NEXT_INTERVIEW = Table(
    name="next_interview",
    section="next_interview",
    columns={"held_on": cells.DAY, "company": cells.TEXT, "made_at": cells.MOMENT},
)

#: What a document for somebody else can go without: these tell of companies and of people.
OF_INTERVIEWS = (INTERVIEWS, NEXT_INTERVIEW)
#: In the order in which they are written: each after those it refers to.
TABLES = (QUESTIONS, ATTEMPTS, PREFERENCES, CALIBRATIONS, *OF_INTERVIEWS)
#: People know their rows by number: one that was given once is never given again.
NUMBERED = (QUESTIONS, ATTEMPTS, INTERVIEWS)

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
    "asked_question.interview_id": "the entry stands within its interview",
    "asked_question.place": "only keeps them in order, which the list does",
    # What a document names is opened when the debrief ends: it may be a place that only that machine has, or a trap.
    "asked_question.recording": "a file of this machine that is still to be brought in, not of the library",
    "next_interview.id": "always 1",
    **{f"sqlite_sequence.{column}": "told as 'numbers_given'" for column in ("name", "seq")},
}
