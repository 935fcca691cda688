"""The practice screen: a countdown, then a calm clock until the person is done. Whatever happens, the sound is kept."""

import sys
from collections import deque
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from rich.console import RenderableType
from rich.live import Live

from rehearse.audio.microphone import Capturing, Source
from rehearse.audio.recording import Recording
from rehearse.cli.keys import Keys
from rehearse.cli.session import Session
from rehearse.errors import NeedsTerminal
from rehearse.presentation import live_screen, wording
from rehearse.question import Question, Target

_REFRESH_S = 0.1
#: A slip of the finger on r or q throws away no more than this; past it the key has to be pressed twice.
_ASK_TWICE_AFTER_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A recording made at the keyboard; notice says what the person should know of how it ended, '' for nothing."""

    recording: Recording
    device: str
    notice: str = ""
    interrupted: bool = False


class Ending(Enum):
    """How one recording came to its end."""

    DONE = "done"
    AGAIN = "start over"
    THROWN_AWAY = "throw away"
    INTERRUPTED = "interrupted"
    LOST = "device lost"
    FAILED = "cannot be written"


def record_answer(
    session: Session, source: Source, question: Question, target: Target, *, countdown_s: int, quiet_clock: bool
) -> Taken | None:
    """Record one answer; None where the person threw it away. Ctrl-C keeps what was recorded."""
    if not sys.stdin.isatty():
        raise NeedsTerminal(
            "Recording needs a keyboard, to know when you have finished.",
            f"Run it in a terminal, or use a recording you have: rehearse practice {question.id} --from FILE",
        )
    folder = session.settings.recordings
    if session.output.is_terminal and not session.output.is_dumb_terminal:
        return _Screen(session, source, question, target, quiet_clock).record(folder, countdown_s)
    return _record_plainly(session, source, question, target, folder)


def _taken(capture: Capturing, ending: Ending) -> Taken:
    recording = capture.stop()
    kept = f"What you said until then is kept ({wording.clock(recording.recording_s)})."
    notices = {
        Ending.INTERRUPTED: f"Stopped. {kept}",
        Ending.LOST: f"The microphone went away. {kept}",
        Ending.FAILED: f"{capture.failure.message if capture.failure else ''} {kept}",
    }
    return Taken(
        recording=recording,
        device=capture.device.name,
        notice=notices.get(ending, ""),
        interrupted=ending is Ending.INTERRUPTED,
    )


def _record_plainly(session: Session, source: Source, question: Question, target: Target, folder: Path) -> Taken:
    """Without a screen to draw on: the question, and Enter when done."""
    session.notes.print(live_screen.question_card(question, target))
    capture = source.record(folder)
    session.note("Recording. Press Enter when you are done; Ctrl-C stops too and keeps what you said.")
    ending = Ending.DONE
    try:
        sys.stdin.readline()
    except KeyboardInterrupt:
        ending = Ending.INTERRUPTED
    if capture.lost or capture.failure:
        ending = Ending.LOST if capture.lost else Ending.FAILED
    return _taken(capture, ending)


class _Screen:
    """Draws the screen ten times a second and reads the keys in between."""

    def __init__(self, session: Session, source: Source, question: Question, target: Target, quiet_clock: bool) -> None:
        self._console = session.output
        self._source = source
        self._target = target
        self._quiet_clock = quiet_clock
        self._card = live_screen.question_card(question, target)

    def record(self, folder: Path, countdown_s: int) -> Taken | None:
        with Keys() as keys, Live(console=self._console, screen=True, auto_refresh=False) as live:
            while True:
                if not self._count_down(countdown_s, keys, live):
                    return None
                capture = self._source.record(folder)
                try:
                    ending = self._watch(capture, keys, live)
                except KeyboardInterrupt:
                    ending = Ending.INTERRUPTED
                except BaseException:
                    capture.stop()
                    raise
                if ending is Ending.AGAIN:
                    capture.discard()
                elif ending is Ending.THROWN_AWAY:
                    capture.discard()
                    return None
                else:
                    return _taken(capture, ending)

    def _count_down(self, countdown_s: int, keys: Keys, live: Live) -> bool:
        """False where the person left before the recording began."""
        for remaining in range(countdown_s, 0, -1):
            self._draw(live, live_screen.countdown(self._card, remaining))
            key = keys.press(within_s=1.0)
            if key in ("enter", "space"):
                break
            if key in ("q", "escape"):
                return False
        return True

    def _watch(self, capture: Capturing, keys: Keys, live: Live) -> Ending:
        levels: deque[float] = deque(maxlen=80)
        asked = ""
        while True:
            if capture.failure:
                return Ending.FAILED
            if capture.lost:
                return Ending.LOST
            levels.append(capture.level_dbfs)
            notice = f"Press {asked} again to lose this answer, any other key to go on." if asked else ""
            self._draw(live, self._picture(capture.recorded_s, tuple(levels), notice))
            key = keys.press(within_s=_REFRESH_S)
            if key == "enter" and not asked:
                return Ending.DONE
            if key in ("r", "q"):
                if capture.recorded_s < _ASK_TWICE_AFTER_S or asked == key:
                    return Ending.AGAIN if key == "r" else Ending.THROWN_AWAY
                asked = key
            elif key:
                asked = ""

    def _picture(self, elapsed_s: float, levels: tuple[float, ...], notice: str) -> RenderableType:
        return live_screen.recording(
            self._card,
            elapsed_s,
            self._target,
            levels,
            width=self._console.width,
            quiet_clock=self._quiet_clock,
            notice=notice,
        )

    def _draw(self, live: Live, picture: RenderableType) -> None:
        live.update(picture, refresh=True)
