"""Where speech begins and ends, to a few hundredths of a second: Silero's probabilities weighed against the level.

Neither is enough alone. Silero sees a 32 ms grid, hardly notices a gap of 0.25 s in a flowing answer and takes distant
talk for speech; the level knows nothing of speech, and loses soft word endings in noise. So every 5 ms both give a
weight of evidence (the level by bands, each against its noise floor, as in Sohn, Kim and Sung 1999), and the likeliest
course of speech and silence through all of it is taken. Weak sounds cut off from their word by a stop closure, such
as the t of 'asked', are given back to it.

Pure numpy: levels and probabilities in, spans out.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from rehearse.audio.recording import Samples
from rehearse.transcription.speech_course import Mask, likeliest_course, runs, widened
from rehearse.transcription.speech_levels import HOP_S, Curve, Levels, excess_db, is_voiced, noise_floor
from rehearse.transcription.transcript import FRAME_S, Probabilities, Span

#: Reads part of the recording: from second, to second -> samples at 16 kHz.
Reader: TypeAlias = Callable[[float, float], Samples]

#: Gaps shorter than this are closures inside a word; spans shorter than this are clicks.
MIN_SILENCE_S = 0.1
MIN_SPEECH_S = 0.06

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

#: A stop closes the mouth up to this long before its burst; what comes before a word is nearer to it; both are short.
_CLOSURE_HOPS = 28
_ONSET_HOPS = 12
_FAINT_HOPS = 24

#: The window's smear is taken off each edge; in noise the soft beginnings and ends that it hides are given back.
_SMEAR_S = 0.011
_HIDDEN_START_S = 0.02
_HIDDEN_END_S = 0.025

#: In long recordings percentiles are taken over about this many values.
_ENOUGH = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """What is known of every 5 ms; all arrays of shape (hops,).

    excess       dB above the noise, or above what is too faint beside the speech to belong to it
    probability  Silero's
    logit        Silero's weight of evidence for speech, about 0 where it cannot tell
    contrast_db  excess of clear speech
    """

    excess: Curve
    probability: Curve
    logit: Curve
    contrast_db: float


def speech_spans(levels: Levels, probabilities: Probabilities, read: Reader) -> tuple[Span, ...]:
    """Spans of speech in order, at least MIN_SILENCE_S apart and MIN_SPEECH_S long; empty where nobody speaks.

    levels, probabilities  of one recording, as band_levels and Silero give them
    read                   gives its sound between two times, to look at sounds that Silero does not know
    """
    evidence = _evidence(levels, probabilities)
    if evidence is None:
        return ()
    first = _course(evidence, _between(evidence.contrast_db))
    threshold_db, faint_db = _thresholds(evidence, first)
    least_peak_db = threshold_db + _LEAST_PEAK * (evidence.contrast_db - threshold_db)
    speech = [run for run in runs(_course(evidence, threshold_db)) if _is_voice(evidence, run, least_peak_db, read)]
    whole = _with_faint_ends(speech, runs(evidence.excess > faint_db))
    hidden = _clip((16.0 - (evidence.contrast_db - threshold_db)) / 6.0, 0.0, 1.0)
    return _spans(whole, hidden, len(levels))


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


def _with_faint_ends(speech: Sequence[tuple[int, int]], faint: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The runs of speech, each with the faint sounds just after and just before it, up to its neighbours."""
    starts, ends = [start for start, _ in faint], [end for _, end in faint]
    whole: list[tuple[int, int]] = []
    for i, (start, end) in enumerate(speech):
        following = speech[i + 1][0] if i + 1 < len(speech) else None
        preceding = whole[-1][1] if whole else 0
        for j in range(bisect_right(ends, end), len(faint)):
            if starts[j] > end + _CLOSURE_HOPS or (following is not None and ends[j] > following):
                break
            if _is_faint_end(ends[j] - max(starts[j], end), starts[j] <= end):
                end = ends[j]
        for j in range(bisect_left(starts, start) - 1, -1, -1):
            if ends[j] < start - _ONSET_HOPS or starts[j] < preceding:
                break
            if _is_faint_end(min(ends[j], start) - starts[j], ends[j] >= start):
                start = starts[j]
        whole.append((start, end))
    return whole


def _is_faint_end(hops: int, joined: bool) -> bool:
    """A burst or a fading sound is short, a breath longer; one apart from its word must be more than a flicker."""
    return hops <= _FAINT_HOPS and (joined or hops >= 3)


def _spans(whole: Iterable[tuple[int, int]], hidden: float, hops: int) -> tuple[Span, ...]:
    spans: list[Span] = []
    for first, last in whole:
        # Speech under way where the recording begins or ends has no edge there.
        start_s = max(0.0, first * HOP_S + _SMEAR_S - hidden * _HIDDEN_START_S) if first else 0.0
        end_s = min(hops * HOP_S, last * HOP_S - _SMEAR_S + hidden * _HIDDEN_END_S) if last < hops else hops * HOP_S
        if spans and start_s - spans[-1].end_s < MIN_SILENCE_S:
            spans[-1] = Span(start_s=spans[-1].start_s, end_s=max(end_s, spans[-1].end_s))
        else:
            spans.append(Span(start_s=start_s, end_s=end_s))
    return tuple(span for span in spans if span.duration_s >= MIN_SPEECH_S)
