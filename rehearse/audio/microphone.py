"""Recording from a microphone.

The audio thread only puts bytes into a queue; one writer thread takes them out, writes them to a journal and keeps
the level for a meter. Nothing that may wait (a disk, a lock, the terminal) is touched by the audio thread.
"""

import math
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from rehearse.audio.claim import Claim, Label
from rehearse.audio.devices import OTHER_WAYS, InputDevice, find_device
from rehearse.audio.journal import Journal
from rehearse.audio.portaudio import in_use, portaudio, quiet_stderr
from rehearse.audio.recording import ANALYSIS_RATE_HZ, Recording
from rehearse.errors import MicrophoneUnavailable, RehearseError

#: What level_dbfs says of silence.
SILENCE_DBFS = -120.0

# 512 samples at 16 kHz; PortAudio's own choice gave blocks of 1-11 samples on ALSA with PulseAudio.
_BLOCK_S = 0.032
# A device that vanishes raises no error: its blocks stop. The first may come late, as headsets change mode first.
_LOOK_EVERY_S = 0.1
_LOST_AFTER_S = 1.5
_LOST_BEFORE_FIRST_BLOCK_S = 5.0

_FULL_SCALE = 32768.0


class Capturing(Protocol):
    """A recording that is being made, as a screen sees it. All properties are cheap and may be read at any time.

    device          what it is recorded with
    claim           to be settled once the library has the recording; None where no label was given
    path            the file as it is being written; stop() gives it another name
    sample_rate_hz  of that file
    recorded_s      seconds of sound written so far
    level_dbfs      RMS of the last block, SILENCE_DBFS..0.0, where 0.0 is a square wave at full scale
    peak            largest sample so far, 0.0..1.0: exactly 0.0 after a second means that the system delivers
                    no sound at all (on macOS: no permission), 0.999 and above that it is too loud
    overflow_count  times sound was lost because it could not be taken fast enough
    lost            the device has vanished: no more will come
    failure         why the sound can no longer be written, None while all is well
    """

    @property
    def device(self) -> InputDevice: ...
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
    def lost(self) -> bool: ...
    @property
    def failure(self) -> RehearseError | None: ...

    def stop(self) -> Recording: ...
    def discard(self) -> None: ...


class Source(Protocol):
    """Where an answer is recorded from: the Microphone, or whatever stands in for it."""

    def record(self, folder: Path, label: Label | None = None) -> Capturing: ...


@dataclass(frozen=True, slots=True)
class Microphone:
    """The microphone whose name contains `device`; '' for the system's own choice."""

    device: str = ""

    def record(self, folder: Path, label: Label | None = None) -> "Capture":
        """Start to record into a new file in the folder: mono, at 16 kHz where the device can, else at its own rate.

        label  what has to be known of the recording, apart from the device, should this program not finish it; None
               for one that nobody keeps

        Raises MicrophoneUnavailable without a device that can be opened, StorageFailed where the folder takes no file.
        """
        return Capture(find_device(self.device), folder, label)


