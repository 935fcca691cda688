"""Sound that changes its rate on the way stays the same sound, however it was cut into blocks."""

import numpy as np
import pytest

from rehearse.audio.ffmpeg import Resampler


@pytest.mark.parametrize(("from_hz", "to_hz"), [(44_100, 16_000), (8_000, 16_000), (16_000, 44_100)])
def test_a_tone_keeps_its_pitch_its_level_and_its_length(from_hz: int, to_hz: int) -> None:
    tone = np.rint(8000 * np.sin(2 * np.pi * 440 * np.arange(2 * from_hz) / from_hz)).astype(np.int16)
    resampler = Resampler(from_hz, to_hz)
    given = [resampler.feed(block) for block in np.split(tone, np.arange(500, len(tone), 500))]
    sound = np.concatenate([*given, resampler.rest()]).astype(float)
    assert len(sound) == pytest.approx(2 * to_hz, abs=0.005 * to_hz)
    assert np.argmax(np.abs(np.fft.rfft(sound[:to_hz]))) == 440
    assert np.sqrt(np.mean(sound**2)) == pytest.approx(8000 / np.sqrt(2), rel=0.01)


def test_no_samples_give_none() -> None:
    resampler = Resampler(44_100, 16_000)
    assert len(resampler.feed(np.zeros(0, np.int16))) == 0
    assert len(resampler.rest()) == 0
