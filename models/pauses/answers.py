"""Made-up answers of 20 s with noise, what is measured of them, and where somebody speaks in them to the 5 ms."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from fixtures.voices import RATE_HZ, Sound, SpeechNotMade, cut_to_energy, espeak, flite, resampled
from models.pauses.clauses import FILLERS, texts
from models.pauses.noises import (
    Random,
    beeping,
    breath,
    coloured,
    held_vowel,
    humming,
    in_a_room,
    knocks,
    softened,
    talking,
    uneven,
    unit,
    whispered,
    white,
)
from models.pauses.voices import FESTIVAL, PICO, festival, pico
from rehearse.transcription.speech_activity import SpeechDetector
from rehearse.transcription.speech_levels import HOP_S, band_levels
from rehearse.transcription.speech_network import features

LENGTH_S = 20.0
_LENGTH = round(LENGTH_S * RATE_HZ)
_HOP = round(HOP_S * RATE_HZ)

#: None of the voices that bench/pauses.py holds out: neither flite's awb and kal, nor espeak-ng's m3, f4 and Scotland.
_FLITE_VOICES = ("slt", "rms")
_ACCENTS = ("en-us", "en", "en-029", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-us-nyc")
#: They read English as if it were theirs.
_OTHERS = (
    "de", "fr", "es", "it", "pl", "pt", "fi", "sv", "nl", "tr", "cs", "hu", "ro", "id", "sw", "da", "nb", "et", "lv",
    "hr", "ca", "eu", "cy", "ga", "af", "sq", "is", "lt", "sk", "sl",
)  # fmt: skip
_VARIANTS = (
    "", "+f1", "+f2", "+f3", "+f5", "+m1", "+m2", "+m4", "+m5", "+m6", "+m7", "+m8", "+croak", "+klatt", "+klatt2",
    "+klatt3", "+klatt4", "+Annie", "+Andy", "+Alicia", "+belinda", "+benjamin", "+boris", "+caleb", "+ed", "+Gene",
    "+grandma", "+grandpa", "+Hugo", "+iven", "+Jacky", "+john", "+Lee", "+linda", "+max", "+Michael", "+norbert",
    "+pablo", "+paul", "+quincy", "+rob", "+robert", "+sandro", "+steph", "+travis", "+victor", "+zac", "+anika",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """seen  shape (hops, channels); spoken  shape (hops,): whether somebody speaks there"""

    seen: npt.NDArray[np.float16]
    spoken: npt.NDArray[np.bool_]


def speakers(count: int, clauses: int, rng: Random, *, abroad: bool) -> list[list[Sound]]:
    """What each of so many voices says, three in five not espeak-ng's; each clause of power 1 and cut to its sound.

    abroad  half of espeak-ng's read as in another language
    """
    said = []
    for number in range(count):
        say = _voice(number, rng, abroad=abroad)
        spoken = [unit(sound) for sound in say(texts(clauses, rng)) if len(sound) > RATE_HZ // 12]
        if spoken:
            said.append(spoken)
    return said


def _voice(number: int, rng: Random, *, abroad: bool) -> Callable[[Sequence[str]], list[Sound]]:
    turn, kind = divmod(number, 10)
    pace = float(rng.uniform(0.8, 1.2))
    if kind < 2:
        return partial(_flite, _FLITE_VOICES[kind], pace)
    if kind < 4:
        return partial(festival, FESTIVAL[(2 * turn + kind) % len(FESTIVAL)], stretch=pace)
    if kind < 6:
        return partial(pico, PICO[(2 * turn + kind) % len(PICO)], tempo=pace)
    accents = _OTHERS if abroad and rng.random() >= 0.5 else _ACCENTS
    return partial(_espeak, f"{rng.choice(accents)}{rng.choice(_VARIANTS)}")


def _flite(voice: str, pace: float, said: Sequence[str]) -> list[Sound]:
    sounds = []
    for text in said:
        # The longest are held for 0.4 to 1 s.
        stretch = pace * 2.2 if text in FILLERS else pace
        with suppress(SpeechNotMade):
            sounds.append(flite(voice, text, stretch, with_words=False).sound)
    return sounds


def _espeak(voice: str, said: Sequence[str]) -> list[Sound]:
    sounds = []
    for text in said:
        with suppress(SpeechNotMade):
            sounds.append(espeak(voice, text).sound)
    return sounds


def example(said: Sequence[Sequence[Sound]], rng: Random) -> Example:
    voice = said[rng.integers(len(said))]
    sound, spoken = _answer(voice, rng)
    if rng.random() < 0.2:
        sound = in_a_room(sound, rng)
    sound = sound + _around(spoken, rng)
    sound = sound + _noise([each for each in said if each is not voice], rng)
    if rng.random() < 0.25:
        sound = _microphone(sound, rng)
    sound *= 10 ** (rng.uniform(-38, -14) / 20)
    if rng.random() < 0.15:
        # Somebody leans back, or a driver turns the gain.
        knots = np.cumsum(rng.normal(0, 2.5, 6))
        sound *= 10 ** (np.interp(np.arange(_LENGTH), np.linspace(0, _LENGTH, 6), knots) / 20)
    written = (np.round(np.clip(sound, -1, 1) * 32767) / 32768).astype(np.float32)
    detector = SpeechDetector()
    probabilities = np.concatenate([detector.feed(written), detector.finish()])
    levels = band_levels([written])
    middles = spoken[_HOP // 2 :: _HOP][: len(levels)]
    return Example(seen=features(levels, probabilities).astype(np.float16), spoken=middles)


def _answer(voice: Sequence[Sound], rng: Random) -> tuple[Sound, npt.NDArray[np.bool_]]:
    """Speech of power 1 between gaps of 0.06 to 3 s, and where it is."""
    sound, spoken = np.zeros(_LENGTH), np.zeros(_LENGTH, np.bool_)
    if rng.random() < 0.05:
        return sound, spoken
    held = rng.choice((0.0, 0.1, 1.0), p=(0.58, 0.4, 0.02))
    is_whispered, is_soft = rng.random() < 0.06, rng.random() < 0.7
    tempo, unevenness = rng.uniform(0.86, 1.16), rng.choice((0.0, 2.5))
    at = int(rng.choice((0.0, rng.uniform(0, 3))) * RATE_HZ)
    while at < _LENGTH:
        clause = held_vowel(rng) if rng.random() < held else voice[rng.integers(len(voice))]
        clause = resampled(clause, round(RATE_HZ * tempo))
        if is_whispered:
            clause = unit(whispered(clause, rng))
        if is_soft:
            clause = softened(clause, rng)
        clause = cut_to_energy(clause)[0]
        clause = clause[: _LENGTH - at] * 10 ** (rng.normal(0, unevenness) / 20)
        sound[at : at + len(clause)] = clause
        spoken[at : at + len(clause)] = True
        at += len(clause) + int(np.exp(rng.uniform(np.log(0.06), np.log(3.0 if rng.random() < 0.3 else 1.0))) * RATE_HZ)
    return sound / np.sqrt(max(float((sound[spoken] ** 2).mean()), 1e-12)), spoken


def _around(spoken: npt.NDArray[np.bool_], rng: Random) -> Sound:
    """Breaths, in longer gaps."""
    sound = np.zeros(_LENGTH)
    if rng.random() < 0.5:
        return sound
    change = np.flatnonzero(np.diff(np.concatenate([[True], spoken, [True]]).astype(np.int8)))
    for start, end in change.reshape(-1, 2):
        free = (end - start) / RATE_HZ
        if free > 0.4 and rng.random() < 0.4:
            size = int(rng.uniform(0.15, min(0.6, free - 0.2)) * RATE_HZ)
            begin = int(start + 0.12 * RATE_HZ + rng.random() * (end - start - size - 0.17 * RATE_HZ))
            sound[begin : begin + size] += breath(size, rng) * 10 ** (rng.uniform(-42, -22) / 20)
    return sound


def _noise(others: Sequence[Sequence[Sound]], rng: Random) -> Sound:
    """What is heard beside a voice of power 1."""
    quiet = rng.choice((0.0, 10 ** (rng.uniform(-60, -30) / 20)), p=(0.2, 0.8)) * coloured(_LENGTH, rng)
    if rng.random() < 0.15:
        return quiet
    loud = 10 ** (-rng.choice((rng.uniform(-3, 12), rng.uniform(8, 32))) / 20)
    kind = rng.choice(8, p=(0.14, 0.18, 0.1, 0.19, 0.16, 0.02, 0.15, 0.06))
    if kind < 6:
        return quiet + loud * (white, coloured, humming, uneven, knocks, beeping)[kind](_LENGTH, rng)
    if kind == 6:
        crowd = [clause for number in rng.choice(len(others), 6) for clause in others[number]]
        return quiet + loud * talking(_LENGTH, rng, crowd, 3, 8)
    # One or two people further away are softer, and their room is heard.
    further = talking(_LENGTH, rng, others[rng.integers(len(others))], 1, 2)
    return quiet + 10 ** (-rng.uniform(14, 32) / 20) * in_a_room(further, rng)


def _microphone(sound: Sound, rng: Random) -> Sound:
    """Through a cheap microphone or a line: no more than 3.4 to 7 kHz, little under 50 to 300 Hz, a tilt."""
    frequencies = np.fft.rfftfreq(len(sound), 1 / RATE_HZ)
    gain = 1 / (1 + (frequencies / rng.uniform(3400, 7500)) ** 12)
    gain /= 1 + (rng.uniform(20, 300) / (frequencies + 1)) ** 4
    gain *= 10 ** (rng.uniform(-3, 3) * np.log2(np.maximum(frequencies, 60) / 1000) / 20)
    result: Sound = np.fft.irfft(np.fft.rfft(sound) * gain, len(sound))
    return result
