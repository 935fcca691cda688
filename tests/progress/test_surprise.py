import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from answers import line_of
from hypothesis import given
from hypothesis import strategies as st

from rehearse.measurement.attempt import Timed
from rehearse.progress.schedule import Grade, Review
from rehearse.progress.surprise import Candidate, candidate_of, surprise
from rehearse.question import Target

TODAY = date(2026, 11, 20)
TARGET = Target(low_s=60, high_s=120)


def candidate(number, *days_ago, grade=Grade.GOOD, count=None):
    days = [TODAY - timedelta(days=ago) for ago in sorted(days_ago, reverse=True)]
    return Candidate(
        question_id=number,
        reviews=tuple(Review(on=on, grade=grade) for on in days),
        attempt_count=len(days) if count is None else count,
        last_on=days[-1] if days else None,
    )


def chosen(*candidates):
    return {surprise(candidates, TODAY, random.Random(seed)) for seed in range(40)}


def test_any_that_is_due_may_come_and_no_other():
    never, long_ago, fresh, today = candidate(1), candidate(2, 40), candidate(3, 1), candidate(4, 0)
    assert chosen(never, long_ago, fresh, today) == {1, 2}


def test_where_none_is_due_one_of_those_practised_least_comes():
    assert chosen(candidate(1, 1, count=9), candidate(2, 1, count=2), candidate(3, 1, count=2)) == {2, 3}


def test_what_was_answered_today_comes_only_where_there_is_nothing_else():
    assert chosen(candidate(1, 0, count=1), candidate(2, 1, count=7)) == {2}
    assert chosen(candidate(1, 0), candidate(2, 0, count=5)) == {1}


@given(st.integers(), st.lists(st.lists(st.integers(0, 60), unique=True, max_size=4), min_size=1, max_size=6))
def test_the_same_seed_gives_the_same_question(seed, days):
    candidates = [candidate(number, *ago) for number, ago in enumerate(days, start=1)]
    first = surprise(candidates, TODAY, random.Random(seed))
    assert first == surprise(candidates, TODAY, random.Random(seed)) and 1 <= first <= len(days)


def test_a_day_is_graded_by_the_length_of_its_first_answer(attempts):
    lines = [line_of(each) for each in attempts(100, 150, 200, 90, hours_apart=24)]
    found = candidate_of(7, lines, 4, TARGET, UTC)
    assert [review.grade for review in found.reviews] == [Grade.GOOD, Grade.HARD, Grade.AGAIN, Grade.GOOD]
    assert found.last_on == lines[-1].recorded_at.date() and (found.question_id, found.attempt_count) == (7, 4)


def test_a_drill_is_no_review_and_yet_it_was_practised_that_day(attempts):
    (line,) = (line_of(each) for each in attempts(100))
    line = replace(line, recorded_at=datetime(2026, 11, 20, 9, tzinfo=UTC), timed=Timed(limit_s=240, drill_round=1))
    found = candidate_of(1, [line], 1, TARGET, UTC)
    assert found.reviews == () and found.last_on == TODAY
    assert surprise([found, candidate(2, 1)], TODAY, random.Random(1)) == 2


def test_the_real_answer_is_no_practice(attempts):
    lines = [line_of(each) for each in attempts(300, baseline_first=True)]
    assert candidate_of(1, lines, 1, TARGET, UTC) == Candidate(question_id=1, attempt_count=1)
