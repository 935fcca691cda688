"""Rates are plain sums; what is unknown stays unknown."""

import pytest

from rehearse.measurement.rate import (
    articulation_rate,
    fillers_per_100_words,
    fillers_per_min,
    mean_length_of_run,
    speech_rate,
)


def test_rates_are_words_a_minute() -> None:
    assert speech_rate(75, 30.0) == 150.0
    assert articulation_rate(75, 25.0) == 180.0


def test_fillers_are_counted_by_the_minute_and_by_a_hundred_words() -> None:
    assert fillers_per_min(3, 90.0) == 2.0
    assert fillers_per_min(0, 90.0) == 0.0
    assert fillers_per_100_words(3, 150) == 2.0


def test_two_pauses_make_three_runs() -> None:
    assert mean_length_of_run(75, 2) == 25.0
    assert mean_length_of_run(75, 0) == 75.0


@pytest.mark.parametrize("rate", [speech_rate, articulation_rate, fillers_per_min])
def test_a_rate_over_no_time_or_of_an_unknown_count_is_unknown(rate) -> None:
    assert rate(3, 0.0) is None
    assert rate(3, None) is None
    assert rate(None, 3.0) is None


def test_a_share_of_no_words_is_unknown() -> None:
    assert fillers_per_100_words(3, None) is None
    assert fillers_per_100_words(3, 0) is None
    assert fillers_per_100_words(None, 100) is None
    assert mean_length_of_run(None, 3) is None
    assert mean_length_of_run(30, None) is None
