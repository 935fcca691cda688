"""The story of one attempt: record -> listen -> transcribe -> measure -> compare -> judge -> keep. It never prints.

Microphone, engine, store and clock come in as arguments; the command line brings the real ones, tests their own.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from rehearse.audio.claim import Claim
from rehearse.audio.recording import Recording
from rehearse.correcting import own_fillers, weighed
from rehearse.errors import NoSpeechHeard, NothingRecorded, RecordingTooLong, RehearseError
from rehearse.hearing import Heard, Listener, hear, sound_of
from rehearse.measurement.attempt import Attempt, Timed
from rehearse.measurement.calibration import Calibrated
from rehearse.measurement.measures import Measures
from rehearse.measurement.rating import Rating
from rehearse.progress.comparison import Comparison, compared_in_order, held_against
from rehearse.progress.content import Content, content_against
from rehearse.progress.verdict import Verdict, judged
from rehearse.question import Question, Target
from rehearse.settings import FillerSettings
from rehearse.storage.store import Store
from rehearse.transcription.transcript import Transcript

#: Errors that hearing the same recording again will not change.
HOPELESS = (NoSpeechHeard, RecordingTooLong)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One attempt, measured and judged.

    earlier     the attempts before it at the same question that it is held against, oldest first
    content     what became of the content of earlier ones in it; None without words, or without earlier ones to compare
    calibrated  the latest calibration of who heard it, with the same microphone; None where there is none
    rating      how it felt to the person, None where they did not say
    """

    attempt: Attempt
    transcript: Transcript | None
    measures: Measures
    comparison: Comparison
    verdict: Verdict
    earlier: tuple[Attempt, ...]
    content: Content | None = None
    calibrated: Calibrated | None = None
    rating: Rating | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A recording of an answer, and where it came from.

    claim    settled as soon as the library has the recording; None where nobody else could take it for left behind
    whole_s  how long the recording says it is, where it could be read only in part
    """

    recording: Recording
    claim: Claim | None = None
    recorded_at: datetime
    source: str = ""
    device: str = ""
    baseline: bool = False
    timed: Timed | None = None
    whole_s: float | None = None


def keep_answer(question: Question, answer: Answer, store: Store) -> Attempt:
    """The answer as an attempt in the library, before anything else is tried with its recording.

    Where the library does not take it, the copy of an imported file goes again; of an answer spoken here the error
    says where its sound lies and how to bring it in.
    """
    recording = answer.recording
    if answer.claim is not None:
        answer.claim.ease()
    try:
        attempt = store.add_attempt(
            question.id,
            recording,
            answer.recorded_at,
            baseline=answer.baseline,
            source=answer.source,
            device=answer.device,
            timed=answer.timed,
            whole_s=answer.whole_s,
        )
    except RehearseError as error:
        if answer.source:
            recording.path.unlink(missing_ok=True)
            if answer.claim is not None:
                answer.claim.settle()
            raise
        # What has no claim lies there like any other file.
        later = "recover" if answer.claim else f"practice {question.id} --from {recording.path}"
        raise type(error)(
            f"{error.message} The sound of your answer is safe, in {recording.path}.",
            f"{error.hint} Then: rehearse {later}".strip(),
        ) from error
    if answer.claim is not None:
        answer.claim.settle()
    return attempt


def practise(
    attempt: Attempt, target: Target, *, listener: Listener, store: Store, now: Callable[[], datetime]
) -> Outcome:
    """Hear a kept attempt, measure it, and judge it against the earlier ones.

    Raises NoSpeechHeard where there is nothing to hear and RecordingTooLong where there is too much: an imported
    file or plain silence is then not kept. Raises EngineFailed and the like where it cannot be heard now: the
    attempt stays and can be transcribed later. Every error says whether the answer is kept.
    """
    try:
        hear_attempt(attempt, listener=listener, store=store, now=now)
    except RehearseError as error:
        hopeless = isinstance(error, HOPELESS)
        if isinstance(error, NothingRecorded) or (attempt.source and hopeless):
            store.delete_attempt(attempt.id, keep_numbers=False)
            raise
        path = attempt.recording.path if attempt.recording else ""
        later = f"Its sound: {path}" if hopeless else f"Then: rehearse transcribe {attempt.id}"
        raise type(error)(
            f"{error.message} Your answer is safe: it is kept as attempt {attempt.id}.",
            f"{error.hint} {later}".strip(),
        ) from error
    return outcome(store.attempt(attempt.id), target, store)


def hear_attempt(attempt: Attempt, *, listener: Listener, store: Store, now: Callable[[], datetime]) -> Heard:
    """Hear a kept attempt (again) and keep its words and numbers; the old ones stay until the new ones are there.

    What the person said of its fillers still holds, and what their own sound like is known to the listener. Where there
    is nothing to hear in it, that is kept too, and raised.
    """
    ear = replace(listener, own_fillers=own_fillers(store))
    try:
        heard = hear(sound_of(attempt), ear, points=store.question(attempt.question_id).points)
    except HOPELESS:
        store.note_unspoken(attempt.id)
        raise
    return keep_heard(attempt, heard, fillers=listener.fillers, store=store, now=now)


def keep_heard(
    attempt: Attempt, heard: Heard, *, fillers: FillerSettings, store: Store, now: Callable[[], datetime]
) -> Heard:
    """Keep what was heard in an attempt, its numbers with what the person said of its fillers; gives what is kept."""
    transcript = heard.transcript
    assert transcript is not None, "an engine always gives a transcript"
    if corrections := store.corrections(attempt.id):
        heard = replace(heard, measures=weighed(attempt, heard, corrections, fillers, store))
    store.keep_heard(attempt.id, transcript, heard.speech, heard.measures, now())
    return heard


def outcome(attempt: Attempt, target: Target, store: Store) -> Outcome:
    """The attempt as it stands against the attempts before it. It must have been measured."""
    assert attempt.measures is not None, "only measured attempts can be judged"
    before = tuple(a for a in store.attempts(attempt.question_id) if _before(a, attempt))
    earlier = held_against(attempt, before)
    comparison = compared_in_order(attempt, before, earlier)
    transcript = store.transcript(attempt.id)
    return Outcome(
        attempt=attempt,
        transcript=transcript,
        measures=attempt.measures,
        comparison=comparison,
        verdict=judged(attempt, comparison, target),
        earlier=earlier,
        content=content_against(attempt, transcript, earlier, target, store.transcript)
        if transcript and not attempt.cut_short
        else None,
        calibrated=store.calibration(attempt.measures.engine, attempt.device) if attempt.measures.engine else None,
        rating=store.rating(attempt.id),
    )


def _before(earlier: Attempt, attempt: Attempt) -> bool:
    return (earlier.recorded_at, earlier.id) < (attempt.recorded_at, attempt.id)
