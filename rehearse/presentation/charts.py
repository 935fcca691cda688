"""Pictures for the page as SVG text: how a figure goes from answer to answer, and why one is longer than another.

Every text is escaped here. Signs differ in shape, never in colour alone; colours are of the page's style sheet.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, TypeAlias

from rehearse.presentation import wording

Kind: TypeAlias = Literal["cold", "warm", "real"]

#: Steps of an axis that a person can read: seconds to the half hour, everything else by tens.
SECONDS_STEPS = (1.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0)
_MOST_STEPS = 4
_WIDTH, _HEIGHT = 360.0, 208.0
#: Below the axis there is a line for the days, and one for what the band is.
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 16.0, 18.0, 44.0
#: Beside the bars of a change: its parts by name, and room for a figure at either end.
_NAMES, _FIGURE = 128.0, 54.0
#: Dots nearer to each other than this are drawn smaller.
_ROOMY = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """
    name  what it is: 'attempt 5, 7 Nov'
    told  its value in words: '1:38'
    """

    name: str
    value: float
    told: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Values of one figure in order of time, at least one.

    ticks     what stands at the axis for a value
    key       tells its parts from those of other pictures on the page: letters, digits and '-'
    band      the values to be in, with its name; None where there is no such thing
    trend     a straight line over the points from first to last of these places, from one value to the other
    from_zero False where only differences matter
    steps     that the axis may have; empty for 1, 2, 5, 10, ...
    """

    key: str
    title: str
    description: str
    points: Sequence[Point]
    ticks: Callable[[float], str]
    first_day: str = ""
    last_day: str = ""
    band: tuple[float, float] | None = None
    band_name: str = ""
    trend: tuple[int, int, float, float] | None = None
    from_zero: bool = True
    steps: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class _Axis:
    low: float
    high: float
    step: float

    @classmethod
    def of(cls, chart: Chart) -> "_Axis":
        values = [point.value for point in chart.points] + list(chart.band or ())
        top, bottom = max(values), 0.0 if chart.from_zero else min(values)
        step = _step((top - bottom) or top or 1.0, chart.steps)
        low = math.floor(bottom / step) * step
        return cls(low=low, high=max(low + step, math.ceil(top / step - 1e-9) * step), step=step)

    def ticks(self) -> list[float]:
        return [self.low + self.step * place for place in range(round((self.high - self.low) / self.step) + 1)]

    def y(self, value: float, top: float, height: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return top + height * (1 - min(1.0, max(0.0, share)))


def line_chart(chart: Chart) -> str:
    """The figure over the answers, with its axis, its band and its trend."""
    axis = _Axis.of(chart)
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    xs = _spread(len(chart.points), _LEFT + 12, right - 12)

    def y(value: float) -> float:
        return axis.y(value, _TOP, bottom - _TOP)

    parts = [
        *_band(chart, y, _LEFT, right),
        *_grid(chart, axis.ticks(), y, right),
        _band_name(chart, bottom + 36),
        *_days(chart, xs, bottom),
        *_dots(chart.points, xs, y),
        _trend_line(chart, xs, y),
        _label(chart.points[-1], xs[-1], y(chart.points[-1].value)),
    ]
    return _picture(chart, _WIDTH, _HEIGHT, "chart", parts)


def small_chart(chart: Chart) -> str:
    """The same at a glance: band and dots alone."""
    axis, width, height = _Axis.of(chart), 240.0, 72.0

    def y(value: float) -> float:
        return axis.y(value, 8, height - 16)

    parts = [*_band(chart, y, 0, width), *_dots(chart.points, _spread(len(chart.points), 10, width - 10), y)]
    return _picture(chart, width, height, "small", parts)


def why_bars(key: str, parts: Sequence[tuple[str, float]], description: str, *, shorter_is_better: bool = True) -> str:
    """Parts of a change in seconds as bars to the left (less) and right (more) of a line, and their sum last.

    shorter_is_better  False where neither way is a gain: then no colour says so
    """
    rows = [*parts, ("together", sum(seconds for _, seconds in parts))]
    less = max(0.0, *(-seconds for _, seconds in rows))
    more = max(0.0, *(seconds for _, seconds in rows))
    a_second = (_WIDTH - _NAMES - 2 * _FIGURE) / max(less + more, 0.1)
    middle, row_height = round(_NAMES + _FIGURE + less * a_second, 1), 24.0
    height = row_height * len(rows) + 8
    drawn = [f'<line class="axis" x1="{middle}" x2="{middle}" y1="2" y2="{height - 2}"/>']
    for place, (name, seconds) in enumerate(rows):
        y, size = place * row_height + 6, abs(seconds) * a_second
        whole = place == len(rows) - 1
        way = "plain" if not shorter_is_better else "less" if seconds < 0 else "more"
        left = middle - size if seconds < 0 else middle
        end = middle - size - 4 if seconds < 0 else middle + size + 4
        anchor = "end" if seconds < 0 else "start"
        if whole:
            drawn.append(f'<line class="grid" x1="0" x2="{_WIDTH}" y1="{y - 4}" y2="{y - 4}"/>')
        drawn.append(
            f'<text class="name{" sum" if whole else ""}" x="0" y="{y + 13}">{_safe(name)}</text>'
            f'<rect class="{way}{" sum" if whole else ""}" x="{left:.1f}" y="{y + 1}" width="{max(size, 0.5):.1f}"'
            f' height="16"/>'
            f'<text class="part{" sum" if whole else ""}" x="{end:.1f}" y="{y + 13}" text-anchor="{anchor}">'
            f"{_safe(signed(seconds))}</text>"
        )
    chart = Chart(key=key, title="Why the length changed", description=description, points=(), ticks=signed)
    return _picture(chart, _WIDTH, height, "why", drawn)


def signed(seconds: float) -> str:
    """'-17.2 s' with a true minus, '+0.4 s', '0.0 s'."""
    return f"{seconds:+.1f} s".replace("-", "\u2212") if round(seconds, 1) else "0.0 s"


def _picture(chart: Chart, width: float, height: float, kind: str, parts: Sequence[str]) -> str:
    title, description = f"{chart.key}-title", f"{chart.key}-desc"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" viewBox="0 0 {width:g} {height:g}" role="img"'
        f' aria-labelledby="{title} {description}"><title id="{title}">{_safe(chart.title)}</title>'
        f'<desc id="{description}">{_safe(chart.description)}</desc>{"".join(parts)}</svg>'
    )


