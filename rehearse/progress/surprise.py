"""Which question comes as a surprise: any that is due, else any of those answered least. Pure but for the chance."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from rehearse.measurement.attempt import AttemptLine
from rehearse.progress.comparison import cold_attempts
from rehearse.progress.reviews import day_of
from rehearse.progress.schedule import Grade, Review, due_on
from rehearse.question import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """
    reviews        earliest first, one a day at the most
    attempt_count  however they came about
    last_on        the day of its latest attempt, None where there is none
    """

    question_id: int
    reviews: tuple[Review, ...] = ()
    attempt_count: int = 0
    last_on: date | None = None


def surprise(candidates: Sequence[Candidate], today: date, chance: random.Random) -> int:
    """The number of the question chosen, of one candidate or more; those never answered are due.

    What was answered today is not due any more. Where nothing is due, it is one of those answered least often, and of
    those not one answered today, if there are others.
    """
    due = [each for each in candidates if each.last_on != today and due_on(each.reviews, today) <= today]
    if not due:
        rested = [each for each in candidates if each.last_on != today] or list(candidates)
        least = min(each.attempt_count for each in rested)
        due = [each for each in rested if each.attempt_count == least]
    return chance.choice(due).question_id


def candidate_of(
    question_id: int, lines: Sequence[AttemptLine], attempt_count: int, target: Target, timezone: tzinfo | None
) -> Candidate:
    """The question with what is known of its attempts, earliest first; the real answer of the interview aside.

    Each day's first answer is graded by its length against the target alone, which needs no record of measures.
    """
    practised = [line for line in lines if not line.baseline]
    cold = cold_attempts(practised, timezone)
    reviews = tuple(
        Review(on=day_of(line, timezone), grade=_grade(line.answer_s, target))
        for line in practised
        if line.id in cold and line.answer_s is not None
    )
    last_on = day_of(practised[-1], timezone) if practised else None
    return Candidate(question_id=question_id, reviews=reviews, attempt_count=attempt_count, last_on=last_on)


def _grade(answer_s: float, target: Target) -> Grade:
    if round(answer_s) > target.strongly_over_s:
        return Grade.AGAIN
    return Grade.HARD if round(answer_s) > target.high_s else Grade.GOOD
