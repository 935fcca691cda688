"""The story of one attempt: record -> listen -> transcribe -> measure -> compare -> judge -> keep. It never prints.

Microphone, engine, store and clock come in as arguments; the command line brings the real ones, tests their own.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from rehearse.audio.recording import Recording, at_analysis_rate
from rehearse.errors import NoSpeechHeard, NotFound, NothingRecorded, RecordingTooLong, RehearseError
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.delivery import measure_level
from rehearse.measurement.filled_pauses import filled_pauses_in, loudness
from rehearse.measurement.fillers import Filler
from rehearse.measurement.measures import Measures, measure
from rehearse.progress.comparison import Comparison, compare
from rehearse.progress.verdict import Verdict, judge
from rehearse.question import Question, Target
from rehearse.settings import FillerSettings
from rehearse.storage.store import Store
from rehearse.transcription.engines import Engine, transcribe
from rehearse.transcription.segmenter import chunk_spans
from rehearse.transcription.speech_activity import detect_speech
from rehearse.transcription.transcript import Probabilities, SpeechActivity, Transcript

#: Longer than any answer. Words of a whole day's recording would take hours and measure nothing.
LONGEST_ANSWER_S = 3600.0

#: Up to three steps of 16-bit sound: the hum of a muted input. A whisper far from the microphone is louder.
_SILENT_PEAK = 3.5 / 32768


class Stage(StrEnum):
    """What a person waits for."""

    LISTENING = "Listening"
    TRANSCRIBING = "Writing down the words"


#: Called with the stage and how much of it is done, 0..1.
OnProgress: TypeAlias = Callable[[Stage, float], None]

#: Called once the length is known, long before the words are: the seconds spoken.
OnLength: TypeAlias = Callable[[float], None]


#: Finds the speech in a recording at 16 kHz, telling how much of it is done: detect_speech, or one with a head start.
Detect: TypeAlias = Callable[[Recording, Callable[[float], None]], tuple[Probabilities, SpeechActivity]]


def ignore_progress(stage: Stage, done: float) -> None: ...


def ignore_length(answer_s: float) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one recording holds, and the numbers drawn from it."""

    speech: SpeechActivity
    transcript: Transcript | None
    measures: Measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One attempt, measured and judged; `earlier` are the attempts it was compared with, oldest first."""

    attempt: Attempt
    transcript: Transcript | None
    measures: Measures
    comparison: Comparison
    verdict: Verdict
    earlier: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A recording of an answer, and where it came from."""

    recording: Recording
    recorded_at: datetime
    source: str = ""
    device: str = ""
    baseline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who hears a recording, what counts as a filler, and who is told how far it is.

    engine  None to measure the sound alone
    """

    engine: Engine | None
    fillers: FillerSettings
    detect: Detect = detect_speech
    on_progress: OnProgress = ignore_progress
    on_length: OnLength = ignore_length


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
    level = measure_level(recording.blocks(), speech, recording.sample_rate_hz)
    with _at_analysis_rate(recording) as sound:
        sounds = _sounds_heard(transcript, sound)
    measures = measure(
        speech=speech,
        transcript=transcript,
        level=level,
        also=fillers.also,
        never=fillers.never,
        sounds_heard=sounds,
        points=store.question(attempt.question_id).points,
    )
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
    )


def _before(earlier: Attempt, attempt: Attempt) -> bool:
    return (earlier.recorded_at, earlier.id) < (attempt.recorded_at, attempt.id)


def hear(
    recording: Recording, listener: Listener, transcript: Transcript | None = None, points: Sequence[str] = ()
) -> Heard:
    """Where the speech is, the words, and the numbers of one recording; nothing is kept.

    transcript  words brought along, in place of the listener's engine
    points      what the person meant to say

    Raises NoSpeechHeard, RecordingTooLong, RecordingUnreadable, EngineFailed, ModelUnavailable.
    """
    engine, on_progress = listener.engine, listener.on_progress
    if transcript is None and recording.recording_s > LONGEST_ANSWER_S:
        raise RecordingTooLong(
            f"This recording is {recording.recording_s / 3600:.1f} hours long; one answer is minutes.",
            "Name the part that holds your answer: --start 12:30 --end 15:00",
        )
    with _at_analysis_rate(recording) as sound:
        on_progress(Stage.LISTENING, 0.0)
        probabilities, speech = listener.detect(sound, lambda done: on_progress(Stage.LISTENING, done))
        if not speech.spans:
            raise _no_speech(sound)
        listener.on_length(speech.spans[-1].end_s - speech.spans[0].start_s)
        # Before the words, as an engine that hears live is still busy with the last of them.
        level = measure_level(sound.blocks(), speech)
        if engine is not None and transcript is None:
            on_progress(Stage.TRANSCRIBING, 0.0)
            chunks = chunk_spans(probabilities, sound.recording_s)
            transcript = transcribe(engine, sound, chunks, speech, lambda done: on_progress(Stage.TRANSCRIBING, done))
        sounds = _sounds_heard(transcript, sound)
    measures = measure(
        speech=speech,
        transcript=transcript,
        level=level,
        also=listener.fillers.also,
        never=listener.fillers.never,
        sounds_heard=sounds,
        points=points,
    )
    return Heard(speech=speech, transcript=transcript, measures=measures)


def _sounds_heard(transcript: Transcript | None, sound: Recording) -> tuple[Filler, ...] | None:
    """Filled pauses that the sound at 16 kHz bears out; None where an engine does not look for them."""
    if transcript is None or transcript.hesitations is None:
        return None
    return filled_pauses_in(transcript.hesitations, sound.samples, loudness(sound.blocks()))


@contextmanager
def _at_analysis_rate(recording: Recording) -> Iterator[Recording]:
    with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
        yield at_analysis_rate(recording, Path(folder) / "resampled.wav")


def _no_speech(recording: Recording) -> NoSpeechHeard:
    """Empty, silent and too quiet are three different faults, and each has its own cure."""
    if recording.recording_s < 0.2:
        return NothingRecorded("The recording is empty: it stopped as soon as it began.", "Try once more.")
    if max(float(abs(block).max()) for block in recording.blocks()) < _SILENT_PEAK:
        reason = {
            "darwin": "may your terminal use it? System Settings > Privacy & Security > Microphone.",
            "win32": "may apps use it? Settings > Privacy > Microphone. Or is it muted?",
        }.get(sys.platform, "is it muted, or is another input chosen? See: rehearse devices")
        return NothingRecorded(
            "The recording is silent: there is no sound in it at all.", f"If your microphone made it: {reason}"
        )
    return NoSpeechHeard(
        "No speech was heard in this recording: there is sound, but no voice, or one too quiet to make out.",
        "If your microphone made it: come closer, or turn its level up. To see the level: rehearse devices --test",
    )
