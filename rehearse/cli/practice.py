"""`practice`: answer a question aloud, or bring a recording of an answer, and see how it went."""

import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
from rich.text import Text

from rehearse.audio.capturing import Source
from rehearse.audio.devices import find_device
from rehearse.audio.microphone import Microphone
from rehearse.cli.checking import keeper
from rehearse.cli.choosing import chosen_question
from rehearse.cli.completion import complete_question
from rehearse.cli.explaining import show_explained
from rehearse.cli.importing import imported
from rehearse.cli.keys import Keys
from rehearse.cli.listening import chosen_engine, engine_option, language_option, listener, live_hearing
from rehearse.cli.model_fetch import offer_model
from rehearse.cli.model_timing import time_at_first_use
from rehearse.cli.moments import DateType, MomentType
from rehearse.cli.outcome_card import outcome_card
from rehearse.cli.outcome_json import outcome_json
from rehearse.cli.rating import keep_rating
from rehearse.cli.recording import record_answer
from rehearse.cli.replay import replay_attempt
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.cli.sound_check import offer_sound_check
from rehearse.cli.unfinished import mention_unheard, offer_left_behind, pack_afterwards
from rehearse.errors import RehearseError
from rehearse.measurement.attempt import Attempt
from rehearse.practice import Answer, Outcome, keep_answer, outcome, practise
from rehearse.presentation import rating_words
from rehearse.presentation.checking import change
from rehearse.presentation.screen import indented, marked_transcript
from rehearse.question import Question, Target
from rehearse.settings import EngineChoice
from rehearse.storage.store import Store
from rehearse.transcription.live import LiveHearing


@click.command("practice")
@click.argument("question", required=False, shell_complete=complete_question)
@click.option(
    "--from", "file", type=click.Path(path_type=Path), help="A recording you already have: wav, mp3, m4a, webm, mp4 ..."
)
@click.option("--start", type=MomentType(), default=0.0, help="With --from: where your answer begins, such as 12:30.")
@click.option("--end", type=MomentType(), help="With --from: where it ends.")
@click.option("--date", type=DateType(), help="With --from: when it was said, such as 2026-11-03 or 2026-11-03T14:30.")
@click.option("--as-baseline", is_flag=True, help="With --from: this is the real answer of the interview (attempt 0).")
@engine_option
@language_option
@click.option("--device", help="Part of the microphone's name; see: rehearse devices")
@click.option("--countdown", type=click.IntRange(0, 30), help="Seconds to breathe before the recording starts.")
@click.option("--quiet-clock", is_flag=True, help="No running clock while you speak.")
@click.option("--keep", "fate", flag_value="keep", help="Keep the attempt without asking.")
@click.option("--discard", "fate", flag_value="discard", help="Measure it, show it, and do not keep it.")
@json_option
@pass_session
def practice_command(
    session: Session,
    question: str | None,
    file: Path | None,
    start: float,
    end: float | None,
    date: datetime | None,
    as_baseline: bool,
    engine: EngineChoice | None,
    device: str | None,
    countdown: int | None,
    quiet_clock: bool,
    fate: str | None,
    as_json: bool,
) -> None:
    """Answer a question aloud and see how it went.

    QUESTION is its number, or some words of it; without it, the one that is due today.

    \b
    Examples:
      rehearse practice 3
      rehearse practice "leave your job" --from answer.m4a --date 2026-11-03
    """
    if file is None and (start or end is not None or date or as_baseline):
        raise click.UsageError("--start, --end, --date and --as-baseline belong to a recording: add --from FILE.")
    settings = session.settings
    offer_model(session, unless=as_json, engine=engine)
    time_at_first_use(session, engine)
    with session.store() as store:
        offer_left_behind(session, store, unless=as_json)
        mention_unheard(session, store)
        chosen = chosen_question(session, store, question, aloud=file is None)
        room = _Room(session, store, chosen, engine, fate, as_json)
        # Before anything is said or copied: without a recogniser for this language there is nothing to wait for.
        chosen_engine(session, engine)
        if file is not None:
            room.measure(imported(session, file, start, end, date or session.now(), as_baseline))
            pack_afterwards(session, store)
            return
        source = Microphone(device if device is not None else settings.microphone.device)
        if sys.stdin.isatty():
            find_device(source.device)  # before anybody takes a breath to answer
        pause = settings.practice.countdown_s if countdown is None else countdown
        # Who wants no countdown wants to begin at once.
        offer_sound_check(session, source.device, unless=as_json or pause == 0 or any(store.attempt_counts().values()))
        while room.answer_aloud(source, pause, quiet_clock or settings.practice.quiet_clock):
            pass
        pack_afterwards(session, store)


