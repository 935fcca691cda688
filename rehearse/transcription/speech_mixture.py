"""How much likelier each 5 ms is speech than noise, by spectra learnt from the recording itself.

In noise no fixed level parts the two: a fricative lies under the noise in five bands of six, and noise that comes and
goes is louder than a vowel at times. But any recording of an answer holds seconds of both, so each gets a mixture of
Gaussians over the levels of 16 bands, and the ratio of their densities is the evidence. A ratio of likelihoods after
Sohn, Kim and Sung (1999); mixtures from the recording without labels after Ying, Yan, Dang and Soong (2011); fitted by
expectation maximisation (Dempster, Laird and Rubin 1977). From memory, not looked up again.

Pure numpy: levels and a first guess in, evidence out. Nothing in it is random.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from rehearse.transcription.speech_course import Mask, widened
from rehearse.transcription.speech_levels import Curve, Levels

#: Rows are moments, shape (moments, bands), or one value for each of some kinds of sound, shape (kinds, moments).
_Floats: TypeAlias = npt.NDArray[np.float32]

#: Kinds of sound told apart: vowels, nasals, fricatives ... ; noise when it is low, and when it is high.
_SPEECH_KINDS = 8
_NOISE_KINDS = 2

_ROUNDS_TO_GROUP = 6
_ROUNDS_TO_FIT = 8

#: Silence mostly begins within so many hops of where the first guess has it; where there is little silence, less is
#: kept off.
_APART_HOPS = (10, 4)
_LEAST_SILENT_HOPS = (120, 60)
_LEAST_SPOKEN_HOPS = 200

#: Of a long recording about so many moments are learnt from.
_ENOUGH = 3_000
_AT_A_TIME = 20_000

#: Bands depend on each other less than a few seconds of sound make it seem; and no band keeps its level to 0.5 dB.
_SHRINK = 0.1
_LEAST_VARIANCE = 0.3


@dataclass(frozen=True, slots=True)
class _Kinds:
    """A mixture of Gaussians.

    means     shape (kinds, bands), dB
    whiten    shape (kinds, bands, bands): takes a difference from the mean to independent units
    log_scale shape (kinds,): log of the weight and of the density at the mean
    """

    means: _Floats
    whiten: _Floats
    log_scale: _Floats

    def log_parts(self, levels: _Floats) -> _Floats:
        """Log density of each kind at each moment, shape (kinds, moments)."""
        parts = [
            scale - 0.5 * np.square(_product("mb,cb->mc", levels - mean, whiten)).sum(axis=1)
            for mean, whiten, scale in zip(self.means, self.whiten, self.log_scale, strict=True)
        ]
        return np.array(parts, np.float32)


def speech_over_noise(levels: Levels, speech: Mask) -> Curve | None:
    """Log of how much likelier the levels are in speech than in noise, for each hop; None with too little of either.

    levels  as band_levels gives them
    speech  a first guess at where speech is
    """
    quiet = _surely_quiet(speech)
    if quiet is None or speech.sum() < _LEAST_SPOKEN_HOPS:
        return None
    smoothed = _smoothed(levels)
    noise = _fitted(_thinned(smoothed[quiet]), _NOISE_KINDS)
    spoken = _thinned(smoothed[speech])
    # Closures within words are noise: they are kept out of what speech looks like.
    voice = _fitted(spoken, _SPEECH_KINDS, beside=_log_sum(noise.log_parts(spoken)))
    ratio = np.empty(len(levels), np.float32)
    for start in range(0, len(levels), _AT_A_TIME):
        part = smoothed[start : start + _AT_A_TIME]
        ratio[start : start + _AT_A_TIME] = _log_sum(voice.log_parts(part)) - _log_sum(noise.log_parts(part))
    return ratio


def _surely_quiet(speech: Mask) -> Mask | None:
    for apart, least in zip(_APART_HOPS, _LEAST_SILENT_HOPS, strict=True):
        quiet: Mask = ~widened(speech, apart)
        if quiet.sum() >= least:
            return quiet
    return None


def _smoothed(levels: Levels) -> _Floats:
    """Each level in dB, with half of its neighbours' power in it: single moments of noise scatter by 5 dB."""
    result = np.empty(levels.shape, np.float32)
    for start in range(0, len(levels), _AT_A_TIME):
        first, last = max(0, start - 1), min(len(levels), start + _AT_A_TIME + 1)
        power = 10 ** (levels[first:last].astype(np.float32) / 10)
        power = np.pad(power, ((int(first == start), int(last < start + _AT_A_TIME + 1)), (0, 0)), mode="edge")
        mean = (power[:-2] + power[1:-1] + power[2:]) / 3
        result[start : start + _AT_A_TIME] = 10 * np.log10(mean[: len(levels) - start])
    return result


