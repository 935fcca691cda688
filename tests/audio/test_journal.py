"""Nothing said is lost: not to a crash, not to a full disk, not to an odd number of bytes."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.audio.disk import secure
from rehearse.audio.journal import PART_SUFFIX, Journal
from rehearse.errors import StorageFailed

RATE_HZ = 16_000
BLOCK = 512


def noise(seconds: float) -> np.ndarray:
    return np.random.default_rng(7).integers(-20_000, 20_000, round(seconds * RATE_HZ), dtype=np.int16)


def write(journal: Journal, samples: np.ndarray) -> None:
    for start in range(0, len(samples), BLOCK):
        journal.append(samples[start : start + BLOCK].tobytes())


def read(path: Path) -> np.ndarray:
    samples, rate_hz = soundfile.read(path, dtype="int16")
    assert rate_hz == RATE_HZ
    return samples


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_finished_recording_is_what_was_written(tmp_path: Path) -> None:
    samples = noise(2.3)
    journal = Journal(tmp_path / "recordings", RATE_HZ)
    write(journal, samples)
    path = journal.finish()
    assert np.array_equal(read(path), samples)
    assert journal.recorded_s == 2.3


def test_finishing_takes_the_unfinished_name_away(tmp_path: Path) -> None:
    journal = Journal(tmp_path, RATE_HZ)
    unfinished = journal.path
    assert unfinished.name.endswith(PART_SUFFIX)
    finished = journal.finish()
    assert list(tmp_path.iterdir()) == [finished]
    assert finished.name == unfinished.name.replace(PART_SUFFIX, ".wav")


def test_two_recordings_of_one_moment_have_two_names(tmp_path: Path) -> None:
    assert Journal(tmp_path, RATE_HZ).finish() != Journal(tmp_path, RATE_HZ).finish()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions in another way")
def test_recordings_are_for_their_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    journal = Journal(home / "recordings", RATE_HZ)
    while_recording = mode(journal.path)
    assert (while_recording, mode(journal.finish())) == (0o600, 0o600)
    assert (mode(home / "recordings"), mode(home)) == (0o700, 0o700)


@pytest.mark.parametrize("block", [160, 512, 1600, 16_000, 40_000])
def test_a_reader_never_misses_more_than_the_last_second(tmp_path: Path, block: int) -> None:
    samples = noise(5.0)
    journal = Journal(tmp_path, RATE_HZ)
    for start in range(0, len(samples), block):
        journal.append(samples[start : start + block].tobytes())
        seen = read(journal.path)
        written = min(start + block, len(samples))
        assert written - len(seen) <= RATE_HZ
        assert np.array_equal(seen, samples[: len(seen)])
    journal.discard()


@settings(max_examples=25, deadline=None)
@given(pieces=st.lists(st.binary(max_size=301), max_size=40))
def test_samples_may_be_split_anywhere(tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes]) -> None:
    journal = Journal(tmp_path_factory.mktemp("journal"), RATE_HZ)
    for piece in pieces:
        journal.append(piece)
    everything = b"".join(pieces)
    whole = everything[: len(everything) // 2 * 2]
    path = journal.finish()
    assert path.stat().st_size == 44 + len(whole)
    assert read(path).tobytes() == whole


def test_discarding_leaves_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path, RATE_HZ)
    write(journal, noise(1.5))
    journal.discard()
    assert list(tmp_path.iterdir()) == []


KILLED = """
import sys
from pathlib import Path
from rehearse.audio.journal import Journal
import numpy as np

samples = np.random.default_rng(7).integers(-20_000, 20_000, 16_000 * 600, dtype=np.int16)
journal = Journal(Path(sys.argv[1]), 16_000)
for start in range(0, len(samples), 512):
    journal.append(samples[start : start + 512].tobytes())
    print(start + 512, flush=True)
"""


def test_a_killed_program_loses_at_most_the_last_second(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) > 3.7 * RATE_HZ:
                child.kill()
                break
        said = max([int(line), *map(int, child.stdout.read().split())])
    (part,) = tmp_path.iterdir()
    assert part.name.endswith(PART_SUFFIX)
    kept = read(part)
    assert said - len(kept) <= RATE_HZ
    assert np.array_equal(kept, noise(600)[: len(kept)])
    assert (part.stat().st_size - 44) // 2 >= said, "what the header does not count yet is in the file all the same"


FULL_DISK = """
import json, resource, sys
from pathlib import Path
from rehearse.audio.journal import Journal
from rehearse.errors import StorageFailed

resource.setrlimit(resource.RLIMIT_FSIZE, (44 + 70_001, 44 + 70_001))
journal = Journal(Path(sys.argv[1]), 16_000)
said = []
for number in range(5):
    try:
        journal.append(bytes([number + 1]) * 32_000)
    except StorageFailed as error:
        said.append((error.message, error.hint))
path = journal.finish()
print(json.dumps({"said": said, "path": str(path), "recorded_s": journal.recorded_s}))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot limit the size of a file")
def test_a_full_disk_is_told_and_costs_nothing_that_was_written(tmp_path: Path) -> None:
    child = subprocess.run([sys.executable, "-c", FULL_DISK, str(tmp_path)], capture_output=True, text=True, check=True)
    told = json.loads(child.stdout)
    (first, again, last) = told["said"]
    assert first == again == last
    assert "The first 0:02 of it is kept." in first[0]
    assert "Make room on that disk" in first[1]
    assert told["recorded_s"] == 35_000 / RATE_HZ
    assert read(Path(told["path"])).tobytes() == bytes([1]) * 32_000 + bytes([2]) * 32_000 + bytes([3]) * 6_000


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StorageFailed, match="No recording can be written to"):
        Journal(tmp_path / "file" / "recordings", RATE_HZ)


def test_securing_a_file_leaves_it_as_it_is(tmp_path: Path) -> None:
    copy = tmp_path / "copy.wav"
    copy.write_bytes(b"sound")
    secure(copy)
    assert copy.read_bytes() == b"sound"


def test_securing_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match=r"gone\.wav could not be saved safely"):
        secure(tmp_path / "gone.wav")
