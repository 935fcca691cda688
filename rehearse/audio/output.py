"""The loudspeaker or headphones: opening what the system chooses at this moment, in a form it takes."""

from contextlib import suppress
from typing import Any

from rehearse.audio.portaudio import answered, in_use, look_again, portaudio
from rehearse.errors import PlaybackUnavailable

#: Long enough for the audio thread to be in time, short enough that a key is heard at once.
BLOCK_S = 0.032

#: Headphones over Bluetooth take seconds to open.
_OPENED_WITHIN_S = 10.0
_CLOSED_WITHIN_S = 2.0


def open_output(wanted_rate_hz: int, other_way: str, **callbacks: Any) -> tuple[Any, int]:
    """An output stream of int16 that is not started yet, and its rate in Hz: the wanted one where the device takes it.

    other_way  what a person can do where nothing can be opened
    callbacks  callback and finished_callback, as sounddevice.OutputStream takes them

    Raises PlaybackUnavailable without PortAudio, without a device, with one that cannot be opened, or where the sound
    system does not answer.
    """
    return answered(
        lambda: _opened(wanted_rate_hz, other_way, callbacks),
        within_s=_OPENED_WITHIN_S,
        unavailable=PlaybackUnavailable,
    )


def _opened(wanted_rate_hz: int, other_way: str, callbacks: dict[str, Any]) -> tuple[Any, int]:
    sounddevice = portaudio(PlaybackUnavailable)
    refusal = None
    try:
        look_again(sounddevice)
        device = sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError) as error:
        raise PlaybackUnavailable("No loudspeaker or headphones were found.", other_way) from error
    own_rate = round(device["default_samplerate"])
    for rate_hz, channels in ((wanted_rate_hz, 1), (own_rate, 1), (own_rate, 2)):
        try:
            stream = sounddevice.OutputStream(
                device=device["index"],
                samplerate=rate_hz,
                channels=channels,
                dtype="int16",
                blocksize=round(rate_hz * BLOCK_S),
                **callbacks,
            )
        except sounddevice.PortAudioError as error:
            refusal = error
            continue
        in_use(stream)
        return stream, rate_hz
    raise PlaybackUnavailable(f"The output '{device['name']}' could not be opened.", other_way) from refusal


def start_output(stream: Any) -> None:
    """Raises PlaybackUnavailable where it does not start, or the sound system does not answer."""
    sounddevice = portaudio(PlaybackUnavailable)
    try:
        answered(stream.start, within_s=_OPENED_WITHIN_S, unavailable=PlaybackUnavailable)
    except sounddevice.PortAudioError as error:
        raise PlaybackUnavailable(
            "The loudspeaker or headphones could not be started.", "Is another program using them? Try again."
        ) from error


def close_output(stream: Any) -> None:
    """Fall silent at once and give the device back, also where it has vanished; one that hangs is left behind."""
    sounddevice = portaudio(PlaybackUnavailable)

    def close() -> None:
        for end in (stream.abort, stream.close):
            # A device that has gone cannot be told to stop; there is nothing left to give back.
            with suppress(sounddevice.PortAudioError):
                end()

    with suppress(PlaybackUnavailable):
        answered(close, within_s=_CLOSED_WITHIN_S, unavailable=PlaybackUnavailable)
