"""Lists in the terminal: questions, attempts at one question, measured files."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.measurement.attempt import AttemptLine
from rehearse.measurement.measures import Measures
from rehearse.presentation import attempt_words, trend_words, wording
from rehearse.presentation.narrow import ByWidth, NarrowAttempt, attempts_narrow
from rehearse.presentation.screen import indented, said, sparkline
from rehearse.progress.trend import length_trend
from rehearse.question import Question, Target
from rehearse.question_file import QuestionSet

#: Columns of the list of attempts, so that a day and the name of a recogniser stay whole: a terminal of 80, indented.
_ATTEMPTS_NEED = 76


def attempts_table(
    question: Question,
    target: Target,
    attempts: Sequence[AttemptLine],
    cold: frozenset[int],
    timezone: tzinfo | None,
    today: datetime,
    *,
    at_most: int | None = None,
    all_count: int | None = None,
) -> RenderableType:
    """The attempts at one question, oldest first: when, how long, how fast, how many fillers, heard by whom.

    at_most    only so many, the latest ones
    all_count  how many there are, where not all are among these
    """
    shown = attempts if at_most is None else attempts[-at_most:]
    days = {a.id: "the real one" if a.baseline else wording.day(a.recorded_at, timezone, today) for a in shown}
    table = ByWidth(
        _attempts_wide(shown, target, cold, days),
        lambda width: attempts_narrow([_narrow_attempt(a, target, a.id in cold, days[a.id]) for a in shown]),
        needs=_ATTEMPTS_NEED,
    )
    lengths = [a.answer_s for a in attempts if a.answer_s is not None and a.own_length]
    unheard = [str(a.id) for a in shown if a.answer_s is None and a.has_sound]
    head = said(question.text, "bold") + Text(f"   aim {wording.target_band(target)}", style="dim")
    parts: list[RenderableType] = [head, Text(), table]
    count = len(attempts) if all_count is None else all_count
    if count > len(shown):
        latest = f"The latest {len(shown)} of {count}. All:  rehearse attempts {question.id} --all"
        parts.append(Text(latest, style="dim"))
    if len(lengths) > 1:
        parts += [Text(), Text(f"length   {sparkline(lengths[-40:])}")]
    if told := trend_words.length_trend(length_trend(attempts, timezone), target):
        parts.append(Text(told))
    if unheard:
        which = f"Not written down yet: {', '.join(unheard)}."
        parts += [Text(), Text(f"{which} To do it:  rehearse transcribe --all")]
    return indented(*parts)


def _attempts_wide(
    shown: Sequence[AttemptLine], target: Target, cold: frozenset[int], days: Mapping[int, str]
) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    for place in range(6):
        # Where there is little room the limit of a drill goes under its day, so that who heard it can still be read.
        table.add_column(no_wrap=place != 1)
    table.add_row(*(Text(name, style="dim") for name in ("#", "when", "length", "", "pace", "fillers/min", "heard by")))
    longest = max((a.answer_s for a in shown if a.answer_s), default=1.0)
    for attempt in shown:
        marks = (attempt_words.limits(attempt), "cold" if attempt.id in cold else "")
        when = " ".join(filter(None, (days[attempt.id], *marks)))
        table.add_row(Text(str(attempt.id)), Text(when), *_attempt_cells(attempt, target, longest))
    return table


def _narrow_attempt(line: AttemptLine, target: Target, is_cold: bool, day: str) -> NarrowAttempt:
    length, _, pace, fillers, heard_by = (cell.plain for cell in _attempt_cells(line, target, 1.0))
    inside = _is_inside(line, target)
    marks = ("cold" if is_cold else "", attempt_words.limits(line), "inside" if inside else "", heard_by)
    return NarrowAttempt(
        number=str(line.id),
        day=day,
        length=length,
        pace=pace,
        fillers=fillers,
        marks=[mark for mark in marks if mark],
        inside=inside,
    )


def _is_inside(line: AttemptLine, target: Target) -> bool:
    return (
        line.answer_s is not None and line.cut_short is None and target.low_s <= round(line.answer_s) <= target.high_s
    )


def _attempt_cells(line: AttemptLine, target: Target, longest_s: float) -> list[Text]:
    if line.answer_s is None:
        return [Text("-"), Text(), Text("-", justify="right"), Text("-", justify="right"), Text("not yet", "dim")]
    inside = _is_inside(line, target)
    bar = "█" * max(1, round(line.answer_s / longest_s * 10)) + (" inside" if inside else "")
    heard_by = wording.recogniser(line.engine_name, line.engine_model) + ("" if line.has_sound else ", no sound")
    return [
        Text(wording.clock(line.answer_s)),
        Text(bar, style="green" if inside else ""),
        Text("-" if line.speech_rate_wpm is None else f"{line.speech_rate_wpm:.0f}", justify="right"),
        Text(wording.per_minute(line.fillers_per_min), justify="right"),
        Text(heard_by, style="dim"),
    ]


def questions_table(questions: Sequence[tuple[Question, Target, int]]) -> RenderableType:
    """Questions with their aim and how often each was practised."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_row(*(Text(name, style="dim") for name in ("#", "question", "aim", "attempts")))
    for question, target, practised in questions:
        text = said(question.text)
        if question.archived_at:
            text.append("  archived", style="dim")
        for tag in question.tags:
            text.append_text(said(f"  #{tag}", "cyan"))
        opening = f"Begin: {question.opening}" if question.opening else ""
        landing = f"End: {question.landing}" if question.landing else ""
        for line in (question.note, opening, *(f"· {point}" for point in question.points), landing):
            if line:
                text.append("\n").append_text(said(line, "dim"))
        table.add_row(Text(str(question.id)), text, Text(wording.target_band(target)), Text(str(practised or "-")))
    return indented(table)


def question_sets(sets: Sequence[QuestionSet]) -> RenderableType:
    """The sets of questions that come along, with how many are in each."""
    table = Table.grid(padding=(0, 2))
    for each in sets:
        table.add_row(Text(each.name, style="bold"), Text(each.title), Text(str(len(each.questions)), justify="right"))
    return indented(table)


def measured_files(files: Sequence[tuple[str, Measures]]) -> RenderableType:
    """One row for each measured file."""
    table = Table.grid(padding=(0, 2))
    names = ("file", "length", "pace", "fillers", "pauses", "heard by")
    table.add_row(*(Text(name, style="dim") for name in names))
    for name, now in files:
        table.add_row(
            said(name),
            Text(wording.clock(now.answer_s)),
            Text(wording.pace(now.speech_rate_wpm)),
            Text(wording.filler_count(now)),
            Text(wording.pause_summary(now)),
            said(wording.engine_name(now.engine), "dim"),
        )
    return indented(table)
