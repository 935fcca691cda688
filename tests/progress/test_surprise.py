import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rehearse.progress.surprise import Candidate, surprise

TODAY = date(2026, 11, 20)


def candidate(number, days_ago=None, *, due=False, count=1):
    last_on = None if days_ago is None else TODAY - timedelta(days=days_ago)
    return Candidate(question_id=number, is_due=due, attempt_count=count, last_on=last_on)


def chosen(*candidates):
    return {surprise(candidates, TODAY, random.Random(seed)) for seed in range(40)}


def test_any_that_is_due_may_come_and_no_other():
    never, long_ago = candidate(1, count=0), candidate(2, 40, due=True)
    assert chosen(never, long_ago, candidate(3, 1, count=0), candidate(4, 0)) == {1, 2}


def test_where_none_is_due_one_of_those_practised_least_comes():
    assert chosen(candidate(1, 1, count=9), candidate(2, 1, count=2), candidate(3, 1, count=2)) == {2, 3}


def test_what_was_answered_today_comes_only_where_there_is_nothing_else():
    assert chosen(candidate(1, 0, count=1), candidate(2, 1, count=7)) == {2}
    assert chosen(candidate(1, 0, due=True), candidate(2, 1, count=7)) == {2}
    assert chosen(candidate(1, 0), candidate(2, 0, count=5)) == {1}


@given(st.integers(), st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=6))
def test_the_same_seed_gives_the_same_question(seed, days):
    candidates = [candidate(number, ago, due=due) for number, (ago, due) in enumerate(days, start=1)]
    first = surprise(candidates, TODAY, random.Random(seed))
    assert first == surprise(candidates, TODAY, random.Random(seed)) and 1 <= first <= len(days)
