"""What a coach can be given: a table for a spreadsheet (CSV), and notes to read (Markdown)."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from rehearse.measurement.attempt import Attempt
from rehearse.measurement.measures_json import figure_json
from rehearse.presentation import attempt_words, trend_words, wording
from rehearse.progress.comparison import cold_attempts
from rehearse.progress.trend import question_trend
from rehearse.question import Question, Target
from rehearse.transcription.transcript import Transcript, Word

_FIGURES = (
    "answer_s",
    "response_latency_s",
    "word_count",
    "speech_rate_wpm",
    "articulation_rate_wpm",
    "silent_pause_count",
    "silent_pause_s",
    "long_pause_count",
    "longest_pause_s",
    "filler_count",
    "filled_pause_count",
    "discourse_marker_count",
    "fillers_per_min",
    "landing_s",
    "level_dbfs",
    "clipped",
)
_COLUMNS = (
    "question",
    "attempt",
    "recorded_at",
    "kind",
    "limit_s",
    "ran_out",
    "whole_s",
    "target_low_s",
    "target_s",
    *_FIGURES,
    "engine",
    "model",
    "text",
)
#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKDOWN = re.compile(r"[\\`*_\[\]<>|~]")
#: What begins a heading, a list or a quotation, where a line begins with it.
_LINE_START = re.compile(r"^(\d*)([#+\-=.)])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """A question with its attempts, earliest first, and the transcripts there are, by the number of the attempt."""

    question: Question
    target: Target
    attempts: Sequence[Attempt]
    transcripts: dict[int, Transcript]


def table(practised: Sequence[Practised], timezone: tzinfo | None) -> str:
    """CSV with a row for each attempt, and a heading; what is not known is empty.

    Text that a spreadsheet would take for a formula has a ' before it, which spreadsheets do not show.
    """
    written = io.StringIO()
    writer = csv.DictWriter(written, _COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for each in practised:
        cold = cold_attempts(each.attempts, timezone)
        for attempt in each.attempts:
            writer.writerow(_row(each, attempt, attempt.id in cold))
    return written.getvalue()


def notes(practised: Sequence[Practised], timezone: tzinfo | None) -> str:
    """Markdown with a part for each question: how it is going, every attempt in one row, and the latest words."""
    return "\n".join("\n".join(_part(each, timezone)) for each in practised)


def _row(each: Practised, attempt: Attempt, cold: bool) -> dict[str, object]:
    now, transcript = attempt.measures, each.transcripts.get(attempt.id)
    figures = {name: figure_json(name, getattr(now, name)) if now else None for name in _FIGURES}
    engine = now.engine if now else None
    return {
        "question": _safe(each.question.text),
        "attempt": attempt.id,
        "recorded_at": attempt.recorded_at.isoformat(timespec="seconds"),
        "kind": _kind(attempt, cold),
        "limit_s": attempt.timed.limit_s if attempt.timed else None,
        "ran_out": attempt.timed.ran_out if attempt.timed else None,
        "whole_s": attempt.cut_short.whole_s if attempt.cut_short else None,
        "target_low_s": each.target.low_s,
        "target_s": each.target.high_s,
        **figures,
        "engine": engine.name if engine else None,
        "model": _safe(engine.model) if engine else None,
        "text": _safe(transcript.text) if transcript else None,
    }


def _kind(attempt: Attempt, cold: bool) -> str:
    in_drill = attempt.timed is not None and attempt.timed.drill_round is not None
    return "real" if attempt.baseline else "drill" if in_drill else "cold" if cold else "warm"


def _safe(text: str) -> str:
    clean = wording.shown(" ".join(text.split()))
    return f"'{clean}" if clean.startswith(_FORMULA) else clean


def _part(each: Practised, timezone: tzinfo | None) -> list[str]:
    question, target = each.question, each.target
    lines = [f"## {_plain(question.text)}", "", f"Aim: {wording.target_band(target)}."]
    if question.note:
        lines += ["", f"In the interview: {_plain(question.note)}"]
    if question.opening:
        lines += ["", f"First sentence: {_plain(question.opening)}"]
    if question.landing:
        lines += ["", f"Last sentence: {_plain(question.landing)}"]
    if question.points:
        lines += ["", "Points to make:", "", *(f"- {_plain(point)}" for point in question.points)]
    measured = [attempt for attempt in each.attempts if attempt.measures]
    trend = trend_words.length_trend(question_trend(each.attempts, "answer_s", timezone), target)
    lines += ["", trend] if trend else []
    if measured:
        lines += ["", "| # | when | length | pace | fillers | pauses | landing |", "|---|---|---|---|---|---|---|"]
        cold = cold_attempts(each.attempts, timezone)
        lines += [_table_row(attempt, attempt.id in cold, timezone) for attempt in measured]
        latest = measured[-1]
        if transcript := each.transcripts.get(latest.id):
            lines += ["", f"In {attempt_words.name(latest)}:", "", f"> {_marked(transcript, latest)}"]
    else:
        lines += ["", "Not practised yet."]
    return [*lines, ""]


def _table_row(attempt: Attempt, cold: bool, timezone: tzinfo | None) -> str:
    now = attempt.measures
    assert now is not None, "only measured attempts have a row"
    when = "the real one" if attempt.baseline else wording.day(attempt.recorded_at, timezone)
    cells = (
        str(attempt.id),
        " ".join(filter(None, (when, attempt_words.limits(attempt), "cold" if cold else ""))),
        wording.clock(now.answer_s),
        wording.pace(now.speech_rate_wpm),
        wording.filler_count(now),
        wording.pause_summary(now),
        wording.clock(now.landing_s) if now.landing_s is not None else "-",
    )
    return f"| {' | '.join(cells)} |"


def _marked(transcript: Transcript, attempt: Attempt) -> str:
    """The words with written fillers in bold."""
    now = attempt.measures
    fillers = [filler for filler in (now.fillers if now else None) or () if filler.source == "text"]

    def is_filler(word: Word) -> bool:
        middle = (word.start_s + word.end_s) / 2
        return any(filler.start_s <= middle <= filler.end_s for filler in fillers)

    return " ".join(f"**{_plain(w.text)}**" if is_filler(w) else _plain(w.text) for w in transcript.words)


def _plain(text: str) -> str:
    """Text of people and recognisers that Markdown takes as it is written."""
    inline = _MARKDOWN.sub(r"\\\g<0>", wording.shown(" ".join(text.split())))
    return _LINE_START.sub(r"\1\\\2", inline)