def _fitted(levels: _Floats, kinds: int, beside: _Floats | None = None) -> _Kinds:
    """The mixture that the levels are likeliest from.

    beside  log density of what else they may be, shape (moments,); only the rest is learnt from
    """
    shares = _grouped(levels, kinds)
    other = 0.15
    for _ in range(_ROUNDS_TO_FIT):
        mixture = _from_shares(levels, shares)
        parts = mixture.log_parts(levels)
        every = parts if beside is None else np.vstack([parts, beside + np.log(other)])
        shares = np.exp(every - _log_sum(every))[:kinds]
        other = max(1e-3, 1 - float(shares.sum()) / len(levels))
    return _from_shares(levels, shares)


def _grouped(levels: _Floats, kinds: int) -> _Floats:
    """A first share of each moment in each kind, by nearest means (MacQueen 1967), which begin at even loudness."""
    order = np.argsort(levels.sum(axis=1), kind="stable")
    means = levels[order[np.linspace(0, len(levels) - 1, kinds + 2).astype(int)[1:-1]]]
    for _ in range(_ROUNDS_TO_GROUP):
        nearest = np.array([np.square(levels - mean).sum(axis=1) for mean in means]).argmin(axis=0)
        means = np.array(
            [levels[nearest == kind].mean(axis=0) if (nearest == kind).any() else means[kind] for kind in range(kinds)]
        )
    shares: _Floats = np.equal(nearest, np.arange(kinds)[:, np.newaxis]).astype(np.float32)
    return shares


def _from_shares(levels: _Floats, shares: _Floats) -> _Kinds:
    means, whiten, log_scale = [], [], []
    bands = levels.shape[1]
    for share in shares.astype(np.float64) + 1e-6:
        mean = (share[:, np.newaxis] * levels).sum(axis=0) / share.sum()
        away = levels - mean
        spread = _product("mb,mc->bc", share[:, np.newaxis] * away, away) / share.sum()
        spread = (1 - _SHRINK) * spread + _SHRINK * np.diag(np.diag(spread)) + _LEAST_VARIANCE * np.eye(bands)
        root = np.linalg.cholesky(spread)
        means.append(mean)
        whiten.append(np.linalg.inv(root))
        log_scale.append(np.log(share.sum()) - np.log(np.diag(root)).sum() - bands / 2 * np.log(2 * np.pi))
    # Weights sum to one, so that only the shape of speech counts and not how much of it there is.
    log_weight = _log_sum(np.log(shares.sum(axis=1, dtype=np.float64) + len(levels) * 1e-6)[:, np.newaxis])
    return _Kinds(
        np.array(means, np.float32), np.array(whiten, np.float32), np.array(log_scale - log_weight, np.float32)
    )


def _product(letters: str, one: npt.NDArray[Any], other: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A product of matrices in this very thread: the threads of a BLAS wait for each other where others keep the
    machine busy, and how many there are would show in the last digits."""
    product: npt.NDArray[Any] = np.einsum(letters, one, other, optimize=False)
    return product


def _log_sum(parts: npt.NDArray[Any]) -> _Floats:
    most = parts.max(axis=0)
    result: _Floats = (most + np.log(np.exp(parts - most).sum(axis=0))).astype(np.float32)
    return result


def _thinned(levels: _Floats) -> _Floats:
    return levels[:: len(levels) // _ENOUGH + 1]
