"""Two attempts side by side in the terminal: what changed and why, what was kept, dropped and new."""

import math
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.measurement.attempt import Attempt
from rehearse.measurement.measures import Measures
from rehearse.presentation import attempt_words, content_words, verdict_words, wording
from rehearse.presentation.screen import indented, said
from rehearse.progress.comparison import Comparison, Why
from rehearse.progress.content import ContentChange, Kind, Passage
from rehearse.question import Question, Target

_MARKS = {Kind.DROPPED: ("(- ", " -)"), Kind.NEW: ("(+ ", " +)"), Kind.COMMON: ("", "")}
_STYLES = {Kind.DROPPED: "dim", Kind.NEW: "bold", Kind.COMMON: ""}


def compared(
    questions: tuple[Question, Question],
    earlier: Attempt,
    later: Attempt,
    comparison: Comparison,
    content: ContentChange | None,
    passages: Sequence[Passage],
    *,
    timezone: tzinfo | None,
    today: datetime,
) -> RenderableType:
    """What became of an earlier attempt in a later one; both are measured.

    questions  what each of them answers: where that is not the same, neither is a better or a worse other
    """
    before, now = earlier.measures, later.measures
    assert before is not None and now is not None, "only measured attempts compare"
    names = [attempt_words.name(attempt) for attempt in (earlier, later)]
    lengths_compare = same_terms(earlier, later)
    parts: list[RenderableType] = [*_title(questions, names), Text()]
    if lengths_compare:
        parts.append(Text(verdict_words.compared(now, comparison, names[0])))
        parts += [Text(why(comparison.why))] if comparison.why is not None else []
    parts += [Text(line, style="dim") for line in caution_lines(earlier, later, comparison)]
    if content is not None and comparison.heard_alike and lengths_compare:
        parts += [Text(), *(said(line) for line in content_words.kept(content, comparison))]
    days = [when(attempt, timezone, today) for attempt in (earlier, later)]
    parts += [Text(), _side_by_side(names, days, before, now)]
    if passages and earlier.question_id == later.question_id:
        parts += [Text(), Text(f"(- only {names[0]} -)   (+ only {names[1]} +)", style="dim"), Text(), _text(passages)]
    return indented(*parts)


def same_terms(earlier: Attempt, later: Attempt) -> bool:
    """Whether one is an answer to the question of the other, and both are whole: else 'shorter' says nothing."""
    return earlier.question_id == later.question_id and not (earlier.cut_short or later.cut_short)


def _title(questions: tuple[Question, Question], names: Sequence[str]) -> list[Text]:
    if questions[0].id == questions[1].id:
        return [said(f"{wording.capitalised(names[0])} and {names[1]} · {questions[0].text}", "bold")]
    both = zip(names, questions, strict=True)
    return [said(f"{wording.capitalised(name)} · {question.text}", "bold") for name, question in both]


def when(attempt: Attempt, timezone: tzinfo | None, today: datetime) -> str:
    """'7 Nov', '7 Nov, drill 2, limit 1:20'."""
    return ", ".join(filter(None, (wording.day(attempt.recorded_at, timezone, today), attempt_words.limits(attempt))))


def caution_lines(earlier: Attempt, later: Attempt, comparison: Comparison) -> list[str]:
    """What keeps two attempts, or their words, from being held against each other, one sentence to a line."""
    lines = []
    if earlier.question_id != later.question_id:
        lines.append("These are answers to two different questions: only their figures stand side by side.")
    for cut in (attempt for attempt in (earlier, later) if attempt.cut_short):
        name = wording.capitalised(attempt_words.name(cut))
        lines.append(f"{name} is only a part, as its recording ends early: how long it was is not known.")
    limited = [attempt for attempt in (earlier, later) if not attempt.own_length and not attempt.cut_short]
    if len(limited) == 1:
        name = attempt_words.name(limited[0])
        lines.append(f"{wording.capitalised(name)} had a limit: its length was not your choice alone.")
    elif len({attempt.timed.limit_s for attempt in limited if attempt.timed}) > 1:
        lines.append("Each had a limit of its own: their lengths were not your choice alone.")
    heard = [attempt.measures.engine for attempt in (earlier, later) if attempt.measures]
    if any(engine is not None and engine.name == "draft" for engine in heard):
        lines.append("Draft words are rough: a difference may only be misheard.")
    if comparison.same_engine is False:
        lines.append("Different recognisers heard them: you can compare lengths, but not words.")
    elif comparison.same_language is False:
        lines.append("They are in different languages: you can compare lengths, but not words.")
    return lines


def shorter_is_better(comparison: Comparison, now: Measures, target: Target) -> bool:
    """Whether seconds less are a gain: not where this answer, or what it is held against, is under the aim already."""
    lengths_s = (now.answer_s, comparison.median_answer_s or 0.0)
    return all(round(length_s) >= target.low_s for length_s in lengths_s)


def why(parts: Why) -> str:
    """'Words -17.2 s, speed between pauses +0.4 s, pauses -7.1 s.': they sum to the change, as written too."""
    told = ", ".join(f"{name} {seconds:+.1f} s" for name, seconds in why_parts(parts))
    return f"{wording.capitalised(told)}."


def why_parts(why: Why) -> list[tuple[str, float]]:
    """The parts of a change by name, in seconds, rounded to tenths so that what is shown sums to the change shown."""
    exact = [("words", why.words_s), ("speed between pauses", why.pace_s), ("pauses", why.pauses_s)]
    tenths = [math.floor(seconds * 10) for _, seconds in exact]
    missing = round(sum(seconds for _, seconds in exact) * 10) - sum(tenths)
    # Those that lost most by rounding down get the tenths that are missing.
    for place in sorted(range(len(exact)), key=lambda p: tenths[p] - exact[p][1] * 10)[:missing]:
        tenths[place] += 1
    return [(name, tenth / 10) for (name, _), tenth in zip(exact, tenths, strict=True)]


def _side_by_side(names: Sequence[str], when: Sequence[str], before: Measures, now: Measures) -> RenderableType:
    table = Table.grid(padding=(0, 3))
    table.add_row(Text(), *(Text(name, style="dim") for name in names))
    table.add_row(Text("when", style="dim"), *(Text(day) for day in when))
    for name, *cells in figure_rows(before, now):
        table.add_row(Text(name, style="dim"), *(Text(cell) for cell in cells))
    return table


def figure_rows(before: Measures, now: Measures) -> list[tuple[str, str, str]]:
    """The name of each figure that one of them has, and how both say it."""
    worded: tuple[tuple[str, Callable[[Measures], str]], ...] = (
        ("length", lambda m: wording.clock(m.answer_s)),
        ("words", lambda m: "-" if m.word_count is None else str(m.word_count)),
        ("pace", lambda m: wording.pace(m.speech_rate_wpm)),
        ("fillers", wording.filler_count),
        ("pauses", wording.pause_summary),
        ("landing", lambda m: "-" if m.landing_s is None else wording.clock(m.landing_s)),
        ("points", lambda m: wording.points(m) or "-"),
    )
    rows = [(name, of(before), of(now)) for name, of in worded]
    return [row for row in rows if row[1:] != ("-", "-")]


def _text(passages: Sequence[Passage]) -> Text:
    text = Text()
    for passage in passages:
        opening, closing = _MARKS[passage.kind]
        words = " ".join(wording.shown(f"{word.before}{word.written}{word.after}") for word in passage.words)
        text.append(f"{opening}{words}{closing} ", style=_STYLES[passage.kind])
    return text
