"""What recordings ask of a disk: room, a folder for their owner alone, and to keep what was written come what may."""

import errno
import os
import shutil
import sys
from pathlib import Path

from rehearse.errors import StorageFailed

#: Mono 16-bit sound at 16 kHz.
BYTES_A_SECOND = 16_000 * 2

#: With less room than this no recording is begun, and under the other it is mentioned.
LEAST_ROOM_S, LITTLE_ROOM_S = 60.0, 600.0

#: Left alone by recordings, so that the library can still write down what it kept.
_RESERVE_BYTES = 4_000_000


def room_s(folder: Path) -> float:
    """Seconds of recording at 16 kHz that fit on the disk of the folder, which need not be there yet; 0.0 and more.

    A quota that the system does not tell of is not seen. Raises StorageFailed where the disk cannot be asked.
    """
    nearest = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    try:
        free = shutil.disk_usage(nearest).free
    except OSError as error:
        raise StorageFailed(f"The disk of {folder} does not answer.", advice(error)) from error
    return max(0, free - _RESERVE_BYTES) / BYTES_A_SECOND


def force(descriptor: int) -> None:
    """Return once the file is on the disk itself; raises OSError where the disk refuses."""
    if sys.platform == "darwin":
        import fcntl

        try:
            # There fsync leaves the data in the disk's own memory, which a power cut empties.
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
        except OSError as error:
            # Network and FUSE disks know only the weaker kind.
            if error.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY):
                raise
    os.fsync(descriptor)


def force_folder(folder: Path) -> None:
    """Return once the names in the folder are on the disk; raises OSError where it refuses."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        force(descriptor)
    except OSError as error:
        # Some network and FUSE file systems cannot force a folder; they have nothing better to offer.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def secure(path: Path) -> None:
    """Force a finished file and its name to the disk, so that a power cut cannot take it back.

    Raises StorageFailed where the disk refuses.
    """
    try:
        # Windows forces only files that are open for writing.
        descriptor = os.open(path, os.O_RDWR)
        try:
            force(descriptor)
        finally:
            os.close(descriptor)
        force_folder(path.parent)
    except OSError as error:
        raise StorageFailed(f"{path} could not be saved safely.", advice(error)) from error


def make_private(folder: Path) -> None:
    """Make the folder, and those around it that are missing, for their owner alone; raises OSError."""
    for missing in reversed([place for place in (folder, *folder.parents) if not place.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def advice(error: OSError) -> str:
    """What a person can do about a disk that refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "Make room on that disk: an hour of recording needs about 115 MB."
    return "Is the disk still there, and are you allowed to write to it?"
