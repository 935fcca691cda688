"""What an attempt is called, and what set its length where the person did not. Pure: values in, words out."""

from rehearse.measurement.attempt import Attempt, AttemptLine, CutShort, Timed
from rehearse.presentation.wording import capitalised, clock


def name(attempt: Attempt) -> str:
    """'attempt 5', 'the real answer'."""
    return "the real answer" if attempt.baseline else f"attempt {attempt.id}"


def title(attempt: Attempt) -> str:
    """'Attempt 5', 'Attempt 5 · drill 2, limit 1:20', 'The real answer'."""
    return " · ".join(filter(None, (capitalised(name(attempt)), limits(attempt))))


def limits(attempt: Attempt | AttemptLine) -> str:
    """'drill 2, limit 1:20', 'cut short: 0:12 of 0:39'; '' where the length is the person's own."""
    return ", ".join(filter(None, (timed(attempt.timed), cut_short(attempt.cut_short))))


def cut_short(part: CutShort | None) -> str:
    return "" if part is None else f"cut short: {clock(part.read_s)} of {clock(part.whole_s)}"


def timed(timed: Timed | None) -> str:
    """'drill 2, limit 1:20', 'exam, limit 2:00'; '' where no limit was set."""
    if timed is None:
        return ""
    what = "exam" if timed.drill_round is None else f"drill {timed.drill_round}"
    return f"{what}, limit {clock(timed.limit_s)}"
