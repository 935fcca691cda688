"""Sentences begun anew, and phrases that come back."""

import pytest
from spoken_answers import as_draft, spoken_answers

from rehearse.measurement.content_words import content_stems
from rehearse.measurement.fillers import filled_pauses
from rehearse.measurement.restarts import RepeatedPhrase, repeated_phrases, restarts
from rehearse.measurement.words import Token, tokens_of
from rehearse.transcription.transcript import Word


def heard(text: str) -> tuple[Token, ...]:
    return tokens_of(
        Word(text=piece, start_s=float(place), end_s=place + 1.0) for place, piece in enumerate(text.split())
    )


def begun_anew(text: str) -> list[str]:
    tokens = heard(text)
    return [each.text for each in restarts(tokens, filled_pauses(tokens, "en"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So we were, we had a plan.", ["we were we had"]),
        ("So we were um we had a plan", ["we were we had"]),
        ("I went to, I drove to Leeds.", ["i went to i drove"]),
        ("The, I mean, it was, it had been closed.", ["it was it had"]),
        ("There was a, there were two of them.", ["there was a there were"]),
        ("I was I was late.", []),
        ("He laughed, he cried.", []),
        ("I knew what it was, it had to go.", []),
        ("We did what we could. We had no money.", []),
        ("They stay as they are, they work.", []),
        ("If I had, I would.", []),
        ("It is, it seems to me, a question of time.", []),
        ("it is it seems to me a question of time", []),
        ("I would, I think I would go.", ["i would i think"]),
        ("I was, I thought it would hold until May.", ["i was i thought"]),
        ("I just, I thought it was mine.", ["i just i thought"]),
        ("It is easy, is it not?", []),
        ("I think I know.", []),
        ("We had the plan and we left.", []),
        ("", []),
    ],
)
def test_a_beginning_given_up_for_another_is_a_restart(text: str, expected: list[str]) -> None:
    assert begun_anew(text) == expected


@pytest.mark.parametrize("part", ["tuning", "held-out"])
def test_no_restart_is_found_in_answers_that_have_none(part: str) -> None:
    answers = spoken_answers(part)
    spoken = [tokens_of(each.words) for answer in answers for each in (answer, as_draft(answer))]
    assert [each.text for tokens in spoken for each in restarts(tokens, ())] == []


def test_a_restart_lasts_to_the_second_word_of_the_new_beginning() -> None:
    [found] = restarts(heard("so we were we had a plan"), ())
    assert (found.start_s, found.end_s) == (1.0, 5.0)


def phrases(text: str) -> tuple[RepeatedPhrase, ...]:
    tokens = heard(text)
    sounds = filled_pauses(tokens, "en")
    stems = content_stems(tokens, sounds, "en")
    assert stems is not None
    return repeated_phrases(tokens, sounds, stems)


def test_a_phrase_that_comes_back_is_found_with_its_times() -> None:
    text = "the front desk at night was empty. So I kept, um, the front desk at night open"
    assert phrases(text) == (RepeatedPhrase(text="the front desk at night", count=2, start_s=0.0, again_s=11.0),)


@pytest.mark.parametrize(
    "text",
    [
        "and then I went home and then I went out",
        "We saw the front desk. At night the front. Desk at noon.",
        "the front desk",
        "",
    ],
)
def test_grammar_alone_and_words_of_two_sentences_are_no_phrase(text: str) -> None:
    assert [phrase.text for phrase in phrases(text) if "desk" in phrase.text or phrase.text.startswith("and")] == []


def test_a_phrase_said_three_times_is_counted_once_with_its_count() -> None:
    [found] = phrases("my old boss left. Then my old boss came. But my old boss slept.")
    assert (found.text, found.count) == ("my old boss", 3)


def test_an_answer_going_in_circles_is_read_to_its_end() -> None:
    assert [found.count for found in phrases("big red house " * 1000)] != []
