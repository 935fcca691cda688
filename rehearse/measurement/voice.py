"""The voice, followed through the recording block by block: its pitch, how its level varies, the noise around it."""

from dataclasses import dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

from rehearse.audio.recording import Samples
from rehearse.transcription.transcript import SpeechActivity

Floats = npt.NDArray[np.float64]

#: What voices of adults in speech span; octave errors are likelier the wider it is.
LOWEST_HZ = 65.0
HIGHEST_HZ = 500.0
#: One value for each hop; the window holds four periods of the lowest voice, one more than Boersma asks for.
HOP_S = 0.02
HOPS_IN_WINDOW = 3
#: Pitch lies low: a fraction of the sampling rate is enough for it, and costs a fraction.
_PITCH_RATE_HZ = 8000.0
#: How periodic a frame must be to count as voiced, 0..1; Boersma's own default is 0.45.
_LEAST_PERIODIC = 0.5
#: Vowels lie this far under the loudest ones at most; Boersma's own default is 30 dB.
_MOST_UNDER_LOUD_DB = 25.0
#: The first peak nearly as high as the highest is the period; a later one is a multiple of it.
_NEARLY_AS_HIGH = 0.9
#: A value this far from those around it that an octave brings close is an octave error.
_JUMP_SEMITONES = 8.0
_AROUND_FRAMES = 25
#: Less voice than this has no usual pitch, less silence no noise floor.
LEAST_VOICED_S = 2.0
LEAST_SILENCE_S = 0.5
#: Sound rings on after speech and breath comes before it.
APART_FROM_SPEECH_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """
    pitch_median_hz        half of the voice is higher; None with too little voice
    pitch_range_semitones  from the 10th to the 90th percentile of the pitch, >= 0; None likewise
    level_spread_db        standard deviation of the level of voiced frames; None likewise
    noise_floor_dbfs       median level where nobody speaks; None with too little silence, or with none at all in it
    """

    pitch_median_hz: float | None = None
    pitch_range_semitones: float | None = None
    level_spread_db: float | None = None
    noise_floor_dbfs: float | None = None


#: Where there is no sound to hear it in.
UNHEARD = Voice()


