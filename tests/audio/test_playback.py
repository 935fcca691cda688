"""What is on disk is heard, from the place that was asked for, and the position says what is heard."""

import ctypes.util
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest
import soundfile
from gliding_tone import RATE_HZ, glide, moment_of_glide

PLAY = """
import json, sys, time
from pathlib import Path
from rehearse.audio.playback import Player
from rehearse.audio.recording import open_recording
from rehearse.errors import RehearseError

def say(**what):
    print(json.dumps(what), flush=True)

def wait_until(true):
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)

def ready():
    say(ready=True)
    sys.stdin.readline()

try:
    with Player(open_recording(Path(sys.argv[1]))) as player:
        {story}
except RehearseError as error:
    say(error=type(error).__name__, message=error.message, hint=error.hint)
"""

WHOLE = """
        ready()
        before = player.position_s
        player.play()
        positions = []
        while not player.finished:
            positions.append(player.position_s)
            time.sleep(0.005)
        say(before=before, positions=positions, after=player.position_s, playing=player.playing, lost=player.lost)
"""

PAUSED = """
        ready()
        player.play()
        wait_until(lambda: player.position_s > 0.2)
        player.pause()
        time.sleep(0.5)
        held = [player.position_s, player.playing]
        time.sleep(0.3)
        held += [player.position_s]
        player.play()
        wait_until(lambda: player.finished)
        say(held=held, after=player.position_s)
"""

SOUGHT = """
        player.seek(1.0)
        places = [player.position_s]
        ready()
        player.play()
        wait_until(lambda: player.finished)
        player.pause()
        for place in (0.25, -3.0, 99.0):
            player.seek(place)
            places.append(player.position_s)
            time.sleep(0.1)
            places.append(player.position_s)
        say(places=places)
"""

AGAIN = """
        player.seek(99.0)
        wait_until(lambda: player.finished)
        since = time.monotonic()
        player.play()
        position_s = player.position_s
        say(position_s=position_s, within_s=time.monotonic() - since)
        wait_until(lambda: player.finished)
        say(position_s=player.position_s)
"""

UNPLUGGED = """
        player.play()
        ready()
        wait_until(lambda: player.finished)
        say(lost=player.lost, playing=player.playing, position_s=player.position_s)
"""

FOLLOWED = """
        ready()
        followed = []
        def follow(seconds, what):
            end = time.monotonic() + seconds
            while (now := time.monotonic()) < end:
                followed.append([what, now, player.position_s])
                time.sleep(0.02)
        player.play()
        follow(0.6, "as it is")
        player.hear(1.5)
        follow(0.6, "faster")
        player.seek(6.0)
        follow(0.6, "sought")
        player.hear(0.5)
        follow(0.6, "slower")
        player.pause()
        time.sleep(0.3)
        player.play()
        follow(0.4, "resumed")
        player.hear(1.25, [(0.0, 6.6), (8.0, 8.5), (9.0, 12.0)])
        follow(1.2, "cut")
        say(followed=followed)
"""

BACK = """
        ready()
        player.hear(1.5)
        player.seek(3.0)
        player.play()
        wait_until(lambda: player.position_s > 3.5)
        say(unplugged=True)
        wait_until(lambda: player.lost)
        time.sleep(0.2)
        held = [player.position_s]
        try:
            player.reopen()
        except RehearseError as error:
            say(refused=error.message)
        time.sleep(0.2)
        held += [player.position_s, player.playing]
        say(held=held)
        sys.stdin.readline()
        player.reopen()
        player.play()
        wait_until(lambda: player.position_s > held[0] + 0.3)
        followed = []
        for _ in range(30):
            followed.append([time.monotonic(), player.position_s])
            time.sleep(0.03)
        say(followed=followed, lost=player.lost)
"""

# An output that takes nothing but its own rate and two channels, as many a plain hardware device.
STUBBORN = """
import sounddevice
Stream = sounddevice.OutputStream
def stubborn(**wanted):
    if (wanted["samplerate"], wanted["channels"]) != (44_100, 2):
        raise sounddevice.PortAudioError("Error opening OutputStream: Invalid sample rate", -9997)
    return Stream(**wanted)
sounddevice.OutputStream = stubborn
"""

IMPATIENT = """
import rehearse.audio.output
rehearse.audio.output._OPENED_WITHIN_S = 1.0
"""

NO_PORTAUDIO = """
import ctypes.util
ctypes.util.find_library = lambda name: None
"""

Play: TypeAlias = Callable[..., AbstractContextManager[Any]]

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring their own PortAudio")
needs_portaudio = pytest.mark.skipif(ctypes.util.find_library("portaudio") is None, reason="needs libportaudio2")


