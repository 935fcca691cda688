from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.presentation.compare_screen import why, why_parts
from rehearse.progress.comparison import Why

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
