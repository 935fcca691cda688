"""A drill in the terminal: what each round asks for, and what became of the answer from the first to the last."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.measurement.attempt import Attempt
from rehearse.measurement.measures import Measures
from rehearse.presentation import attempt_words, content_words, verdict_words, wording
from rehearse.presentation.cautions import DRAFT_WORDS
from rehearse.presentation.screen import indented, said
from rehearse.progress.comparison import Comparison
from rehearse.progress.content import ContentChange
from rehearse.question import Question, Target

#: So much of what was saved came from speaking faster that leaving out is worth a word. Own choice.
_MOSTLY = 0.5


def round_card(question: Question, number: int, targets: Sequence[Target]) -> RenderableType:
    """The question, which round it is, from 1, what this round asks for, and the points to make."""
    limit = wording.clock(targets[number - 1].high_s)
    if number == 1:
        task = f"Up to {limit}: say all of it, without hurry."
    elif number < len(targets):
        task = f"The same answer in {limit}. What can you leave out?"
    else:
        task = f"The same answer in {limit}, your aim. Only what matters most."
    parts: list[RenderableType] = [Text(f"Drill, round {number} of {len(targets)}", style="dim"), Text()]
    parts += [said(question.text, "bold"), Text(), Text(task)]
    return Group(*parts, *(said(f"· {point}") for point in question.points))


def between(number: int, targets: Sequence[Target], answer_s: float, keys: str) -> str:
    """After a round, from 1, that is not the last: how long it was, the next limit, and how to go on."""
    limit, following = (wording.clock(targets[place].high_s) for place in (number - 1, number))
    return f"Round {number}: {wording.clock(answer_s)} of {limit}. Next: the same in {following}.   {keys}"


def drilled(
    question: Question, attempts: Sequence[Attempt], comparison: Comparison | None, content: ContentChange | None
) -> RenderableType:
    """All rounds in one table, and what became of the first in the last.

    attempts    the rounds that were measured, in order
    comparison  the last against the first; None where there is only one
    content     what became of the content of the first; None where words cannot be compared
    """
    rounds = [(attempt, attempt.measures) for attempt in attempts if attempt.measures]
    parts: list[RenderableType] = [said(f"Drill · {question.text}", "bold"), Text(), _table(rounds)]
    if comparison is not None:
        (first, _), (_, now) = rounds[0], rounds[-1]
        name = f"round {first.timed.drill_round}" if first.timed else attempt_words.name(first)
        parts += [Text(), Text(verdict_words.compared(now, comparison, name))]
        if content is not None and comparison.heard_alike:
            parts += [said(line) for line in content_words.from_round(content, comparison, name)]
        if _mostly_faster(comparison):
            parts.append(Text("Most of that is speaking faster. Next time, leave out a part instead."))
    if any(now.engine is not None and now.engine.name == "draft" for _, now in rounds):
        parts.append(Text(DRAFT_WORDS, style="dim"))
    return indented(*parts)


def _table(rounds: Sequence[tuple[Attempt, Measures]]) -> RenderableType:
    table = Table.grid(padding=(0, 3))
    headings = ("round", "limit", "length", "words", "pace", "fillers")
    table.add_row(*(Text(name, style="dim") for name in headings))
    for attempt, now in rounds:
        timed = attempt.timed
        over = timed is not None and round(now.answer_s) > timed.limit_s
        table.add_row(
            Text(str(timed.drill_round) if timed else ""),
            Text(wording.clock(timed.limit_s) if timed else ""),
            Text(wording.clock(now.answer_s) + (" over" if over else ""), style="yellow" if over else ""),
            Text("-" if now.word_count is None else str(now.word_count)),
            Text(wording.pace(now.speech_rate_wpm)),
            Text(wording.filler_count(now)),
        )
    return table


def _mostly_faster(comparison: Comparison) -> bool:
    why, change_s = comparison.why, comparison.change_s
    shorter = why is not None and change_s is not None and change_s < 0 and not comparison.about_the_same
    return shorter and why is not None and change_s is not None and why.pace_s <= _MOSTLY * change_s
