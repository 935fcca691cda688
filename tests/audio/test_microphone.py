"""What is said into the microphone is on disk, and what goes wrong is said in words."""

import ctypes.util
import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest
import soundfile

from rehearse.audio.devices import InputDevice, choose_device
from rehearse.errors import MicrophoneUnavailable

RECORD = """
import json, sys, time
from pathlib import Path
from rehearse.audio.microphone import Microphone
from rehearse.errors import RehearseError

folder, ending, device = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
try:
    capture = Microphone(device).record(folder)
    while not capture.recorded_s:
        assert not capture.lost and not capture.failure
        time.sleep(0.01)
    print(json.dumps({"device": capture.device.name}), flush=True)
    if ending == "line":
        sys.stdin.readline()
    deadline = time.monotonic() + 60
    if ending == "another":
        while not capture.lost:
            time.sleep(0.01)
        print(json.dumps({"lost": True}), flush=True)
        sys.stdin.readline()
        there, kept_s = capture.others(), capture.recorded_s
        capture.go_on(next(each for each in there if each.name == "pulse"))
        while capture.recorded_s == kept_s and not capture.lost:
            time.sleep(0.01)
        print(json.dumps({"others": [each.name for each in there], "kept_s": kept_s}), flush=True)
        sys.stdin.readline()
    if ending == "lost":
        while not capture.lost and time.monotonic() < deadline:
            time.sleep(0.01)
        print(json.dumps({"lost": capture.lost}), flush=True)
    while ending == "failure" and capture.failure is None and time.monotonic() < deadline:
        time.sleep(0.01)
    meter = {"level_dbfs": capture.level_dbfs, "peak": capture.peak, "lost": capture.lost}
    if ending == "discard":
        print(json.dumps({"discarded": capture.discard()}))
        sys.exit()
    recording = capture.stop()
    print(json.dumps(meter | {
        "path": str(recording.path), "sample_rate_hz": recording.sample_rate_hz, "recording_s": recording.recording_s,
        "overflow_count": recording.overflow_count, "failure": capture.failure and capture.failure.message,
        "heard_with": capture.heard_with,
    }))
except RehearseError as error:
    print(json.dumps({"error": type(error).__name__, "message": error.message, "hint": error.hint}))
"""

LOOK_WHILE_RECORDING = """
import json, sys, time
from pathlib import Path
from rehearse.audio.devices import input_devices
from rehearse.audio.microphone import Microphone

capture = Microphone().record(Path(sys.argv[1]))
while not capture.recorded_s and not capture.lost:
    time.sleep(0.01)
names = [device.name for device in input_devices()]
looked_at_s = capture.recorded_s
while capture.recorded_s < looked_at_s + 0.3 and not capture.lost:
    time.sleep(0.01)
lost = capture.lost
print(json.dumps({
    "names": names, "looked_at_s": looked_at_s, "lost": lost, "recording_s": capture.stop().recording_s
}))
"""

LOOK_TWICE = """
import json, sys
from rehearse.audio.devices import input_devices

print(json.dumps({"names": [device.name for device in input_devices()]}), flush=True)
sys.stdin.readline()
print(json.dumps({"names": [device.name for device in input_devices()]}), flush=True)
"""

# An interface that takes nothing but its own rate and its own number of channels, as many a plain hardware device.
STUBBORN = """
import sounddevice
Stream = sounddevice.RawInputStream
def stubborn(**wanted):
    if (wanted["samplerate"], wanted["channels"]) != (44_100, 32):
        raise sounddevice.PortAudioError("Error opening RawInputStream: Invalid sample rate", -9997)
    return Stream(**wanted)
sounddevice.RawInputStream = stubborn
"""

# The first one gets what it wants, all others only what the device has.
STUBBORN_LATER = """
import sounddevice
Stream, opened = sounddevice.RawInputStream, []
def stubborn(**wanted):
    if opened and (wanted["samplerate"], wanted["channels"]) != (44_100, 32):
        raise sounddevice.PortAudioError("Error opening RawInputStream: Invalid sample rate", -9997)
    opened.append(Stream(**wanted))
    return opened[-1]
sounddevice.RawInputStream = stubborn
"""

# Opened without an error, and nothing comes from it, as from some headsets over Bluetooth.
DEAF_AT_FIRST = """
import sounddevice
Stream, opened = sounddevice.RawInputStream, []
class Deaf:
    closed = False
    def start(self): pass
    def abort(self): pass
    def close(self): self.closed = True
def deaf_at_first(**wanted):
    opened.append(Stream(**wanted) if opened else Deaf())
    return opened[-1]
sounddevice.RawInputStream = deaf_at_first
"""

