"""Written answers turned into what a recogniser gives: words with times, and the pauses of the sound.

The texts are tests/fixtures/landing/*.toml. Words last as long as their vowels are many, sentences end in a pause,
some commas do, and some words are hesitated before; the whole takes as long as the answer's words a minute say.
"""

import functools
import random
import re
import tomllib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from rehearse.measurement.fillers import filled_pauses
from rehearse.measurement.landing import Landing, find_landing
from rehearse.measurement.pauses import Pause, silent_pauses
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Span, SpeechActivity, Word

FOLDER = Path(__file__).parent / "fixtures" / "landing"
_SAID_IT_ALL = "||"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenAnswer:
    """
    words    as Whisper writes them
    speech   where somebody speaks
    truth_s  end of the last word with news; None where that is the end
    """

    words: tuple[Word, ...]
    speech: SpeechActivity
    truth_s: float | None

    @property
    def pauses(self) -> tuple[Pause, ...]:
        return silent_pauses(self.speech)


def spoken_answers(part: str) -> list[SpokenAnswer]:
    """All answers of one part: 'tuning' or 'held-out'."""
    written = tomllib.loads((FOLDER / f"{part}.toml").read_text(encoding="utf-8"))["answer"]
    return [speak(each["text"], each["wpm"], seed) for seed, each in enumerate(written)]


def speak(text: str, wpm: float, seed: int = 0) -> SpokenAnswer:
    """The text said at so many words a minute, pauses included; '||' stands where all has been said."""
    chance = random.Random(seed)
    said = [piece for piece in text.split() if piece != _SAID_IT_ALL]
    weights = [max(1, len(re.findall(r"[aeiouy]+", piece.lower()))) for piece in said]
    silences_s = [_silence_s(piece, chance) for piece in said[:-1]] + [0.0]
    for_a_vowel_s = (len(said) / wpm * 60 - sum(silences_s)) / sum(weights)
    words, clock_s = [], 0.5
    for piece, weight, silence_s in zip(said, weights, silences_s, strict=True):
        words.append(Word(text=piece, start_s=clock_s, end_s=clock_s + weight * for_a_vowel_s))
        clock_s = words[-1].end_s + silence_s
    news = len(text.partition(_SAID_IT_ALL)[0].split())
    return SpokenAnswer(
        words=tuple(words),
        speech=_speech(words),
        truth_s=words[news - 1].end_s if news < len(words) else None,
    )


def as_draft(answer: SpokenAnswer, wrong_share: float = 0.0, seed: int = 0) -> SpokenAnswer:
    """The same as a rough recogniser writes it: lower case, no punctuation, some words heard as others."""
    chance = random.Random(seed)
    plain = [re.sub(r"[^\w'-]", "", word.text).lower() for word in answer.words]
    heard = [chance.choice(_words_of_others()) if chance.random() < wrong_share else text for text in plain]
    words = [
        Word(text=text, start_s=word.start_s, end_s=word.end_s) for text, word in zip(heard, answer.words, strict=True)
    ]
    return SpokenAnswer(words=tuple(words), speech=answer.speech, truth_s=answer.truth_s)


@functools.cache
def _words_of_others() -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z']+", (FOLDER / "tuning.toml").read_text(encoding="utf-8").lower()))


def landing_of(answer: SpokenAnswer) -> Landing | None:
    tokens = tokens_of(answer.words)
    return find_landing(tokens, filled_pauses(tokens, "en"), "en", answer.pauses)


def _silence_s(piece: str, chance: random.Random) -> float:
    if piece[-1] in ".?!":
        return chance.uniform(0.4, 1.0)
    if piece[-1] in ",:":
        return chance.choice((0.0, 0.0, 0.3, 0.4))
    return chance.uniform(0.3, 0.8) if chance.random() < 0.03 else 0.0


def _speech(words: list[Word]) -> SpeechActivity:
    starts_s = [words[0].start_s] + [after.start_s for before, after in pairwise(words) if after.start_s > before.end_s]
    ends_s = [before.end_s for before, after in pairwise(words) if after.start_s > before.end_s] + [words[-1].end_s]
    spans = tuple(Span(start_s=start_s, end_s=end_s) for start_s, end_s in zip(starts_s, ends_s, strict=True))
    return SpeechActivity(recording_s=words[-1].end_s + 0.5, spans=spans)
