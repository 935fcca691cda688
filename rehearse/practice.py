"""The story of one attempt: record -> listen -> transcribe -> measure -> compare -> judge -> keep. It never prints.

Microphone, engine, store and clock come in as arguments; the command line brings the real ones, tests their own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rehearse.audio.recording import Recording
from rehearse.errors import NoSpeechHeard, NotFound, NothingRecorded, RecordingTooLong, RehearseError
from rehearse.hearing import Heard, Listener, hear, measure_again
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.calibration import Calibrated
from rehearse.measurement.measures import Measures
from rehearse.progress.comparison import Comparison, compare
from rehearse.progress.verdict import Verdict, judge
from rehearse.question import Question, Target
from rehearse.settings import FillerSettings
from rehearse.storage.store import Store
from rehearse.transcription.transcript import Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One attempt, measured and judged.

    earlier     the attempts it was compared with, oldest first
    calibrated  the latest calibration of who heard it, with the same microphone; None where there is none
    """

    attempt: Attempt
    transcript: Transcript | None
    measures: Measures
    comparison: Comparison
    verdict: Verdict
    earlier: tuple[Attempt, ...]
    calibrated: Calibrated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A recording of an answer, and where it came from."""

    recording: Recording
    recorded_at: datetime
    source: str = ""
    device: str = ""
    baseline: bool = False


def keep_answer(question: Question, answer: Answer, store: Store) -> Attempt:
    """The answer as an attempt in the library, before anything else is tried with its recording.

    Where the library does not take it, the copy of an imported file goes again; of an answer spoken here the error
    says where its sound lies and how to bring it in.
    """
    recording = answer.recording
    try:
        return store.add_attempt(
            question.id,
            recording,
            answer.recorded_at,
            baseline=answer.baseline,
            source=answer.source,
            device=answer.device,
        )
    except RehearseError as error:
        if answer.source:
            recording.path.unlink(missing_ok=True)
            raise
        raise type(error)(
            f"{error.message} The sound of your answer is safe, in {recording.path}.",
            f"{error.hint} Then: rehearse practice {question.id} --from {recording.path}".strip(),
        ) from error


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
        hopeless = isinstance(error, NoSpeechHeard | RecordingTooLong)
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


def sound_of(attempt: Attempt) -> Recording:
    """The recording of the attempt; raises NotFound where the person had it deleted."""
    if attempt.recording is None:
        raise NotFound(
            f"The sound of attempt {attempt.id} was deleted; only its numbers were kept.",
            f"Look at them with: rehearse show {attempt.id}",
        )
    return attempt.recording


def hear_attempt(attempt: Attempt, *, listener: Listener, store: Store, now: Callable[[], datetime]) -> Heard:
    """Hear a kept attempt (again) and keep its words and numbers; the old ones stay until the new ones are there."""
    heard = hear(sound_of(attempt), listener, points=store.question(attempt.question_id).points)
    assert heard.transcript is not None, "an engine always gives a transcript"
    store.keep_heard(attempt.id, heard.transcript, heard.speech, heard.measures, now())
    return heard


def remeasure(attempt: Attempt, *, fillers: FillerSettings, store: Store) -> Measures:
    """Draw the numbers of a heard attempt anew from the kept sound, speech and words."""
    recording = sound_of(attempt)
    speech, transcript = store.speech(attempt.id), store.transcript(attempt.id)
    assert speech is not None and transcript is not None, "only heard attempts can be measured again"
    points = store.question(attempt.question_id).points
    measures = measure_again(recording, speech, transcript, fillers, points)
    store.keep_measures(attempt.id, measures)
    return measures


def outcome(attempt: Attempt, target: Target, store: Store) -> Outcome:
    """The attempt as it stands against the attempts before it. It must have been measured."""
    assert attempt.measures is not None, "only measured attempts can be judged"
    earlier = tuple(a for a in store.attempts(attempt.question_id) if _before(a, attempt))
    comparison = compare(attempt.measures, earlier)
    return Outcome(
        attempt=attempt,
        transcript=store.transcript(attempt.id),
        measures=attempt.measures,
        comparison=comparison,
        verdict=judge(attempt.measures, comparison, target),
        earlier=earlier,
        calibrated=store.calibration(attempt.measures.engine, attempt.device) if attempt.measures.engine else None,
    )


def _before(earlier: Attempt, attempt: Attempt) -> bool:
    return (earlier.recorded_at, earlier.id) < (attempt.recorded_at, attempt.id)
