"""How likely each 5 ms hold speech: a small network that was trained on made-up answers with known silences.

It sees levels and what Silero says for a second to either side, and has seen what fricatives, closures, breaths, keys
and other people's talk look like beside a voice (models/pauses says how it was trained). It is a stack of convolutions
over time (Bai, Kolter and Koltun 2018), 355 thousand weights.

Levels and probabilities in, odds out; the whole recording at once, so that its noise can be learnt from it.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from rehearse.transcription.onnx_models import opened
from rehearse.transcription.speech_levels import HOP_S, Curve, Levels
from rehearse.transcription.transcript import FRAME_S, Probabilities

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

#: What the network sees of each hop: shape (hops, 2 * bands + 1).
Seen: TypeAlias = npt.NDArray[np.float32]

_FILE = Path(__file__).resolve().parents[1] / "bundled" / "pauses.onnx"

#: Silero answers this late.
_SILERO_DELAY_S = 0.018

_SECOND = round(1 / HOP_S)
#: Noise and clear speech are those of so many seconds to either side.
_AROUND_S = 8
#: Sound this far under the loudest band of clear speech says nothing about speech.
_DEPTH_DB = 55.0
#: What is seen is in units of this, and of this many natural logarithms of odds, up to a limit.
_DB_PER_UNIT = 15.0
_ODDS_PER_UNIT = 4.0
_LIMIT = 4.0

#: Hops worked on at a time, and how far to either side the network looks (255) made even: it works on pairs.
_AT_A_TIME = 12_000
_REACH = 256


def speech_odds(levels: Levels, probabilities: Probabilities) -> Curve:
    """Natural logarithm of the odds that there is speech, for each hop.

    levels, probabilities  of one recording, as `band_levels` and Silero give them; neither empty

    Raises EngineFailed where the network is missing or cannot be run.
    """
    session, see = _session(), _eyes(levels, probabilities)
    odds = np.empty(len(levels), np.float32)
    for start in range(0, len(levels), _AT_A_TIME):
        end = min(len(levels), start + _AT_A_TIME)
        first, last = max(0, start - _REACH), min(len(levels), end + _REACH)
        seen = see(first, last)
        if len(seen) % 2:
            seen = np.vstack([seen, seen[-1:]])
        (found,) = session.run(None, {"seen": seen[np.newaxis]})
        odds[start:end] = found[0, start - first : end - first]
    return odds


def features(levels: Levels, probabilities: Probabilities) -> Seen:
    """What the network sees of a whole recording: each band's level over the noise and under the clear speech of the
    17 s around, and Silero's evidence."""
    return _eyes(levels, probabilities)(0, len(levels))


def _eyes(levels: Levels, probabilities: Probabilities) -> Callable[[int, int], Seen]:
    """Gives what is seen from one hop up to another."""
    floor, top = _bounds(levels)
    frames_s = (np.arange(len(probabilities)) + 0.5) * FRAME_S
    bands = levels.shape[1]

    def see(first: int, last: int) -> Seen:
        hops = np.arange(first, last)
        second = np.minimum(hops // _SECOND, len(floor) - 1)
        noise = floor[second]
        level = np.maximum(levels[first:last].astype(np.float32), noise - 10)
        probability = np.interp((hops + 0.5) * HOP_S + _SILERO_DELAY_S, frames_s, probabilities)
        seen = np.empty((last - first, 2 * bands + 1), np.float32)
        seen[:, :bands] = (level - noise) / _DB_PER_UNIT
        seen[:, bands:-1] = (level - top[second]) / _DB_PER_UNIT
        seen[:, -1] = np.log((probability + 1e-4) / (1 + 1e-4 - probability)) / _ODDS_PER_UNIT
        result: Seen = np.clip(seen, -_LIMIT, _LIMIT)
        return result

    return see


def _bounds(levels: Levels) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Level of the noise and of clear speech in each band around each second, dB, each of shape (seconds, bands)."""
    seconds = max(1, len(levels) // _SECOND)
    parts = [levels[i * _SECOND : (i + 1) * _SECOND if i < seconds - 1 else None] for i in range(seconds)]
    each = np.array([np.percentile(part.astype(np.float32), (10, 90), axis=0) for part in parts])
    around = [each[max(0, i - _AROUND_S) : i + _AROUND_S + 1] for i in range(seconds)]
    low = np.array([np.percentile(some[:, 0], 20, axis=0) for some in around], np.float32)
    high = np.array([np.percentile(some[:, 1], 80, axis=0) for some in around], np.float32)
    return np.maximum(low, high.max(axis=1, keepdims=True) - _DEPTH_DB), high


@lru_cache(maxsize=1)
def _session() -> "InferenceSession":
    return opened(_FILE, "finds pauses", "Install rehearse again; the model comes with it.")
