"""Recordings that a program left behind when it was killed, or lost its disk, its power or its terminal.

Each is found by its label or by its unfinished name, made readable, and given out under lock, so that two programs
never deal with the same one. One that a running program is making is never touched.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rehearse.audio.claim import LABEL_SUFFIX, Claim, Label, moment_in
from rehearse.audio.disk import advice, force_folder
from rehearse.audio.journal import PART_SUFFIX, mend
from rehearse.audio.recording import Recording, open_recording
from rehearse.errors import RecordingUnreadable, RehearseError, StorageFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """A recording that no program is dealing with, held under lock until settle(), discard() or let_go().

    label        what is known of it
    recorded_at  when it began, aware
    recording    its sound, readable as it is
    """

    label: Label
    recorded_at: datetime
    recording: Recording
    claim: Claim

    def finished(self) -> Recording:
        """The recording under its final name, forced to the disk; raises StorageFailed where the disk refuses."""
        path = self.recording.path
        final = path.with_name(f"{self.claim.stem}.wav")
        try:
            if path != final:
                path.rename(final)
                force_folder(final.parent)
        except OSError as error:
            raise StorageFailed(f"{path} could not be finished.", advice(error)) from error
        return Recording(
            path=final, sample_rate_hz=self.recording.sample_rate_hz, recording_s=self.recording.recording_s
        )

    def settle(self) -> None:
        """The library has it now."""
        self.claim.settle()

    def discard(self) -> None:
        """Delete it for good; raises StorageFailed where it cannot be deleted."""
        _delete(self.recording.path)
        self.claim.settle()

    def let_go(self) -> None:
        """Leave it for later."""
        self.claim.let_go()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What lies in a folder: recordings to deal with, earliest first, and why others could not be looked at."""

    recordings: tuple[LeftBehind, ...]
    faults: tuple[RehearseError, ...]

    def let_go(self) -> None:
        """Leave all of them for later that were not dealt with."""
        for each in self.recordings:
            each.let_go()


def find_left_behind(folder: Path, kept: Callable[[], Collection[Path]]) -> Found:
    """The recordings in the folder that were left behind; let_go() has to follow.

    What needs no person to decide is tidied up on the way: labels of recordings that are kept, copies of imported
    files whose import was cut short (the files themselves are where they were), and recordings without a sound in them.

    kept  the files that the library has; asked for after the recordings are under lock
    """
    claims = [claim for stem in sorted(_stems(folder)) if (claim := _claimed(folder, stem)) is not None]
    stems_kept = {path.with_suffix("") for path in kept()} if claims else frozenset()
    found: list[LeftBehind] = []
    faults: list[RehearseError] = []
    for claim in claims:
        sound = _sound_of(folder, claim.stem)
        try:
            if folder / claim.stem in stems_kept or sound is None:
                claim.settle()
            elif claim.label is not None and claim.label.source:
                _delete(sound)
                claim.settle()
            elif (left := _looked_at(sound, claim)) is not None:
                found.append(left)
        except RehearseError as error:
            claim.let_go()
            faults.append(error)
    found.sort(key=lambda each: each.recorded_at)
    return Found(recordings=tuple(found), faults=tuple(faults))


def _stems(folder: Path) -> set[str]:
    """Names, without their endings, of what may have been left behind."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        # No folder, nothing in it; one that cannot be read is found out by whatever needs it next.
        return set()
    endings = (LABEL_SUFFIX, PART_SUFFIX)
    return {name.removesuffix(ending) for name in names for ending in endings if name.endswith(ending)}


def _claimed(folder: Path, stem: str) -> Claim | None:
    label = folder / f"{stem}{LABEL_SUFFIX}"
    had_one = label.exists()
    claim = Claim.take(label) if had_one else Claim.adopt(folder, stem)
    if claim is None or claim.is_left_behind(_sound_of(folder, stem)):
        return claim
    if had_one:
        claim.let_go()
    else:
        claim.settle()
    return None


def _sound_of(folder: Path, stem: str) -> Path | None:
    for ending in (PART_SUFFIX, ".wav"):
        if (path := folder / f"{stem}{ending}").exists():
            return path
    return None


def _looked_at(sound: Path, claim: Claim) -> LeftBehind | None:
    """The recording, readable; None, and nothing of it left, where there is no sound in it at all."""
    label = claim.label or Label()
    try:
        rate_hz, count = mend(sound, label.sample_rate_hz)
        modified = datetime.fromtimestamp(sound.stat().st_mtime).astimezone()
    except OSError as error:
        raise StorageFailed(f"The unfinished recording {sound} cannot be opened.", advice(error)) from error
    if count == 0 or not _has_sound(sound):
        _delete(sound)
        claim.settle()
        return None
    return LeftBehind(
        label=label,
        recorded_at=label.recorded_at or moment_in(claim.stem) or modified,
        recording=Recording(path=sound, sample_rate_hz=rate_hz, recording_s=count / rate_hz),
        claim=claim,
    )


def _has_sound(sound: Path) -> bool:
    """False where every sample is exactly zero, as from an input that is muted; a hum is sound."""
    try:
        return any(bool(block.any()) for block in open_recording(sound).blocks())
    except RecordingUnreadable:
        # Whatever it is, it is for the person to judge.
        return True


def _delete(sound: Path) -> None:
    try:
        sound.unlink(missing_ok=True)
    except OSError as error:
        raise StorageFailed(f"{sound} could not be deleted.", "Delete it by hand.") from error
