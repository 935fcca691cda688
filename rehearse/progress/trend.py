"""Whether a figure rises or falls from attempt to attempt, and whether there are enough of them to say so. Pure."""

import math
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from itertools import combinations
from statistics import median
from typing import Literal, TypeAlias

from rehearse.measurement.attempt import Attempt, AttemptLine
from rehearse.measurement.measures import Measures
from rehearse.progress.comparison import SAME_RATIO, SAME_S, Dated, cold_attempts, heard_alike
from rehearse.question import Target

#: Of so few values even a perfect order comes up by chance more than once in ten times.
LEAST_VALUES = 4
#: How often chance alone may pass for a trend, in one direction or the other. Own choice: it costs nobody anything.
_BY_CHANCE = 0.10
#: From here on the number of orders is so large that the normal distribution stands for it (Mann 1945).
_MANY_VALUES = 30

#: Older attempts say little of how it goes now, and all pairs of thousands would take long.
_LATEST = 40

#: What is followed from attempt to attempt: names of `Measures`.
Figure: TypeAlias = Literal["answer_s", "speech_rate_wpm", "fillers_per_min", "after_landing_s"]

#: Changes of a whole series smaller than this mean nothing to anybody. Own choice, in the figure's own unit.
_LEAST_CHANGE: dict[Figure, float] = {
    "answer_s": SAME_S,
    "speech_rate_wpm": 8.0,
    "fillers_per_min": 1.0,
    "after_landing_s": SAME_S,
}


