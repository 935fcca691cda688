"""Packing loses nothing, and never takes the original."""

import os
import stat
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.audio import packing
from rehearse.audio.decoding import at_analysis_rate
from rehearse.audio.journal import Journal
from rehearse.audio.packing import pack
from rehearse.audio.recording import Recording, open_recording
from rehearse.errors import RecordingUnreadable, StorageFailed


def kept(folder: Path, data: bytes, rate_hz: int = 16_000) -> Recording:
    journal = Journal(folder, rate_hz)
    journal.append(data)
    return open_recording(journal.finish())


def noise(count: int) -> bytes:
    return np.random.default_rng(3).integers(-32768, 32767, count, dtype=np.int16, endpoint=True).tobytes()


@settings(max_examples=15)
@given(data=st.binary(min_size=2, max_size=600).map(lambda data: data[: len(data) // 2 * 2]))
def test_every_sample_comes_back(tmp_path_factory, data):
    recording = kept(tmp_path_factory.mktemp("recordings"), data)
    packed = pack(recording)
    samples, _ = soundfile.read(packed.path, dtype="int16")
    assert samples.tobytes() == data
    assert soundfile.info(packed.path).format == "FLAC"
    assert open_recording(packed.path) == packed


@pytest.mark.parametrize("rate_hz", [16_000, 44_100, 48_000])
def test_whatever_reads_the_wav_reads_the_same_of_the_flac(tmp_path, rate_hz):
    recording = kept(tmp_path, noise(rate_hz * 12 + 17), rate_hz)
    packed = pack(recording)
    assert recording.path.exists() and packed.recording_s == recording.recording_s
    assert np.array_equal(packed.samples(3.01, 3.99), recording.samples(3.01, 3.99))
    assert all(np.array_equal(a, b) for a, b in zip(packed.blocks(), recording.blocks(), strict=True))
    of_both = [at_analysis_rate(each, tmp_path / f"{n}.wav").samples() for n, each in enumerate((packed, recording))]
    assert np.array_equal(*of_both)


def test_who_still_knows_the_old_name_reads_on(tmp_path):
    recording = kept(tmp_path, noise(48_000), 48_000)
    before, resampled = recording.samples(), at_analysis_rate(recording, tmp_path / "before.wav").samples()
    pack(recording)
    recording.path.unlink()
    assert np.array_equal(recording.samples(), before)
    assert np.array_equal(at_analysis_rate(recording, tmp_path / "after.wav").samples(), resampled)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions in another way")
def test_a_packed_recording_is_for_its_owner_alone(tmp_path):
    assert stat.S_IMODE(pack(kept(tmp_path, noise(100))).path.stat().st_mode) == 0o600


def test_a_copy_that_is_not_the_same_does_not_stay(tmp_path, monkeypatch):
    recording = kept(tmp_path, noise(1000))
    told = packing._samples_in
    monkeypatch.setattr(packing, "_samples_in", lambda path: (*told(path)[:2], b"another"))
    with pytest.raises(StorageFailed, match="is not the same; the original is kept"):
        pack(recording)
    assert list(tmp_path.iterdir()) == [recording.path]


def test_what_is_not_a_recording_of_ours_is_left_alone(tmp_path):
    stereo = tmp_path / "stereo.wav"
    soundfile.write(stereo, np.zeros((100, 2)), 16_000)
    with pytest.raises(RecordingUnreadable):
        pack(open_recording(stereo))
    torn = kept(tmp_path, noise(1000))
    torn.path.write_bytes(b"RIFF")
    with pytest.raises(RecordingUnreadable):
        pack(torn)
    assert not list(tmp_path.glob("*flac"))


def test_a_disk_without_room_for_the_copy_keeps_the_original(small_disk):
    disk = small_disk(400_000)
    recording = kept(disk, noise(120_000))
    with pytest.raises((StorageFailed, RecordingUnreadable)):
        pack(recording)
    assert list(disk.iterdir()) == [recording.path]
    assert np.rint(recording.samples() * 32768).astype(np.int16).tobytes() == noise(120_000)
