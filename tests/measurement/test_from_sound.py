"""Which sounds of an answer are counted, which are only told of, and where nobody looked."""

from dataclasses import replace
from functools import partial

import pytest

from rehearse.measurement.counted_fillers import count_fillers
from rehearse.measurement.drawn_out import Hum, StretchedWord
from rehearse.measurement.fillers import Filler
from rehearse.measurement.from_sound import FromSound, from_sound
from rehearse.measurement.held_sounds import Held, HeldSound
from rehearse.measurement.languages import FILLER_LISTS
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import EngineIdentity, EngineName, Transcript, Word

#: 'So wir haben nun gearbeitet und', a word each half second from 1 s on; then nothing until 'alles' at 8 s.
TEXT = "so wir haben nun gearbeitet und"
WORDS = (
    *(Word(text=text, start_s=1 + 0.5 * place, end_s=1.4 + 0.5 * place) for place, text in enumerate(TEXT.split())),
    Word(text="alles", start_s=8.0, end_s=8.4),
)
DE = FILLER_LISTS["de"].held_vowel
assert DE is not None
VOWEL = HeldSound(
    start_s=5.0,
    end_s=5.4,
    change_db=1.0,
    first_hz=sum(DE.first_hz) / 2,
    second_hz=sum(DE.second_hz) / 2,
    high_db=-4.0,
    apart_db=20.0,
)
IN_SO = replace(VOWEL, start_s=1.05, end_s=1.4)
HM = replace(VOWEL, start_s=6.5, end_s=6.9, first_hz=250.0, second_hz=1200.0, high_db=-15.0)
HELD = Held(sounds=(IN_SO, VOWEL, HM), lengths_s=(0.08, 0.1, 0.09) * 5)
COUNTED = Filler(text=DE.written, start_s=5.0, end_s=5.4, kind="sound", source="sound")
SO, HUM = StretchedWord(text="so", start_s=1.05, end_s=1.4), Hum(start_s=6.5, end_s=6.9)


def heard(
    language: str = "de",
    engine: EngineName = "whisper",
    written: tuple[Filler, ...] = (),
    aligned: tuple[Filler, ...] | None = None,
    held: Held | None = HELD,
) -> FromSound:
    transcript = Transcript(
        language=language, words=WORDS, engine=EngineIdentity(name=engine, model="base", version="1")
    )
    return from_sound(transcript, tokens_of(WORDS), written, aligned=aligned, held=held, phonation_s=3.0)


def sound(start_s: float, end_s: float, text: str = "uh") -> Filler:
    return Filler(text=text, start_s=start_s, end_s=end_s, kind="sound", source="sound")


def test_without_an_aligner_the_vowel_of_the_language_between_the_words_is_counted() -> None:
    assert heard() == FromSound(sounds=(COUNTED,), stretched_words=(SO,), hums=(HUM,))


def test_what_is_written_or_no_filler_for_this_person_is_not_counted() -> None:
    written = (replace(COUNTED, start_s=5.5, end_s=5.6, source="text"),)
    counted = partial(count_fillers, tokens_of(WORDS), frozenset(), answer_s=7.4)
    assert counted(written, heard=heard(written=written).sounds).fillers == written
    assert counted((), heard=heard().sounds).fillers == (COUNTED,)
    assert counted((), heard=heard().sounds, never=(COUNTED.text,)).fillers == ()


@pytest.mark.parametrize("language", ["it", "nl", "pt", "fi"])
def test_where_nobody_knows_how_well_it_works_nothing_is_counted(language: str) -> None:
    found = heard(language)
    assert found.sounds is None
    assert (found.stretched_words, found.hums) == ((SO,), (HUM,))


def test_a_transcript_brought_along_is_not_added_to() -> None:
    found = heard(engine="given")
    assert (found.sounds, found.stretched_words) == (None, (SO,))


def test_of_draft_words_none_is_said_to_be_drawn_out() -> None:
    assert heard("en", engine="draft") == FromSound()


def test_the_aligner_goes_before_the_vowel_and_a_drawn_out_word_before_the_aligner() -> None:
    um = sound(7.2, 7.6, "um")
    found = heard("en", aligned=(sound(1.1, 1.4), um))
    assert found.sounds == (um,)
    assert found.stretched_words == (SO,)


def test_a_hum_that_the_aligner_took_for_a_filled_pause_is_told_once() -> None:
    assert heard("en", aligned=(sound(6.5, 6.9),)).hums == ()


def test_too_many_to_be_believed_are_not_told_as_drawn_out_words_either() -> None:
    many = tuple(sound(place, place + 0.2) for place in range(2, 11))
    found = heard("en", aligned=many)
    counted = count_fillers(tokens_of(WORDS), frozenset(), (), answer_s=7.4, heard=found.sounds)
    assert (counted.fillers, counted.sound_fillers) == ((), "cannot tell")
    assert found.stretched_words == (SO,)


def test_without_sound_nothing_is_known() -> None:
    assert heard(held=None) == FromSound()
    assert heard("en", held=None, aligned=(sound(5.0, 5.4),)).sounds == (sound(5.0, 5.4),)