class VoiceTrack:
    """Takes the samples of a recording in order and keeps one pitch and one level for each 20 ms.

    Source: Boersma (1993), IFA Proceedings 17:97-110, for pitch by the autocorrelation of a frame over that of its
    window; the choice among its peaks is our own.
    """

    def __init__(self, speech: SpeechActivity, sample_rate_hz: int) -> None:
        self._speech = speech
        self._factor = max(1, round(sample_rate_hz / _PITCH_RATE_HZ))
        self._rate_hz = sample_rate_hz / self._factor
        self._hop = round(HOP_S * self._rate_hz)
        self._window: Floats = np.asarray(np.hanning(self._hop * HOPS_IN_WINDOW + 2)[1:-1], dtype=np.float64)
        likeness = _autocorrelation(self._window[None, :])[0]
        self._window_likeness = likeness / likeness[0]
        self._samples: Floats = np.zeros(0)
        self._low: Floats = np.zeros(0)
        self._power: Floats = np.zeros(0)
        self._frames = 0
        self._pitches: list[Floats] = []
        self._powers: list[Floats] = []

    def add(self, block: Samples) -> None:
        """The next samples, shape (n,), -1.0..1.0, n >= 0."""
        samples: Floats = np.concatenate((self._samples, block.astype(np.float64)))
        whole = len(samples) - len(samples) % self._factor
        groups, self._samples = samples[:whole].reshape(-1, self._factor), samples[whole:]
        self._low = np.concatenate((self._low, groups.mean(axis=1)))
        self._power = np.concatenate((self._power, np.square(groups).mean(axis=1)))
        count = len(self._low) // self._hop - HOPS_IN_WINDOW + 1
        if count <= 0:
            return
        frames = np.lib.stride_tricks.sliding_window_view(self._low, len(self._window))[:: self._hop][:count]
        hops = self._power[: self._hop * (count + HOPS_IN_WINDOW - 1)].reshape(-1, self._hop).mean(axis=1)
        self._powers.append(np.convolve(hops, np.full(HOPS_IN_WINDOW, 1 / HOPS_IN_WINDOW), "valid"))
        pitches = np.full(count, np.nan)
        spoken = self._in_speech(self._frames, count)
        pitches[spoken] = self._pitch(frames[spoken])
        self._pitches.append(pitches)
        self._frames += count
        self._low = self._low[count * self._hop :]
        self._power = self._power[count * self._hop :]

    def voice(self) -> Voice:
        """What was heard so far."""
        if not self._frames:
            return Voice()
        powers, pitches = np.concatenate(self._powers), np.concatenate(self._pitches)
        voiced = ~np.isnan(pitches) & (powers > _loud_enough(powers))
        floor = self._noise_floor(powers)
        if voiced.sum() * HOP_S < LEAST_VOICED_S:
            return Voice(noise_floor_dbfs=floor)
        semitones = _without_octave_jumps(12.0 * np.log2(pitches[voiced]))
        low, high = np.percentile(semitones, (10, 90))
        return Voice(
            pitch_median_hz=float(2.0 ** (np.median(semitones) / 12.0)),
            pitch_range_semitones=float(high - low),
            level_spread_db=float(np.std(10.0 * np.log10(powers[voiced]))),
            noise_floor_dbfs=floor,
        )

    def _pitch(self, frames: Floats) -> Floats:
        """Hz of each frame, nan where it is not voiced; shape (frames,)."""
        if not len(frames):
            return np.zeros(0)
        likeness = _autocorrelation((frames - frames.mean(axis=1, keepdims=True)) * self._window)
        likeness /= np.where(likeness[:, :1] > 0, likeness[:, :1], np.inf)
        first, last = int(self._rate_hz / HIGHEST_HZ), int(self._rate_hz / LOWEST_HZ)
        lags = np.arange(first, last + 1)
        likeness = likeness[:, first - 1 : last + 2] / self._window_likeness[first - 1 : last + 2]
        inner = likeness[:, 1:-1]
        peaks = np.where((inner >= likeness[:, :-2]) & (inner >= likeness[:, 2:]), inner, -1.0)
        highest = peaks.max(axis=1)
        chosen = np.argmax(peaks >= _NEARLY_AS_HIGH * highest[:, None], axis=1)
        rows = np.arange(len(frames))
        before, here, after = (likeness[rows, chosen + shift] for shift in range(3))
        bend = before - 2.0 * here + after
        shift = np.where(bend < 0, 0.5 * (before - after) / np.where(bend < 0, bend, 1.0), 0.0)
        return np.where(highest >= _LEAST_PERIODIC, self._rate_hz / (lags[chosen] + shift), np.nan)

    def _in_speech(self, first: int, count: int) -> npt.NDArray[np.bool_]:
        """Which of the frames have their middle in speech."""
        return _inside(_middles_s(first, count), self._speech, 0.0)

    def _noise_floor(self, powers: Floats) -> float | None:
        silent = powers[~_inside(_middles_s(0, len(powers)), self._speech, APART_FROM_SPEECH_S)]
        if len(silent) * HOP_S < LEAST_SILENCE_S:
            return None
        middle = median(silent.tolist())
        return 10.0 * float(np.log10(middle)) if middle > 0 else None


def _loud_enough(powers: Floats) -> float:
    """Hum between two words is periodic too, and softer than any vowel."""
    loud = float(np.percentile(powers, 95))
    return loud * float(10.0 ** (-_MOST_UNDER_LOUD_DB / 10.0))


def _middles_s(first: int, count: int) -> Floats:
    return (np.arange(first, first + count, dtype=np.float64) + HOPS_IN_WINDOW / 2) * HOP_S


def _inside(times_s: Floats, speech: SpeechActivity, wider_s: float) -> npt.NDArray[np.bool_]:
    starts = np.array([span.start_s - wider_s for span in speech.spans])
    ends = np.array([span.end_s + wider_s for span in speech.spans])
    if not len(starts):
        return np.zeros(len(times_s), dtype=bool)
    latest = np.searchsorted(starts, times_s, side="right") - 1
    return np.asarray((latest >= 0) & (times_s < ends[np.maximum(latest, 0)]))


def _autocorrelation(frames: Floats) -> Floats:
    """Of each row, lags 0 and up."""
    size = 1 << (2 * frames.shape[1] - 1).bit_length()
    spectrum = np.fft.rfft(frames, size, axis=1)
    return np.fft.irfft(spectrum.real**2 + spectrum.imag**2, size, axis=1)[:, : frames.shape[1]]


def _without_octave_jumps(semitones: Floats) -> Floats:
    """Values an octave off from those around them, put back among them."""
    padded = np.pad(semitones, _AROUND_FRAMES, mode="reflect") if len(semitones) > _AROUND_FRAMES else semitones
    if len(padded) == len(semitones):
        return semitones
    around = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * _AROUND_FRAMES + 1), axis=1)
    away = semitones - around
    octave = np.where(np.abs(away) > _JUMP_SEMITONES, 12.0 * np.sign(away), 0.0)
    return np.where(np.abs(away - octave) < np.abs(away), semitones - octave, semitones)
