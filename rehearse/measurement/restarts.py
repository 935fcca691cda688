"""Sentences begun anew ('we were, we had') and phrases that come back through the answer."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rehearse.measurement.repetition import Repetition
from rehearse.measurement.words import Token

#: A restart begins with one of these, said again: 'we were, we had'.
_SUBJECTS = frozenset(("i", "we", "he", "she", "they", "it", "there"))
#: What was given up ends in a word that something must follow; 'he laughed, he cried' gives nothing up.
_UNFINISHED_ENDS = """
a an the my your his her our their to
is are was were am be been had have has will would can could should must might
isn't aren't wasn't weren't didn't don't doesn't won't wouldn't can't couldn't
want wanted need needed tried really just
"""
_UNFINISHED = frozenset(_UNFINISHED_ENDS.split())
_LINKS = "as how if than that what whatever when where wherever which who whoever why yes no"
#: After these a clause may well end in such a word: 'what it was, it had to go', 'as they are, they work'.
_AFTER_A_LINK = frozenset(_LINKS.split())
#: 'It is, it seems to me, a question of time': put in, and what stood before goes on behind it.
_COMMENT_VERBS = "admit believe believed guess said say says seemed seems suppose think thought told"
_COMMENTS = frozenset(_COMMENT_VERBS.split())
_LONGEST_COMMENT = 4
#: What follows such a word may be a comment; nobody puts one behind 'a' or 'just'.
_AUXILIARIES = "is are was were am been have has had will would can could should must might"
_BE_AND_AUXILIARIES = frozenset(_AUXILIARIES.split())
#: Words between the two beginnings, at most.
LONGEST_GIVEN_UP = 3

#: A phrase that comes back has this many words, one of which carries something, and stands there so often.
SHORTEST_PHRASE = 3
LONGEST_PHRASE = 8
LEAST_TIMES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedPhrase:
    """
    text     three words or more, lower case
    count    how often they are said, >= 2
    start_s  when they were said first; again_s: and for the last time
    """

    text: str
    count: int
    start_s: float
    again_s: float


def restarts(tokens: Sequence[Token], sounds: Collection[int]) -> tuple[Repetition, ...]:
    """Beginnings of a sentence that were given up and begun anew with the same word, in order.

    tokens  the words spoken; sounds: places of filled pauses among them, which part nothing ('we were um we had')

    Text and times are those of what was given up and the first two words of what took its place.
    Source: Maclay & Osgood (1959), Word 15:19-44, for false starts that are retraced; the rule is our own.
    """
    words = [token for place, token in enumerate(tokens) if place not in sounds]
    found: list[Repetition] = []
    place = 0
    while place < len(words):
        length = _given_up_at(words, place)
        if length:
            stretch = words[place : place + length + 2]
            text = " ".join(token.plain for token in stretch)
            found.append(Repetition(text=text, start_s=stretch[0].start_s, end_s=stretch[-1].end_s))
        place += max(1, length)
    return tuple(found)


def _given_up_at(words: Sequence[Token], place: int) -> int:
    """How many words from here on were given up for a new beginning; 0 for none."""
    subject = words[place].plain
    if subject not in _SUBJECTS or (place and words[place - 1].plain in _AFTER_A_LINK):
        return 0
    for length in range(2, LONGEST_GIVEN_UP + 2):
        again = place + length
        if again + 1 >= len(words) or words[again - 1].ends_sentence:
            return 0
        given_up = words[again - 1].plain
        if words[again].plain == subject:
            other = words[again + 1].plain not in (words[place + 1].plain, "not")
            begun_anew = other and given_up in _UNFINISHED and not _is_comment(words, again)
            return length if begun_anew else 0
    return 0


def _is_comment(words: Sequence[Token], place: int) -> bool:
    """Whether what begins there is put in between: a clause mark ends it, or nobody can tell where it ends."""
    if words[place - 1].plain not in _BE_AND_AUXILIARIES or words[place + 1].plain not in _COMMENTS:
        return False
    if place + 2 < len(words) and words[place + 2].plain == words[place].plain:
        return False  # 'I would, I think I would'
    comment = words[place + 1 : place + 1 + _LONGEST_COMMENT]
    return not words[place - 1].ends_clause or any(token.ends_clause for token in comment)


def repeated_phrases(
    tokens: Sequence[Token], sounds: Collection[int], stems: Sequence[str | None]
) -> tuple[RepeatedPhrase, ...]:
    """Phrases of 3 to 8 words said twice or more anywhere in the answer, the longest first where they overlap.

    stems  as `content_words.content_stems` gives them for the tokens: what tells 'and then I' from a phrase that
           carries something

    A phrase has a content word and does not cross the end of a sentence. In order of their first time.
    """
    kept = [place for place in range(len(tokens)) if place not in sounds]
    taken: set[int] = set()
    found: list[RepeatedPhrase] = []
    for length in range(LONGEST_PHRASE, SHORTEST_PHRASE - 1, -1):
        places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for start in range(len(kept) - length + 1):
            stretch = kept[start : start + length]
            if _is_phrase(tokens, stretch, stems):
                phrase = tuple(tokens[place].plain for place in stretch)
                if not places[phrase] or places[phrase][-1] + length <= start:
                    places[phrase].append(start)
        for phrase, starts in places.items():
            free = [start for start in starts if taken.isdisjoint(range(start, start + length))]
            if len(free) >= LEAST_TIMES:
                taken.update(spot for start in free for spot in range(start, start + length))
                first, last = tokens[kept[free[0]]], tokens[kept[free[-1]]]
                found.append(
                    RepeatedPhrase(text=" ".join(phrase), count=len(free), start_s=first.start_s, again_s=last.start_s)
                )
    return tuple(sorted(found, key=lambda phrase: phrase.start_s))


def _is_phrase(tokens: Sequence[Token], places: Sequence[int], stems: Sequence[str | None]) -> bool:
    carrying = any(stems[place] is not None for place in places)
    return carrying and not any(tokens[place].ends_sentence for place in places[:-1])
