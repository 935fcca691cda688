"""Weak sounds that belong to a word though they are apart from it: the burst of a stop, a sound that fades."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

#: A stop closes the mouth up to this long before its burst; what comes before a word is nearer to it; both are short.
_CLOSURE_HOPS = 28
_ONSET_HOPS = 12
_FAINT_HOPS = 24


def with_faint_ends(speech: Sequence[tuple[int, int]], faint: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
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
