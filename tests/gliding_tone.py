"""A sound that tells by its pitch which moment of it is heard, at whatever speed."""

from typing import Any

import numpy as np
import numpy.typing as npt

RATE_HZ = 16_000
_FROM_HZ, _HZ_A_SECOND = 300, 200


def glide(length_s: float) -> npt.NDArray[np.int16]:
    """A tone that rises by 200 Hz a second, from 300 Hz on; up to 30 s long."""
    time_s = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    return (16_000 * np.sin(2 * np.pi * (_FROM_HZ * time_s + _HZ_A_SECOND / 2 * time_s**2))).astype(np.int16)


def moment_of_glide(window: npt.NDArray[Any]) -> float:
    """The moment of the glide, in seconds, that the middle of a window of it comes from."""
    spectrum = np.abs(np.fft.rfft(window * np.hanning(len(window)), 16 * len(window)))
    return float((spectrum.argmax() * RATE_HZ / (16 * len(window)) - _FROM_HZ) / _HZ_A_SECOND)
