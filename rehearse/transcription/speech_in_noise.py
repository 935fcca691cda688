"""Where speech is in a noisy recording: Silero's probabilities and the recording's own spectra, weighed together.

How the voice stands out from the noise is learnt from the recording (`speech_mixture`), so that a soft fricative counts
where it shows, in its own bands, and noise that comes and goes counts for nothing. Silero knows what a voice is, but
not to the hundredth of a second. The numbers below were chosen on the development set of bench/pauses.py.
"""

import numpy as np

from rehearse.transcription.faint_ends import with_faint_ends
from rehearse.transcription.speech_course import Mask, likeliest_course, runs, widened
from rehearse.transcription.speech_levels import HOP_S, Curve

#: Hops next to each other share most of their sound: each counts for a fraction of what it says.
_SPECTRUM_WEIGHT = 0.2
_SPECTRUM_LIMITS = (-6.0, 16.0)
_SMOOTH_HOPS = 7
_SILERO_WEIGHT = 1.4
#: Silero misses hoarse voices and held vowels: against speech it says no more than this.
_SILERO_LEAST = -1.5
_PRIOR = -0.2
_SWITCH_COST = 40.0

#: A burst is short, so that less is smoothed away of it, and it must stand out from what the noise does by itself so
#: often a second.
_BURST_SMOOTH_HOPS = 3
_BURST_LIMITS = (-2.5, 21.5)
_BURST_PRIOR = 1.5
_CHANCE_BURSTS_PER_S = 0.3

#: The noise is learnt this far from speech; where there is too little of it, nearer.
_APART_HOPS = (30, 12)
_LEAST_QUIET_HOPS = (150, 60)


def runs_in_noise(spectrum: Curve, logit: Curve) -> list[tuple[int, int]]:
    """First hop and the hop after the last of each stretch of speech, before the faint sounds around it are added.

    spectrum  log of how much likelier each hop is speech than noise, by its spectrum
    logit     Silero's weight of evidence for speech at each hop
    """
    clear = _smoothed(np.clip(spectrum, *_SPECTRUM_LIMITS), _SMOOTH_HOPS)
    evidence = _SPECTRUM_WEIGHT * clear + _SILERO_WEIGHT * np.maximum(logit, _SILERO_LEAST) + _PRIOR
    return runs(likeliest_course(evidence.astype(np.float32), _SWITCH_COST))


def with_bursts(speech: list[tuple[int, int]], spectrum: Curve) -> list[tuple[int, int]]:
    """The stretches with what stands out from the noise just before and after each."""
    mask = np.zeros(len(spectrum), np.bool_)
    for start, end in speech:
        mask[start:end] = True
    return with_faint_ends(speech, _bursts(spectrum, mask))


def _bursts(spectrum: Curve, speech: Mask) -> list[tuple[int, int]]:
    """Stretches that are likelier speech than noise by more than noise alone makes happen by chance."""
    quiet: Mask = np.zeros(len(speech), np.bool_)
    for apart, least in zip(_APART_HOPS, _LEAST_QUIET_HOPS, strict=True):
        quiet = ~widened(speech, apart)
        if quiet.sum() >= least:
            break
    else:
        return []
    low, high = _BURST_LIMITS
    evidence = np.clip(_smoothed(spectrum, _BURST_SMOOTH_HOPS) + _BURST_PRIOR, low, high)
    found = runs(evidence > 0)
    total, silent = np.cumsum(np.append(0.0, evidence)), np.cumsum(np.append(0, quiet))
    sums = [float(total[end] - total[start]) for start, end in found]
    by_chance = sorted(
        (sum_ for (start, end), sum_ in zip(found, sums, strict=True) if silent[end] - silent[start] == end - start),
        reverse=True,
    )
    tolerated = int(_CHANCE_BURSTS_PER_S * float(quiet.sum()) * HOP_S)
    least_sum = by_chance[tolerated] if tolerated < len(by_chance) else 0.0
    return [run for run, sum_ in zip(found, sums, strict=True) if sum_ > least_sum]


def _smoothed(curve: Curve, hops: int) -> Curve:
    result: Curve = np.convolve(curve, np.full(hops, 1 / hops, np.float32), "same")
    return result
