"""`rate`, and the keys 1 to 4 after an answer: how it felt, which says when the question comes again."""

from datetime import date

import click

from rehearse.cli.completion import complete_attempt
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.errors import RehearseError
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.rating import RATINGS, Rating
from rehearse.presentation.rating_words import rated
from rehearse.progress.comparison import cold_attempts
from rehearse.progress.reviews import reviews_of
from rehearse.progress.schedule import due_on
from rehearse.storage.store import Store


@click.command("rate")
@click.argument("attempt", shell_complete=complete_attempt)
@click.argument("rating", type=click.Choice(RATINGS))
@json_option
@pass_session
def rate_command(session: Session, attempt: str, rating: Rating, as_json: bool) -> None:
    """Say how an answer felt: again, hard, good or easy.

    Your rating counts before the verdict when the next day for the question is chosen. Only the first answer of a day
    counts for that.

    ATTEMPT is its number, 'last', or some words of its question (its latest attempt).

    \b
    Example:
      rehearse rate last hard
    """
    with session.store() as store:
        found = store.find_attempt(attempt)
        told = keep_rating(session, store, found, rating)
        comes_again = _comes_again(session, store, found)
    if as_json:
        due = comes_again.isoformat() if comes_again else None
        session.show_json({"attempt": found.id, "question_id": found.question_id, "rating": rating, "due": due})
    else:
        session.note(told)


def keep_rating(session: Session, store: Store, attempt: Attempt, rating: Rating) -> str:
    """Keep it, and what to tell of it. Raises RehearseError for the real answer, which is not practised."""
    if attempt.baseline:
        raise RehearseError(
            f"Attempt {attempt.id} is the real answer of the interview: it is compared with, and not rated.",
            f"Rate one that you practised; see: rehearse attempts {attempt.question_id}",
        )
    store.keep_rating(attempt.id, rating, session.now())
    return rated(rating, _comes_again(session, store, attempt), session.today())


def _comes_again(session: Session, store: Store, attempt: Attempt) -> date | None:
    """When its question is due by the schedule alone; None where the attempt was not the first of its day."""
    lines = store.attempt_lines(attempt.question_id)
    if attempt.id not in cold_attempts(lines, None):
        return None
    target = session.target(store.question(attempt.question_id))
    return due_on(reviews_of(lines, target, None), session.today())
