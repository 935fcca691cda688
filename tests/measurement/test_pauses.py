"""The answer's bounds and the silences inside it, from spans of speech with exact numbers."""

from collections import Counter

import pytest
from spoken_answers import as_draft, spoken_answers

from rehearse.errors import NoSpeechHeard
from rehearse.measurement.fillers import filled_pauses
from rehearse.measurement.pauses import Pause, Silence, answer_span, located, silence_in, silent_pauses
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Span, SpeechActivity, Word


def speech(*bounds_s: tuple[float, float], recording_s: float = 60.0) -> SpeechActivity:
    spans = tuple(Span(start_s=start, end_s=end) for start, end in bounds_s)
    return SpeechActivity(recording_s=recording_s, spans=spans)


def test_the_answer_runs_from_the_first_speech_to_the_last() -> None:
    assert answer_span(speech((2.0, 3.0), (5.0, 9.5))) == Span(start_s=2.0, end_s=9.5)


def test_without_speech_there_is_no_answer() -> None:
    with pytest.raises(NoSpeechHeard):
        answer_span(speech())


@pytest.mark.parametrize(("gap_s", "count"), [(0.10, 0), (0.249, 0), (0.25, 1), (0.256, 1), (3.0, 1)])
def test_a_silence_is_a_pause_from_a_quarter_of_a_second_on(gap_s: float, count: int) -> None:
    assert len(silent_pauses(speech((0.0, 1.7), (1.7 + gap_s, 9.0)))) == count


def test_silence_before_and_after_the_answer_is_no_pause() -> None:
    assert silent_pauses(speech((5.0, 9.0), recording_s=30.0)) == ()


@pytest.mark.parametrize(("length_s", "is_long"), [(1.99, False), (2.0, True), (2.5, True)])
def test_a_pause_is_long_from_two_seconds_on(length_s: float, is_long: bool) -> None:
    assert Pause(start_s=0.7, end_s=0.7 + length_s).is_long is is_long


def test_taken_together_pauses_that_are_not_known_are_not_none_of_them() -> None:
    assert silence_in(None) == Silence()
    assert silence_in(()) == Silence(count=0, sum_s=0, long_count=0)
    several = [Pause(start_s=at, end_s=at + length_s) for at, length_s in ((1.0, 0.5), (5.0, 2.5), (9.0, 1.0))]
    assert silence_in(several) == Silence(count=3, sum_s=4.0, median_s=1.0, long_count=1, longest_s=2.5)


def where(text: str) -> str | None:
    """Where the one pause, written |, lies; each word takes half a second and the pause one."""
    words, clock_s = [], 0.0
    pause = Pause(start_s=0.0, end_s=0.0)
    for piece in text.split():
        if piece == "|":
            pause = Pause(start_s=clock_s, end_s=clock_s + 1.0)
            clock_s += 1.0
        else:
            words.append(Word(text=piece, start_s=clock_s, end_s=clock_s + 0.5))
            clock_s += 0.5
    tokens = tokens_of(words)
    return located([pause], tokens, filled_pauses(tokens, "en"), "en")[0].where


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We left. | Then we came back.", "boundary"),
        ("We left, | then we came back.", "boundary"),
        ("We left — | then we came back.", "boundary"),
        ("Why? | Because.", "boundary"),
        ("We had a | good team.", "inside"),
        ("We had a... | good team.", "inside"),
        ("We had, | um, a good team.", "inside"),
        ("We had, um, | a good team.", "inside"),
        ("We left. Um, | then we came back.", "boundary"),
        ("Um, | we left.", "boundary"),
        ("| We left.", "boundary"),
    ],
)
def test_punctuation_tells_where_a_pause_lies(text: str, expected: str | None) -> None:
    assert where(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we had a | good team", "inside"),
        ("we had a um | good team", "inside"),
        ("we had a | um good team", "inside"),
        ("i went to the | shop", "inside"),
        ("they didn't | come", "inside"),
        ("we left | then we came back", "boundary"),
        ("we left | and came back", "boundary"),
        ("um | we left", "boundary"),
        ("| we left", "boundary"),
        ("we left | uh", "boundary"),
        ("good | team", None),
    ],
)
def test_without_punctuation_the_words_around_a_pause_tell_or_nobody_does(text: str, expected: str | None) -> None:
    assert where(text) == expected


def test_words_of_other_languages_tell_nothing_of_a_pause_without_punctuation() -> None:
    words = [Word(text="wir", start_s=0.0, end_s=0.5), Word(text="und", start_s=1.5, end_s=2.0)]
    assert located([Pause(start_s=0.5, end_s=1.5)], tokens_of(words), (), "de")[0].where is None


def test_in_drafts_few_pauses_between_clauses_are_taken_for_ones_inside() -> None:
    told = Counter()
    for answer in spoken_answers("held-out"):
        tokens, plain = tokens_of(answer.words), tokens_of(as_draft(answer).words)
        truth = located(answer.pauses, tokens, (), "en")
        told.update(
            zip((p.where for p in truth), (p.where for p in located(answer.pauses, plain, (), "en")), strict=True)
        )
    assert told["boundary", "inside"] <= 0.05 * sum(n for (true, _), n in told.items() if true == "boundary")
    assert told["boundary", "boundary"] >= 10 * told["inside", "boundary"]


def test_without_words_nothing_tells_where_a_pause_lies() -> None:
    assert located([Pause(start_s=1.0, end_s=2.0)], (), frozenset(), "en")[0].where is None


@pytest.mark.parametrize(("end_s", "start_s"), [(1.0, 3.0), (2.9, 3.0), (1.0, 1.1)])
def test_a_word_stretched_into_the_silence_by_the_recogniser_keeps_its_side(end_s: float, start_s: float) -> None:
    words = [Word(text="left.", start_s=0.6, end_s=end_s), Word(text="Then", start_s=start_s, end_s=3.4)]
    pause = Pause(start_s=1.0, end_s=3.0)
    assert (
        located([pause], tokens_of([*words, Word(text="we", start_s=3.4, end_s=3.5)]), (), "en")[0].where == "boundary"
    )
