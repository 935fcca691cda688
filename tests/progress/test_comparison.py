from dataclasses import replace
from datetime import UTC, timedelta, timezone
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehearse.progress.comparison import cold_attempts, compare

lengths = st.floats(min_value=12, max_value=900)
words = st.integers(min_value=1, max_value=3000)


def test_a_first_attempt_has_nothing_to_compare_with(answer):
    comparison = compare(answer(90), [])
    assert (comparison.earlier_count, comparison.median_answer_s, comparison.change_s) == (0, None, None)
    assert comparison.same_engine is None and comparison.why is None and not comparison.about_the_same


def test_one_earlier_attempt_is_the_usual_length(answer, attempts):
    comparison = compare(answer(90), attempts(120))
    assert (comparison.earlier_count, comparison.median_answer_s) == (1, 120)
    assert comparison.change_s == -30
    assert comparison.change_ratio == pytest.approx(-0.25)


def test_many_earlier_attempts_are_compared_by_their_median(answer, attempts):
    comparison = compare(answer(98), attempts(151, 124, 160, 116))
    assert (comparison.earlier_count, comparison.median_answer_s) == (4, 137.5)


@pytest.mark.parametrize(
    ("usual", "now", "same"),
    [(60, 67.9, True), (60, 68.1, False), (200, 219, True), (200, 221, False), (200, 181, True), (200, 179, False)],
)
def test_changes_under_a_tenth_or_eight_seconds_are_about_the_same(answer, attempts, usual, now, same):
    assert compare(answer(now), attempts(usual)).about_the_same is same


def test_attempts_of_another_engine_are_left_out_where_there_are_like_ones(answer, attempts, engines):
    earlier = attempts(answer(200, engine=engines["draft"]), answer(100), answer(120))
    comparison = compare(answer(100), earlier)
    assert (comparison.earlier_count, comparison.left_out_count, comparison.same_engine) == (2, 1, True)
    assert comparison.median_answer_s == 110


def test_only_other_engines_give_lengths_but_no_words(answer, attempts, engines):
    comparison = compare(answer(100), attempts(answer(200, engine=engines["draft"])))
    assert comparison.same_engine is False
    assert comparison.change_s == -100
    assert comparison.why is None and comparison.usual_wpm is None


def in_language(engine, language):
    return replace(engine, options={"language": language})


def test_attempts_in_another_language_are_left_out_where_there_are_like_ones(answer, attempts, engines):
    german, english = in_language(engines["whisper"], "de"), in_language(engines["whisper"], "en")
    earlier = attempts(answer(200, engine=german), answer(90, engine=engines["draft"]), answer(100, engine=english))
    comparison = compare(answer(100, engine=english), earlier)
    assert (comparison.earlier_count, comparison.median_answer_s, comparison.heard_alike) == (1, 100, True)
    assert (comparison.left_out_count, comparison.left_out_language_count) == (2, 1)


def test_only_another_language_gives_lengths_but_no_words(answer, attempts, engines):
    german, english = in_language(engines["whisper"], "de"), in_language(engines["whisper"], "en")
    comparison = compare(answer(100, engine=english), attempts(answer(200, engine=german)))
    assert (comparison.same_engine, comparison.same_language, comparison.heard_alike) == (True, False, False)
    assert comparison.change_s == -100 and comparison.why is None and comparison.usual_wpm is None
    assert comparison.left_out_count == 0


def test_a_language_that_was_not_kept_is_not_held_against_an_attempt(answer, attempts, engines):
    english = in_language(engines["whisper"], "en")
    comparison = compare(answer(100, engine=english), attempts(answer(120), answer(130, engine=None)))
    assert (comparison.earlier_count, comparison.same_language, comparison.left_out_language_count) == (1, True, 0)


def test_the_draft_engine_hears_english(answer, attempts, engines):
    german = in_language(engines["whisper"], "de")
    comparison = compare(answer(100, engine=german), attempts(answer(120, engine=engines["draft"])))
    assert (comparison.same_engine, comparison.same_language) == (False, False)
    assert comparison.in_other_language and not comparison.by_other_engine


def test_the_real_answer_counts_only_while_it_is_alone(answer, attempts):
    alone = compare(answer(100), attempts(220, baseline_first=True))
    assert alone.with_real_answer and alone.median_answer_s == 220
    later = compare(answer(100), attempts(220, 110, baseline_first=True))
    assert not later.with_real_answer and later.median_answer_s == 110 and later.earlier_count == 1


def test_attempts_not_yet_measured_do_not_count(answer, attempts):
    unmeasured = attempts(100)[0]
    unmeasured = type(unmeasured)(
        id=9, question_id=1, recorded_at=unmeasured.recorded_at, recording=None, measures=None
    )
    assert compare(answer(100), [unmeasured]).earlier_count == 0


def test_fewer_words_at_the_same_pace_explain_a_shorter_answer(answer, attempts):
    comparison = compare(answer(90, words=200, pauses_s=10), attempts(answer(130, words=300, pauses_s=10)))
    assert comparison.why is not None
    assert comparison.why.words_s == pytest.approx(-40)
    assert comparison.why.pace_s == pytest.approx(0)
    assert comparison.why.pauses_s == pytest.approx(0)


def test_the_same_words_faster_are_named_as_pace(answer, attempts):
    comparison = compare(answer(110, words=300, pauses_s=10), attempts(answer(130, words=300, pauses_s=10)))
    assert comparison.why is not None
    assert comparison.why.pace_s == pytest.approx(-20) and comparison.why.words_s == pytest.approx(0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(lengths, words, st.floats(0, 0.8)), min_size=1, max_size=6),
    st.tuples(lengths, words, st.floats(0, 0.8)),
)
def test_the_parts_of_why_sum_to_the_change(answer, attempts, earlier, now):
    def build(length, count, pause_share):
        return answer(length, words=count, pauses_s=length * pause_share)

    comparison = compare(build(*now), attempts(*(build(*e) for e in earlier)))
    assert comparison.why is not None
    assert comparison.median_answer_s == pytest.approx(median(e[0] for e in earlier))
    total = comparison.why.words_s + comparison.why.pace_s + comparison.why.pauses_s
    assert total == pytest.approx(comparison.change_s, abs=1e-6)


def test_the_first_attempt_of_each_day_is_cold(attempts):
    ids = cold_attempts(attempts(100, 100, 100, 100, hours_apart=8), UTC)  # 17:00, 01:00, 09:00, 17:00
    assert ids == {1, 2}


def test_a_day_is_the_persons_own(attempts):
    ids = cold_attempts(attempts(100, 100, 100, 100, hours_apart=8), timezone(timedelta(hours=-5)))
    assert ids == {1, 3}  # 12:00, 20:00, 04:00 the next day, 12:00


def test_the_real_answer_is_neither_cold_nor_warm(attempts):
    assert cold_attempts(attempts(200, 100, baseline_first=True, hours_apart=1), UTC) == {2}


def test_the_usual_pitch_range_comes_from_the_sound_whoever_heard_the_words(answer, attempts, engines):
    earlier = [replace(answer(90, engine=engines["draft"]), pitch_range_semitones=wide) for wide in (5.0, 9.0, 6.0)]
    assert compare(answer(90), attempts(*earlier)).usual_pitch_range_semitones == 6.0
    assert compare(answer(90), attempts(90)).usual_pitch_range_semitones is None
