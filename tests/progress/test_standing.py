from datetime import UTC, date, datetime, timedelta

import pytest
from answers import answer, line_of
from hypothesis import given
from hypothesis import strategies as st

from rehearse.measurement.attempt import Attempt
from rehearse.progress.schedule import Grade, Practising, Review
from rehearse.progress.standing import days_practised, dues_of, planned, readiness
from rehearse.question import Target

TODAY = date(2026, 11, 26)
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
TARGET = Target(low_s=60, high_s=120)


def answered(number, length_s, days_ago, question_id=1):
    return line_of(
        Attempt(
            id=number,
            question_id=question_id,
            recorded_at=NOON - timedelta(days=days_ago),
            recording=None,
            measures=None if length_s is None else answer(length_s),
        )
    )


def practised(number, *days_ago, is_hard=False, counted=0):
    reviews = tuple(Review(on=TODAY - timedelta(days=days), grade=Grade.AGAIN) for days in days_ago)
    return Practising(question_id=number, reviews=reviews, is_hard=is_hard, counted=counted)


def test_what_is_due_today_says_why():
    practising = [practised(1, 5), practised(2, is_hard=True), practised(3)]
    lines = {1: [answered(1, 132.0, 5), answered(2, None, 4)]}
    today, *_ = dues_of(planned(practising, TODAY, 14), practising, lines)
    assert [(due.question_id, due.is_hard, due.days_since) for due in today] == [
        (2, True, None),
        (1, False, 5),
        (3, False, None),
    ]
    assert today[1].last == lines[1][0], "the latest one that was measured"
    assert not any(due.before_interview for due in today)


def test_a_question_planned_twice_says_so_of_the_second_time():
    practising = [practised(1)]
    days = planned(practising, TODAY, 14)
    (first,), (second,), *_ = dues_of(days, practising, {})
    assert first.days_since is None and second.days_since == (second.on - TODAY).days > 0


def test_for_the_interview_is_what_is_still_wanted_before_it():
    practising = [practised(1, 1, is_hard=True), practised(2, 1, counted=1)]
    interview = TODAY + timedelta(days=3)
    dues = [due for day in dues_of(planned(practising, TODAY, 14, interview), practising, {}, interview) for due in day]
    assert [due.before_interview for due in dues if due.question_id == 1][:2] == [True, True]
    assert not any(due.before_interview for due in dues if due.question_id == 2)


def test_an_interview_gone_by_or_far_away_draws_nothing_together():
    practising = [practised(1, is_hard=True)]
    usual = planned(practising, TODAY, 14)
    assert planned(practising, TODAY, 14, TODAY - timedelta(days=1)) == usual
    assert planned(practising, TODAY, 14, TODAY + timedelta(days=200)) == usual


@given(st.lists(st.integers(0, 20), max_size=5, unique=True), st.integers(1, 14), st.integers(0, 30))
def test_a_shorter_plan_is_the_beginning_of_a_longer_one(days_ago, days, until):
    practising = [practised(number, *sorted(days_ago, reverse=True), is_hard=number == 1) for number in (1, 2, 3)]
    interview = TODAY + timedelta(days=until)
    longer = planned(practising, TODAY, 14, interview)
    shorter = planned(practising, TODAY, days, interview)
    assert longer[: len(shorter)] == shorter and all(day.on < TODAY + timedelta(days=days) for day in shorter)


def test_readiness_is_of_the_hard_questions_where_there_are_any():
    practising = [
        practised(1, 3, 1, is_hard=True, counted=2),
        practised(2, 1, is_hard=True, counted=1),
        practised(3),
    ]
    lines = {1: [answered(1, 200.0, 3), answered(2, 100.0, 1)], 2: [answered(3, 150.0, 1)]}
    ready = readiness(practising, lines, dict.fromkeys((1, 2, 3), TARGET), UTC)
    assert (ready.hard, ready.question_count, ready.times) == (True, 2, 2)
    assert (ready.answer_count, ready.ready_count, ready.inside_count) == (3, 1, 1)


def test_without_hard_ones_it_is_of_all_and_once_is_enough():
    ready = readiness([practised(1, 1, counted=1), practised(2)], {}, {1: TARGET, 2: TARGET}, UTC)
    assert (ready.hard, ready.question_count, ready.times, ready.ready_count) == (False, 2, 1, 1)
    assert readiness([], {}, {}, UTC) is None


def test_inside_the_aim_is_said_of_the_cold_answer_not_of_a_later_one_that_day():
    later = answered(2, 100.0, 1)
    lines = {1: [answered(1, 150.0, 1.1), later]}
    assert readiness([practised(1, 1)], lines, {1: TARGET}, UTC).inside_count == 0


@pytest.mark.parametrize(("days_ago", "count"), [((), 0), ((0, 0.1, 0.2), 1), ((0, 1, 6), 3), ((7, 8), 0)])
def test_days_practised_are_those_of_the_last_seven(days_ago, count):
    assert days_practised([NOON - timedelta(days=days) for days in days_ago], TODAY, UTC) == count
