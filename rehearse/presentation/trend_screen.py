"""How answers change from attempt to attempt, in the terminal: one question in full, or all of them at a glance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.measurement.attempt import Attempt
from rehearse.presentation import trend_words, wording
from rehearse.presentation.screen import indented, said, sparkline
from rehearse.progress.trend import Figure, QuestionTrend
from rehearse.question import Question, Target, shortened

#: What fits a terminal of 24 lines with everything else.
_MOST_BARS = 12
_MOST_IN_LINE = 16
_EIGHTHS = " ▏▎▍▌▋▊▉"
_COLD, _WARM, _REAL = "●", "○", "◆"
#: What stands beside a bar: number, day, mark and length before it, 'inside' after it, and the margins.
_BESIDE_BAR = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class AtAGlance:
    """
    lengths_s  of the practised answers to a question, earliest first, at least one
    """

    question: Question
    target: Target
    lengths_s: Sequence[float]
    trend: QuestionTrend


def question_trends(
    question: Question,
    target: Target,
    attempts: Sequence[Attempt],
    cold: frozenset[int],
    trends: Mapping[Figure, QuestionTrend],
    *,
    width: int,
    timezone: tzinfo | None,
    today: datetime,
) -> RenderableType:
    """The lengths of the latest answers against the aim, and how pace, fillers and landing change with them.

    attempts  measured ones, earliest first
    width     of the screen, in characters
    """
    shown = attempts[-_MOST_BARS:]
    scale = _Scale.fitting([a.measures.answer_s for a in shown if a.measures], target, max(12, width - _BESIDE_BAR))
    table = Table.grid(padding=(0, 1))
    for _ in range(4):
        table.add_column(no_wrap=True)
    for attempt in shown:
        assert attempt.measures is not None, "only measured attempts have a length"
        length_s = attempt.measures.answer_s
        mark = _REAL if attempt.baseline else _COLD if attempt.id in cold else _WARM
        inside = target.low_s <= round(length_s) <= target.high_s
        table.add_row(
            Text(str(attempt.id), justify="right"),
            Text(f"{wording.day(attempt.recorded_at, timezone, today):6} {mark}"),
            Text(wording.clock(length_s), justify="right", style="" if mark != _WARM else "dim"),
            Text(scale.bar(length_s), style="green" if inside else "dim" if mark == _WARM else ""),
            Text("inside" if inside else ""),
        )
    table.add_row(Text(), Text(), Text(), Text(scale.aim(), style="dim"), Text())
    head = said(question.text, "bold") + Text(f"   aim {wording.target_band(target)}", style="dim")
    parts: list[RenderableType] = [head, Text(), table, Text(_legend(shown, cold), style="dim")]
    if len(attempts) > len(shown):
        parts.append(Text(f"The latest {len(shown)} of {len(attempts)} answers.", style="dim"))
    if told := trend_words.length_trend(trends["answer_s"], target):
        parts += [Text(), Text(told)]
    if others := _others(trends):
        parts += [Text(), others]
    return indented(*parts)


def all_trends(rows: Sequence[AtAGlance]) -> RenderableType:
    """Two lines for each question: its lengths, the last one, and where they are going."""
    lines = Table.grid(padding=(0, 2))
    lines.add_column(justify="right", no_wrap=True)
    for row in rows:
        last_s = row.lengths_s[-1]
        place = f"{trend_words.against_aim(last_s, row.target)} {wording.target_band(row.target)}"
        told = trend_words.short(row.trend, row.target)
        lines.add_row(Text(str(row.question.id), style="dim"), said(shortened(row.question.text), "bold"))
        bars = sparkline(row.lengths_s[-_MOST_IN_LINE:])
        lines.add_row(Text(), Text(f"{bars}  last {wording.clock(last_s)}, {place}   {told}"))
    return indented(lines, Text(), Text("In full:  rehearse trends QUESTION", style="dim"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Seconds to columns of a bar: 0 s at its left end, longest_s at its right."""

    columns: int
    longest_s: float
    low: int
    high: int

    @classmethod
    def fitting(cls, lengths_s: Sequence[float], target: Target, columns: int) -> "_Scale":
        # Of a very long answer only the bar is cut, as the aim must still be seen.
        longest_s = min(max([*lengths_s, target.high_s]) * 1.02, 3.0 * target.high_s)
        low, high = (min(columns - 1, round(aim / longest_s * columns)) for aim in (target.low_s, target.high_s))
        return cls(columns=columns, longest_s=longest_s, low=low, high=high)

    def bar(self, length_s: float) -> str:
        """A bar to an eighth of a column, with the aim's two ends marked across it."""
        eighths = max(1, round(min(1.0, length_s / self.longest_s) * self.columns * 8))
        bar = "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")
        signs = list(bar.ljust(self.columns))
        for end in (self.low, self.high):
            signs[end] = "┃" if signs[end] == "█" else "┊" if signs[end] == " " else signs[end]
        return "".join(signs)

    def aim(self) -> str:
        between = self.high - self.low - 1
        label = " aim ".center(between, "─") if between >= 5 else "─" * between
        return " " * self.low + f"└{label}┘"


def _legend(attempts: Sequence[Attempt], cold: frozenset[int]) -> str:
    there = {
        f"{_COLD} first of a day": any(a.id in cold for a in attempts),
        f"{_WARM} later that day": any(a.id not in cold and not a.baseline for a in attempts),
        f"{_REAL} the real one": any(a.baseline for a in attempts),
    }
    return "   ".join(name for name, is_there in there.items() if is_there)


def _others(trends: Mapping[Figure, QuestionTrend]) -> RenderableType | None:
    table = Table.grid(padding=(0, 2))
    for figure, trend in trends.items():
        values = trend.values
        if figure == "answer_s" or not values:
            continue
        table.add_row(
            Text(trend_words.FIGURES[figure][0], style="dim"),
            Text(sparkline(values[-_MOST_IN_LINE:])),
            Text(trend_words.first_to_last(trend)),
            Text(trend_words.of_figure(trend)),
        )
    return table if table.row_count else None
