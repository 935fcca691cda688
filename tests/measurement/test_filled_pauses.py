"""Filled pauses in the sound: vowels made here with known formants, and what is easily taken for them."""

from functools import partial

import numpy as np
import pytest
from made_voices import AH_HZ, EE_HZ, UH_HZ, Sound, hum, noise, vowel

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Samples
from rehearse.measurement.filled_pauses import Heard, filled_pauses_in, shape_of, unwritten, vowel_of
from rehearse.measurement.fillers import Filler
from rehearse.measurement.sound_shapes import formants, loudness
from rehearse.transcription.transcript import Hesitation


def heard(
    sound: Sound, m_s: float = 0.0, written: tuple[Filler, ...] = (), loud_db: float = -20.0, times: int = 1
) -> Heard:
    """What is heard in a sound that begins after a second of silence, marked by the aligner from end to end."""
    length_s = len(sound) / ANALYSIS_RATE_HZ
    silence = np.zeros(ANALYSIS_RATE_HZ)
    whole = np.concatenate([part for _ in range(times) for part in (silence, sound)] + [silence]).astype(np.float32)

    def read(start_s: float, end_s: float) -> Samples:
        return whole[round(start_s * ANALYSIS_RATE_HZ) : round(end_s * ANALYSIS_RATE_HZ)]

    starts_s = [1.0 + place * (1.0 + length_s) for place in range(times)]
    marks = [Hesitation(start_s=at, vowel_end_s=at + length_s - m_s, end_s=at + length_s) for at in starts_s]
    return unwritten(filled_pauses_in(marks, read, loud_db), written, answer_s=len(whole) / ANALYSIS_RATE_HZ)


@pytest.mark.parametrize("pitch_hz", [90.0, 118.0, 210.0])
def test_the_vowel_of_a_mouth_at_rest_is_an_uh(pitch_hz: float) -> None:
    (filler,) = heard(vowel(UH_HZ, 0.4, pitch_hz)).fillers
    assert filler == Filler(text="uh", start_s=1.0, end_s=1.4, kind="sound", source="sound")


def test_with_an_m_behind_it_it_is_an_um_and_its_vowel_may_be_short() -> None:
    sound = np.concatenate((vowel(UH_HZ, 0.14), 0.4 * vowel((250.0, 1100.0, 2400.0), 0.3)))
    (filler,) = heard(sound, m_s=0.3).fillers
    assert (filler.text, filler.end_s) == ("um", pytest.approx(1.44))
    assert heard(vowel(UH_HZ, 0.14)).fillers == ()


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(vowel(EE_HZ, 0.4), id="a held ee"),
        pytest.param(vowel(AH_HZ, 0.4), id="a held open ah"),
        pytest.param(noise(0.4), id="a breath"),
        pytest.param(hum(0.8), id="a machine"),
        pytest.param(np.zeros(6400), id="silence"),
        pytest.param(vowel(UH_HZ, 0.1), id="too short"),
        pytest.param(vowel(UH_HZ, 3.0), id="too long"),
        pytest.param(0.03 * vowel(UH_HZ, 0.4), id="somebody far away"),
        pytest.param(np.concatenate([vowel(UH_HZ, 0.1), vowel(EE_HZ, 0.1)] * 3), id="syllables"),
    ],
)
def test_what_only_resembles_it_is_none(sound: Sound) -> None:
    assert heard(sound) == Heard(fillers=(), can_tell=True)


def test_what_is_short_must_be_loud() -> None:
    assert heard(vowel(UH_HZ, 0.2), loud_db=-20.0).fillers
    assert heard(vowel(UH_HZ, 0.2), loud_db=-5.0).fillers == ()
    assert heard(vowel(UH_HZ, 0.4), loud_db=-5.0).fillers


def written(start_s: float, end_s: float, kind: str = "sound") -> Filler:
    return Filler(text="uh", start_s=start_s, end_s=end_s, kind="word" if kind == "word" else "sound")


@pytest.mark.parametrize(
    ("already", "count"),
    [
        (written(1.1, 1.3), 0),
        (written(0.2, 0.75), 0),
        (written(1.65, 2.0), 0),
        (written(0.2, 0.65), 1),
        (written(1.75, 2.0), 1),
        (written(1.1, 1.3, kind="word"), 1),
    ],
)
def test_what_the_engine_wrote_is_not_counted_again(already: Filler, count: int) -> None:
    assert len(heard(vowel(UH_HZ, 0.4), written=(already,)).fillers) == count


def test_where_they_come_too_fast_to_be_believed_none_is_counted() -> None:
    assert len(heard(vowel(UH_HZ, 0.4), times=8).fillers) == 8
    too_fast = heard(vowel(UH_HZ, 0.4), times=9)
    assert (too_fast.fillers, too_fast.can_tell, len(too_fast.too_many)) == ((), False, 9)


@pytest.mark.parametrize("formants_hz", [UH_HZ, (500.0, 1500.0, 2500.0), (750.0, 1150.0, 2600.0)])
def test_formants_are_found_within_a_tenth(formants_hz: tuple[float, ...]) -> None:
    first, second = formants(vowel(formants_hz, 0.5))
    assert np.median(first) == pytest.approx(formants_hz[0], rel=0.1)
    assert np.median(second) == pytest.approx(formants_hz[1], rel=0.1)


def test_loudness_is_that_of_the_loud_parts_however_long_the_silence() -> None:
    loud = np.full(16_000, 0.1, np.float32)
    assert loudness([np.zeros(160_000, np.float32), loud]) == pytest.approx(-20.0)
    assert loudness([np.zeros(80, np.float32)]) == pytest.approx(-120.0)


def test_the_shape_of_a_vowel_is_the_same_by_itself_and_not_moved_by_loudness() -> None:
    uh = np.concatenate([np.zeros(ANALYSIS_RATE_HZ), vowel(UH_HZ, 0.4)]).astype(np.float32)
    place = Hesitation(start_s=1.0, vowel_end_s=1.4, end_s=1.4)

    def read(start_s: float, end_s: float, gain: float = 1.0) -> Samples:
        return gain * uh[round(start_s * ANALYSIS_RATE_HZ) : round(end_s * ANALYSIS_RATE_HZ)]

    shape = shape_of(place, read)
    assert shape == vowel_of(place, read, loud_db=-20.0).shape and len(shape) == 40
    assert shape_of(place, partial(read, gain=0.1)) == pytest.approx(shape, abs=0.01)
    assert shape_of(Hesitation(start_s=9.0, vowel_end_s=9.4, end_s=9.4), read) == ()
