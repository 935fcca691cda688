"""Interviews to what the library's rows hold, and back. No SQL; exact both ways but for text that is not Unicode."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

from rehearse.interview import AskedQuestion, Interview, Reason
from rehearse.storage import rows
from rehearse.storage.tables import Columns

#: Of the library, or of a document.
Row: TypeAlias = sqlite3.Row | Mapping[str, Any]

_REASONS = frozenset(reason.value for reason in Reason)


def interview_columns(interview: Interview) -> Columns:
    texts = ("company", "role", "who", "in_my_control", "not_in_my_control", "notes", "follow_up", "at")
    return {
        **{name: rows.text_column(getattr(interview, name)) for name in texts},
        "held_on": interview.on.isoformat() if interview.on else None,
        "went_well": _json([rows.text_column(entry) for entry in interview.went_well]),
        "started_at": rows.utc_text(interview.started_at),
        "finished_at": rows.utc_text(interview.finished_at) if interview.finished_at else None,
        "acknowledgement": interview.acknowledgement,
        "sent_on": interview.sent_on.isoformat() if interview.sent_on else None,
    }


def interview_of(row: Row, asked: Sequence[AskedQuestion]) -> Interview:
    return Interview(
        id=row["id"],
        company=row["company"],
        role=row["role"],
        on=date.fromisoformat(row["held_on"]) if row["held_on"] else None,
        who=row["who"],
        went_well=tuple(json.loads(row["went_well"])),
        asked=tuple(asked),
        in_my_control=row["in_my_control"],
        not_in_my_control=row["not_in_my_control"],
        notes=row["notes"],
        started_at=datetime.fromisoformat(row["started_at"]),
        finished_at=datetime.fromisoformat(row["finished_at"]) if row["finished_at"] else None,
        at=row["at"],
        acknowledgement=row["acknowledgement"],
        follow_up=row["follow_up"],
        sent_on=date.fromisoformat(row["sent_on"]) if row["sent_on"] else None,
    )


def asked_columns(asked: AskedQuestion) -> Columns:
    return {
        "text": rows.text_column(asked.text),
        "hard": int(asked.hard),
        "why": _json([reason.value for reason in asked.why]),
        "what_happened": rows.text_column(asked.what_happened),
        "roughly_s": asked.roughly_s,
        "again": int(asked.again),
        "recording": rows.text_column(asked.recording),
        "question_id": asked.question_id,
        "noted": rows.text_column(asked.noted),
    }


def asked_of(row: Row) -> AskedQuestion:
    return AskedQuestion(
        text=row["text"],
        hard=bool(row["hard"]),
        why=tuple(Reason(reason) if reason in _REASONS else Reason.OTHER for reason in json.loads(row["why"])),
        what_happened=row["what_happened"],
        roughly_s=row["roughly_s"],
        again=bool(row["again"]),
        recording=row["recording"],
        question_id=row["question_id"],
        noted=row["noted"],
    )


def _json(entries: Sequence[str]) -> str:
    return json.dumps(entries, separators=(",", ":"))