@pytest.fixture
def player(child: Callable[..., AbstractContextManager[Any]]) -> Play:
    """A child that plays a file and does with it what its story says."""

    def start(environment: dict[str, str], sound: Path, story: str, before: str = "") -> AbstractContextManager[Any]:
        return child(before + PLAY.replace("        {story}\n", story), environment, sound)

    return start


@pytest.fixture
def long_tone(tmp_path: Path) -> Path:
    """A sound that is not over before something happens to the output, however slow this machine is."""
    path = tmp_path / "glide.wav"
    soundfile.write(path, glide(30.0), RATE_HZ)
    return path


@pytest.fixture
def two_tones(tmp_path: Path) -> Path:
    """One second of 440 Hz, then one of 880 Hz."""
    path = tmp_path / "tones.wav"
    time_s = np.arange(16_000) / 16_000
    low, high = (0.5 * np.sin(2 * np.pi * pitch * time_s) for pitch in (440, 880))
    soundfile.write(path, np.concatenate([low, high]), 16_000)
    return path


def power_at(sound: Path, pitch_hz: float) -> float:
    """The part of a file's power that lies within 20 Hz of a pitch, 0..1."""
    samples, rate_hz = soundfile.read(sound)
    power = np.abs(np.fft.rfft(samples)) ** 2
    near = np.abs(np.fft.rfftfreq(len(samples), 1 / rate_hz) - pitch_hz) < 20
    return float(power[near].sum() / power.sum())


def test_a_recording_is_heard_to_its_end_while_the_position_moves_along(
    player: Play,
    virtual_microphone: Any,
    tmp_path: Path,
    spoken: Path,
    likeness: Callable[[Path, Path], float],
) -> None:
    heard, longer = tmp_path / "heard.wav", tmp_path / "longer.wav"
    # Long enough to be looked at often by a busy machine.
    soundfile.write(longer, np.pad(soundfile.read(spoken)[0], (0, 24_000)), 16_000)
    with player(virtual_microphone.environment, longer, WHOLE) as child:
        child.says()
        with virtual_microphone.overheard(heard):
            child.hears_a_line()
            story = child.says()
            assert child.noise() == ""
    assert likeness(heard, spoken) > 0.95
    assert (story["before"], story["after"], story["playing"], story["lost"]) == (0.0, 2.0, False, False)
    assert story["positions"] == sorted(story["positions"])
    assert len(set(story["positions"])) > 10


def test_a_pause_holds_the_position(player: Play, virtual_microphone: Any, two_tones: Path) -> None:
    with player(virtual_microphone.environment, two_tones, PAUSED) as child:
        child.says()
        child.hears_a_line()
        story = child.says()
    held, playing, still_held = story["held"]
    assert 0.2 < held == still_held < 2.0
    assert playing is False
    assert story["after"] == 2.0


def test_only_what_comes_after_the_place_sought_is_heard(
    player: Play, virtual_microphone: Any, tmp_path: Path, two_tones: Path
) -> None:
    heard = tmp_path / "heard.wav"
    with player(virtual_microphone.environment, two_tones, SOUGHT) as child:
        child.says()
        with virtual_microphone.overheard(heard):
            child.hears_a_line()
            story = child.says()
    assert power_at(heard, 880) > 0.95
    sought, inside, inside_later, before, before_later, after, after_later = story["places"]
    assert sought == 1.0
    assert inside == inside_later == 0.25
    assert before == before_later == 0.0
    assert after == after_later == 2.0


def test_playing_at_the_end_begins_again(player: Play, virtual_microphone: Any, spoken: Path) -> None:
    with player(virtual_microphone.environment, spoken, AGAIN) as child:
        again = child.says()
        assert again["position_s"] <= again["within_s"]
        assert child.says() == {"position_s": 0.5}


def test_an_output_that_takes_only_its_own_format_plays_at_the_right_pitch(
    player: Play, virtual_microphone: Any, tmp_path: Path, two_tones: Path
) -> None:
    heard = tmp_path / "heard.wav"
    with player(virtual_microphone.environment, two_tones, WHOLE, before=STUBBORN) as child:
        child.says()
        with virtual_microphone.overheard(heard):
            child.hears_a_line()
            story = child.says()
    assert power_at(heard, 440) + power_at(heard, 880) > 0.95
    assert story["after"] == pytest.approx(2.0, abs=0.01)


