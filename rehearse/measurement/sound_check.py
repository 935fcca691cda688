"""Whether one spoken sentence was heard well enough to measure answers recorded the same way. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Samples
from rehearse.measurement.delivery import measure_level
from rehearse.transcription.transcript import SpeechActivity

#: Less is a recording that ended as soon as it began.
_EMPTY_S = 0.2
#: Up to three steps of 16-bit sound: the hum of a muted input. A whisper far from the microphone is louder.
SILENT_PEAK = 3.5 / 32768
#: Half a second is two short words: less is a cough.
_LEAST_SPEECH_S = 0.5
#: A voice at a laptop's length from its microphone lies well above this; our own choice.
_QUIET_DBFS = -45.0
#: Pauses are found by the voice standing out from the noise; below this, ever fewer are. Our own choice.
_LEAST_ABOVE_NOISE_DB = 15.0


class Sound(StrEnum):
    """How the sentence was heard; the first that fits."""

    EMPTY = "empty"
    SILENT = "silent"
    NO_VOICE = "no voice"
    TOO_LOUD = "too loud"
    TOO_QUIET = "too quiet"
    NOISY = "noisy"
    GOOD = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundCheck:
    """What was heard of one sentence.

    heard_s           length of the recording in seconds
    speech_s          how much of it is speech
    level_dbfs        RMS of the speech, <= 0; None without any
    noise_floor_dbfs  median level where nobody speaks, <= 0; None with too little of that, or where it is zeros
    peak              largest sample, 0..1
    clipped           the top of the voice was cut off again and again
    """

    heard_s: float
    speech_s: float = 0.0
    level_dbfs: float | None = None
    noise_floor_dbfs: float | None = None
    peak: float = 0.0
    clipped: bool = False

    @property
    def above_noise_db(self) -> float | None:
        """How far the voice stands out; None where one of the two is not known."""
        if self.level_dbfs is None or self.noise_floor_dbfs is None:
            return None
        return self.level_dbfs - self.noise_floor_dbfs

    @property
    def sound(self) -> Sound:
        above_db = self.above_noise_db
        faults = {
            Sound.EMPTY: self.heard_s < _EMPTY_S,
            Sound.SILENT: self.peak < SILENT_PEAK,
            Sound.NO_VOICE: self.speech_s < _LEAST_SPEECH_S or self.level_dbfs is None,
            Sound.TOO_LOUD: self.clipped,
            Sound.TOO_QUIET: self.level_dbfs is not None and self.level_dbfs < _QUIET_DBFS,
            Sound.NOISY: above_db is not None and above_db < _LEAST_ABOVE_NOISE_DB,
        }
        return next((sound for sound, holds in faults.items() if holds), Sound.GOOD)


def check_sound(blocks: Iterable[Samples], speech: SpeechActivity) -> SoundCheck:
    """The check of a recording at 16 kHz: all of its samples in order, each block of shape (n,), -1.0..1.0."""
    kept = list(blocks)
    level = measure_level(kept, speech, ANALYSIS_RATE_HZ)
    return SoundCheck(
        heard_s=speech.recording_s,
        speech_s=sum(span.end_s - span.start_s for span in speech.spans),
        level_dbfs=level.level_dbfs,
        noise_floor_dbfs=level.voice.noise_floor_dbfs,
        peak=max((float(abs(block).max(initial=0.0)) for block in kept), default=0.0),
        clipped=level.clipped,
    )
