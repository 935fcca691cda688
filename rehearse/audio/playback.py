"""Playing a recording, with a position that can be read and moved at any time."""

import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import numpy as np

from rehearse.audio.portaudio import in_use, look_again, portaudio, quiet_stderr
from rehearse.audio.recording import Recording, pcm_blocks
from rehearse.errors import PlaybackUnavailable, RehearseError

_BLOCK_S = 0.032
_LOST_AFTER_S = 1.5


@dataclass(frozen=True, slots=True)
class _Jump:
    """A place to play from, in samples; each request is one of its own, even to the same place."""

    to: int


@dataclass(frozen=True, slots=True)
class _Run:
    """What was handed to the device without a break: samples `first` up to `next`, from `since` (monotonic s) on."""

    jump: _Jump
    first: int
    next: int
    since: float


class Player:
    """Plays one recording on the system's own output; a context manager that stops it.

    It starts paused at 0.0 s. The sound is held in memory as 16-bit samples: two minutes at 16 kHz take 4 MB.

    The audio thread alone writes _run, everyone else alone writes _jump and _playing; each is replaced as a whole,
    so that no lock can make the audio thread wait.
    """

    def __init__(self, recording: Recording) -> None:
        """Raises PlaybackUnavailable without an output device, RecordingUnreadable where the file cannot be read."""
        self._jump = _Jump(0)
        self._run = _Run(self._jump, 0, 0, 0.0)
        self._playing = False
        self._moving = False
        self._ended = False
        self._stream, self._rate_hz = _open(recording, callback=self._fill, finished_callback=self._end)
        self._latency_s = float(self._stream.latency)
        try:
            self._sound = np.concatenate([np.zeros(0, np.int16), *pcm_blocks(recording, self._rate_hz)])
            self._last_block = time.monotonic()
            _start(self._stream)
        except RehearseError:
            self._stream.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def playing(self) -> bool:
        """Whether sound is coming out, or about to."""
        return self._playing and not self.finished

    @property
    def position_s(self) -> float:
        """The place that is heard now, in seconds of the recording: what the device still holds back is not counted."""
        jump, run = self._jump, self._run
        if run.jump is not jump:
            return jump.to / self._rate_hz
        heard = round((time.monotonic() - run.since - self._latency_s) * self._rate_hz)
        return min(max(run.first, run.first + heard), run.next) / self._rate_hz

    @property
    def finished(self) -> bool:
        """Whether the last sample has been heard, or the output device has vanished."""
        return self.lost or self.position_s >= len(self._sound) / self._rate_hz

    @property
    def lost(self) -> bool:
        """Whether the output device has vanished."""
        return self._ended or time.monotonic() - self._last_block > _LOST_AFTER_S

    def play(self) -> None:
        """Go on from where it stands; from the beginning where the end was reached."""
        if self.position_s >= len(self._sound) / self._rate_hz:
            self.seek(0.0)
        self._playing = True

    def pause(self) -> None:
        """Hold still until play(); what the device already holds is still heard."""
        self._playing = False

    def seek(self, position_s: float) -> None:
        """Go to a place, in seconds of the recording; places outside it mean its beginning or its end."""
        self._jump = _Jump(min(max(0, round(position_s * self._rate_hz)), len(self._sound)))

    def stop(self) -> None:
        """Fall silent and give the output device back. Nothing can be played after that."""
        with quiet_stderr():
            self._stream.abort()
            self._stream.close()

    def _fill(self, out: Any, frames: int, times: Any, status: Any) -> None:
        jump, run, playing = self._jump, self._run, self._playing
        self._last_block = time.monotonic()
        place = run.next if run.jump is jump else jump.to
        part = self._sound[place : place + frames] if playing else self._sound[:0]
        out[: len(part)] = part[:, np.newaxis]
        out[len(part) :] = 0
        if run.jump is jump and playing and self._moving:
            self._run = _Run(jump, run.first, place + len(part), run.since)
        elif run.jump is not jump or playing:
            self._run = _Run(jump, place, place + len(part), self._last_block)
        self._moving = playing

    def _end(self) -> None:
        self._ended = True


def _open(recording: Recording, **callbacks: Any) -> tuple[Any, int]:
    """An output stream that is not started yet, and its rate in Hz: the recording's where the device takes that."""
    sounddevice = portaudio(PlaybackUnavailable)
    refusal = None
    try:
        with quiet_stderr():
            look_again(sounddevice)
            device = sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError) as error:
        raise _unavailable(recording, "No loudspeaker or headphones were found.") from error
    own_rate = round(device["default_samplerate"])
    for rate_hz, channels in ((recording.sample_rate_hz, 1), (own_rate, 1), (own_rate, 2)):
        try:
            with quiet_stderr():
                stream = sounddevice.OutputStream(
                    device=device["index"],
                    samplerate=rate_hz,
                    channels=channels,
                    dtype="int16",
                    blocksize=round(rate_hz * _BLOCK_S),
                    **callbacks,
                )
        except sounddevice.PortAudioError as error:
            refusal = error
            continue
        in_use(stream)
        return stream, rate_hz
    raise _unavailable(recording, f"The output '{device['name']}' could not be opened.") from refusal


def _start(stream: Any) -> None:
    sounddevice = portaudio(PlaybackUnavailable)
    try:
        with quiet_stderr():
            stream.start()
    except sounddevice.PortAudioError as error:
        raise PlaybackUnavailable(
            "The loudspeaker or headphones could not be started.", "Is another program using them? Try again."
        ) from error


def _unavailable(recording: Recording, message: str) -> PlaybackUnavailable:
    return PlaybackUnavailable(message, f"Any other player can play the file itself: {recording.path}")
