"""Recording from a microphone, and going on with another one where it vanishes.

The audio thread only puts bytes into a queue; one writer thread takes them out, writes them to a journal and keeps
the level for a meter. Nothing that may wait (a disk, a lock, the terminal) is touched by the audio thread, and nothing
here waits for a sound server longer than a person would.
"""

import math
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any

import numpy as np

from rehearse.audio.claim import Claim, Label
from rehearse.audio.devices import InputDevice, find_device, input_devices
from rehearse.audio.input_stream import InputStream, Pcm
from rehearse.audio.journal import Journal
from rehearse.audio.portaudio import answered, quiet_stderr
from rehearse.audio.recording import Recording
from rehearse.audio.sound_watch import GONE_AFTER_S, Fault, SoundWatch
from rehearse.errors import MicrophoneUnavailable, RehearseError

#: What level_dbfs says of silence.
SILENCE_DBFS = -120.0

_LOOK_EVERY_S = 0.1
#: Headsets over Bluetooth take seconds to open; a device that has been heard is given back in a fraction of one.
_OPENED_WITHIN_S = 10.0
_CLOSED_WITHIN_S = 2.0
#: Seconds without a block after which a device that did not say that it ended is closed to look for others.
_GIVEN_UP_AFTER_S = 4.0

_FULL_SCALE = 32768.0


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
        self.overflow_count = 0
        self.level_dbfs = SILENCE_DBFS
        self.peak = 0.0
        self.failure: RehearseError | None = None
        self._blocks: SimpleQueue[tuple[InputStream, bytes] | None] = SimpleQueue()
        self._watch = SoundWatch()
        self._closing = Event()
        self._closed = self._changing = False
        self._names: list[str] = []
        self._writer = Thread(target=self._write, name="journal", daemon=True)
        with ExitStack() as unless_open:
            # PortAudio's own thread complains at any moment, such as that of a device being unplugged.
            unless_open.enter_context(quiet_stderr())
            self._stream = answered(lambda: InputStream(device, self._take), within_s=_OPENED_WITHIN_S)
            self._quiet = unless_open.pop_all()
        try:
            known = replace(label, device=device.name) if label else None
            self._journal = Journal(folder, self._stream.rate_hz, known)
        except RehearseError:
            self._give_back()
            raise
        self._writer.start()
        try:
            answered(self._stream.start, within_s=_OPENED_WITHIN_S)
        except MicrophoneUnavailable:
            self.discard()
            raise

    @property
    def device(self) -> InputDevice:
        return self._stream.device

    @property
    def heard_with(self) -> str:
        return ", then ".join(self._names)

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
    def fault(self) -> Fault | None:
        if self._changing:
            return Fault.NOT_STARTED
        return Fault.GONE if self._stream.ended else self._watch.fault

    @property
    def dead_s(self) -> float:
        return self._watch.dead_s

    @property
    def lost(self) -> bool:
        return self.fault is Fault.GONE

    def others(self) -> tuple[InputDevice, ...]:
        """The microphones there are now, to go on with. Raises MicrophoneUnavailable where that cannot be told."""

        def look() -> tuple[InputDevice, ...]:
            # Devices that came meanwhile are only found while none is open; one that hangs may still come back.
            if self._stream.ended or self._watch.waited_s > _GIVEN_UP_AFTER_S:
                self._close_stream()
            return input_devices()

        return answered(look, within_s=_CLOSED_WITHIN_S)

    def go_on(self, device: InputDevice) -> None:
        """Record on with that device, to the end of the same file and at its rate.

        The time in between is left out of the recording. Raises MicrophoneUnavailable; another one can be tried then.
        """
        self._change(device, SoundWatch(), _OPENED_WITHIN_S)

    def stop(self) -> Recording:
        """The finished recording: everything that was heard until now, on disk.

        Where the device vanished or the disk filled up, this is what was kept; `lost` and `failure` tell. A sound
        server that hangs is waited for no longer than _CLOSED_WITHIN_S and left behind.
        Raises StorageFailed where it cannot be finished, MicrophoneUnavailable where nothing was heard at all.
        """
        self._close()
        recorded_s = self.recorded_s
        if not recorded_s:
            self._journal.discard()
            raise self.failure or MicrophoneUnavailable(
                f"The microphone '{self.device.name}' gave no sound.",
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

    def _take(self, stream: InputStream, data: Any, status: Any) -> None:
        if status.input_overflow:
            self.overflow_count += 1
        if self.failure is None and not self._closed:
            self._blocks.put((stream, bytes(data)))

    def _change(self, device: InputDevice, watch: SoundWatch, within_s: float) -> None:
        self._changing = True
        try:
            answered(lambda: self._opened_instead(device, watch), within_s=within_s)
        finally:
            self._changing = False

    def _opened_instead(self, device: InputDevice, watch: SoundWatch) -> None:
        self._close_stream()
        if self._closing.is_set():
            return
        stream = InputStream(device, self._take, self.sample_rate_hz)
        try:
            stream.start()
        except MicrophoneUnavailable:
            stream.close()
            raise
        self._watch, self._stream = watch, stream
        if self._closing.is_set():
            # Nobody waits for it any more: opening it took too long.
            stream.close()

    def _close_stream(self) -> None:
        self._stream.close(stalled=self._watch.waited_s >= GONE_AFTER_S)

    def _give_back(self) -> None:
        self._closing.set()
        # Where no answer comes, the sound so far does not wait for one.
        with suppress(MicrophoneUnavailable):
            answered(self._close_stream, within_s=_CLOSED_WITHIN_S)
        self._quiet.close()
        self._closed = True

    def _close(self) -> None:
        self._give_back()
        # Only now is everything that was heard in the queue.
        self._blocks.put(None)
        self._writer.join()

    def _write(self) -> None:
        stream = None
        try:
            while (item := self._next_block()) is not None:
                if stream is not item[0]:
                    self._append_rest(stream)
                    stream = item[0]
                    if stream.device.name not in self._names[-1:]:
                        self._names.append(stream.device.name)
                mono = stream.mono(item[1])
                self._journal.append(stream.pcm(mono).tobytes())
                self._measure(mono)
                if stream is self._stream:
                    self._watch.heard(mono, stream.rate_hz)
            self._append_rest(stream)
        except RehearseError as error:
            self.failure = error
        except BaseException:
            self.failure = RehearseError(
                "The recording stopped because of a fault in rehearse; the sound so far is kept."
            )
            raise

    def _append_rest(self, stream: InputStream | None) -> None:
        if stream is not None:
            self._journal.append(stream.rest().tobytes())

    def _next_block(self) -> tuple[InputStream, bytes] | None:
        """Waits for it in small steps: seconds in which this program itself was stopped tell nothing of the device."""
        while True:
            if self._watch.retry_is_due and not (self._closing.is_set() or self._stream.ended):
                with suppress(MicrophoneUnavailable):
                    self._change(self.device, self._watch, _CLOSED_WITHIN_S)
                self._watch.retried()
            try:
                return self._blocks.get(timeout=_LOOK_EVERY_S)
            except Empty:
                self._watch.waited(_LOOK_EVERY_S)

    def _measure(self, mono: Pcm) -> None:
        values = mono.astype(np.float32) / _FULL_SCALE
        power = float(np.mean(values * values)) if len(values) else 0.0
        self.level_dbfs = max(SILENCE_DBFS, 10 * math.log10(power)) if power else SILENCE_DBFS
        self.peak = max(self.peak, float(np.max(np.abs(values), initial=0.0)))
