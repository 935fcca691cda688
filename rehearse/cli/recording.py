"""Recording an answer at the keyboard: on the practice screen, or where none can be drawn, line by line."""

import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

from rich.console import Group

from rehearse.audio.capturing import Capturing, Source
from rehearse.audio.claim import Label
from rehearse.audio.sound_watch import Fault
from rehearse.cli.before_recording import label_for, little_room
from rehearse.cli.recording_screen import RecordingScreen
from rehearse.cli.replacements import Replacements
from rehearse.cli.session import Session
from rehearse.cli.taken import Ending, Hear, Start, Taken, take
from rehearse.cli.typed_lines import TypedLines
from rehearse.errors import NeedsTerminal
from rehearse.presentation.capture_faults import fault_notice, going_on
from rehearse.presentation.live_screen import Showing, time_notice
from rehearse.question import Question

_LOOK_EVERY_S = 0.1
#: So that they are said in one breath with what happened.
_LOOKED_WITHIN_S = 0.5


def record_answer(
    session: Session,
    source: Source,
    question: Question,
    showing: Showing,
    *,
    hear: Hear,
) -> Taken | None:
    """Record one answer, heard meanwhile; None where the person threw it away. Ctrl-C keeps what was recorded.

    Raises NeedsTerminal with nobody at a keyboard, StorageFailed where less than a minute fits on the disk.
    """
    folder = session.settings.recordings
    showing = replace(showing, card=Group(*little_room(folder), showing.card))
    return record_aloud(
        session,
        source,
        showing,
        hear=hear,
        folder=folder,
        label=lambda: label_for(question, session.now()),
        instead=f"rehearse practice {question.id} --from FILE",
    )


def record_aloud(
    session: Session,
    source: Source,
    showing: Showing,
    *,
    hear: Hear,
    folder: Path,
    label: Callable[[], Label | None] = lambda: None,
    instead: str,
) -> Taken | None:
    """Record somebody who speaks or reads, heard meanwhile, into the folder; otherwise as record_answer.

    label    what has to be known of it after a crash, as it begins; None for what nobody would want back
    instead  the command that takes a recording, for where there is no keyboard
    """
    if not sys.stdin.isatty():
        raise NeedsTerminal(
            "Recording needs a keyboard, to know when you have finished.",
            f"Run it in a terminal, or use a recording you have: {instead}",
        )

    def start() -> Capturing:
        return source.record(folder, label())

    if session.output.is_terminal and not session.output.is_dumb_terminal:
        return RecordingScreen(session.output, start, showing, hear).record()
    return _record_plainly(session, start, showing, hear)


def _record_plainly(session: Session, start: Start, showing: Showing, hear: Hear) -> Taken:
    """Without a screen to draw on: the card, and Enter when done."""
    session.notes.print(showing.card)
    with ExitStack() as unless_taken, TypedLines() as lines:
        hearing = unless_taken.enter_context(closing(hear()))
        if showing.think:
            session.note(f"You have {showing.countdown_s} s to think. Press Enter to start before that.")
            lines.next(within_s=showing.countdown_s)
        capture = start()
        hearing.follow(capture.path, capture.sample_rate_hz)
        session.note("Recording. Press Enter when you are done; Ctrl-C stops too and keeps what you said.")
        ending = _ended_plainly(session, capture, showing, lines)
        taken = take(capture, hearing, ending)
        unless_taken.pop_all()
        return taken


def _ended_plainly(session: Session, capture: Capturing, showing: Showing, lines: TypedLines) -> Ending:
    """Waits for Enter, Ctrl-C, the end of the time or of the disk; where the microphone goes away, for what to do."""
    warned = False
    replacements = Replacements(capture)
    told: tuple[Fault | None, tuple[str, ...]] = (None, ())
    try:
        while True:
            typed = lines.next(within_s=_LOOK_EVERY_S)
            if capture.failure:
                return Ending.FAILED
            if showing.is_over(capture.recorded_s):
                return Ending.TIME_UP
            if not warned and (warning := time_notice(showing, capture.recorded_s)):
                session.note(warning)
                warned = True
            if capture.lost:
                replacements.look(within_s=_LOOKED_WITHIN_S)
            if typed is not None and (ending := _ending(session, capture, typed, replacements)) is not None:
                return ending
            fault = capture.fault
            state = (fault, replacements.names if fault is Fault.GONE else ())
            if state != told:
                _tell(session, capture, state, told)
                told = state
    except KeyboardInterrupt:
        return Ending.INTERRUPTED


def _ending(session: Session, capture: Capturing, typed: str, replacements: Replacements) -> Ending | None:
    """What a line asks for: None where it names a microphone, or nothing that there is."""
    if not capture.lost:
        return Ending.DONE
    if not typed:
        return Ending.LOST
    device = replacements.named(typed)
    if device is None:
        session.note("There is no microphone with that number.")
    elif not replacements.take(device):
        session.note(replacements.problem)
    return None


def _tell(
    session: Session,
    capture: Capturing,
    state: tuple[Fault | None, tuple[str, ...]],
    before: tuple[Fault | None, tuple[str, ...]],
) -> None:
    """The fault, where it is another one, and the microphones to go on with."""
    fault, names = state
    device = capture.device.name
    if fault is None:
        session.note(going_on(device) if before[0] is Fault.GONE else "There is sound now. Go on.")
    elif fault is not before[0]:
        session.note(fault_notice(fault, device, capture.recorded_s, capture.dead_s))
    if fault is Fault.GONE:
        for number, name in enumerate(names, start=1):
            session.note(f"  {number}  {name}")
        choose = "To go on in the same answer, type its number and press Enter. " if names else ""
        session.note(f"{choose}Enter alone: I am done.")
