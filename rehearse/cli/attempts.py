"""`attempts`, `delete`: the attempts that are kept, as a list, and removing one of them."""

from collections.abc import Sequence
from typing import Any

import click
from rich.text import Text

from rehearse.cli.attempt_json import limits_json
from rehearse.cli.completion import complete_attempt, complete_question
from rehearse.cli.session import Session, json_option, pass_session, yes_option
from rehearse.measurement.attempt import AttemptLine
from rehearse.measurement.measures_json import figure_json
from rehearse.presentation.tables import attempts_table
from rehearse.progress.comparison import cold_attempts
from rehearse.question import Question, shortened

#: Of one question, and of each of several.
_LATEST_OF_ONE, _LATEST_OF_EACH = 20, 5


@click.command("attempts")
@click.argument("question", required=False, shell_complete=complete_question)
@click.option("--all", "everything", is_flag=True, help="Show all of them, not only the latest.")
@json_option
@pass_session
def attempts_command(session: Session, question: str | None, everything: bool, as_json: bool) -> None:
    """List your attempts, question by question.

    \b
    Example:
      rehearse attempts "disagreed"
    """
    with session.store() as store:
        asked = [store.find_question(question)] if question else list(store.questions(include_archived=True))
        at_most = None if everything or as_json else _LATEST_OF_ONE if question else _LATEST_OF_EACH
        lines: dict[int, list[AttemptLine]] = {}
        # A trend rests on the latest 40, of which half may be warm.
        for line in store.attempt_lines(asked[0].id if question else None, latest=at_most and 80):
            lines.setdefault(line.question_id, []).append(line)
        counts = store.attempt_counts()
    practised = [(q, lines[q.id]) for q in asked if q.id in lines]
    if as_json:
        rows = [row for q, attempts in practised for row in _rows(q, attempts)]
        session.show_json(rows)
        return
    if not practised:
        session.note("No attempts yet.")
        session.note("Begin with:  rehearse practice" if asked else 'Keep a question first:  rehearse add "..."')
    for number, (q, attempts) in enumerate(practised):
        if number:
            session.show(Text())
        table = attempts_table(
            q,
            session.target(q),
            attempts,
            cold_attempts(attempts, None),
            None,
            session.now(),
            at_most=at_most,
            all_count=counts[q.id],
        )
        session.show(table)


def _rows(question: Question, attempts: Sequence[AttemptLine]) -> list[dict[str, Any]]:
    cold = cold_attempts(attempts, None)
    return [attempt_row(question, attempt, attempt.id in cold) for attempt in attempts]


def attempt_row(question: Question, line: AttemptLine, cold: bool) -> dict[str, Any]:
    """One line of the list of attempts as JSON."""
    figures = {name: getattr(line, name) for name in ("answer_s", "speech_rate_wpm", "fillers_per_min")}
    return {
        "attempt": line.id,
        "question_id": question.id,
        "question": question.text,
        "recorded_at": line.recorded_at.isoformat(),
        "baseline": line.baseline,
        "cold": cold,
        "measured": line.answer_s is not None,
        "has_sound": line.has_sound,
        "rating": line.rating,
        **{name: figure_json(name, figure) for name, figure in figures.items()},
        "engine": {"name": line.engine_name, "model": line.engine_model} if line.engine_name else None,
        "overflow_count": line.overflow_count,
        "source": line.source,
        "device": line.device,
        **limits_json(line),
    }


@click.command("delete")
@click.argument("attempt", shell_complete=complete_attempt)
@click.option("--keep-numbers", is_flag=True, help="Delete the sound and the words, keep the numbers.")
@yes_option
@json_option
@pass_session
def delete_command(session: Session, attempt: str, keep_numbers: bool, yes: bool, as_json: bool) -> None:
    """Delete an attempt: its sound, words and numbers. It cannot be brought back.

    \b
    Example:
      rehearse delete 5 --keep-numbers
    """
    with session.store() as store:
        found = store.find_attempt(attempt)
        question = store.question(found.question_id)
        what = "the sound and words" if keep_numbers else "everything"
        session.confirm(
            f"Delete {what} of attempt {found.id} ({shortened(question.text)})?",
            yes=yes,
            otherwise=f"To say yes: rehearse delete {found.id}{' --keep-numbers' if keep_numbers else ''} --yes",
        )
        store.delete_attempt(found.id, keep_numbers=keep_numbers)
    if as_json:
        session.show_json({"attempt": found.id, "deleted": True, "numbers_kept": keep_numbers})
    else:
        kept = "its numbers are kept" if keep_numbers else "nothing of it is left"
        session.note(f"Attempt {found.id} at '{shortened(question.text)}': deleted, {kept}.")
