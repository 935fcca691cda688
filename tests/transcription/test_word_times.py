"""When a word can have been said: its last part that is speech and no longer than such a word can be."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.transcription.transcript import Span, SpeechActivity, Word
from rehearse.transcription.word_times import believable, syllables


def speech(*bounds_s: tuple[float, float], recording_s: float = 20.0) -> SpeechActivity:
    return SpeechActivity(
        recording_s=recording_s, spans=tuple(Span(start_s=start_s, end_s=end_s) for start_s, end_s in bounds_s)
    )


def times(text: str, start_s: float, end_s: float, *spoken: tuple[float, float]) -> tuple[float, float]:
    (word,) = believable([Word(text=text, start_s=start_s, end_s=end_s, probability=0.5)], speech(*spoken))
    assert (word.text, word.probability) == (text, 0.5)
    return pytest.approx(word.start_s), pytest.approx(word.end_s)


def test_a_word_that_can_be_so_long_is_left_as_it_is() -> None:
    assert times("team", 3.0, 3.35, (1, 5)) == (3.0, 3.35)
    assert times("responsibility,", 3.0, 3.85, (1, 5)) == (3.0, 3.85)


def test_a_start_dragged_back_over_a_hesitation_is_put_right() -> None:
    assert times("team", 3.0, 4.4, (1, 5)) == (4.04, 4.4)


def test_a_start_dragged_back_over_a_silence_is_put_right() -> None:
    assert times("responsibility", 3.0, 5.0, (1, 3.1), (4.3, 8)) == (4.3, 5.0)


def test_of_a_hesitation_a_silence_and_the_word_the_word_is_kept() -> None:
    assert times("team", 3.0, 4.7, (1, 3.5), (4.4, 8)) == (4.4, 4.7)


def test_an_end_dragged_on_to_the_next_words_is_put_right() -> None:
    assert times("team.", 3.0, 4.05, (1, 3.3), (4.0, 8)) == (3.0, 3.3)


def test_a_stretch_too_short_for_a_long_word_does_not_hold_it() -> None:
    assert times("responsibility", 3.0, 4.2, (1, 3.7), (4.0, 8)) == (3.0, 3.7)


def test_an_end_in_silence_is_put_back_to_the_end_of_speech() -> None:
    assert times("team.", 3.0, 3.9, (1, 3.3), (6, 8)) == (3.0, 3.3)


def test_the_little_silence_before_a_plosive_does_not_cut_a_word() -> None:
    assert times("apart", 3.0, 3.45, (1, 3.1), (3.25, 8)) == (3.0, 3.45)


def test_a_hesitation_may_last() -> None:
    for text in ("um,", "Uhh", "er", "äh", "euh", "hmm...", "ehm"):
        assert times(text, 3.0, 4.1, (1, 5)) == (3.0, 4.1), text


def test_what_looks_a_little_like_a_hesitation_may_not() -> None:
    for text in ("I", "a", "on", "am", "in"):
        assert times(text, 3.0, 4.1, (1, 5)) == (3.74, 4.1), text


def test_a_word_beside_speech_stays_where_it_is() -> None:
    assert times("so", 0.7, 0.95, (1, 5)) == (0.7, 0.95)
    assert times("so", 3.0, 3.3) == (3.0, 3.3)


def test_a_word_without_time_in_a_silence_gets_the_speech_that_is_nobodys() -> None:
    heard = speech((1, 2.3), (2.9, 3.2), (3.6, 5))
    words = [
        Word(text="again.", start_s=1.9, end_s=2.3),
        Word(text="uh,", start_s=2.43, end_s=2.43),
        Word(text="She", start_s=3.6, end_s=3.8),
    ]
    assert [(word.start_s, word.end_s) for word in believable(words, heard)] == [(1.9, 2.3), (2.9, 3.2), (3.6, 3.8)]


def test_a_word_without_time_stays_where_all_speech_beside_it_has_its_words() -> None:
    heard = speech((1, 2.3), (2.9, 5))
    words = [
        Word(text="again.", start_s=1.9, end_s=2.3),
        Word(text="uh,", start_s=2.43, end_s=2.43),
        Word(text="She", start_s=2.9, end_s=3.1),
    ]
    assert believable(words, heard) == tuple(words)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("team.", 1), ("the", 1), ("idea", 2), ("responsibility", 6), ("2023", 8), ("SQL", 3), ("Mm", 1), ("...", 1),
        ("Müller", 2), ("Straße", 2), ("naïve", 2), ("你好", 2), ("3.5", 4), ("", 1),
    ],
)  # fmt: skip
def test_syllables_are_roughly_counted(text: str, count: int) -> None:
    assert syllables(text) == count


def in_speech(word: Word, heard: SpeechActivity) -> bool:
    return any(span.start_s < word.end_s and span.end_s > word.start_s for span in heard.spans)


moments = st.floats(0, 20, allow_nan=False)


@st.composite
def said(draw: st.DrawFn) -> list[Word]:
    """Words in order, some without length, some far too long, with and without gaps."""
    steps = draw(st.lists(st.one_of(st.just(0.0), st.floats(0.01, 4)), max_size=24))
    bounds = [min(20.0, moment) for moment in accumulate(steps)]
    texts = st.sampled_from(["I", "um,", "team.", "responsibility", "2023", "Äh", "—"])
    return [
        Word(text=draw(texts), start_s=start_s, end_s=end_s)
        for start_s, end_s in zip(bounds[::2], bounds[1::2], strict=False)
    ]


@st.composite
def spoken(draw: st.DrawFn) -> SpeechActivity:
    bounds = sorted(draw(st.sets(moments, max_size=12)))
    return speech(*zip(bounds[::2], bounds[1::2], strict=False))


@given(said(), spoken())
def test_words_stay_in_order_apart_and_inside_what_they_were(words: list[Word], heard: SpeechActivity) -> None:
    believed = believable(words, heard)
    assert [word.text for word in believed] == [word.text for word in words]
    for before, after in zip(words, believed, strict=True):
        inside = before.start_s <= after.start_s <= after.end_s <= before.end_s
        assert inside or (
            before.end_s - before.start_s < 0.6 and in_speech(after, heard) and not in_speech(before, heard)
        )
    for one, next_one in pairwise(believed):
        assert one.end_s <= next_one.start_s


@given(said(), spoken())
def test_done_twice_it_does_nothing_more(words: list[Word], heard: SpeechActivity) -> None:
    believed = believable(words, heard)
    again = believable(believed, heard)
    assert [word.text for word in again] == [word.text for word in believed]
    # A start taken from an end and a length may round to the neighbouring number.
    for one, other in zip(again, believed, strict=True):
        assert (one.start_s, one.end_s) == pytest.approx((other.start_s, other.end_s), abs=1e-9)


@given(said(), spoken())
def test_no_word_goes_on_through_a_silence(words: list[Word], heard: SpeechActivity) -> None:
    for word in believable(words, heard):
        for one, other in pairwise(heard.spans):
            if other.start_s - one.end_s >= 0.25:
                assert not (word.start_s < one.end_s and word.end_s > other.start_s)
