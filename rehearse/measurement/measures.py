"""The one frozen record of everything measured in an answer. It composes what the other modules calculate."""

from dataclasses import dataclass

from rehearse.measurement.fillers import Filler
from rehearse.measurement.pauses import Pause
from rehearse.measurement.repetition import Repetition
from rehearse.transcription.transcript import EngineIdentity

#: Goes up whenever any number could come out differently; `rehearse remeasure` brings old attempts up to date.
MEASURES_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Every field is a key of the JSON contract; seconds unless the name says otherwise; see docs/measures.md.

    Fields that need words are None where there are no words to count: without a transcript, or where speech was
    heard but the engine wrote nothing. None is never 0.
    """

    recording_s: float
    answer_s: float
    response_latency_s: float
    tail_silence_s: float
    phonation_s: float
    word_count: int | None
    speech_rate_wpm: float | None
    articulation_rate_wpm: float | None
    silent_pause_count: int
    silent_pause_s: float
    median_pause_s: float | None
    long_pause_count: int
    longest_pause_s: float | None
    mean_length_of_run_words: float | None
    filler_count: int | None
    filled_pause_count: int | None
    discourse_marker_count: int | None
    fillers_per_min: float | None
    fillers_per_100_words: float | None
    fillers: tuple[Filler, ...] | None
    pauses: tuple[Pause, ...]
    repetitions: tuple[Repetition, ...] | None
    landing_s: float | None
    new_after_landing_ratio: float | None
    level_dbfs: float | None
    clipped: bool
    engine: EngineIdentity | None
    measures_version: int
