"""What a microphone, a room and a recogniser make of a text that is known: somebody has read it aloud into them.

The text holds filled pauses at known places, so that of those spoken the ones heard can be counted, one by one. It
says how good the counts of other recordings are likely to be; it is no reason to change them (docs/measures.md).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rehearse.measurement.filled_pauses import SAME_WITHIN_S
from rehearse.measurement.fillers import Filler, filled_pauses
from rehearse.measurement.measures import Measures
from rehearse.measurement.side_by_side import Pair, SideBySide, side_by_side
from rehearse.measurement.words import Token, tokens_of
from rehearse.transcription.transcript import EngineIdentity, Transcript, Word

#: Of the text and of what is heard in it.
LANGUAGE = "en"
#: With more errors a word than this, somebody said something else.
MOST_ERRORS = 0.6
#: Of fewer fillers than this nothing can be said.
LEAST_FILLERS = 3
#: Whoever comes as near to the end has read it all; a recogniser may miss the last words.
END_WITHIN_WORDS = 3
#: Beside a filler words are misheard. How many on either side, until a word is looked for no further.
_REACH_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What was heard of a text read aloud. Only the part that was read counts.

    text_words           words in the whole text, without its fillers
    words_read           words in the part that was read
    words_heard          of these, written as they stand in the text
    word_error_ratio     words replaced, left out or added for each word read, >= 0
    fillers_spoken       um and uh in the part that was read
    fillers_heard_text   of these, written by the recogniser
    fillers_heard_sound  of these, found in the sound where nobody wrote them; None where nobody looked
    fillers_heard        of these, heard either way
    false_fillers        fillers heard, of either kind, where the text has none
    level_dbfs, noise_floor_dbfs, clipped  as in Measures
    snr_db               level of the speech over the noise; None where one of the two is unknown
    """

    text_words: int
    words_read: int
    words_heard: int
    word_error_ratio: float
    fillers_spoken: int
    fillers_heard_text: int
    fillers_heard_sound: int | None
    fillers_heard: int
    false_fillers: int
    level_dbfs: float | None
    noise_floor_dbfs: float | None
    snr_db: float | None
    clipped: bool | None

    @property
    def was_read(self) -> bool:
        """Whether the text can have been what was said."""
        return self.words_read > 0 and self.word_error_ratio <= MOST_ERRORS

    @property
    def is_enough(self) -> bool:
        """Whether enough of it was read to tell anything."""
        return self.fillers_spoken >= LEAST_FILLERS

    @property
    def is_whole(self) -> bool:
        return self.words_read == self.text_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrated:
    """A calibration that counts, and for what.

    made_at  aware, UTC
    device   name of the microphone, '' where that is not known
    engine   who heard it
    """

    made_at: datetime
    device: str
    engine: EngineIdentity
    found: Calibration


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """Where one filler of the text was to be heard.

    first, last     it stands after so many of the words heard, at least and at most
    start_s, end_s  from the start of the word before to the end of the word after
    """

    first: int
    last: int
    start_s: float
    end_s: float


def calibrate(
    text: str, transcript: Transcript, measures: Measures, sounds_heard: Sequence[Filler] | None
) -> Calibration:
    """Compares what was heard with the text.

    text          as it was to be read, um and uh written out where they were to be said
    transcript    what the recogniser wrote
    measures      of the same recording, with nobody's own list of fillers
    sounds_heard  filled pauses in its sound that nobody wrote, all of them; None where nobody looked

    A filler heard is credited to one that is written between the same words, and to one only. Whatever else is heard
    counts as false, a filler word such as 'like' too: the text must hold none that acts as one.
    """
    meant, gaps = _text(text)
    tokens = tokens_of(transcript.words)
    sounds = filled_pauses(tokens, LANGUAGE, pauses=measures.pauses or ())
    heard = [token for place, token in enumerate(tokens) if place not in sounds]
    aligned = side_by_side(meant, [token.plain for token in heard], END_WITHIN_WORDS)
    spots = [_spot(gap, aligned, heard) for gap in gaps if gap < aligned.length]

    written = [(place - number, tokens[place]) for number, place in enumerate(sorted(sounds))]
    markers = sum(filler.kind == "word" for filler in measures.fillers or ())
    by_text, by_sound, others = _credited(written, sounds_heard or (), spots)
    noise_dbfs, level_dbfs = measures.noise_floor_dbfs, measures.level_dbfs
    return Calibration(
        text_words=len(meant),
        words_read=aligned.length,
        words_heard=sum(pair.same for pair in aligned.pairs),
        word_error_ratio=aligned.errors / aligned.length if aligned.length else 1.0,
        fillers_spoken=len(spots),
        fillers_heard_text=len(by_text),
        fillers_heard_sound=None if sounds_heard is None else len(by_sound),
        fillers_heard=len(by_text) + len(by_sound),
        false_fillers=others + markers,
        level_dbfs=level_dbfs,
        noise_floor_dbfs=noise_dbfs,
        snr_db=None if level_dbfs is None or noise_dbfs is None else level_dbfs - noise_dbfs,
        clipped=measures.clipped,
    )


