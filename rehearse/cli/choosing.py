"""Which question is practised: the one named, the one picked from the list, or a surprise."""

import random

import click

from rehearse.cli.session import Session
from rehearse.errors import NotFound
from rehearse.measurement.attempt import AttemptLine
from rehearse.presentation.tables import questions_table
from rehearse.progress.surprise import candidate_of, surprise
from rehearse.question import Question
from rehearse.storage.store import Store

#: When a question is due rests on no more than these.
_LATEST = 60


def chosen_question(session: Session, store: Store, typed: str | None) -> Question:
    """The question meant; without a word, the only one, or the one the person picks from the list."""
    if typed is not None:
        return store.find_question(typed)
    questions = _questions(store)
    if len(questions) == 1:
        return questions[0]
    if not session.interactive:
        raise NotFound("Which question?", "Name it by its number or some of its words; see: rehearse questions")
    counts = store.attempt_counts()
    session.notes.print(questions_table([(q, session.target(q), counts.get(q.id, 0)) for q in questions]))
    return store.find_question(click.prompt("Which one", err=True))


def surprise_question(session: Session, store: Store, chance: random.Random) -> Question:
    """One of the questions that are not put away, as chance has it."""
    questions = _questions(store)
    counts = store.attempt_counts()
    lines: dict[int, list[AttemptLine]] = {}
    for line in store.attempt_lines(latest=_LATEST):
        lines.setdefault(line.question_id, []).append(line)
    candidates = [
        candidate_of(q.id, lines.get(q.id, []), counts.get(q.id, 0), session.target(q), None) for q in questions
    ]
    return store.question(surprise(candidates, session.now().astimezone().date(), chance))


def _questions(store: Store) -> tuple[Question, ...]:
    questions = store.questions()
    if not questions:
        raise NotFound("There is no question to practise yet.", 'Keep one:  rehearse add "Why should we hire you?"')
    return questions
