"""A sentence is judged by what was heard of it."""

import math

import numpy as np
import pytest

from rehearse.measurement.sound_check import Sound, SoundCheck, check_sound
from rehearse.presentation.sound_words import sound_heard
from rehearse.transcription.transcript import Span, SpeechActivity

GOOD = {"heard_s": 6.0, "speech_s": 3.0, "level_dbfs": -23.0, "noise_floor_dbfs": -61.0, "peak": 0.4}


@pytest.mark.parametrize(
    ("otherwise", "sound", "said"),
    [
        ({}, Sound.GOOD, "it hears you well (voice -23 dB, noise -61 dB)"),
        ({"noise_floor_dbfs": None}, Sound.GOOD, "it hears you well (voice -23 dB)"),
        ({"heard_s": 0.1}, Sound.EMPTY, "nothing came from it"),
        ({"peak": 3 / 32768, "speech_s": 0.0, "level_dbfs": None}, Sound.SILENT, "only silence comes from it"),
        ({"speech_s": 0.4}, Sound.NO_VOICE, "no voice"),
        ({"speech_s": 0.0, "level_dbfs": None}, Sound.NO_VOICE, "no voice"),
        ({"clipped": True, "level_dbfs": -5.0}, Sound.TOO_LOUD, "the sound is distorted"),
        ({"level_dbfs": -45.5}, Sound.TOO_QUIET, "very quietly"),
        ({"level_dbfs": -45.0}, Sound.GOOD, "it hears you well"),
        ({"noise_floor_dbfs": -32.0}, Sound.NOISY, "only 9 dB above the noise"),
        ({"noise_floor_dbfs": -38.0}, Sound.GOOD, "it hears you well"),
    ],
)
def test_each_fault_has_a_sentence_of_its_own_and_something_to_do(otherwise, sound, said):
    check = SoundCheck(**{**GOOD, **otherwise})
    heard, todo = sound_heard(check, "linux")
    assert check.sound is sound and said in heard
    assert (todo == "") is (sound is Sound.GOOD)


def test_why_a_microphone_is_silent_is_said_for_each_platform():
    silent = SoundCheck(**{**GOOD, "peak": 0.0})
    assert sound_heard(silent, "darwin")[1].startswith("May your terminal use it? System Settings")
    assert sound_heard(silent, "win32")[1].startswith("May apps use it?")


def test_level_noise_and_peak_are_those_of_the_recording():
    rate_hz, random = 16_000, np.random.default_rng(2)
    noise = random.normal(scale=10 ** (-60 / 20), size=6 * rate_hz)
    voice = 0.1 * math.sqrt(2) * np.sin(2 * np.pi * 150 * np.arange(6 * rate_hz) / rate_hz)
    voice[: 2 * rate_hz] = voice[5 * rate_hz :] = 0.0
    sound = (noise + voice).astype(np.float32)
    speech = SpeechActivity(recording_s=6.0, spans=(Span(start_s=2.0, end_s=5.0),))
    check = check_sound(np.split(sound, 6), speech)
    assert check.heard_s == 6.0 and check.speech_s == 3.0 and check.sound is Sound.GOOD
    assert check.level_dbfs == pytest.approx(-20.0, abs=0.1)
    assert check.peak == pytest.approx(np.abs(sound).max(), abs=1e-6)
    assert check.noise_floor_dbfs is not None and check.noise_floor_dbfs < -55
