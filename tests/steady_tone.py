"""A tone of one pitch, known to the sample."""

import numpy as np

from rehearse.audio.recording import ANALYSIS_RATE_HZ

PITCH_HZ = 440.0


def tone(seconds: float, rate_hz: int = ANALYSIS_RATE_HZ, loudness: float = 0.5) -> np.ndarray:
    return (loudness * np.sin(2 * np.pi * PITCH_HZ * np.arange(round(seconds * rate_hz)) / rate_hz)).astype(np.float32)
