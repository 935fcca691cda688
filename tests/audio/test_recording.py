"""A recording as it lies on this machine: read in blocks and at any rate, or a sentence saying why it cannot be."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from steady_tone import PITCH_HZ, tone

from rehearse.audio.recording import ANALYSIS_RATE_HZ, open_recording, pcm_blocks
from rehearse.errors import RecordingUnreadable


@settings(max_examples=25, deadline=None)
@given(block_s=st.floats(0.00001, 3), count=st.integers(0, 20_000))
def test_the_blocks_together_are_the_samples(
    tmp_path_factory: pytest.TempPathFactory, block_s: float, count: int
) -> None:
    path = tmp_path_factory.mktemp("blocks") / "answer.wav"
    soundfile.write(path, tone(2)[:count], ANALYSIS_RATE_HZ)
    recording = open_recording(path)
    blocks = list(recording.blocks(max(block_s, count / ANALYSIS_RATE_HZ / 500)))
    assert np.array_equal(np.concatenate([np.zeros(0, np.float32), *blocks]), recording.samples())


@given(start_s=st.floats(-1, 3), end_s=st.floats(-1, 3))
@settings(deadline=None)
def test_samples_outside_the_file_are_simply_not_there(
    tmp_path_factory: pytest.TempPathFactory, start_s: float, end_s: float
) -> None:
    path = tmp_path_factory.getbasetemp() / "two-seconds.wav"
    if not path.exists():
        soundfile.write(path, tone(2), ANALYSIS_RATE_HZ)
    recording = open_recording(path)
    first, last = (min(max(0, round(place * ANALYSIS_RATE_HZ)), 2 * ANALYSIS_RATE_HZ) for place in (start_s, end_s))
    assert np.array_equal(recording.samples(start_s, end_s), recording.samples()[first:last])


def test_a_recording_that_went_away_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    soundfile.write(path, tone(1), ANALYSIS_RATE_HZ)
    recording = open_recording(path)
    path.unlink()
    with pytest.raises(RecordingUnreadable, match=r"answer\.wav is not there any more"):
        recording.samples()


def test_a_damaged_recording_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    path.write_bytes(b"RIFF" + bytes(40))
    with pytest.raises(RecordingUnreadable, match=r"answer\.wav is damaged"):
        open_recording(path)


def test_pcm_blocks_at_the_own_rate_are_the_file(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    samples = np.random.default_rng(5).integers(-32_768, 32_768, 25 * ANALYSIS_RATE_HZ, dtype=np.int16)
    soundfile.write(path, samples, ANALYSIS_RATE_HZ)
    assert np.array_equal(np.concatenate(list(pcm_blocks(open_recording(path), ANALYSIS_RATE_HZ))), samples)


@pytest.mark.parametrize("rate_hz", [8_000, 44_100, 48_000])
def test_pcm_blocks_at_another_rate_keep_length_and_pitch(tmp_path: Path, rate_hz: int) -> None:
    path = tmp_path / "answer.wav"
    soundfile.write(path, tone(12), ANALYSIS_RATE_HZ)
    samples = np.concatenate(list(pcm_blocks(open_recording(path), rate_hz)))
    assert len(samples) == pytest.approx(12 * rate_hz, abs=rate_hz / 100)
    assert np.argmax(np.abs(np.fft.rfft(samples))) / 12 == pytest.approx(PITCH_HZ, abs=1)
