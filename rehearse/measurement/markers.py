"""What can be a filler in a language, and what around it tells that it is none: the shape of the tables in `languages`.

Whatever is set off from a word by punctuation, a silent pause or a filler is not its neighbour here: 'not_after',
'not_before' and 'carriers' look only at words that follow one another without a break.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto


class SetOff(Enum):
    """How much must part a marker from the words around it."""

    NEEDLESS = auto()
    EITHER_SIDE = auto()
    BOTH_SIDES = auto()


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """
    phrase      the marker, lower case
    set_off     how much must part it from its neighbours
    opens       as the first word of the answer it needs nothing to set it off
    inside      it never counts as the first word of a sentence: there it answers or begins something
    only_with   signs of which one must follow it: '?' for what is a filler only where it asks for assent
    not_with    signs that must not
    not_after   a word right before it that makes it an ordinary word
    not_before  a word right after it that does
    not_since   the same, for any of the five words before it, breaks or not
    not_ahead   the same, for the word after it, break or not
    not_behind  the same, for the word before it, across a pause but not across punctuation ('it went ... well')
    carriers    a word right before it that serves as a break there
    speakers    two words right before it after which it brings in what was said: no carriers then ('she was like, no')
    leads       a word right after it that makes it a filler: a number, 'really'; unless a word in no_lead is before it
    goes_on     a second word after it that begins a sentence of its own: not_before does not hold ('i mean it was')
    between     two sets of words: with one of the first right before and of the second right after, it is a filler
    company     words one of which must be beside it, breaks or not, where it stands within a sentence
    """

    phrase: str
    set_off: SetOff = SetOff.NEEDLESS
    opens: bool = False
    inside: bool = False
    only_with: str = ""
    not_with: str = ""
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    not_since: frozenset[str] = frozenset()
    not_ahead: frozenset[str] = frozenset()
    not_behind: frozenset[str] = frozenset()
    carriers: frozenset[str] = frozenset()
    speakers: frozenset[tuple[str, str]] = frozenset()
    leads: frozenset[str] = frozenset()
    no_lead: frozenset[str] = frozenset()
    goes_on: frozenset[str] = frozenset()
    between: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    company: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldVowel:
    """The vowel that speakers of a language hesitate with.

    written  as a filler of it is shown: 'äh'
    first_hz, second_hz  between what its first two formants lie, whoever speaks
    """

    written: str
    first_hz: tuple[float, float]
    second_hz: tuple[float, float]

    def is_like(self, first_hz: float, second_hz: float) -> bool:
        """Whether a vowel with these formants may be it."""
        return self.first_hz[0] < first_hz < self.first_hz[1] and self.second_hz[0] < second_hz < self.second_hz[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class FillerList:
    """What can be a filler in one language.

    sounds         what is written for a filled pause: only spellings that are no word there
    unsure_sounds  spellings that are a word as well, and what tells the sound from the word
    markers        discourse markers
    doubled        words that stand twice in a row by grammar or on purpose: no repetition
    held_vowel     what a filled pause sounds like where only word times tell it (`drawn_out`); None where it is told
                   otherwise, or not well enough to be counted
    """

    sounds: re.Pattern[str]
    unsure_sounds: tuple[Marker, ...] = ()
    markers: tuple[Marker, ...] = ()
    doubled: frozenset[str] = frozenset()
    held_vowel: HeldVowel | None = None


def between_breaks(
    *phrases: str,
    opens: bool = False,
    inside: bool = False,
    only_with: str = "",
    not_with: str = "",
    not_ahead: frozenset[str] = frozenset(),
    carriers: frozenset[str] = frozenset(),
) -> tuple[Marker, ...]:
    """Markers that count only with a break on either side of them, all under the same conditions."""
    return tuple(
        Marker(
            phrase=phrase,
            set_off=SetOff.BOTH_SIDES,
            opens=opens,
            inside=inside,
            only_with=only_with,
            not_with=not_with,
            not_ahead=not_ahead,
            carriers=carriers,
        )
        for phrase in phrases
    )
