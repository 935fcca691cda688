"""Playing recordings at any speed, with a position that can be read and moved at any time."""

import time
from collections.abc import Sequence
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from rehearse.audio.course import Course
from rehearse.audio.mixing import Mixer
from rehearse.audio.output import close_output, open_output, start_output
from rehearse.audio.recording import Recording, pcm_blocks
from rehearse.audio.rendering import Timeline
from rehearse.errors import RehearseError

_LOST_AFTER_S = 1.5
#: How far the rendering runs ahead of the hearing.
_AHEAD_S = 20.0
_LOOK_EVERY_S = 0.25
_LONGEST_DELAY_S = 3.0


class Player:
    """Plays recordings, one after the other, on the system's own output; a context manager that stops it.

    It starts paused at 0.0 s, at the speed of the recording. All places are seconds of the recordings as they were
    made, joined, whatever the speed and whatever is left out. The sound is held in memory as 16-bit samples: two
    minutes at 16 kHz take 4 MB.

    Three threads and no lock: the audio thread hands over what the mixer gives it; a thread of its own renders what is
    wanted, a little ahead of what is heard; everyone else says what is wanted.
    """

    def __init__(self, *recordings: Recording, otherwise: str = "") -> None:
        """Raises PlaybackUnavailable without an output device, RecordingUnreadable where a file cannot be read.

        otherwise  what to do without a device, in a sentence; without it, the file is named for other players
        """
        self._recordings = recordings
        self._otherwise = otherwise or f"Any other player can play the file itself: {recordings[0].path}"
        self.length_s = sum(recording.recording_s for recording in recordings)
        self._speed = 1.0
        self._kept: tuple[tuple[float, float], ...] | None = None
        self._stopped = False
        self._news = Event()
        self._connect(0.0)
        self._renderer = Thread(target=self._render, name="rendering", daemon=True)
        self._renderer.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def playing(self) -> bool:
        """Whether sound is coming out, or about to."""
        return self._mixer.playing and not self.finished

    @property
    def position_s(self) -> float:
        """The place that is heard now: what the device still holds back is not counted."""
        return self._mixer.place_at(time.monotonic())

    @property
    def finished(self) -> bool:
        """Whether the last sample has been heard, or the output device has vanished."""
        return self.lost or self.ended

    @property
    def ended(self) -> bool:
        """Whether the last sample has been heard."""
        return self._mixer.over(time.monotonic())

    @property
    def lost(self) -> bool:
        """Whether the output device has vanished; reopen() tries the one that is there then."""
        return self._gone.is_set() or time.monotonic() - self._last_block > _LOST_AFTER_S

    def play(self) -> None:
        """Go on from where it stands; from the beginning where the end was reached."""
        if self.ended:
            self.seek(0.0)
        self._mixer.playing = True

    def pause(self) -> None:
        """Hold still until play(); what the device already holds is still heard."""
        self._mixer.playing = False

    def seek(self, position_s: float) -> None:
        """Go to a place; places outside mean the beginning or the end."""
        self._want(min(max(0.0, position_s), self.length_s), sought=True)

    def hear(self, speed: float, kept: Sequence[tuple[float, float]] | None = None) -> None:
        """From now on at that speed (SLOWEST..FASTEST of rendering), and only those parts; None for all of it.

        It goes on where it stands, at the same pitch, without a gap. In a part that is left out, where the next begins.
        """
        wanted, run = self._mixer.wanted, self._mixer.run
        self._speed, self._kept = speed, None if kept is None else tuple(kept)
        # A place asked for and not reached yet is still where it goes.
        sought = wanted.sought and run.course is not wanted
        self._want(wanted.place_s if sought else run.place_s, sought=sought)

    def reopen(self) -> None:
        """Go on, paused, where it stood, on the output that is there now. Raises PlaybackUnavailable without one."""
        position_s = self.position_s
        close_output(self._stream)
        self._mixer.playing = False
        self._connect(position_s)
        self._news.set()

    def stop(self) -> None:
        """Fall silent and give the output device back. Nothing can be played after that."""
        self._stopped = True
        self._news.set()
        close_output(self._stream)
        self._renderer.join()

    def _connect(self, position_s: float) -> None:
        rate_hz = self._recordings[0].sample_rate_hz
        gone = Event()
        stream, rate_hz = open_output(rate_hz, self._otherwise, callback=self._fill, finished_callback=gone.set)
        try:
            self._stream, self._gone = stream, gone
            blocks = (block for recording in self._recordings for block in pcm_blocks(recording, rate_hz))
            self._sound: npt.NDArray[np.int16] = np.concatenate([np.zeros(0, np.int16), *blocks])
            self._rate_hz = rate_hz
            self._latency_s = float(stream.latency)
            self._mixer = Mixer(self._course(position_s, sought=True))
            self._last_block = time.monotonic()
            start_output(stream)
        except RehearseError:
            gone.set()
            close_output(stream)
            raise

    def _course(self, place_s: float, *, sought: bool) -> Course:
        timeline = Timeline(len(self._sound) / self._rate_hz, self._speed, self._kept)
        return Course(self._sound, self._rate_hz, timeline, place_s, sought=sought)

    def _want(self, place_s: float, *, sought: bool) -> None:
        self._mixer.wanted = self._course(place_s, sought=sought)
        self._news.set()

    def _render(self) -> None:
        while not self._stopped:
            course = self._mixer.wanted
            for _ in course.rendering():
                while self._far_ahead(course) and self._still(course):
                    self._news.wait(_LOOK_EVERY_S)
                    self._news.clear()
                if not self._still(course):
                    break
            else:
                self._news.wait()
                self._news.clear()

    def _still(self, course: Course) -> bool:
        return course is self._mixer.wanted and not self._stopped

    def _far_ahead(self, course: Course) -> bool:
        run = self._mixer.run
        return course.ready - (run.next if run.course is course else 0) > _AHEAD_S * self._rate_hz

    def _fill(self, out: Any, frames: int, times: Any, status: Any) -> None:
        now = self._last_block = time.monotonic()
        # What lies between us and the ear at this moment, headphones on the radio included; some systems do not know.
        delay_s = times.outputBufferDacTime - times.currentTime
        if not 0 < delay_s < _LONGEST_DELAY_S:
            delay_s = self._latency_s
        out[:] = self._mixer.fill(frames, now + delay_s, broken=bool(status))[:, np.newaxis]
