"""When to answer a question again: spaced further apart the better it goes, and drawn together before an interview.

The spacing is FSRS's (Ye, Su & Cao 2022, 'A stochastic shortest path algorithm for optimizing spaced repetition
scheduling'; the py-fsrs package). One attempt a day counts, the first: cold, as in the interview.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum

from rehearse.progress.verdict import LongWinded

#: An answer is not kept for longer than this without being said. Own choice.
_LONGEST_DAYS = 60
#: Questions that were never practised come in a few at a time. Own choice.
NEW_A_DAY = 3
#: How often a question is answered cold before an interview, where the days allow: a hard one, and any other.
HARD_TIMES, OTHER_TIMES = 2, 1


class Grade(IntEnum):
    """How an answer went, as FSRS counts it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The first attempt of a day, and how it went."""

    on: date
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Practising:
    """
    reviews  earliest first, one a day at the most
    is_hard  the person marked it as hard: it comes before others, and more often before an interview
    counted  how many of the reviews count as answered cold for the next interview already
    """

    question_id: int
    reviews: tuple[Review, ...] = ()
    is_hard: bool = False
    counted: int = 0

    @property
    def wanted(self) -> int:
        """How often it is to be answered cold before the interview, what counts already left out."""
        return max(0, (HARD_TIMES if self.is_hard else OTHER_TIMES) - self.counted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """
    question_ids  to be answered cold on that day, the hard ones first
    """

    on: date
    question_ids: tuple[int, ...]


def grade_of(long_winded: LongWinded, own: Grade | None = None) -> Grade:
    """The person's own word where there is one, else what the verdict says: never EASY, which only they can feel."""
    return own or {"no": Grade.GOOD, "a bit": Grade.HARD, "yes": Grade.AGAIN}[long_winded]


def due_on(reviews: Sequence[Review], today: date) -> date:
    """The day on which the question is to be answered again: today at the earliest, and today where it never was."""
    return max(today, _after(reviews)) if reviews else today


def plan(practising: Sequence[Practising], today: date, days: int, interview: date | None = None) -> tuple[Day, ...]:
    """What to answer on each day from today on, days without a question left out.

    days       how many to plan, 1 or more; never past the day before the interview
    interview  its day: a hard question is answered cold at least twice before it, any other once, with what counts
               already, where there are days enough; where there is none between, nothing is planned

    Later answers are taken to go well. A question answered today is not asked again today.
    """
    last = today + timedelta(days=days - 1)
    if interview is not None:
        last = min(last, interview - timedelta(days=1))
    dates: dict[int, list[date]] = {}
    load: Counter[date] = Counter()
    for each in sorted(practising, key=lambda each: (not each.is_hard, not each.reviews)):
        first = today + timedelta(days=1) if each.reviews and each.reviews[-1].on >= today else today
        usual = _usual_dates(each, first, last, load)
        wanted = each.wanted if interview is not None else 0
        chosen = usual if len(usual) >= wanted else _drawn_together(usual, first, last, wanted, load)
        load.update(chosen)
        dates[each.question_id] = chosen
    hard = {each.question_id for each in practising if each.is_hard}
    by_day: dict[date, list[int]] = {}
    for question_id, chosen in dates.items():
        for on in chosen:
            by_day.setdefault(on, []).append(question_id)
    return tuple(
        Day(on=on, question_ids=tuple(sorted(by_day[on], key=lambda number: number not in hard)))
        for on in sorted(by_day)
    )


def _usual_dates(each: Practising, first: date, last: date, load: Counter[date]) -> list[date]:
    """When it would be answered from first to last if no interview were near."""
    reviews, found = each.reviews, []
    while days := [on for on in _candidates(reviews, each.is_hard, first, load) if first <= on <= last]:
        on = min(days, key=lambda day: (load[day], -day.toordinal()))
        found.append(on)
        reviews = (*reviews, Review(on=on, grade=Grade.GOOD))
        first = on + timedelta(days=1)
    return found


def _candidates(reviews: Sequence[Review], is_hard: bool, first: date, load: Counter[date]) -> list[date]:
    """The day on which it is due, and where it may come a little early for the sake of a quieter day, those before it.

    Early is a quarter of the time since it was last answered, three days at the most.
    """
    if not reviews:
        on = first
        while not is_hard and load[on] >= NEW_A_DAY:
            on += timedelta(days=1)
        return [on]
    due = due_on(reviews, first)
    return [due - timedelta(days=early) for early in range(min(3, (due - reviews[-1].on).days // 4) + 1)]


def _drawn_together(usual: Sequence[date], first: date, last: date, wanted: int, load: Counter[date]) -> list[date]:
    """As many days as are wanted, if there are so many: the usual ones, and others apart from them and little used."""
    free = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    chosen = list(usual)
    while len(chosen) < wanted and (left := [on for on in free if on not in chosen]):

        def apart(on: date) -> int:
            return min((abs((on - other).days) for other in chosen), default=0)

        # One day between two answers is enough for both to be cold; beyond that, where there is less to do, and late:
        # what was said the day before comes easily.
        chosen.append(max(left, key=lambda on: (min(apart(on), 2), -load[on], on)))
    return sorted(chosen)


def _after(reviews: Sequence[Review]) -> date:
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=_LONGEST_DAYS, enable_fuzzing=False)
    card = Card(card_id=0)
    for review in reviews:
        # Noon, so that whole days lie between two of them whatever the clock does.
        moment = datetime.combine(review.on, time(12), tzinfo=UTC)
        card, _ = scheduler.review_card(card, Rating(int(review.grade)), moment)
    due: datetime = card.due
    return due.date()
