"""Synthetic answers with filled pauses at known times, and with what is easily taken for one.

Clauses in voices of flite and espeak-ng. Between them, and between their words, stand 'um' and 'uh' spoken by the same
voice at various lengths. Hard negatives: words held much longer than usual, breaths and a humming machine in the
pauses. All random choices come from a seed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from bench.spoken_languages import LANGUAGES
from fixtures.espeak import espeak_with_words
from fixtures.voices import RATE_HZ, Sound, Spoken, flite
from rehearse.audio.recording import Samples
from rehearse.transcription.transcript import Span, Word

VOICES = {
    "development": ("flite slt", "flite rms", "espeak en-us", "espeak en-us+f3"),
    "held-out": ("flite awb", "flite kal16", "espeak gmw/en+m3", "espeak gmw/en-GB-scotland", "espeak en-us+f4"),
}
CLAUSES = {
    "development": (
        ("I asked my manager", "for two more weeks"),
        ("we had six people on the team", "and one of them left"),
        ("so I went to her desk", "and said what I thought"),
        ("the numbers did not match", "the forecast at all"),
        ("she listened for a while", "and then she laughed"),
        ("that was the hardest part", "of the whole project"),
        ("nobody had tested", "the backup before"),
        ("in the end we shipped it late", "but it worked"),
        ("what I learned", "is to ask early"),
        ("he gave us more tickets", "than we could plan"),
    ),
    "held-out": (
        ("my first job", "was in a small hospital"),
        ("we kept the records", "on paper for years"),
        ("then the director wanted", "everything changed at once"),
        ("I thought that was a mistake", "and told him so"),
        ("he asked me", "to prove it with facts"),
        ("so I spent a week", "with the nurses on the night shift"),
        ("most of the risks", "came up after midnight"),
        ("both of us were wrong", "about something"),
        ("the budget for the year", "was already gone"),
        ("my colleagues helped me", "to write the report"),
    ),
}
#: A person who drags a word says one of these.
HELD_WORDS = ("so", "the", "and", "to", "no", "more", "but", "of")

FILLERS = ("um", "uh")

#: Short enough to be one chunk; of these about every third holds a filled pause.
SENTENCES = 6

_LEVEL = 0.06
_NOISE = 0.06 * 10 ** (-40 / 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    words    all that is said but for the filled pauses, in order, with times as rough as a recogniser's: a word begins
             where the one before it ended, so a filled pause hides in the word after it
    fillers  where each filled pause is
    held     where each word is that was held far longer than usual
    hums     where each sound with the mouth closed is
    """

    sound: Samples
    words: tuple[Word, ...]
    fillers: tuple[Span, ...]
    held: tuple[Span, ...]
    hums: tuple[Span, ...] = ()


def answer(kind: str, voice: str, seed: int) -> Answer:
    """One answer of six sentences, about 25 s; kind is a key of VOICES. SpeechNotMade where the voice is missing."""
    return _Script(voice, np.random.default_rng(seed), [(word, word) for word in HELD_WORDS], FILLERS).spoken(
        CLAUSES[kind]
    )


def answer_in(language: str, kind: str, voice: str, seed: int, *, fluent: bool = False) -> Answer:
    """The same in one of LANGUAGES, with hums between its sentences; fluent has no hesitation of any kind."""
    material = LANGUAGES[language]
    chance = np.random.default_rng(seed)
    script = _Script(f"espeak {voice}", chance, material.held, material.fillers, () if fluent else material.hums)
    return script.spoken(material.clauses[kind], fluent=fluent)


