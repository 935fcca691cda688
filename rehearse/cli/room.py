"""One sitting with one question: what is recorded is kept, measured, shown, and then kept for good or thrown away."""

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from rich.text import Text

from rehearse.audio.capturing import Source
from rehearse.cli.checking import keeper
from rehearse.cli.explaining import show_explained
from rehearse.cli.keys import Keys
from rehearse.cli.listening import listener, live_hearing
from rehearse.cli.outcome_card import outcome_card
from rehearse.cli.outcome_json import outcome_json
from rehearse.cli.rating import keep_rating
from rehearse.cli.recording import record_answer
from rehearse.cli.replay import replay_attempt
from rehearse.cli.session import Session
from rehearse.cli.taken import Taken
from rehearse.errors import RehearseError
from rehearse.measurement.attempt import Attempt, Timed
from rehearse.practice import Answer, Outcome, keep_answer, outcome, practise
from rehearse.presentation import attempt_words, rating_words
from rehearse.presentation.checking import change
from rehearse.presentation.live_screen import DISCARD_TWICE, Showing
from rehearse.presentation.screen import indented, marked_transcript
from rehearse.progress.drill import aim_of
from rehearse.question import Question, Target
from rehearse.settings import EngineChoice
from rehearse.storage.store import Store
from rehearse.transcription.live import LiveHearing


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What was recorded at the keyboard and is not in the library yet."""

    began: datetime
    taken: Taken


@dataclass(frozen=True, slots=True)
class Room:
    """One sitting with one question: everything that stays the same from attempt to attempt."""

    session: Session
    store: Store
    question: Question
    engine: EngineChoice | None
    fate: str | None
    as_json: bool

    @property
    def target(self) -> Target:
        return self.session.target(self.question)

    def spoken(
        self, source: Source, showing: Showing, timed: Timed | None = None, *, say: bool = True
    ) -> Outcome | None:
        """Record one answer and measure it, as `recorded` and `heard` do; None where it was thrown away."""
        spoken = self.recorded(source, showing)
        return None if spoken is None else self.heard(spoken, timed, say=say)

    def recorded(self, source: Source, showing: Showing) -> Spoken | None:
        """Record one answer, to be given to `heard` at once; None where it was thrown away."""
        began = self.session.now()
        hear = partial(live_hearing, self.session, self.engine)
        taken = record_answer(self.session, source, self.question, showing, hear=hear)
        return None if taken is None else Spoken(began=began, taken=taken)

    def heard(self, spoken: Spoken, timed: Timed | None = None, *, say: bool = True) -> Outcome:
        """Keep what was recorded as an answer to the question, and measure it.

        timed  the limit it was given under; whether the time ran out is known from the recording
        say    write who listens and why, and how long the answer is

        Where Ctrl-C ended it, or comes while it is measured, it is kept, that is said, and KeyboardInterrupt goes on.
        """
        taken = spoken.taken
        with closing(taken.hearing):
            if taken.notice:
                self.session.note(taken.notice)
            answer = Answer(
                recording=taken.recording,
                claim=taken.claim,
                recorded_at=spoken.began,
                device=taken.device,
                timed=replace(timed, ran_out=taken.ran_out) if timed else None,
            )
            attempt = keep_answer(self.question, answer, self.store)
            if taken.interrupted:
                self._say_it_is_kept(attempt)
                raise KeyboardInterrupt
            return self._measured(attempt, taken.hearing, say=say)

    def brought(self, answer: Answer) -> Outcome:
        """Keep and measure an answer that was recorded elsewhere."""
        return self._measured(keep_answer(self.question, answer, self.store))

    def _measured(self, attempt: Attempt, hearing: LiveHearing | None = None, *, say: bool = True) -> Outcome:
        """A kept attempt, measured; where that cannot be done, the error says what became of it."""
        aim = aim_of(attempt, self.target)
        try:
            with listener(self.session, self.engine, hearing=hearing, say_length=say, say_reason=say) as ear:
                return practise(attempt, aim, listener=ear, store=self.store, now=self.session.now)
        except KeyboardInterrupt:
            self._say_it_is_kept(attempt)
            raise
        except RehearseError as error:
            if self.fate == "discard" and any(a.id == attempt.id for a in self.store.attempts(self.question.id)):
                self.store.delete_attempt(attempt.id, keep_numbers=False)
                # The error as it was before it said that the answer is kept.
                raise error.__cause__ or error from None
            raise

    def as_json_of(self, out: Outcome) -> dict[str, Any]:
        return outcome_json(self.question, out, aim_of(out.attempt, self.target))

    def settle(self, out: Outcome, *, once: bool = False) -> bool:
        """Show the result and let the person decide what becomes of it; True where they want another go.

        once  there is no other go
        """
        self.session.show(Text())
        self.session.show(outcome_card(self.question, out, self.target))
        return self.decide(out, once=once)

    def _say_it_is_kept(self, attempt: Attempt) -> None:
        kept = f"Your answer is kept as attempt {attempt.id}. To measure it:  rehearse transcribe {attempt.id}"
        self.session.note(kept)
        self.session.note(f"If it was only a beginning, so that it does not count:  rehearse delete {attempt.id}")

    def decide(self, out: Outcome, *, once: bool = False) -> bool:
        """Keep or discard, as was said before or as the person says now; True where they want another go."""
        if self.fate == "discard":
            self.discard(out)
            return False
        if self.fate == "keep" or self.as_json or not self.session.interactive:
            self.session.note(f"Kept as attempt {out.attempt.id}.")
            return False
        try:
            key = self._answered(out, again=not (out.attempt.source or once))
        except KeyboardInterrupt:
            self.session.note(f"Your answer is kept as attempt {out.attempt.id}:  rehearse show {out.attempt.id}")
            raise
        if key == "d":
            self.discard(out)
        elif key == "enter":
            self.session.note("Kept. To see how your answers change:  rehearse attempts")
        return key == "a"

    def _answered(self, out: Outcome, *, again: bool) -> str:
        """The key by which the person decided: 'enter', 'd', or 'a' where there is another go."""
        while True:
            with Keys() as keys:
                key = self._asked(keys, out, again=again)
            if key == "p":
                out = self._replay(out)
            elif key == "e":
                answer = outcome_json(self.question, out, self.target)
                show_explained(self.session, f"{attempt_words.title(out.attempt)} · {self.question.text}", answer)
            else:
                return key

    def _asked(self, keys: Keys, out: Outcome, *, again: bool) -> str:
        """The key that decides, or one for something that takes the screen; all others are dealt with here."""
        feeling = "" if out.attempt.baseline else f"\n{rating_words.ASKED}"
        choices = f"Enter keep   d discard{'   a again' if again else ''}   p replay   t transcript   e explain"
        key = ""
        while True:
            asked = key == "d"
            told = DISCARD_TWICE if asked else f"{feeling}\n{choices}"
            self.session.show(indented(Text(told, style="dim")))
            key = keys.press()
            if key in ("enter", "k", "q", "escape"):
                return "enter"
            if key in ("p", "e") or (key == "a" and again) or (key == "d" and asked):
                return key
            if (rating := rating_words.RATING_KEYS.get(key)) and feeling:
                self.session.note(keep_rating(self.session, self.store, out.attempt, rating))
            elif key == "t" and out.transcript:
                self.session.show(indented(marked_transcript(out.transcript, out.measures)))

    def _replay(self, out: Outcome) -> Outcome:
        """The outcome once the person has heard the answer, and perhaps said of fillers that they are none."""
        keep = keeper(self.session, out.attempt, self.store)
        try:
            replay_attempt(self.session, self.question, out.attempt, out.transcript, on_correction=keep)
        except RehearseError as error:
            # Without a loudspeaker the person still has to decide what becomes of the attempt.
            self.session.note_error(error)
        again = outcome(self.store.attempt(out.attempt.id), self.target, self.store)
        if again.measures != out.measures:
            self.session.note(change(out.measures, again.measures))
        return again

    def discard(self, out: Outcome) -> None:
        self.store.delete_attempt(out.attempt.id, keep_numbers=False)
        self.session.note(f"Attempt {out.attempt.id} is gone: its sound, words and numbers.")
