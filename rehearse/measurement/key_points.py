"""The points that a person meant to make: said or not, and when. Better to miss one than to claim one in vain."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from rehearse.measurement.content_words import stem_of
from rehearse.measurement.stop_words import GRAMMAR_WORDS, STOP_WORDS
from rehearse.measurement.words import Token, tokens_of
from rehearse.transcription.transcript import Word

#: A point of up to two words that carry something must be there whole, a longer one to two thirds. Its numbers always.
WHOLE_UP_TO = 2
LEAST_SHARE = 2 / 3
#: Its words stand near each other: within so many words for each of them.
_REACH_FOR_EACH = 5
_LEAST_REACH = 8

#: Recognisers mishear a letter or two; short words would become others by that ('month', 'mouth').
_LEAST_LETTERS_TO_MISHEAR = 6
_LEAST_LIKENESS = 0.8

_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
#: One engine writes 'forty', another '40'.
_NUMBERS = {word: str(number) for number, word in enumerate(_UNITS.split())} | {
    word: str(10 * number) for number, word in enumerate(_TENS, start=2)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPoint:
    """
    text     the point as the person wrote it
    said     whether it came up; None where it has no word to look for ('what came of it')
    start_s  when its words began, in seconds of the recording; None where it was not said
    """

    text: str
    said: bool | None
    start_s: float | None


def key_points(
    points: Sequence[str], tokens: Sequence[Token], sounds: Collection[int], language: str
) -> tuple[KeyPoint, ...]:
    """Each point in the order given, looked for by the stems of its content words, anywhere in the answer.

    tokens  all words spoken; sounds: places of filled pauses among them

    One word may differ by a misheard letter or two, or be written as two. The limits are our own choice.
    """
    said = [token for place, token in enumerate(tokens) if place not in sounds]
    stems = [_stem(token.plain, language) for token in said]
    pairs = [_stem(one.plain + other.plain, language) for one, other in pairwise(said)] + [""][: len(said)]
    return tuple(_looked_for(point, said, stems, pairs, language) for point in points)


def _looked_for(
    point: str, said: Sequence[Token], stems: Sequence[str], pairs: Sequence[str], language: str
) -> KeyPoint:
    wanted = _content_of(point, language)
    if not wanted:
        return KeyPoint(text=point, said=None, start_s=None)
    hits = [
        (place, want)
        for place, (stem, pair) in enumerate(zip(stems, pairs, strict=True))
        for want in wanted
        if _alike(stem, want) or pair == want
    ]
    numbers = {want for want in wanted if want.isdigit()}
    least = len(wanted) if len(wanted) <= WHOLE_UP_TO else math.ceil(LEAST_SHARE * len(wanted))
    reach = max(_LEAST_REACH, _REACH_FOR_EACH * len(wanted))
    for number, (first, _) in enumerate(hits):
        together = {want for place, want in hits[number:] if place - first < reach}
        if len(together) >= least and numbers <= together:
            return KeyPoint(text=point, said=True, start_s=said[first].start_s)
    return KeyPoint(text=point, said=False, start_s=None)


def _content_of(point: str, language: str) -> frozenset[str]:
    """Stems of the words of a point that can be looked for; with fewer than two, light words help out by twos."""
    plain = [token.plain for token in tokens_of([Word(text=point, start_s=0.0, end_s=0.0)])]
    if language not in STOP_WORDS:
        return frozenset(_stem(word, language) for word in plain if len(word) > 3 or word.isdigit())
    content = _without(plain, STOP_WORDS[language], language)
    with_light = _without(plain, GRAMMAR_WORDS[language], language)
    return with_light if len(content) < 2 <= len(with_light) else content


def _without(words: Sequence[str], left_out: frozenset[str], language: str) -> frozenset[str]:
    stems = frozenset(_stem(word, language) for word in words if word not in left_out)
    return stems - {_stem(word, language) for word in left_out} - {""}


def _stem(plain: str, language: str) -> str:
    return _NUMBERS.get(plain, "") or stem_of(plain, language)


def _alike(heard: str, wanted: str) -> bool:
    # 'Risk' and 'risky' keep apart in the English stemmer.
    if heard == wanted or heard == wanted + "i" or heard + "i" == wanted:
        return True
    if min(len(heard), len(wanted)) < _LEAST_LETTERS_TO_MISHEAR or heard[0] != wanted[0] or wanted.isdigit():
        return False
    matcher = SequenceMatcher(None, heard, wanted, autojunk=False)
    return matcher.real_quick_ratio() >= _LEAST_LIKENESS and matcher.ratio() >= _LEAST_LIKENESS
