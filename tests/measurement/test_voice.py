"""Pitch, level and noise of voices whose pitch, level and noise are known."""

import numpy as np
import numpy.typing as npt
import pytest

from rehearse.measurement.voice import Voice, VoiceTrack
from rehearse.transcription.transcript import Span, SpeechActivity

Floats = npt.NDArray[np.float64]


def voiced(pitch_hz: Floats, rate_hz: int, harmonics: range = range(1, 20)) -> Floats:
    """A buzz at that pitch in each sample, with falling harmonics."""
    phase = 2 * np.pi * np.cumsum(pitch_hz) / rate_hz
    sound = sum(np.sin(number * phase) / number for number in harmonics if number * pitch_hz.max() < rate_hz / 2)
    return np.asarray(0.2 * sound / np.abs(sound).max())


def heard(sound: Floats, rate_hz: int = 16_000, block: int = 4_001, *bounds_s: tuple[float, float]) -> Voice:
    whole_s = len(sound) / rate_hz
    spans = tuple(Span(start_s=start_s, end_s=end_s) for start_s, end_s in bounds_s or ((0.0, whole_s),))
    track = VoiceTrack(SpeechActivity(recording_s=whole_s, spans=spans), rate_hz)
    for start in range(0, len(sound), block):
        track.add(sound[start : start + block].astype(np.float32))
    return track.voice()


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 48_000])
@pytest.mark.parametrize("pitch_hz", [80.0, 120.0, 210.0, 380.0])
def test_a_level_voice_has_its_pitch_and_no_range(rate_hz: int, pitch_hz: float) -> None:
    voice = heard(voiced(np.full(4 * rate_hz, pitch_hz), rate_hz), rate_hz)
    assert voice.pitch_median_hz == pytest.approx(pitch_hz, rel=0.01)
    assert voice.pitch_range_semitones == pytest.approx(0.0, abs=0.3)
    assert voice.level_spread_db == pytest.approx(0.0, abs=0.5)


def test_a_voice_without_its_lowest_harmonics_keeps_its_pitch() -> None:
    voice = heard(voiced(np.full(64_000, 110.0), 16_000, range(3, 20)))
    assert voice.pitch_median_hz == pytest.approx(110.0, rel=0.01)


def test_the_range_is_that_of_the_middle_four_fifths() -> None:
    semitones = np.linspace(-5.0, 5.0, 96_000)
    voice = heard(voiced(150.0 * 2.0 ** (semitones / 12), 16_000))
    assert voice.pitch_median_hz == pytest.approx(150.0, rel=0.02)
    assert voice.pitch_range_semitones == pytest.approx(8.0, abs=0.5)


def test_single_octave_jumps_do_not_widen_the_range() -> None:
    pitch_hz = np.full(96_000, 120.0)
    for start in range(8_000, 90_000, 8_000):
        pitch_hz[start : start + 1_200] = 240.0
    voice = heard(voiced(pitch_hz, 16_000))
    assert voice.pitch_range_semitones == pytest.approx(0.0, abs=1.0)


def test_noise_has_no_pitch() -> None:
    noise = 0.1 * np.random.default_rng(1).standard_normal(64_000)
    assert heard(noise).pitch_median_hz is None


def test_a_moment_of_voice_is_too_little() -> None:
    assert heard(voiced(np.full(16_000, 120.0), 16_000)) == Voice()


def test_the_noise_floor_is_the_level_where_nobody_speaks() -> None:
    noise = 0.001 * np.random.default_rng(1).standard_normal(96_000)
    noise[16_000:80_000] += voiced(np.full(64_000, 120.0), 16_000)
    voice = heard(noise, 16_000, 5_000, (1.0, 5.0))
    assert voice.noise_floor_dbfs == pytest.approx(-60.0, abs=0.5)
    assert voice.pitch_median_hz == pytest.approx(120.0, rel=0.01)


def test_digital_silence_has_no_noise_floor() -> None:
    sound = np.zeros(96_000)
    sound[16_000:80_000] = voiced(np.full(64_000, 120.0), 16_000)
    assert heard(sound, 16_000, 5_000, (1.0, 5.0)).noise_floor_dbfs is None


def test_a_voice_that_swells_has_a_wider_spread() -> None:
    swell = np.linspace(0.1, 1.0, 64_000) * voiced(np.full(64_000, 120.0), 16_000)
    assert (heard(swell).level_spread_db or 0.0) > 4.0


@pytest.mark.parametrize("block", [50, 7_777, 1_000_000])
def test_how_the_sound_is_cut_into_blocks_does_not_matter(block: int) -> None:
    sound = voiced(np.linspace(100.0, 180.0, 40_000), 16_000)
    whole, cut = heard(sound, 16_000, 999), heard(sound, 16_000, block)
    assert cut.pitch_median_hz == pytest.approx(whole.pitch_median_hz)
    assert cut.level_spread_db == pytest.approx(whole.level_spread_db)


def test_nothing_heard_is_nothing_known() -> None:
    assert heard(np.zeros(10)) == Voice()
