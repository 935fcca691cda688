"""What of an answer only its sound gives away: filled pauses that no engine wrote, hums, words drawn out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rehearse.measurement.drawn_out import HeldAmongWords, Hum, StretchedWord, not_drawn_out
from rehearse.measurement.filled_pauses import unwritten
from rehearse.measurement.fillers import Filler
from rehearse.measurement.held_sounds import Held
from rehearse.measurement.languages import filler_list
from rehearse.measurement.words import Token, phrase_of
from rehearse.transcription.transcript import Transcript

#: Whether the fillers hold those that only the sound gives away, or drawn-out words could not be told from them.
SoundFillers: TypeAlias = Literal["counted", "cannot tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FromSound:
    """
    fillers          filled pauses that only the sound gives away, in order, to be counted with the others
    sound_fillers    whether they are all there are; None where nobody looked
    stretched_words  never counted, as are the hums; None where nobody looked
    """

    fillers: tuple[Filler, ...] = ()
    sound_fillers: SoundFillers | None = None
    stretched_words: tuple[StretchedWord, ...] | None = None
    hums: tuple[Hum, ...] | None = None


def from_sound(
    transcript: Transcript,
    tokens: Sequence[Token],
    written: Sequence[Filler],
    *,
    aligned: Sequence[Filler] | None,
    held: Held | None,
    answer_s: float,
    phonation_s: float | None,
    never: Sequence[str],
) -> FromSound:
    """What the sound gives away beside the words.

    written  fillers of the transcript
    aligned  filled pauses by the aligner, from `filled_pauses_in`; None where there is none for the language: there
             those with the language's own vowel are taken that no word accounts for, if it is known how well that works
    held     from `held_sounds`; None where nobody looked
    never    words or phrases that are no filler for this person
    """
    among = None
    if held is not None and phonation_s is not None:
        among = HeldAmongWords(held, tokens, phonation_s)
    vowel = filler_list(transcript.language).held_vowel
    stretched = among.stretched(written) if among is not None else ()
    sounds = not_drawn_out(aligned, stretched) if aligned is not None else None
    # Only Whisper leaves hesitations out and is known for how it times the words around them.
    if sounds is None and among is not None and vowel is not None and transcript.engine.name == "whisper":
        sounds = among.filled_pauses(vowel)
    heard = None
    if sounds is not None:
        left_out = {phrase_of(text) for text in never}
        heard = unwritten([sound for sound in sounds if (sound.text,) not in left_out], written, answer_s)
    known = (*written, *(sounds or ()))
    # The draft's words are too often wrong to say which of them was drawn out.
    looked = among if transcript.engine.name != "draft" else None
    return FromSound(
        fillers=heard.fillers if heard else (),
        sound_fillers=None if heard is None else "counted" if heard.can_tell else "cannot tell",
        stretched_words=looked.stretched(known) if looked else None,
        hums=looked.hums(known) if looked else None,
    )
