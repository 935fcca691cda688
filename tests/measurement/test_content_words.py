"""Which words carry news, and which of them are forms of one."""

import pytest

from rehearse.measurement.content_words import content_stems, stem_of
from rehearse.measurement.stop_words import STOP_WORDS
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Word


def carrying(text: str, language: str = "en") -> list[str]:
    """The words that carry news."""
    tokens = tokens_of([Word(text=text, start_s=0.0, end_s=1.0)])
    stems = content_stems(tokens, (), language)
    assert stems is not None
    return [token.plain for token, stem in zip(tokens, stems, strict=True) if stem is not None]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "manager's", "managers"),
        ("en", "agreed", "agreeing"),
        ("en", "didn't", "did"),
        ("de", "verträge", "vertrag"),
        ("fr", "l'entrepôt", "entrepôts"),
        ("es", "clientes", "cliente"),
        ("xx", "word", "word"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, one: str, other: str) -> None:
    assert stem_of(one, language) == stem_of(other, language)


@pytest.mark.parametrize(("one", "other"), [("client", "climate"), ("manager", "manual"), ("north", "northern")])
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem_of(one, "en") != stem_of(other, "en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So, you know, I think that was really important.", []),
        ("We've learned a lot, and I'd say it's the kind of thing you don't forget.", []),
        ("He signed the contract within an hour, for 40,000 euros.", ["signed", "contract", "hour", "40,000", "euros"]),
    ],
)
def test_grammar_and_talk_about_talking_carry_no_news(text: str, expected: list[str]) -> None:
    assert carrying(text) == expected


def test_a_filled_pause_carries_no_news() -> None:
    tokens = tokens_of([Word(text="ehm contract", start_s=0.0, end_s=1.0)])
    assert content_stems(tokens, {0}, "en") == (None, stem_of("contract", "en"))


def test_of_a_language_without_stop_words_nothing_is_known() -> None:
    assert content_stems(tokens_of([Word(text="sana", start_s=0.0, end_s=1.0)]), (), "fi") is None


@pytest.mark.parametrize("language", sorted(STOP_WORDS))
def test_stop_words_are_written_as_tokens_are(language: str) -> None:
    assert all(word == word.lower() and " " not in word for word in STOP_WORDS[language])
