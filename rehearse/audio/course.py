"""A way through a sound, rendered ahead of being heard, and what of it was handed to the device. No device, no lock."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rehearse.audio.rendering import Timeline, rendered


class Course:
    """The sound that is heard from a place on: as the timeline says, to its end.

    One thread renders while another reads: `ready` only grows, and only after the samples that it counts are there.

    place_s  the place in the recording it begins at: the one asked for, or, where that is left out, the next one
    sought   whether somebody asked for that place; else the hearing just goes on, from wherever it is by then
    heard    int16 samples, shape (size,), of which the first `ready` are rendered
    """

    def __init__(
        self, sound: npt.NDArray[np.int16], rate_hz: int, timeline: Timeline, place_s: float, *, sought: bool
    ) -> None:
        self.rate_hz = rate_hz
        self.sought = sought
        self._sound = sound
        self._timeline = timeline
        self._from_s = timeline.heard_at(place_s)
        self.place_s = timeline.place_at(self._from_s)
        self.size = max(0, round(timeline.heard_s * rate_hz) - round(self._from_s * rate_hz))
        plain = timeline.plain
        self.heard = sound[len(sound) - self.size :] if plain else np.zeros(self.size, np.int16)
        self.ready = self.size if plain else 0

    def rendering(self) -> Iterator[None]:
        """Render, and pause after each block of at most a second."""
        if self.ready == self.size:
            return
        for block in rendered(self._sound, self.rate_hz, self._timeline, self._from_s):
            self.heard[self.ready : self.ready + len(block)] = block
            self.ready += len(block)
            yield

    def place_at(self, sample: int) -> float:
        """Seconds of the recording."""
        return self._timeline.place_at(self._from_s + sample / self.rate_hz)

    def sample_at(self, place_s: float) -> int:
        """The sample that a place is heard at; the first for places before the beginning."""
        return min(self.size, max(0, round((self._timeline.heard_at(place_s) - self._from_s) * self.rate_hz)))


@dataclass(frozen=True, slots=True)
class Run:
    """What was handed to the device without a break: samples `first` up to `next`, heard from `since` (monotonic s) on.

    before  what it went on from, without a jump, and is heard until then
    """

    course: Course
    first: int
    next: int
    since: float
    before: "Run | None" = None

    @property
    def place_s(self) -> float:
        """The place in the recording that comes next."""
        return self.course.place_at(self.next)

    def place_at(self, moment: float) -> float:
        """The place in the recording that is heard at that moment (monotonic s)."""
        if moment < self.since and self.before is not None:
            return self.before.place_at(moment)
        return self.course.place_at(min(max(self.first, self._sample(moment)), self.next))

    def over(self, moment: float) -> bool:
        """Whether the end of the course had been heard at that moment."""
        return self.next >= self.course.size and self._sample(moment) >= self.course.size

    def _sample(self, moment: float) -> int:
        return self.first + round((moment - self.since) * self.course.rate_hz)
