"""When each known word was said, and where a filled pause may stand between two of them: PocketSphinx, told the words.

A recogniser that leaves out every 'um' still writes the words around it. They are laid along the sound with an optional
filled pause after each: the acoustic model has a phone for it (+SPN+), and where the sound fits that phone better than
the words beside it or silence, there is a hesitation. Whether it is one is for `measurement.filled_pauses` to check.

A chunk's own sound and words are all that counts: nothing is carried over from the chunk before.
"""

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Samples
from rehearse.errors import EngineFailed
from rehearse.transcription.alignment import (
    NASAL,
    VOWEL,
    WRITTEN_NASAL,
    WRITTEN_VOWEL,
    Alignment,
    Segment,
    alignment_of,
    best_cut,
)
from rehearse.transcription.pronunciations import sounds_of, spoken
from rehearse.transcription.transcript import Span, Word

if TYPE_CHECKING:
    from pocketsphinx import Decoder, FsgModel

#: The language of PocketSphinx's own model.
LANGUAGE = "en"

#: Narrower beams lose the path where some of the words are wrong.
_BEAMS = {"beam": 1e-120, "pbeam": 1e-120, "wbeam": 1e-100}
_FILLER_WEIGHT = 0.05
_NASAL_WEIGHT = 0.3

_PHONES = {VOWEL: "+SPN+", NASAL: "M", WRITTEN_VOWEL: "+SPN+", WRITTEN_NASAL: "M"}
_WRITTEN = re.compile(r"\W*(?:u+h+m*|u+m+|e+r+m*|e+h+m+)\W*", re.IGNORECASE)

#: What may stand anywhere. The stock [NOISE] is left out: it swallows words.
_SILENCES = "<s> SIL\n</s> SIL\n<sil> SIL\n"
_NOT_SAID = ("<sil>", "(NULL)")
_FRAMES_PER_S = 100

#: Not speech. A tag that is never closed must not swallow the rest.
_LONGEST_TAG = 8
_TAG_ENDS = {"[": "]", "*": "*", "♪": "♪"}

#: State, next state, weight, and what is said between them, nothing where there is no word.
_Transition: TypeAlias = tuple[int, int, float] | tuple[int, int, float, str]


