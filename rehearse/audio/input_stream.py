"""One microphone being heard: opening it at a rate it takes, its blocks as mono sound, and closing it again.

Everything here that calls PortAudio is to be called through `portaudio.answered`.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from rehearse.audio.devices import SEE_DEVICES, InputDevice
from rehearse.audio.ffmpeg import Resampler
from rehearse.audio.portaudio import in_use, portaudio
from rehearse.audio.recording import ANALYSIS_RATE_HZ
from rehearse.errors import MicrophoneUnavailable

# 512 samples at 16 kHz; PortAudio's own choice gave blocks of 1-11 samples on ALSA with PulseAudio.
_BLOCK_S = 0.032
#: What nearly every device takes that refuses both 16 kHz and the rate it says is its own.
_COMMON_RATES_HZ = (48_000, 44_100)
#: PortAudio's numbers for what can be told apart: paDeviceUnavailable, paInvalidDevice, paInvalidSampleRate.
_IN_USE, _NO_SUCH_DEVICE, _NO_SUCH_RATE = -9985, -9996, -9997

Pcm = npt.NDArray[np.int16]


class InputStream:
    """A device that has been opened; its blocks come through `take`, in the audio thread, once it is started.

    device   what is heard
    rate_hz  what it is heard at
    ended    it gives no more, because it was closed or because it has vanished
    """

    def __init__(
        self, device: InputDevice, take: Callable[["InputStream", Any, Any], None], file_rate_hz: int | None = None
    ) -> None:
        """Open the device, mono at 16 kHz (or the file's rate) where it can, else as it can.

        take          given this stream, the samples as a buffer of int16, and PortAudio's flags
        file_rate_hz  the rate that `pcm` is to give, None for the device's own

        Raises MicrophoneUnavailable.
        """
        self.device = device
        self.ended = False
        self._stream, self.rate_hz, self._channels = _opened(
            device,
            file_rate_hz or ANALYSIS_RATE_HZ,
            callback=lambda data, frames, times, status: take(self, data, status),
            finished_callback=self._end,
        )
        other_rate = file_rate_hz is not None and file_rate_hz != self.rate_hz
        self._resampler = Resampler(self.rate_hz, file_rate_hz) if file_rate_hz and other_rate else None

    def start(self) -> None:
        """Raises MicrophoneUnavailable; the stream is then still to be closed."""
        sounddevice = portaudio(MicrophoneUnavailable)
        try:
            self._stream.start()
        except sounddevice.PortAudioError as error:
            raise _refused(self.device, error) from error

    def close(self, *, stalled: bool = False) -> None:
        """Give the device back; all blocks have come then. Closing it again does nothing.

        stalled  no block has come for a while: whatever the device still holds is not waited for, as that may be for
                 ever
        """
        if stalled:
            self._stream.abort()
        else:
            self._stream.stop()
        self._stream.close()

    def mono(self, block: bytes) -> Pcm:
        """The samples of a block, its channels mixed into one, at rate_hz."""
        samples: Pcm = np.frombuffer(block, dtype="<i2")
        if self._channels == 1:
            return samples
        mixed: Pcm = samples.reshape(-1, self._channels).mean(axis=1).round().astype("<i2")
        return mixed

    def pcm(self, mono: Pcm) -> Pcm:
        """Those samples at the file's rate; a few of them may come with the next ones."""
        return self._resampler.feed(mono) if self._resampler else mono

    def rest(self) -> Pcm:
        """What `pcm` still holds back after the last block."""
        return self._resampler.rest() if self._resampler else np.zeros(0, np.int16)

    def _end(self) -> None:
        self.ended = True


def _opened(device: InputDevice, wanted_hz: int, **callbacks: Any) -> tuple[Any, int, int]:
    """An input stream that is not started yet, its rate in Hz and its channels."""
    sounddevice = portaudio(MicrophoneUnavailable)
    own_hz = device.default_rate_hz
    ways = [(wanted_hz, 1), (own_hz, 1), (own_hz, device.channels), *((hz, 1) for hz in _COMMON_RATES_HZ)]
    refusal = None
    for rate_hz, channels in dict.fromkeys(ways):
        try:
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
            if _number(error) in (_IN_USE, _NO_SUCH_DEVICE):
                break
            continue
        in_use(stream)
        return stream, rate_hz, channels
    raise _refused(device, refusal) from refusal


def _number(error: Exception | None) -> int | None:
    """PortAudio's number for an error of sounddevice, which gives it as the second of its arguments."""
    arguments = error.args if error is not None else ()
    return arguments[1] if len(arguments) > 1 and isinstance(arguments[1], int) else None


def _refused(device: InputDevice, error: Exception | None) -> MicrophoneUnavailable:
    because, ask = {
        _IN_USE: (" now", "Another program may have it for itself: a call, a recorder? Close that one and try again."),
        _NO_SUCH_DEVICE: (": it is not there any more", "Was it unplugged, or switched off?"),
        _NO_SUCH_RATE: (": it takes none of the usual sample rates", "Choose 48000 Hz in the sound settings."),
    }.get(_number(error) or 0, ("", "Is another program using it, or was it unplugged?"))
    return MicrophoneUnavailable(
        f"The microphone '{device.name}' could not be opened{because}.", f"{ask}\n{SEE_DEVICES}"
    )
