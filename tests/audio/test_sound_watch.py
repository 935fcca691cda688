"""What is said of a microphone follows from what it delivers, and a pause to think is no fault."""

import numpy as np
import pytest

from rehearse.audio.sound_watch import Fault, SoundWatch

RATE_HZ = 16_000
BLOCK_S = 0.032


def heard(watch: SoundWatch, seconds: float, peak: int, offset: int = 0) -> None:
    """So many seconds of noise between -peak and peak, in steps of 16 bits."""
    random = np.random.default_rng(1)
    for _ in range(round(seconds / BLOCK_S)):
        watch.heard((random.integers(-peak, peak + 1, size=512) + offset).astype(np.int16), RATE_HZ)


def waited(watch: SoundWatch, seconds: float) -> None:
    for _ in range(round(seconds / 0.1)):
        watch.waited(0.1)


@pytest.fixture
def watch() -> SoundWatch:
    return SoundWatch()


def test_a_room_in_which_somebody_thinks_is_no_fault(watch: SoundWatch) -> None:
    heard(watch, 2, peak=8000)
    heard(watch, 60, peak=4)
    assert watch.fault is None and not watch.retry_is_due


@pytest.mark.parametrize(("peak", "offset"), [(0, 0), (3, 0), (0, 120)], ids=["zeros", "hum", "a constant"])
def test_dead_sound_from_the_beginning_is_told_and_opened_once_more(watch: SoundWatch, peak: int, offset: int) -> None:
    heard(watch, 1.4, peak, offset)
    assert watch.fault is None
    heard(watch, 0.2, peak, offset)
    assert watch.fault is Fault.SILENT and not watch.retry_is_due
    heard(watch, 1.0, peak, offset)
    assert watch.retry_is_due
    watch.retried()
    assert watch.fault is Fault.SILENT and not watch.retry_is_due
    heard(watch, 0.1, peak=300)
    assert watch.fault is None


@pytest.mark.parametrize("peak", [0, 1])
def test_sound_that_stops_in_the_middle_is_told_and_taken_back(watch: SoundWatch, peak: int) -> None:
    heard(watch, 5, peak=2000)
    heard(watch, 1.6, peak)
    assert watch.fault is Fault.FELL_SILENT and not watch.retry_is_due
    assert watch.dead_s == pytest.approx(1.6, abs=BLOCK_S)
    heard(watch, 0.1, peak=20)
    assert watch.fault is None and watch.dead_s == 0.0


def test_a_headset_that_cuts_every_pause_off_is_given_longer(watch: SoundWatch) -> None:
    for _ in range(2):
        heard(watch, 1, peak=2000)
        heard(watch, 0.5, peak=0)
    heard(watch, 1, peak=2000)
    heard(watch, 5, peak=0)
    assert watch.fault is None
    heard(watch, 5.2, peak=0)
    assert watch.fault is Fault.FELL_SILENT


def test_blocks_that_stop_coming_mean_a_device_that_went_away_until_they_come_again(watch: SoundWatch) -> None:
    heard(watch, 1, peak=2000)
    waited(watch, 1.4)
    assert watch.fault is None
    waited(watch, 0.3)
    assert watch.fault is Fault.GONE and not watch.retry_is_due
    heard(watch, 0.1, peak=2000)
    assert watch.fault is None


def test_a_device_from_which_nothing_ever_comes_is_told_opened_once_more_and_given_up(watch: SoundWatch) -> None:
    waited(watch, 1.4)
    assert watch.fault is None
    waited(watch, 0.2)
    assert watch.fault is Fault.NOT_STARTED and not watch.retry_is_due
    waited(watch, 0.5)
    assert watch.retry_is_due
    watch.retried()
    waited(watch, 2.9)
    assert watch.fault is Fault.NOT_STARTED and not watch.retry_is_due
    waited(watch, 0.3)
    assert watch.fault is Fault.GONE


def test_a_device_that_cannot_be_opened_once_more_is_given_up_too(watch: SoundWatch) -> None:
    waited(watch, 4.8)
    assert watch.fault is Fault.NOT_STARTED
    waited(watch, 0.5)
    assert watch.fault is Fault.GONE


def test_an_empty_block_says_only_that_the_device_is_there(watch: SoundWatch) -> None:
    waited(watch, 1.6)
    watch.heard(np.zeros(0, np.int16), RATE_HZ)
    assert watch.fault is None and watch.dead_s == 0.0
