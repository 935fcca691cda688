"""Rounds of a drill, and answers that an exam cut off: what they aim for, and what they are held against."""

from dataclasses import replace
from datetime import UTC
from itertools import pairwise

import pytest
from answers import line_of
from hypothesis import given
from hypothesis import strategies as st

from rehearse.measurement.attempt import Timed
from rehearse.progress.comparison import cold_attempts, compare, compared_in_order, held_against
from rehearse.progress.drill import aim_of, round_targets
from rehearse.progress.trend import length_trend, question_trend
from rehearse.progress.verdict import Keep, Next, Reason, cut_off_at, judge
from rehearse.question import LONGEST_TARGET_S, Target

TARGET = Target(low_s=60, high_s=120)
RAN_OUT = Timed(limit_s=120, ran_out=True)


def in_round(attempt, number, limit_s=240.0):
    return replace(attempt, timed=Timed(limit_s=limit_s, drill_round=number))


@given(
    low=st.floats(0, 0.99),
    high_s=st.floats(1, LONGEST_TARGET_S),
    proportions=st.sets(st.integers(1, 99), min_size=2, max_size=6).map(lambda parts: sorted(parts, reverse=True)),
)
def test_limits_shrink_in_proportion_down_to_the_upper_end_of_the_target(low, high_s, proportions):
    target = Target(low_s=low * high_s, high_s=high_s)
    rounds = round_targets(target, proportions)
    assert len(rounds) == len(proportions) and rounds[-1] == target
    assert all(later.high_s < earlier.high_s for earlier, later in pairwise(rounds))
    for each, part in zip(rounds, proportions, strict=True):
        assert each.high_s / high_s == pytest.approx(part / proportions[-1])
        assert 0 <= each.low_s < each.high_s


def test_the_classic_drill_of_an_aim_of_two_minutes():
    assert [each.high_s for each in round_targets(TARGET, (4, 3, 2))] == [240, 180, 120]
    assert round_targets(TARGET, (4, 3, 2))[0].low_s == 120


def test_a_round_aims_for_its_own_limit_and_an_exam_for_the_target(attempts):
    (attempt,) = attempts(100)
    assert aim_of(in_round(attempt, 1), TARGET) == Target(low_s=120, high_s=240)
    assert aim_of(line_of(in_round(attempt, 1)), TARGET) == Target(low_s=120, high_s=240)
    assert aim_of(replace(attempt, timed=RAN_OUT), TARGET) == aim_of(attempt, TARGET) == TARGET


def test_a_round_is_held_against_the_round_before_and_other_answers_against_no_round(attempts):
    first, one, two, cut, last = attempts(150, 220, 170, 119, 110)
    one, two, cut = in_round(one, 1), in_round(two, 2, 180.0), replace(cut, timed=RAN_OUT)
    assert held_against(one, (first,)) == (first,)
    assert held_against(two, (first, one)) == (one,)
    assert held_against(last, (first, one, two, cut)) == (first,)


def test_the_first_of_a_day_is_cold_only_where_its_length_was_chosen(attempts):
    drilled, after, next_day = attempts(220, 100, 100, hours_apart=8)
    assert cold_attempts([in_round(drilled, 1), after, next_day], UTC) == {2}
    assert cold_attempts([replace(drilled, timed=Timed(limit_s=120)), after, next_day], UTC) == {1, 2}


def test_trends_leave_rounds_and_what_the_clock_cut_off_out(attempts):
    made = attempts(150, 220, 140, 119, 130, 120)
    made[1], made[3] = in_round(made[1], 1), replace(made[3], timed=RAN_OUT)
    assert question_trend(made, "answer_s", UTC).values == (150, 140, 130, 120)
    assert length_trend([line_of(each) for each in made], UTC).values == (150, 140, 130, 120)


def test_an_answer_that_the_clock_cut_off_is_not_praised_for_its_length(answer, attempts):
    (attempt,) = attempts(replace(answer(118), tail_silence_s=0.1))
    assert cut_off_at(replace(attempt, timed=RAN_OUT)) == 120
    verdict = judge(answer(118), compare(answer(118), attempts(160)), TARGET, cut_off=True)
    assert (verdict.long_winded, verdict.reasons[0], verdict.next) == ("a bit", Reason.CUT_OFF, Next.POINT_FIRST)
    assert not {Keep.SHORTER, Keep.INSIDE_TARGET, Keep.SHORTER_AND_INSIDE, Keep.FINISHED} & set(verdict.keep)


def test_who_had_finished_when_the_time_ran_out_was_not_cut_off(answer, attempts):
    (attempt,) = attempts(replace(answer(100), tail_silence_s=18.0))
    assert cut_off_at(replace(attempt, timed=RAN_OUT)) is None
    assert cut_off_at(attempt) is None
    (attempt,) = attempts(replace(answer(118), tail_silence_s=0.1))
    assert cut_off_at(replace(attempt, timed=Timed(limit_s=120))) is None
    assert cut_off_at(in_round(attempt, 3)) is None


def test_what_is_compared_says_whether_it_is_a_round_before_or_that_there_is_nothing(attempts):
    one, two, free, later = attempts(220, 170, 150, 140)
    one, two = in_round(one, 1), in_round(two, 2, 180.0)

    def compared(attempt, *before):
        return compared_in_order(attempt, before, held_against(attempt, before))

    first = compared(one)
    assert first.only_timed and first.earlier_count == 0
    second = compared(two, one)
    assert second.with_round_before and second.median_answer_s == 220
    assert compared(free, one, two).only_timed
    last = compared(later, one, two, free)
    assert (last.median_answer_s, last.with_round_before, last.only_timed) == (150, False, False)
