"""From what was said where in a chunk to when each word was said, and where to cut a chunk that does not fit. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Samples
from rehearse.transcription.transcript import Hesitation, Span, Word

#: An optional filled pause: its vowel, and the m that may follow; then one that the engine has written.
VOWEL, NASAL = "++uh++", "++m++"
WRITTEN_VOWEL, WRITTEN_NASAL = "++written-uh++", "++written-m++"

#: Where the words of a stretch do not fit its sound it is halved, down to this.
_LEAST_PIECE_S = 4.0
_QUIET_S = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Times are seconds of the recording.

    words        as given; those that were found in the sound have their times from it
    found        for each word whether it was
    hesitations  where a filled pause may stand that is not among the words, in order
    given_up     stretches whose words do not fit the sound: nothing is known of them
    """

    words: tuple[Word, ...]
    found: tuple[bool, ...]
    hesitations: tuple[Hesitation, ...]
    given_up: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A spoken form, and its times in seconds of the chunk."""

    form: str
    start_s: float
    end_s: float


def alignment_of(
    words: Sequence[Word], spoken_words: Sequence[tuple[str, ...]], path: Sequence[Segment], start_s: float
) -> Alignment:
    owners = [index for index, forms in enumerate(spoken_words) for _ in forms]
    spans: dict[int, tuple[float, float]] = {}
    place = 0
    for segment in path:
        if segment.form in (VOWEL, NASAL):
            continue
        if segment.form != WRITTEN_NASAL:
            place += 1
        owner = owners[place - 1]
        begins_s = spans[owner][0] if owner in spans else segment.start_s
        spans[owner] = (begins_s, segment.end_s)
    timed = [
        replace(word, start_s=start_s + spans[index][0], end_s=start_s + spans[index][1]) if index in spans else word
        for index, word in enumerate(words)
    ]
    return Alignment(
        words=tuple(timed),
        found=tuple(index in spans for index in range(len(words))),
        hesitations=tuple(_hesitations(path, start_s)),
        given_up=(),
    )


def _hesitations(path: Sequence[Segment], start_s: float) -> Iterator[Hesitation]:
    """Vowels that follow one another without a break are one; an m ends it."""
    at = 0
    while at < len(path):
        if path[at].form != VOWEL:
            at += 1
            continue
        end = at + 1
        while end < len(path) and path[end].form == VOWEL and path[end].start_s <= path[end - 1].end_s:
            end += 1
        vowel_end_s = end_s = path[end - 1].end_s
        if end < len(path) and path[end].form == NASAL:
            end_s = path[end].end_s
        yield Hesitation(start_s=start_s + path[at].start_s, vowel_end_s=start_s + vowel_end_s, end_s=start_s + end_s)
        at = end


def best_cut(words: Sequence[Word], samples: Samples, start_s: float) -> tuple[int, int] | None:
    """How many words come before the best pause to cut at, and the sample in its middle; None where there is none.

    The best is long, near the middle, and well away from where any word is thought to be.
    """
    hop = ANALYSIS_RATE_HZ // 100
    count = len(samples) // hop
    if count * hop < 2 * _LEAST_PIECE_S * ANALYSIS_RATE_HZ or len(words) < 2:
        return None
    levels = 10 * np.log10(np.square(samples[: count * hop].reshape(count, hop)).mean(axis=1) + 1e-9)
    levels = np.convolve(levels, np.full(5, 0.2), "same")
    floor, loud = np.percentile(levels, (5, 95))
    quiet = np.concatenate(([False], levels < floor + 0.35 * (loud - floor), [False]))
    edges = np.flatnonzero(np.diff(quiet.astype(np.int8))).reshape(-1, 2) / 100
    middles = np.array([(word.start_s + word.end_s) / 2 - start_s for word in words])
    best: tuple[float, int, int] | None = None
    for begin_s, end_s in edges:
        at_s = (begin_s + end_s) / 2
        nearest_end_s = min(at_s, count / 100 - at_s)
        if end_s - begin_s < _QUIET_S or nearest_end_s < _LEAST_PIECE_S:
            continue
        before = int((middles < at_s).sum())
        apart_s = float(np.abs(middles - at_s).min())
        score = min(end_s - begin_s, 0.6) + min(apart_s, 0.5) + 0.02 * nearest_end_s
        if 0 < before < len(words) and (best is None or score > best[0]):
            best = (score, before, round(at_s * ANALYSIS_RATE_HZ))
    return best[1:] if best else None
