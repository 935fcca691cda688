"""Which of the answers to a question is worth quoting in a letter. Pure."""

from collections.abc import Sequence

from rehearse.measurement.attempt import AttemptLine
from rehearse.measurement.rating import Rating
from rehearse.question import Target

#: How it felt to the person goes before every figure: they know what they would stand by.
_RANK: dict[Rating | None, int] = {"easy": 0, "good": 0, None: 1, "hard": 2, "again": 3}


def best_to_quote(lines: Sequence[AttemptLine], target: Target) -> AttemptLine | None:
    """The attempt whose sentences to take: one that felt good, then one near the aim, then one with few fillers; the
    latest of equals. None where none was measured.

    Draft words are no sentences: such an attempt comes only where there is no other. The real answer is no attempt at
    saying it better.
    """
    measured = [line for line in lines if line.answer_s is not None and not line.baseline]
    written = [line for line in measured if line.engine_name not in (None, "draft")]
    return min(written or measured, key=lambda line: _demerits(line, target), default=None)


def _demerits(line: AttemptLine, target: Target) -> tuple[float, ...]:
    length_s = line.answer_s or 0.0
    off_s = max(0.0, length_s - target.high_s, target.low_s - length_s)
    return _RANK[line.rating], off_s, line.fillers_per_min or 0.0, -line.recorded_at.timestamp()
