"""Sounds that a voice holds: stretches of a recording that are loud, voiced, and hardly change. Pure numpy.

A filled pause, a hum and a drawn-out word are all held sounds; which of them one is, its vowel and the words tell.

Source: Goto, Itou & Hayamizu (1999), Eurospeech, pp. 227-230, for the idea that hesitation is a voice that stays as it
is. They also ask for a flat pitch; in real filled pauses it is often creaky, so it is no condition here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rehearse.measurement.sound_shapes import (
    HOP,
    HOP_S,
    WINDOW,
    Curve,
    Mask,
    Reader,
    changes_of,
    formants,
    frames_of,
    levels_of,
    shapes_of,
    voice_of,
)

#: Shorter ones are the middles of ordinary vowels: they only tell how long this voice holds a sound.
HELD_S = 0.2
LEAST_S = 0.05
#: dB between the spectra 30 ms before and after.
STEADY_DB = 3.0
LEAST_VOICING = 0.5
#: Against the loud parts of the recording.
DEEPEST_DB = -26.0
#: Voicing found at the shortest period that is looked at is noise, not voice.
HIGHEST_PITCH_HZ = 390.0
#: Times are sums of hundredths; a rounding error decides nothing.
_EXACT_S = 1e-6
#: A click or a crack in the voice parts nothing.
_GAP_FRAMES = 2
_PIECE_FRAMES = 2000
_AROUND_FRAMES = 20
_APART_FRAMES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSound:
    """Times are seconds of the recording; the rest are medians over it.

    change_db     between the spectra 30 ms before and after each moment, >= 0
    first_hz      lowest formant found, inf where none is; second_hz likewise
    high_db       energy from 1 to 4 kHz against that under 1 kHz
    apart_db      how far the level falls within 0.15 s before and after it, on the side where it falls less
    """

    start_s: float
    end_s: float
    change_db: float
    first_hz: float
    second_hz: float
    high_db: float
    apart_db: float

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """
    sounds     those of HELD_S or more, in order and apart
    lengths_s  of all that are held for LEAST_S or more, those included
    """

    sounds: tuple[HeldSound, ...]
    lengths_s: tuple[float, ...]


def held_sounds(read: Reader, recording_s: float, loud_db: float) -> Held:
    """What is held in a recording at 16 kHz.

    read     gives the sound of this recording
    loud_db  of this recording, from `sound_shapes.loudness`
    """
    count = int(recording_s / HOP_S + _EXACT_S)
    firsts = range(0, count, _PIECE_FRAMES)
    steady = [_steady(read, first, min(_PIECE_FRAMES, count - first), loud_db) for first in firsts]
    runs = tuple(_runs(np.concatenate([np.zeros(0, bool), *steady])))
    long = [(begin, end) for begin, end in runs if (end - begin) * HOP_S >= HELD_S - _EXACT_S]
    return Held(
        sounds=tuple(_held(read, begin, end) for begin, end in long),
        lengths_s=tuple((end - begin) * HOP_S for begin, end in runs),
    )


def _steady(read: Reader, first: int, count: int, loud_db: float) -> Mask:
    """Whether each 10 ms is loud, voiced and like those beside it."""
    before = min(first, _AROUND_FRAMES)
    sound = _sound(read, first - before, first + count + _AROUND_FRAMES)
    kept = slice(before, before + count)
    frames = frames_of(sound, WINDOW, HOP)
    voicing, pitch_hz = voice_of(sound)
    voiced = (voicing > LEAST_VOICING) & (pitch_hz < HIGHEST_PITCH_HZ)
    steady = voiced & (changes_of(shapes_of(frames)) < STEADY_DB) & (levels_of(frames) > loud_db + DEEPEST_DB)
    return np.asarray(steady[kept])


def _runs(mask: Mask) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8))).reshape(-1, 2)
    at = 0
    while at < len(edges):
        begin, end = edges[at]
        at += 1
        while at < len(edges) and edges[at][0] - end <= _GAP_FRAMES:
            end = edges[at][1]
            at += 1
        if (end - begin) * HOP_S >= LEAST_S - _EXACT_S:
            yield int(begin), int(end)


def _held(read: Reader, begin: int, end: int) -> HeldSound:
    first = max(0, begin - _AROUND_FRAMES)
    sound = _sound(read, first, end + _AROUND_FRAMES)
    inner = slice(begin - first, end - first)
    frames = frames_of(sound, WINDOW, HOP)
    level_db = levels_of(frames)
    before, after = level_db[max(0, inner.start - _APART_FRAMES) : inner.start], level_db[inner.stop :][:_APART_FRAMES]
    quietest_db = [side.min() if len(side) else -np.inf for side in (before, after)]
    power = np.abs(np.fft.rfft(frames[inner] * np.hanning(WINDOW), 512)) ** 2
    low, high = power[:, 2:32].sum(axis=1), power[:, 32:128].sum(axis=1)
    first_hz, second_hz = (float(np.median(curve[inner])) for curve in formants(sound))
    return HeldSound(
        start_s=begin * HOP_S,
        end_s=end * HOP_S,
        change_db=float(np.median(changes_of(shapes_of(frames))[inner])),
        first_hz=first_hz,
        second_hz=second_hz,
        high_db=float(np.median(10 * np.log10((high + 1e-12) / (low + 1e-12)))),
        apart_db=float(np.median(level_db[inner])) - max(quietest_db),
    )


def _sound(read: Reader, first: int, last: int) -> Curve:
    sound = read(first * HOP_S, last * HOP_S).astype(np.float64)
    return sound[: len(sound) // HOP * HOP]
