"""Level and clipping, the same however the recording is cut into blocks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.measurement.delivery import CLIPPED_TIMES, measure_level
from rehearse.transcription.transcript import Span, SpeechActivity

RATE_HZ = 16_000


def speech(*bounds_s: tuple[float, float]) -> SpeechActivity:
    return SpeechActivity(recording_s=3.0, spans=tuple(Span(start_s=start, end_s=end) for start, end in bounds_s))


def tone(amplitude: float, length_s: float = 1.0, pitch_hz: float = 100.0) -> np.ndarray:
    times = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    return (amplitude * np.sin(2 * np.pi * pitch_hz * times)).astype(np.float32)


def test_a_full_scale_sine_has_minus_three_dbfs_and_half_of_it_minus_nine() -> None:
    assert measure_level([tone(1.0)], speech((0.0, 1.0))).level_dbfs == pytest.approx(-3.01, abs=0.01)
    assert measure_level([tone(0.5)], speech((0.0, 1.0))).level_dbfs == pytest.approx(-9.03, abs=0.01)


def test_only_speech_is_measured() -> None:
    sound = np.concatenate((tone(0.9), tone(0.1), tone(0.9)))
    level = measure_level([sound], speech((1.0, 2.0)))
    assert level.level_dbfs == pytest.approx(-23.01, abs=0.01)


def test_silence_has_no_level() -> None:
    assert measure_level([np.zeros(RATE_HZ, dtype=np.float32)], speech((0.0, 1.0))).level_dbfs is None
    assert measure_level([tone(0.5)], speech()).level_dbfs is None
    assert measure_level([], speech()).level_dbfs is None


def test_a_voice_with_its_tops_cut_off_is_clipped() -> None:
    assert measure_level([np.clip(tone(2.0), -1.0, 1.0)], speech((0.0, 1.0))).clipped


def test_a_loud_voice_that_just_fits_is_not_clipped() -> None:
    assert not measure_level([tone(0.99)], speech((0.0, 1.0))).clipped


def with_knocks(count: int, length: int) -> np.ndarray:
    sound = tone(0.3)
    for number in range(count):
        sound[1000 * (number + 1) : 1000 * (number + 1) + length] = 1.0
    return sound


def test_a_few_knocks_are_no_clipping() -> None:
    assert not measure_level([with_knocks(CLIPPED_TIMES - 1, length=50)], speech((0.0, 1.0))).clipped
    assert measure_level([with_knocks(CLIPPED_TIMES, length=3)], speech((0.0, 1.0))).clipped


def test_two_samples_at_full_scale_are_an_honest_peak() -> None:
    assert not measure_level([with_knocks(CLIPPED_TIMES, length=2)], speech((0.0, 1.0))).clipped


def test_knocks_outside_the_speech_do_not_matter() -> None:
    assert not measure_level([with_knocks(CLIPPED_TIMES, length=50)], speech((0.9, 1.0))).clipped


@settings(max_examples=40)
@given(st.lists(st.integers(1, 15_999), max_size=12), st.integers(CLIPPED_TIMES - 1, CLIPPED_TIMES))
def test_how_the_recording_is_cut_into_blocks_changes_nothing(cuts: list[int], knocks: int) -> None:
    sound = with_knocks(knocks, length=3)
    active = speech((0.01, 0.4), (0.5, 0.95))
    whole = measure_level([sound], active)
    blocks = measure_level(np.split(sound, sorted(cuts)), active)
    assert blocks.level_dbfs == pytest.approx(whole.level_dbfs)
    assert blocks.clipped == whole.clipped


def test_blocks_shorter_than_a_run_of_clipped_samples_still_find_it() -> None:
    sound = with_knocks(CLIPPED_TIMES, length=3)
    assert measure_level(np.split(sound, range(1, len(sound), 2)), speech((0.0, 1.0))).clipped
