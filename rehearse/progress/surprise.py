"""Which question comes as a surprise: any that is due, else any of those answered least. Pure but for the chance."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """
    is_due         the plan has it today
    attempt_count  however they came about
    last_on        the day of its latest attempt, None where there is none
    """

    question_id: int
    is_due: bool = False
    attempt_count: int = 0
    last_on: date | None = None


def surprise(candidates: Sequence[Candidate], today: date, chance: random.Random) -> int:
    """The number of the question chosen, of one candidate or more.

    One never answered is due, however few of those the plan takes in a day: it is to come as a surprise. What was
    answered today is not due any more, in a drill either. Where nothing is due, it is one of those answered
    least often, and of those not one answered today, if there are others.
    """
    rested = [each for each in candidates if each.last_on != today]
    due = [each for each in rested if each.is_due or each.last_on is None]
    if not due:
        rested = rested or list(candidates)
        least = min(each.attempt_count for each in rested)
        due = [each for each in rested if each.attempt_count == least]
    return chance.choice(due).question_id
