"""What a trend is called, once for screen and page."""

from rehearse.presentation.wording import count
from rehearse.progress.trend import LEAST_VALUES, Direction, QuestionTrend, nears_target
from rehearse.question import Target


def length_trend(trend: QuestionTrend, target: Target) -> str:
    """'Improving: about 15 s shorter each time (5 attempts).'; '' where there is one attempt or none."""
    line = trend.trend
    if line.count < 2 or line.slope is None:
        return ""
    if line.direction is Direction.TOO_FEW:
        return f"Too few to see a trend yet: {_rests_on(trend)}; from {LEAST_VALUES} on it can be told."
    if line.direction is Direction.FLAT:
        return f"About the same length each time ({_rests_on(trend)})."
    step = f"about {max(1, round(abs(line.slope)))} s {'shorter' if line.slope < 0 else 'longer'} each time"
    nearer = nears_target(line, target)
    if nearer is None:
        return f"Inside your aim, and {step} ({_rests_on(trend)})."
    said = f"Improving: {step}" if nearer else f"{step[0].upper()}{step[1:]}, away from your aim"
    return f"{said} ({_rests_on(trend)}).{_who_heard(trend)}"


def _rests_on(trend: QuestionTrend) -> str:
    if trend.cold_only:
        return f"{count(trend.trend.count, 'first attempt')} of a day"
    return count(trend.trend.count, "attempt")


def _who_heard(trend: QuestionTrend) -> str:
    return " Different recognisers heard them; lengths are of the sound alone." if trend.engines_differ else ""
