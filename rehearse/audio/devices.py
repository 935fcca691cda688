"""The microphones there are, and the one that is meant."""

import sys
from dataclasses import dataclass

from rehearse.audio.portaudio import answered, look_again, portaudio
from rehearse.errors import MicrophoneUnavailable

#: What a person can do where a microphone is not to be had; what else they can do, whoever needed it knows.
SEE_DEVICES = "See which microphones there are with: rehearse devices"
_PLUG_ONE_IN = "Plug one in, and see whether it is there with: rehearse devices"

#: Looking for devices starts some sound systems first.
_ANSWERED_WITHIN_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class InputDevice:
    """One input as the system offers it.

    index            PortAudio's number for it, only good until devices come or go
    host_api         the sound system it is reached through: ALSA, Core Audio, Windows WASAPI ...
    channels         the most channels it records
    default_rate_hz  the rate it prefers
    is_default       the system's own choice
    """

    name: str
    index: int
    host_api: str
    channels: int
    default_rate_hz: int
    is_default: bool


def input_devices() -> tuple[InputDevice, ...]:
    """Every input there is at this moment, in the system's order; empty where there is none.

    Raises MicrophoneUnavailable without the PortAudio library, or where it cannot be started or does not answer.
    """
    return answered(_inputs, within_s=_ANSWERED_WITHIN_S)


def _inputs() -> tuple[InputDevice, ...]:
    sounddevice = portaudio(MicrophoneUnavailable)
    try:
        look_again(sounddevice)
        default = sounddevice.default.device[0]
        apis = [api["name"] for api in sounddevice.query_hostapis()]
        devices = tuple(sounddevice.query_devices())
    except sounddevice.PortAudioError as error:
        raise MicrophoneUnavailable(
            "The sound system of this computer does not answer.", "Restart it, or the computer."
        ) from error
    return tuple(
        InputDevice(
            name=device["name"],
            index=device["index"],
            host_api=apis[device["hostapi"]],
            channels=device["max_input_channels"],
            default_rate_hz=round(device["default_samplerate"]),
            is_default=device["index"] == default,
        )
        for device in devices
        if device["max_input_channels"] > 0
    )


def find_device(wanted: str = "") -> InputDevice:
    """The input whose name contains `wanted`, whatever its case; '' for the system's own choice.

    Windows offers one microphone through several sound systems: the default device's is preferred, and 'name, system'
    names one exactly. Raises MicrophoneUnavailable where none fits, or several do.
    """
    return choose_device(wanted, input_devices())


def choose_device(wanted: str, devices: tuple[InputDevice, ...]) -> InputDevice:
    """The one among these that find_device(wanted) means; raises MicrophoneUnavailable as it does."""
    if not devices:
        raise MicrophoneUnavailable("No microphone was found.", _PLUG_ONE_IN)
    default = next((device for device in devices if device.is_default), devices[0])
    text = wanted.strip().casefold()
    if not text:
        return default
    fitting = [device for device in devices if text in f"{device.name}, {device.host_api}".casefold()]
    preferred = [device for device in fitting if device.host_api == default.host_api]
    exact = [device for device in preferred if device.name.casefold() == text]
    for candidates in (exact, preferred, fitting):
        if len(candidates) == 1:
            return candidates[0]
    choices = ", ".join(f"'{device.name}'" for device in preferred or fitting or devices)
    raise MicrophoneUnavailable(
        f"'{wanted}' could be any of these microphones: {choices}."
        if fitting
        else f"No microphone is called '{wanted}'. There are: {choices}.",
        "See them all with: rehearse devices",
    )


def offered(devices: tuple[InputDevice, ...]) -> tuple[InputDevice, ...]:
    """Those to choose from, each microphone once: the system's own choice first, and what its sound system offers."""
    if not devices:
        return ()
    default = choose_device("", devices)
    return default, *(each for each in devices if each.host_api == default.host_api and each != default)


def why_silent(platform: str = sys.platform) -> str:
    """What most likely keeps every sound from a microphone that is there, and where to look: the end of a sentence."""
    return {
        "darwin": "may your terminal use it? System Settings > Privacy & Security > Microphone.",
        "win32": "may apps use it? Settings > Privacy > Microphone. Or is it muted?",
    }.get(platform, "is it muted, or is another input chosen? See: rehearse devices")
