"""Which stretches of a transcript are not to be trusted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.transcription.doubts import doubts_of, echoes, goes_in_circles
from rehearse.transcription.transcript import Doubt, Span, SpeechActivity, Word

ORDINARY = (
    "So I joined the team in March, when the project was already late, and the first thing I did was to sit down with "
    "everybody for half an hour and ask them what they would drop. We dropped two of the nine parts that week."
)


def words(text: str) -> tuple[Word, ...]:
    return tuple(Word(text=piece, start_s=0.0, end_s=0.0) for piece in text.split())


def span(start_s: float, end_s: float) -> Span:
    return Span(start_s=start_s, end_s=end_s)


def doubts(heard: list[str], *spoken: tuple[float, float], dropped: tuple[int, ...] = ()) -> tuple[Doubt, ...]:
    """Of chunks of ten seconds each, in which that was heard; the words of the chunks named as dropped are not kept."""
    chunks = [span(10.0 * number, 10.0 * number + 10) for number in range(len(heard))]
    activity = SpeechActivity(recording_s=60.0, spans=tuple(span(*bounds) for bounds in spoken))
    written = [words(text) for text in heard]
    kept = [() if number in dropped else entry for number, entry in enumerate(written)]
    return doubts_of(chunks, written, kept, activity)


def test_talk_does_not_go_in_circles() -> None:
    assert not goes_in_circles("")
    assert not goes_in_circles(ORDINARY)
    assert not goes_in_circles("no no no no no, wait, wait, wait")
    assert not goes_in_circles("We had a very, very, very long list of very, very old things to do, and we did them.")


@pytest.mark.parametrize("text", ["and then " * 20, ORDINARY + " and so on" * 60, "I'm sorry. " * 30, "は" * 60])
def test_the_same_over_and_over_does(text: str) -> None:
    assert goes_in_circles(text)


@pytest.mark.parametrize(
    ("text", "prompt", "is_echo"),
    [
        (" Um, uh, hmm, er, ah.", "Um, uh, hmm, er, ah.", True),
        ("um uh hmm er ah um uh hmm", "Um, uh, hmm, er, ah.", True),
        ("Um, uh, hmm, er, ah. I led it.", "Um, uh, hmm, er, ah.", True),
        ("Äh, ähm, hm, öh", "Äh, ähm, hm, öh.", True),
        ("Um, uh, I led it.", "Um, uh, hmm, er, ah.", False),
        ("I led it, um, uh, hmm, er, ah.", "Um, uh, hmm, er, ah.", False),
        ("Um.", "Um.", False),
        ("", "", False),
        ("So.", "", False),
    ],
)
def test_a_prompt_given_back_is_an_echo(text: str, prompt: str, is_echo: bool) -> None:
    assert echoes(text, prompt) is is_echo


def test_a_chunk_in_circles_is_doubtful_where_somebody_speaks_in_it() -> None:
    found = doubts([ORDINARY, "and then " * 20], (1, 9), (11.5, 12), (15, 18.5))
    assert found == (Doubt(start_s=11.5, end_s=18.5, why="in circles"),)


def test_circles_that_were_written_into_silence_are_gone_and_no_doubt() -> None:
    assert doubts([ORDINARY, "and then " * 20], (1, 9), dropped=(1,)) == ()


def test_a_second_of_speech_without_a_word_is_said() -> None:
    assert doubts(["Yes.", ""], (1, 2), (12, 12.6), (14, 14.4)) == (Doubt(start_s=12, end_s=14.4, why="no words"),)


def test_less_speech_than_that_may_be_a_cough() -> None:
    assert doubts(["Yes.", ""], (1, 2), (12, 12.9)) == ()


def test_words_that_were_dropped_are_no_words() -> None:
    assert doubts(["Yes.", "Thank you."], (1, 2), (12, 14), dropped=(1,)) == (
        Doubt(start_s=12, end_s=14, why="no words"),
    )


@pytest.mark.parametrize("text", ["...", "! ! ! " * 40, "[BLANK AUDIO]", "*sighs*", "♪ la la la ♪"])
def test_signs_and_tags_are_no_words(text: str) -> None:
    assert doubts(["Yes.", text], (1, 2), (12, 14)) == (Doubt(start_s=12, end_s=14, why="no words"),)


@pytest.mark.parametrize("text", ["[UH]", "[laughter] no", "Mm.", "1984"])
def test_a_hesitation_is_something_said(text: str) -> None:
    assert doubts(["Yes.", text], (1, 2), (12, 14)) == ()


def test_chunks_next_to_each_other_are_one_doubt() -> None:
    assert doubts(["", "", "Yes.", ""], (1, 9), (11, 19), (21, 22), (31, 39)) == (
        Doubt(start_s=1, end_s=19, why="no words"),
        Doubt(start_s=31, end_s=39, why="no words"),
    )
    assert [doubt.why for doubt in doubts(["", "and then " * 20], (1, 9), (11, 19))] == ["no words", "in circles"]


def test_an_answer_without_any_word_is_one_doubt_however_short() -> None:
    assert doubts(["", ""], (3, 3.4), (12, 19)) == (Doubt(start_s=3, end_s=19, why="no words"),)
    assert doubts([], (3, 3.2)) == (Doubt(start_s=3, end_s=3.2, why="no words"),)


def test_where_nobody_speaks_there_is_nothing_to_doubt() -> None:
    assert doubts([]) == doubts([""]) == ()


@given(
    st.lists(st.sampled_from(["", "Yes.", "and then " * 20]), max_size=5),
    st.sets(st.floats(0, 60, allow_nan=False), max_size=14).map(sorted),
)
def test_doubts_are_in_order_and_apart(heard: list[str], bounds: list[float]) -> None:
    found = doubts(heard, *zip(bounds[::2], bounds[1::2], strict=False))
    times = [time for doubt in found for time in (doubt.start_s, doubt.end_s)]
    assert times == sorted(times)
