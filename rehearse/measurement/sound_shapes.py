"""What a stretch of voice sounds like, every 10 ms: level, voicing, formants, the shape of its spectrum. Pure numpy."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Samples

Curve: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]

#: Reads part of the recording: from second, to second -> samples at 16 kHz.
Reader: TypeAlias = Callable[[float, float], Samples]

#: Samples and seconds from one value to the next.
HOP = ANALYSIS_RATE_HZ // 100
HOP_S = 0.01
#: Samples that a spectrum looks at.
WINDOW = 400
#: Pitch lies low: a quarter of the samples is enough for it.
_LOW_RATE_HZ = ANALYSIS_RATE_HZ // 4
_NEARLY_AS_HIGH = 0.9


def loudness(blocks: Iterable[Samples]) -> float:
    """How loud the loud parts of a recording at 16 kHz are: 98th percentile of its 10 ms in dBFS, >= -120."""
    levels = [levels_of(block[: len(block) // HOP * HOP].reshape(-1, HOP)) for block in blocks]
    return float(np.percentile(np.concatenate([[-120.0], *levels]), 98))


def formants(sound: Curve) -> tuple[Curve, Curve]:
    """First and second formant in Hz for each 10 ms of sound at 16 kHz, shape (n,); inf where none is found.

    Source: Markel & Gray (1976), Linear Prediction of Speech: roots of the predictor of order 8 at 8 kHz.
    """
    order, window, rate_hz, size = 8, 240, ANALYSIS_RATE_HZ // 2, 512
    low = np.convolve(sound, _low_pass(3800.0, 65), "same")[::2]
    low = np.append(low[:1], low[1:] - 0.95 * low[:-1])
    frames = frames_of(low, window, HOP // 2) * np.hamming(window)
    correlation = np.fft.irfft(np.abs(np.fft.rfft(frames, size)) ** 2, size)[:, : order + 1]
    correlation[:, 0] = correlation[:, 0] * 1.0001 + 1e-9
    lags = np.abs(np.subtract.outer(np.arange(order), np.arange(order)))
    companion = np.zeros((len(frames), order, order))
    companion[:, np.arange(1, order), np.arange(order - 1)] = 1.0
    companion[:, 0] = np.linalg.solve(correlation[:, lags], correlation[:, 1:, np.newaxis])[..., 0]
    roots = np.linalg.eigvals(companion)
    hz = np.angle(roots) * rate_hz / (2 * np.pi)
    bandwidth_hz = -np.log(np.abs(roots) + 1e-12) * rate_hz / np.pi
    kept: Curve = np.sort(np.where((hz > 200) & (hz < 3600) & (bandwidth_hz < 500), hz, np.inf), axis=1)
    return kept[:, 0], kept[:, 1]


def shapes_of(frames: Curve) -> Curve:
    """Log-mel spectra of frames, smoothed over 50 ms, without their mean: shape (frames, bands), dB."""
    power = np.abs(np.fft.rfft(frames * np.hanning(frames.shape[1]), 512)) ** 2 @ _mel_bands()
    shape = 10 * np.log10(power + 1e-3 * power.max(axis=1, keepdims=True) + 1e-10)
    shape -= shape.mean(axis=1, keepdims=True)
    padded = np.pad(shape, ((2, 2), (0, 0)), "edge")
    smooth: Curve = np.lib.stride_tricks.sliding_window_view(padded, 5, axis=0).mean(axis=-1)
    return smooth


def change_of(shapes: Curve, core: Mask) -> float:
    """RMS over the bands between spectra 60 ms apart, the median over the loud part; inf where that is shorter."""
    loud = shapes[core]
    if len(loud) <= 6:
        return float(np.inf)
    return float(np.median(np.sqrt(np.square(loud[6:] - loud[:-6]).mean(axis=1))))


def changes_of(shapes: Curve) -> Curve:
    """RMS over the bands between the spectra 30 ms before and after each: shape (frames,), dB."""
    padded = np.pad(shapes, ((3, 3), (0, 0)), "edge")
    changes: Curve = np.sqrt(np.square(padded[6:] - padded[:-6]).mean(axis=1))
    return changes


def voicing_of(sound: Curve) -> Curve:
    """Best normalised autocorrelation of each 10 ms at 60 to 400 Hz, over 50 ms of what lies below 900 Hz."""
    voicing: Curve = _likeness(sound)[0].max(axis=1)
    return voicing


def voice_of(sound: Curve) -> tuple[Curve, Curve]:
    """Voicing as `voicing_of` gives it, and the pitch there in Hz, 60..400; noise has one at either end.

    The first peak nearly as high as the highest is the period; a later one is a multiple of it.
    """
    likeness, lags = _likeness(sound)
    highest = likeness.max(axis=1, keepdims=True)
    rises = np.diff(likeness, axis=1, prepend=-1.0) >= 0
    falls = np.diff(likeness, axis=1, append=-1.0) <= 0
    period = lags[np.argmax(rises & falls & (likeness >= _NEARLY_AS_HIGH * highest), axis=1)]
    return highest[:, 0], _LOW_RATE_HZ / period


def _likeness(sound: Curve) -> tuple[Curve, npt.NDArray[np.int_]]:
    """Normalised autocorrelation of each 10 ms, shape (n, lags), and the lags at _LOW_RATE_HZ."""
    window = 200
    frames = frames_of(np.convolve(sound, _low_pass(900.0, 129), "same")[::4], window, HOP // 4)
    frames = frames - frames.mean(axis=1, keepdims=True)
    lags = np.arange(_LOW_RATE_HZ // 400, _LOW_RATE_HZ // 60 + 1)
    energy = np.cumsum(np.pad(np.square(frames), ((0, 0), (1, 0))), axis=1)
    correlation = np.fft.irfft(np.abs(np.fft.rfft(frames, 512)) ** 2, 512)[:, lags]
    scale = np.sqrt(energy[:, window - lags] * (energy[:, [window]] - energy[:, lags])) + 1e-9 * window
    likeness: Curve = correlation / scale
    return likeness, lags


def levels_of(frames: npt.NDArray[np.floating]) -> Curve:
    levels: Curve = 10 * np.log10(np.square(frames, dtype=np.float64).mean(axis=1) + 1e-12)
    return levels


def frames_of(sound: Curve, window: int, hop: int) -> Curve:
    """Overlapping stretches whose middles lie hop apart from the first sample on: shape (len(sound) // hop, window)."""
    padded = np.pad(sound, (window // 2, window // 2))
    starts = np.arange(len(sound) // hop) * hop
    frames: Curve = padded[starts[:, np.newaxis] + np.arange(window)]
    return frames


def _low_pass(limit_hz: float, taps: int) -> Curve:
    place = np.arange(taps) - taps // 2
    share = 2 * limit_hz / ANALYSIS_RATE_HZ
    filtered: Curve = np.sinc(place * share) * np.hamming(taps) * share
    return filtered


@cache
def _mel_bands(count: int = 40, low_hz: float = 60.0, high_hz: float = 7600.0) -> Curve:
    """Triangles of equal width on the mel scale, shape (257, count)."""
    mel = np.linspace(2595 * np.log10(1 + low_hz / 700), 2595 * np.log10(1 + high_hz / 700), count + 2)
    edges = 700 * (10 ** (mel / 2595) - 1)
    hz = np.fft.rfftfreq(512, 1 / ANALYSIS_RATE_HZ)[:, np.newaxis]
    rise, fall = (hz - edges[:-2]) / np.diff(edges)[:-1], (edges[2:] - hz) / np.diff(edges)[1:]
    bands: Curve = np.maximum(0.0, np.minimum(rise, fall))
    return bands
