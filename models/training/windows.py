"""Chunks of an answer as the program cuts them, composed from listed sentences, with the truth beside the sound."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from models.training.speech import RATE_HZ, Utterance, Voice

LONGEST_S = 28.0

Sound = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedWord:
    """A word as written, signs included, with its time in seconds of the window; last: a sentence ends with it."""

    text: str
    start_s: float
    end_s: float
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """sound  shape (n,), at 16 kHz"""

    sound: Sound
    words: tuple[TimedWord, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class _Tape:
    parts: list[Sound] = field(default_factory=list)
    samples: int = 0
    words: list[TimedWord] = field(default_factory=list)

    @property
    def length_s(self) -> float:
        return self.samples / RATE_HZ

    def be_silent(self, seconds: float) -> None:
        self._add(np.zeros(round(seconds * RATE_HZ), np.float32))

    def say(self, said: Utterance, first_word: int = 0, last_word: int | None = None) -> None:
        """The utterance, or the part of it from one word to another, counted from 0."""
        clause = said.clause
        last_word = len(clause.words) - 1 if last_word is None else last_word
        begin = said.times[first_word][0] if first_word else 0.0
        end = said.times[last_word][1] if last_word < len(clause.words) - 1 else said.duration_s
        for number in range(first_word, last_word + 1):
            start_s, end_s = said.times[number]
            last = clause.last and number == len(clause.words) - 1
            start_s, end_s = (float(self.length_s + time_s - begin) for time_s in (start_s, end_s))
            self.words.append(TimedWord(text=clause.words[number], start_s=start_s, end_s=end_s, last=last))
        self._add(said.sound[round(begin * RATE_HZ) : round(end * RATE_HZ)])

    def _add(self, sound: Sound) -> None:
        self.parts.append(sound)
        self.samples += len(sound)


def compose(
    voice: Voice, random: np.random.Generator, about_s: float, *, clean: bool = False, cut_words: float = 0.15
) -> Window:
    """A window of about so many seconds, LONGEST_S at most, beginning at any clause and ending after any.

    clean      quiet noise only, and no change of pitch or loudness
    cut_words  how often the first or the last clause lacks words, as where nobody pauses for long
    """
    about_s = min(about_s, LONGEST_S - 1.0)
    # A change of pitch changes the length too.
    factor = 1.0 if clean or random.random() < 0.3 else random.uniform(0.92, 1.08)
    tape = _Tape()
    tape.be_silent(random.uniform(0.0, 0.3) if random.random() < 0.8 else random.uniform(0.3, 1.6))
    begins = True
    for said in _spoken_order(voice, random):
        if not begins and tape.length_s + said.duration_s > about_s / factor:
            break
        first_word, last_word = 0, len(said.clause.words) - 1
        if last_word > 2 and random.random() < cut_words / 2:
            first_word = int(random.integers(1, last_word)) if begins else 0
        if not begins:
            tape.be_silent(_gap_s(tape, random))
        tape.say(said, first_word)
        begins = False
    if tape.words and random.random() < cut_words / 2:
        _cut_end(tape, random)
    tape.be_silent(random.uniform(0.0, 0.6))
    return _finished(tape, random, factor, clean=clean)


def quiet(random: np.random.Generator, length_s: float) -> Window:
    """Nothing said: zeros, or noise of any level."""
    count = round(length_s * RATE_HZ)
    level = 0.0 if random.random() < 0.25 else 10 ** (random.uniform(-85, -35) / 20)
    return Window(sound=(random.standard_normal(count) * level).astype(np.float32), words=())


def _spoken_order(voice: Voice, random: np.random.Generator) -> Sequence[Utterance]:
    """Sentences in random order, none twice, from some clause on, at one tempo or nearly, with filled pauses."""
    order: list[Utterance] = []
    tempo = int(random.integers(3))
    fillers = random.choice([0.0, 0.15, 0.3])
    skip = int(random.integers(2)) if random.random() < 0.5 else 0
    for number in random.permutation(len(voice.sentences)):
        for clause in voice.sentences[number][skip:]:
            if random.random() < fillers:
                order.append(voice.filled_pauses[random.integers(2)][random.integers(3)])
            order.append(clause[tempo if random.random() < 0.8 else random.integers(3)])
        skip = 0
    return order


def _gap_s(tape: _Tape, random: np.random.Generator) -> float:
    if random.random() < 0.15:
        return float(random.uniform(0.04, 0.12))
    return float(random.uniform(0.15, 1.3) if tape.words[-1].last else random.uniform(0.1, 0.8))


def _cut_end(tape: _Tape, random: np.random.Generator) -> None:
    """Break off between two words of the last clause."""
    count = int(random.integers(1, 4))
    kept = tape.words[:-count]
    if not kept or kept[-1].end_s + 0.2 < tape.words[-count].start_s:
        return
    sound = np.concatenate(tape.parts)[: round(kept[-1].end_s * RATE_HZ)]
    tape.parts, tape.samples, tape.words = [sound], len(sound), kept


def _finished(tape: _Tape, random: np.random.Generator, factor: float, *, clean: bool) -> Window:
    sound = np.concatenate(tape.parts)[: round(LONGEST_S * factor * RATE_HZ)]
    if factor != 1.0:
        at = np.arange(0, len(sound) - 1, factor)
        sound = np.interp(at, np.arange(len(sound)), sound)
    noise_db = -70.0
    if not clean:
        sound = sound * 10 ** (random.uniform(-12, 6) / 20)
        if random.random() < 0.6:
            noise_db = 20 * np.log10(np.abs(sound).max() + 1e-9) - 12 - random.uniform(18, 45)
    sound = sound + _noise(random, len(sound), coloured=not clean) * 10 ** (noise_db / 20)
    words = tuple(
        TimedWord(text=w.text, start_s=w.start_s / factor, end_s=w.end_s / factor, last=w.last) for w in tape.words
    )
    return Window(sound=sound.astype(np.float32), words=words)


def _noise(random: np.random.Generator, count: int, *, coloured: bool) -> npt.NDArray[np.float64]:
    white = random.standard_normal(count)
    if not coloured or random.random() < 0.5:
        return white
    # Each sample a mean of neighbours: less of the high frequencies, as in most rooms.
    soft = np.convolve(white, np.full(5, 1 / 5), mode="same")
    return soft / soft.std()
