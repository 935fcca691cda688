"""Words said twice in a row, and the doubles that are meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.measurement.fillers import filled_pauses
from rehearse.measurement.repetition import Repetition, repetitions
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Word


def found(text: str) -> tuple[Repetition, ...]:
    words = [Word(text=piece, start_s=place, end_s=place + 1.0) for place, piece in enumerate(text.split())]
    tokens = tokens_of(words)
    return repetitions(tokens, filled_pauses(tokens, "en"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We had the the plan.", ["the the"]),
        ("We were we were late.", ["we were we were"]),
        ("What I did, what I did was call.", ["what i did what i did"]),
        ("I I I called.", ["i i i"]),
        ("The um, the plan.", ["the the"]),
        ("It was, uh, um, it was late.", ["it was it was"]),
        ("I, I was I was late.", ["i i", "i was i was"]),
        ("We we left and and came back.", ["we we", "and and"]),
        ("I was late. I was sorry.", []),
        ("We left. Left is best.", []),
        ("I had had enough, and that that was hard.", []),
        ("very very good, no, no, no, bye bye", []),
        ("It said no no no no no no no no.", []),
        ("thank you thank you", []),
        ("call five five five twenty twenty", []),
        ("one two one two", []),
        ("2 2 3", []),
        ("again and again and again and again", []),
        ("step by step by step", []),
        ("um um uh", []),
        ("I want to win and to win well.", []),
        ("I ran and ran and still came late.", []),
        ("Whatever they were, they were not ready.", []),
        ("That is all it was, it was a typo.", []),
        ("We did, we did, and we would again.", []),
        ("We did, we did it again.", ["we did we did"]),
        ("", []),
    ],
)
def test_stretches_of_one_to_three_words_said_again_are_found(text: str, expected: list[str]) -> None:
    assert [repetition.text for repetition in found(text)] == expected


def test_a_repetition_lasts_from_the_first_copy_to_the_end_of_the_last() -> None:
    assert found("So we had the um the plan") == (Repetition(text="the the", start_s=3.0, end_s=6.0),)


@given(st.lists(st.sampled_from(str.split("the we had um no. two and again,")), max_size=30))
def test_repetitions_are_in_order_inside_the_answer(pieces: list[str]) -> None:
    starts = [repetition.start_s for repetition in found(" ".join(pieces))]
    assert starts == sorted(set(starts))
    assert all(0 <= start < len(pieces) for start in starts)


def test_a_recogniser_going_in_circles_is_read_to_its_end():
    assert [each.text for each in found("very " * 3000 + "good and and well")] == ["and and"]
