"""When a word can have been said, where a recogniser stretched it over what lies before or after it. Pure.

Whisper has no clock of its own. A hesitation or a silence that it leaves out of its text goes to a neighbouring word,
mostly the one that follows, whose start is dragged back over it (README of whisper-timestamped; faster-whisper #125).
So what is kept of such a word is its last part that can hold it. Now and then a word is left with no time at all, in a
silence, while speech beside it is nobody's: then that is where it was said.
"""

import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rehearse.transcription.transcript import Span, SpeechActivity, Word

#: The longest that a word is believed to last: so much, and so much more for each syllable, but never more than the
#: last. Own choice: slow talk has some 0.3 s for each syllable, the last one before a pause somewhat more.
MOST_S, MOST_FOR_SYLLABLE_S, MOST_OF_ALL_S = 0.25, 0.11, 1.2
#: The shortest, in very fast talk. Own choice.
_LEAST_S, _LEAST_FOR_SYLLABLE_S = 0.04, 0.06

#: Shorter silences than this stand inside words too: before the p of 'apart'.
_SILENCE_S = 0.25

#: Hesitations go on for as long as the speaker thinks.
_HESITATION = re.compile(r"u+[hm]+|[aeäöã]+h+[mn]*|[äö]m+|er+m*|em+|e+u+h*m*|heu+|h+u*m+|m{2,}")

_VOWELS = re.compile(r"[aeiouyæøœı]+")


def believable(words: Sequence[Word], speech: SpeechActivity) -> tuple[Word, ...]:
    """The same words; but for those that had no time, none longer than it was and each inside what it was before.

    words  in order, without overlap, as the result is too

    A word that spans a silence of 0.25 s or more is cut to the last stretch of speech in it that is long enough for
    the word, or else to the longest; what still lasts longer than such a word can is cut to its end. Where a word
    touches no speech only its length is looked at; or, where that is less than anybody needs to say it, it gets the
    nearest speech between its neighbours, if there is any. Applied twice it does nothing more.
    """
    stretches = tuple(_without_short_silences(speech.spans))
    starts = [stretch.start_s for stretch in stretches]
    ends = [stretch.end_s for stretch in stretches]
    believed: list[Word] = []
    for word in words:
        first, end = bisect_left(ends, word.start_s), bisect_left(starts, word.end_s)
        said = _spoken_part(word, stretches[first:end])
        start_s = max(said.start_s, said.end_s - _longest_s(word.text))
        believed.append(replace(word, start_s=start_s, end_s=said.end_s))
    return tuple(_with_time(believed, stretches))


def lasts_too_long(word: Word) -> bool:
    """Whether no one says it as slowly as its times have it: it was stretched over something else."""
    return word.end_s - word.start_s > _longest_s(word.text)


def syllables(text: str) -> int:
    """Roughly how many syllables a word has, at least 1: its groups of vowels; 2 for a digit, 1 for a letter of SQL.

    In scripts without vowel letters of this alphabet, one for each character.
    """
    letters = "".join(sign for sign in unicodedata.normalize("NFD", text) if sign.isalnum())
    digits = sum(sign.isdigit() for sign in letters)
    rest = "".join(sign for sign in letters if not sign.isdigit())
    if rest.isascii() and rest.isupper() and len(rest) > 1:
        spelled = len(rest)
    else:
        latin = all(unicodedata.name(sign, "").startswith("LATIN") for sign in rest)
        spelled = len(_VOWELS.findall(rest.lower())) if latin else len(rest)
    return max(1, spelled + 2 * digits)


def _without_short_silences(spans: Sequence[Span]) -> Iterator[Span]:
    start_s = end_s = None
    for span in spans:
        if start_s is None or end_s is None:
            start_s = span.start_s
        elif span.start_s - end_s >= _SILENCE_S:
            yield Span(start_s=start_s, end_s=end_s)
            start_s = span.start_s
        end_s = span.end_s
    if start_s is not None and end_s is not None:
        yield Span(start_s=start_s, end_s=end_s)


def _with_time(words: Sequence[Word], stretches: Sequence[Span]) -> Iterator[Word]:
    """The words, but one with next to no time that touches no speech gets what of it lies between its neighbours."""
    said_until_s = 0.0
    for place, word in enumerate(words):
        next_start_s = words[place + 1].start_s if place + 1 < len(words) else math.inf
        least_s = _shortest_s(word.text)
        if word.end_s - word.start_s < least_s and not _touches_speech(word, stretches):
            free = [
                part
                for stretch in stretches
                if (part := _between(stretch, said_until_s, next_start_s)) and part.duration_s >= least_s
            ]
            if free:
                middle_s = (word.start_s + word.end_s) / 2
                nearest = min(free, key=lambda part: max(part.start_s - middle_s, middle_s - part.end_s))
                end_s = min(nearest.end_s, nearest.start_s + _longest_s(word.text))
                word = replace(word, start_s=nearest.start_s, end_s=end_s)
        said_until_s = word.end_s
        yield word


def _touches_speech(word: Word, stretches: Sequence[Span]) -> bool:
    return any(stretch.start_s <= word.end_s and stretch.end_s >= word.start_s for stretch in stretches)


def _between(stretch: Span, start_s: float, end_s: float) -> Span | None:
    start_s, end_s = max(stretch.start_s, start_s), min(stretch.end_s, end_s)
    return Span(start_s=start_s, end_s=end_s) if start_s < end_s else None


def _spoken_part(word: Word, stretches: Sequence[Span]) -> Span:
    """What of the word lies in one of the stretches of speech that it touches; all of it where it touches none."""
    parts = [
        Span(start_s=max(word.start_s, stretch.start_s), end_s=min(word.end_s, stretch.end_s)) for stretch in stretches
    ]
    parts = [part for part in parts if part.duration_s > 0]
    if not parts:
        return Span(start_s=word.start_s, end_s=word.end_s)
    least_s = _shortest_s(word.text)
    long_enough = [part for part in parts if part.duration_s >= least_s]
    return long_enough[-1] if long_enough else max(parts, key=lambda part: part.duration_s)


def _shortest_s(text: str) -> float:
    return _LEAST_S + _LEAST_FOR_SYLLABLE_S * syllables(text)


def _longest_s(text: str) -> float:
    plain = "".join(sign for sign in text.lower() if sign.isalpha())
    if _HESITATION.fullmatch(plain):
        return MOST_OF_ALL_S
    return min(MOST_OF_ALL_S, MOST_S + MOST_FOR_SYLLABLE_S * syllables(text))
