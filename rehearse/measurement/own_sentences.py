"""Whole sentences of an answer, up to where it lands, as their speaker could put them in a letter.

Nothing is added or worded anew: fillers, words said twice in a row and beginnings that were given up are taken out, and
the commas and capitals around them are mended. What is not surely a whole sentence is left out.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from rehearse.measurement.clauses import where_by_words
from rehearse.measurement.ending import how_it_ends
from rehearse.measurement.fillers import Filler
from rehearse.measurement.measures import Measures
from rehearse.measurement.repetition import Repetition, repetitions
from rehearse.measurement.restarts import restarts
from rehearse.measurement.words import SENTENCE_MARKS, Token, tokens_of
from rehearse.transcription.transcript import Transcript

#: 'So, yes.' is a sentence, and none for a letter.
LEAST_WORDS = 3
#: A full stop behind these ends nothing.
_SHORTENED = frozenset(("dr", "mr", "mrs", "ms", "prof", "st", "vs"))
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_CLAUSE_SIGNS = frozenset(",;:—，、；：")
#: Signs of recognisers and of blanks to fill in, no punctuation of a letter.
_NOT_WRITTEN = frozenset("[]{}<>*_♪…|\\^~`")
#: Each kind of mark that comes in twos.
_PAIRS = ('"“”„', "«»", "()")
#: A word cut off in the middle is begun again within so many words.
_BEGUN_AGAIN_WITHIN = 3
#: Two clocks may write the same moment a little apart.
_SAME_MOMENT_S = 0.05


def own_sentences(transcript: Transcript, measures: Measures) -> tuple[str, ...]:
    """Its whole sentences up to the landing, in order; to the end where no landing is known.

    transcript  with punctuation; the draft engine writes none, and nothing is taken from what it heard
    measures    of the same answer: its fillers, as the person corrected them, and its landing

    A sentence is left out where it was not finished, has fewer than 3 words, holds anything said at or after the
    landing, or lies in a stretch of the transcript that is not to be trusted.
    """
    if transcript.engine.name == "draft":
        return ()
    tokens = tokens_of(transcript.words)
    fillers = _places_of(measures.fillers or (), tokens)
    found = []
    for first, end in _sentences(tokens, fillers):
        spoken = tokens[first:end]
        if measures.landing_s is not None and any(token.start_s >= measures.landing_s for token in spoken):
            break
        if any(
            doubt.start_s < token.end_s and token.start_s < doubt.end_s
            for doubt in transcript.doubts
            for token in spoken
        ):
            continue
        inside = {place - first for place in fillers if first <= place < end}
        kept = _begun_once(_without(spoken, inside, transcript.language), transcript.language)
        if _is_whole(kept, transcript.language):
            found.append(_written(kept))
    return tuple(text for text in found if text.isprintable())


def _places_of(fillers: Sequence[Filler], tokens: Sequence[Token]) -> frozenset[int]:
    """Places of the words that are fillers, or parts of one; those that only the sound gives away are no words."""
    places: set[int] = set()
    for filler in fillers:
        words = filler.text.split()
        for place in range(len(tokens) - len(words) + 1) if filler.source == "text" else ():
            stretch = tokens[place : place + len(words)]
            middle_s = (stretch[0].start_s + stretch[-1].end_s) / 2
            at_that_time = filler.start_s - _SAME_MOMENT_S <= middle_s <= filler.end_s + _SAME_MOMENT_S
            if at_that_time and [token.plain for token in stretch] == words:
                places.update(range(place, place + len(words)))
    return frozenset(places)


def _sentences(tokens: Sequence[Token], fillers: Collection[int]) -> Iterator[tuple[int, int]]:
    """Where each begins and ends. What follows the last mark is none."""
    marked = [place for place, token in enumerate(tokens) if token.ends_sentence]
    before_small = {place for place in marked if _next_is_small(place, tokens, fillers)}
    # Nothing is told by it where a recogniser writes every sentence small, nor after a filler.
    if 2 * len(before_small) >= len(marked):
        before_small = set()
    before_small -= {place - 1 for place in fillers}
    first = 0
    for place in marked:
        goes_on = place in before_small or _is_shortened(tokens[place])
        if place == len(tokens) - 1 or not goes_on:
            yield first, place + 1
            first = place + 1


def _next_is_small(place: int, tokens: Sequence[Token], fillers: Collection[int]) -> bool:
    """Whether the next word, fillers passed over, begins with a small letter."""
    while place + 1 < len(tokens) and place + 1 in fillers:
        place += 1
    return place + 1 < len(tokens) and tokens[place + 1].written[:1].islower()


def _is_shortened(token: Token) -> bool:
    """'Dr.', 'J.', 'e.g.': a full stop that ends no sentence."""
    one_letter = len(token.written) == 1 and token.written.isalpha() and token.written != "I"
    return token.after[:1] == "." and bool(one_letter or _LETTERS.fullmatch(token.plain) or token.plain in _SHORTENED)


def _without(tokens: Sequence[Token], places: Collection[int], language: str) -> list[Token]:
    """The words without those at the places, which leave behind only the marks that are still needed."""
    kept: list[Token] = []
    taken = opening = ""
    for place, token in enumerate(tokens):
        if place in places:
            taken += token.after or " "
            opening += token.before
            continue
        if taken and kept:
            kept[-1] = replace(kept[-1], after=_mended(kept[-1], taken, token, language))
        kept.append(replace(token, before=opening + token.before))
        taken = opening = ""
    if taken and kept:
        ends = [sign for sign in taken if sign in SENTENCE_MARKS]
        rest = [sign for sign in kept[-1].after if sign not in _CLAUSE_SIGNS]
        kept[-1] = replace(kept[-1], after="".join(rest if not SENTENCE_MARKS.isdisjoint(rest) else rest + ends[-1:]))
    return kept


def _mended(before: Token, taken: str, following: Token, language: str) -> str:
    """The signs after a word whose next one was taken out: a comma stays where a clause begins."""
    rest = "".join(sign for sign in before.after if sign not in _CLAUSE_SIGNS)
    signs = before.after + taken
    strong = next((sign for sign in signs if sign in ";:；："), "")
    comma = not _CLAUSE_SIGNS.isdisjoint(signs)
    at_boundary = where_by_words(before.plain, following.plain, language) == "boundary"
    return rest + (strong or ("," if comma and at_boundary else ""))


def _begun_once(tokens: list[Token], language: str) -> list[Token]:
    """The words with each said once where it was said twice in a row, and each beginning without those given up."""
    while True:
        shorter = _without_again(_without_cut_off(tokens), language)
        if len(shorter) == len(tokens):
            return tokens
        tokens = shorter


def _without_cut_off(tokens: Sequence[Token]) -> list[Token]:
    return [
        token
        for place, token in enumerate(tokens)
        if not (
            token.after.startswith("-")
            and any(
                following.plain.startswith(token.plain)
                for following in tokens[place + 1 : place + 1 + _BEGUN_AGAIN_WITHIN]
            )
        )
    ]


def _without_again(tokens: Sequence[Token], language: str) -> list[Token]:
    gone: set[int] = set()
    for found in repetitions(tokens, (), language):
        first, words = _place_of(found, tokens)
        period = next(n for n in range(1, len(words) + 1) if words == (words[:n] * len(words))[: len(words)])
        gone.update(range(first, first + len(words) - period))
    if not gone and language == "en":
        for found in restarts(tokens, ()):
            first, words = _place_of(found, tokens)
            # The last two of its words are the new beginning.
            gone.update(range(first, first + len(words) - 2))
    return [token for place, token in enumerate(tokens) if place not in gone]


def _place_of(found: Repetition, tokens: Sequence[Token]) -> tuple[int, list[str]]:
    words = found.text.split()
    plain = [token.plain for token in tokens]
    return next(
        place
        for place, token in enumerate(tokens)
        if token.start_s == found.start_s and plain[place : place + len(words)] == words
    ), words


def _is_whole(tokens: Sequence[Token], language: str) -> bool:
    # A hyphen behind a word, as in 'we wan-?', is where it broke off.
    if len(tokens) < LEAST_WORDS or not tokens[-1].ends_sentence or not {"…", "-"}.isdisjoint(tokens[-1].after):
        return False
    ending = how_it_ends(tokens, (), language)
    return ending is None or ending.kind == "finished"


def _written(tokens: Sequence[Token]) -> str:
    parts = []
    for number, token in enumerate(tokens):
        word = token.written
        if number == 0 and word.islower():
            word = word[0].upper() + word[1:]
        last = number == len(tokens) - 1
        after = "".join(sign for sign in token.after if sign != "-" and not (last and sign in _CLAUSE_SIGNS))
        parts.append(_signs(token.before) + word + _signs(after).replace("—", " –"))
    return _balanced(re.sub(r" {2,}", " ", " ".join(parts)))


def _signs(text: str) -> str:
    return "".join(sign for sign in text if sign not in _NOT_WRITTEN and unicodedata.category(sign)[0] != "C")


def _balanced(text: str) -> str:
    """Without quotes and brackets of which only one half is left."""
    for pair in _PAIRS:
        if sum(text.count(sign) for sign in pair) % 2:
            text = "".join(sign for sign in text if sign not in pair)
    return text