def marked(text: str) -> str:
    """The text with each of its fillers in brackets, to be seen by whoever reads it aloud; its lines stay."""

    def mark(word: str) -> str:
        tokens = tokens_of([Word(text=word, start_s=0.0, end_s=0.0)])
        if not filled_pauses(tokens, LANGUAGE):
            return word
        return "".join(f"{token.before}[{token.written}]{token.after}" for token in tokens)

    return re.sub(r"\S+", lambda found: mark(found.group()), text)


def _text(text: str) -> tuple[list[str], list[int]]:
    """Its words, and for each filler in it how many of them stand before."""
    tokens = tokens_of(Word(text=word, start_s=0.0, end_s=0.0) for word in text.split())
    fillers = sorted(filled_pauses(tokens, LANGUAGE))
    words = [token.plain for place, token in enumerate(tokens) if place not in fillers]
    return words, [place - number for number, place in enumerate(fillers)]


def _spot(gap: int, aligned: SideBySide, heard: Sequence[Token]) -> _Spot:
    """Between the nearest words on either side that were heard as they are written."""
    pairs = aligned.pairs
    here = next(place for place, pair in enumerate(pairs) if pair.meant == gap)
    before, after = here, here
    while before > 0 and here - before < _REACH_WORDS and not pairs[before - 1].same:
        before -= 1
    while after < len(pairs) and after - here < _REACH_WORDS and not pairs[after].same:
        after += 1
    first, last = _words_in(pairs[:before]), _words_in(pairs[:after])
    return _Spot(
        first=first,
        last=last,
        start_s=heard[first - 1].start_s if first else 0.0,
        end_s=heard[last].end_s if last < len(heard) else float("inf"),
    )


def _credited(
    written: Sequence[tuple[int, Token]], sounds: Sequence[Filler], spots: Sequence[_Spot]
) -> tuple[frozenset[int], frozenset[int], int]:
    """Spots whose filler was written, others whose filler was in the sound alone, and how many fillers got no spot.

    written  filled pauses in the words, each after so many of the words heard
    """
    by_text = _matched([[s.first <= after <= s.last for s in spots] for after, _ in written], frozenset())
    alone = [sound for sound in sounds if not _is_among(sound, [token for _, token in written])]
    by_sound = _matched([[_is_at(sound, spot) for spot in spots] for sound in alone], by_text)
    return by_text, by_sound, len(written) - len(by_text) + len(alone) - len(by_sound)


def _words_in(pairs: Sequence[Pair]) -> int:
    return sum(pair.heard is not None for pair in pairs)


def _is_at(sound: Filler, spot: _Spot) -> bool:
    """An alignment may take the end of a filler for the word before it: its place is known to a word or so."""
    middle_s = (sound.start_s + sound.end_s) / 2
    return spot.start_s - SAME_WITHIN_S <= middle_s <= spot.end_s + SAME_WITHIN_S


def _is_among(sound: Filler, written: Sequence[Token]) -> bool:
    return any(
        sound.start_s <= token.end_s + SAME_WITHIN_S and sound.end_s >= token.start_s - SAME_WITHIN_S
        for token in written
    )


def _matched(fits: Sequence[Sequence[bool]], taken: frozenset[int]) -> frozenset[int]:
    """The spots that get one of these fillers, each at most one and each filler to at most one; all in order.

    fits   for each filler, whether it may belong to each spot. Spots end in the order they begin in, so whoever takes
           the first one that is free leaves the most for those after
    taken  spots that have one already
    """
    given: set[int] = set()
    for spots in fits:
        free = next((spot for spot, may in enumerate(spots) if may and spot not in taken | given), None)
        if free is not None:
            given.add(free)
    return frozenset(given)
