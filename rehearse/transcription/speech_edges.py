"""Where speech begins and ends, to a few hundredths of a second: Silero's probabilities weighed against the level.

Neither is enough alone. Silero sees a 32 ms grid, hardly notices a gap of 0.25 s in a flowing answer and takes distant
talk for speech; the level knows nothing of speech, and loses soft word endings in noise. So every 5 ms both give a
weight of evidence (the level by bands, each against its noise floor, as in Sohn, Kim and Sung 1999), and the likeliest
course of speech and silence through all of it is taken. Weak sounds cut off from their word by a stop closure, such
as the t of 'asked', are given back to it. Then a network has its say (`speech_silences`).

Levels and probabilities in, spans out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from rehearse.audio.recording import Samples
from rehearse.transcription.faint_ends import with_faint_ends
from rehearse.transcription.speech_course import Mask, likeliest_course, runs, widened
from rehearse.transcription.speech_in_noise import runs_in_noise, with_bursts
from rehearse.transcription.speech_levels import HOP_S, Curve, Levels, broad_levels, excess_db, is_voiced, noise_floor
from rehearse.transcription.speech_mixture import speech_over_noise
from rehearse.transcription.speech_network import speech_odds
from rehearse.transcription.speech_silences import agreed, without_silences
from rehearse.transcription.speech_times import COURSE_SMEAR, MIN_SPEECH_S, WINDOW_SMEAR, spans_from
from rehearse.transcription.transcript import FRAME_S, Probabilities, Silences, Span

#: Reads part of the recording: from second, to second -> samples at 16 kHz.
Reader: TypeAlias = Callable[[float, float], Samples]

# The numbers below were chosen on synthetic answers with known pauses, and judged on other voices and sentences
# (bench/pauses.py). A hop is 5 ms; evidence is in natural logarithms of odds, for each hop.

#: Silero answers this late.
_SILERO_DELAY_S = 0.018

#: Silero alone never decides against more evidence than this.
_SILERO_LIMIT = 4.0

#: Sound this far under clear speech in a band is too faint beside it to be speech.
_DEPTH_DB = 40.0
_LEAST_THRESHOLD_DB = 3.5
_UNMISTAKABLE_DB = 15.0

#: A sound this far over the threshold is one unit of evidence for speech, up to a limit.
_DB_PER_EVIDENCE = 2.0
_SOUND_LIMIT = 6.0

#: Evidence lost by going from speech to silence or back: some 20 ms of clear evidence.
_SWITCH_COST = 35.0

#: Silence within this of a clear sound may be a closure inside a word.
_NEAR_HOPS = 16

#: What never comes this far from the noise towards clear speech is somebody else, further away.
_LEAST_PEAK = 0.3

#: Clear speech less than this above the threshold: what it looks like in this noise is learnt from the recording.
_NOISY_DB = 17.0

#: With voices behind the speaker Silero hears speech where the sound is faint, by this much evidence or more, and
#: hardly ever silence: in less than this part of the recording is speech less likely than this.
VOICES_BEHIND = 1.7
LEAST_SILENCE = 0.01
_SILENT = 0.2

#: Clear speech less than this above the threshold has its soft ends hidden.
ROUGH_DB = 10.0

#: In long recordings percentiles are taken over about this many values.
_ENOUGH = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """What is known of every 5 ms; all arrays of shape (hops,).

    excess       dB above the noise, or above what is too faint beside the speech to belong to it
    probability  Silero's
    logit        Silero's weight of evidence for speech, about 0 where it cannot tell
    balance      what it says where it cannot tell, >= 0, taken off already
    contrast_db  excess of clear speech
    """

    excess: Curve
    probability: Curve
    logit: Curve
    balance: float
    contrast_db: float


def speech_spans(levels: Levels, probabilities: Probabilities, read: Reader) -> tuple[tuple[Span, ...], Silences]:
    """Spans of speech in order, at least MIN_SILENCE_S apart and MIN_SPEECH_S long, empty where nobody speaks; and how
    well the silences between them can be told.

    levels, probabilities  of one recording, as band_levels and Silero give them
    read                   gives its sound between two times, to look at sounds that Silero does not know

    Raises EngineFailed where the network cannot be run.
    """
    evidence = _evidence(broad_levels(levels), probabilities)
    if evidence is None:
        return (), "clear"
    first = _course(evidence, _between(evidence.contrast_db))
    threshold_db, faint_db = _thresholds(evidence, first)
    least_peak_db = threshold_db + _LEAST_PEAK * (evidence.contrast_db - threshold_db)
    course = _course(evidence, threshold_db)
    margin_db = evidence.contrast_db - threshold_db
    is_noisy = margin_db < _NOISY_DB
    spectrum = speech_over_noise(levels, course) if is_noisy else None
    stretches = runs(course) if spectrum is None else runs_in_noise(spectrum, evidence.logit)
    speech = [run for run in stretches if _is_voice(evidence, run, least_peak_db, read)]
    if spectrum is None:
        whole, smear = with_faint_ends(speech, runs(evidence.excess > faint_db)), WINDOW_SMEAR
    else:
        whole, smear = with_bursts(speech, spectrum), COURSE_SMEAR
    odds = speech_odds(levels, probabilities)
    spans = without_silences(spans_from(whole, smear, margin_db, len(levels)), odds)
    return (agreed(spans, odds), _silences(evidence, margin_db)) if is_noisy else (spans, "clear")


def _evidence(levels: Levels, probabilities: Probabilities) -> _Evidence | None:
    """None where there is no sound that could be speech."""
    hops = len(levels)
    if not hops or not len(probabilities):
        return None
    times = (np.arange(hops) + 0.5) * HOP_S + _SILERO_DELAY_S
    probability = np.interp(times, (np.arange(len(probabilities)) + 0.5) * FRAME_S, probabilities).astype(np.float32)
    floor = noise_floor(levels)
    speaking = probability >= 0.5
    if speaking.sum() < 20:
        speaking = excess_db(levels, floor, np.full(levels.shape[1], -50.0)) > _UNMISTAKABLE_DB
        if speaking.sum() < 12:
            return None
    speech_level = np.percentile(_thinned(levels[speaking]), 90, axis=0)
    excess = excess_db(levels, floor, np.maximum(speech_level, speech_level.max() - 10) - _DEPTH_DB)
    contrast_db = float(np.percentile(_thinned(excess[speaking]), 75))
    logit = np.log((probability + 1e-4) / (1 + 1e-4 - probability))
    balance = 0.0
    faint = excess < _between(contrast_db)
    if faint.sum() > 100:
        # With people talking behind the speaker, Silero hears speech throughout: what counts is where it hears more.
        balance = max(balance, float(0.75 * np.median(logit[faint]) + 0.25 * np.median(logit[~faint])))
    return _Evidence(
        excess=excess,
        probability=probability,
        logit=np.clip(logit - balance, -_SILERO_LIMIT, _SILERO_LIMIT).astype(np.float32),
        balance=balance,
        contrast_db=contrast_db,
    )


def _thresholds(evidence: _Evidence, speech: Mask) -> tuple[float, float]:
    """Excess that sets speech apart from this recording's noise, and what still shows as a faint sound, in dB."""
    quiet = np.zeros(len(speech), np.bool_)
    for settle in (40, 12):
        # What follows a word may still belong to it, so that the noise is learnt from later.
        for start, end in runs(~speech):
            if end - start >= settle + 24:
                quiet[start + (settle if start else 0) : end - 12] = True
        if quiet.sum() >= 100:
            break
    if quiet.sum() < 40:
        return _LEAST_THRESHOLD_DB, _LEAST_THRESHOLD_DB
    low, middle, usual, most = np.percentile(_thinned(evidence.excess[quiet]), (5, 50, 95, 99))
    # Speech that was missed at first lifts the upper end, not the lower: noise reaches about as far up as down.
    usual, most = min(usual, 2 * middle - low), min(most, middle + 1.6 * (middle - low))
    highest = max(_LEAST_THRESHOLD_DB, 0.6 * evidence.contrast_db)
    return _clip(float(usual) + 0.7, _LEAST_THRESHOLD_DB, highest), max(float(most), 3.0)


