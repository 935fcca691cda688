"""How the voice was recorded and what it did. Read block by block: memory grows by two numbers for each 20 ms."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Samples
from rehearse.measurement.voice import UNHEARD, Voice, VoiceTrack
from rehearse.transcription.transcript import SpeechActivity

#: One sample at full scale may be an honest peak; three in a row are a wave with its top cut off.
CLIPPED_FROM = 0.999
CLIPPED_SAMPLES = 3
#: A knock on the table, or a file made as loud as it can be, touches full scale a few times. A voice clipped once in
#: each cycle at a low pitch of 100 Hz does so ten times in a tenth of a second: little enough to be a fair warning.
CLIPPED_TIMES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """
    level_dbfs  loudness of the speech, <= 0; None where there is no sound in it
    clipped     the top of the voice was cut off again and again: too close or too loud
    voice       its pitch, how its level varies, and the noise around it
    """

    level_dbfs: float | None
    clipped: bool
    voice: Voice = UNHEARD


def measure_level(blocks: Iterable[Samples], speech: SpeechActivity, sample_rate_hz: int = ANALYSIS_RATE_HZ) -> Level:
    """RMS level over the speech, whether it is clipped, and the voice.

    blocks          all samples of the recording in order, each of shape (n,), -1.0..1.0
    sample_rate_hz  > 0

    The level is 10 log10 of the mean square, so that a full-scale sine has -3.0 dBFS. It depends on the microphone:
    good for 'too quiet' and for nothing else.
    """
    bounds = np.array([(span.start_s, span.end_s) for span in speech.spans]).reshape(-1, 2)
    bounds = np.rint(bounds * sample_rate_hz).astype(np.int64)
    position = spoken = times = 0
    energy = 0.0
    tail = np.zeros(CLIPPED_SAMPLES, dtype=bool)
    track = VoiceTrack(speech, sample_rate_hz)
    for block in blocks:
        speaking = _speaking(bounds, position, len(block))
        energy += float(np.square(block[speaking], dtype=np.float64).sum())
        spoken += int(speaking.sum())
        full = np.concatenate((tail, speaking & (np.abs(block) >= CLIPPED_FROM)))
        times += _runs_reaching(CLIPPED_SAMPLES, full)
        tail = full[len(full) - CLIPPED_SAMPLES :]
        position += len(block)
        track.add(block)
    loudness = 10.0 * math.log10(energy / spoken) if spoken and energy else None
    return Level(level_dbfs=loudness, clipped=times >= CLIPPED_TIMES, voice=track.voice())


def _speaking(bounds: npt.NDArray[np.int64], position: int, size: int) -> npt.NDArray[np.bool_]:
    """Which samples of the block that begins at position lie in speech; shape (size,)."""
    speaking = np.zeros(size, dtype=bool)
    first = np.searchsorted(bounds[:, 1], position, side="right")
    last = np.searchsorted(bounds[:, 0], position + size, side="left")
    for start, end in bounds[first:last]:
        speaking[max(0, start - position) : max(0, end - position)] = True
    return speaking


def _runs_reaching(length: int, full: npt.NDArray[np.bool_]) -> int:
    """Runs of True that reach the length after the first `length` places, which a block before has already counted."""
    count = len(full) - length
    reached = np.ones(count, dtype=bool)
    for back in range(length):
        reached &= full[length - back : length - back + count]
    return int((reached & ~full[:count]).sum())
