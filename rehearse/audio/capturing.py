"""What a recording being made looks like to those who show it and end it."""

from pathlib import Path
from typing import Protocol

from rehearse.audio.claim import Claim, Label
from rehearse.audio.devices import InputDevice
from rehearse.audio.recording import Recording
from rehearse.audio.sound_watch import Fault
from rehearse.errors import RehearseError


class Capturing(Protocol):
    """A recording that is being made, as a screen sees it. All properties are cheap and may be read at any time.

    device          what it is recorded with now
    heard_with      the names of all devices it was recorded with, in order: 'one, then another'
    claim           to be settled once the library has the recording; None where no label was given
    path            the file as it is being written; stop() gives it another name
    sample_rate_hz  of that file
    recorded_s      seconds of sound written so far: time without a device is not counted
    level_dbfs      RMS of the last block, SILENCE_DBFS..0.0, where 0.0 is a square wave at full scale
    peak            largest sample so far, 0.0..1.0; 0.999 and above means that it is too loud
    overflow_count  times sound was lost because it could not be taken fast enough
    fault           what is wrong with the sound now, None while all is well
    dead_s          seconds of dead sound until now: nothing but zeros, or the last bit
    lost            the device has vanished: no more comes, unless it comes back by itself or with go_on
    failure         why the sound can no longer be written, None while all is well
    """

    @property
    def device(self) -> InputDevice: ...
    @property
    def heard_with(self) -> str: ...
    @property
    def claim(self) -> Claim | None: ...
    @property
    def path(self) -> Path: ...
    @property
    def sample_rate_hz(self) -> int: ...
    @property
    def recorded_s(self) -> float: ...
    @property
    def level_dbfs(self) -> float: ...
    @property
    def peak(self) -> float: ...
    @property
    def overflow_count(self) -> int: ...
    @property
    def fault(self) -> Fault | None: ...
    @property
    def dead_s(self) -> float: ...
    @property
    def lost(self) -> bool: ...
    @property
    def failure(self) -> RehearseError | None: ...

    def others(self) -> tuple[InputDevice, ...]: ...
    def go_on(self, device: InputDevice) -> None: ...
    def stop(self) -> Recording: ...
    def discard(self) -> None: ...


class Source(Protocol):
    """Where an answer is recorded from: the Microphone, or whatever stands in for it."""

    def record(self, folder: Path, label: Label | None = None) -> Capturing: ...
