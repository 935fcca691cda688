"""Held sounds among words: a word's own, a hum, or a filled pause that no word accounts for."""

from dataclasses import replace

import pytest

from rehearse.measurement.drawn_out import HeldAmongWords, Hum, StretchedWord, not_drawn_out
from rehearse.measurement.fillers import Filler
from rehearse.measurement.held_sounds import Held, HeldSound
from rehearse.measurement.languages import FILLER_LISTS
from rehearse.measurement.markers import HeldVowel
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Word

UH = HeldVowel(written="uh", first_hz=(400.0, 950.0), second_hz=(1000.0, 1750.0))
#: An open vowel from 10.0 to 10.5 s, as it stands between two silences.
SOUND = HeldSound(
    start_s=10.0, end_s=10.5, change_db=1.2, first_hz=620.0, second_hz=1250.0, high_db=-4.0, apart_db=30.0
)
CLOSED = replace(SOUND, first_hz=260.0, second_hz=1150.0, high_db=-14.0)
#: A speaker who holds ordinary vowels for about a tenth of a second, and takes 0.05 s a letter.
USUAL_S = (0.07, 0.08, 0.09, 0.1, 0.1, 0.11, 0.12, 0.08, 0.1, 0.13)
REST = tuple(Word(text="nineteen", start_s=20 + n * 0.5, end_s=20 + n * 0.5 + 0.45) for n in range(10))
SPEECH_S = 4.5


def among(
    *words: tuple[str, float, float], sound: HeldSound = SOUND, lengths_s: tuple[float, ...] = USUAL_S
) -> HeldAmongWords:
    held = Held(sounds=(sound,), lengths_s=(*lengths_s, sound.length_s))
    said = [Word(text=text, start_s=start_s, end_s=end_s) for text, start_s, end_s in words]
    return HeldAmongWords(held, tokens_of([*said, *REST]), SPEECH_S)


def filler(start_s: float, end_s: float, kind: str = "sound") -> Filler:
    return Filler(text="uh", start_s=start_s, end_s=end_s, kind="word" if kind == "word" else "sound")


def test_a_held_vowel_between_the_words_is_a_filled_pause() -> None:
    known = among(("then", 9.0, 9.4), ("we", 10.6, 10.8))
    assert known.filled_pauses(UH) == (Filler(text="uh", start_s=10.0, end_s=10.5, kind="sound", source="sound"),)
    assert known.stretched(()) == ()


def test_it_may_hide_in_the_word_after_it_if_that_word_has_time_left() -> None:
    assert among(("we", 10.3, 10.7)).filled_pauses(UH)
    # 'We' cannot be said in 0.05 s.
    assert not among(("we", 10.3, 10.55)).filled_pauses(UH)
    # Nor can a long word in what a short one needs.
    assert not among(("warehouses", 10.3, 10.7)).filled_pauses(UH)


def test_what_a_word_covers_is_the_words_own() -> None:
    known = among(("so", 10.15, 10.51))
    assert known.filled_pauses(UH) == ()
    assert known.stretched(()) == (StretchedWord(text="so", start_s=10.0, end_s=10.5),)


def test_where_neither_is_plain_nothing_is_said() -> None:
    known = among(("so", 10.1, 10.8))
    assert known.filled_pauses(UH) == ()
    assert known.stretched(()) == ()


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(replace(SOUND, first_hz=300.0), id="a closed vowel"),
        pytest.param(replace(SOUND, second_hz=2200.0), id="a front vowel"),
        pytest.param(replace(SOUND, change_db=0.1), id="a machine"),
        pytest.param(replace(SOUND, change_db=2.8), id="speech"),
        pytest.param(replace(SOUND, end_s=13.0), id="singing"),
        pytest.param(replace(SOUND, first_hz=float("inf"), second_hz=float("inf")), id="noise"),
    ],
)
def test_other_held_sounds_are_no_filled_pause(sound: HeldSound) -> None:
    assert among(sound=sound).filled_pauses(UH) == ()


def test_a_word_is_drawn_out_only_against_this_speakers_own_vowels() -> None:
    word = ("so", 9.95, 10.31)
    short = replace(SOUND, end_s=10.3)
    assert among(word, sound=short).stretched(())
    # The same third of a second from one who always speaks that way.
    assert not among(word, sound=short, lengths_s=tuple(2.5 * length_s for length_s in USUAL_S)).stretched(())
    assert not among(word, sound=replace(SOUND, end_s=10.24), lengths_s=(0.05,) * 12).stretched(())


def test_with_too_little_heard_a_usual_voice_is_assumed() -> None:
    assert among(("so", 10.0, 10.51), lengths_s=()).stretched(())
    assert not among(("so", 10.0, 10.2), sound=replace(SOUND, end_s=10.2), lengths_s=()).stretched(())


def test_a_filled_pause_is_no_drawn_out_word() -> None:
    known = among(("so", 10.15, 10.51))
    assert known.stretched([filler(10.0, 10.4)]) == ()
    assert known.stretched([filler(10.6, 10.9)])
    assert known.stretched([filler(10.0, 10.4, kind="word")])


def test_a_hit_of_the_aligner_in_a_drawn_out_word_is_that_word() -> None:
    word = StretchedWord(text="so", start_s=10.0, end_s=10.5)
    hit, beside = filler(10.1, 10.5), filler(10.45, 10.9)
    assert not_drawn_out((hit, beside), (word,)) == (beside,)
    assert not_drawn_out((hit, beside), ()) == (hit, beside)


def test_with_the_mouth_closed_it_is_a_hum_and_no_filled_pause() -> None:
    known = among(("then", 9.0, 9.4), ("we", 11.0, 11.3), sound=CLOSED)
    assert known.hums(()) == (Hum(start_s=10.0, end_s=10.5),)
    assert known.filled_pauses(UH) == ()


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(SOUND, id="an open vowel"),
        pytest.param(replace(CLOSED, first_hz=500.0), id="a formant that a closed mouth has not"),
        pytest.param(replace(CLOSED, high_db=-2.0), id="too bright"),
        pytest.param(replace(CLOSED, apart_db=6.0), id="the n of a word"),
        pytest.param(replace(CLOSED, change_db=0.05), id="a machine"),
    ],
)
def test_other_sounds_are_no_hum(sound: HeldSound) -> None:
    assert among(sound=sound).hums(()) == ()


def test_a_hum_that_was_written_or_belongs_to_a_word_is_not_told_twice() -> None:
    assert among(sound=CLOSED).hums([filler(10.7, 11.0)]) == ()
    assert among(sound=CLOSED).hums([filler(10.9, 11.2)])
    assert among(("them", 10.1, 10.5), sound=CLOSED).hums(()) == ()


def test_of_several_words_the_one_that_covers_most_of_it_is_drawn_out() -> None:
    (word,) = among(("the", 9.8, 10.1), ("Big,", 10.1, 10.55)).stretched(())
    assert word.text == "big"


def test_english_has_the_aligner_and_no_vowel_of_its_own_here() -> None:
    assert FILLER_LISTS["en"].held_vowel is None
