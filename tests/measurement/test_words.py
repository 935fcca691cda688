"""One rule for what a word is, whatever the engine wrote."""

import pytest

from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Word


def plain(*written: str) -> list[str]:
    words = [Word(text=text, start_s=float(place), end_s=place + 1.0) for place, text in enumerate(written)]
    return [token.plain for token in tokens_of(words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We shipped it.", ["we", "shipped", "it"]),
        ("a well-known team", ["a", "well-known", "team"]),
        ("I’m sure it's 3.5 or 80% or $5", ["i'm", "sure", "it's", "3.5", "or", "80", "or", "5"]),
        ("yes - no – maybe — then...", ["yes", "no", "maybe", "then"]),
        ("well—we left...then", ["well", "we", "left", "then"]),
        ("w- we", ["w", "we"]),
        ("[laughter] we [BLANK_AUDIO] left [speaking foreign language].", ["we", "left"]),
        ("*sighs* we *clears throat loudly* left", ["we", "left"]),
        ("♪ la la la ♪ we left ♪", ["we", "left"]),
        ("(laughs) we left (upbeat music)", ["we", "left"]),
        ("the KPI (key performance indicator) rose", ["the", "kpi", "key", "performance", "indicator", "rose"]),
        ("[UM] we [UH] left", ["um", "we", "uh", "left"]),
        ("A\u0308hm naïve", ["ähm", "naïve"]),
        ("", []),
        ("... ♪ - [Music]", []),
    ],
)
def test_words_are_split_at_white_space_and_without_tags(text: str, expected: list[str]) -> None:
    assert plain(*text.split()) == expected


def test_a_tag_never_closed_swallows_nothing() -> None:
    text = "[never closed and so on and so forth and more"
    assert len(plain(*text.split())) == 10


def test_several_words_in_one_entry_share_its_time() -> None:
    tokens = tokens_of([Word(text="New York", start_s=1.0, end_s=2.0)])
    assert [(token.plain, token.start_s, token.end_s) for token in tokens] == [("new", 1.0, 1.5), ("york", 1.5, 2.0)]


@pytest.mark.parametrize("pieces", [("well", "-known"), ("3", ".5"), ("1", ",000"), ("and", "/or"), ("3", ":30")])
def test_a_word_that_a_recogniser_cut_in_two_is_one_word(pieces: tuple[str, str]) -> None:
    assert plain(*pieces) == ["".join(pieces)]


def test_punctuation_belongs_to_the_word_before_it() -> None:
    words = [Word(text=text, start_s=0.0, end_s=1.0) for text in ['"So', "-", "we", "left", '."', "then…"]]
    assert [(token.written, token.before, token.after) for token in tokens_of(words)] == [
        ("So", '"', "—"),
        ("we", "", ""),
        ("left", "", '."'),
        ("then", "", "…"),
    ]


def test_ends_of_clauses_and_sentences_are_told_apart_and_an_ellipsis_is_neither() -> None:
    tokens = tokens_of([Word(text="One, two. three — four... five?", start_s=0.0, end_s=1.0)])
    assert [(token.ends_clause, token.ends_sentence) for token in tokens] == [
        (True, False),
        (True, True),
        (True, False),
        (False, False),
        (True, True),
    ]
