"""Which fillers of an answer count: those of the text, those of the sound alone, and what a person said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rehearse.measurement.corrections import Correction, weigh
from rehearse.measurement.filled_pauses import Heard, unwritten
from rehearse.measurement.fillers import Filler
from rehearse.measurement.words import Token, phrase_of

#: Whether the fillers hold those that only the sound gives away, or drawn-out words could not be told from them.
SoundFillers: TypeAlias = Literal["counted", "cannot tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedFillers:
    """
    sounds         places of the tokens that are filled pauses and no words
    fillers        those that count, in order; None where there are no words
    left_out       those that were heard and do not count, in order; None likewise
    sound_fillers  None where nobody listened for those that no engine wrote
    """

    sounds: frozenset[int]
    fillers: tuple[Filler, ...] | None
    left_out: tuple[Filler, ...] | None
    sound_fillers: SoundFillers | None


def count_fillers(
    tokens: Sequence[Token],
    sounds: frozenset[int],
    written: Sequence[Filler],
    answer_s: float,
    *,
    never: Sequence[str] = (),
    heard: Sequence[Filler] | None = None,
    corrections: Sequence[Correction] = (),
) -> CountedFillers:
    """The fillers of an answer of so many seconds.

    sounds   places of the tokens that were written as filled pauses
    written  all fillers of the transcript, those sounds among them
    heard    filled pauses that only the sound gives away, from `from_sound`; None where nobody listened for them
    never, corrections  those of `measures.measure`

    What a person rejects changes nothing about the fillers beside it: they were told by what an engine wrote.
    """
    never_counted = {phrase_of(text) for text in never}
    alone = Heard(fillers=(), can_tell=True)
    if heard is not None:
        wanted = [sound for sound in heard if (sound.text,) not in never_counted]
        alone = unwritten(wanted, written, answer_s)
    meant = [each for each in corrections if tuple(each.text.split()) not in never_counted]
    weighed = weigh((*written, *alone.fillers), alone.too_many, meant)
    rejected = {filler.start_s for filler in weighed.left_out if filler.source == "text" and filler.kind == "sound"}
    can_tell = alone.can_tell or all(filler.confirmed is not None for filler in weighed.left_out)
    return CountedFillers(
        sounds=frozenset(place for place in sounds if tokens[place].start_s not in rejected),
        fillers=weighed.fillers if tokens else None,
        left_out=weighed.left_out if tokens else None,
        sound_fillers=None if heard is None else "counted" if can_tell else "cannot tell",
    )
