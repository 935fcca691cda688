"""Which question or attempt a person means by what they typed: a number as listed, or part of a question's text."""

import difflib
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rehearse.errors import NotFound
from rehearse.measurement.attempt import Attempt
from rehearse.question import Question, shortened

if TYPE_CHECKING:
    from rehearse.storage.attempts import AttemptStore

_CANDIDATES_NAMED = 5


def question_meant(typed: str, questions: Sequence[Question]) -> Question:
    """The one question that fits: by its whole text, its number, or a part of its text that no other has.

    Capitals, spacing and the kind of apostrophe make no difference. Questions put away count only where no other
    fits. Raises NotFound naming the candidates where several fit, or the nearest where none does.
    """
    wanted = plain(typed)
    if not wanted:
        raise NotFound("No question was named.", "See them with: rehearse questions")
    live = [question for question in questions if question.archived_at is None]
    archived = [question for question in questions if question.archived_at is not None]
    number = _number_in(typed)
    for question in questions:
        if question.id == number:
            return question
    for group in (live, archived):
        if fitting := [question for question in group if plain(question.text) == wanted]:
            return _only(typed, fitting)
    for group in (live, archived):
        if fitting := [question for question in group if number is None and wanted in plain(question.text)]:
            return _only(typed, fitting)
    raise _unknown(typed, live)


def attempt_meant(typed: str, store: "AttemptStore") -> Attempt:
    """The one attempt that fits: by 'last' or 'latest', by its number, or the latest at the question that fits.

    '0' is the real answer, where only one is kept. Raises NotFound where none fits, or several do.
    """
    if typed.strip().casefold() in ("last", "latest"):
        last = store.last_attempt()
        if last is None:
            raise NotFound("There are no attempts yet.", "Begin with: rehearse practice")
        return last
    number = _number_in(typed)
    if number == 0:
        return _only_baseline(store.baselines())
    if number is not None:
        return store.attempt(number)
    question = store.find_question(typed)
    for attempt in store.attempts(question.id, newest_first=True, limit=1):
        return attempt
    raise NotFound(
        f"There is no attempt at '{shortened(question.text)}' yet.", f"Begin with: rehearse practice {question.id}"
    )


def _only_baseline(baselines: Sequence[Attempt]) -> Attempt:
    if not baselines:
        raise NotFound("No real answer (attempt 0) is kept yet.", "See what is: rehearse attempts")
    if len(baselines) > 1:
        numbers = ", ".join(str(attempt.id) for attempt in baselines)
        raise NotFound(f"Several questions have an attempt 0: {numbers}.", "Name one by its number.")
    return baselines[0]


def _only(typed: str, fitting: Sequence[Question]) -> Question:
    if len(fitting) == 1:
        return fitting[0]
    named = ", ".join(f"{question.id} '{shortened(question.text)}'" for question in fitting[:_CANDIDATES_NAMED])
    more = len(fitting) - _CANDIDATES_NAMED
    raise NotFound(
        f"'{shortened(typed)}' fits {len(fitting)} questions: {named}{f' and {more} more' if more > 0 else ''}.",
        f"Name one by its number, such as {fitting[0].id}, or write more of its text.",
    )


def _unknown(typed: str, questions: Sequence[Question]) -> NotFound:
    if not questions:
        return NotFound("There are no questions yet.", 'Add one: rehearse add "Why do you want this job?"')
    nearest = _nearest(plain(typed), questions)
    meant = f"Did you mean {nearest.id} '{shortened(nearest.text)}'? " if nearest else ""
    return NotFound(f"No question fits '{shortened(typed)}'.", f"{meant}See them all with: rehearse questions")


def _nearest(wanted: str, questions: Sequence[Question]) -> Question | None:
    """The question with a run of words most like those wanted, as many at a time."""
    length = len(wanted.split())
    runs: dict[str, Question] = {}
    for question in questions:
        words = plain(question.text).split()
        for start in range(max(1, len(words) - length + 1)):
            runs.setdefault(" ".join(words[start : start + length]), question)
    close = difflib.get_close_matches(wanted, runs, n=1, cutoff=0.7)
    return runs[close[0]] if close else None


def plain(text: str) -> str:
    """The text without what makes no difference: capitals, spacing, the kind of apostrophe."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("’", "'").split())


def _number_in(typed: str) -> int | None:
    """The number typed, or None where the text is something else."""
    digits = typed.strip()
    # More digits than SQLite can count to are no number of anything kept here.
    return int(digits) if digits.isdecimal() and len(digits) <= 18 else None
