"""Words as they were meant and words as they were heard, laid side by side: which is which, at the least cost."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One step along both: a word meant and the one heard for it, or one of them alone.

    meant, heard  places in the two sequences; None where the other one stands alone
    same          both are there, and alike
    """

    meant: int | None
    heard: int | None
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """
    pairs         in order, up to the last word that was said
    length        how many of the words meant were said: all of them, or those before the speaker stopped
    errors        words replaced, left out or added in that part
    """

    pairs: tuple[Pair, ...]
    length: int
    errors: int


#: Errors first; of two ways with as many, the one with more words alike.
_Cost = tuple[int, int]

_BOTH, _MEANT, _HEARD = 0, 1, 2


def side_by_side(meant: Sequence[str], heard: Sequence[str], end_within: int = 0) -> SideBySide:
    """The alignment with the fewest errors, one for each word replaced, left out or added.

    Whoever stops early has left out nothing: the words after the last one said are free. Takes time and memory in
    proportion to the product of the lengths.

    end_within  whoever stops with so many words left, or fewer, has meant to say them all

    Source: Levenshtein (1966) for the distance; Wagner & Fischer (1974) for the table.
    """
    row: list[_Cost] = [(count, 0) for count in range(len(heard) + 1)]
    ends = [row[-1]]
    steps = [bytearray([_HEARD] * len(row))]
    for word in meant:
        row, taken = _next_row(row, word, heard)
        ends.append(row[-1])
        steps.append(taken)
    length = min(range(len(ends)), key=lambda place: (ends[place], place))
    length = len(meant) if 0 < len(meant) - length <= end_within else length
    return SideBySide(pairs=_walked(steps, meant, heard, length), length=length, errors=ends[length][0])


def _next_row(above: Sequence[_Cost], word: str, heard: Sequence[str]) -> tuple[list[_Cost], bytearray]:
    row: list[_Cost] = [(above[0][0] + 1, above[0][1])]
    taken = bytearray([_MEANT])
    for place, other in enumerate(heard):
        errors, alike = above[place]
        both = (errors, alike - 1) if word == other else (errors + 1, alike)
        alone = (above[place + 1][0] + 1, above[place + 1][1])
        added = (row[place][0] + 1, row[place][1])
        best = min(both, alone, added)
        row.append(best)
        taken.append(_BOTH if best == both else _MEANT if best == alone else _HEARD)
    return row, taken


def _walked(steps: Sequence[bytearray], meant: Sequence[str], heard: Sequence[str], length: int) -> tuple[Pair, ...]:
    pairs: list[Pair] = []
    i, j = length, len(heard)
    while i or j:
        step = steps[i][j]
        i, j = i - (step != _HEARD), j - (step != _MEANT)
        pairs.append(
            Pair(
                meant=None if step == _HEARD else i,
                heard=None if step == _MEANT else j,
                same=step == _BOTH and meant[i] == heard[j],
            )
        )
    return tuple(reversed(pairs))
