"""Pauses that the rules of `speech_edges` take for speech, by the odds of a network: breaths and keys between words.

The network seldom sees a silence where there is none, but misses some in voices unlike those it learned from. So it
takes away from what the rules call speech and never adds to it; where the answer begins and ends, and the pauses that
the rules find themselves, stay as they are.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from rehearse.transcription.speech_course import likeliest_course, runs
from rehearse.transcription.speech_levels import HOP_S, Curve
from rehearse.transcription.speech_times import MIN_SILENCE_S, MIN_SPEECH_S
from rehearse.transcription.transcript import Span

#: Evidence lost by going from speech to silence or back, in natural logarithms of odds.
_SWITCH_COST = 8.0

#: The levels' window smears speech so far over its ends.
_SMEAR_S = 0.01

#: A silence that counts as a pause has its edges from the rules, which are nearer.
_PAUSE_S = 0.25


def without_silences(spans: Sequence[Span], odds: Curve) -> tuple[Span, ...]:
    """The spans without the silences in them, still MIN_SILENCE_S apart and MIN_SPEECH_S long.

    spans  of speech, in order, as the rules have them
    odds   natural logarithm of the odds of speech for each hop
    """
    if not spans:
        return ()
    found = _silences(odds, spans[0].start_s, spans[-1].end_s)
    known = [(a.end_s, b.start_s) for a, b in pairwise(spans)]
    pauses = [gap for gap in known if gap[1] - gap[0] >= _PAUSE_S]
    new = [gap for gap in found if not _overlaps(gap, pauses)]
    edges = [spans[0].start_s]
    for start_s, end_s in _joined(sorted([*known, *new])):
        edges += [start_s, end_s]
    edges.append(spans[-1].end_s)
    left = [Span(start_s=start_s, end_s=end_s) for start_s, end_s in zip(edges[::2], edges[1::2], strict=True)]
    return tuple(span for span in left if span.duration_s >= MIN_SPEECH_S)


def _silences(odds: Curve, begin_s: float, end_s: float) -> list[tuple[float, float]]:
    """Silences of MIN_SILENCE_S and more between two times, with speech before and after; in order, in seconds."""
    speech = likeliest_course(odds, _SWITCH_COST)
    silent = [(first * HOP_S - _SMEAR_S, last * HOP_S + _SMEAR_S) for first, last in runs(~speech)]
    first_s, last_s = begin_s + MIN_SPEECH_S, end_s - MIN_SPEECH_S
    return [gap for gap in silent if first_s <= gap[0] and gap[1] <= last_s and gap[1] - gap[0] >= MIN_SILENCE_S]


def _overlaps(gap: tuple[float, float], pauses: Sequence[tuple[float, float]]) -> bool:
    """pauses: in order, apart"""
    after = int(np.searchsorted([end for _, end in pauses], gap[0], side="right"))
    return after < len(pauses) and pauses[after][0] < gap[1]


def _joined(gaps: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """gaps: in order of their starts"""
    joined: list[tuple[float, float]] = []
    for start, end in gaps:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
