"""Stretches of time in which something holds, and the likeliest ones in which somebody speaks."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from rehearse.transcription.speech_levels import Curve

#: Where something holds, for each HOP_S, shape (hops,).
Mask: TypeAlias = npt.NDArray[np.bool_]

#: Weights turned into Python numbers at a time, so that a long recording needs no long list.
_AT_A_TIME = 50_000


def likeliest_course(weights: Curve, switch_cost: float) -> Mask:
    """Where there is speech, so that the evidence on the way adds up to most (two states, Viterbi 1967).

    weights      evidence for speech (above 0) or silence (below) at each hop
    switch_cost  evidence lost by each change from one to the other
    """
    silent = spoken = 0.0
    from_speech, from_silence = bytearray(len(weights)), bytearray(len(weights))
    for start in range(0, len(weights), _AT_A_TIME):
        for i, weight in enumerate(weights[start : start + _AT_A_TIME].tolist(), start):
            ended, begun = spoken - switch_cost, silent - switch_cost
            from_speech[i], from_silence[i] = ended > silent, begun > spoken
            silent, spoken = max(silent, ended) - weight, max(spoken, begun) + weight
    state = spoken > silent
    course = bytearray(len(weights))
    for i in range(len(weights) - 1, -1, -1):
        course[i] = state
        state = not from_silence[i] if state else bool(from_speech[i])
    return np.frombuffer(course, np.bool_)


def widened(mask: Mask, hops: int) -> Mask:
    """The mask with each of its stretches longer by so many hops at both ends."""
    change = np.zeros(len(mask) + 1, np.int32)
    for start, end in runs(mask):
        change[max(0, start - hops)] += 1
        change[min(len(mask), end + hops)] -= 1
    return np.cumsum(change)[:-1] > 0


def runs(mask: Mask) -> list[tuple[int, int]]:
    """First hop and the hop after the last of each stretch where the mask holds."""
    change = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in change.reshape(-1, 2)]
