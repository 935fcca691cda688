"""Saying one sentence to see how it is heard: for `doctor` and `devices --test`, and once before the first answer."""

import sys
import tempfile
import time
from collections import deque
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Group
from rich.live import Live
from rich.text import Text

from rehearse.audio.capturing import Capturing
from rehearse.audio.decoding import at_analysis_rate
from rehearse.audio.microphone import Microphone
from rehearse.audio.recording import Recording
from rehearse.cli.keys import Keys
from rehearse.cli.session import Session
from rehearse.errors import MicrophoneUnavailable, RehearseError
from rehearse.measurement.sound_check import SoundCheck, check_sound
from rehearse.presentation.capture_faults import fault_notice
from rehearse.presentation.live_screen import meter
from rehearse.presentation.screen import said
from rehearse.presentation.sound_words import SENTENCE, sound_heard
from rehearse.transcription.models import write_private
from rehearse.transcription.speech_activity import detect_speech

#: Long enough for the sentence and for the quiet after it.
_LISTENS_S = 6.0
_REFRESH_S = 0.1
_METER_WIDTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """
    device       the microphone's name
    rate_hz      what it was recorded at
    loudest_dbfs loudest moment, -120..0
    lost         it went away meanwhile
    """

    device: str
    rate_hz: int
    loudest_dbfs: float
    lost: bool
    check: SoundCheck

    @property
    def words(self) -> tuple[str, str]:
        """How the sentence was heard, and what to do next, '' where all is well."""
        if self.lost:
            return "it went away while it was listening", "Is it plugged in firmly? See: rehearse devices"
        return sound_heard(self.check)

    def as_json(self) -> dict[str, Any]:
        check = {name: round(value, 4) if isinstance(value, float) else value for name, value in _facts(self.check)}
        loudest = round(self.loudest_dbfs, 1)
        return {"device": self.device, "rate_hz": self.rate_hz, "loudest_dbfs": loudest, "lost": self.lost} | check


def hear_a_sentence(session: Session, wanted: str) -> Checked | None:
    """Record a sentence with the microphone of that name and say nothing of it yet; None where the person skipped it.

    Nothing is kept. Raises MicrophoneUnavailable where there is none, or it cannot be opened.
    """
    with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
        capture = Microphone(wanted).record(Path(folder))
        try:
            loudest_dbfs = _watched(session, capture)
        except BaseException:
            capture.discard()
            raise
        if loudest_dbfs is None:
            capture.discard()
            return None
        lost, device, rate_hz = capture.lost, capture.device.name, capture.sample_rate_hz
        try:
            check = _check(capture.stop(), Path(folder))
        except MicrophoneUnavailable:
            check = SoundCheck(heard_s=0.0)
    return Checked(device=device, rate_hz=rate_hz, loudest_dbfs=loudest_dbfs, lost=lost, check=check)


def offer_sound_check(session: Session, wanted: str, *, unless: bool) -> None:
    """Once, before somebody at a terminal answers for the first time: one sentence, which one key skips.

    Whatever happens here, practising goes on, and it is not offered again.
    unless  something speaks against it: there are attempts already, JSON is wanted, or the like
    """
    offered = session.settings.home / "sound-check-offered"
    seen = session.interactive and session.notes.is_terminal and not session.notes.is_dumb_terminal
    if unless or not seen or offered.exists():
        return
    write_private(offered, "")
    session.note("Before your first answer: one sentence, to see that the microphone hears you.")
    while True:
        try:
            checked = hear_a_sentence(session, wanted)
        except RehearseError as error:
            session.note(error.message)
            return
        if checked is None:
            session.note("Skipped. Whenever you like:  rehearse doctor")
            return
        heard, todo = checked.words
        session.note(f"{checked.device}: {heard}.")
        if todo:
            session.note(todo)
        with Keys() as keys:
            session.notes.print(Text("Enter  go on      r  once more", style="dim"))
            while (key := keys.press()) not in ("enter", "space", "q", "escape", "r"):
                pass
        if key != "r":
            return


def _watched(session: Session, capture: Capturing) -> float | None:
    """The loudest level, in dBFS, of a few seconds, shown while they pass; None where a key skipped the rest."""
    levels: deque[float] = deque(maxlen=_METER_WIDTH)
    until = time.monotonic() + _LISTENS_S
    loudest_dbfs = capture.level_dbfs
    with ExitStack() as stack:
        keys = stack.enter_context(Keys()) if sys.stdin.isatty() else None
        live = stack.enter_context(Live(console=session.notes, auto_refresh=False, transient=True))
        while (left_s := until - time.monotonic()) > 0 and not capture.lost:
            levels.append(capture.level_dbfs)
            loudest_dbfs = max(loudest_dbfs, capture.level_dbfs)
            fault = capture.fault
            notice = fault_notice(fault, capture.device.name, capture.recorded_s, capture.dead_s) if fault else ""
            ask = said(f"Say into '{capture.device.name}':  {SENTENCE}", "bold")
            foot = Text(f"{left_s:.0f} s" + ("      Enter  skip" if keys else ""), style="dim")
            live.update(Group(ask, Text(meter(levels), style="cyan"), said(notice, "bold yellow"), foot), refresh=True)
            if keys is None:
                time.sleep(_REFRESH_S)
            elif keys.press(within_s=_REFRESH_S) in ("enter", "space", "q", "escape"):
                return None
    return loudest_dbfs


def _check(recording: Recording, folder: Path) -> SoundCheck:
    sound = at_analysis_rate(recording, folder / "resampled.wav")
    _, speech = detect_speech(sound)
    return check_sound(sound.blocks(), speech)


def _facts(check: SoundCheck) -> list[tuple[str, Any]]:
    return [*asdict(check).items(), ("above_noise_db", check.above_noise_db), ("sound", check.sound.value)]
