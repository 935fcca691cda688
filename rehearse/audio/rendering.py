"""How a recording is to be heard: at which speed, with which parts left out, and where that leaves each moment.

Pure: a sound and a Timeline in, the sound that is heard out. All of it works for a sound of any sample rate.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from rehearse.audio.ffmpeg import stretched

#: The speeds that speech is still understood at, and that the sound is made well for.
SLOWEST, FASTEST = 0.5, 2.0
#: What stands of a pause that is skipped, on either side: words keep their beginnings and ends.
KEPT_OF_PAUSE_S = 0.12

_BLOCK_S = 0.25
#: At a cut the sound sinks and rises for so long: without that it clicks.
_FADE_S = 0.005


class Timeline:
    """Where each moment of a recording is heard, and the other way round: straight lines between cuts.

    length_s  of the recording
    speed     how many seconds of it are heard in one second, SLOWEST..FASTEST
    kept      the parts that are heard, (start_s, end_s) in order and apart; None for all of it
    """

    def __init__(self, length_s: float, speed: float = 1.0, kept: Sequence[tuple[float, float]] | None = None) -> None:
        if not SLOWEST <= speed <= FASTEST:
            raise ValueError(f"speed is {speed}")
        spans = [(0.0, length_s)] if kept is None else [(max(0.0, a), min(length_s, b)) for a, b in kept]
        self.spans = tuple((start_s, end_s) for start_s, end_s in spans if end_s > start_s)
        self.length_s = length_s
        self.speed = speed
        self._starts_s = [start_s for start_s, _ in self.spans]
        #: Where each part begins in the recording without what is left out, and where the last one ends.
        self._joined_s = list(accumulate((end_s - start_s for start_s, end_s in self.spans), initial=0.0))

    @property
    def heard_s(self) -> float:
        """How long it takes to hear all of it."""
        return self._joined_s[-1] / self.speed

    @property
    def plain(self) -> bool:
        """Whether it is heard as it was recorded."""
        return self.speed == 1.0 and self.spans == ((0.0, self.length_s),)

    def place_at(self, heard_s: float) -> float:
        """The place in the recording that is heard after so many seconds of hearing."""
        if not self.spans:
            return 0.0
        joined_s = min(max(0.0, heard_s * self.speed), self._joined_s[-1])
        part = min(bisect_right(self._joined_s, joined_s), len(self.spans)) - 1
        return min(self.spans[part][0] + joined_s - self._joined_s[part], self.spans[part][1])

    def heard_at(self, place_s: float) -> float:
        """After how many seconds of hearing a place comes; for one that is left out, when the part after it begins."""
        part = bisect_right(self._starts_s, place_s) - 1
        if part < 0:
            return 0.0
        start_s, end_s = self.spans[part]
        return (self._joined_s[part] + min(place_s, end_s) - start_s) / self.speed


def without_pauses(length_s: float, speech: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """The parts to keep where pauses are skipped: the speech, with KEPT_OF_PAUSE_S of silence on either side.

    speech  (start_s, end_s) in order and apart. Without any, all of the recording is kept.
    """
    kept: list[tuple[float, float]] = []
    for start_s, end_s in speech:
        wide = (max(0.0, start_s - KEPT_OF_PAUSE_S), min(length_s, end_s + KEPT_OF_PAUSE_S))
        if kept and wide[0] <= kept[-1][1]:
            wide = (kept.pop()[0], wide[1])
        kept.append(wide)
    return tuple(kept) or ((0.0, length_s),)


def rendered(
    sound: npt.NDArray[np.int16], rate_hz: int, timeline: Timeline, from_heard_s: float = 0.0
) -> Iterator[npt.NDArray[np.int16]]:
    """What is heard, from from_heard_s on: blocks of int16, shape (n,), at most a second each.

    Together they last exactly as long as the timeline says, to the sample.
    """
    left = round(timeline.heard_s * rate_hz) - round(from_heard_s * rate_hz)
    blocks = _kept(sound, rate_hz, timeline, from_heard_s)
    for block in blocks if timeline.speed == 1.0 else stretched(blocks, rate_hz, timeline.speed):
        if left <= 0:
            return
        yield block[:left]
        left -= len(block)
    if left > 0:
        yield np.zeros(left, np.int16)


def _kept(
    sound: npt.NDArray[np.int16], rate_hz: int, timeline: Timeline, from_heard_s: float
) -> Iterator[npt.NDArray[np.int16]]:
    from_s = timeline.place_at(from_heard_s)
    size = max(1, round(_BLOCK_S * rate_hz))
    for start_s, end_s in timeline.spans:
        if end_s <= from_s:
            continue
        start, end = round(max(start_s, from_s) * rate_hz), min(len(sound), round(end_s * rate_hz))
        cut_before, cut_after = start > 0 and start_s >= from_s, end < len(sound)
        for first in range(start, end, size):
            block = sound[first : min(first + size, end)]
            if cut_before and first == start:
                block = _faded(block, rate_hz, rising=True)
            if cut_after and first + size >= end:
                block = _faded(block, rate_hz, rising=False)
            yield block


def _faded(block: npt.NDArray[np.int16], rate_hz: int, *, rising: bool) -> npt.NDArray[np.int16]:
    size = min(len(block), max(1, round(_FADE_S * rate_hz)))
    ramp = np.ones(len(block), np.float32)
    if rising:
        ramp[:size] = np.linspace(0.0, 1.0, size, endpoint=False)
    else:
        ramp[len(block) - size :] = np.linspace(1.0, 0.0, size, endpoint=False)
    return (block * ramp).astype(np.int16)