class _Script:
    def __init__(
        self,
        voice: str,
        chance: np.random.Generator,
        held_words: Sequence[tuple[str, str]],
        fillers: Sequence[str],
        hums: Sequence[str] = (),
    ) -> None:
        self._voice = voice
        self._chance = chance
        self._held_words = held_words
        self._said_for_filler = fillers
        self._said_for_hum = hums
        self._parts: list[Sound] = []
        self._length = 0
        self._words: list[Word] = []
        self._fillers: list[Span] = []
        self._held: list[Span] = []
        self._hums: list[Span] = []
        self._word_end_s = 0.0

    def spoken(self, sentences: Sequence[tuple[str, str]], *, fluent: bool = False) -> Answer:
        chance = self._chance
        self._silence(0.5)
        for place in chance.permutation(len(sentences))[:SENTENCES]:
            first, second = sentences[place]
            if fluent:
                self._clause(f"{first} {second}")
                self._between()
                continue
            if chance.random() < 0.1:
                self._filler()
            self._clause(first)
            what = chance.random()
            if what < 0.25:
                self._filler()
            elif what < 0.55:
                self._held_word(*self._held_words[chance.integers(len(self._held_words))])
            elif what < 0.6:
                self._filler()
                self._filler()
            self._clause(second)
            if self._said_for_hum and chance.random() < 0.2:
                self._closed_mouth()
            self._between()
        sound = np.concatenate(self._parts)
        sound = sound + chance.normal(0, _NOISE, len(sound))
        return Answer(
            sound=np.clip(sound, -1, 1).astype(np.float32),
            words=tuple(self._words),
            fillers=tuple(self._fillers),
            held=tuple(self._held),
            hums=tuple(self._hums),
        )

    def _say(self, text: str, stretch: float = 1.0) -> Span:
        spoken = _spoken(self._voice, text, stretch)
        sound = spoken.sound * (_LEVEL / np.sqrt(np.mean(spoken.sound**2)))
        return self._add(sound)

    def _clause(self, text: str) -> None:
        self._take_words(text, self._say(text))

    def _held_word(self, word: str, said: str) -> None:
        span = self._say(said, self._chance.choice((1.8, 2.2, 2.6)))
        self._held.append(span)
        self._take_words(word, span)

    def _filler(self) -> None:
        self._silence(self._chance.choice((0.03, 0.06, 0.2, 0.5)))
        said = self._said_for_filler[self._chance.integers(len(self._said_for_filler))]
        sound = self._say(said, self._chance.choice((1.2, 1.6, 2.0, 2.4)))
        self._fillers.append(sound)
        self._silence(self._chance.choice((0.03, 0.06, 0.15, 0.4)))

    def _closed_mouth(self) -> None:
        self._silence(self._chance.choice((0.06, 0.2, 0.5)))
        said = self._said_for_hum[self._chance.integers(len(self._said_for_hum))]
        self._hums.append(self._say(said, self._chance.choice((1.2, 1.6, 2.0))))
        self._silence(self._chance.choice((0.06, 0.15, 0.4)))

    def _between(self) -> None:
        self._silence(self._chance.uniform(0.2, 0.5))
        what = self._chance.random()
        if what < 0.25:
            self._add(_breath(self._chance))
        elif what < 0.4:
            self._add(_hum(self._chance))
        self._silence(self._chance.uniform(0.1, 0.4))

    def _take_words(self, text: str, span: Span) -> None:
        texts = text.split()
        letters = sum(len(word) + 1 for word in texts)
        at_s = span.start_s
        for number, word in enumerate(texts):
            end_s = at_s + span.duration_s * (len(word) + 1) / letters
            begins_s = self._word_end_s if number == 0 and at_s - self._word_end_s < 1.5 else at_s
            self._words.append(Word(text=word, start_s=begins_s, end_s=end_s))
            at_s = end_s
        self._word_end_s = at_s

    def _silence(self, seconds: float) -> None:
        self._add(np.zeros(round(seconds * RATE_HZ)))

    def _add(self, sound: Sound) -> Span:
        start_s = self._length / RATE_HZ
        self._parts.append(sound)
        self._length += len(sound)
        return Span(start_s=start_s, end_s=self._length / RATE_HZ)


@cache
def _spoken(voice: str, text: str, stretch: float) -> Spoken:
    program, name = voice.split()
    if program == "flite":
        return flite(name, text, stretch, with_words=False)
    return espeak_with_words(name, text, min(stretch, 2.0))


def _breath(chance: np.random.Generator) -> Sound:
    """Noise shaped like a mouth drawing air, with a rise and a fall."""
    length = round(chance.uniform(0.3, 0.7) * RATE_HZ)
    spectrum = np.fft.rfft(chance.normal(0, 1, length))
    hz = np.fft.rfftfreq(length, 1 / RATE_HZ)
    shape = sum(np.exp(-(((hz - middle) / width) ** 2)) for middle, width in ((700, 300), (1500, 400), (2800, 900)))
    noise = np.fft.irfft(spectrum * shape, length) * np.hanning(length)
    return noise * (_LEVEL * 10 ** (chance.uniform(-18, -6) / 20) / np.sqrt(np.mean(noise**2)))


def _hum(chance: np.random.Generator) -> Sound:
    """A few steady harmonics, as of music or a machine."""
    length = round(chance.uniform(0.4, 1.2) * RATE_HZ)
    times = np.arange(length) / RATE_HZ
    pitch = chance.uniform(90, 260)
    sound = sum(chance.uniform(0.2, 1) / n * np.sin(2 * np.pi * n * pitch * times) for n in range(1, 12))
    sound = sound * np.minimum(1, np.minimum(times, times[::-1]) / 0.05)
    return sound * (_LEVEL * 10 ** (chance.uniform(-15, -3) / 20) / np.sqrt(np.mean(sound**2)))
