from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.measurement.attempt import Timed
from rehearse.presentation.compare_screen import caution_lines, when, why, why_parts
from rehearse.progress.comparison import Why, compare

seconds = st.floats(min_value=-600, max_value=600)


@given(seconds, seconds, seconds)
@settings(max_examples=1000)
def test_the_parts_that_are_shown_sum_to_the_change_to_the_tenth(words_s, pace_s, pauses_s):
    exact = (words_s, pace_s, pauses_s)
    shown = why_parts(Why(words_s=words_s, pace_s=pace_s, pauses_s=pauses_s, usual_words=100.0))
    assert [name for name, _ in shown] == ["words", "speed between pauses", "pauses"]
    assert abs(sum(part for _, part in shown) - sum(exact)) <= 0.05 + 1e-9
    assert all(abs(part - seconds) <= 0.1 + 1e-9 for (_, part), seconds in zip(shown, exact, strict=True))


def test_they_are_told_in_one_line():
    parts = Why(words_s=-17.24, pace_s=0.36, pauses_s=-7.14, usual_words=250.0)
    assert why(parts) == "Words -17.2 s, speed between pauses +0.3 s, pauses -7.1 s."


ROUND, EXAM = Timed(limit_s=160, drill_round=1), Timed(limit_s=120)


@pytest.mark.parametrize(
    ("timed", "said"),
    [
        ((None, None), []),
        ((None, EXAM), []),
        ((ROUND, None), ["Attempt 1 had a limit: its length was not your choice alone."]),
        ((None, replace(EXAM, ran_out=True)), ["Attempt 2 had a limit: its length was not your choice alone."]),
        ((ROUND, replace(ROUND, drill_round=2)), []),
        (
            (ROUND, replace(ROUND, drill_round=2, limit_s=120)),
            ["Each had a limit of its own: their lengths were not your choice alone."],
        ),
    ],
)
def test_a_length_that_a_limit_held_is_not_compared_without_a_word(attempts, timed, said):
    one, other = (replace(each, timed=limit) for each, limit in zip(attempts(150, 110), timed, strict=True))
    assert caution_lines(one, other, compare(other.measures, (one,))) == said


def test_the_day_stands_beside_the_limit(attempts):
    (one,) = attempts(150)
    assert when(one, UTC, one.recorded_at) == "4 Nov"
    assert when(replace(one, timed=ROUND), UTC, one.recorded_at) == "4 Nov, drill 1, limit 2:40"
