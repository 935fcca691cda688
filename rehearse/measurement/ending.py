"""How an answer ends: on a finished sentence, or trailing off ('so, yeah')."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from rehearse.measurement.words import Token


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: What people say when they do not know how to stop, as last words; of two that overlap the longer first.
_TRAILING_OFF = (
    "or something like that", "and stuff like that", "and things like that", "or anything like that", "and all of that",
    "that's about it", "that's pretty much it", "so that's that", "so that's it", "i don't know", "or something",
    "or whatever", "and whatever", "and everything", "and all that", "and so on", "and stuff", "and that", "and yeah",
    "but yeah", "so yeah", "yeah so", "you know", "i guess", "i suppose", "and then", "and so", "yeah", "anyway",
)  # fmt: skip
#: No sentence ends in these.
_LEFT_OPEN = _words("a an and although as at because but from if into my of or our than the their to which your")
#: 'I think so' is finished, 'and we left, so' is not.
_BEFORE_A_FINISHED_SO = _words("believe did do does guess hope quite say said suppose think thought was were")
#: 'What do you know' and 'how much I know, you know' differ by what stands before; these make a plain sentence.
_BEFORE_A_FINISHED_PHRASE = {
    "you know": _words("all as do did everyone everything if people than that the what who"),
    "i guess": _words("as can that then what when"),
    "i suppose": _words("that what"),
    "i don't know": _words("people that things what"),
    "and then": _words("now"),
    "and that": _words("this"),
    "or something": _words("anything"),
    "and everything": _words("everyone anything"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """
    kind  whether the last sentence is one
    text  the words it trails off in, or its last five, lower case without punctuation
    """

    kind: Literal["finished", "trailing off"]
    text: str


def how_it_ends(tokens: Sequence[Token], sounds: Collection[int], language: str) -> Ending | None:
    """How the answer ends, by its last words and punctuation; None where they do not tell.

    tokens  all words spoken; sounds: places of filled pauses among them. English only, so far.

    Trailing off: the last words are among those said for want of an end, or cannot end a sentence, or dots or a filled
    pause follow them. Finished: none of these, and a full stop, ! or ? stands there. The lists are our own.
    """
    words = [token for place, token in enumerate(tokens) if place not in sounds]
    if language != "en" or not words:
        return None
    plain = [token.plain for token in words]
    trail = _trail(plain)
    broken_off = "…" in words[-1].after or len(tokens) - 1 in sounds
    if trail or broken_off:
        length = trail or min(3, len(plain))
        # 'So, yeah': what leads into the trail belongs to it.
        while length < len(plain) and plain[-length - 1] in ("so", "and", "but", "um") and length < 6:
            length += 1
        return Ending(kind="trailing off", text=" ".join(plain[-length:]))
    return Ending(kind="finished", text=" ".join(plain[-5:])) if words[-1].ends_sentence else None


def _trail(plain: Sequence[str]) -> int:
    """How many of the last words trail off; 0 where none do."""
    for phrase in _TRAILING_OFF:
        parts = phrase.split()
        before = plain[-len(parts) - 1] if len(plain) > len(parts) else ""
        if list(plain[-len(parts) :]) == parts and before not in _BEFORE_A_FINISHED_PHRASE.get(phrase, ()):
            return len(parts)
    if plain[-1] == "so":
        return 0 if len(plain) > 1 and plain[-2] in _BEFORE_A_FINISHED_SO else 1
    return 1 if plain[-1] in _LEFT_OPEN else 0
