"""Two attempts side by side in the terminal: what changed and why, what was kept, dropped and new."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.measurement.attempt import Attempt
from rehearse.measurement.measures import Measures
from rehearse.presentation import content_words, wording
from rehearse.presentation.screen import indented, said
from rehearse.progress.comparison import Comparison, Why
from rehearse.progress.content import ContentChange, Kind, Passage
from rehearse.question import Question

_MARKS = {Kind.DROPPED: ("(- ", " -)"), Kind.NEW: ("(+ ", " +)"), Kind.COMMON: ("", "")}
_STYLES = {Kind.DROPPED: "dim", Kind.NEW: "bold", Kind.COMMON: ""}


def compared(
    question: Question,
    earlier: Attempt,
    later: Attempt,
    comparison: Comparison,
    content: ContentChange | None,
    passages: Sequence[Passage],
    *,
    timezone: tzinfo | None,
    today: datetime,
) -> RenderableType:
    """What became of an earlier attempt in a later one; both are measured."""
    before, now = earlier.measures, later.measures
    assert before is not None and now is not None, "only measured attempts compare"
    names = [wording.attempt_name(attempt) for attempt in (earlier, later)]
    parts: list[RenderableType] = [
        said(f"{names[0][0].upper()}{names[0][1:]} and {names[1]} · {question.text}", "bold"),
        Text(),
        Text(wording.compared(now, comparison, names[0])),
    ]
    if comparison.why is not None:
        parts.append(Text(why(comparison.why)))
    if any(measures.engine is not None and measures.engine.name == "draft" for measures in (before, now)):
        parts.append(Text("Draft words are rough: what differs may only be misheard.", style="dim"))
    if comparison.same_engine is False:
        parts.append(Text("Different recognisers heard them: lengths compare, words do not.", style="dim"))
    elif comparison.same_language is False:
        parts.append(Text("They are in different languages: lengths compare, words do not.", style="dim"))
    if content is not None and comparison.heard_alike:
        parts += [Text(), *(said(line) for line in content_words.kept(content, comparison))]
    when = [wording.day(attempt.recorded_at, timezone, today) for attempt in (earlier, later)]
    parts += [Text(), _side_by_side(names, when, before, now)]
    if passages:
        parts += [Text(), Text(f"(- only {names[0]} -)   (+ only {names[1]} +)", style="dim"), Text(), _text(passages)]
    return indented(*parts)


def why(parts: Why) -> str:
    """'Words -17.2 s, speed between pauses +0.4 s, pauses -7.1 s': they sum to the change."""
    return f"Words {parts.words_s:+.1f} s, speed between pauses {parts.pace_s:+.1f} s, pauses {parts.pauses_s:+.1f} s."


def _side_by_side(names: Sequence[str], when: Sequence[str], before: Measures, now: Measures) -> RenderableType:
    rows: tuple[tuple[str, Callable[[Measures], str]], ...] = (
        ("length", lambda m: wording.clock(m.answer_s)),
        ("words", lambda m: "-" if m.word_count is None else str(m.word_count)),
        ("pace", lambda m: wording.pace(m.speech_rate_wpm)),
        ("fillers", wording.filler_count),
        ("pauses", wording.pause_summary),
        ("landing", lambda m: "-" if m.landing_s is None else wording.clock(m.landing_s)),
        ("points", lambda m: wording.points(m) or "-"),
    )
    table = Table.grid(padding=(0, 3))
    table.add_row(Text(), *(Text(name, style="dim") for name in names))
    table.add_row(Text("when", style="dim"), *(Text(day) for day in when))
    for name, worded in rows:
        cells = [worded(before), worded(now)]
        if any(cell != "-" for cell in cells):
            table.add_row(Text(name, style="dim"), *(Text(cell) for cell in cells))
    return table


def _text(passages: Sequence[Passage]) -> Text:
    text = Text()
    for passage in passages:
        opening, closing = _MARKS[passage.kind]
        words = " ".join(wording.shown(f"{word.before}{word.written}{word.after}") for word in passage.words)
        text.append(f"{opening}{words}{closing} ", style=_STYLES[passage.kind])
    return text
