"""Before and after practising: what an earlier run left behind, offered back in one calm line each; and tidying up."""

import time

from rich.text import Text

from rehearse.audio.playback import Player
from rehearse.audio.recovery import Found, LeftBehind, find_left_behind
from rehearse.cli.keys import Keys
from rehearse.cli.session import Session
from rehearse.errors import RehearseError
from rehearse.keeping import bring_in, pack_recordings, question_of
from rehearse.presentation import plan_words, wording
from rehearse.presentation.live_screen import DISCARD_TWICE
from rehearse.presentation.screen import indented, said
from rehearse.presentation.sound_words import OUTPUT_GONE_TRY_AGAIN
from rehearse.question import shortened
from rehearse.storage.store import Store

_LOOK_EVERY_S = 0.1
_UNNOTICED_S = 0.5
_CHOICES = "r recover   l listen   d discard   Enter later"


def left_behind(session: Session, store: Store) -> Found:
    """What earlier runs left behind, under lock; let_go() has to follow."""
    return find_left_behind(session.settings.recordings, store.kept_recordings)


def offer_left_behind(session: Session, store: Store, *, unless: bool = False) -> None:
    """Before anything else: what was left behind, to recover, hear or discard; a note where nobody can be asked.

    unless  the person asked for something else than words
    """
    found = left_behind(session, store)
    try:
        if session.interactive and not unless:
            for each in found.recordings:
                _offer(session, store, each)
            for fault in found.faults:
                session.note(f"{fault.message} {fault.hint}")
        elif count := len(found.recordings) + len(found.faults):
            recordings = wording.count(count, "recording was", "recordings were")
            session.note(f"{recordings} cut short. To keep {'it' if count == 1 else 'them'}:  rehearse recover")
    finally:
        found.let_go()


def mention_unheard(session: Session, store: Store) -> None:
    """One line where answers are kept that were never written down, as after a crash in the middle of that."""
    if waiting := store.unheard():
        session.note(plan_words.waiting(len(waiting)))


def pack_afterwards(session: Session, store: Store) -> None:
    """Once all is shown and decided: keep what was measured in less room, for as long as nobody notices the wait."""
    if session.settings.keeping.pack:
        until = time.monotonic() + _UNNOTICED_S
        pack_recordings(store, session.settings.recordings, lambda: time.monotonic() < until)


def described(session: Session, store: Store, left: LeftBehind) -> str:
    """'0:42, from 3 Nov at 18:30: Tell me about a conflict.'"""
    question = question_of(left.label, store)
    words = question.text if question else left.label.question or "its question is not known"
    moment = left.recorded_at.astimezone()
    day = wording.day(left.recorded_at, None, session.now())
    return f"{wording.clock(left.recording.recording_s)}, from {day} at {moment:%H:%M}: {shortened(words)}"


def _offer(session: Session, store: Store, left: LeftBehind) -> None:
    session.show(indented(Text(), said(f"An answer was cut short. {described(session, store, left)}", "bold")))
    asked = False
    with Keys() as keys:
        session.show(indented(Text(_CHOICES, style="dim")))
        while True:
            key = keys.press()
            if key in ("enter", "q", "escape"):
                session.note("It stays where it is. To keep it later:  rehearse recover")
                return
            if key == "r":
                attempt = bring_in(left, store, session.now)
                session.note(
                    f"Kept as attempt {attempt.id}. To write its words down:  rehearse transcribe {attempt.id}"
                )
                return
            if key == "d" and asked:
                left.discard()
                session.note("It is gone.")
                return
            asked = key == "d"
            if asked:
                session.show(indented(Text(DISCARD_TWICE, style="dim")))
            elif key == "l":
                _listen(session, left, keys)
                session.show(indented(Text(_CHOICES, style="dim")))


def _listen(session: Session, left: LeftBehind, keys: Keys) -> None:
    """Play it to its end, or until a key is pressed."""
    try:
        with Player(left.recording) as player:
            session.note("Playing it. Any key stops.")
            player.play()
            while not player.finished and not keys.press(within_s=_LOOK_EVERY_S):
                continue
            if player.lost:
                session.note(OUTPUT_GONE_TRY_AGAIN)
    except RehearseError as error:
        # Without a loudspeaker the person still has to decide what becomes of it.
        session.note_error(error)