def test_the_position_is_what_is_heard_at_any_speed_after_any_jump(
    player: Play, virtual_microphone: Any, tmp_path: Path
) -> None:
    path = tmp_path / "glide.wav"
    soundfile.write(path, glide(12.0), RATE_HZ)
    with (
        virtual_microphone.listening() as heard,
        player(virtual_microphone.environment, path, FOLLOWED) as child,
    ):
        child.says()
        child.hears_a_line()
        followed = child.says()["followed"]
    errors_s: dict[str, list[float]] = {}
    for what, moment, position_s in followed:
        window = heard.around(moment)
        if len(window) and np.sqrt(np.mean(window.astype(float) ** 2)) > 5_000:
            errors_s.setdefault(what, []).append(abs(moment_of_glide(window) - position_s))
    assert set(errors_s) == {"as it is", "faster", "sought", "slower", "resumed", "cut"}
    # Not the worst: right after a jump a window still holds what was before it, and on a busy machine the sound server
    # stammers. A position that is wrong is wrong all the time; test_mixing.py looks at every sample.
    usual_s = {what: np.quantile(found_s, 0.25) for what, found_s in errors_s.items()}
    assert max(usual_s.values()) <= 0.05, usual_s


def test_after_an_output_has_gone_it_goes_on_where_it_stood_on_the_next_one(
    player: Play, virtual_microphone: Any, tmp_path: Path
) -> None:
    path = tmp_path / "glide.wav"
    soundfile.write(path, glide(12.0), RATE_HZ)
    with player(virtual_microphone.environment, path, BACK) as child:
        child.says()
        child.hears_a_line()
        child.says()
        virtual_microphone.unplug()
        refused = child.says()
        held = child.says()["held"]
        assert refused["refused"].startswith(("No loudspeaker", "The output", "The loudspeaker"))
        assert held[0] == held[1] and 3.5 < held[0] < 12.0 and held[2] is False
        virtual_microphone.plug_in_again()
        with virtual_microphone.listening() as heard:
            child.hears_a_line()
            story = child.says()
    assert not story["lost"]
    errors_s = [abs(moment_of_glide(heard.around(now)) - position_s) for now, position_s in story["followed"]]
    # Where it stood, and not the beginning or the end: how near the position is to the ear is looked at above, with an
    # output that has not just been opened on a busy machine.
    assert np.quantile(errors_s, 0.25) <= 0.25


def test_an_output_that_vanishes_ends_the_playing(player: Play, virtual_microphone: Any, long_tone: Path) -> None:
    with player(virtual_microphone.environment, long_tone, UNPLUGGED) as child:
        child.says()
        virtual_microphone.unplug()
        child.hears_a_line()
        story = child.says()
    assert (story["lost"], story["playing"]) == (True, False)


def test_a_sound_server_that_hangs_is_waited_for_no_longer_than_a_person_would(
    player: Play, virtual_microphone: Any, long_tone: Path
) -> None:
    with player(virtual_microphone.environment, long_tone, UNPLUGGED) as child:
        child.says()
        with virtual_microphone.struck_dumb():
            child.hears_a_line()
            assert child.says()["lost"]
            assert child.noise() == ""
    with (
        virtual_microphone.struck_dumb(),
        player(virtual_microphone.environment, long_tone, WHOLE, before=IMPATIENT) as child,
    ):
        refusal = child.says()
    assert (refusal["error"], refusal["message"]) == (
        "PlaybackUnavailable",
        "The sound system of this computer does not answer.",
    )


@linux_only
@needs_portaudio
def test_a_machine_without_an_output_is_said_in_words_and_nothing_else(
    player: Play, tmp_path: Path, spoken: Path
) -> None:
    # PortAudio stops the whole process where ALSA names no device at all, so there is one that leads nowhere.
    (tmp_path / "asound.conf").write_text("pcm.default{type pulse}\n")
    environment = os.environ | {
        "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"),
        "PULSE_SERVER": f"unix:{tmp_path}/nowhere",
        "JACK_NO_START_SERVER": "1",
    }
    with player(environment, spoken, WHOLE) as child:
        refusal = child.says()
        assert child.noise() == ""
    assert refusal["error"] == "PlaybackUnavailable"
    assert refusal["message"] == "No loudspeaker or headphones were found."
    assert str(spoken) in refusal["hint"]


@linux_only
def test_playing_without_portaudio_is_told_what_to_install(player: Play, spoken: Path) -> None:
    with player(dict(os.environ), spoken, WHOLE, before=NO_PORTAUDIO) as child:
        refusal = child.says()
    assert refusal["error"] == "PlaybackUnavailable"
    assert "sudo apt install libportaudio2" in refusal["hint"]
