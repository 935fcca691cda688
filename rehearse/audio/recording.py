"""The Recording value, and the sound files of this program: mono 16-bit WAV or FLAC, read in blocks.

So memory does not grow with the length of an answer. What a person brings is decoded into one first (decoding.py).
"""

import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from rehearse.audio.ffmpeg import resampled
from rehearse.errors import RecordingUnreadable, StorageFailed

if TYPE_CHECKING:
    from soundfile import SoundFile

#: The rate that speech activity, recognition and measures work at.
ANALYSIS_RATE_HZ = 16_000

#: Samples of mono sound, shape (n,), float32 in -1.0..1.0.
Samples: TypeAlias = npt.NDArray[np.float32]

_BLOCK_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A mono sound file on this machine; its samples are read in blocks, never all at once.

    recording_s     length of the file in seconds
    overflow_count  times the device delivered more than could be taken: something is missing there
    """

    path: Path
    sample_rate_hz: int
    recording_s: float
    overflow_count: int = 0

    def samples(self, start_s: float = 0.0, end_s: float | None = None) -> Samples:
        """Samples from start_s up to end_s (the end where None) at the file's own rate, shape (n,), -1.0..1.0.

        Raises RecordingUnreadable where the file cannot be read.
        """
        start = max(0, round(start_s * self.sample_rate_hz))
        with _reading(self.path) as sound:
            stop = sound.frames if end_s is None else min(sound.frames, round(end_s * self.sample_rate_hz))
            sound.seek(min(start, sound.frames))
            mono: Samples = sound.read(max(0, stop - start), dtype="float32", always_2d=True)[:, 0]
        return mono

    def blocks(self, block_s: float = _BLOCK_S) -> Iterator[Samples]:
        """All samples in order, in blocks of block_s seconds (the last one shorter), each as `samples` gives them."""
        with _reading(self.path) as sound:
            size = max(1, round(block_s * self.sample_rate_hz))
            while len(block := sound.read(size, dtype="float32", always_2d=True)):
                yield block[:, 0]


def open_recording(path: Path, overflow_count: int = 0) -> Recording:
    """The recording kept at path (WAV or FLAC as this program writes them); RecordingUnreadable where it is neither."""
    with _reading(path) as sound:
        return Recording(
            path=path,
            sample_rate_hz=sound.samplerate,
            recording_s=sound.frames / sound.samplerate,
            overflow_count=overflow_count,
        )


def pcm_blocks(recording: Recording, rate_hz: int) -> Iterator[npt.NDArray[np.int16]]:
    """All samples of the recording in order as blocks of int16 at rate_hz, each of shape (n,), -32768..32767."""
    blocks = (np.rint(block * 32768).clip(-32768, 32767).astype(np.int16) for block in recording.blocks())
    return blocks if recording.sample_rate_hz == rate_hz else resampled(blocks, recording.sample_rate_hz, rate_hz)


def write_sound(
    destination: Path, rate_hz: int, blocks: Iterable[npt.NDArray[np.int16]], *, replacing: bool = False
) -> float:
    """Write int16 blocks of shape (n,) as a mono file, WAV or FLAC by its suffix; gives its length in seconds.

    It appears whole or not at all. Raises StorageFailed where it cannot be written, or is there already and may not be
    replaced.
    """
    import soundfile

    if destination.exists() and not replacing:
        raise StorageFailed(f"{destination} is there already.", "Choose another name, or replace it with: --yes")
    # The suffix stays last: soundfile goes by it.
    unfinished = destination.with_name(f".{destination.stem}.{os.getpid()}.unfinished{destination.suffix}")
    written = 0
    _make_private(unfinished)
    try:
        with soundfile.SoundFile(unfinished, "w", samplerate=rate_hz, channels=1, subtype="PCM_16") as sound:
            for block in blocks:
                sound.write(block)
                written += len(block)
        unfinished.replace(destination)
    except (soundfile.SoundFileError, OSError) as error:
        raise StorageFailed(
            f"The sound could not be written to {destination}.", "Is the disk full or read-only?"
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return written / rate_hz


@contextmanager
def wav_written(destination: Path, rate_hz: int) -> Iterator[Callable[[npt.NDArray[np.int16]], None]]:
    """A mono 16-bit WAV for its owner alone; gives what takes its int16 blocks of shape (n,).

    It is not left behind where something goes wrong. Raises StorageFailed where it cannot be written.
    """
    import soundfile

    _make_private(destination)
    try:
        with soundfile.SoundFile(
            destination, "w", samplerate=rate_hz, channels=1, subtype="PCM_16", format="WAV"
        ) as sound:
            yield sound.write
    except soundfile.SoundFileError as error:
        destination.unlink(missing_ok=True)
        raise _not_written(destination) from error
    except BaseException:
        destination.unlink(missing_ok=True)
        raise


def flac(recording: Recording) -> bytes:
    """The recording as a FLAC file, sample for sample: about half of what a WAV takes.

    Raises RecordingUnreadable where the file cannot be read.
    """
    import soundfile

    if recording.path.suffix.lower() == ".flac":
        try:
            return recording.path.read_bytes()
        except OSError as error:
            raise _gone(recording.path) from error
    file = io.BytesIO()
    rate_hz = recording.sample_rate_hz
    with soundfile.SoundFile(file, "w", samplerate=rate_hz, channels=1, subtype="PCM_16", format="FLAC") as sound:
        for block in pcm_blocks(recording, rate_hz):
            sound.write(block)
    return file.getvalue()


def _make_private(destination: Path) -> None:
    # soundfile would make a file that everyone may read; it keeps the permissions of one that is there.
    try:
        os.close(os.open(destination, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    except OSError as error:
        raise _not_written(destination) from error


def _not_written(destination: Path) -> StorageFailed:
    return StorageFailed(
        f"A copy of the sound could not be written to {destination.parent}.", "Is the disk full or read-only?"
    )


def where_it_is(path: Path) -> Path:
    """The file itself, or what it was packed into since somebody asked for its name."""
    return packed if not path.exists() and (packed := path.with_suffix(".flac")).exists() else path


@contextmanager
def _reading(path: Path) -> Iterator["SoundFile"]:
    import soundfile

    try:
        with soundfile.SoundFile(where_it_is(path)) as sound:
            yield sound
    except soundfile.SoundFileError as error:
        if not path.exists():
            raise _gone(path) from error
        raise RecordingUnreadable(
            f"The recording {path.name} is damaged and cannot be read.", f"It is in {path.parent}."
        ) from error


def _gone(path: Path) -> RecordingUnreadable:
    return RecordingUnreadable(
        f"The recording {path.name} is not there any more.", f"It was looked for in {path.parent}."
    )
