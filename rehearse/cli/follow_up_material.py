"""What a follow-up can be made of, gathered from the library: the interview, the best attempt, the name under it."""

from dataclasses import replace
from pathlib import Path

from rehearse.cli.session import Session
from rehearse.interview import Interview
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.own_sentences import own_sentences
from rehearse.presentation.follow_up_material import Material, Missing, usable
from rehearse.progress.quoting import best_to_quote
from rehearse.storage.store import Store
from rehearse.transcription.models import write_private


def gathered(session: Session, store: Store, interview: Interview, attempt: str | None) -> Material:
    """
    attempt  as it was typed, 'none' for no addition; None for the best attempt at the question to answer again

    Raises NotFound for an attempt that is not there.
    """
    bare = Material(interview=interview, today=session.now().astimezone().date(), name=_name(session))
    if attempt is not None and attempt.casefold() == "none":
        return replace(bare, missing=Missing.NOT_WANTED)
    if attempt is not None:
        return _of_attempt(store, bare, store.find_attempt(attempt))
    asked = interview.again
    if asked is None:
        return replace(bare, missing=Missing.NO_QUESTION)
    bare = replace(bare, question=asked.text, question_id=asked.question_id)
    best = _best(session, store, asked.question_id) if asked.question_id is not None else None
    return _of_attempt(store, bare, best) if best else replace(bare, missing=Missing.NO_ATTEMPT)


def _of_attempt(store: Store, bare: Material, attempt: Attempt) -> Material:
    question = bare.question or store.question(attempt.question_id).text
    bare = replace(bare, question=question, question_id=attempt.question_id, attempt_id=attempt.id)
    transcript = store.transcript(attempt.id)
    if transcript is None or attempt.measures is None:
        return replace(bare, missing=Missing.NO_SENTENCE)
    if transcript.engine.name == "draft":
        return replace(bare, missing=Missing.DRAFT)
    sentences = usable(own_sentences(transcript, attempt.measures))
    missing = None if sentences else Missing.NO_SENTENCE
    landed = attempt.measures.landing_s is not None
    return replace(bare, sentences=sentences, landed=landed, missing=missing)


def _best(session: Session, store: Store, question_id: int) -> Attempt | None:
    target = session.target(store.question(question_id))
    line = best_to_quote(store.attempt_lines(question_id), target)
    return store.attempt(line.id) if line else None


def name_asked(session: Session) -> bool:
    """Whether the person has said which name to put under a mail, or that none is to be."""
    return _name_file(session).exists()


def keep_name(session: Session, name: str) -> None:
    """Remember the name to put under mails, '' for none."""
    write_private(_name_file(session), " ".join(name.encode("utf-8", "replace").decode("utf-8").split()))


def _name(session: Session) -> str:
    try:
        return " ".join(_name_file(session).read_text(encoding="utf-8", errors="replace").split())
    except OSError:
        return ""


def _name_file(session: Session) -> Path:
    return session.settings.home / "name-under-mails"
