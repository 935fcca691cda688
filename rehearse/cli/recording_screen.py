"""The practice screen: a countdown, then a calm clock until the person is done. Whatever happens, the sound is kept."""

import time
from collections import deque
from contextlib import ExitStack, closing

from rich.console import Console, RenderableType
from rich.live import Live

from rehearse.audio.capturing import Capturing
from rehearse.audio.sound_watch import Fault
from rehearse.cli.keys import Keys
from rehearse.cli.replacements import Replacements
from rehearse.cli.taken import Ending, Hear, Start, Taken, take
from rehearse.presentation import live_screen
from rehearse.presentation.capture_faults import fault_notice, going_on, gone, opening
from rehearse.presentation.live_screen import Showing
from rehearse.transcription.live import LiveHearing

_REFRESH_S = 0.1
_TOO_LOUD = 0.999
#: How long a sentence stands that is no longer true once it is read.
_STANDS_S = 3.0

#: A slip of the finger on r or q throws away no more than this; past it the key has to be pressed twice.
_ASK_TWICE_AFTER_S = 5.0
#: Who speaks on has answered: the question does not stand for longer than this.
_ASKED_S = 6.0


class RecordingScreen:
    """Draws the screen ten times a second and reads the keys in between."""

    def __init__(self, console: Console, start: Start, showing: Showing, hear: Hear) -> None:
        self._console = console
        self._start = start
        self._showing = showing
        self._hear = hear
        self._asked, self._asked_until = "", 0.0
        self._said, self._said_until = "", 0.0

    def record(self) -> Taken | None:
        ending = Ending.AGAIN
        with Keys() as keys, Live(console=self._console, screen=True, auto_refresh=False) as live:
            while ending is Ending.AGAIN:
                with ExitStack() as unless_taken:
                    hearing = unless_taken.enter_context(closing(self._hear()))
                    if not self._count_down(keys, live):
                        return None
                    capture = self._start()
                    ending = self._watched(capture, hearing, keys, live)
                    if ending not in (Ending.AGAIN, Ending.THROWN_AWAY):
                        taken = take(capture, hearing, ending)
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
        for remaining in range(self._showing.countdown_s, 0, -1):
            self._draw(live, live_screen.countdown(self._showing.card, remaining, think=self._showing.think))
            key = keys.press(within_s=1.0)
            if key in ("enter", "space"):
                break
            if key in ("q", "escape"):
                return False
        return True

    def _watch(self, capture: Capturing, keys: Keys, live: Live) -> Ending:
        levels: deque[float] = deque(maxlen=80)
        self._asked = self._said = ""
        while True:
            if capture.failure:
                return Ending.FAILED
            if capture.lost:
                ending = self._gone(capture, keys, live)
                if ending is not None:
                    return ending
            if self._showing.is_over(capture.recorded_s):
                return Ending.TIME_UP
            levels.append(capture.level_dbfs)
            self._draw(live, self._picture(capture.recorded_s, tuple(levels), self._notice(capture)))
            ending = self._ending(keys.press(within_s=_REFRESH_S), capture)
            if ending is not None:
                return ending

    def _gone(self, capture: Capturing, keys: Keys, live: Live) -> Ending | None:
        """The microphone went away: what the person wants; None once sound comes again, from that one or another."""
        replacements = Replacements(capture)
        self._asked = ""
        self._console.bell()
        while capture.lost:
            replacements.look()
            self._draw_gone(live, capture, replacements, self._question() or replacements.problem)
            key = keys.press(within_s=_REFRESH_S)
            if (device := replacements.named(key)) is not None:
                self._draw_gone(live, capture, replacements, opening(device.name))
                if replacements.take(device):
                    break
                continue
            ending = self._ending(key, capture)
            if ending is not None:
                return Ending.LOST if ending is Ending.DONE else ending
        self._said, self._said_until = going_on(capture.device.name), time.monotonic() + _STANDS_S
        return None

    def _draw_gone(self, live: Live, capture: Capturing, replacements: Replacements, notice: str) -> None:
        picture = live_screen.microphone_gone(
            self._showing.card,
            capture.recorded_s,
            self._showing.target,
            gone(capture.device.name, capture.recorded_s),
            replacements.names,
            width=self._console.width,
            notice=notice,
        )
        self._draw(live, picture)

    def _ending(self, key: str, capture: Capturing) -> Ending | None:
        """What the key asks for; r and q have to be pressed twice where much would be lost."""
        if key == "enter" and not self._asked:
            return Ending.DONE
        if key == "q" or (key == "r" and not self._showing.once):
            if capture.recorded_s < _ASK_TWICE_AFTER_S or self._asked == key:
                return Ending.AGAIN if key == "r" else Ending.THROWN_AWAY
            self._asked, self._asked_until = key, time.monotonic() + _ASKED_S
        elif key or time.monotonic() > self._asked_until:
            self._asked = ""
        return None

    def _question(self) -> str:
        if not self._asked:
            return ""
        return f"Press {self._asked} again to lose this {self._showing.spoken}, any other key to go on."

    def _notice(self, capture: Capturing) -> str:
        """The one sentence that matters now, while there is still time to mend what is wrong; '' where nothing is."""
        fault = capture.fault
        if self._asked:
            return self._question()
        if fault is not None and fault is not Fault.GONE:
            return fault_notice(fault, capture.device.name, capture.recorded_s, capture.dead_s)
        if time.monotonic() < self._said_until:
            return self._said
        if left := live_screen.time_notice(self._showing, capture.recorded_s):
            return left
        return "Very loud: move back a little." if capture.peak >= _TOO_LOUD else ""

    def _picture(self, elapsed_s: float, levels: tuple[float, ...], notice: str) -> RenderableType:
        return live_screen.recording(
            self._showing.card,
            elapsed_s,
            self._showing.target,
            levels,
            width=self._console.width,
            quiet_clock=self._showing.quiet_clock,
            once=self._showing.once,
            notice=notice,
        )

    def _draw(self, live: Live, picture: RenderableType) -> None:
        live.update(picture, refresh=True)
