"""One answer spoken, or brought along, from the question to what becomes of it: as usual, or as in an exam."""

from dataclasses import dataclass

from rehearse.audio.capturing import Source
from rehearse.cli.follow_up import FollowedUp, ask_follow_up
from rehearse.cli.room import Room
from rehearse.measurement.attempt import Timed
from rehearse.practice import Answer, Outcome
from rehearse.presentation import live_screen
from rehearse.presentation.exam_screen import exam_card
from rehearse.presentation.live_screen import Showing

#: Time to think before an exam. Own choice: employers give up to two minutes, and a shorter time is harder.
THINK_S = 30


def answer_brought(room: Room, answer: Answer) -> None:
    """Keep, measure and show an answer that was recorded elsewhere."""
    _told(room, room.brought(answer))


@dataclass(frozen=True, slots=True)
class Sitting:
    """
    countdown_s  as the person asked for it; None where they did not
    """

    room: Room
    source: Source
    countdown_s: int | None
    quiet_clock: bool

    @property
    def breathe_s(self) -> int:
        return self.room.session.settings.practice.countdown_s if self.countdown_s is None else self.countdown_s

    def answer(self, *, follow_up: bool) -> bool:
        """One answer; True where the person wants another go."""
        room = self.room
        card = live_screen.question_card(room.question, room.target)
        showing = Showing(card=card, target=room.target, quiet_clock=self.quiet_clock, countdown_s=self.breathe_s)
        return self._one(showing, None, follow_up=follow_up)

    def exam(self, *, follow_up: bool) -> None:
        """One answer as in an interview by recording: time to think, no clock, a hard limit, no second go."""
        limit_s = self.room.target.high_s
        showing = Showing(
            card=exam_card(self.room.question, limit_s),
            target=None,
            countdown_s=THINK_S if self.countdown_s is None else self.countdown_s,
            think=True,
            once=True,
            ends_at_s=limit_s,
        )
        self._one(showing, Timed(limit_s=limit_s), follow_up=follow_up)

    def _one(self, showing: Showing, timed: Timed | None, *, follow_up: bool) -> bool:
        room = self.room
        out = room.spoken(self.source, showing, timed, say=not follow_up)
        if out is None:
            room.session.note(live_screen.THROWN_AWAY)
            return False
        if not follow_up:
            return _told(room, out, once=showing.once)
        # Nobody gets time to think about a follow-up.
        breathe_s = room.session.settings.practice.countdown_s if showing.think else self.breathe_s
        try:
            more = ask_follow_up(
                room, self.source, exam=showing.once, countdown_s=breathe_s, quiet_clock=self.quiet_clock
            )
        except KeyboardInterrupt:
            room.session.note(f"Your answer before it is attempt {out.attempt.id}:  rehearse show {out.attempt.id}")
            raise
        return _told_both(room, out, more, once=showing.once)


def _told(room: Room, out: Outcome, *, once: bool = False) -> bool:
    if room.as_json:
        room.session.show_json(room.as_json_of(out))
        return room.decide(out)
    return room.settle(out, once=once)


def _told_both(room: Room, out: Outcome, more: FollowedUp | None, *, once: bool) -> bool:
    if room.as_json:
        followed_up = more.room.as_json_of(more.out) if more else None
        room.session.show_json(room.as_json_of(out) | {"follow_up": followed_up})
        again = room.decide(out)
        if more is not None:
            more.room.decide(more.out, once=True)
        return again
    try:
        again = room.settle(out, once=once)
    except KeyboardInterrupt:
        if more is not None:
            number = more.out.attempt.id
            room.session.note(f"Your answer to the follow-up is attempt {number}:  rehearse show {number}")
        raise
    if more is not None:
        more.room.settle(more.out, once=True)
    return again
