"""What one recording holds: where the speech is, the words, and the numbers drawn from them. Keeps nothing."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from rehearse.audio.decoding import at_analysis_rate
from rehearse.audio.devices import why_silent
from rehearse.audio.recording import Recording
from rehearse.errors import NoSpeechHeard, NotFound, NothingRecorded, RecordingTooLong
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.corrections import Correction
from rehearse.measurement.delivery import measure_level
from rehearse.measurement.filled_pauses import filled_pauses_in
from rehearse.measurement.fillers import Filler
from rehearse.measurement.held_sounds import Held, held_sounds
from rehearse.measurement.measures import Measures, measure
from rehearse.measurement.own_fillers import OwnFillers
from rehearse.measurement.sound_check import SILENT_PEAK
from rehearse.measurement.sound_shapes import loudness
from rehearse.settings import FillerSettings
from rehearse.transcription.engines import Engine, transcribe
from rehearse.transcription.given import with_sound
from rehearse.transcription.segmenter import chunk_spans
from rehearse.transcription.speech_activity import detect_speech
from rehearse.transcription.transcript import Probabilities, SpeechActivity, Transcript

#: Longer than any answer. Words of a whole day's recording would take hours and measure nothing.
LONGEST_ANSWER_S = 3600.0


class Stage(StrEnum):
    """What a person waits for."""

    LISTENING = "Listening"
    TRANSCRIBING = "Writing down the words"
    PLACING = "Finding the words in the sound"


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
    """What one recording holds, and the numbers drawn from it.

    sounds_heard  filled pauses that nobody wrote, all that the sound bears out; None where nobody looked
    """

    speech: SpeechActivity
    transcript: Transcript | None
    measures: Measures
    sounds_heard: tuple[Filler, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who hears a recording, what counts as a filler, and who is told how far it is.

    engine       None to measure the sound alone
    own_fillers  the um and uh of the person who speaks, where enough of them are known
    """

    engine: Engine | None
    fillers: FillerSettings
    own_fillers: OwnFillers | None = None
    detect: Detect = detect_speech
    on_progress: OnProgress = ignore_progress
    on_length: OnLength = ignore_length


def sound_of(attempt: Attempt) -> Recording:
    """The recording of the attempt; raises NotFound where it was deleted, or did not come with an import."""
    if attempt.recording is None:
        raise NotFound(
            f"The sound of attempt {attempt.id} is not here: it was deleted, or did not come with an import.",
            f"Look at what is kept: rehearse show {attempt.id}",
        )
    return attempt.recording


def hear(
    recording: Recording, listener: Listener, transcript: Transcript | None = None, points: Sequence[str] = ()
) -> Heard:
    """Where the speech is, the words, and the numbers of one recording; nothing is kept.

    transcript  words brought along, in place of the listener's engine; the sound adds to them what they lack
    points      what the person meant to say

    Raises NoSpeechHeard, RecordingTooLong, RecordingUnreadable, EngineFailed, ModelUnavailable.
    """
    engine, on_progress = listener.engine, listener.on_progress
    if transcript is None and recording.recording_s > LONGEST_ANSWER_S:
        raise RecordingTooLong(
            f"This recording is {recording.recording_s / 3600:.1f} hours long; one answer takes minutes.",
            "Name the part that holds your answer: --start 12:30 --end 15:00",
        )
    with _at_analysis_rate(recording) as sound:
        on_progress(Stage.LISTENING, 0.0)
        probabilities, speech = listener.detect(sound, lambda done: on_progress(Stage.LISTENING, done))
        if not speech.spans:
            raise _no_speech(sound)
        listener.on_length(speech.spans[-1].end_s - speech.spans[0].start_s)
        # Before the words, as an engine that hears live is still busy with the last of them.
        level = measure_level(recording.blocks(), speech, recording.sample_rate_hz)
        chunks = chunk_spans(probabilities, sound.recording_s)
        if transcript is not None:
            on_progress(Stage.PLACING, 0.0)
            transcript = with_sound(transcript, sound, chunks, speech, lambda done: on_progress(Stage.PLACING, done))
        elif engine is not None:
            on_progress(Stage.TRANSCRIBING, 0.0)
            transcript = transcribe(engine, sound, chunks, speech, lambda done: on_progress(Stage.TRANSCRIBING, done))
        sounds, held = _sounds_heard(transcript, sound, listener.own_fillers)
    measures = measure(
        speech=speech,
        transcript=transcript,
        level=level,
        also=listener.fillers.also,
        never=listener.fillers.never,
        points=points,
        sounds_heard=sounds,
        held=held,
    )
    return Heard(speech=speech, transcript=transcript, measures=measures, sounds_heard=sounds)


def measure_again(
    recording: Recording,
    speech: SpeechActivity,
    transcript: Transcript,
    fillers: FillerSettings,
    points: Sequence[str],
    corrections: Sequence[Correction] = (),
    own_fillers: OwnFillers | None = None,
) -> Measures:
    """The numbers of a recording whose speech and words are known, drawn anew."""
    level = measure_level(recording.blocks(), speech, recording.sample_rate_hz)
    with _at_analysis_rate(recording) as sound:
        sounds, held = _sounds_heard(transcript, sound, own_fillers)
    return measure(
        speech=speech,
        transcript=transcript,
        level=level,
        also=fillers.also,
        never=fillers.never,
        points=points,
        sounds_heard=sounds,
        held=held,
        corrections=corrections,
    )


def _sounds_heard(
    transcript: Transcript | None, sound: Recording, own_fillers: OwnFillers | None
) -> tuple[tuple[Filler, ...] | None, Held | None]:
    """Filled pauses that the sound at 16 kHz bears out, None where no engine looked for them; what is held in it."""
    if transcript is None:
        return None, None
    loud_db = loudness(sound.blocks())
    held = held_sounds(sound.samples, sound.recording_s, loud_db)
    if transcript.hesitations is None:
        return None, held
    return filled_pauses_in(transcript.hesitations, sound.samples, loud_db, own_fillers), held


@contextmanager
def _at_analysis_rate(recording: Recording) -> Iterator[Recording]:
    with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
        yield at_analysis_rate(recording, Path(folder) / "resampled.wav")


def _no_speech(recording: Recording) -> NoSpeechHeard:
    """Empty, silent and too quiet are three different faults, and each has its own cure."""
    if recording.recording_s < 0.2:
        return NothingRecorded("The recording is empty: it stopped as soon as it began.", "Try once more.")
    if max(float(abs(block).max()) for block in recording.blocks()) < SILENT_PEAK:
        return NothingRecorded(
            "The recording is silent: there is no sound in it at all.", f"If your microphone made it: {why_silent()}"
        )
    return NoSpeechHeard(
        "No speech was heard in this recording: there is sound, but no voice, or one too quiet to make out.",
        "If your microphone made it: come closer, or turn its level up. To see the level: rehearse devices --test",
    )