class Direction(StrEnum):
    TOO_FEW = "too few"
    FALLING = "falling"
    FLAT = "flat"
    RISING = "rising"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A straight line through values that are one step apart, that a few odd ones do not bend.

    count  how many values it rests on
    slope  change from one value to the next: the median over all pairs (Theil 1950, Sen 1968); None with one value
    start  where the line stands at the first value, end at the last; None likewise
    up_and_down  it is flat, and yet the values are not alike: a quarter of their pairs differ by more than counts
           as a change
    """

    direction: Direction
    count: int
    slope: float | None = None
    start: float | None = None
    end: float | None = None
    up_and_down: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTrend:
    """A figure over the attempts at one question.

    values          what the trend rests on, earliest first
    cold_only       it rests on the first attempts of each day alone, which resemble an interview; where there are too
                    few of them, on all
    left_out_count  attempts left out, as another engine or model heard them, or in another language
    engines_differ  it rests on attempts that different engines heard: only the length, which is of the sound
    """

    figure: Figure
    trend: Trend
    values: tuple[float, ...]
    cold_only: bool
    left_out_count: int = 0
    engines_differ: bool = False


def trend_of(values: Sequence[float], least_change: float = 0.0) -> Trend:
    """The trend of values in order.

    Rising or falling is said only where so clear an order comes by chance in no more than 10 % of all series without
    a trend (Mann 1945, Kendall 1975: pairs in order less pairs out of it), and where the line changes by more than
    least_change, and by more than 10 % of where it starts, from its first value to its last. A flat line says nothing
    of how far the values lie from it, so that is told apart.
    """
    if len(values) < 2:
        return Trend(direction=Direction.TOO_FEW, count=len(values))
    slope = median((values[j] - values[i]) / (j - i) for i, j in combinations(range(len(values)), 2))
    start = median(value - slope * place for place, value in enumerate(values))
    change = slope * (len(values) - 1)
    direction = Direction.FLAT
    if len(values) < LEAST_VALUES:
        direction = Direction.TOO_FEW
    elif _share_by_chance(values) <= _BY_CHANCE and abs(change) > max(least_change, SAME_RATIO * abs(start)):
        direction = Direction.RISING if slope > 0 else Direction.FALLING
    return Trend(
        direction=direction,
        count=len(values),
        slope=slope,
        start=start,
        end=start + change,
        up_and_down=direction is Direction.FLAT and _differ(values, least_change),
    )


def _differ(values: Sequence[float], least_change: float) -> bool:
    """Whether a quarter of all pairs of the values differ by more than counts as a change. Own choice."""
    differences = sorted(abs(one - other) for one, other in combinations(values, 2))
    upper_quartile = differences[math.ceil(0.75 * len(differences)) - 1]
    return upper_quartile > max(least_change, SAME_RATIO * abs(median(values)))


def question_trend(attempts: Sequence[Attempt], figure: Figure, timezone: tzinfo | None) -> QuestionTrend:
    """The trend of a figure over practised attempts at one question; the real answer aside, and so are rounds of
    drills and answers that the end of the time cut off.

    Lengths of all engines are taken together, since they are of the sound; of what rests on words, only attempts that
    were heard as the latest one was.
    """
    ordered = sorted((a for a in attempts if a.measures), key=lambda a: (a.recorded_at, a.id))
    known = [a for a in ordered if not a.baseline and a.own_length and getattr(a.measures, figure) is not None]
    chosen = known if figure == "answer_s" else _heard_as_latest(known)
    values = [(a, float(getattr(a.measures, figure)), _heard_by(a.measures)) for a in chosen if a.measures]
    return trend_over(values, figure, cold_attempts(attempts, timezone), left_out_count=len(known) - len(chosen))


def length_trend(lines: Sequence[AttemptLine], timezone: tzinfo | None) -> QuestionTrend:
    """The trend of the lengths of the attempts at one question, earliest first, from what a listing shows."""
    values = [
        (line, line.answer_s, (line.engine_name, line.engine_model))
        for line in lines
        if line.answer_s is not None and not line.baseline and line.own_length
    ]
    return trend_over(values, "answer_s", cold_attempts(lines, timezone))


def trend_over(
    values: Sequence[tuple[Dated, float, Hashable]], figure: Figure, cold: Collection[int], left_out_count: int = 0
) -> QuestionTrend:
    """The trend of a figure of practised attempts, earliest first; only the latest 40 that it rests on count.

    values  each an attempt, its figure, and who heard it: anything that tells two engines or languages apart
    cold    ids of the first attempts of each day
    """
    cold_ones = [value for value in values if value[0].id in cold]
    cold_only = len(cold_ones) >= LEAST_VALUES
    used = (cold_ones if cold_only else list(values))[-_LATEST:]
    figures = tuple(value for _, value, _ in used)
    return QuestionTrend(
        figure=figure,
        trend=trend_of(figures, _LEAST_CHANGE[figure]),
        values=figures,
        cold_only=cold_only,
        left_out_count=left_out_count,
        engines_differ=len({heard_by for _, _, heard_by in used}) > 1,
    )


def nears_target(trend: Trend, target: Target) -> bool | None:
    """Whether lengths move towards the target; None where they stand still, or begin and end inside it."""
    if trend.direction not in (Direction.RISING, Direction.FALLING) or trend.start is None or trend.end is None:
        return None
    off_at_start, off_at_end = (_off_target(length_s, target) for length_s in (trend.start, trend.end))
    if max(off_at_start, off_at_end) < 0.5:
        return None
    return off_at_end < off_at_start


def _off_target(length_s: float, target: Target) -> float:
    return max(0.0, length_s - target.high_s, target.low_s - length_s)


def _heard_as_latest(attempts: Sequence[Attempt]) -> list[Attempt]:
    latest: Measures | None = attempts[-1].measures if attempts else None
    return [a for a in attempts if latest and a.measures and heard_alike(a.measures, latest)]


def _heard_by(measures: Measures) -> Hashable:
    engine = measures.engine
    return (engine.name, engine.model, engine.language) if engine else None


def _share_by_chance(values: Sequence[float]) -> float:
    """How often values in a random order are in such order, or in better, one way or the other: 0..1.

    Equal values count as neither in nor out of order, against orders without equal ones: a little too careful.
    """
    order = abs(sum((late > early) - (late < early) for early, late in combinations(values, 2)))
    count = len(values)
    if order == 0:
        return 1.0
    if count >= _MANY_VALUES:
        spread = math.sqrt(count * (count - 1) * (2 * count + 5) / 18)
        return math.erfc((order - 1) / spread / math.sqrt(2))
    pairs = count * (count - 1) // 2
    by_inversions = _orders_by_inversions(count)
    as_clear = sum(by_inversions[: (pairs - order) // 2 + 1])
    return min(1.0, 2 * as_clear / math.factorial(count))


def _orders_by_inversions(count: int) -> list[int]:
    """How many orders of so many values have 0, 1, 2, ... pairs out of order."""
    orders = [1]
    for values in range(2, count + 1):
        longer = [0] * (len(orders) + values - 1)
        for inversions, number in enumerate(orders):
            for more in range(values):
                longer[inversions + more] += number
        orders = longer
    return orders
