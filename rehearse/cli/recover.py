"""`recover`: bring recordings into the library that a crash, a power cut or a full disk left behind."""

from typing import Any

import click

from rehearse.audio.recovery import Found, LeftBehind
from rehearse.cli.session import Session, json_option, pass_session, yes_option
from rehearse.cli.unfinished import described, left_behind
from rehearse.errors import RehearseError
from rehearse.keeping import bring_in
from rehearse.presentation import wording
from rehearse.presentation.screen import said
from rehearse.storage.store import Store


@click.command("recover")
@click.option("--discard", is_flag=True, help="Delete them instead.")
@yes_option
@json_option
@pass_session
def recover_command(session: Session, discard: bool, yes: bool, as_json: bool) -> None:
    """Keep answers that were cut short.

    After a crash, a power cut or a full disk, the sound of the answer you were giving is still there, up to its last
    second. Each becomes an attempt at its question. Answers that are being recorded right now are left alone.

    \b
    Examples:
      rehearse recover
      rehearse recover --discard
    """
    with session.store() as store:
        found = left_behind(session, store)
        try:
            done, faults = (_discarded if discard else _recovered)(session, store, found, yes, as_json)
        finally:
            found.let_go()
    faults = [*found.faults, *faults]
    if as_json:
        told = [{"error": fault.message, "hint": fault.hint} for fault in faults]
        session.show_json({"recovered": [] if discard else done, "discarded": done if discard else [], "failed": told})
    else:
        _tell(session, done, faults, discard)
    if faults:
        raise click.exceptions.Exit(1)


_Done = tuple[list[dict[str, Any]], list[RehearseError]]


def _recovered(session: Session, store: Store, found: Found, yes: bool, quiet: bool) -> _Done:
    done, faults = [], []
    for each in found.recordings:
        words = described(session, store, each)
        try:
            attempt = bring_in(each, store, session.now)
        except RehearseError as error:
            faults.append(error)
            continue
        question = store.question(attempt.question_id)
        done.append({"attempt": attempt.id, "question_id": question.id, "question": question.text, **_facts(each)})
        if not quiet:
            session.output.print(said(f"Attempt {attempt.id}: {words}"))
    return done, faults


def _discarded(session: Session, store: Store, found: Found, yes: bool, quiet: bool) -> _Done:
    if not found.recordings:
        return [], []
    if not quiet:
        for each in found.recordings:
            session.output.print(said(described(session, store, each)))
    count = wording.count(len(found.recordings), "answer that was", "answers that were")
    session.confirm(
        f"Delete the sound of {count} cut short?", yes=yes, otherwise="To say yes: rehearse recover --discard --yes"
    )
    done, faults = [], []
    for each in found.recordings:
        try:
            each.discard()
        except RehearseError as error:
            faults.append(error)
        else:
            done.append({"question_id": each.label.question_id, "question": each.label.question, **_facts(each)})
    return done, faults


def _facts(left: LeftBehind) -> dict[str, Any]:
    return {
        "recorded_at": left.recorded_at.isoformat(),
        "recording_s": left.recording.recording_s,
        "device": left.label.device,
    }


def _tell(session: Session, done: list[dict[str, Any]], faults: list[RehearseError], discard: bool) -> None:
    if not done and not faults:
        session.note("There is nothing to recover: no recording was cut short.")
    elif done and discard:
        session.note(f"{wording.count(len(done), 'recording')} deleted.")
    elif done:
        which = f"transcribe {done[0]['attempt']}" if len(done) == 1 else "transcribe --all"
        session.note(f"{wording.count(len(done), 'answer')} kept. To write the words down:  rehearse {which}")
    for fault in faults:
        for line in filter(None, (fault.message, fault.hint)):
            session.note(line)
