"""How well pauses could be found in noise at best: by somebody who knows the voice and the noise apart.

    python bench/pauses_ideal.py [--set development|held-out]

Answers and noise are those of `bench/pauses.py`. Each clause is taken to begin and end where it has given so much
evidence against the noise: the divergence of sound from noise (Kullback & Leibler 1951) in 16 bands, each 5 ms, summed
from either end. That evidence, and a time added to each end for what is hidden on average, are chosen for each kind
and level of noise by their F1 on these very answers, so that the figures are too good rather than too bad. What is
missing to 1 lies under the noise: the last t of 'ticket' can be told only by knowing the word.
"""

import argparse
import sys
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from pauses import CLAUSES, RATIOS_DB, REPEATS, SPEECH_DBFS, VOICES, Gap, Tally, answer, noise

from rehearse.transcription.speech_course import runs
from rehearse.transcription.speech_levels import _BAND_EDGES_HZ, HOP_S, band_levels
from rehearse.transcription.transcript import Span

EVIDENCE = (6.0, 12.0, 25.0)
ADDED_S = (0.0, 0.02, 0.04, 0.06)
HOP = 80
#: Independent values of power in each band and 5 ms.
DEGREES = np.diff(_BAND_EDGES_HZ) * HOP_S

Evidence = list[tuple[int, npt.NDArray[np.float64]]]
Answer = tuple[Evidence, list[Gap], Gap]


def answers(which: str, kind: str, ratio_db: float) -> list[Answer]:
    """Of each answer the evidence of every clause, hop by hop, and the hop it begins at; true silences; true bounds."""
    result = []
    for seed, voice in enumerate(VOICES[which] * REPEATS):
        rng = np.random.default_rng(seed)
        sound, gaps, bounds = answer(voice, CLAUSES[which], rng)
        heard = noise(kind, len(sound), rng) * 10 ** ((SPEECH_DBFS - ratio_db) / 20)
        voice_power, noise_power = (
            10 ** (band_levels([part.astype(np.float32)]).astype(np.float64) / 10) for part in (sound, heard)
        )
        over = voice_power / noise_power.mean(axis=0)
        evidence = (DEGREES * (over - np.log1p(over))).sum(axis=1)
        # Clauses are parted by zeros, 0.1 s or more of them.
        zeros = [run for run in runs(sound == 0) if run[1] - run[0] >= 0.09 / HOP_S * HOP]
        clauses = [(before[1] // HOP, after[0] // HOP) for before, after in pairwise(zeros)]
        result.append(([(start, evidence[start:end]) for start, end in clauses], gaps, bounds))
    return result


def found(clauses: Evidence, least: float, added_s: float) -> list[Span]:
    spans = []
    for start, evidence in clauses:
        first = int(np.searchsorted(np.cumsum(evidence), least))
        last = len(evidence) - int(np.searchsorted(np.cumsum(evidence[::-1]), least))
        if last > first:
            spans.append(Span(start_s=(start + first) * HOP_S, end_s=(start + last) * HOP_S + added_s))
    return spans


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", dest="which", choices=sorted(VOICES), default="held-out")
    options = parser.parse_args()
    print("noise   SNR   prec. recall     F1  in reach  edge ms: p95")
    for kind, ratio_db in product(("white", "pink"), RATIOS_DB):
        known = answers(options.which, kind, ratio_db)
        rows = []
        for least, added_s in product(EVIDENCE, ADDED_S):
            tally = Tally()
            for clauses, gaps, bounds in known:
                tally.add(found(clauses, least, added_s), gaps, bounds)
            rows.append(tally.summary())
        best = max(rows, key=lambda row: row["f1"])
        print(
            f"{kind:6} {ratio_db:>4}  {best['precision']:6.3f} {best['recall']:6.3f} {best['f1']:6.3f}"
            f"  {best['f1_in_reach']:8.3f}  {best['edge_p95_ms']:12.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
