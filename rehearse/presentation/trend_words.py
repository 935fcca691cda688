"""What a trend is called, once for screen and page."""

from rehearse.presentation.wording import capitalised, clock, count
from rehearse.progress.trend import LEAST_VALUES, Direction, Figure, QuestionTrend, nears_target
from rehearse.question import Target


def length_trend(trend: QuestionTrend, target: Target) -> str:
    """'Improving: about 15 s shorter each time (5 attempts).'; '' where there is one attempt or none."""
    line = trend.trend
    if line.count < 2 or line.slope is None:
        return ""
    if line.direction is Direction.TOO_FEW:
        return f"Too few to see a trend yet: {_rests_on(trend)}; it takes {LEAST_VALUES}."
    if line.up_and_down:
        shortest, longest = clock(min(trend.values)), clock(max(trend.values))
        return f"Up and down, from {shortest} to {longest}, with no clear direction ({_rests_on(trend)})."
    if line.direction is Direction.FLAT:
        return f"About the same length each time ({_rests_on(trend)})."
    step = f"about {max(1, round(abs(line.slope)))} s {'shorter' if line.slope < 0 else 'longer'} each time"
    nearer = nears_target(line, target)
    if nearer is None:
        return f"Inside your aim, and {step} ({_rests_on(trend)})."
    said = f"Improving: {step}" if nearer else f"{capitalised(step)}, away from your aim"
    return f"{said} ({_rests_on(trend)}).{_who_heard(trend)}"


def left_out(number: int) -> str:
    """'3 answers are left out: from drills, or ended too early.': those whose length the person did not choose."""
    return f"{count(number, 'answer is', 'answers are')} left out: from drills, or ended too early."


def _rests_on(trend: QuestionTrend) -> str:
    if trend.cold_only:
        return f"{count(trend.trend.count, 'first attempt')} of a day"
    return count(trend.trend.count, "attempt")


def _who_heard(trend: QuestionTrend) -> str:
    return " Different recognisers heard them; lengths come from the sound alone." if trend.engines_differ else ""


#: What a figure is called, and its unit.
FIGURES: dict[Figure, tuple[str, str]] = {
    "answer_s": ("length", "s"),
    "speech_rate_wpm": ("pace", "wpm"),
    "fillers_per_min": ("fillers", "a minute"),
    "after_landing_s": ("after the point", "s"),
}

_WAYS: dict[Figure, tuple[str, str]] = {
    "answer_s": ("shorter", "longer"),
    "speech_rate_wpm": ("slower", "faster"),
    "fillers_per_min": ("fewer", "more"),
    "after_landing_s": ("shorter", "longer"),
}


def against_aim(length_s: float, target: Target) -> str:
    """'over', 'under' or 'inside', in whole seconds as lengths are shown."""
    whole_s = round(length_s)
    return "over" if whole_s > target.high_s else "under" if whole_s < target.low_s else "inside"


def of_figure(trend: QuestionTrend) -> str:
    """'fewer each time (5 attempts)', 'about the same', 'up and down, no clear direction', 'too few to tell'."""
    direction = trend.trend.direction
    falling, rising = _WAYS[trend.figure]
    told = {
        Direction.TOO_FEW: "too few to tell",
        Direction.FLAT: "up and down, no clear direction" if trend.trend.up_and_down else "about the same",
        Direction.FALLING: f"{falling} each time",
        Direction.RISING: f"{rising} each time",
    }[direction]
    others = f"; {trend.left_out_count} heard by another recogniser" if trend.left_out_count else ""
    return f"{told} ({_rests_on(trend)}{others})"


def first_to_last(trend: QuestionTrend) -> str:
    """'9 → 4 a minute'; '2 to 10 a minute' where it goes up and down, and the ends say nothing of it."""
    values, unit = trend.values, FIGURES[trend.figure][1]
    if len(values) < 2:
        return f"{round(values[-1])} {unit}"
    ends = (min(values), max(values)) if trend.trend.up_and_down else (values[0], values[-1])
    return f"{round(ends[0])} {'to' if trend.trend.up_and_down else '→'} {round(ends[1])} {unit}"


def short(trend: QuestionTrend, target: Target) -> str:
    """'improving (5)', 'away from the aim (6)', 'about the same (4)', 'up and down (4)', 'too few to tell (2)'."""
    direction = trend.trend.direction
    flat = "up and down" if trend.trend.up_and_down else "about the same"
    told = {Direction.TOO_FEW: "too few to tell", Direction.FLAT: flat}.get(direction)
    if told is None:
        nearer = nears_target(trend.trend, target)
        way = _WAYS[trend.figure][direction is Direction.RISING]
        told = f"inside, {way}" if nearer is None else "improving" if nearer else "away from the aim"
    return f"{told} ({trend.trend.count})"
