"""Recordings kept in less room: FLAC in place of WAV, only ever after every sample was read back and found the same."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rehearse.audio.disk import secure
from rehearse.audio.recording import Recording
from rehearse.errors import RecordingUnreadable, StorageFailed

#: How the name of a copy ends until it has been compared; one left behind by a crash is of no use to anybody.
UNPROVEN_SUFFIX = ".part.flac"

_BLOCK = 160_000


def pack(recording: Recording) -> Recording:
    """The same sound in a FLAC file beside the WAV, forced to the disk; the WAV is only read.

    Raises RecordingUnreadable where the WAV cannot be read or is not mono 16-bit, StorageFailed where the copy cannot
    be written or does not hold the same samples; neither leaves a copy behind.
    """
    final = recording.path.with_suffix(".flac")
    unproven = recording.path.with_suffix(f".{secrets.token_hex(4)}{UNPROVEN_SUFFIX}")
    try:
        # soundfile would make a file that everyone may read; it keeps the permissions of one that is there.
        os.close(os.open(unproven, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        written = _copied(recording, unproven)
        if _samples_in(unproven) != written:
            raise StorageFailed(f"The packed copy of {recording.path.name} is not the same; the original is kept.")
        secure(unproven)
        unproven.replace(final)
        secure(final)
    except OSError as error:
        raise StorageFailed(
            f"A packed copy of {recording.path.name} could not be written; the original is kept.", "Is the disk full?"
        ) from error
    finally:
        unproven.unlink(missing_ok=True)
    return replace(recording, path=final)


def _copied(recording: Recording, copy: Path) -> tuple[int, int, bytes]:
    """Writes the samples there, and gives their rate, count and SHA-256."""
    import soundfile

    with _opened(recording.path) as sound:
        if (sound.channels, sound.subtype) != (1, "PCM_16"):
            raise RecordingUnreadable(f"{recording.path.name} is not a recording of rehearse.")
        with soundfile.SoundFile(
            copy, "w", samplerate=sound.samplerate, channels=1, subtype="PCM_16", format="FLAC"
        ) as packed:
            return _told(sound, packed)


def _samples_in(path: Path) -> tuple[int, int, bytes]:
    with _opened(path) as sound:
        return _told(sound, None)


def _told(sound: Any, copy: Any) -> tuple[int, int, bytes]:
    digest, count = hashlib.sha256(), 0
    for block in _blocks(sound):
        if copy is not None:
            copy.write(block)
        digest.update(block.tobytes())
        count += len(block)
    return int(sound.samplerate), count, digest.digest()


def _blocks(sound: Any) -> Iterator[npt.NDArray[np.int16]]:
    while len(block := sound.read(_BLOCK, dtype="int16")):
        yield block


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import soundfile

    try:
        with soundfile.SoundFile(path) as sound:
            yield sound
    except soundfile.SoundFileError as error:
        raise RecordingUnreadable(f"The recording {path.name} cannot be read, or its copy not written.") from error
