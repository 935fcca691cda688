"""Where the person stands: what is due and why, how ready for the next interview, how often practised lately. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from rehearse.measurement.attempt import AttemptLine
from rehearse.progress.comparison import cold_attempts
from rehearse.progress.schedule import HARD_TIMES, OTHER_TIMES, Day, Practising, plan
from rehearse.question import Target

#: Planned so far ahead, whatever is shown of it, so that today is the same on every screen.
_AHEAD_DAYS = 14
#: With an interview further away than this, the days before it are not looked at yet. Own choice.
_LONGEST_AHEAD_DAYS = 60
#: The days a person looks back on. Own choice.
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A question to answer, and why.

    on                the day it is due
    is_hard           the person had difficulty with it
    days_since        days from its last cold answer, or the one planned before, to `on`; None where there is none
    before_interview  it comes on that day for the sake of the interview
    last              the latest attempt at it that was measured
    """

    question_id: int
    on: date
    is_hard: bool
    days_since: int | None
    before_interview: bool = False
    last: AttemptLine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How ready the questions for an interview are; hard ones where there are any, else all.

    times         how often each is to be answered cold
    answer_count  cold answers given so far, of each question no more than that
    ready_count   those answered cold so often
    inside_count  those whose last cold answer was inside its aim
    since_last    cold answers were given that do not count any more, as an interview came after them
    """

    hard: bool
    question_count: int
    times: int
    answer_count: int
    ready_count: int
    inside_count: int
    since_last: bool = False


def planned(practising: Sequence[Practising], today: date, days: int, interview: date | None = None) -> tuple[Day, ...]:
    """The plan of so many days, as `plan` makes it. Each day is the same however many are asked for."""
    coming = interview if interview is not None and interview >= today else None
    ahead = max(days, _AHEAD_DAYS)
    if coming is not None:
        ahead = max(ahead, min((coming - today).days, _LONGEST_AHEAD_DAYS))
    near = coming if coming is not None and (coming - today).days <= ahead else None
    return tuple(day for day in plan(practising, today, ahead, near) if day.on < today + timedelta(days=days))


def dues_of(
    days: Sequence[Day],
    practising: Sequence[Practising],
    lines: Mapping[int, Sequence[AttemptLine]],
    interview: date | None = None,
) -> tuple[tuple[Due, ...], ...]:
    """The questions of each day of a plan, in its order, and why each is there.

    lines  attempts by question, earliest first
    """
    before = {each.question_id: each.reviews[-1].on for each in practising if each.reviews}
    wanted = {each.question_id: each.wanted for each in practising}
    hard = {each.question_id for each in practising if each.is_hard}
    found = []
    for day in days:
        dues = []
        for number in day.question_ids:
            measured = [line for line in lines.get(number, ()) if line.answer_s is not None]
            dues.append(
                Due(
                    question_id=number,
                    on=day.on,
                    is_hard=number in hard,
                    days_since=(day.on - before[number]).days if number in before else None,
                    before_interview=interview is not None and interview > day.on and wanted[number] > 0,
                    last=measured[-1] if measured else None,
                )
            )
            before[number] = day.on
            wanted[number] -= 1
        found.append(tuple(dues))
    return tuple(found)


def readiness(
    practising: Sequence[Practising],
    lines: Mapping[int, Sequence[AttemptLine]],
    targets: Mapping[int, Target],
    timezone: tzinfo | None,
) -> Readiness | None:
    """None where there are no questions."""
    hard = [each for each in practising if each.is_hard]
    asked = hard or list(practising)
    if not asked:
        return None
    times = HARD_TIMES if hard else OTHER_TIMES
    return Readiness(
        hard=bool(hard),
        question_count=len(asked),
        times=times,
        answer_count=sum(min(each.counted, times) for each in asked),
        ready_count=sum(each.counted >= times for each in asked),
        inside_count=sum(
            _was_inside(lines.get(each.question_id, ()), targets[each.question_id], timezone) for each in asked
        ),
        since_last=any(each.counted < len(each.reviews) for each in asked),
    )


def _was_inside(lines: Sequence[AttemptLine], target: Target, timezone: tzinfo | None) -> bool:
    cold = cold_attempts(lines, timezone)
    lengths = [line.answer_s for line in lines if line.id in cold and line.answer_s is not None]
    return bool(lengths) and target.low_s <= round(lengths[-1]) <= target.high_s


def days_practised(moments: Collection[datetime], today: date, timezone: tzinfo | None) -> int:
    """On how many of the last seven days, today among them, something was answered."""
    days = {moment.astimezone(timezone).date() for moment in moments}
    return sum(0 <= (today - day).days < WEEK_DAYS for day in days)
