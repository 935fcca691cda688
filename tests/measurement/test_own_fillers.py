"""A person's own um and uh: when they are known, what they let in and what they keep out."""

import math
import pickle

import numpy as np
import pytest

from rehearse.measurement.own_fillers import FAR, LEAST_CONFIRMED, NEAR, OwnFillers, Shape

BANDS = 40


def shape(rise_db: float = 0.0, stray_db: float = 0.0, seed: int = 0) -> Shape:
    """A spectrum that rises over its bands, each of which strays a little."""
    bands = np.linspace(-1, 1, BANDS) * rise_db + np.random.default_rng(seed).normal(0, stray_db, BANDS)
    return tuple((bands - bands.mean()).tolist())


@pytest.fixture
def own() -> OwnFillers:
    known = OwnFillers.of([shape(stray_db=1.0, seed=seed) for seed in range(LEAST_CONFIRMED)])
    assert known is not None
    return known


def test_fewer_than_ten_say_nothing() -> None:
    assert OwnFillers.of([shape(seed=seed) for seed in range(LEAST_CONFIRMED - 1)]) is None


def test_distance_is_none_at_the_mean_and_grows_with_what_differs(own: OwnFillers) -> None:
    assert own.distance(own.mean_db) == 0.0
    away = [own.distance(shape(rise_db=rise)) for rise in (2.0, 5.0, 10.0)]
    assert away == sorted(away) and away[-1] > FAR
    assert own.distance(()) == math.inf


def test_a_band_that_strays_counts_for_less() -> None:
    steady, straying = ([shape(stray_db=stray, seed=seed) for seed in range(20)] for stray in (0.5, 6.0))
    first, second = OwnFillers.of(steady), OwnFillers.of(straying)
    assert first is not None and second is not None
    assert second.distance(shape(rise_db=8.0)) < first.distance(shape(rise_db=8.0))


def test_ten_that_are_exactly_alike_do_not_ask_for_the_same_to_a_hair() -> None:
    alike = OwnFillers.of([shape()] * LEAST_CONFIRMED)
    assert alike is not None and alike.distance(shape(stray_db=1.0, seed=99)) < NEAR


def test_a_held_vowel_like_their_own_passes_without_the_formants_of_others(own: OwnFillers) -> None:
    assert own.judge([own.mean_db], passing=[False], held=[True]) == [True]


def test_what_fails_by_its_length_or_its_steadiness_still_fails(own: OwnFillers) -> None:
    assert own.judge([own.mean_db, ()], passing=[False, False], held=[False, False]) == [False, False]


def test_what_is_neither_near_nor_far_is_left_to_the_rule_for_everybody(own: OwnFillers) -> None:
    between = shape(rise_db=6.5)
    assert NEAR < own.distance(between) < FAR
    assert own.judge([between, between], passing=[True, False], held=[True, True]) == [True, False]


def test_what_passes_and_is_far_from_their_own_is_none(own: OwnFillers) -> None:
    far = shape(rise_db=12.0)
    assert own.judge([far, own.mean_db, own.mean_db], passing=[True] * 3, held=[True] * 3) == [False, True, True]


def test_where_most_are_far_it_is_another_microphone_and_none_is_refused(own: OwnFillers) -> None:
    far = shape(rise_db=12.0)
    assert own.judge([far, far, own.mean_db], passing=[True] * 3, held=[True] * 3) == [True, True, True]


def test_it_travels_to_another_process_as_it_is(own: OwnFillers) -> None:
    assert pickle.loads(pickle.dumps(own)) == own
