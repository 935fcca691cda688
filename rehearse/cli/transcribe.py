"""`transcribe` and `remeasure`: hear kept attempts again, or draw their numbers anew."""

from typing import Any

import click

from rehearse.cli.completion import complete_attempt
from rehearse.cli.listening import engine_option, language_option, listener
from rehearse.cli.outcome_json import outcome_json
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.errors import RehearseError
from rehearse.measurement.attempt import Attempt
from rehearse.practice import hear_attempt, outcome, remeasure
from rehearse.presentation import wording
from rehearse.presentation.screen import result, said
from rehearse.settings import EngineChoice
from rehearse.storage.store import Store


@click.command("transcribe")
@click.argument("attempt", required=False, shell_complete=complete_attempt)
@click.option("--all", "everything", is_flag=True, help="Every attempt that was not heard yet, or by another model.")
@engine_option
@language_option
@json_option
@pass_session
def transcribe_command(
    session: Session, attempt: str | None, everything: bool, engine: EngineChoice | None, as_json: bool
) -> None:
    """Write down the words of a kept attempt, perhaps again.

    \b
    Examples:
      rehearse transcribe 5
      rehearse transcribe --all
    """
    if (attempt is None) != everything:
        raise click.UsageError("Name one attempt, or say --all.")
    with session.store() as store, listener(session, engine, say_length=False) as ear:
        if attempt is not None:
            found = store.find_attempt(attempt)
            hear_attempt(found, listener=ear, store=store, now=session.now)
            _show(session, store, found.id, as_json)
            return
        assert ear.engine is not None, "this listener always has one"
        heard_by = ear.engine.identity
        # A draft is no better than what is there; with Whisper every attempt is heard by one and the same model.
        waiting = store.untranscribed(unlike=heard_by if heard_by.name == "whisper" else None)
        failed: list[tuple[Attempt, RehearseError]] = []
        for number, each in enumerate(waiting, start=1):
            session.note(f"Attempt {each.id} ({number} of {len(waiting)})")
            try:
                hear_attempt(each, listener=ear, store=store, now=session.now)
            except RehearseError as error:
                failed.append((each, error))
    _tell(session, len(waiting), failed, as_json, f"{wording.count(len(waiting) - len(failed), 'attempt')} heard.")


@click.command("remeasure")
@json_option
@pass_session
def remeasure_command(session: Session, as_json: bool) -> None:
    """Draw the numbers of every attempt anew.

    From the sound and the words that are kept.

    Do this after an update that measures differently, or after changing which words count as fillers.
    """
    failed: list[tuple[Attempt, RehearseError]] = []
    with session.store() as store:
        heard = [a for a in store.attempts() if a.recording is not None and store.transcript(a.id) is not None]
        for each in heard:
            try:
                remeasure(each, fillers=session.settings.fillers, store=store)
            except RehearseError as error:
                failed.append((each, error))
    done = f"{wording.count(len(heard) - len(failed), 'attempt')} measured anew."
    _tell(session, len(heard), failed, as_json, done)


def _show(session: Session, store: Store, attempt_id: int, as_json: bool) -> None:
    found = store.attempt(attempt_id)
    question = store.question(found.question_id)
    target = session.target(question)
    out = outcome(found, target, store)
    if as_json:
        session.show_json(outcome_json(question, out, target))
    else:
        session.show(result(question, found, out.comparison, out.verdict, target, out.earlier, out.transcript))


def _tell(
    session: Session, asked_for: int, failed: list[tuple[Attempt, RehearseError]], as_json: bool, done: str
) -> None:
    if as_json:
        faults: list[dict[str, Any]] = [
            {"attempt": attempt.id, "error": error.message, "hint": error.hint} for attempt, error in failed
        ]
        session.show_json({"done": asked_for - len(failed), "failed": faults})
    else:
        session.note(done if asked_for else "There is nothing to do: every attempt is up to date.")
        for attempt, error in failed:
            session.notes.print(said(f"Attempt {attempt.id}: {error.message} {error.hint}".strip()))
    if failed:
        raise click.exceptions.Exit(1)
