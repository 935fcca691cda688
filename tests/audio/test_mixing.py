"""The audio thread by itself, on a clock of its own: no device, so that every sample is the same each time."""

from collections.abc import Callable

import numpy as np
import pytest
from gliding_tone import RATE_HZ, glide, moment_of_glide
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.course import Course
from rehearse.audio.mixing import Mixer
from rehearse.audio.rendering import Timeline

FRAMES = 512
LENGTH_S = 12.0
SOUND = glide(LENGTH_S)
TONE = (16_000 * np.sin(2 * np.pi * 440 * np.arange(round(LENGTH_S * RATE_HZ)) / RATE_HZ)).astype(np.int16)
KEPT = ((0.0, 3.0), (5.0, 8.0), (8.5, 12.0))


def course(
    place_s: float,
    speed: float = 1.0,
    *,
    sought: bool,
    kept: object = None,
    sound: np.ndarray = SOUND,
    ready: bool = True,
) -> Course:
    made = Course(sound, RATE_HZ, Timeline(LENGTH_S, speed, kept), place_s, sought=sought)  # type: ignore[arg-type]
    if ready:
        for _ in made.rendering():
            pass
    return made


class Device:
    """Takes a block every FRAMES samples of its own time, and remembers where the mixer said it was."""

    def __init__(self, sound: np.ndarray = SOUND) -> None:
        self.mixer = Mixer(course(0.0, sought=True, sound=sound))
        self.blocks: list[np.ndarray] = []
        self._sound = sound

    @property
    def now(self) -> float:
        return len(self.blocks) * FRAMES / RATE_HZ

    def take(self, seconds: float) -> None:
        for _ in range(round(seconds * RATE_HZ / FRAMES)):
            self.blocks.append(self.mixer.fill(FRAMES, self.now))

    def seek(self, place_s: float, speed: float = 1.0, kept: object = None) -> None:
        self.mixer.wanted = course(place_s, speed, sought=True, kept=kept, sound=self._sound)

    def hear(self, speed: float, kept: object = None) -> None:
        self.mixer.wanted = course(self.mixer.run.place_s, speed, sought=False, kept=kept, sound=self._sound)

    @property
    def heard(self) -> np.ndarray:
        return np.concatenate(self.blocks)


def place_told_and_place_heard(device: Device, back_s: float) -> tuple[float, float]:
    """What the mixer says of a moment that long ago, and what was handed over then."""
    middle = round((device.now - back_s) * RATE_HZ)
    return device.mixer.place_at(device.now - back_s), moment_of_glide(device.heard[middle - 800 : middle + 800])


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0])
def test_the_place_is_what_was_handed_over_at_any_speed(speed: float) -> None:
    device = Device()
    device.mixer.playing = True
    device.take(1.0)
    device.hear(speed)
    for _ in range(10):
        device.take(0.3)
        told_s, heard_s = place_told_and_place_heard(device, 0.1)
        assert told_s == pytest.approx(heard_s, abs=0.03)


def test_the_place_of_what_the_device_still_holds_is_that_of_the_old_speed() -> None:
    device = Device()
    device.mixer.playing = True
    device.take(2.0)
    device.hear(2.0)
    device.take(0.2)
    assert [device.mixer.place_at(moment) for moment in (1.7, 1.9)] == pytest.approx([1.7, 1.9], abs=0.001)
    assert device.mixer.place_at(2.1) > 2.15


@given(st.lists(st.tuples(st.sampled_from(["seek", "speed", "cut", "pause"]), st.floats(0.0, 11.0)), max_size=6))
def test_the_place_is_what_is_heard_after_any_sequence(story: list[tuple[str, float]]) -> None:
    device, speed, kept = Device(), 1.0, None
    device.mixer.playing = True
    for what, number in story:
        if what == "seek":
            device.seek(number, speed, kept)
        elif what == "speed":
            speed = 0.5 + round(number) % 7 * 0.25
            device.hear(speed, kept)
        elif what == "cut":
            kept = None if kept else KEPT
            device.hear(speed, kept)
        else:
            device.mixer.playing = not device.mixer.playing
        device.take(0.4)
    device.mixer.playing = True
    device.take(0.4)
    told_s, heard_s = place_told_and_place_heard(device, 0.1)
    window_s = 0.1 * speed
    edges_s = [edge for span in (kept or ()) for edge in span]
    if told_s < 11.5 and all(abs(told_s - edge_s) > window_s + 0.1 for edge_s in edges_s):
        assert told_s == pytest.approx(heard_s, abs=0.05)


def steps(sound: np.ndarray) -> float:
    return float(np.abs(np.diff(sound)).max())


@pytest.mark.parametrize(
    "turn",
    [
        lambda device: device.seek(7.001),
        lambda device: device.hear(1.5),
        lambda device: device.hear(0.5),
        lambda device: setattr(device.mixer, "playing", False),
    ],
)
def test_no_turn_clicks_or_leaves_a_gap(turn: Callable[[Device], None]) -> None:
    device = Device(TONE)
    device.mixer.playing = True
    device.take(1.0)
    turn(device)
    device.take(0.5)
    device.mixer.playing = True
    device.take(0.5)
    # A whole tone of that height moves by 2765 between two samples; a cut through it by up to 32000.
    assert steps(device.heard) < 5_500
    loudness = [float(np.sqrt(np.mean(block**2))) for block in device.blocks[1:30]]
    assert min(loudness) > 8_000


def test_the_old_course_goes_on_until_enough_of_the_new_one_is_there() -> None:
    device = Device()
    device.mixer.playing = True
    device.take(1.0)
    slow = course(9.0, 1.5, sought=True, ready=False)
    device.mixer.wanted = slow
    assert device.mixer.place_at(device.now) == 9.0, "where it goes is told at once"
    device.take(0.3)
    assert moment_of_glide(device.heard[-1_600:]) == pytest.approx(1.25, abs=0.05)
    for _ in slow.rendering():
        pass
    device.take(0.3)
    assert moment_of_glide(device.heard[-1_600:]) == pytest.approx(9.0 + 1.5 * 0.25, abs=0.05)


def test_after_a_gap_in_what_the_device_played_the_place_is_reckoned_anew() -> None:
    device = Device()
    device.mixer.playing = True
    device.take(1.0)
    before_s = device.mixer.run.place_s
    device.mixer.fill(FRAMES, device.now + 0.5, broken=True)
    assert device.mixer.place_at(device.now + 0.5) == pytest.approx(before_s, abs=0.001)


def test_the_end_is_reached_once_and_pausing_holds_the_place() -> None:
    device = Device()
    device.seek(11.0)
    device.take(0.1)
    assert not device.mixer.over(device.now) and device.mixer.place_at(device.now) == 11.0
    device.mixer.playing = True
    device.take(0.5)
    device.mixer.playing = False
    device.take(0.5)
    held_s = device.mixer.place_at(device.now)
    assert held_s == pytest.approx(11.5, abs=0.05) and not device.blocks[-1].any()
    device.mixer.playing = True
    device.take(1.0)
    assert device.mixer.over(device.now) and device.mixer.place_at(device.now) == LENGTH_S
