"""Finished, trailing off, or nobody can tell."""

import pytest

from rehearse.measurement.ending import Ending, how_it_ends
from rehearse.measurement.fillers import filled_pauses
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Word


def ending(text: str, language: str = "en") -> Ending | None:
    tokens = tokens_of([Word(text=text, start_s=0.0, end_s=1.0)])
    return how_it_ends(tokens, filled_pauses(tokens, language), language)


@pytest.mark.parametrize(
    ("text", "trail"),
    [
        ("And we kept the client. So, yeah.", "so yeah"),
        ("We kept the client, so", "so"),
        ("we kept the client and um yeah", "and yeah"),
        ("We kept the client, and...", "and"),
        ("We kept the client, and then, um", "and then"),
        ("He was angry or something like that.", "or something like that"),
        ("That is what I learned, I guess.", "i guess"),
        ("It was good, you know.", "you know"),
        ("And that was the...", "the"),
        ("And I called um", "and i called"),
        ("I sent the invoices and stuff.", "and stuff"),
        ("I know about the history and that.", "and that"),
    ],
)
def test_an_answer_that_does_not_know_how_to_stop_trails_off(text: str, trail: str) -> None:
    assert ending(text) == Ending(kind="trailing off", text=trail)


@pytest.mark.parametrize(
    "text",
    [
        "And we kept the client.",
        "I hope so.",
        "He asked me what I know, and who I know, and that is what you know.",
        "And he said yes!",
        "Would you do it again?",
        "That was all.",
        "We tried this and that.",
        "I told him what I want.",
        "We do not need anything or something.",
    ],
)
def test_a_full_sentence_is_finished(text: str) -> None:
    found = ending(text)
    assert found is not None and found.kind == "finished"


def test_a_finished_answer_names_its_last_words() -> None:
    assert ending("In the end we kept the client.") == Ending(kind="finished", text="end we kept the client")


@pytest.mark.parametrize("text", ["", "um", "and we kept the client", "[music]"])
def test_without_punctuation_a_plain_end_says_nothing(text: str) -> None:
    assert ending(text) is None


def test_other_languages_are_left_alone() -> None:
    assert ending("Wir haben den Kunden behalten. Also, ja.", "de") is None