def _band(chart: Chart, y: Callable[[float], float], left: float, right: float) -> list[str]:
    if chart.band is None:
        return []
    low, high = chart.band
    size = y(low) - y(high)
    edges = [value for value in (low, high) if value > 0]
    return [
        f'<rect class="band" x="{left}" y="{y(high):.1f}" width="{right - left}" height="{size:.1f}"/>',
        *(f'<line class="edge" x1="{left}" x2="{right}" y1="{y(edge):.1f}" y2="{y(edge):.1f}"/>' for edge in edges),
    ]


def _grid(chart: Chart, ticks: Sequence[float], y: Callable[[float], float], right: float) -> list[str]:
    return [
        f'<line class="grid" x1="{_LEFT}" x2="{right}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>'
        f'<text class="tick" x="{_LEFT - 6}" y="{y(tick) + 4:.1f}" text-anchor="end">'
        f"{_safe(chart.ticks(tick))}</text>"
        for tick in ticks
    ]


def _band_name(chart: Chart, y: float) -> str:
    """What the band is, below the picture beside a piece of it: inside, it would lie on dots and lines."""
    if chart.band is None:
        return ""
    return (
        f'<rect class="band sample" x="{_LEFT}" y="{y - 9:.1f}" width="14" height="10"/>'
        f'<text class="band-name" x="{_LEFT + 20}" y="{y:.1f}">{_safe(chart.band_name)}</text>'
    )


def _days(chart: Chart, xs: Sequence[float], bottom: float) -> list[str]:
    ends = [(xs[0], chart.first_day), (xs[-1], chart.last_day)] if len(xs) > 1 else [(xs[0], chart.last_day)]
    return [
        f'<text class="tick" x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{_safe(day)}</text>' for x, day in ends
    ]


def _dots(points: Sequence[Point], xs: Sequence[float], y: Callable[[float], float]) -> list[str]:
    size = 5.0 if len(xs) < 2 or xs[1] - xs[0] >= _ROOMY else 3.0
    cold = [f"{x:.1f},{y(p.value):.1f}" for p, x in zip(points, xs, strict=True) if p.kind == "cold"]
    drawn = [f'<polyline class="cold-line" points="{" ".join(cold)}"/>'] if len(cold) > 1 else []
    return drawn + [_dot(point, x, y(point.value), size) for point, x in zip(points, xs, strict=True)]


def _dot(point: Point, x: float, y: float, size: float) -> str:
    title = f"<title>{_safe(f'{point.name}: {point.told}')}</title>"
    if point.kind == "real":
        corners = f"M{x:.1f} {y - size - 2:.1f}l{size + 2} {size + 2}l{-size - 2} {size + 2}l{-size - 2} {-size - 2}z"
        return f'<path class="real" d="{corners}">{title}</path>'
    radius = size if point.kind == "cold" else size - 1
    return f'<circle class="{point.kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}">{title}</circle>'


def _trend_line(chart: Chart, xs: Sequence[float], y: Callable[[float], float]) -> str:
    if chart.trend is None:
        return ""
    first, last, start, end = chart.trend
    return f'<line class="trend" x1="{xs[first]:.1f}" y1="{y(start):.1f}" x2="{xs[last]:.1f}" y2="{y(end):.1f}"/>'


def _label(point: Point, x: float, y: float) -> str:
    """The latest value, above its dot, or below it where there is no room."""
    place = y - 10 if y > _TOP + 8 else y + 20
    return f'<text class="latest" x="{x:.1f}" y="{place:.1f}" text-anchor="middle">{_safe(point.told)}</text>'


def _spread(count: int, left: float, right: float) -> list[float]:
    if count == 1:
        return [(left + right) / 2]
    return [left + (right - left) * place / (count - 1) for place in range(count)]


def _step(span: float, steps: Sequence[float]) -> float:
    fitting = (step for step in steps if span / step <= _MOST_STEPS)
    tens = 10.0 ** math.floor(math.log10(span / _MOST_STEPS))
    by_tens = next(step * tens for step in (1, 2, 5, 10) if span / (step * tens) <= _MOST_STEPS + 1e-9)
    return next(fitting, steps[-1] if steps else max(1.0, by_tens))


def _safe(text: str) -> str:
    return escape(wording.shown(text))