class Capture:
    """A recording being made by a device; made by Microphone.record. Capturing says what its properties mean."""

    def __init__(self, device: InputDevice, folder: Path, label: Label | None = None) -> None:
        self.device = device
        self.overflow_count = 0
        self.level_dbfs = SILENCE_DBFS
        self.peak = 0.0
        self.failure: RehearseError | None = None
        self._blocks: SimpleQueue[bytes | None] = SimpleQueue()
        self._ended = False
        self._may_wait_s = _LOST_BEFORE_FIRST_BLOCK_S
        self._waited_s = 0.0
        self._writer = Thread(target=self._write, name="journal", daemon=True)
        self._stream, rate_hz, self._channels = _open(device, callback=self._take, finished_callback=self._end)
        try:
            self._journal = Journal(folder, rate_hz, replace(label, device=device.name) if label else None)
        except RehearseError:
            self._stream.close()
            raise
        self._writer.start()
        try:
            _start(self._stream, device)
        except MicrophoneUnavailable:
            self.discard()
            raise

    @property
    def claim(self) -> Claim | None:
        return self._journal.claim

    @property
    def path(self) -> Path:
        return self._journal.path

    @property
    def sample_rate_hz(self) -> int:
        return self._journal.sample_rate_hz

    @property
    def recorded_s(self) -> float:
        return self._journal.recorded_s

    @property
    def lost(self) -> bool:
        return self._ended or self._waited_s > self._may_wait_s

    def stop(self) -> Recording:
        """The finished recording: everything that was heard until now, on disk.

        Where the device vanished or the disk filled up, this is what was kept; `lost` and `failure` tell.
        Raises StorageFailed where it cannot be finished, MicrophoneUnavailable where nothing was heard at all.
        """
        self._close()
        recorded_s = self.recorded_s
        if not recorded_s:
            self._journal.discard()
            raise self.failure or MicrophoneUnavailable(
                f"The microphone '{self.device.name}' delivered no sound.",
                "Is it switched on? Try again, or choose another with: rehearse devices",
            )
        return Recording(
            path=self._journal.finish(),
            sample_rate_hz=self._journal.sample_rate_hz,
            recording_s=recorded_s,
            overflow_count=self.overflow_count,
        )

    def discard(self) -> None:
        """Stop, and delete what was recorded; raises StorageFailed where it cannot be deleted."""
        self._close()
        self._journal.discard()

    def _take(self, data: Any, frames: int, times: Any, status: Any) -> None:
        if status.input_overflow:
            self.overflow_count += 1
        if self.failure is None:
            self._blocks.put(bytes(data))

    def _end(self) -> None:
        self._ended = True

    def _close(self) -> None:
        with quiet_stderr():
            self._stream.stop()
            self._stream.close()
        # Only now is everything that was heard in the queue.
        self._blocks.put(None)
        self._writer.join()

    def _write(self) -> None:
        try:
            while (block := self._next_block()) is not None:
                mono = _mixed(block, self._channels)
                self._journal.append(mono.tobytes())
                self._measure(mono)
        except RehearseError as error:
            self.failure = error
        except BaseException:
            self.failure = RehearseError(
                "The recording stopped because of a fault in rehearse; the sound so far is kept."
            )
            raise

    def _next_block(self) -> bytes | None:
        """Waits for it in small steps: seconds in which this program itself was stopped tell nothing of the device."""
        while True:
            try:
                block = self._blocks.get(timeout=_LOOK_EVERY_S)
            except Empty:
                self._waited_s += _LOOK_EVERY_S
            else:
                self._may_wait_s, self._waited_s = _LOST_AFTER_S, 0.0
                return block

    def _measure(self, mono: npt.NDArray[np.int16]) -> None:
        values = mono.astype(np.float32) / _FULL_SCALE
        power = float(np.mean(values * values)) if len(values) else 0.0
        self.level_dbfs = max(SILENCE_DBFS, 10 * math.log10(power)) if power else SILENCE_DBFS
        self.peak = max(self.peak, float(np.max(np.abs(values), initial=0.0)))


def _open(device: InputDevice, **callbacks: Any) -> tuple[Any, int, int]:
    """An input stream that is not started yet, its rate in Hz and its channels."""
    sounddevice = portaudio(MicrophoneUnavailable)
    own_rate = device.default_rate_hz
    refusal = None
    for rate_hz, channels in dict.fromkeys(((ANALYSIS_RATE_HZ, 1), (own_rate, 1), (own_rate, device.channels))):
        try:
            with quiet_stderr():
                stream = sounddevice.RawInputStream(
                    device=device.index,
                    samplerate=rate_hz,
                    channels=channels,
                    dtype="int16",
                    blocksize=round(rate_hz * _BLOCK_S),
                    latency="high",
                    **callbacks,
                )
        except sounddevice.PortAudioError as error:
            refusal = error
            continue
        in_use(stream)
        return stream, rate_hz, channels
    raise _refused(device) from refusal


def _start(stream: Any, device: InputDevice) -> None:
    sounddevice = portaudio(MicrophoneUnavailable)
    try:
        with quiet_stderr():
            stream.start()
    except sounddevice.PortAudioError as error:
        raise _refused(device) from error


def _refused(device: InputDevice) -> MicrophoneUnavailable:
    return MicrophoneUnavailable(
        f"The microphone '{device.name}' could not be opened.",
        f"Is another program using it, or was it unplugged?\n{OTHER_WAYS}",
    )


def _mixed(block: bytes, channels: int) -> npt.NDArray[np.int16]:
    samples: npt.NDArray[np.int16] = np.frombuffer(block, dtype="<i2")
    if channels == 1:
        return samples
    mixed: npt.NDArray[np.int16] = samples.reshape(-1, channels).mean(axis=1).round().astype("<i2")
    return mixed
