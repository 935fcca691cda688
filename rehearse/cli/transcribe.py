"""`transcribe` and `remeasure`: hear kept attempts again, or draw their numbers anew."""

from collections import defaultdict
from typing import Any

import click

from rehearse.cli.completion import complete_attempt
from rehearse.cli.listening import chosen_engine, engine_option, language_option, listener
from rehearse.cli.outcome_card import outcome_card
from rehearse.cli.outcome_json import outcome_json
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.cli.transcribe_all import transcribe_many
from rehearse.correcting import remeasure
from rehearse.errors import RehearseError
from rehearse.measurement.attempt import Attempt
from rehearse.practice import hear_attempt, outcome
from rehearse.presentation import wording
from rehearse.presentation.screen import said
from rehearse.progress.drill import aim_of
from rehearse.settings import EngineChoice
from rehearse.storage.store import Store
from rehearse.transcription.engines import choose, processors, share_of


@click.command("transcribe")
@click.argument("attempt", required=False, shell_complete=complete_attempt)
@click.option("--all", "everything", is_flag=True, help="Every attempt without words, or with those of another model.")
@click.option("--jobs", type=int, metavar="N", help="With --all: how many attempts at once. More need more memory.")
@engine_option
@language_option
@json_option
@pass_session
def transcribe_command(
    session: Session,
    attempt: str | None,
    everything: bool,
    jobs: int | None,
    engine: EngineChoice | None,
    as_json: bool,
) -> None:
    """Write down the words of an attempt, for the first time or again.

    Its old words stay until the new ones are there. With --all, Ctrl-C keeps what is finished, and the same command
    goes on from there.

    \b
    Examples:
      rehearse transcribe 5
      rehearse transcribe --all
      rehearse transcribe --all --engine whisper --jobs 2
    """
    if (attempt is None) != everything:
        raise click.UsageError("Name one attempt, or say --all.")
    if attempt is None:
        _transcribe_all(session, _at_once(session, jobs), engine, as_json)
        return
    if jobs is not None:
        raise click.UsageError("--jobs goes with --all: one attempt uses the whole machine already.")
    with session.store() as store:
        found = store.find_attempt(attempt)
        with listener(session, engine, say_length=False) as ear:
            hear_attempt(found, listener=ear, store=store, now=session.now)
        _show(session, store, found.id, as_json)


def _at_once(session: Session, jobs: int | None) -> int:
    """How many attempts to hear at once: as many as were asked for, and no more than this machine has processors."""
    if jobs is None:
        return 1
    if jobs < 1:
        raise click.UsageError("--jobs is how many attempts are written down at once: 1 or more.")
    most = processors()
    if jobs > most:
        session.note(
            f"This machine has {wording.count(most, 'processor')} for it, so {most} at once: more would be no faster."
        )
    return min(jobs, most)


def _transcribe_all(session: Session, jobs: int, choice: EngineChoice | None, as_json: bool) -> None:
    chosen = chosen_engine(session, choice)
    heard_by = chosen.engine.identity
    with session.store() as store:
        # A draft is no better than what is there; with Whisper every attempt is heard by one and the same model.
        waiting = store.untranscribed(unlike=heard_by if heard_by.name == "whisper" else None)
        if waiting and session.notes.is_terminal:
            session.note(chosen.reason)
        jobs = max(1, min(jobs, len(waiting)))
        share = share_of(session.settings, jobs)
        engines = [choose(choice or share.transcription.engine, share).engine for _ in range(jobs)]
        again = " ".join(
            (
                "rehearse transcribe --all",
                *((f"--engine {choice}",) if choice else ()),
                *((f"--jobs {jobs}",) if jobs > 1 else ()),
            )
        )
        failed = transcribe_many(session, store, waiting, engines, again)
    _tell(
        session, len(waiting), failed, as_json, f"{wording.count(len(waiting) - len(failed), 'attempt')} written down."
    )


@click.command("remeasure")
@json_option
@pass_session
def remeasure_command(session: Session, as_json: bool) -> None:
    """Work out the numbers of every attempt again.

    They come from the sound and the words that are kept. Do this after an update that
    measures differently, or after changing which words count as fillers.
    """
    failed: list[tuple[Attempt, RehearseError]] = []
    with session.store() as store:
        heard = [a for a in store.attempts() if a.recording is not None and store.transcript(a.id) is not None]
        for each in heard:
            try:
                remeasure(each, fillers=session.settings.fillers, store=store)
            except RehearseError as error:
                failed.append((each, error))
    done = f"{wording.count(len(heard) - len(failed), 'attempt')} measured again."
    _tell(session, len(heard), failed, as_json, done)


def _show(session: Session, store: Store, attempt_id: int, as_json: bool) -> None:
    found = store.attempt(attempt_id)
    question = store.question(found.question_id)
    target = aim_of(found, session.target(question))
    out = outcome(found, target, store)
    if as_json:
        session.show_json(outcome_json(question, out, target))
    else:
        session.show(outcome_card(question, out, target))


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
        for fault, numbers in _by_fault(failed).items():
            which = f"Attempt{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
            session.notes.print(said(f"{which}: {fault}"))
    if failed:
        raise click.exceptions.Exit(1)


def _by_fault(failed: list[tuple[Attempt, RehearseError]]) -> dict[str, list[int]]:
    """For each way to go wrong, the attempts that went so: a hundred of them need not be a hundred lines."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for attempt, error in failed:
        numbers[f"{error.message} {error.hint}".strip()].append(attempt.id)
    return numbers
