"""Where an answer lands: the moment after which it adds next to nothing new.

Content words are followed through the answer; each is new when its stem comes up for the first time. An answer that
has made its point goes on in words it has used before: new ones become rare all at once, and stay so to the end. Where
that is not plain to see no landing is claimed, since a wrong one would have the person cut what was worth saying.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from rehearse.measurement.content_words import content_stems
from rehearse.measurement.pauses import Pause, words_before
from rehearse.measurement.words import Token

#: Under these nothing is claimed: what an answer is about takes some words to say, and one closing sentence is no tail.
LEAST_WORDS_BEFORE = 25
LEAST_TAIL_S = 8.0
#: A tail of light words alone ('what I learned is that you should bring something') says neither new nor old things.
LEAST_REPEATED = 3
#: New words after a landing come at most at this share of the rate before it.
LARGEST_SHARE = 0.4
#: Log likelihood ratio of 'the rate of new words fell here' to 'it is one rate throughout'.
LEAST_EVIDENCE = 3.5
#: What a sentence that sounds like a wrap-up adds to that when the place, not the existence, of a landing is decided.
_WRAP_UP_BONUS = 1.5

#: Without punctuation a silence of this length or more may end a sentence.
_CUTTING_PAUSE_S = 0.4
#: A transcript with fewer sentence ends than one in so many words is taken to have none.
_WORDS_TO_A_SENTENCE = 60

#: What opens a sentence that sums up: one of these words among its first five, or two of them in a row.
_ENGLISH_WRAP_UPS = """
yeah yep think guess suppose mean basically anyway overall lesson point summary short learned learnt said shows that's
lastly
"""
_WRAP_UPS = {"en": frozenset(_ENGLISH_WRAP_UPS.split())}
_WRAP_UP_PAIRS = {"en": frozenset({("that", "is"), ("that", "was"), ("this", "is"), ("that", "would")})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """
    landing_s       end of the last word that belongs to the point, in seconds of the recording
    sentence        what that word ends, as it was written: the sentence, or what stands between two pauses
    new_words       content words said after it for the first time, lower case, in order
    repeated_count  content words said after it that had been said before
    """

    landing_s: float
    sentence: str
    new_words: tuple[str, ...]
    repeated_count: int

    @property
    def new_ratio(self) -> float:
        """New content words over all content words after the landing, 0..1."""
        after = len(self.new_words) + self.repeated_count
        return len(self.new_words) / after if after else 0.0


def find_landing(
    tokens: Sequence[Token], sounds: Collection[int], language: str, pauses: Sequence[Pause] | None
) -> Landing | None:
    """Where the answer lands; None where it carries news to its end, is too short, or nobody can tell.

    tokens    all words spoken; sounds: places of filled pauses among them
    language  ISO 639-1 code; None is the answer for a language without a list of stop words
    pauses    silent pauses from the sound, or None where only the words are known

    The rate of new content words for each word said is compared before and after each end of a sentence, by the
    likelihood of one change.
    Source: Youmans (1991), Language 67:763-789, for new words over time as the course of what is told; Hinkley (1970),
    Biometrika 57:1-17, for the change point. The limits are our own, chosen on half of the answers that
    bench/landing.py reads.
    """
    stems = content_stems(tokens, sounds, language)
    if stems is None or not tokens:
        return None
    new = _first_times(stems)
    cuts = sentence_ends(tokens, pauses) or [place for place, first in enumerate(new) if first]
    telling = [stem is not None for stem in stems]
    place = _change(tokens, new, telling, cuts, sounds, language)
    if place is None:
        return None
    begin = max((cut + 1 for cut in cuts if cut < place), default=0)
    after = range(place + 1, len(tokens))
    return Landing(
        landing_s=_end_s(place, tokens, pauses or ()),
        sentence=" ".join(token.written for token in tokens[begin : place + 1]),
        new_words=tuple(tokens[spot].plain for spot in after if new[spot]),
        repeated_count=sum(stems[spot] is not None and not new[spot] for spot in after),
    )


def _first_times(stems: Sequence[str | None]) -> list[bool]:
    seen: set[str] = set()
    first = []
    for stem in stems:
        first.append(stem is not None and stem not in seen)
        if stem is not None:
            seen.add(stem)
    return first


def _change(
    tokens: Sequence[Token],
    new: Sequence[bool],
    telling: Sequence[bool],
    cuts: Sequence[int],
    sounds: Collection[int],
    language: str,
) -> int | None:
    """Place of the last word before the rate of new words falls for good. telling: the content words, new or not."""
    said = list(accumulate(place not in sounds for place in range(len(tokens))))
    news = list(accumulate(new))
    best: tuple[float, int] | None = None
    for cut in cuts:
        words, fresh = said[cut], news[cut]
        words_after, fresh_after = said[-1] - words, news[-1] - fresh
        if words < LEAST_WORDS_BEFORE or not words_after or tokens[-1].end_s - tokens[cut].end_s < LEAST_TAIL_S:
            continue
        if sum(telling[cut + 1 :]) - fresh_after < LEAST_REPEATED:
            continue
        if fresh_after / words_after > LARGEST_SHARE * fresh / words:
            continue
        evidence = _fit(fresh, words) + _fit(fresh_after, words_after) - _fit(news[-1], said[-1])
        if evidence < LEAST_EVIDENCE:
            continue
        value = evidence + (_WRAP_UP_BONUS if _wraps_up(tokens[cut + 1 : cut + 6], language) else 0.0)
        if best is None or value > best[0]:
            best = (value, cut)
    return best[1] if best else None


def _fit(count: int, exposure: int) -> float:
    """Log likelihood of a Poisson count at its own best rate, without the terms that cancel."""
    return count * math.log(count / exposure) if count else 0.0


def _wraps_up(following: Sequence[Token], language: str) -> bool:
    opening = [token.plain for token in following]
    pairs = _WRAP_UP_PAIRS.get(language, frozenset())
    return not _WRAP_UPS.get(language, frozenset()).isdisjoint(opening) or not pairs.isdisjoint(pairwise(opening))


def sentence_ends(tokens: Sequence[Token], pauses: Sequence[Pause] | None) -> list[int]:
    """Places of the words that may end the point: by punctuation, else by pauses, else by gaps between the words."""
    marked = [place for place, token in enumerate(tokens) if token.ends_sentence]
    if len(marked) * _WORDS_TO_A_SENTENCE >= len(tokens):
        return marked
    if pauses is not None:
        long_enough = [pause for pause in pauses if pause.duration_s >= _CUTTING_PAUSE_S]
        return sorted({place for place in words_before(long_enough, tokens) if place >= 0})
    gaps_s = (after.start_s - before.end_s for before, after in pairwise(tokens))
    return [place for place, gap_s in enumerate(gaps_s) if gap_s >= _CUTTING_PAUSE_S]


def _end_s(place: int, tokens: Sequence[Token], pauses: Sequence[Pause]) -> float:
    """Recognisers stretch the last word before a silence into it: the sound knows better."""
    after = [pause for pause, word in zip(pauses, words_before(pauses, tokens), strict=True) if word == place]
    return after[0].start_s if after else tokens[place].end_s
