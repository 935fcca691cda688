"""The follow-up question after an answer: asked, answered aloud, and kept as a question by itself."""

import random
from dataclasses import dataclass, replace

from rehearse.audio.capturing import Source
from rehearse.cli.room import Room
from rehearse.errors import RehearseError
from rehearse.follow_ups import TARGET, draft_of, follow_up_to
from rehearse.measurement.attempt import Timed
from rehearse.practice import Outcome
from rehearse.presentation.exam_screen import follow_up_card
from rehearse.presentation.live_screen import Showing
from rehearse.question import Question


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """The answer to a follow-up, and the room that it belongs to."""

    room: Room
    out: Outcome


def ask_follow_up(room: Room, source: Source, *, exam: bool, countdown_s: int, quiet_clock: bool) -> FollowedUp | None:
    """None where it was thrown away, or could not be recorded or measured: the answer before it is not lost by that."""
    kept = room.store.questions(include_archived=True)
    asked = follow_up_to(room.question, kept, random.Random())
    showing = Showing(
        card=follow_up_card(asked, TARGET.high_s, hard=exam),
        target=None if exam else TARGET,
        quiet_clock=quiet_clock,
        countdown_s=countdown_s,
        once=exam,
        ends_at_s=TARGET.high_s if exam else None,
    )
    try:
        spoken = room.recorded(source, showing)
        if spoken is None:
            room.session.note("The follow-up was thrown away. Your answer before it is kept.")
            return None
        # Only what was answered is kept as a question.
        own = replace(room, question=_kept_question(room, asked, kept))
        return FollowedUp(own, own.heard(spoken, Timed(limit_s=TARGET.high_s) if exam else None, say=False))
    except RehearseError as error:
        room.session.note_error(error)
        return None


def _kept_question(room: Room, asked: str, kept: tuple[Question, ...]) -> Question:
    """The question that this follow-up was kept as before, else a new one, put away so that no list grows by it."""
    draft = draft_of(asked, room.question)
    for question in kept:
        if question.text == draft.text:
            return question
    new = room.store.add_question(draft, room.session.now())
    return room.store.archive_question(new.id, room.session.now())
