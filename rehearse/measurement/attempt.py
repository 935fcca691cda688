"""One answer to one question, with what is known of it: facts first, then the numbers drawn from them."""

from dataclasses import dataclass
from datetime import datetime

from rehearse.audio.recording import Recording
from rehearse.measurement.measures import Measures
from rehearse.measurement.rating import Rating
from rehearse.transcription.transcript import EngineName


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """The limit that an answer was given under.

    limit_s      seconds of recording
    drill_round  which round of a drill, from 1; None in an exam
    ran_out      the time was up before the person ended the recording
    """

    limit_s: float
    drill_round: int | None = None
    ran_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CutShort:
    """A recording of which only the beginning could be read, in seconds: so much of it, of how long it says it is."""

    read_s: float
    whole_s: float


def is_own_length(timed: Timed | None, cut_short: CutShort | None) -> bool:
    """Whether the length is the one the person chose to speak for.

    Not in a drill, not where an exam's time ran out, and not where only a part of the answer could be read.
    """
    return cut_short is None and (timed is None or (timed.drill_round is None and not timed.ran_out))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """
    id           the number a person names it by
    recorded_at  when the answer was given, aware, UTC
    baseline     attempt 0: a recording of the real answer in the interview
    source       name of the file it was imported from, '' where it was spoken into the microphone
    device       name of the microphone, '' where it was imported
    recording    None where the person had the sound deleted and the numbers kept, or it did not come with an import
    measures     None until it has been transcribed and measured
    timed        None where no limit was set
    cut_short    None where the recording is whole, as far as is known
    """

    id: int
    question_id: int
    recorded_at: datetime
    baseline: bool = False
    source: str = ""
    device: str = ""
    recording: Recording | None
    measures: Measures | None
    timed: Timed | None = None
    cut_short: CutShort | None = None

    @property
    def own_length(self) -> bool:
        """Whether its length says how long the person speaks when nothing holds them back."""
        return is_own_length(self.timed, self.cut_short)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLine:
    """What a listing shows of an attempt, without its record of measures: thousands of these cost little.

    has_sound    False where the person had the sound deleted and the numbers kept, or it did not come with an import
    recording_s  length of the recording; answer_s, the length of the answer in it, is None until it is measured
    engine_name  who heard the words, with engine_model; None until measured, or where only sound was measured
    source, device, overflow_count, timed, cut_short  as of `Attempt` and its recording
    engine_language, after_landing_s  as of `Measures`
    rating       how it felt to the person, None where they did not say
    """

    id: int
    question_id: int
    recorded_at: datetime
    baseline: bool
    has_sound: bool
    recording_s: float
    answer_s: float | None
    speech_rate_wpm: float | None
    fillers_per_min: float | None
    engine_name: EngineName | None
    engine_model: str | None
    measures_version: int | None
    source: str = ""
    device: str = ""
    overflow_count: int = 0
    engine_language: str | None = None
    after_landing_s: float | None = None
    rating: Rating | None = None
    timed: Timed | None = None
    cut_short: CutShort | None = None

    @property
    def own_length(self) -> bool:
        """As of `Attempt`."""
        return is_own_length(self.timed, self.cut_short)
