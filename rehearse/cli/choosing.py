"""Which question is practised: the one named, the one that is due, the one picked from the list, or a surprise."""

import random

from rehearse.agenda import agenda_of
from rehearse.cli.plan import why_told
from rehearse.cli.session import Session
from rehearse.errors import NotFound
from rehearse.presentation.plan_words import chosen
from rehearse.presentation.tables import questions_table
from rehearse.progress.reviews import last_day
from rehearse.progress.surprise import Candidate, surprise
from rehearse.question import Question
from rehearse.storage.store import Store

_TO_TYPE = "Type its number or some of its words, then Enter. To leave, type q."


def chosen_question(session: Session, store: Store, typed: str | None, *, aloud: bool) -> Question:
    """The question meant; without a word, the only one, the one that is due, or the one picked from the list.

    aloud  the answer is still to be spoken; a recording may answer any question, so that the person is asked
    """
    if typed is not None:
        return store.find_question(typed)
    questions = _questions(store)
    if len(questions) == 1:
        return questions[0]
    if not session.interactive:
        raise NotFound("Which question?", "Name it by its number or some of its words; see: rehearse questions")
    if aloud and (due := _due(session, store)):
        return due
    counts = store.attempt_counts()
    session.notes.print(questions_table([(q, session.target(q), counts.get(q.id, 0)) for q in questions]))
    while True:
        typed = session.asked("Which one:", to_type=_TO_TYPE)
        try:
            return store.find_question(typed)
        except NotFound as error:
            # The list stands above: what fits several, or none, is only to be typed again.
            session.note(error.message)
            session.note(_TO_TYPE)


def _due(session: Session, store: Store) -> Question | None:
    agenda = agenda_of(store, session.target, session.today(), None)
    for due in agenda.next_up:
        if due.on == agenda.today:
            question = agenda.questions[due.question_id]
            session.note(chosen(question.id, question.text, why_told(agenda, due)))
            session.note("For another one, name it:  rehearse practice QUESTION")
            return question
    return None


def surprise_question(session: Session, store: Store, chance: random.Random) -> Question:
    """One of the questions that are not put away, as chance has it."""
    _questions(store)
    agenda = agenda_of(store, session.target, session.today(), None)
    counts = store.attempt_counts()
    due = {each.question_id for each in agenda.next_up if each.on == agenda.today}
    candidates = [
        Candidate(
            question_id=number,
            is_due=number in due,
            attempt_count=counts.get(number, 0),
            last_on=last_day(agenda.lines.get(number, ()), None),
        )
        for number in agenda.questions
    ]
    return store.question(surprise(candidates, agenda.today, chance))


def _questions(store: Store) -> tuple[Question, ...]:
    questions = store.questions()
    if not questions:
        raise NotFound("There is no question to practise yet.", 'Keep one:  rehearse add "Why should we hire you?"')
    return questions
