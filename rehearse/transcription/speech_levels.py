"""How loud a recording is in narrow and broad bands, every 5 ms, and how far that stands above its noise."""

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Samples

#: Levels in dB relative to full scale, shape (hops, bands), one row for each HOP_S. Half precision: good to 0.06 dB.
Levels: TypeAlias = npt.NDArray[np.float16]

#: One number for each HOP_S, shape (hops,).
Curve: TypeAlias = npt.NDArray[np.float32]

HOP_S = 0.005
_HOP = round(HOP_S * ANALYSIS_RATE_HZ)
_SECOND = round(1 / HOP_S)
_WINDOW = 2 * _HOP
_FFT = 256

#: From above mains hum to below the filters of cheap converters: voice lies in the lower bands, hissing in the upper.
_BAND_EDGES_HZ = (100, 250, 400, 600, 800, 1000, 1200, 1600, 2000, 2400, 2800, 3300, 3900, 4500, 5500, 6500, 7600)
#: The first narrow band of each broad one; their edges lie at 100, 400, 800, 1600, 2800, 4500 and 7600 Hz.
_BROAD_BANDS = (0, 2, 4, 7, 10, 13)
_QUIETEST_DBFS = -100.0
#: So far down that three narrow bands together are no louder.
_QUIETEST_NARROW_DBFS = -105.0

#: Hops worked on at a time, so that a long recording needs little memory.
_AT_A_TIME = 50_000


class LevelMeter:
    """Level of 16 narrow bands, 100 to 7600 Hz, every 5 ms, of sound that arrives piece by piece, however it is cut.

    `feed` takes mono at 16 kHz, -1.0..1.0; after `finish` it must not be fed any more.
    """

    def __init__(self) -> None:
        self._waiting: Samples = np.zeros((_WINDOW - _HOP) // 2, np.float32)
        self._heard = 0
        self._powers: list[npt.NDArray[np.float32]] = []

    def feed(self, samples: Samples) -> None:
        self._heard += len(samples)
        waiting = np.concatenate([self._waiting, samples])
        count = max(0, (len(waiting) - _WINDOW) // _HOP + 1)
        self._powers.append(_band_powers(waiting, count))
        self._waiting = waiting[count * _HOP :].copy()

    def finish(self) -> Levels:
        missing = self._heard // _HOP - sum(map(len, self._powers))
        power = np.concatenate([*self._powers, _band_powers(np.pad(self._waiting, (0, _WINDOW)), missing)])
        for band in power.T:
            # Three hops together: a low voice's pulses lie further apart than one window.
            band[:] = np.convolve(band, np.full(3, 1 / 3, np.float32))[1 : len(band) + 1] if len(band) else band
        levels: Levels = (10 * np.log10(np.maximum(power, 10 ** (_QUIETEST_NARROW_DBFS / 10)))).astype(np.float16)
        return levels


def band_levels(blocks: Iterable[Samples]) -> Levels:
    """What a LevelMeter gives for all of the sound."""
    meter = LevelMeter()
    for block in blocks:
        meter.feed(block)
    return meter.finish()


def _band_powers(sound: Samples, count: int) -> npt.NDArray[np.float32]:
    bins = [round(edge * _FFT / ANALYSIS_RATE_HZ) for edge in _BAND_EDGES_HZ]
    if count <= 0:
        return np.zeros((0, len(bins) - 1), np.float32)
    window = np.hanning(_WINDOW + 2)[1:-1]
    frames = _frames(sound, _WINDOW, _HOP)[:count]
    spectrum = np.fft.rfft(frames * (window / np.sqrt((window**2).sum())), _FFT)
    power = (spectrum.real**2 + spectrum.imag**2) / (_FFT / 2)
    return np.add.reduceat(power[:, : bins[-1]], bins[:-1], axis=1).astype(np.float32)


def broad_levels(levels: Levels) -> Levels:
    """The narrow bands of a LevelMeter put together to six broad ones."""
    broad = np.empty((len(levels), len(_BROAD_BANDS)), np.float16)
    for start in range(0, len(levels), _AT_A_TIME):
        power = 10 ** (levels[start : start + _AT_A_TIME].astype(np.float32) / 10)
        broad[start : start + _AT_A_TIME] = 10 * np.log10(np.add.reduceat(power, _BROAD_BANDS, axis=1))
    return np.maximum(broad, np.float16(_QUIETEST_DBFS))


def noise_floor(levels: Levels) -> Levels:
    """Noise level of each band around each second, shape (seconds, bands): low, in the quietest of 17 seconds."""
    seconds = max(1, len(levels) // _SECOND)
    parts = [levels[i * _SECOND : (i + 1) * _SECOND if i < seconds - 1 else None] for i in range(seconds)]
    quiet = np.array([np.percentile(part, 10, axis=0) for part in parts])
    floor = [np.percentile(quiet[max(0, i - 8) : i + 9], 20, axis=0) for i in range(seconds)]
    return np.array(floor, np.float16)


def excess_db(levels: Levels, floor: Levels, least: npt.NDArray[np.floating[Any]]) -> Curve:
    """Mean over the three clearest bands of the level above the floor, but at least above `least`."""
    result = np.empty(len(levels), np.float32)
    for second, noise in enumerate(floor):
        part = slice(second * _SECOND, (second + 1) * _SECOND if second < len(floor) - 1 else None)
        above = levels[part].astype(np.float32) - np.maximum(noise, least)
        result[part] = np.sort(above, axis=1)[:, -3:].mean(axis=1)
    return result


def is_voiced(sound: Samples) -> bool:
    """Whether at least half of the sound repeats itself 70 to 400 times a second, and is no single tone.

    sound  mono at 16 kHz, -1.0..1.0
    """
    frames = _frames(sound.astype(np.float64), 640, 320)
    if not len(frames):
        return False
    frames = (frames - frames.mean(axis=1, keepdims=True)) * np.hanning(640)
    power = np.abs(np.fft.rfft(frames, 1280)) ** 2
    tone = power.max(axis=1) * 3 > power.sum(axis=1) * 0.9
    correlation = np.fft.irfft(power)
    # A window's own correlation falls with the lag; without that, low voices would seem less regular.
    window = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(640), 1280)) ** 2)
    lags = slice(ANALYSIS_RATE_HZ // 400, ANALYSIS_RATE_HZ // 70)
    strength = (correlation[:, lags] / window[lags]).max(axis=1) * window[0] / np.maximum(correlation[:, 0], 1e-12)
    return bool(np.mean((strength > 0.7) & ~tone) >= 0.5)


def _frames(sound: npt.NDArray[Any], length: int, hop: int) -> npt.NDArray[Any]:
    if len(sound) < length:
        return np.zeros((0, length), sound.dtype)
    return np.lib.stride_tricks.sliding_window_view(sound, length)[::hop]
