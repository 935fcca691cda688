"""One answer to one question, with what is known of it: facts first, then the numbers drawn from them."""

from dataclasses import dataclass
from datetime import datetime

from rehearse.audio.recording import Recording
from rehearse.measurement.measures import Measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """
    id           the number a person names it by
    recorded_at  when the answer was given, aware, UTC
    baseline     attempt 0: a recording of the real answer in the interview
    source       name of the file it was imported from, '' where it was spoken into the microphone
    device       name of the microphone, '' where it was imported
    recording    None where the person had the sound deleted and the numbers kept
    measures     None until it has been transcribed and measured
    """

    id: int
    question_id: int
    recorded_at: datetime
    baseline: bool = False
    source: str = ""
    device: str = ""
    recording: Recording | None
    measures: Measures | None
