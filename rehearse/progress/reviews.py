"""What the schedule counts of a question's attempts: the first of each day, graded by its verdict and its person. Pure.

It reads what a listing shows of an attempt, so that a schedule of many questions need not read thousands of records.
"""

from collections.abc import Sequence
from datetime import date, tzinfo
from statistics import median

from rehearse.measurement.attempt import AttemptLine
from rehearse.progress.comparison import Comparison, cold_attempts
from rehearse.progress.schedule import Grade, Review, grade_of
from rehearse.progress.verdict import LongWinded, long_winded
from rehearse.question import Target


def reviews_of(lines: Sequence[AttemptLine], target: Target, timezone: tzinfo | None) -> tuple[Review, ...]:
    """The cold answers among the attempts at one question, earliest first; days are those of the given time zone.

    A day whose first answer was neither measured nor rated does not count, nor does the real answer.
    """
    ordered = sorted(lines, key=lambda line: (line.recorded_at, line.id))
    cold = cold_attempts(ordered, timezone)
    reviews = []
    for place, line in enumerate(ordered):
        if line.id in cold and (grade := _grade(line, ordered[:place], target)) is not None:
            reviews.append(Review(on=day_of(line, timezone), grade=grade))
    return tuple(reviews)


def day_of(line: AttemptLine, timezone: tzinfo | None) -> date:
    return line.recorded_at.astimezone(timezone).date()


def last_day(lines: Sequence[AttemptLine], timezone: tzinfo | None) -> date | None:
    """The day of the latest of the attempts, however it came about but for the real answer; None without one."""
    return max((day_of(line, timezone) for line in lines if not line.baseline), default=None)


def _grade(line: AttemptLine, earlier: Sequence[AttemptLine], target: Target) -> Grade | None:
    own = Grade[line.rating.upper()] if line.rating else None
    verdict = verdict_of(line, earlier, target)
    return own if verdict is None else grade_of(verdict, own)


def verdict_of(line: AttemptLine, earlier: Sequence[AttemptLine], target: Target) -> LongWinded | None:
    """The same as `judge` says of the whole attempt, from its figures alone; None where it was not measured."""
    if line.answer_s is None:
        return None
    # A landing in draft words may come from misheard ones.
    tail_s = line.after_landing_s if line.engine_name not in (None, "draft") else None
    return long_winded(line.answer_s, tail_s, _comparison(line, line.answer_s, earlier), target)


def _comparison(line: AttemptLine, answer_s: float, earlier: Sequence[AttemptLine]) -> Comparison:
    """What `compare` finds of the lengths, chosen among earlier attempts as there."""
    measured = [each for each in earlier if each.answer_s is not None and each.own_length]
    practised = [each for each in measured if not each.baseline]
    chosen = practised or measured
    alike = [each for each in chosen if _same_engine(each, line) and _same_language(each, line)]
    used = alike or chosen
    if not used:
        return Comparison(earlier_count=0)
    usual_s = median(each.answer_s for each in used if each.answer_s is not None)
    return Comparison(
        earlier_count=len(used),
        median_answer_s=usual_s,
        change_s=answer_s - usual_s,
        same_engine=all(_same_engine(each, line) for each in used),
        same_language=all(_same_language(each, line) for each in used),
    )


def _same_engine(one: AttemptLine, other: AttemptLine) -> bool:
    return (one.engine_name, one.engine_model) == (other.engine_name, other.engine_model)


def _same_language(one: AttemptLine, other: AttemptLine) -> bool:
    return len({one.engine_language, other.engine_language} - {None}) < 2