@dataclass(frozen=True, slots=True)
class _Room:
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

    def answer_aloud(self, source: Source, countdown_s: int, quiet_clock: bool) -> bool:
        """Record and measure one attempt; True where the person wants another go."""
        began = self.session.now()
        taken = record_answer(
            self.session,
            source,
            self.question,
            self.target,
            hear=lambda: live_hearing(self.session, self.engine),
            countdown_s=countdown_s,
            quiet_clock=quiet_clock,
        )
        if taken is None:
            self.session.note("Thrown away. Nothing was kept.")
            return False
        with closing(taken.hearing):
            if taken.notice:
                self.session.note(taken.notice)
            answer = Answer(recording=taken.recording, claim=taken.claim, recorded_at=began, device=taken.device)
            if taken.interrupted:
                self._say_it_is_kept(keep_answer(self.question, answer, self.store))
                raise KeyboardInterrupt
            return self.measure(answer, taken.hearing)

    def measure(self, answer: Answer, hearing: LiveHearing | None = None) -> bool:
        """Keep an answer, measure it, show it, and let the person decide; True where they want another go."""
        attempt = keep_answer(self.question, answer, self.store)
        try:
            with listener(self.session, self.engine, hearing=hearing) as ear:
                out = practise(attempt, self.target, listener=ear, store=self.store, now=self.session.now)
        except KeyboardInterrupt:
            self._say_it_is_kept(attempt)
            raise
        except RehearseError as error:
            if self.fate == "discard" and any(a.id == attempt.id for a in self.store.attempts(self.question.id)):
                self.store.delete_attempt(attempt.id, keep_numbers=False)
                # The error as it was before it said that the answer is kept.
                raise error.__cause__ or error from None
            raise
        if self.as_json:
            self.session.show_json(outcome_json(self.question, out, self.target))
        else:
            card = outcome_card(self.question, out, self.target)
            self.session.show(Text())
            self.session.show(card)
        return self._decide(out)

    def _say_it_is_kept(self, attempt: Attempt) -> None:
        kept = f"Your answer is kept as attempt {attempt.id}. To measure it:  rehearse transcribe {attempt.id}"
        self.session.note(kept)
        self.session.note(f"If it was only a beginning, so that it does not count:  rehearse delete {attempt.id}")

    def _decide(self, out: Outcome) -> bool:
        if self.fate == "discard":
            self._discard(out)
            return False
        if self.fate == "keep" or self.as_json or not self.session.interactive:
            self.session.note(f"Kept as attempt {out.attempt.id}.")
            return False
        again = "" if out.attempt.source else "   a again"
        choices = f"Enter keep   d discard{again}   p replay   t transcript   e explain"
        feeling = "" if out.attempt.baseline else f"\n{rating_words.ASKED}"
        while True:
            self.session.show(indented(Text(f"{feeling}\n{choices}", style="dim")))
            with Keys() as keys:
                key = keys.press()
            if key in ("enter", "k", "q", "escape"):
                self.session.note("Kept. To see how your answers change:  rehearse attempts")
                return False
            if key == "a" and again:
                return True
            if key == "d":
                self._discard(out)
                return False
            if (rating := rating_words.RATING_KEYS.get(key)) and feeling:
                self.session.note(keep_rating(self.session, self.store, out.attempt, rating))
            elif key == "p":
                out = self._replay(out)
            elif key == "e":
                answer = outcome_json(self.question, out, self.target)
                show_explained(self.session, f"Attempt {out.attempt.id} · {self.question.text}", answer)
            elif key == "t" and out.transcript:
                self.session.show(indented(marked_transcript(out.transcript, out.measures)))

    def _replay(self, out: Outcome) -> Outcome:
        """The outcome once the person has heard the answer, and perhaps said of fillers that they are none."""
        keep = keeper(self.session, out.attempt, self.store)
        try:
            replay_attempt(self.session, self.question, out.attempt, out.transcript, on_correction=keep)
        except RehearseError as error:
            # Without a loudspeaker the person still has to decide what becomes of the attempt.
            self.session.note(f"{error.message} {error.hint}".strip())
        again = outcome(self.store.attempt(out.attempt.id), self.target, self.store)
        if again.measures != out.measures:
            self.session.note(change(out.measures, again.measures))
        return again

    def _discard(self, out: Outcome) -> None:
        self.store.delete_attempt(out.attempt.id, keep_numbers=False)
        self.session.note(f"Attempt {out.attempt.id} is gone: its sound, words and numbers.")
