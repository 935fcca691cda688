"""Sound files of any kind, as a person brings them: decoded once into a mono 16-bit WAV, which all else reads."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rehearse.audio.ffmpeg import declared_s, decoded
from rehearse.audio.recording import ANALYSIS_RATE_HZ, Recording, wav_written, where_it_is
from rehearse.errors import RecordingUnreadable


def decode(source: Path, destination: Path, *, start_s: float = 0.0, end_s: float | None = None) -> Recording:
    """The sound of any audio or video file, written to destination as mono 16-bit WAV at 16 kHz.

    All channels are mixed into one. A file that ends early gives what it holds. The source is only read.
    start_s, end_s  the part to take, in seconds of the source

    Raises RecordingUnreadable where the source is missing, empty, not sound, or holds nothing in that part, and
    StorageFailed where the destination cannot be written; neither leaves a destination behind.
    """
    if end_s is not None and end_s <= start_s:
        raise RecordingUnreadable("The part to take ends before it begins.", "--end has to come after --start.")
    _check_readable(source)
    written = 0
    with wav_written(destination, ANALYSIS_RATE_HZ) as write:
        for block in _cut(decoded(source, ANALYSIS_RATE_HZ), start_s, end_s):
            write(block)
            written += len(block)
    if written == 0:
        destination.unlink(missing_ok=True)
        if start_s:
            raise RecordingUnreadable(
                f"{source.name} ends before that part begins.", "Look at its length, and choose an earlier --start."
            )
        raise _without_sound(source)
    return Recording(path=destination, sample_rate_hz=ANALYSIS_RATE_HZ, recording_s=written / ANALYSIS_RATE_HZ)


def length_of(source: Path) -> float:
    """How much sound any audio or video file holds, in seconds; all of it is read, and nothing is written.

    Raises RecordingUnreadable as `decode` does.
    """
    _check_readable(source)
    samples = sum(len(block) for block in decoded(source, ANALYSIS_RATE_HZ))
    if not samples:
        raise _without_sound(source)
    return samples / ANALYSIS_RATE_HZ


def missing_end(source: Path, recording: Recording) -> tuple[float, float] | None:
    """How much of a file could be read, and how long it says that it is, where it ends early: seconds each.

    None where nothing is missing, or the file does not say how long it is. The recording is all of it, decoded.
    """
    length_s = declared_s(source)
    if length_s is None or length_s - recording.recording_s <= max(0.5, 0.02 * length_s):
        return None
    return recording.recording_s, length_s


def at_analysis_rate(recording: Recording, copy: Path) -> Recording:
    """The recording itself where it is at 16 kHz, else a resampled copy of it at the given path."""
    if recording.sample_rate_hz == ANALYSIS_RATE_HZ:
        return recording
    return replace(decode(where_it_is(recording.path), copy), overflow_count=recording.overflow_count)


def _check_readable(source: Path) -> None:
    try:
        if source.is_dir():
            raise RecordingUnreadable(f"{source} is a folder, not a sound file.", "Name the file inside it.")
        if source.stat().st_size == 0:
            raise RecordingUnreadable(
                f"{source.name} is empty (0 bytes).",
                "The recorder may have stopped early; is there another copy?",
            )
    except FileNotFoundError as error:
        raise RecordingUnreadable(f"There is no file {source}.", "Check the name and the folder.") from error
    except OSError as error:
        raise RecordingUnreadable(f"{source} cannot be opened.", "Are you allowed to read it?") from error


def _without_sound(source: Path) -> RecordingUnreadable:
    return RecordingUnreadable(
        f"There is no sound in {source.name}.", "Play it in another program to see whether it holds your voice."
    )


def _cut(
    blocks: Iterator[npt.NDArray[np.int16]], start_s: float, end_s: float | None
) -> Iterator[npt.NDArray[np.int16]]:
    start = round(start_s * ANALYSIS_RATE_HZ)
    end = None if end_s is None else round(end_s * ANALYSIS_RATE_HZ)
    position = 0
    for block in blocks:
        stop = len(block) if end is None else max(0, end - position)
        yield block[max(0, start - position) : stop]
        position += len(block)
        if end is not None and position >= end:
            return
