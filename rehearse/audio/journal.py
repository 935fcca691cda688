"""Sound on disk while it is still being spoken: a mono 16-bit WAV that can be played at every moment it grows.

The file is written here byte by byte, because a crash must cost at most the last second, and no library writes a
header it could be read by before the recording is over (docs/decisions/0001-own-wav-journal.md).
"""

import contextlib
import os
import struct
from dataclasses import replace
from pathlib import Path

from rehearse.audio.claim import Claim, Label, new_stem
from rehearse.audio.disk import advice, force, force_folder, make_private
from rehearse.errors import StorageFailed

#: How the name of a recording ends until it is finished; one left behind by a crash holds sound worth keeping.
PART_SUFFIX = ".part.wav"

# RIFF size, sample rate, bytes a second and data size are what differs between two mono 16-bit WAV files.
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_SAMPLE_BYTES = 2
_LARGEST_DATA = 0xFFFFFFFF - _HEADER.size


class Journal:
    """One recording being written, in one thread; finish() or discard() ends it.

    path            the file, named by UTC time and chance, ending in PART_SUFFIX until finish() renames it
    sample_rate_hz  the rate of the sound to come
    claim           to be settled once the library has the recording; None where no label was given

    After a crash the file reads as sound up to the last whole second at the least; counting by the file's
    length instead of its header brings back the rest.
    """

    def __init__(self, folder: Path, sample_rate_hz: int, label: Label | None = None) -> None:
        """Open a new recording in the folder, which is made where it is missing, for its owner alone.

        label  what has to be known of it to bring it into the library after a crash; None for one that nobody keeps

        Raises StorageFailed where the folder takes no file.
        """
        self.sample_rate_hz = sample_rate_hz
        self.claim = Claim.make(folder, replace(label, sample_rate_hz=sample_rate_hz)) if label else None
        self.path = folder / f"{self.claim.stem if self.claim else new_stem()}{PART_SUFFIX}"
        self._file = -1
        self._data_bytes = 0
        self._safe_bytes = 0
        self._failure: StorageFailed | None = None
        try:
            make_private(folder)
            binary: int = getattr(os, "O_BINARY", 0)
            self._file = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | binary, 0o600)
            self._make_safe()
            force_folder(folder)
        except OSError as error:
            if self._file >= 0:
                self._close()
                self.path.unlink(missing_ok=True)
            self._settle()
            raise StorageFailed(f"No recording can be written to {folder}.", advice(error)) from error

    @property
    def recorded_s(self) -> float:
        """Seconds of sound written so far."""
        return self._data_bytes // _SAMPLE_BYTES / self.sample_rate_hz

    def append(self, block: bytes) -> None:
        """Add samples: signed 16-bit, little-endian, one channel. A sample may be split between two blocks.

        Written and forced to the disk with a right header at least once a second of sound, as long as a block is
        shorter than that.

        Raises StorageFailed where the disk takes no more. What was written stays playable; nothing can be added
        after that, as it would hide a gap.
        """
        if self._failure is not None:
            raise self._failure
        rest = memoryview(block)
        try:
            while rest:
                count = os.write(self._file, rest)
                self._data_bytes += count
                rest = rest[count:]
            another_second = self.sample_rate_hz * _SAMPLE_BYTES
            if self._data_bytes + len(block) - self._safe_bytes > another_second:
                self._make_safe()
        except OSError as error:
            # The failed write is the one to tell of. Should the header fail too, it is at most a second old.
            with contextlib.suppress(OSError):
                self._make_safe()
            kept_s = int(self.recorded_s)
            self._failure = StorageFailed(
                f"The recording stopped because {self.path.parent} has no room for more sound. "
                f"The first {kept_s // 60}:{kept_s % 60:02d} of it is kept.",
                advice(error),
            )
            raise self._failure from error

    def finish(self) -> Path:
        """The path of the recording under its final name, complete and forced to the disk.

        Raises StorageFailed where the disk refuses; the file then keeps its present name.
        """
        final = self.path.with_name(self.path.name.removesuffix(PART_SUFFIX) + ".wav")
        try:
            if self.claim is not None:
                self.claim.ease()
            whole_samples = self._data_bytes - self._data_bytes % _SAMPLE_BYTES
            os.ftruncate(self._file, _HEADER.size + whole_samples)
            self._make_safe()
            self._close()
            self.path.rename(final)
            force_folder(final.parent)
        except OSError as error:
            self._close()
            raise StorageFailed(
                f"The recording could not be finished; it is kept as {self.path}.",
                f"{advice(error)} Then: rehearse recover",
            ) from error
        self.path = final
        return final

    def discard(self) -> None:
        """Delete the recording; raises StorageFailed where it cannot be deleted."""
        self._close()
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageFailed(f"{self.path} could not be deleted.", "Delete it by hand.") from error
        self._settle()

    def _make_safe(self) -> None:
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, _header(self.sample_rate_hz, self._data_bytes))
        os.lseek(self._file, 0, os.SEEK_END)
        force(self._file)
        self._safe_bytes = self._data_bytes

    def _settle(self) -> None:
        if self.claim is not None:
            self.claim.settle()

    def _close(self) -> None:
        if self._file >= 0:
            descriptor, self._file = self._file, -1
            os.close(descriptor)


def mend(path: Path, sample_rate_hz: int) -> tuple[int, int]:
    """Make a file that was left behind readable to its last whole sample, by its length; safe to do again and again.

    sample_rate_hz  where its own header is torn and does not tell

    Gives its rate in Hz and its samples, 0 where the file holds no more than a header, which is then left as it is.
    The file's times stay, as they tell when it was last spoken into.
    Raises OSError where the file cannot be read or written.
    """
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        before = os.fstat(descriptor)
        data_bytes = before.st_size - _HEADER.size
        header = os.read(descriptor, _HEADER.size)
        rate_hz = _rate_in(header) or sample_rate_hz
        if data_bytes < _SAMPLE_BYTES:
            return rate_hz, 0
        data_bytes -= data_bytes % _SAMPLE_BYTES
        os.ftruncate(descriptor, _HEADER.size + data_bytes)
        if header != (right := _header(rate_hz, data_bytes)):
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, right)
        force(descriptor)
    finally:
        os.close(descriptor)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    return rate_hz, data_bytes // _SAMPLE_BYTES


def _rate_in(header: bytes) -> int:
    """The sample rate in a header written here, 0 where it is torn."""
    if len(header) < _HEADER.size:
        return 0
    rate_hz: int = _HEADER.unpack(header)[7]
    data_bytes: int = _HEADER.unpack(header)[-1]
    return rate_hz if header == _header(rate_hz % 2**31, data_bytes) else 0


def _header(sample_rate_hz: int, data_bytes: int) -> bytes:
    data_bytes = min(data_bytes - data_bytes % _SAMPLE_BYTES, _LARGEST_DATA)
    return _HEADER.pack(
        b"RIFF",
        _HEADER.size - 8 + data_bytes,
        b"WAVE",
        b"fmt ",
        16,
        1,
        1,
        sample_rate_hz,
        sample_rate_hz * _SAMPLE_BYTES,
        _SAMPLE_BYTES,
        8 * _SAMPLE_BYTES,
        b"data",
        data_bytes,
    )