def _course(evidence: _Evidence, threshold_db: float) -> Mask:
    """Where there is speech, on the most likely course through all evidence."""
    above = evidence.excess - threshold_db
    clear = above > 0
    near = widened(clear, _NEAR_HOPS)
    sure = clear[near & (evidence.probability > 0.7)]
    missed = 1 - float(sure.mean()) if len(sure) else 0.0
    # Being under the threshold says little where noise hides much of the speech, and much where it hides none.
    closure = _clip(-float(np.log(missed + 0.003)), 0.5, 8.0)
    # Far from anything clear it is no closure, however sure Silero is: people talking further away.
    distant = _clip(((evidence.contrast_db - threshold_db) / 4.0) ** 2, closure, 8.0)
    silence = np.where(near, closure, distant) * np.clip(above / 6.0, -1, 0)
    sound = np.clip(above / _DB_PER_EVIDENCE, 0, _SOUND_LIMIT)
    return likeliest_course(np.where(clear, sound, silence) + evidence.logit, _SWITCH_COST)


def _between(contrast_db: float) -> float:
    """A first guess at what sets speech apart from noise, in dB above the floor."""
    return _clip(0.45 * contrast_db, 4.0, 12.0)


def _clip(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def _thinned(values: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.floating[Any]]:
    return values[:: len(values) // _ENOUGH + 1].astype(np.float32)


def _is_voice(evidence: _Evidence, run: tuple[int, int], least_peak_db: float, read: Reader) -> bool:
    """Whether Silero hears speech in it, or it is loud and voiced: a long 'um' soon stops being speech to Silero."""
    start, end = run
    if evidence.excess[start:end].max() < least_peak_db:
        return False
    if evidence.probability[start:end].max() >= 0.5:
        return True
    if not MIN_SPEECH_S <= (end - start) * HOP_S <= 5.0:
        return False
    if np.median(evidence.excess[start:end]) < _UNMISTAKABLE_DB:
        return False
    return is_voiced(read(start * HOP_S, end * HOP_S))


def _silences(evidence: _Evidence, margin_db: float) -> Silences:
    silent = (evidence.probability < _SILENT) & (evidence.excess < _between(evidence.contrast_db))
    if evidence.balance >= VOICES_BEHIND and silent.mean() < LEAST_SILENCE:
        return "hidden"
    return "rough" if margin_db < ROUGH_DB else "clear"
