"""Fillers in the transcript: filled pauses by their spelling, discourse markers by their context.

A word counts as a filler only where the words and silences around it say so; where they say nothing it does not.
A missed filler costs little, while a counted 'I like my team' makes every other number doubtful.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rehearse.measurement.languages import filler_list
from rehearse.measurement.markers import Marker, SetOff
from rehearse.measurement.pauses import Pause, words_before
from rehearse.measurement.words import Token, phrase_of

#: Spanish opens a question inside a sentence with a sign of its own.
_OPENING_SIGNS = frozenset("¿¡")

#: sound: a filled pause; word: a discourse marker that acts as a filler.
FillerKind: TypeAlias = Literal["sound", "word"]

#: A phrase, and the marker whose context decides; None where the person wants it counted always.
_Candidate: TypeAlias = tuple[tuple[str, ...], Marker | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """
    text       the words as said, lower case, without punctuation: 'um', 'you know'
    source     text: an engine wrote it; sound: heard in the recording only
    confirmed  what a person said who listened: True a filler, False none; None where nobody did
    """

    text: str
    start_s: float
    end_s: float
    kind: FillerKind
    source: Literal["text", "sound"] = "text"
    confirmed: bool | None = None


def filled_pauses(
    tokens: Sequence[Token], language: str, never: Sequence[str] = (), pauses: Sequence[Pause] = ()
) -> frozenset[int]:
    """Places of the tokens that are sounds, not words: um, uh, er, erm, hmm, mm in any spelling.

    language  ISO 639-1 code; of a language without a list only the safest sounds count
    never     words that are no filler for this person; case does not matter
    pauses    silent pauses, which help to tell a sound from a word of the same spelling

    Source: Clark & Fox Tree (2002), Cognition 84:73-111, for um and uh; the spellings are our own lists.
    """
    known = filler_list(language)
    words = {phrase_of(text) for text in never}
    sounds = frozenset(
        place
        for place, token in enumerate(tokens)
        if known.sounds.fullmatch(token.plain) and (token.plain,) not in words and not _is_word(tokens, place)
    )
    unsure: list[_Candidate] = [
        ((marker.phrase,), marker) for marker in known.unsure_sounds if (marker.phrase,) not in words
    ]
    if not unsure:
        return sounds
    passage = _Passage(tokens, sounds, pauses)
    return sounds | {place for place in range(len(tokens)) if _length_at(passage, place, unsure)}


def fillers_in(
    tokens: Sequence[Token],
    sounds: Collection[int],
    language: str,
    pauses: Sequence[Pause],
    also: Sequence[str] = (),
    never: Sequence[str] = (),
) -> tuple[Filler, ...]:
    """Filled pauses and the discourse markers that act as fillers, in order, no token counted twice.

    sounds  as `filled_pauses` gives them
    pauses  silent pauses: what sets a word off where the engine writes no punctuation; empty where unknown
    also    words or phrases of the person's own, counted wherever they stand; case and punctuation do not matter
    never   words or phrases never counted, not even where `also` or the program's own list has them

    Source: Laske & DiGennaro Reed (2024) for counting both kinds, apart; the context rules are our own.
    """
    own = [(phrase, None) for text in also if (phrase := phrase_of(text))]
    standard = [(tuple(marker.phrase.split()), marker) for marker in filler_list(language).markers]
    left_out = {phrase_of(text) for text in never}
    candidates: list[_Candidate] = [each for each in (*own, *standard) if each[0] not in left_out]
    candidates.sort(key=lambda candidate: (-len(candidate[0]), candidate[1] is not None))
    return tuple(_found(_Passage(tokens, sounds, pauses), candidates))


def _found(passage: "_Passage", candidates: Sequence[_Candidate]) -> Iterator[Filler]:
    position = 0
    while position < len(passage.tokens):
        length = _length_at(passage, position, candidates)
        if length:
            stretch = passage.tokens[position : position + length]
            own_sound = length == 1 and position in passage.sounds
            passage.take(position, length)
            yield Filler(
                text=" ".join(token.plain for token in stretch),
                start_s=stretch[0].start_s,
                end_s=stretch[-1].end_s,
                kind="sound" if own_sound else "word",
            )
        position += max(1, length)


def _length_at(passage: "_Passage", position: int, candidates: Sequence[_Candidate]) -> int:
    """How many words the filler that begins here has; 0 where none does."""
    if position in passage.sounds:
        return 1
    for phrase, marker in candidates:
        if passage.has(phrase, position) and (marker is None or passage.acts_as_filler(marker, position)):
            return len(phrase)
    return 0


class _Passage:
    """The words with what parts them: whether something sets off each word from the one before it."""

    def __init__(self, tokens: Sequence[Token], sounds: Collection[int], pauses: Sequence[Pause]) -> None:
        self.tokens = tokens
        self.sounds = sounds
        self._plain = tuple(token.plain for token in tokens)
        self._parted = [True] * (len(tokens) + 1)
        silences = {word + 1 for word in words_before(pauses, tokens)}
        for place in range(1, len(tokens)):
            beside_sound = place - 1 in sounds or place in sounds
            marked = tokens[place - 1].ends_clause or "…" in tokens[place - 1].after
            marked = marked or not _OPENING_SIGNS.isdisjoint(tokens[place].before)
            self._parted[place] = marked or beside_sound or place in silences
        #: Until the first word that is no filler, a marker still opens the answer.
        self._opening = 0

    def has(self, phrase: tuple[str, ...], position: int) -> bool:
        return self._plain[position : position + len(phrase)] == phrase

    def take(self, position: int, length: int) -> None:
        """Count this stretch as a filler: it sets off its neighbours as a sound does."""
        self._parted[position] = self._parted[position + length] = True
        if position == self._opening:
            self._opening = position + length

    def acts_as_filler(self, marker: Marker, position: int) -> bool:
        end = position + len(marker.phrase.split())
        if self._is_ordinary(marker, position, end) or not self._fits_signs(marker, position, end):
            return False
        if marker.opens and position == self._opening:
            return True
        previous, following = self._neighbours(position, end)
        if following in marker.leads and previous not in marker.no_lead:
            return True
        if any(previous in before and following in after for before, after in marker.between):
            return True
        pair = (self._plain[position - 2] if position > 1 else "", previous)
        quotes = pair in marker.speakers and end not in self.sounds
        carried = previous in marker.carriers and not quotes
        sides = self._parted[position] + self._parted[end]
        match marker.set_off:
            case SetOff.NEEDLESS:
                return True
            case SetOff.EITHER_SIDE:
                return sides > 0 or carried
            case SetOff.BOTH_SIDES:
                return (sides == 2 or (self._parted[end] and carried)) and self._has_company(marker, position, end)

    def _neighbours(self, position: int, end: int) -> tuple[str, str]:
        """The words right before and after; '' where something parts them."""
        return (
            "" if self._parted[position] else self._plain[position - 1],
            "" if self._parted[end] else self._plain[end],
        )

    def _said_before(self, position: int) -> str:
        """The word before, across a pause; '' where punctuation or a filled pause parts them."""
        if position == 0 or position - 1 in self.sounds or self.tokens[position - 1].after:
            return ""
        return self._plain[position - 1]

    def _is_ordinary(self, marker: Marker, position: int, end: int) -> bool:
        """Whether a word near by says that it is none."""
        previous, following = self._neighbours(position, end)
        goes_on = not marker.goes_on.isdisjoint(self._plain[end + 1 : end + 2])
        return (
            previous in marker.not_after
            or (self._said_before(position) in marker.not_behind)
            or (following in marker.not_before and not goes_on)
            or not marker.not_since.isdisjoint(self._plain[max(0, position - 5) : position])
            or not marker.not_ahead.isdisjoint(self._plain[end : end + 1])
        )

    def _has_company(self, marker: Marker, position: int, end: int) -> bool:
        if not marker.company or position == self._opening or end == len(self.tokens):
            return True
        if self.tokens[position - 1].ends_sentence or self.tokens[end - 1].ends_sentence:
            return True
        beside = {position - 1, end}
        return not beside.isdisjoint(self.sounds) or any(self._plain[place] in marker.company for place in beside)

    def _fits_signs(self, marker: Marker, position: int, end: int) -> bool:
        """Whether the signs before and after it let the marker be a filler."""
        signs = self.tokens[end - 1].after
        if marker.only_with and not any(sign in signs for sign in marker.only_with):
            return False
        if any(sign in signs for sign in marker.not_with):
            return False
        return not marker.inside or (position > 0 and not self.tokens[position - 1].ends_sentence)


def _is_word(tokens: Sequence[Token], place: int) -> bool:
    """Spelled like a filled pause, and none: eh?, 5 mm, to err on the safe side, the ER, 'er for her."""
    token = tokens[place]
    previous = tokens[place - 1].plain if place else ""
    following = tokens[place + 1].plain if place + 1 < len(tokens) else ""
    match token.plain:
        case "eh":
            return not {"?", "!"}.isdisjoint(token.after)
        case "mm":
            return previous[-1:].isdigit()
        case "err":
            return previous == "to" or following == "on"
        case "er":
            emergency_room = token.written == "ER" and previous in ("the", "an", "in", "our")
            return emergency_room or token.before.endswith(("'", "’"))
        case _:
            return False
