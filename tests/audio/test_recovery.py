"""What a crash leaves behind is found, made whole, and given out once."""

import os
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse.audio import disk
from rehearse.audio.claim import Claim, Label
from rehearse.audio.journal import PART_SUFFIX, Journal
from rehearse.audio.recovery import Found, find_left_behind

RATE_HZ = 16_000
BEGAN = datetime(2026, 11, 3, 18, 30, tzinfo=UTC)
LABEL = Label(question_id=3, question="Why us?", recorded_at=BEGAN)


def noise(seconds: float) -> np.ndarray:
    return np.random.default_rng(7).integers(-20_000, 20_000, round(seconds * RATE_HZ), dtype=np.int16)


def speak(journal: Journal, samples: np.ndarray) -> None:
    for start in range(0, len(samples), 512):
        journal.append(samples[start : start + 512].tobytes())


def crashed(journal: Journal) -> Path:
    """As a killed process leaves it: nothing is finished, and the system drops its lock."""
    journal._close()
    if journal.claim is not None:
        journal.claim.let_go()
    return journal.path


def look(folder: Path, kept: tuple[Path, ...] = ()) -> Found:
    return find_left_behind(folder, lambda: kept)


def read(path: Path) -> np.ndarray:
    samples, rate_hz = soundfile.read(path, dtype="int16")
    assert rate_hz == RATE_HZ
    return samples


@pytest.fixture
def left(tmp_path: Path) -> Callable[..., Path]:
    """left(2.5): the journal of a program that died so many seconds into an answer."""

    def make(seconds: float, label: Label | None = LABEL, rate_hz: int = RATE_HZ) -> Path:
        journal = Journal(tmp_path, rate_hz, label)
        speak(journal, noise(seconds))
        return crashed(journal)

    return make


def test_all_that_was_written_is_found_with_what_is_known_of_it(tmp_path, left):
    part = left(2.503)
    (found,) = look(tmp_path).recordings
    assert (found.label, found.recorded_at) == (LABEL, BEGAN)
    assert found.recording.recording_s == 2.503
    assert np.array_equal(read(part), noise(2.503)), "it can be heard before anything is decided"
    recording = found.finished()
    assert recording.path == part.with_name(part.name.replace(PART_SUFFIX, ".wav"))
    assert np.array_equal(read(recording.path), noise(2.503))
    found.settle()
    assert list(tmp_path.iterdir()) == [recording.path]


def test_a_recording_in_progress_is_left_alone(tmp_path):
    journal = Journal(tmp_path, RATE_HZ, LABEL)
    speak(journal, noise(1.2))
    assert look(tmp_path) == Found(recordings=(), faults=())
    speak(journal, noise(1.2))
    path = journal.finish()
    assert look(tmp_path).recordings == (), "it is on its way into the library"
    assert np.array_equal(read(path), np.concatenate([noise(1.2), noise(1.2)]))


def test_two_who_look_at_once_do_not_get_the_same(tmp_path, left):
    left(1.5)
    first = look(tmp_path)
    assert len(first.recordings) == 1 and look(tmp_path).recordings == ()
    first.let_go()
    assert len(look(tmp_path).recordings) == 1


def test_a_crash_between_recording_and_library_is_found_too(tmp_path):
    journal = Journal(tmp_path, RATE_HZ, LABEL)
    speak(journal, noise(1.5))
    path = journal.finish()
    crashed(journal)
    (found,) = look(tmp_path).recordings
    assert found.recording.path == found.finished().path == path


@pytest.mark.parametrize("kept", ["{stem}.wav", "{stem}.flac"])
def test_what_the_library_has_is_not_offered_and_its_label_goes(tmp_path, kept):
    journal = Journal(tmp_path, RATE_HZ, LABEL)
    speak(journal, noise(1.5))
    path = journal.finish()
    crashed(journal)
    assert look(tmp_path, (tmp_path / kept.format(stem=path.stem),)).recordings == ()
    assert list(tmp_path.iterdir()) == [path]


def test_what_the_library_has_is_asked_only_under_lock(tmp_path, left):
    left(1.5)

    def kept():
        (label,) = tmp_path.glob("*.label")
        assert Claim.take(label) is None
        return ()

    assert len(find_left_behind(tmp_path, kept).recordings) == 1


@pytest.mark.parametrize("seconds", [0.0, 1.5])
def test_an_import_cut_short_leaves_nothing(tmp_path, seconds):
    claim = Claim.make(tmp_path, Label(source="answer.m4a"))
    if seconds:
        soundfile.write(tmp_path / f"{claim.stem}.wav", noise(seconds), RATE_HZ)
    claim.let_go()
    assert look(tmp_path).recordings == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"RIFF", bytes(44), bytes(45), bytes(44 + 64_000)])
def test_only_what_is_really_empty_is_cleaned_away(tmp_path, left, content):
    part = left(0.0)
    part.write_bytes(content)
    assert look(tmp_path).recordings == ()
    assert list(tmp_path.iterdir()) == []


