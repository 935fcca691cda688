"""The sound of the answers for the page: inside it, the newest first, or in a folder beside it."""

import base64
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from rehearse.audio.recording import flac
from rehearse.errors import RecordingUnreadable, StorageFailed
from rehearse.measurement.attempt import Attempt
from rehearse.presentation.report_values import Sound

#: Of the page. A browser opens that at once; about 45 minutes of speech at 16 kHz, or 15 from a microphone at 48 kHz.
MOST_BYTES = 60_000_000

_OURS = re.compile(r"attempt-\d+\.(wav|flac)")
_DELETED = "The sound of this attempt was deleted; its numbers were kept."


def embedded(attempts: Sequence[Attempt], done: Callable[[], None], most_bytes: int = MOST_BYTES) -> dict[int, Sound]:
    """How each attempt can be heard: from the page itself, as many of the newest as it has room for.

    done  called after each attempt
    """
    sounds, left = {}, most_bytes
    for attempt in sorted(attempts, key=lambda a: (a.recorded_at, a.id), reverse=True):
        sound = _embedded(attempt, left)
        # Where one finds no room, no older one is put in its place: 'the newest' is what the page says.
        left = 0 if sound is None else left - len(sound.href)
        sounds[attempt.id] = sound or _not_here(attempt)
        done()
    return sounds


def beside(attempts: Sequence[Attempt], page: Path, done: Callable[[], None]) -> dict[int, Sound]:
    """How each attempt can be heard: from copies of the recordings in a folder beside the page, named after it.

    Copies of attempts that are there no more go. Raises StorageFailed where they cannot be written.
    """
    folder = page.with_name(f"{page.stem}-audio")
    sounds = {}
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for attempt in attempts:
            sounds[attempt.id] = _copied(attempt, folder)
            done()
        wanted = {sound.href.rsplit("/", 1)[-1] for sound in sounds.values()}
        for kept in folder.iterdir():
            if _OURS.fullmatch(kept.name) and kept.name not in wanted:
                kept.unlink()
    except OSError as error:
        raise StorageFailed(
            f"The sound could not be copied to {folder}.", "Is the disk full? Are you allowed to write there?"
        ) from error
    return sounds


def _embedded(attempt: Attempt, left: int) -> Sound | None:
    """The sound of the attempt; None where it takes more than is left."""
    if attempt.recording is None:
        return Sound(told=_DELETED)
    if left <= 0:
        return None
    try:
        sound = flac(attempt.recording)
    except RecordingUnreadable as error:
        return Sound(told=error.message)
    href = f"data:audio/flac;base64,{base64.b64encode(sound).decode()}"
    return Sound(href=href) if len(href) <= left else None


def _not_here(attempt: Attempt) -> Sound:
    return Sound(told=f"Its sound is not in this page, to keep it small. To hear it: rehearse replay {attempt.id}")


def _copied(attempt: Attempt, folder: Path) -> Sound:
    if attempt.recording is None:
        return Sound(told=_DELETED)
    source = attempt.recording.path
    if not source.exists():
        return Sound(told=f"The recording {source.name} is not there any more.")
    copy = folder / f"attempt-{attempt.id}{source.suffix.lower()}"
    there, wanted = (path.stat() if path.exists() else None for path in (copy, source))
    # A recording is never written to again: the same length and a later copy is the same sound.
    if there is None or wanted is None or there.st_size != wanted.st_size or there.st_mtime < wanted.st_mtime:
        shutil.copyfile(source, copy)
        copy.chmod(0o600)
    return Sound(href=f"{_percent_encoded(folder.name)}/{_percent_encoded(copy.name)}")


def _percent_encoded(name: str) -> str:
    """For a link: every byte that is not a letter, a digit or one of -._~ as its number."""
    plain = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
    return "".join(chr(byte) if byte in plain else f"%{byte:02X}" for byte in name.encode("utf-8", "surrogateescape"))
