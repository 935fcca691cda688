from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.progress.schedule import HARD_TIMES, NEW_A_DAY, Grade, Practising, Review, due_on, grade_of, plan

TODAY = date(2026, 11, 26)

grades = st.sampled_from(list(Grade))


def days_later(days: int) -> date:
    return TODAY + timedelta(days=days)


def reviewed(*grades_given: Grade, every: int = 3, last_ago: int = 0) -> tuple[Review, ...]:
    """One every few days, the last one so many days ago."""
    count = len(grades_given)
    return tuple(
        Review(on=days_later(-last_ago - every * (count - 1 - place)), grade=grade)
        for place, grade in enumerate(grades_given)
    )


@st.composite
def practisings(draw):
    """Questions with histories of any grades on any days, some of them answered today."""
    made = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        ago = sorted(draw(st.sets(st.integers(0, 90), max_size=6)), reverse=True)
        reviews = tuple(Review(on=days_later(-days), grade=draw(grades)) for days in ago)
        counted = draw(st.integers(0, len(reviews)))
        made.append(Practising(question_id=number, reviews=reviews, is_hard=draw(st.booleans()), counted=counted))
    return made


def dates_of(question_id, days):
    return [day.on for day in days if question_id in day.question_ids]


def test_the_better_it_goes_the_later_it_comes_again():
    dues = [due_on(reviewed(grade), TODAY) for grade in Grade]
    assert dues == sorted(dues) and dues[0] <= days_later(1) and dues[3] >= days_later(5)


def test_answers_that_go_well_again_and_again_lie_further_and_further_apart():
    gaps, reviews, on = [], (), TODAY
    for _ in range(4):
        reviews = (*reviews, Review(on=on, grade=Grade.GOOD))
        later = due_on(reviews, on)
        gaps.append((later - on).days)
        on = later
    assert gaps == sorted(gaps) and gaps[-1] > gaps[0]


def test_the_person_s_own_word_goes_before_the_verdict():
    assert [grade_of(verdict) for verdict in ("no", "a bit", "yes")] == [Grade.GOOD, Grade.HARD, Grade.AGAIN]
    assert grade_of("yes", Grade.EASY) is Grade.EASY


def test_a_question_never_answered_is_due_today():
    assert due_on((), TODAY) == TODAY


@given(st.lists(grades, min_size=1, max_size=8), st.integers(1, 9), st.integers(0, 200))
def test_nothing_is_ever_due_in_the_past_or_too_far_away(given_grades, every, ago):
    due = due_on(reviewed(*given_grades, every=every, last_ago=ago), TODAY)
    assert TODAY <= due <= days_later(60)


def test_a_hard_question_comes_twice_before_the_interview_and_never_twice_a_day():
    hard = Practising(question_id=1, reviews=reviewed(Grade.EASY, Grade.EASY), is_hard=True)
    dates = dates_of(1, plan([hard], TODAY, 30, days_later(6)))
    assert len(dates) == 2 and TODAY < dates[0] < dates[1] < days_later(6)
    assert (dates[1] - dates[0]).days >= 2


def test_without_days_enough_there_is_what_there_is():
    hard = Practising(question_id=1, is_hard=True)
    assert dates_of(1, plan([hard], TODAY, 30, days_later(1))) == [TODAY]
    assert plan([hard], TODAY, 30, TODAY) == ()
    answered = Practising(question_id=1, reviews=reviewed(Grade.AGAIN), is_hard=True)
    assert plan([answered], TODAY, 30, days_later(1)) == ()


def test_new_questions_come_in_a_few_at_a_time_and_hard_ones_first():
    new = [Practising(question_id=n) for n in range(1, 11)]
    hard = Practising(question_id=11, is_hard=True)
    first, second, *_ = plan([*new, hard], TODAY, 14)
    assert first.on == TODAY and first.question_ids[0] == 11 and len(first.question_ids) == NEW_A_DAY
    assert second.on == days_later(1)


@given(practisings(), st.integers(1, 40), st.one_of(st.none(), st.integers(0, 30)))
def test_a_plan_is_in_order_not_in_the_past_and_ends_before_the_interview(practising, days, until):
    interview = None if until is None else days_later(until)
    made = plan(practising, TODAY, days, interview)
    on = [day.on for day in made]
    assert on == sorted(set(on)) and all(TODAY <= each < days_later(days) for each in on)
    assert interview is None or all(each < interview for each in on)
    answered_today = {p.question_id for p in practising if p.reviews and p.reviews[-1].on == TODAY}
    for day in made:
        assert len(set(day.question_ids)) == len(day.question_ids) > 0
        assert day.on != TODAY or not answered_today & set(day.question_ids)


@given(practisings(), st.integers(0, 30))
def test_every_hard_question_is_answered_cold_twice_before_the_interview_where_days_allow(practising, until):
    made = plan(practising, TODAY, 60, days_later(until))
    for each in practising:
        first = 1 if each.reviews and each.reviews[-1].on == TODAY else 0
        wanted = HARD_TIMES if each.is_hard else 1
        assert each.wanted + each.counted >= wanted
        assert len(dates_of(each.question_id, made)) >= min(wanted - each.counted, max(0, until - first))


def test_what_counts_already_is_not_asked_for_again():
    practised = reviewed(Grade.EASY, Grade.EASY, every=2)
    once = Practising(question_id=1, reviews=practised, is_hard=True, counted=1)
    twice = Practising(question_id=2, reviews=practised, is_hard=True, counted=2)
    made = plan([once, twice], TODAY, 30, days_later(5))
    assert len(dates_of(1, made)) == 1 and dates_of(2, made) == []


@pytest.mark.parametrize("is_hard", [True, False])
def test_the_plan_of_many_questions_spreads_them_over_the_days(is_hard):
    practising = [
        Practising(question_id=n, reviews=reviewed(Grade.EASY, last_ago=1), is_hard=is_hard) for n in range(12)
    ]
    made = plan(practising, TODAY, 30, days_later(8))
    assert max(len(day.question_ids) for day in made) <= 6
