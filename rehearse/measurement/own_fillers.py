"""What one person's own 'um' and 'uh' sound like, from those they confirmed; for the check of the next ones. Pure.

The idea is that of a speaker's own template: the mean spectrum of their confirmed fillers, with how far each band
strays. A rule for everybody asks for the formants of a mouth at rest; whoever hesitates on another vowel is then never
heard, and a vowel that this person only draws out is taken for a filler.

The shape is that of the usual 40 log-mel bands of 25 ms every 10 ms (Davis & Mermelstein 1980, IEEE Transactions on
Acoustics, Speech, and Signal Processing 28(4):357-366, before their cosine transform), its own mean taken off, so that
loudness and distance from the microphone do not matter. Distance is counted in spreads of each band, as in the diagonal
form of Mahalanobis (1936).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np

#: Mean log-mel spectrum of one filled pause's vowel without its own mean, dB, one number for each band.
Shape: TypeAlias = tuple[float, ...]

#: Fewer say too little about how far a band strays.
LEAST_CONFIRMED = 10
#: Voices, rooms and microphones change: the latest ones speak for the next.
MOST_CONFIRMED = 50
#: Added to each band's spread: ten alike, of one afternoon, do not show how much another day differs.
SPREAD_DB = 2.0
#: So near, the formants need not be those of a mouth at rest; so far, they do not help. Of one man's 15 real fillers,
#: each against those of his other recordings, all lay within 2.1; held vowels of his that were none, from 1.6 on.
NEAR, FAR = 1.25, 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFillers:
    """The fillers of one person: mean and spread of each band, dB, spread > 0."""

    mean_db: Shape
    spread_db: Shape

    @classmethod
    def of(cls, shapes: Sequence[Shape]) -> Self | None:
        """None with fewer than LEAST_CONFIRMED of them."""
        if len(shapes) < LEAST_CONFIRMED:
            return None
        bands = np.array(shapes)
        spread = np.sqrt(bands.var(axis=0, ddof=1) + SPREAD_DB**2)
        return cls(mean_db=tuple(bands.mean(axis=0).tolist()), spread_db=tuple(spread.tolist()))

    def distance(self, shape: Shape) -> float:
        """How far a vowel is from them, in spreads, the root mean square over the bands, >= 0; inf for no vowel."""
        if not shape:
            return math.inf
        away = (np.array(shape) - self.mean_db) / self.spread_db
        return float(np.sqrt(np.square(away).mean()))

    def judge(self, shapes: Sequence[Shape], passing: Sequence[bool], held: Sequence[bool]) -> list[bool]:
        """Which vowels of one recording are fillers, now that this person's own are known.

        shapes   of the vowels
        passing  whether each passes the check for everybody
        held     whether it passes all of that but the formants: near enough to their own, it is one all the same

        What passes and lies far from them is none, unless more than half of what passes does: then it is another
        microphone, or another voice, and nothing is refused.
        """
        apart = [self.distance(shape) for shape in shapes]
        strangers = [far > FAR for far, passes in zip(apart, passing, strict=True) if passes]
        limit = math.inf if 2 * sum(strangers) > len(strangers) else FAR
        return [
            far <= limit if passes else holds and far <= NEAR
            for far, passes, holds in zip(apart, passing, held, strict=True)
        ]
