"""What happens to recordings outside an attempt's own story: brought into the library after a crash."""

from collections.abc import Callable
from datetime import datetime

from rehearse.audio.claim import Label
from rehearse.audio.recovery import LeftBehind
from rehearse.errors import NotFound, RehearseError
from rehearse.measurement.attempt import Attempt
from rehearse.question import Question, QuestionDraft
from rehearse.storage.store import Store

#: Whose answers are those of which nobody knows the question any more.
RECOVERED = "Recovered answers"


def bring_in(left: LeftBehind, store: Store, now: Callable[[], datetime]) -> Attempt:
    """The recording as an attempt at its question, to be transcribed; where that is gone, at one named RECOVERED.

    Where the library does not take it, the error says where its sound lies, and it can be brought in later.
    """
    recording = left.finished()
    left.claim.ease()
    try:
        question = question_of(left.label, store) or _recovered_question(store, now())
        attempt = store.add_attempt(question.id, recording, left.recorded_at, device=left.label.device)
    except RehearseError as error:
        raise type(error)(
            f"{error.message} The sound of your answer is safe, in {recording.path}.",
            f"{error.hint} Then: rehearse recover".strip(),
        ) from error
    left.settle()
    return attempt


def question_of(label: Label, store: Store) -> Question | None:
    """The question that a recording answers, by its number, or, in another library, by its words; None where gone."""
    numbered = None
    if label.question_id is not None:
        try:
            numbered = store.question(label.question_id)
        except NotFound:
            numbered = None
    if numbered is not None and numbered.text == label.question:
        return numbered
    worded = _worded(label.question, store)
    # Words may be edited, and a number may be another's where the library was replaced: the words go first.
    return worded or numbered


def _recovered_question(store: Store, now: datetime) -> Question:
    return _worded(RECOVERED, store) or store.add_question(QuestionDraft(text=RECOVERED), now)


def _worded(text: str, store: Store) -> Question | None:
    return next((question for question in store.questions(include_archived=True) if question.text == text), None)
