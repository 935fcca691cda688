"""What of an answer only its sound gives away: filled pauses that no engine wrote, hums, words drawn out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.measurement.drawn_out import HeldAmongWords, Hum, StretchedWord, not_drawn_out
from rehearse.measurement.fillers import Filler
from rehearse.measurement.held_sounds import Held
from rehearse.measurement.languages import filler_list
from rehearse.measurement.words import Token
from rehearse.transcription.transcript import Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class FromSound:
    """
    sounds           filled pauses in the sound, in order, written ones too; None where nobody looked
    stretched_words  never counted, as are the hums; None where nobody looked
    """

    sounds: tuple[Filler, ...] | None = None
    stretched_words: tuple[StretchedWord, ...] | None = None
    hums: tuple[Hum, ...] | None = None


def from_sound(
    transcript: Transcript,
    tokens: Sequence[Token],
    written: Sequence[Filler],
    *,
    aligned: Sequence[Filler] | None,
    held: Held | None,
    phonation_s: float | None,
) -> FromSound:
    """What the sound gives away beside the words.

    written  fillers of the transcript
    aligned  filled pauses by the aligner, from `filled_pauses_in`; None where there is none for the language: there
             those with the language's own vowel are taken that no word accounts for, if it is known how well that works
    held     from `held_sounds`; None where nobody looked
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
    known = (*written, *(sounds or ()))
    # The draft's words are too often wrong to say which of them was drawn out.
    looked = among if transcript.engine.name != "draft" else None
    return FromSound(
        sounds=None if sounds is None else tuple(sounds),
        stretched_words=looked.stretched(known) if looked else None,
        hums=looked.hums(known) if looked else None,
    )