class Aligner:
    """PocketSphinx with a grammar of one path, loaded when it is first needed. Not for two threads at once.

    It holds Python's lock while it works, so it belongs into a process where nobody waits.
    """

    def __init__(self) -> None:
        self._decoder: Decoder | None = None
        self._added: set[str] = set()

    def align(self, words: Sequence[Word], samples: Samples, start_s: float) -> Alignment:
        """Lays the words of one chunk along its sound.

        words    in order, punctuation and fillers as the engine wrote them; their times only tell on which side of a
                 pause a word stands, should the chunk have to be cut
        samples  of the chunk, mono at 16 kHz, shape (n,), -1.0..1.0; half a minute takes about half a second
        start_s  where the chunk begins in the recording that the word times are counted in

        Raises EngineFailed where PocketSphinx cannot be started.
        """
        spoken_words = self._spoken(words)
        path = self._path([form for each in spoken_words for form in each], samples)
        if path is not None:
            return alignment_of(words, spoken_words, path, start_s)
        cut = best_cut(words, samples, start_s)
        if cut is None:
            given_up = Span(start_s=start_s, end_s=start_s + len(samples) / ANALYSIS_RATE_HZ)
            return Alignment(words=tuple(words), found=(False,) * len(words), hesitations=(), given_up=(given_up,))
        count, at = cut
        before = self.align(words[:count], samples[:at], start_s)
        after = self.align(words[count:], samples[at:], start_s + at / ANALYSIS_RATE_HZ)
        return Alignment(
            words=before.words + after.words,
            found=before.found + after.found,
            hesitations=before.hesitations + after.hesitations,
            given_up=before.given_up + after.given_up,
        )

    def close(self) -> None:
        """Gives its memory back; another `align` would load it again."""
        self._decoder = None
        self._added.clear()

    def _spoken(self, words: Sequence[Word]) -> list[tuple[str, ...]]:
        """For each word what is said for it; nothing for tags and signs."""
        forms: list[tuple[str, ...]] = []
        tag_end = 0
        for place, word in enumerate(words):
            text = word.text.strip()
            if _WRITTEN.fullmatch(text):
                forms.append((WRITTEN_VOWEL,))
                continue
            if place >= tag_end:
                tag_end = place + _tag_length([each.text.strip() for each in words[place : place + _LONGEST_TAG]])
            forms.append(() if place < tag_end else spoken(text, self._is_known))
        return forms

    def _path(self, forms: Sequence[str], samples: Samples) -> "list[Segment] | None":
        """What stands where, as PocketSphinx sees it; None where these words do not fit this sound."""
        if not len(samples):
            return None if forms else []
        decoder = self._ready()
        for form in forms:
            if decoder.lookup_word(form) is None:
                decoder.add_word(form, sounds_of(form), True)
                self._added.add(form)
        decoder.add_fsg("words", _grammar(decoder, forms))
        decoder.activate_search("words")
        try:
            # Else the noise estimate and the cepstral mean of the chunk before live on.
            decoder.reinit_feat()
            decoder.start_utt()
            decoder.process_raw(
                np.clip(np.rint(samples * 32768.0), -32768, 32767).astype("<i2").tobytes(), full_utt=True
            )
            decoder.end_utt()
        except RuntimeError:
            return None
        if decoder.hyp() is None:
            return None
        return [
            Segment(
                form=each.word, start_s=each.start_frame / _FRAMES_PER_S, end_s=(each.end_frame + 1) / _FRAMES_PER_S
            )
            for each in decoder.seg()
            if each.word not in _NOT_SAID
        ]

    def _is_known(self, form: str) -> bool:
        # What a chunk before has added must not change how a word of this one is taken apart.
        return form not in self._added and self._ready().lookup_word(form) is not None

    def _ready(self) -> "Decoder":
        self._decoder = self._decoder or _decoder()
        return self._decoder


def _tag_length(texts: Sequence[str]) -> int:
    """Of how many words the tag is that opens the first of these, such as [Music]; 0 where it opens none."""
    closing = _TAG_ENDS.get(texts[0][:1])
    if closing is None:
        return 0
    for place, text in enumerate(texts):
        if closing in (text if place else text[1:]):
            return place + 1
    return 0


def _decoder() -> "Decoder":
    try:
        from pocketsphinx import Decoder

        with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
            silences = Path(folder) / "silences"
            silences.write_text(_SILENCES, encoding="ascii")
            decoder = Decoder(
                samprate=ANALYSIS_RATE_HZ, lm=None, fdict=str(silences), bestpath=False, loglevel="FATAL", **_BEAMS
            )
    except (ImportError, OSError, RuntimeError) as error:
        raise EngineFailed(
            "The program that finds each word in the sound could not be started.",
            "Install rehearse again; it comes with its pocketsphinx package.",
        ) from error
    for form, phones in _PHONES.items():
        decoder.add_word(form, phones, True)
    return decoder


def _grammar(decoder: "Decoder", forms: Sequence[str]) -> "FsgModel":
    """All words in order, and any number of filled pauses before, between and after them."""
    transitions: list[_Transition] = []
    states = 0

    def paused(state: int) -> int:
        vowel = state + 1
        transitions.extend(
            ((state, vowel, _FILLER_WEIGHT, VOWEL), (vowel, state, _NASAL_WEIGHT, NASAL), (vowel, state, 1.0))
        )
        return vowel

    last = paused(states)
    state = 0
    for form in forms:
        following = last + 1
        transitions.append((state, following, 1.0, form))
        if form == WRITTEN_VOWEL:
            # The m may be missing; however it is written, an engine knows no difference between uh and um.
            transitions.extend(((following, following + 1, 1.0), (following, following + 1, 1.0, WRITTEN_NASAL)))
            following += 1
        state, last = following, paused(following)
    return decoder.create_fsg("words", 0, state, transitions)