def test_one_sample_is_sound(tmp_path, left):
    part = left(0.0)
    part.write_bytes(bytes(44 + 64_000) + b"\x01\x00")
    (found,) = look(tmp_path).recordings
    assert found.recording.recording_s == 2.0 + 1 / RATE_HZ


def test_half_a_sample_at_the_end_goes(tmp_path, left):
    part = left(1.5)
    with part.open("ab") as file:
        file.write(b"\x07")
    (found,) = look(tmp_path).recordings
    assert found.recording.recording_s == 1.5 and np.array_equal(read(part), noise(1.5))


@pytest.mark.parametrize("torn", [slice(0, 44), slice(0, 4), slice(20, 30), slice(40, 44)])
def test_a_torn_header_is_written_anew(tmp_path, left, torn):
    part = left(1.5)
    data = bytearray(part.read_bytes())
    data[torn] = bytes([0xEE] * (torn.stop - torn.start))
    part.write_bytes(data)
    (found,) = look(tmp_path).recordings
    assert found.recording.sample_rate_hz == RATE_HZ
    assert np.array_equal(read(found.finished().path), noise(1.5))


def test_the_label_tells_the_rate_that_a_torn_header_does_not(tmp_path, left):
    part = left(1.5, rate_hz=48_000)
    part.write_bytes(bytes(44) + part.read_bytes()[44:])
    (found,) = look(tmp_path).recordings
    assert (found.recording.sample_rate_hz, soundfile.info(part).samplerate) == (48_000, 48_000)


@pytest.mark.parametrize("header", ["whole", "torn"])
@pytest.mark.parametrize("seconds", [1.5, 2.017, 3.99])
def test_a_power_cut_takes_less_than_the_last_second(tmp_path, monkeypatch, header, seconds):
    """Everything after the last time the disk was forced is gone, as it would be; the header may be torn in half."""
    safe_bytes = {}
    really_fsync = os.fsync

    def fsync(descriptor):
        really_fsync(descriptor)
        status = os.fstat(descriptor)
        safe_bytes[status.st_ino] = status.st_size

    monkeypatch.setattr(disk.os, "fsync", fsync)
    journal = Journal(tmp_path, RATE_HZ, LABEL)
    speak(journal, noise(seconds))
    part = crashed(journal)
    os.truncate(part, safe_bytes[part.stat().st_ino])
    if header == "torn":
        data = part.read_bytes()
        part.write_bytes(data[:22] + struct.pack("<22s", b"") + data[44:])
    (found,) = look(tmp_path).recordings
    recovered = read(found.finished().path)
    assert 0 <= len(noise(seconds)) - len(recovered) <= RATE_HZ
    assert np.array_equal(recovered, noise(seconds)[: len(recovered)])
    assert found.label == LABEL


def test_a_journal_without_a_label_is_offered_once_it_is_still(tmp_path, left):
    part = left(1.5, label=None)
    assert look(tmp_path).recordings == () and list(tmp_path.iterdir()) == [part]
    minutes_ago = time.time() - 120
    os.utime(part, (minutes_ago, minutes_ago))
    for _ in range(2):
        found = look(tmp_path)
        (each,) = found.recordings
        assert each.label == Label() and each.recording.recording_s == 1.5
        assert abs((datetime.now(UTC) - each.recorded_at).total_seconds()) < 60, "its name tells"
        found.let_go()


def test_discarding_leaves_nothing(tmp_path, left):
    left(1.5)
    (found,) = look(tmp_path).recordings
    found.discard()
    assert list(tmp_path.iterdir()) == []


def test_earliest_first_and_a_broken_one_hides_no_other(tmp_path, left, cannot):
    if os.name != "posix":
        cannot("needs links")
    left(1.5, Label(question_id=2, recorded_at=datetime(2026, 11, 5, tzinfo=UTC)))
    left(1.5)
    broken = left(1.5)
    broken.unlink()
    broken.mkdir()
    found = look(tmp_path)
    assert [each.label.question_id for each in found.recordings] == [3, 2]
    (fault,) = found.faults
    assert "cannot be opened" in fault.message and broken.exists()


def test_there_need_be_no_folder(tmp_path):
    assert look(tmp_path / "none") == Found(recordings=(), faults=())


KILLED = """
import sys
from pathlib import Path
import numpy as np
from rehearse.audio.claim import Label
from rehearse.audio.journal import Journal

samples = np.random.default_rng(7).integers(-20_000, 20_000, 16_000 * 600, dtype=np.int16)
journal = Journal(Path(sys.argv[1]), 16_000, Label(question_id=3))
for start in range(0, len(samples), 512):
    journal.append(samples[start : start + 512].tobytes())
    print(start + 512, flush=True)
"""


def test_a_killed_program_loses_nothing_it_had_written(tmp_path):
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) > 2.7 * RATE_HZ:
                assert look(tmp_path).recordings == ()
                child.kill()
                break
        said = max([int(line), *map(int, child.stdout.read().split())])
    (found,) = look(tmp_path).recordings
    recovered = read(found.finished().path)
    assert len(recovered) >= said
    assert np.array_equal(recovered, noise(600)[: len(recovered)])
