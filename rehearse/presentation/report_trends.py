"""How answers to a question change, for the page: charts, and what is said of them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from rehearse.measurement.measures import Measures
from rehearse.presentation import attempt_words, trend_words, wording
from rehearse.presentation.charts import SECONDS_STEPS, Chart, Kind, Point, line_chart, small_chart
from rehearse.presentation.report_values import Answer, PractisedQuestion
from rehearse.progress.comparison import heard_alike
from rehearse.progress.thresholds import FINE_FILLERS_PER_MIN, PACE_WPM
from rehearse.progress.trend import LEAST_VALUES, Direction, Figure, QuestionTrend, question_trend
from rehearse.question import Target, shortened

#: More dots than this run into each other.
_LATEST, _LATEST_AT_A_GLANCE = 60, 24

_FIGURES: tuple[Figure, ...] = ("answer_s", "speech_rate_wpm", "fillers_per_min", "after_landing_s")
_TITLES: Mapping[Figure, str] = {
    "answer_s": "Length",
    "speech_rate_wpm": "Words a minute",
    "fillers_per_min": "Fillers a minute",
    "after_landing_s": "Time after the point",
}
#: What stands at the axis, where the unit is in the title.
_TICKS: Mapping[Figure, Callable[[float], str]] = {
    "answer_s": wording.clock,
    "speech_rate_wpm": "{:.0f}".format,
    "fillers_per_min": "{:g}".format,
    "after_landing_s": wording.clock,
}
_WORDED: Mapping[Figure, Callable[[float], str]] = {
    "answer_s": wording.clock,
    "speech_rate_wpm": wording.pace,
    "fillers_per_min": wording.per_minute,
    "after_landing_s": wording.length,
}


def charts(asked: PractisedQuestion, timezone: tzinfo | None, today: datetime) -> list[dict[str, Any]]:
    """A chart for every figure that is known of an answer, with its name and what is said of its trend."""
    found = []
    attempts = [answer.attempt for answer in asked.answers]
    for figure in _FIGURES:
        trend = question_trend(attempts, figure, timezone)
        chart = _chart(asked, figure, trend, timezone, today, _LATEST)
        if chart is not None:
            told = "" if figure == "answer_s" else trend_words.of_figure(trend)
            found.append(
                {"name": chart.title, "told": told, "svg": line_chart(chart), "has_trend": chart.trend is not None}
            )
    return found


def glance(asked: PractisedQuestion, timezone: tzinfo | None, today: datetime) -> dict[str, Any]:
    """A question at a glance: its lengths in small, its last answer, and where they are going."""
    trend = _length_trend(asked, timezone)
    chart = _chart(asked, "answer_s", trend, timezone, today, _LATEST_AT_A_GLANCE)
    measured = [a for a in asked.answers if a.attempt.measures and not a.attempt.baseline]
    practised = [a for a in measured if a.attempt.own_length]
    band = wording.target_band(asked.target)
    last = "Only drills, and answers that ended too early, so far." if measured else "Not practised yet."
    if practised and (now := practised[-1].attempt.measures):
        last = f"Last {wording.clock(now.answer_s)}, {trend_words.against_aim(now.answer_s, asked.target)} {band}."
    return {
        "id": asked.question.id,
        "text": shortened(asked.question.text),
        "svg": small_chart(chart) if chart else "",
        "last": last,
        "trend": sentence(asked, timezone) if practised else "",
    }


def sentence(asked: PractisedQuestion, timezone: tzinfo | None) -> str:
    """What is said of the trend of the lengths and what it rests on."""
    trend = _length_trend(asked, timezone)
    if told := trend_words.length_trend(trend, asked.target):
        return told
    return f"One answer so far. A trend takes {LEAST_VALUES}." if trend.trend.count else ""


def kinds(asked: PractisedQuestion) -> set[Kind]:
    return {kind_of(answer) for answer in asked.answers if answer.attempt.measures and answer.attempt.own_length}


def left_out(asked: PractisedQuestion) -> str:
    """What is said of answers that the charts and the trend leave out; '' for none."""
    count = sum(bool(answer.attempt.measures) and not answer.attempt.own_length for answer in asked.answers)
    return trend_words.left_out(count) if count else ""


def kind_of(answer: Answer) -> Kind:
    return "real" if answer.attempt.baseline else "cold" if answer.is_cold else "warm"


def _length_trend(asked: PractisedQuestion, timezone: tzinfo | None) -> QuestionTrend:
    return question_trend([answer.attempt for answer in asked.answers], "answer_s", timezone)


def _chart(
    asked: PractisedQuestion,
    figure: Figure,
    trend: QuestionTrend,
    timezone: tzinfo | None,
    today: datetime,
    latest: int,
) -> Chart | None:
    """None where the figure is not known of any answer; one that a limit held to its length is no part of it."""
    free = [a for a in asked.answers if a.attempt.own_length]
    known = [a for a in free if a.attempt.measures and getattr(a.attempt.measures, figure) is not None]
    shown = known[-latest:]
    if not shown:
        return None
    days = [wording.day(answer.attempt.recorded_at, timezone, today) for answer in shown]
    points = [_point(answer, figure, day) for answer, day in zip(shown, days, strict=True)]
    band, band_name = _band(figure, asked.target)
    small = "small-" if latest == _LATEST_AT_A_GLANCE else ""
    return Chart(
        key=f"{small}q{asked.question.id}-{figure.replace('_', '-')}",
        title=_TITLES[figure],
        description=_described(points, len(known), trend, asked.target, band_name),
        points=points,
        ticks=_TICKS[figure],
        first_day=days[0],
        last_day=days[-1] if days[-1] != days[0] or len(days) == 1 else "",
        band=band,
        band_name=band_name,
        trend=_line(shown, trend),
        from_zero=figure != "speech_rate_wpm",
        steps=SECONDS_STEPS if figure.endswith("_s") else (),
    )


def _point(answer: Answer, figure: Figure, day: str) -> Point:
    value = float(getattr(answer.attempt.measures, figure))
    kind = kind_of(answer)
    which = {"cold": ", first of the day", "warm": ", later that day", "real": ""}[kind]
    name = f"{attempt_words.name(answer.attempt)}, {day}{which}"
    limit = attempt_words.limits(answer.attempt)
    return Point(name=f"{name}, {limit}" if limit else name, value=value, told=_WORDED[figure](value), kind=kind)


def _band(figure: Figure, target: Target) -> tuple[tuple[float, float] | None, str]:
    if figure == "answer_s":
        return (target.low_s, target.high_s), f"your aim {wording.target_band(target)}"
    if figure == "speech_rate_wpm":
        return PACE_WPM, f"easy to follow, {PACE_WPM[0]:.0f}-{PACE_WPM[1]:.0f}"
    if figure == "fillers_per_min":
        return (0.0, FINE_FILLERS_PER_MIN), f"up to {FINE_FILLERS_PER_MIN:.0f}: rated no worse"
    return None, ""


def _described(points: Sequence[Point], known: int, trend: QuestionTrend, target: Target, band_name: str) -> str:
    first, last = points[0], points[-1]
    count = wording.count(len(points), "answer")
    told = [f"{count if len(points) == known else f'The latest {count} of {known}'}"]
    told.append(f"{last.name}: {last.told}")
    if len(points) > 1:
        told.insert(1, f"{first.name}: {first.told}")
        told.append(trend_words.length_trend(trend, target) or trend_words.of_figure(trend))
    if band_name:
        told.append(f"the band shows {band_name}")
    return "; ".join(part.rstrip(".") for part in told) + "."


def _line(shown: Sequence[Answer], trend: QuestionTrend) -> tuple[int, int, float, float] | None:
    """Where the straight line of a trend lies among the dots; None where there is none to speak of."""
    line = trend.trend
    if line.direction is Direction.TOO_FEW or line.up_and_down or line.start is None or line.end is None:
        return None
    latest = _latest_practised(shown)
    places = [
        place
        for place, answer in enumerate(shown)
        if not answer.attempt.baseline
        and (answer.is_cold or not trend.cold_only)
        and (trend.figure == "answer_s" or _alike(answer.attempt.measures, latest))
    ][-line.count :]
    if len(places) < line.count:
        # It begins before the first dot that is shown; a piece of it would say something else.
        return None
    return places[0], places[-1], line.start, line.end


def _latest_practised(shown: Sequence[Answer]) -> Measures | None:
    return next((a.attempt.measures for a in reversed(shown) if not a.attempt.baseline), None)


def _alike(one: Measures | None, other: Measures | None) -> bool:
    return one is not None and other is not None and heard_alike(one, other)
