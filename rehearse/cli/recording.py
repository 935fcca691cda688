"""The practice screen: a countdown, then a calm clock until the person is done. Whatever happens, the sound is kept."""

import os
import sys
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Event, Thread
from typing import TypeAlias

from rich.console import RenderableType
from rich.live import Live

from rehearse.audio.microphone import Capturing, Source
from rehearse.audio.recording import Recording
from rehearse.cli.keys import Keys
from rehearse.cli.session import Session
from rehearse.errors import NeedsTerminal
from rehearse.presentation import live_screen, wording
from rehearse.presentation.live_screen import Showing
from rehearse.question import Question, Target
from rehearse.transcription.live import LiveHearing

_REFRESH_S = 0.1
#: A microphone that works delivers some noise at once; one that is muted or forbidden delivers exact zeros.
_SILENT_FOR_S = 2.0
_TOO_LOUD = 0.999

#: A slip of the finger on r or q throws away no more than this; past it the key has to be pressed twice.
_ASK_TWICE_AFTER_S = 5.0


#: Starts an ear for the answer to come.
Hear: TypeAlias = Callable[[], LiveHearing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A recording made at the keyboard; notice says what the person should know of how it ended, '' for nothing.

    hearing  has heard most of it already; whoever takes the recording closes it
    """

    recording: Recording
    hearing: LiveHearing
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
    session: Session,
    source: Source,
    question: Question,
    target: Target,
    *,
    hear: Hear,
    countdown_s: int,
    quiet_clock: bool,
) -> Taken | None:
    """Record one answer, heard meanwhile; None where the person threw it away. Ctrl-C keeps what was recorded."""
    card = live_screen.question_card(question, target)
    return record_aloud(
        session,
        source,
        Showing(card=card, target=target, quiet_clock=quiet_clock, countdown_s=countdown_s),
        hear=hear,
        folder=session.settings.recordings,
        instead=f"rehearse practice {question.id} --from FILE",
    )


def record_aloud(
    session: Session, source: Source, showing: Showing, *, hear: Hear, folder: Path, instead: str
) -> Taken | None:
    """Record somebody who speaks or reads, heard meanwhile, into the folder; otherwise as record_answer.

    instead  the command that takes a recording, for where there is no keyboard
    """
    if not sys.stdin.isatty():
        raise NeedsTerminal(
            "Recording needs a keyboard, to know when you have finished.",
            f"Run it in a terminal, or use a recording you have: {instead}",
        )
    if session.output.is_terminal and not session.output.is_dumb_terminal:
        return _Screen(session, source, showing, hear).record(folder)
    return _record_plainly(session, source, showing, hear, folder)


def _taken(capture: Capturing, hearing: LiveHearing, ending: Ending) -> Taken:
    hearing.let_go()
    recording = capture.stop()
    hearing.finish(recording)
    kept = f"What you said until then is kept ({wording.clock(recording.recording_s)})."
    notices = {
        Ending.INTERRUPTED: f"Stopped. {kept}",
        Ending.LOST: f"The microphone went away. {kept}",
        Ending.FAILED: f"{capture.failure.message if capture.failure else ''} {kept}",
    }
    return Taken(
        recording=recording,
        hearing=hearing,
        device=capture.device.name,
        notice=notices.get(ending, ""),
        interrupted=ending is Ending.INTERRUPTED,
    )


def _heard_ill(capture: Capturing) -> str:
    """What is wrong with the sound so far, while there is still time to mend it; '' where nothing is."""
    if capture.peak == 0.0 and capture.recorded_s > _SILENT_FOR_S:
        return "No sound comes from the microphone. Is it muted, or not allowed? Ctrl-C stops."
    if capture.peak >= _TOO_LOUD:
        return "Very loud: move back a little.    Enter  I am done"
    return ""


def _record_plainly(session: Session, source: Source, showing: Showing, hear: Hear, folder: Path) -> Taken:
    """Without a screen to draw on: the card, and Enter when done."""
    session.notes.print(showing.card)
    with ExitStack() as unless_taken:
        hearing = unless_taken.enter_context(closing(hear()))
        capture = source.record(folder)
        hearing.follow(capture.path, capture.sample_rate_hz)
        session.note("Recording. Press Enter when you are done; Ctrl-C stops too and keeps what you said.")
        ending = _ended_plainly(capture)
        taken = _taken(capture, hearing, ending)
        unless_taken.pop_all()
        return taken


def _ended_plainly(capture: Capturing) -> Ending:
    """Waits for Enter, Ctrl-C, or the end of the device or the disk."""
    entered = Event()

    def wait_for_enter() -> None:
        # Not sys.stdin.readline, whose lock would still be held should the program end first.
        os.read(sys.stdin.fileno(), 4096)
        entered.set()

    Thread(target=wait_for_enter, name="enter", daemon=True).start()
    try:
        while not entered.wait(_REFRESH_S):
            if capture.lost or capture.failure:
                return Ending.LOST if capture.lost else Ending.FAILED
    except KeyboardInterrupt:
        return Ending.INTERRUPTED
    return Ending.DONE


class _Screen:
    """Draws the screen ten times a second and reads the keys in between."""

    def __init__(self, session: Session, source: Source, showing: Showing, hear: Hear) -> None:
        self._console = session.output
        self._source = source
        self._showing = showing
        self._hear = hear

    def record(self, folder: Path) -> Taken | None:
        ending = Ending.AGAIN
        with Keys() as keys, Live(console=self._console, screen=True, auto_refresh=False) as live:
            while ending is Ending.AGAIN:
                with ExitStack() as unless_taken:
                    hearing = unless_taken.enter_context(closing(self._hear()))
                    if not self._count_down(keys, live):
                        return None
                    capture = self._source.record(folder)
                    ending = self._watched(capture, hearing, keys, live)
                    if ending not in (Ending.AGAIN, Ending.THROWN_AWAY):
                        taken = _taken(capture, hearing, ending)
                        unless_taken.pop_all()
                        return taken
                capture.discard()
        return None

    def _watched(self, capture: Capturing, hearing: LiveHearing, keys: Keys, live: Live) -> Ending:
        try:
            hearing.follow(capture.path, capture.sample_rate_hz)
            return self._watch(capture, keys, live)
        except KeyboardInterrupt:
            return Ending.INTERRUPTED
        except BaseException:
            hearing.close()
            capture.stop()
            raise

    def _count_down(self, keys: Keys, live: Live) -> bool:
        """False where the person left before the recording began."""
        showing = self._showing
        for remaining in range(showing.countdown_s, 0, -1):
            self._draw(live, live_screen.countdown(showing.card, remaining, clock=showing.target is not None))
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
            sure = f"Press {asked} again to lose this {self._showing.spoken}, any other key to go on."
            notice = sure if asked else _heard_ill(capture)
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
            self._showing.card,
            elapsed_s,
            self._showing.target,
            levels,
            width=self._console.width,
            quiet_clock=self._showing.quiet_clock,
            notice=notice,
        )

    def _draw(self, live: Live, picture: RenderableType) -> None:
        live.update(picture, refresh=True)
