import itertools
import math
import random
from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.progress.trend import Direction, _share_by_chance, nears_target, question_trend, trend_of
from rehearse.question import Target

AIM = Target(low_s=60, high_s=120)
series = st.lists(st.floats(min_value=5, max_value=600), min_size=2, max_size=20)


def test_a_steady_fall_is_named_with_its_step():
    trend = trend_of([151, 124, 116, 107, 98])
    assert trend.direction is Direction.FALLING and trend.count == 5
    assert trend.slope == pytest.approx(-9.0)


@pytest.mark.parametrize("values", [[], [90], [120, 90], [150, 120, 90]])
def test_up_to_three_values_are_too_few_to_say_anything(values):
    assert trend_of(values).direction is Direction.TOO_FEW


def test_one_odd_answer_does_not_bend_the_line():
    straight = trend_of([150, 140, 130, 120, 110, 100, 90])
    odd = trend_of([150, 140, 130, 400, 110, 100, 90])
    assert odd.slope == pytest.approx(straight.slope, abs=2.0) and odd.direction is Direction.FALLING


def test_a_clear_order_of_next_to_nothing_is_flat():
    assert trend_of([100.0, 100.1, 100.2, 100.3, 100.4, 100.5], 8.0).direction is Direction.FLAT


@pytest.mark.parametrize(
    ("values", "least_change", "up_and_down"),
    [
        ([37, 74, 47, 37], 8.0, True),
        ([37, 74, 37, 37], 8.0, True),
        ([37, 74, 37, 37, 38, 36, 37], 8.0, True),
        ([37, 74, 37, 37, 38, 36, 37, 36, 38, 37], 8.0, False),
        ([2.5, 1.7, 1.7, 1.7, 10.4, 2.5, 10.4, 1.7], 1.0, True),
        ([100, 120, 100, 120], 8.0, True),
        ([100, 104, 99, 101], 8.0, False),
        ([37, 74, 37], 8.0, False),
        ([150, 124, 116, 107, 60], 8.0, False),
    ],
)
def test_a_flat_line_is_told_from_values_that_are_alike(values, least_change, up_and_down):
    assert trend_of(values, least_change).up_and_down is up_and_down


@given(series)
def test_the_mirrored_series_has_the_mirrored_trend(values):
    forth, back = trend_of(values), trend_of(values[::-1])
    assert back.slope == pytest.approx(-forth.slope, abs=1e-6)


@given(st.lists(st.floats(min_value=5, max_value=600), min_size=4, max_size=12, unique=True))
def test_chance_is_the_same_for_any_scale_and_never_more_than_certain(values):
    share = _share_by_chance(values)
    assert 0 < share <= 1
    assert share == _share_by_chance([math.log(value) for value in values]) or len(set(map(math.log, values))) < len(
        values
    )


@pytest.mark.parametrize("count", [4, 5, 6, 7])
def test_the_share_by_chance_is_the_share_of_all_orders(count):
    """Held against every order there is, counted one by one."""
    orders = list(itertools.permutations(range(count)))

    def in_order(values):
        return abs(sum(1 if late > early else -1 for early, late in itertools.combinations(values, 2)))

    for values in random.Random(1).sample(orders, 20):
        as_clear = sum(in_order(order) >= in_order(values) for order in orders) / len(orders)
        expected = 1.0 if in_order(values) == 0 else as_clear
        assert _share_by_chance(values) == pytest.approx(expected)


def test_the_formula_for_long_series_meets_the_counting_of_short_ones():
    values = [(place * 7) % 29 + place for place in range(29)]
    longer = [*values, values[-1] + 0.5]
    assert _share_by_chance(longer) == pytest.approx(_share_by_chance(values), abs=0.02)


def test_series_without_a_trend_rarely_pass_for_one():
    shuffler = random.Random(3)
    claimed = 0
    for _ in range(400):
        values = [shuffler.gauss(110, 25) for _ in range(shuffler.randint(4, 12))]
        claimed += trend_of(values, 8.0).direction in (Direction.RISING, Direction.FALLING)
    assert claimed <= 400 * 0.12


def test_cold_attempts_count_alone_where_there_are_enough(answer, attempts):
    lengths = [160, 150, 60, 130, 60, 115, 60, 100, 60]
    trend = question_trend(attempts(*lengths, hours_apart=12), "answer_s", UTC)
    assert trend.cold_only and trend.trend.count == 5 and trend.trend.direction is Direction.FALLING


def test_too_few_cold_ones_are_joined_by_the_warm(answer, attempts):
    trend = question_trend(attempts(150, 140, 130, 120, 110, hours_apart=1), "answer_s", None)
    assert not trend.cold_only and trend.trend.count == 5 and trend.trend.direction is Direction.FALLING


def test_the_real_answer_is_no_part_of_a_trend(attempts):
    trend = question_trend(attempts(400, 100, 101, 99, 100, baseline_first=True), "answer_s", None)
    assert trend.trend.count == 4 and trend.trend.direction is Direction.FLAT


def test_pace_is_followed_among_answers_that_the_same_engine_heard(answer, attempts, engines):
    draft = [answer(100, words=n, engine=engines["draft"]) for n in (100, 120, 140)]
    whisper = [answer(100, words=n) for n in (240, 220, 200, 180)]
    trend = question_trend(attempts(*draft, *whisper), "speech_rate_wpm", None)
    assert (trend.trend.count, trend.left_out_count, trend.engines_differ) == (4, 3, False)
    assert trend.trend.direction is Direction.FALLING


def test_lengths_of_different_engines_are_taken_together_and_said_to_be(answer, attempts, engines):
    trend = question_trend(attempts(answer(150, engine=engines["draft"]), 140, 120, 100), "answer_s", None)
    assert trend.trend.count == 4 and trend.engines_differ and trend.left_out_count == 0


def test_no_attempt_measured_is_no_trend(attempts):
    unheard = [replace(attempt, measures=None) for attempt in attempts(100, 90)]
    assert question_trend(unheard, "answer_s", None).trend.direction is Direction.TOO_FEW


@pytest.mark.parametrize(
    ("lengths", "nearer"),
    [
        ([200, 180, 160, 140], True),
        ([30, 40, 48, 55], True),
        ([118, 100, 80, 65], None),
        ([110, 140, 170, 200], False),
        ([70, 50, 40, 25], False),
        ([300, 310, 300, 305], None),
    ],
)
def test_a_trend_is_held_against_the_aim(lengths, nearer):
    assert nears_target(trend_of(lengths, 8.0), AIM) is nearer
