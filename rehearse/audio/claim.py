"""Whose a recording is while it is not in the library yet, and which question it answers.

Beside the sound lies a small file, the label: which question, when, which microphone. The program that records holds a
lock on it from before the first sample until the library has the attempt. The system drops the lock when that program
ends, however it ends, so a label that can be locked belongs to a recording left behind, and one that cannot is somebody
else's business (docs/decisions/0015-recordings-left-behind.md).
"""

import contextlib
import errno
import json
import os
import secrets
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rehearse.audio.disk import advice, force, force_folder, make_private
from rehearse.errors import StorageFailed

#: How the name of a label ends; before it stands the name of its recording.
LABEL_SUFFIX = ".label"

#: Kept in the label while recording, and given back to the disk just before the library has to write, so that an answer
#: which filled the disk can still be written down.
RESERVE_BYTES = 512 * 1024

_TRIES = 20
#: Where no lock can tell, a recording that nobody wrote to for so long is taken for left behind.
_STILL_S = 60.0
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What has to be known of a recording that its program did not bring to an end.

    question_id, question  number and words of the question; None and '' where nobody knows
    recorded_at            when it began, aware
    device                 the microphone, '' where it is a copy
    source                 name of the file that it is a copy of, '' for an answer spoken here
    sample_rate_hz         of the sound
    """

    question_id: int | None = None
    question: str = ""
    recorded_at: datetime | None = None
    device: str = ""
    source: str = ""
    sample_rate_hz: int = 16_000


class Claim:
    """A label under lock; made by `make`, `take` or `adopt`, ended by settle() or let_go().

    stem   the recording's name without its ending
    path   of the label
    label  what it says; None where nobody knows: there was none, or it was torn while being written
    """

    def __init__(self, path: Path, descriptor: int, label: Label | None, locked: bool) -> None:
        self.path = path
        self.stem = path.name.removesuffix(LABEL_SUFFIX)
        self.label = label
        # Without a label its program, if there is one, holds no lock.
        self._lock_tells = locked and label is not None
        self._descriptor = descriptor

    @classmethod
    def make(cls, folder: Path, label: Label) -> "Claim":
        """A label for a recording to come, on disk before this returns; raises StorageFailed where the disk refuses."""
        try:
            make_private(folder)
            for _ in range(_TRIES):
                claim = cls._new(folder / f"{new_stem()}{LABEL_SUFFIX}", label)
                if claim is not None:
                    claim._write()
                    force_folder(folder)
                    return claim
        except OSError as error:
            raise StorageFailed(f"No recording can be written to {folder}.", advice(error)) from error
        raise StorageFailed(f"No recording can be written to {folder}.", "Is something deleting the files there?")

    @classmethod
    def take(cls, path: Path) -> "Claim | None":
        """The label at path, where its program is no more; None where it is still at work, or the label is gone."""
        try:
            descriptor = os.open(path, os.O_RDWR | _BINARY)
        except OSError:
            return None
        locked = _lock(descriptor)
        # Its owner may have settled it between the two steps.
        if locked is False or not _is_at(path, descriptor):
            os.close(descriptor)
            return None
        return cls(path, descriptor, _label_in(descriptor), bool(locked))

    @classmethod
    def adopt(cls, folder: Path, stem: str) -> "Claim | None":
        """A claim to a recording that has no label; None where somebody else just gave it one."""
        try:
            # Left empty, as on a full disk nothing can be written.
            return cls._new(folder / f"{stem}{LABEL_SUFFIX}", None)
        except OSError:
            return None

    @classmethod
    def _new(cls, path: Path, label: Label | None) -> "Claim | None":
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | _BINARY, 0o600)
        except FileExistsError:
            return None
        locked = _lock(descriptor)
        # Somebody who looks for recordings left behind may have been quicker, and found an empty label.
        if locked is False or not _is_at(path, descriptor):
            os.close(descriptor)
            return None
        return cls(path, descriptor, label, bool(locked))

    def is_left_behind(self, sound: Path | None) -> bool:
        """False only where no lock can tell, while the sound, or the label itself, was written to a moment ago."""
        if self._lock_tells:
            return True
        try:
            return time.time() - (sound or self.path).stat().st_mtime > _STILL_S
        except OSError:
            return False

    def ease(self) -> None:
        """Give the room kept in reserve back to the disk."""
        if self._descriptor >= 0 and self.label is not None:
            os.ftruncate(self._descriptor, len(_written(self.label)))

    def settle(self) -> None:
        """The recording is in the library, or gone: nothing is left to say of it."""
        if os.name == "nt":
            # There no file is deleted while it is open.
            self.let_go()
        # Where it stays, whoever looks next finds the recording in the library, and settles it.
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
        self.let_go()

    def let_go(self) -> None:
        """Leave the label where it is, for whoever looks next."""
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            os.close(descriptor)

    def _write(self) -> None:
        assert self.label is not None, "only a torn label says nothing"
        # JSON takes no notice of spaces behind it.
        rest = memoryview(_written(self.label) + b" " * RESERVE_BYTES)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
            force(self._descriptor)
        except OSError:
            self.settle()
            raise


def new_stem() -> str:
    """A name for a recording that begins now, without its ending: UTC time and chance."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"


def moment_in(stem: str) -> datetime | None:
    """When a recording of that name began; None where the name does not tell."""
    try:
        return datetime.strptime(stem.partition("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


_BINARY: int = getattr(os, "O_BINARY", 0)


def _written(label: Label) -> bytes:
    told: dict[str, Any] = {
        "question_id": label.question_id,
        "question": label.question,
        "recorded_at": label.recorded_at.isoformat() if label.recorded_at else None,
        "device": label.device,
        "source": label.source,
        "sample_rate_hz": label.sample_rate_hz,
    }
    return json.dumps(told).encode() + b"\n"


def _label_in(descriptor: int) -> Label | None:
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        # A label of a newer rehearse may say more.
        told = json.loads(os.read(descriptor, RESERVE_BYTES))
        moment = told["recorded_at"]
        return Label(
            question_id=told["question_id"],
            question=str(told["question"]),
            recorded_at=datetime.fromisoformat(moment) if moment else None,
            device=str(told["device"]),
            source=str(told["source"]),
            sample_rate_hz=int(told["sample_rate_hz"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool | None:
        """True where nobody else holds it, False where somebody does, None on a disk without locks."""
        try:
            # Far behind the end, as there a locked byte cannot be read either.
            os.lseek(descriptor, 1 << 30, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return None if error.errno in _NO_LOCKS else False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool | None:
        """True where nobody else holds it, False where somebody does, None on a disk without locks."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return None if error.errno in _NO_LOCKS else False
        return True
