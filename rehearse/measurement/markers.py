"""The discourse markers that can be fillers, and what around them tells that they are not. A table to edit.

Whatever is set off from a word by punctuation, a silent pause or a filler is not its neighbour here: 'not_after',
'not_before' and 'carriers' look only at words that follow one another without a break.
"""

from dataclasses import dataclass
from enum import Enum, auto


class SetOff(Enum):
    """How much must part a marker from the words around it."""

    NEEDLESS = auto()
    EITHER_SIDE = auto()
    BOTH_SIDES = auto()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """
    phrase      the marker, lower case
    set_off     how much must part it from its neighbours
    opens       as the first word of the answer it needs nothing to set it off
    not_after   a word right before it that makes it an ordinary word
    not_before  a word right after it that does
    not_since   the same, for any of the five words before it, breaks or not
    carriers    a word right before it that serves as a break there
    """

    phrase: str
    set_off: SetOff = SetOff.NEEDLESS
    opens: bool = False
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    not_since: frozenset[str] = frozenset()
    carriers: frozenset[str] = frozenset()


_QUESTIONS = _words("how what whatever when where whether which who whom whose why if")
_DETERMINERS = _words("a an the this that these those my your his her its our their some any")
_CONJUNCTIONS = _words("and but so or because then")
_AUXILIARIES = _words(
    "do does did don't doesn't didn't can can't could couldn't will would should may might must to not never"
)
_BE = _words("am is are was were be been it's that's i'm he's she's we're they're")

#: 'This kind of work', 'a different kind of answer': a noun phrase, not a hedge.
_KIND_NOT_AFTER = (
    _DETERMINERS
    | _QUESTIONS
    | _words("all another bad best better certain different every each first good great main new no one only other")
    | _words("particular real right same similar special specific strange two weird what's worst wrong")
)
#: 'That was kind of you', 'a chat kind of thing'.
_KIND_NOT_BEFORE = _words("you him her them us thing things stuff person people place role work")

_ENGLISH = (
    Marker(phrase="you know what i mean", not_after=_words("do did if"), not_since=_words("do did if")),
    Marker(
        phrase="you know",
        not_after=_AUXILIARIES
        | _QUESTIONS
        | _words("all anyone anything as before everyone everything let once people person someone than that the")
        | _words("thing things those until way"),
        not_before=_QUESTIONS
        | _DETERMINERS
        | _words("about each everything exactly anything him it me more nothing of someone them us"),
    ),
    Marker(phrase="y'know", not_before=_QUESTIONS),
    Marker(phrase="yknow", not_before=_QUESTIONS),
    Marker(
        phrase="i mean",
        not_after=_AUXILIARIES | _QUESTIONS | _words("all as know thing that word"),
        not_before=_DETERMINERS | _BE | _words("business by him it them to"),
    ),
    Marker(phrase="sort of", not_after=_KIND_NOT_AFTER, not_before=_KIND_NOT_BEFORE),
    Marker(phrase="kind of", not_after=_KIND_NOT_AFTER, not_before=_KIND_NOT_BEFORE),
    Marker(phrase="sorta", not_after=_KIND_NOT_AFTER, not_before=_KIND_NOT_BEFORE),
    Marker(phrase="kinda", not_after=_KIND_NOT_AFTER, not_before=_KIND_NOT_BEFORE),
    Marker(phrase="basically", not_before=_words("correct identical right sound the true")),
    Marker(
        phrase="literally",
        not_after=_words("it not quite that them this too very") | _words("mean means meant translated translates"),
        not_before=_words("mean means translated translates"),
    ),
    Marker(
        phrase="actually",
        set_off=SetOff.EITHER_SIDE,
        not_after=_AUXILIARIES | _QUESTIONS | _words("had has have isn't wasn't"),
        carriers=_CONJUNCTIONS | _words("well"),
    ),
    Marker(
        phrase="like",
        set_off=SetOff.BOTH_SIDES,
        not_since=_words("what what's how how's"),
        carriers=_CONJUNCTIONS | _BE | _words("about had just took"),
    ),
    Marker(phrase="so", set_off=SetOff.BOTH_SIDES, opens=True, not_before=_words("far long many much that")),
    Marker(
        phrase="well",
        set_off=SetOff.BOTH_SIDES,
        opens=True,
        not_before=_words("above aware before being below beyond done into known over past under"),
    ),
    Marker(phrase="okay", set_off=SetOff.BOTH_SIDES, opens=True, not_before=_words("is was with")),
    Marker(phrase="ok", set_off=SetOff.BOTH_SIDES, opens=True, not_before=_words("is was with")),
    Marker(phrase="right", set_off=SetOff.BOTH_SIDES),
)

#: By ISO 639-1 code. A language without a list has only what the person adds.
MARKERS: dict[str, tuple[Marker, ...]] = {"en": _ENGLISH}
