"""Values to what the library's rows hold, and back. No SQL and no files; exact both ways.

Text that is not Unicode (half of a character, as in a file name of another encoding) is the one exception: SQLite
cannot hold it, and it is kept with the replacement character U+FFFD in its place.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rehearse.audio.recording import Recording
from rehearse.errors import StorageFailed
from rehearse.measurement.attempt import Attempt, AttemptLine, CutShort, Timed
from rehearse.measurement.corrections import Correction
from rehearse.measurement.measures import Measures
from rehearse.measurement.measures_json import measures_from_json, measures_to_json
from rehearse.question import Question, QuestionDraft, Target
from rehearse.storage.tables import Columns
from rehearse.transcription.transcript import (
    Doubt,
    EngineIdentity,
    Hesitation,
    Span,
    SpeechActivity,
    Transcript,
    Word,
)


def utc_text(moment: datetime) -> str:
    """The moment as UTC ISO-8601 text, which sorts as time does; ValueError for one without a time zone."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def text_column(text: str) -> str:
    """The text as SQLite can hold it."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def question_columns(question: Question | QuestionDraft) -> Columns:
    """All that a person says of a question; its number and its times are kept apart."""
    return {
        "text": text_column(question.text),
        "target_low_s": question.target.low_s if question.target else None,
        "target_high_s": question.target.high_s if question.target else None,
        "points": _json([text_column(point) for point in question.points]),
        "tags": _json([text_column(tag) for tag in question.tags]),
        "note": text_column(question.note),
        "opening": text_column(question.opening),
        "landing": text_column(question.landing),
    }


def question_of(row: sqlite3.Row) -> Question:
    has_target = row["target_low_s"] is not None
    return Question(
        id=row["id"],
        text=row["text"],
        created_at=datetime.fromisoformat(row["created_at"]),
        target=Target(low_s=row["target_low_s"], high_s=row["target_high_s"]) if has_target else None,
        points=tuple(json.loads(row["points"])),
        tags=tuple(json.loads(row["tags"])),
        note=row["note"],
        opening=row["opening"],
        landing=row["landing"],
        archived_at=datetime.fromisoformat(row["archived_at"]) if row["archived_at"] else None,
    )


def recording_columns(recording: Recording, recordings: Path) -> Columns:
    """The recording with its file named from the recordings folder, so that the home can be moved.

    Raises ValueError for a file that lies anywhere else.
    """
    # The file's own name is not resolved: a link is kept as the link.
    path = recording.path.parent.resolve() / recording.path.name
    return {
        "recording_file": path.relative_to(recordings.resolve()).as_posix(),
        "sample_rate_hz": recording.sample_rate_hz,
        "recording_s": recording.recording_s,
        "overflow_count": recording.overflow_count,
    }


def attempt_of(row: sqlite3.Row, recordings: Path) -> Attempt:
    return Attempt(
        id=row["id"],
        question_id=row["question_id"],
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
        baseline=bool(row["baseline"]),
        source=row["source"],
        device=row["device"],
        recording=recording_of(row, recordings),
        measures=_measures_of(row),
        timed=_timed_of(row),
        cut_short=_cut_short_of(row),
    )


def timed_columns(timed: Timed | None) -> Columns:
    return {
        "limit_s": timed.limit_s if timed else None,
        "drill_round": timed.drill_round if timed else None,
        "ran_out": int(timed.ran_out) if timed else 0,
    }


def _timed_of(row: sqlite3.Row) -> Timed | None:
    if row["limit_s"] is None:
        return None
    return Timed(limit_s=row["limit_s"], drill_round=row["drill_round"], ran_out=bool(row["ran_out"]))


def _cut_short_of(row: sqlite3.Row) -> CutShort | None:
    return None if row["whole_s"] is None else CutShort(read_s=row["recording_s"], whole_s=row["whole_s"])


def _measures_of(row: sqlite3.Row) -> Measures | None:
    """None also where the record cannot be read, so that the attempt can still be listed, heard again or deleted."""
    if row["record"] is None:
        return None
    try:
        return measures_from_json(json.loads(row["record"]))
    except (StorageFailed, ValueError):
        return None


def recording_of(row: sqlite3.Row, recordings: Path) -> Recording | None:
    if row["recording_file"] is None:
        return None
    return Recording(
        path=recordings / row["recording_file"],
        sample_rate_hz=row["sample_rate_hz"],
        recording_s=row["recording_s"],
        overflow_count=row["overflow_count"],
    )


def attempt_line_of(row: sqlite3.Row) -> AttemptLine:
    return AttemptLine(
        id=row["id"],
        question_id=row["question_id"],
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
        baseline=bool(row["baseline"]),
        has_sound=bool(row["has_sound"]),
        recording_s=row["recording_s"],
        answer_s=row["answer_s"],
        speech_rate_wpm=row["speech_rate_wpm"],
        fillers_per_min=row["fillers_per_min"],
        engine_name=row["engine_name"],
        engine_model=row["engine_model"],
        measures_version=row["measures_version"],
        source=row["source"],
        device=row["device"],
        overflow_count=row["overflow_count"],
        engine_language=row["engine_language"],
        after_landing_s=row["after_landing_s"],
        rating=row["rating"],
        timed=_timed_of(row),
        cut_short=_cut_short_of(row),
    )


def transcript_columns(transcript: Transcript) -> Columns:
    words = [[text_column(word.text), word.start_s, word.end_s, word.probability] for word in transcript.words]
    return {
        "language": text_column(transcript.language),
        "engine_name": transcript.engine.name,
        "engine_model": text_column(transcript.engine.model),
        "engine_version": text_column(transcript.engine.version),
        "engine_options": _json(dict(transcript.engine.options)),
        "words": _json(words),
        "doubts": _json([[doubt.start_s, doubt.end_s, doubt.why] for doubt in transcript.doubts]),
        "hesitations": None
        if transcript.hesitations is None
        else _json([[each.start_s, each.vowel_end_s, each.end_s] for each in transcript.hesitations]),
    }


def transcript_of(row: sqlite3.Row) -> Transcript:
    return Transcript(
        language=row["language"],
        words=tuple(
            Word(text=text, start_s=start_s, end_s=end_s, probability=probability)
            for text, start_s, end_s, probability in json.loads(row["words"])
        ),
        engine=EngineIdentity(
            name=row["engine_name"],
            model=row["engine_model"],
            version=row["engine_version"],
            options=json.loads(row["engine_options"]),
        ),
        doubts=tuple(Doubt(start_s=start_s, end_s=end_s, why=why) for start_s, end_s, why in json.loads(row["doubts"])),
        hesitations=None
        if row["hesitations"] is None
        else tuple(
            Hesitation(start_s=start_s, vowel_end_s=vowel_end_s, end_s=end_s)
            for start_s, vowel_end_s, end_s in json.loads(row["hesitations"])
        ),
    )


def speech_columns(speech: SpeechActivity) -> Columns:
    return {
        "recording_s": speech.recording_s,
        "spans": _json([[span.start_s, span.end_s] for span in speech.spans]),
        "silences": speech.silences,
    }


def speech_of(row: sqlite3.Row) -> SpeechActivity:
    spans = tuple(Span(start_s=start_s, end_s=end_s) for start_s, end_s in json.loads(row["spans"]))
    return SpeechActivity(recording_s=row["recording_s"], spans=spans, silences=row["silences"])


def correction_columns(correction: Correction) -> Columns:
    return {
        "start_s": correction.start_s,
        "end_s": correction.end_s,
        "text": text_column(correction.text),
        "kind": correction.kind,
        "verdict": correction.verdict,
    }


def correction_of(row: sqlite3.Row) -> Correction:
    return Correction(
        start_s=row["start_s"], end_s=row["end_s"], text=row["text"], kind=row["kind"], verdict=row["verdict"]
    )


def measures_columns(measures: Measures) -> Columns:
    return figures_columns(measures) | {"record": _json(measures_to_json(measures))}


def figures_columns(measures: Measures) -> Columns:
    """What listings show, beside the record that holds it too."""
    return {
        "measures_version": measures.measures_version,
        "answer_s": measures.answer_s,
        "speech_rate_wpm": measures.speech_rate_wpm,
        "fillers_per_min": measures.fillers_per_min,
        "engine_name": measures.engine.name if measures.engine else None,
        "engine_model": text_column(measures.engine.model) if measures.engine else None,
        "engine_language": text_column(measures.engine.language or "") or None if measures.engine else None,
        "after_landing_s": measures.after_landing_s,
    }


def _json(value: Mapping[str, Any] | Sequence[Any]) -> str:
    return json.dumps(value, separators=(",", ":"))
