"""What a voice holds, found in sound made here: where, how long, and what does not count as held."""

import numpy as np
import pytest
from made_voices import EE_HZ, UH_HZ, Sound, hum, noise, vowel

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Samples
from rehearse.measurement.held_sounds import HELD_S, Held, held_sounds
from rehearse.measurement.sound_shapes import loudness


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * ANALYSIS_RATE_HZ))


def held_in(*parts: Sound) -> Held:
    whole = np.concatenate(parts).astype(np.float32)

    def read(start_s: float, end_s: float) -> Samples:
        return whole[round(start_s * ANALYSIS_RATE_HZ) : round(end_s * ANALYSIS_RATE_HZ)]

    return held_sounds(read, len(whole) / ANALYSIS_RATE_HZ, loudness([whole]))


@pytest.mark.parametrize("pitch_hz", [90.0, 118.0, 210.0])
@pytest.mark.parametrize("formants_hz", [UH_HZ, (500.0, 1500.0, 2500.0)])
def test_a_held_vowel_is_found_where_it_is(formants_hz: tuple[float, ...], pitch_hz: float) -> None:
    (found,) = held_in(silence(1.0), vowel(formants_hz, 0.5, pitch_hz), silence(1.0)).sounds
    assert found.start_s == pytest.approx(1.0, abs=0.06)
    assert found.end_s == pytest.approx(1.5, abs=0.06)
    assert found.first_hz == pytest.approx(formants_hz[0], rel=0.15)
    assert found.second_hz == pytest.approx(formants_hz[1], rel=0.15)
    assert found.apart_db > 40


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(noise(0.6), id="a breath"),
        pytest.param(silence(0.6), id="silence"),
        pytest.param(np.concatenate([vowel(UH_HZ, 0.1), vowel(EE_HZ, 0.1)] * 4), id="syllables"),
        pytest.param(vowel(UH_HZ, HELD_S - 0.08), id="an ordinary vowel"),
        pytest.param(0.03 * vowel(UH_HZ, 0.6), id="somebody far away"),
    ],
)
def test_other_sounds_are_not_held(sound: Sound) -> None:
    found = held_in(silence(0.5), vowel(EE_HZ, 0.4), silence(0.5), sound, silence(0.5)).sounds
    assert [round(each.start_s, 1) for each in found] == [0.5]


def test_short_ones_only_tell_how_long_this_voice_holds_a_sound() -> None:
    syllables = [part for _ in range(5) for part in (vowel(UH_HZ, 0.14), silence(0.2))]
    found = held_in(silence(0.5), *syllables)
    assert found.sounds == ()
    assert len(found.lengths_s) == 5
    assert max(found.lengths_s) < HELD_S


def test_a_machine_is_steadier_than_a_voice() -> None:
    machine, voice = held_in(silence(0.5), hum(0.8), silence(0.5), vowel(UH_HZ, 0.8), silence(0.5)).sounds
    assert machine.change_db < 0.25 < voice.change_db


def test_what_stands_beside_a_vowel_is_not_apart() -> None:
    found = held_in(silence(0.5), vowel(UH_HZ, 0.4), vowel(EE_HZ, 0.4), silence(0.5)).sounds
    assert len(found) == 2
    assert max(each.apart_db for each in found) < 15


def test_it_does_not_matter_where_the_pieces_are_that_it_is_read_in() -> None:
    # Pieces are 20 s long: this vowel lies across the end of the first.
    late = held_in(silence(19.8), vowel(UH_HZ, 0.5), silence(1.0)).sounds
    early = held_in(silence(9.8), vowel(UH_HZ, 0.5), silence(1.0)).sounds
    assert [(round(each.start_s - 10, 2), round(each.end_s - 10, 2), each.change_db) for each in late] == [
        (round(each.start_s, 2), round(each.end_s, 2), pytest.approx(each.change_db)) for each in early
    ]


@pytest.mark.parametrize("seconds", [0.0, 0.004, 0.05])
def test_next_to_no_sound_holds_nothing(seconds: float) -> None:
    assert held_in(silence(seconds)) == Held(sounds=(), lengths_s=())


def test_a_sound_up_to_the_end_of_the_recording_is_held_and_apart() -> None:
    (found,) = held_in(silence(0.5), vowel(UH_HZ, 0.5)).sounds
    assert found.end_s == pytest.approx(1.0, abs=0.05)