TAKEN = """
import sounddevice
def taken(**wanted):
    raise sounddevice.PortAudioError("Error opening RawInputStream: Device unavailable", -9985)
sounddevice.RawInputStream = taken
"""

FULL_DISK = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (20_044, 20_044))
"""

NO_PORTAUDIO = """
import ctypes.util
ctypes.util.find_library = lambda name: None
"""

#: Seconds without sound after which a device counts as gone, and some more.
LONGER_THAN_A_DEVICE_MAY_S = 2.0

Recorder: TypeAlias = Callable[..., AbstractContextManager[Any]]
Likeness: TypeAlias = Callable[[Path, Path], float]

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring their own PortAudio")
needs_portaudio = pytest.mark.skipif(ctypes.util.find_library("portaudio") is None, reason="needs libportaudio2")


@pytest.fixture
def recorder(child: Callable[..., AbstractContextManager[Any]]) -> Recorder:
    """A child that records; `ending` is what it waits for, `before` what it runs first."""

    def start(
        environment: dict[str, str], folder: Path, ending: str = "line", device: str = "", before: str = ""
    ) -> AbstractContextManager[Any]:
        return child(before + RECORD, environment, folder, ending, device)

    return start


def test_what_is_said_is_recorded(
    recorder: Recorder, virtual_microphone: Any, tmp_path: Path, spoken: Path, likeness: Likeness
) -> None:
    with recorder(virtual_microphone.environment, tmp_path / "recordings") as child:
        child.says()
        virtual_microphone.speak(spoken, wait=True)
        child.hears_a_line()
        recording = child.says()
        assert child.noise() == ""
    heard, rate_hz = soundfile.read(recording["path"])
    assert rate_hz == recording["sample_rate_hz"] == 16_000
    assert len(heard) / rate_hz == recording["recording_s"] >= 0.5
    assert recording["overflow_count"] == 0
    assert recording["failure"] is None
    assert recording["peak"] == pytest.approx(np.abs(heard).max())
    assert likeness(Path(recording["path"]), spoken) > 0.95
    assert [file.name for file in (tmp_path / "recordings").iterdir()] == [Path(recording["path"]).name]


def test_an_unplugged_microphone_is_noticed_and_the_sound_so_far_is_kept(
    recorder: Recorder, virtual_microphone: Any, tmp_path: Path, spoken: Path, likeness: Likeness
) -> None:
    with recorder(virtual_microphone.environment, tmp_path, ending="lost") as child:
        child.says()
        virtual_microphone.speak(spoken, wait=True)
        virtual_microphone.unplug()
        assert child.says() == {"lost": True}
        recording = child.says()
        assert child.noise() == ""
    assert recording["lost"] is True
    assert likeness(Path(recording["path"]), spoken) > 0.95


def test_a_dead_sound_server_is_noticed_and_the_sound_so_far_is_kept(
    recorder: Recorder, virtual_microphone: Any, tmp_path: Path, spoken: Path, likeness: Likeness
) -> None:
    with recorder(virtual_microphone.environment, tmp_path, ending="lost") as child:
        child.says()
        virtual_microphone.speak(spoken, wait=True)
        virtual_microphone.stop()
        assert child.says() == {"lost": True}
        recording = child.says()
    assert recording["lost"] is True
    assert likeness(Path(recording["path"]), spoken) > 0.95


def test_a_device_that_falls_silent_without_an_error_is_noticed(
    recorder: Recorder, virtual_microphone: Any, tmp_path: Path
) -> None:
    with recorder(virtual_microphone.environment, tmp_path, ending="lost") as child:
        child.says()
        with virtual_microphone.struck_dumb():
            assert child.says() == {"lost": True}
        recording = child.says()
    assert recording["lost"] is True
    assert recording["recording_s"] > 0


def test_a_program_that_was_held_up_goes_on_recording(
    recorder: Recorder, virtual_microphone: Any, tmp_path: Path
) -> None:
    with recorder(virtual_microphone.environment, tmp_path) as child:
        child.says()
        with child.held_up():
            time.sleep(LONGER_THAN_A_DEVICE_MAY_S)
            child.hears_a_line()
        recording = child.says()
    assert recording["lost"] is False


def test_a_sound_server_that_hangs_is_left_behind_with_the_sound_so_far_kept(
    recorder: Recorder, virtual_microphone: Any, tmp_path: Path, spoken: Path, likeness: Likeness
) -> None:
    with recorder(virtual_microphone.environment, tmp_path, ending="lost") as child:
        child.says()
        virtual_microphone.speak(spoken, wait=True)
        with virtual_microphone.struck_dumb():
            recording = child.ends_saying()
    assert recording["lost"] is True
    assert likeness(Path(recording["path"]), spoken) > 0.95


@pytest.mark.parametrize("before", ["", STUBBORN_LATER], ids=["at the same rate", "at a rate of its own"])
def test_a_recording_goes_on_with_another_microphone(
    recorder: Recorder, virtual_microphone: Any, tmp_path: Path, spoken: Path, likeness: Likeness, before: str
) -> None:
    tone = tmp_path / "tone.wav"
    soundfile.write(tone, 0.5 * np.sin(2 * np.pi * 440 * np.arange(16_000) / 16_000), 16_000)
    with recorder(virtual_microphone.environment, tmp_path / "recordings", ending="another", before=before) as child:
        child.says()
        virtual_microphone.speak(spoken, wait=True)
        virtual_microphone.unplug()
        assert child.says() == {"lost": True}
        virtual_microphone.plug_in_again()
        child.hears_a_line()
        went_on = child.says()
        virtual_microphone.speak(tone, wait=True)
        child.hears_a_line()
        recording = child.says()
    assert went_on["others"] == ["pulse", "default"]
    heard, rate_hz = soundfile.read(recording["path"])
    assert rate_hz == 16_000 and recording["lost"] is False
    assert recording["heard_with"] == "default, then pulse"
    seam = round(went_on["kept_s"] * rate_hz)
    for name, part, said in (("before", heard[:seam], spoken), ("after", heard[seam:], tone)):
        soundfile.write(tmp_path / f"{name}.wav", part, rate_hz)
        assert likeness(tmp_path / f"{name}.wav", said) > 0.95


def test_a_device_that_starts_dead_is_opened_once_more(
    recorder: Recorder, virtual_microphone: Any, tmp_path: Path, spoken: Path, likeness: Likeness
) -> None:
    with recorder(virtual_microphone.environment, tmp_path, before=DEAF_AT_FIRST) as child:
        child.says()
        virtual_microphone.speak(spoken, wait=True)
        child.hears_a_line()
        recording = child.says()
    assert recording["lost"] is False
    assert likeness(Path(recording["path"]), spoken) > 0.95


def test_a_microphone_that_another_program_has_for_itself_is_said_to_be_in_use(
    recorder: Recorder, virtual_microphone: Any, tmp_path: Path
) -> None:
    with recorder(virtual_microphone.environment, tmp_path / "recordings", before=TAKEN) as child:
        refusal = child.says()
    assert refusal["message"] == "The microphone 'default' could not be opened now."
    assert "Another program may have it for itself" in refusal["hint"]
    assert not (tmp_path / "recordings").exists()


def test_a_device_that_takes_only_its_own_format_is_recorded_in_it_and_mixed(
    recorder: Recorder, virtual_microphone: Any, tmp_path: Path
) -> None:
    tone = tmp_path / "tone.wav"
    soundfile.write(tone, 0.5 * np.sin(2 * np.pi * 440 * np.arange(16_000) / 16_000), 16_000)
    with recorder(virtual_microphone.environment, tmp_path, before=STUBBORN) as child:
        child.says()
        virtual_microphone.speak(tone, wait=True)
        child.hears_a_line()
        recording = child.says()
    heard, rate_hz = soundfile.read(recording["path"])
    assert rate_hz == recording["sample_rate_hz"] == 44_100
    assert heard.ndim == 1
    assert np.argmax(np.abs(np.fft.rfft(heard))) * rate_hz / len(heard) == pytest.approx(440, abs=3)


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot limit the size of a file")
def test_a_full_disk_stops_the_recording_and_keeps_what_it_took(
    recorder: Recorder, virtual_microphone: Any, tmp_path: Path
) -> None:
    with recorder(virtual_microphone.environment, tmp_path, ending="failure", before=FULL_DISK) as child:
        child.says()
        recording = child.says()
        assert child.noise() == ""
    assert "has no room for more sound" in recording["failure"]
    assert recording["recording_s"] == 10_000 / 16_000
    assert len(soundfile.read(recording["path"])[0]) == 10_000


def test_a_discarded_recording_leaves_nothing(recorder: Recorder, virtual_microphone: Any, tmp_path: Path) -> None:
    with recorder(virtual_microphone.environment, tmp_path / "recordings", ending="discard") as child:
        child.says()
        assert child.says() == {"discarded": None}
    assert list((tmp_path / "recordings").iterdir()) == []


def test_a_microphone_is_found_by_a_part_of_its_name(
    recorder: Recorder, virtual_microphone: Any, tmp_path: Path
) -> None:
    with recorder(virtual_microphone.environment, tmp_path, ending="discard", device="PULS") as child:
        assert child.says() == {"device": "pulse"}


def test_an_unknown_microphone_is_said_in_words_with_the_choices(
    recorder: Recorder, virtual_microphone: Any, tmp_path: Path
) -> None:
    with recorder(virtual_microphone.environment, tmp_path, device="Blue Yeti") as child:
        refusal = child.says()
    assert refusal["error"] == "MicrophoneUnavailable"
    assert refusal["message"] == "No microphone is called 'Blue Yeti'. There are: 'pulse', 'default'."
    assert "rehearse devices" in refusal["hint"]


def test_looking_for_devices_leaves_a_recording_alone(
    child: Callable[..., AbstractContextManager[Any]], virtual_microphone: Any, tmp_path: Path
) -> None:
    with child(LOOK_WHILE_RECORDING, virtual_microphone.environment, tmp_path) as looker:
        said = looker.says()
    assert said["names"] == ["pulse", "default"]
    assert said["lost"] is False
    assert said["recording_s"] > said["looked_at_s"] + 0.2


def test_a_microphone_plugged_in_later_is_found(
    child: Callable[..., AbstractContextManager[Any]], virtual_microphone: Any
) -> None:
    virtual_microphone.stop()
    with child(LOOK_TWICE, virtual_microphone.environment) as looker:
        assert looker.says() == {"names": []}
        virtual_microphone.start()
        looker.hears_a_line()
        assert looker.says() == {"names": ["pulse", "default"]}


@linux_only
@needs_portaudio
def test_a_machine_without_a_microphone_is_said_in_words_and_nothing_else(recorder: Recorder, tmp_path: Path) -> None:
    # PortAudio stops the whole process where ALSA names no device at all, so there is one that leads nowhere.
    (tmp_path / "asound.conf").write_text("pcm.default{type pulse}\n")
    environment = os.environ | {
        "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"),
        "PULSE_SERVER": f"unix:{tmp_path}/nowhere",
        "JACK_NO_START_SERVER": "1",
    }
    with recorder(environment, tmp_path / "recordings") as child:
        refusal = child.says()
        assert child.noise() == ""
    assert refusal["error"] == "MicrophoneUnavailable"
    assert refusal["message"] == "No microphone was found."
    assert refusal["hint"].splitlines() == [
        "Plug one in, and see whether it is there with: rehearse devices",
    ]
    assert not (tmp_path / "recordings").exists()


@linux_only
def test_a_machine_without_portaudio_is_told_what_to_install(recorder: Recorder, tmp_path: Path) -> None:
    with recorder(dict(os.environ), tmp_path, before=NO_PORTAUDIO) as child:
        refusal = child.says()
    assert refusal["error"] == "MicrophoneUnavailable"
    assert refusal["message"] == "Sound needs the PortAudio library, and it is not installed."
    assert "sudo apt install libportaudio2" in refusal["hint"]


def device(name: str, host_api: str = "Windows MME", is_default: bool = False) -> InputDevice:
    return InputDevice(name=name, index=0, host_api=host_api, channels=2, default_rate_hz=44_100, is_default=is_default)


BUILT_IN = device("Microphone Array", is_default=True)
HEADSET = device("Headset (Jabra)")
HEADSET_AGAIN = device("Headset (Jabra)", "Windows WASAPI")
CAMERA = device("Camera Microphone")
ALL = (CAMERA, BUILT_IN, HEADSET, HEADSET_AGAIN)


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        ("", BUILT_IN),
        ("  ", BUILT_IN),
        ("jabra", HEADSET),
        ("Jabra), Windows WASAPI", HEADSET_AGAIN),
        ("camera", CAMERA),
        ("MICROPHONE ARRAY", BUILT_IN),
    ],
)
def test_the_microphone_that_was_meant_is_chosen(wanted: str, chosen: InputDevice) -> None:
    assert choose_device(wanted, ALL) is chosen


def test_a_whole_name_wins_over_a_part_of_another() -> None:
    plain, longer = device("USB"), device("USB Audio")
    assert choose_device("usb", (longer, plain)) is plain


def test_without_a_system_choice_the_first_microphone_is_taken() -> None:
    assert choose_device("", (CAMERA, HEADSET)) is CAMERA


def test_a_name_that_fits_several_microphones_is_said_in_words_with_the_choices() -> None:
    with pytest.raises(MicrophoneUnavailable) as refusal:
        choose_device("micro", ALL)
    assert refusal.value.message == (
        "'micro' could be any of these microphones: 'Camera Microphone', 'Microphone Array'."
    )
