"""Recordings of the real answers that a debrief names: looked into at once, and brought in at its end."""

from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

from rehearse.audio.decoding import length_of
from rehearse.cli.importing import imported
from rehearse.cli.listening import listener
from rehearse.cli.session import Session
from rehearse.cli.steps_bar import reading
from rehearse.errors import InterviewInvalid, RecordingUnreadable, RehearseError
from rehearse.home_folder import with_home
from rehearse.interview import AskedQuestion, Interview
from rehearse.measurement.attempt import Attempt
from rehearse.practice import Outcome, keep_answer, practise
from rehearse.presentation import debrief_words, wording
from rehearse.question import Question
from rehearse.storage.store import Store


def files_found(session: Session, before: Interview, interview: Interview) -> tuple[Interview, str]:
    """The interview with recordings named by their whole paths, and what a new one is: 'answer.wav, 1:23.'

    Raises InterviewInvalid where one is not there, or is no sound.
    """
    known = {asked.recording for asked in before.asked}
    asked, told = [], ""
    for each in interview.asked:
        if each.recording and each.recording not in known:
            path = with_home(Path(each.recording))
            told = f"{path.name}, {wording.clock(_length(session, path))}."
            each = replace(each, recording=str(path.resolve()))
        asked.append(each)
    return replace(interview, asked=tuple(asked)), told


def check_recordings(session: Session, interview: Interview, file: Path) -> None:
    """Look into every recording that a file of an interview names, before anything of it is kept: with nobody there to
    answer, what is wrong with one can only be put right in that file.

    Raises InterviewInvalid with the first that is not there, cannot be opened, or is no sound.
    """
    for number, asked in enumerate(interview.asked, start=1):
        if asked.recording:
            try:
                with reading(session):
                    length_of(Path(asked.recording))
            except RecordingUnreadable as error:
                raise InterviewInvalid(
                    f"{file.name}, question {number}: {error.message}",
                    f"{error.hint}\nNothing is kept yet. Name another recording in {file.name}, or take that line out.",
                ) from error


def _length(session: Session, path: Path) -> float:
    try:
        with reading(session):
            return length_of(path)
    except RecordingUnreadable as error:
        raise InterviewInvalid(error.message, "Name another file, or press Enter to go on without one.") from error


def with_real_answers(session: Session, store: Store, interview: Interview) -> Interview:
    """The interview with the recordings named in it brought in, each as attempt 0 of its question, and measured.

    One that cannot be brought in is told of, and stays named: the next edit tries again, unless the real answer has
    come another way meanwhile.
    """
    for place, asked in enumerate(interview.asked):
        if not asked.recording or asked.question_id is None:
            continue
        question = store.question(asked.question_id)
        brought = _brought_in(session, store, question, Path(asked.recording), _when(session, interview))
        if brought is None and not any(attempt.baseline for attempt in store.attempts(question.id)):
            continue
        done: AskedQuestion = replace(asked, recording="")
        interview = store.keep_interview(
            replace(interview, asked=(*interview.asked[:place], done, *interview.asked[place + 1 :]))
        )
        if brought is not None:
            _measure(session, store, brought, question)
    return interview


def _brought_in(session: Session, store: Store, question: Question, file: Path, when: datetime) -> Attempt | None:
    """The real answer, kept; None where that could not be done, which is told."""
    try:
        return keep_answer(question, imported(session, file, 0.0, None, when, baseline=True), store)
    except RehearseError as error:
        if not any(attempt.baseline for attempt in store.attempts(question.id)):
            for line in debrief_words.not_brought_in(file.name, error.message, question):
                session.note(line)
        return None


def _measure(session: Session, store: Store, attempt: Attempt, question: Question) -> None:
    try:
        out = _measured(session, store, attempt, question)
    except RehearseError as error:
        session.note(f"{error.message} {error.hint}".strip())
        return
    spoken = wording.clock(out.measures.answer_s)
    session.note(f"The real answer to question {question.id} is kept as attempt {attempt.id}: {spoken}.")


def _measured(session: Session, store: Store, attempt: Attempt, question: Question) -> Outcome:
    try:
        with listener(session, say_reason=False, say_length=False) as ear:
            return practise(attempt, session.target(question), listener=ear, store=store, now=session.now)
    except KeyboardInterrupt:
        kept = f"The real answer is kept as attempt {attempt.id}. To measure it:  rehearse transcribe {attempt.id}"
        session.note(kept)
        raise


def _when(session: Session, interview: Interview) -> datetime:
    """Noon of the interview's day, so that no time zone moves it to another; never later than now."""
    now = session.now()
    if interview.on is None:
        return now
    return min(now, datetime.combine(interview.on, time(12)).astimezone().astimezone(UTC))
