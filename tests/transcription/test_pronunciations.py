"""How a written word is said, and sounds for words that no dictionary has."""

import pytest

from rehearse.transcription.pronunciations import sounds_of, spoken

DICTIONARY = frozenset(
    ("i'm", "don't", "api", "state", "of", "the", "art", "rose", "hill", "a.", "f.", "m.", "p.", "shop")
)


def known(word: str) -> bool:
    return word in DICTIONARY


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("I’m", "i'm"),
        ("don't,", "don't"),
        ("state-of-the-art", "state of the art"),
        ("2019.", "twenty nineteen"),
        ("1905", "nineteen oh five"),
        ("2000", "two thousand"),
        ("2007", "two thousand seven"),
        ("1,250", "one thousand two hundred fifty"),
        ("$40", "forty dollars"),
        ("3.5%", "three point five percent"),
        ("9:00", "nine"),
        ("12:30", "twelve thirty"),
        ("21st", "twenty first"),
        ("20th", "twentieth"),
        ("5th", "fifth"),
        ("007", "zero zero seven"),
        ("0", "zero"),
        ("API", "api"),
        ("MFA", "m. f. a."),
        ("MP3", "m. p. three"),
        ("Rosehill", "rose hill"),
        ("shops", "shops"),
        ("—", ""),
        ("...", ""),
    ],
)
def test_what_is_said_for_a_written_word(written: str, expected: str) -> None:
    assert " ".join(spoken(written, known)) == expected


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("iroha", "ER AA HH AH"),
        ("karuta", "K AA R AH T AH"),
        ("knight", "N AY T"),
        ("python", "P IY TH AA N"),
        ("cake", "K EY K"),
        ("notion", "N AA SH AH N"),
        ("bottle", "B AA T AH L"),
        ("wrapped", "R AE P D"),
        ("éclair", "EH K L EY R"),
        ("язык", "AH"),
    ],
)
def test_a_word_of_no_dictionary_sounds_as_it_is_spelt(word: str, phones: str) -> None:
    assert sounds_of(word) == phones


def test_every_phone_is_one_that_the_acoustic_model_has() -> None:
    vowels = {"AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"}
    stops = {"B", "D", "G", "K", "P", "T", "CH", "JH"}
    others = {"DH", "F", "HH", "L", "M", "N", "NG", "R", "S", "SH", "TH", "V", "W", "Y", "Z", "ZH"}
    words = (
        "equation youth jungle xylophone church quickly vowels ghost wharf dumb zebra judge fuzzy schooner high eight"
    )
    assert {phone for word in words.split() for phone in sounds_of(word).split()} <= vowels | stops | others
