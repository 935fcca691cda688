"""Sounds of a voice made from scratch, with known formants, and what is easily taken for them."""

import math

import numpy as np
import numpy.typing as npt

from rehearse.audio.recording import ANALYSIS_RATE_HZ

Sound = npt.NDArray[np.float64]
UH_HZ = (620.0, 1250.0, 2500.0)
EE_HZ = (290.0, 2250.0, 3000.0)
AH_HZ = (1020.0, 1400.0, 2500.0)


def vowel(formants_hz: tuple[float, ...], seconds: float, pitch_hz: float = 118.0) -> Sound:
    """Pulses through resonators, its pitch and formants never quite still, as in any voice."""
    chance = np.random.default_rng(3)
    length = round(seconds * ANALYSIS_RATE_HZ)
    drift = 1 + 0.02 * np.sin(2 * np.pi * 2.3 * np.arange(length) / ANALYSIS_RATE_HZ)
    phase = np.cumsum(pitch_hz * drift / ANALYSIS_RATE_HZ)
    sound = (np.diff(np.floor(phase), prepend=0.0) > 0).astype(float) + 0.02 * chance.standard_normal(length)
    for formant_hz in formants_hz:
        sound = resonated(
            sound, formant_hz * (1 + 0.03 * np.sin(2 * np.pi * 3.1 * np.arange(length) / ANALYSIS_RATE_HZ))
        )
    fade = np.minimum(1.0, np.minimum(np.arange(length), np.arange(length)[::-1]) / 400)
    return 0.1 * fade * sound / np.sqrt(np.mean(np.square(sound)))


def resonated(sound: Sound, formant_hz: Sound, bandwidth_hz: float = 80.0) -> Sound:
    radius = math.exp(-math.pi * bandwidth_hz / ANALYSIS_RATE_HZ)
    turns = 2 * radius * np.cos(2 * np.pi * formant_hz / ANALYSIS_RATE_HZ)
    out = np.zeros(len(sound) + 2)
    for at, value in enumerate(sound):
        out[at + 2] = value + turns[at] * out[at + 1] - radius**2 * out[at]
    return out[2:]


def hum(seconds: float) -> Sound:
    times = np.arange(round(seconds * ANALYSIS_RATE_HZ)) / ANALYSIS_RATE_HZ
    return 0.05 * np.sum([np.sin(2 * np.pi * 125 * n * times) / n for n in range(1, 12)], axis=0)


def noise(seconds: float, level: float = 0.1) -> Sound:
    return level * np.random.default_rng(5).standard_normal(round(seconds * ANALYSIS_RATE_HZ))
