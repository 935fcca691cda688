"""Pauses by the rules of `speech_edges` and by the odds of a network, which hears the breaths and keys between words.

Where it is quiet the rules have the nearer edges: the network takes silences out of what they call speech, and the
pauses that they find themselves stay as they are. In noise the rules lose the soft ends of words and take them for
pauses, and the network misses a soft start now and then: there each has half a say.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from rehearse.transcription.speech_course import Mask, likeliest_course, runs
from rehearse.transcription.speech_levels import HOP_S, Curve
from rehearse.transcription.speech_times import MIN_SILENCE_S, MIN_SPEECH_S
from rehearse.transcription.transcript import Span

#: Evidence lost by going from speech to silence or back, in natural logarithms of odds.
_SWITCH_COST = 8.0

#: The levels' window smears speech so far over its ends.
_SMEAR_S = 0.01

#: A silence that counts as a pause has its edges from the rules, which are nearer.
_PAUSE_S = 0.25

#: In noise it takes so much less to be a silence, in natural logarithms of odds. Chosen, as is half a say, on voices
#: that the network had not heard (bench/pauses.py).
_LESS_IN_NOISE = 0.5

#: A silence: start and end, seconds.
_Gap: TypeAlias = tuple[float, float]


def without_silences(spans: Sequence[Span], odds: Curve) -> tuple[Span, ...]:
    """The spans without the silences in them, still MIN_SILENCE_S apart and MIN_SPEECH_S long.

    spans  of speech, in order, as the rules have them
    odds   natural logarithm of the odds of speech for each hop
    """
    if not spans:
        return ()
    begin_s, end_s = spans[0].start_s, spans[-1].end_s
    found = _within(_silences(likeliest_course(odds, _SWITCH_COST)), begin_s, end_s)
    known = [(a.end_s, b.start_s) for a, b in pairwise(spans)]
    pauses = [gap for gap in known if gap[1] - gap[0] >= _PAUSE_S]
    new = [gap for gap in found if not _overlaps(gap, pauses)]
    return _between(begin_s, end_s, _joined(sorted([*known, *new])))


def agreed(spans: Sequence[Span], odds: Curve) -> tuple[Span, ...]:
    """Spans, in noise, half by these and half by the odds, MIN_SILENCE_S apart and MIN_SPEECH_S long.

    Edges lie halfway between the two. A silence that only one of them hears is half as long, around the same middle.

    spans  of speech, in order, as the rules have them
    odds   natural logarithm of the odds of speech for each hop
    """
    speech = likeliest_course(odds - _LESS_IN_NOISE, _SWITCH_COST)
    heard = runs(speech)
    if not spans or not heard:
        return tuple(spans)
    # Speech under way where the recording begins or ends has no edge there.
    begin_s = (spans[0].start_s + (heard[0][0] * HOP_S + _SMEAR_S if heard[0][0] else 0.0)) / 2
    end_s = (spans[-1].end_s + heard[-1][1] * HOP_S - (_SMEAR_S if heard[-1][1] < len(odds) else 0.0)) / 2
    gaps = [(a.end_s, b.start_s) for a, b in pairwise(spans)]
    shared = _halfway(gaps, _silences(speech))
    long = [gap for gap in _joined(sorted(shared)) if gap[1] - gap[0] >= MIN_SILENCE_S]
    return _between(begin_s, end_s, _within(long, begin_s, end_s))


def _halfway(some: Sequence[_Gap], others: Sequence[_Gap]) -> list[_Gap]:
    """Each silence of the one with that of the other which it has most in common with, if any; in no order."""
    left = list(others)
    shared = []
    for gap in some:
        other = max(left, key=lambda each: _common_s(gap, each), default=None)
        if other is None or _common_s(gap, other) <= 0:
            shared.append(_halved(gap))
        else:
            left.remove(other)
            shared.append(((gap[0] + other[0]) / 2, (gap[1] + other[1]) / 2))
    return shared + [_halved(other) for other in left]


def _halved(gap: _Gap) -> _Gap:
    quarter_s = (gap[1] - gap[0]) / 4
    return gap[0] + quarter_s, gap[1] - quarter_s


def _common_s(gap: _Gap, other: _Gap) -> float:
    return min(gap[1], other[1]) - max(gap[0], other[0])


def _between(begin_s: float, end_s: float, gaps: Sequence[_Gap]) -> tuple[Span, ...]:
    """Speech from begin to end but for the gaps, which are in order and apart."""
    edges = [begin_s, *(edge_s for gap in gaps for edge_s in gap), end_s]
    left = [Span(start_s=start_s, end_s=end_s) for start_s, end_s in zip(edges[::2], edges[1::2], strict=True)]
    return tuple(span for span in left if span.duration_s >= MIN_SPEECH_S)


def _silences(speech: Mask) -> list[_Gap]:
    """In order, MIN_SILENCE_S long and more."""
    silent = [(first * HOP_S - _SMEAR_S, last * HOP_S + _SMEAR_S) for first, last in runs(~speech)]
    return [gap for gap in silent if gap[1] - gap[0] >= MIN_SILENCE_S]


def _within(gaps: Sequence[_Gap], begin_s: float, end_s: float) -> list[_Gap]:
    """Those with speech before and after, where it begins and ends at these times."""
    return [gap for gap in gaps if begin_s + MIN_SPEECH_S <= gap[0] and gap[1] <= end_s - MIN_SPEECH_S]


def _overlaps(gap: _Gap, pauses: Sequence[_Gap]) -> bool:
    """pauses: in order, apart"""
    after = int(np.searchsorted([end for _, end in pauses], gap[0], side="right"))
    return after < len(pauses) and pauses[after][0] < gap[1]


def _joined(gaps: Sequence[_Gap]) -> list[_Gap]:
    """gaps: in order of their starts"""
    joined: list[_Gap] = []
    for start, end in gaps:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
