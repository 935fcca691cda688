"""Whether a pause lies inside a clause, told by the words around it alone: for transcripts without punctuation."""

from typing import Literal

#: Something must follow these: articles, possessives, prepositions, conjunctions, adverbs that lean on the next word.
_LEANS_ON_NEXT = """
a an the my your his her our their its every any another such
of to at for from with by into during between against without as than
and but or because if when while although since until unless who whose what like
very really quite too rather pretty just only even almost
is are was were am be been being have has had having does did can could will would shall should may might must
i'm i've i'd i'll we're we've we'd we'll you're you've you'd he's she's it's that's there's they're they've they'd
isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't shouldn't haven't hasn't hadn't
i we he she they gonna wanna want wants wanted need needed try tried
"""
#: A clause begins with these more often than it goes on with them.
_BEGINS_A_CLAUSE = """
and but so because or then when if while although since after before until unless once which who where whereas though
i we he she they it you there this these that's it's there's i'm i've i'd i'll we're we've we'd he's she's they're
well okay now yeah yes no right anyway basically maybe perhaps also however first second third finally what how why
"""
_LEANING = frozenset(_LEANS_ON_NEXT.split())
_BEGINNING = frozenset(_BEGINS_A_CLAUSE.split())


def where_by_words(previous: str, following: str, language: str) -> Literal["inside", "boundary"] | None:
    """Inside a clause, or at a boundary between clauses; None where the words do not tell.

    previous, following  the words on either side, lower case with straight apostrophes, filled pauses left out; ''
                         where there is none

    Inside, where something must follow the word before; at a boundary, where the word after tends to begin a clause.
    English only, the one language of the engine that writes no punctuation. The rule and its lists are our own.
    """
    if language != "en":
        return None
    if not previous or not following:
        return "boundary"
    if previous in _LEANING:
        return "inside"
    return "boundary" if following in _BEGINNING else None
