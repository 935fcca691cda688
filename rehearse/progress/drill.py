"""A drill: one answer given again and again in less time, so that what does not matter falls away.

The 4/3/2 technique (Maurice 1983, Nation 1989; both from memory) has the same talk given in four, three and two
minutes. De Jong & Perfetti (2011) found that fluency rose in it, and stayed for those who repeated the same topic. Here
the limits keep these proportions and end at the upper end of the question's target, which may be any length.
"""

from collections.abc import Sequence

from rehearse.measurement.attempt import Attempt, AttemptLine
from rehearse.question import Target

#: Past a round's limit there is room to finish a sentence; then the recording ends by itself. Own choice.
GRACE_S = 10.0


def round_targets(target: Target, proportions: Sequence[int]) -> tuple[Target, ...]:
    """The target of each round, whose upper end is its limit: the last is the question's own.

    proportions  such as 4, 3, 2: each over 0 and smaller than the one before
    """
    return (*(target.scaled_to(target.high_s * part / proportions[-1]) for part in proportions[:-1]), target)


def aim_of(attempt: Attempt | AttemptLine, target: Target) -> Target:
    """What the attempt was to aim for: the limit of its round in a drill, else the question's target."""
    timed = attempt.timed
    return target if timed is None or timed.drill_round is None else target.scaled_to(timed.limit_s)
