"""What the audio thread does: hand over the next block of what is wanted, without a click, and know which it was.

No device and no lock. The audio thread alone writes `run` and `_moving`, everyone else alone writes `wanted` and
`playing`; each is replaced as a whole.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from rehearse.audio.course import Course, Run

#: A jump from one sound to another clicks; over so long one sinks while the other rises.
_FADE_S = 0.005


class Mixer:
    """Blocks of sound, one after the other, out of the courses that are wanted.

    wanted   what to go over to as soon as enough of it is rendered
    playing  whether to move at all
    run      what was handed over last
    """

    def __init__(self, course: Course) -> None:
        self.wanted = course
        self.playing = False
        self.run = Run(course, 0, 0, 0.0)
        self._moving = False
        size = round(_FADE_S * course.rate_hz)
        self._rise = np.linspace(0.0, 1.0, size, endpoint=False, dtype=np.float32)

    def place_at(self, moment: float) -> float:
        """The place in the recording that is heard at that moment (monotonic s)."""
        wanted, run = self.wanted, self.run
        if run.course is not wanted and wanted.sought:
            return wanted.place_s
        return run.place_at(moment)

    def over(self, moment: float) -> bool:
        """Whether the last sample of what is wanted had been heard at that moment."""
        wanted, run = self.wanted, self.run
        return run.course is wanted and run.over(moment)

    def fill(self, frames: int, heard_at: float, *, broken: bool = False) -> npt.NDArray[np.float32]:
        """The next block, shape (frames,), in the range of int16.

        heard_at  when it will be heard (monotonic s)
        broken    whether there was a gap before it: a device that was not given its block in time
        """
        run, playing, moving = self.run, self.playing, self._moving and not broken
        course, place = self._where_now(run, frames)
        turned = course is not run.course
        count = max(0, min(frames, course.ready - place)) if playing else 0
        block = np.zeros(frames, np.float32)
        block[:count] = course.heard[place : place + count]
        if turned or not moving:
            block[: len(self._rise)] *= self._rise[:frames]
        if moving and (turned or not playing):
            left = run.course.heard[run.next : min(run.next + min(len(self._rise), frames), run.course.ready)]
            block[: len(left)] += left * (1 - self._rise[: len(left)])
        if turned:
            before = None if course.sought else replace(run, before=None)
            self.run = Run(course, place, place + count, heard_at, before)
        elif count and moving:
            self.run = replace(run, next=place + count)
        elif count:
            self.run = Run(course, place, place + count, heard_at)
        self._moving = playing and count == frames
        return block

    def _where_now(self, run: Run, frames: int) -> tuple[Course, int]:
        wanted = self.wanted
        if wanted is run.course:
            return wanted, run.next
        entry = 0 if wanted.sought else wanted.sample_at(run.place_s)
        if wanted.ready >= min(entry + frames, wanted.size):
            return wanted, entry
        return run.course, run.next
