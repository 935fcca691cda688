"""`attempts`, `show`, `delete`: looking back at what was practised."""

from typing import Any

import click
from rich.text import Text

from rehearse.cli.completion import complete_attempt, complete_question
from rehearse.cli.explaining import explain_option, show_explained
from rehearse.cli.outcome_json import outcome_json
from rehearse.cli.session import Session, json_option, pass_session, yes_option
from rehearse.errors import NotFound
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.measures import answer_json
from rehearse.practice import outcome
from rehearse.presentation.screen import indented, marked_transcript, result
from rehearse.presentation.tables import attempts_table
from rehearse.progress.comparison import cold_attempts
from rehearse.question import Question


@click.command("attempts")
@click.argument("question", required=False, shell_complete=complete_question)
@json_option
@pass_session
def attempts_command(session: Session, question: str | None, as_json: bool) -> None:
    """List your attempts, question by question.

    \b
    Example:
      rehearse attempts "disagreed"
    """
    with session.store() as store:
        asked = [store.find_question(question)] if question else list(store.questions(include_archived=True))
        by_question = [(q, store.attempts(q.id)) for q in asked]
    practised = [(q, attempts) for q, attempts in by_question if attempts]
    if as_json:
        rows = [row for q, attempts in practised for row in _rows(q, attempts)]
        session.show_json(rows)
    elif not practised:
        session.note("No attempts yet.")
        session.note("Begin with:  rehearse practice" if asked else 'Keep a question first:  rehearse add "..."')
    for number, (q, attempts) in enumerate(practised if not as_json else []):
        if number:
            session.show(Text())
        cold = cold_attempts(attempts, None)
        session.show(attempts_table(q, session.target(q), attempts, cold, None, session.now()))


def _rows(question: Question, attempts: tuple[Attempt, ...]) -> list[dict[str, Any]]:
    cold = cold_attempts(attempts, None)
    return [attempt_row(question, attempt, attempt.id in cold) for attempt in attempts]


def attempt_row(question: Question, attempt: Attempt, cold: bool) -> dict[str, Any]:
    """One line of the list of attempts as JSON."""
    now = attempt.measures
    measured = answer_json(now, None) if now else dict.fromkeys(("answer_s", "speech_rate_wpm", "fillers_per_min"))
    return {
        "attempt": attempt.id,
        "question_id": question.id,
        "question": question.text,
        "recorded_at": attempt.recorded_at.isoformat(),
        "baseline": attempt.baseline,
        "cold": cold,
        "measured": now is not None,
        "has_sound": attempt.recording is not None,
        **{name: measured[name] for name in ("answer_s", "speech_rate_wpm", "fillers_per_min")},
        "engine": {"name": now.engine.name, "model": now.engine.model} if now and now.engine else None,
        "overflow_count": attempt.recording.overflow_count if attempt.recording else 0,
        "source": attempt.source,
        "device": attempt.device,
    }


@click.command("show")
@click.argument("attempt", default="last", shell_complete=complete_attempt)
@explain_option
@json_option
@pass_session
def show_command(session: Session, attempt: str, explain: bool, as_json: bool) -> None:
    """Show one attempt: its result and its words.

    Fillers and long pauses are marked in the words.

    ATTEMPT is its number, 'last', or some words of its question (its latest attempt).

    \b
    Examples:
      rehearse show 5
      rehearse show --explain
    """
    with session.store() as store:
        found = store.find_attempt(attempt)
        question = store.question(found.question_id)
        if found.measures is None:
            raise NotFound(
                f"Attempt {found.id} has not been measured yet.", f"Measure it: rehearse transcribe {found.id}"
            )
        target = session.target(question)
        out = outcome(found, target, store)
    answer = outcome_json(question, out, target)
    if as_json or explain:
        title = f"Attempt {found.id} · {question.text}"
        show_explained(session, title, answer, as_json) if explain else session.show_json(answer)
        return
    session.show(result(question, found, out.comparison, out.verdict, target, out.earlier, out.transcript))
    if out.transcript and out.transcript.words:
        session.show(indented(Text(), marked_transcript(out.transcript, out.measures)))
    if found.recording:
        session.show(indented(Text(), Text(f"Hear it:  rehearse replay {found.id}", style="dim")))


@click.command("delete")
@click.argument("attempt", shell_complete=complete_attempt)
@click.option("--keep-numbers", is_flag=True, help="Delete the sound and the words, keep the numbers.")
@yes_option
@json_option
@pass_session
def delete_command(session: Session, attempt: str, keep_numbers: bool, yes: bool, as_json: bool) -> None:
    """Delete an attempt, its sound, words and numbers, for good.

    \b
    Example:
      rehearse delete 5 --keep-numbers
    """
    with session.store() as store:
        found = store.find_attempt(attempt)
        question = store.question(found.question_id)
        what = "the sound and words" if keep_numbers else "everything"
        session.confirm(
            f"Delete {what} of attempt {found.id} ({question.text})?",
            yes=yes,
            otherwise=f"Say yes to it: rehearse delete {found.id}{' --keep-numbers' if keep_numbers else ''} --yes",
        )
        store.delete_attempt(found.id, keep_numbers=keep_numbers)
    if as_json:
        session.show_json({"attempt": found.id, "deleted": True, "numbers_kept": keep_numbers})
    else:
        kept = "its numbers are kept" if keep_numbers else "nothing of it is left"
        session.note(f"Attempt {found.id} at '{question.text}': deleted, {kept}.")
