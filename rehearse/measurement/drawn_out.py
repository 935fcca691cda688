"""What the sounds that a voice holds are: a word drawn out, a hum, or a filled pause that no word accounts for. Pure.

A recogniser's times are rough, and a filled pause that it leaves out goes to a word beside it. So a sound is said to be
a word's own where the word covers it, or would have no time left without it.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from rehearse.measurement.filled_pauses import SAME_WITHIN_S
from rehearse.measurement.fillers import Filler
from rehearse.measurement.held_sounds import Held, HeldSound
from rehearse.measurement.markers import HeldVowel
from rehearse.measurement.words import Token

# Own choices, made on the development voices of bench/fillers.py and judged on others.
#: A sound is a word's own where words cover this share of it.
COVERED = 0.5
#: Or where a word that it overlaps would keep less than this share of the time that it takes at this speaker's pace.
LEAST_ROOM = 0.6
#: A word is drawn out where a sound of it is held this long, and longer than this voice holds a sound: by so many
#: standard deviations of the logarithm, taken from the median's distance so that the held ones do not widen it.
STRETCHED_S = 0.25
STRETCHED_SD = 2.0
_SD_BOUNDS = (0.35, 0.45)
_LEAST_LENGTHS = 10
_TYPICAL_HELD_S = 0.09
#: dB, as in `filled_pauses`: a voice is never steadier than the first, a word seldom than the second.
CHANGE_DB = (0.25, 2.6)
#: With the mouth closed the sound has a formant under the first, or none, and none up to the second; the nose lets
#: little above 1 kHz through. An m or n of a word has the word beside it; a hum stands apart by this many dB.
CLOSED_HZ = (350.0, 1000.0)
CLOSED_HIGH_DB = -8.0
HUM_APART_DB = 15.0
LONGEST_S = 2.5
_TOUCH_S = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchedWord:
    """
    text   the word as said, lower case, without punctuation
    times  of the sound in it that is held
    """

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hum:
    """A sound with the mouth closed that no word accounts for: 'hm'."""

    start_s: float
    end_s: float


class HeldAmongWords:
    """The held sounds of one answer, and the words around them.

    tokens    with their times, in order and without overlap; written filled pauses among them
    speech_s  how long the speaker speaks, pauses left out
    """

    def __init__(self, held: Held, tokens: Sequence[Token], speech_s: float) -> None:
        self._held = held
        self._tokens = tokens
        self._starts_s = [token.start_s for token in tokens]
        self._letter_s = speech_s / max(1, sum(_letters(token) for token in tokens))

    def filled_pauses(self, vowel: HeldVowel) -> tuple[Filler, ...]:
        """Held sounds with this vowel that are no word's, source 'sound'."""
        return tuple(
            Filler(text=vowel.written, start_s=sound.start_s, end_s=sound.end_s, kind="sound", source="sound")
            for sound in self._held.sounds
            if vowel.is_like(sound.first_hz, sound.second_hz) and _is_voice(sound) and not self._word_of(sound)
        )

    def hums(self, fillers: Sequence[Filler]) -> tuple[Hum, ...]:
        """Closed-mouth sounds that belong to no word and are none of the fillers, in order."""
        return tuple(
            Hum(start_s=sound.start_s, end_s=sound.end_s)
            for sound in self._held.sounds
            if _is_hum(sound)
            and _is_voice(sound)
            and not _is_one_of(fillers, sound, SAME_WITHIN_S)
            and not self._word_of(sound)
        )

    def stretched(self, fillers: Sequence[Filler]) -> tuple[StretchedWord, ...]:
        """Words with a sound that is held far longer than this speaker's others, in order; none of the fillers.

        Source: Eklund (2001), DiSS, pp. 5-8, for prolongation as a way to hesitate.
        """
        least_s = self._stretched_from_s()
        found: list[StretchedWord] = []
        for sound in self._held.sounds:
            # Without a vowel it is as likely to be a sound that no word was written for.
            has_vowel = sound.first_hz <= CLOSED_HZ[1]
            if sound.length_s < least_s or not (has_vowel and _is_voice(sound)) or _is_one_of(fillers, sound):
                continue
            word = self._word_of(sound)
            if word is not None and self._room(word, sound) < 1.0:
                found.append(StretchedWord(text=word.plain, start_s=sound.start_s, end_s=sound.end_s))
        return tuple(found)

    def _stretched_from_s(self) -> float:
        lengths = [math.log(length_s) for length_s in self._held.lengths_s]
        if len(lengths) < _LEAST_LENGTHS:
            return max(STRETCHED_S, _TYPICAL_HELD_S * math.exp(STRETCHED_SD * _SD_BOUNDS[1]))
        usual = median(lengths)
        sd = 1.4826 * median(abs(length - usual) for length in lengths)
        return max(STRETCHED_S, math.exp(usual + STRETCHED_SD * min(max(sd, _SD_BOUNDS[0]), _SD_BOUNDS[1])))

    def _word_of(self, sound: HeldSound) -> Token | None:
        """The word that the sound belongs to, None where it is no word's."""
        first = max(0, bisect_right(self._starts_s, sound.start_s) - 1)
        last = bisect_right(self._starts_s, sound.end_s)
        beside = [token for token in self._tokens[first:last] if _shared_s(sound, token) > _TOUCH_S]
        if not beside:
            return None
        covered_s = sum(_shared_s(sound, token) for token in beside)
        if covered_s < COVERED * sound.length_s and all(self._room(token, sound) >= LEAST_ROOM for token in beside):
            return None
        return max(beside, key=lambda token: _shared_s(sound, token))

    def _room(self, token: Token, sound: HeldSound) -> float:
        """What is left of a word beside the sound, against the time that the word takes at this speaker's pace."""
        left_s = max(0.0, sound.start_s - token.start_s, token.end_s - sound.end_s)
        return left_s / (_letters(token) * self._letter_s)


def not_drawn_out(fillers: Sequence[Filler], stretched: Sequence[StretchedWord]) -> tuple[Filler, ...]:
    """Those of the filled pauses that do not cover most of what is held in a word: there the aligner heard the word."""
    return tuple(
        filler
        for filler in fillers
        if not any(
            min(filler.end_s, word.end_s) - max(filler.start_s, word.start_s) > COVERED * (word.end_s - word.start_s)
            for word in stretched
        )
    )


def _is_one_of(fillers: Sequence[Filler], sound: HeldSound, within_s: float = 0.0) -> bool:
    return any(filler.kind == "sound" and _shared_s(sound, filler) > -within_s for filler in fillers)


def _letters(token: Token) -> int:
    # Short words take longer for each letter than long ones.
    return len(token.plain) + 1


def _shared_s(sound: HeldSound, other: Token | Filler) -> float:
    return min(sound.end_s, other.end_s) - max(sound.start_s, other.start_s)


def _is_voice(sound: HeldSound) -> bool:
    return CHANGE_DB[0] <= sound.change_db <= CHANGE_DB[1] and sound.length_s <= LONGEST_S


def _is_hum(sound: HeldSound) -> bool:
    low, high = CLOSED_HZ
    without_formant = sound.first_hz > high or (sound.first_hz < low and sound.second_hz > high)
    return without_formant and sound.high_db <= CLOSED_HIGH_DB and sound.apart_db >= HUM_APART_DB
