"""Noise of power 1 of many kinds, each example drawn anew: coloured, humming, coming and going, talk, knocks, breaths.

Those of bench/pauses.py are made in other ways, and what that calls 'for checking only' is not copied here.
"""

from collections.abc import Sequence

import numpy as np

from fixtures.voices import RATE_HZ, Sound

Random = np.random.Generator


def unit(sound: Sound) -> Sound:
    result: Sound = sound / np.sqrt(max(float((sound**2).mean()), 1e-12))
    return result


def coloured(length: int, rng: Random) -> Sound:
    """Stationary: a random slope of 0 to -8 dB an octave, and a few random bumps and dips."""
    frequencies = np.fft.rfftfreq(length, 1 / RATE_HZ)
    octaves = np.log2(np.maximum(frequencies, rng.uniform(15, 120)) / 1000)
    gain_db = -rng.choice((0.0, 3.0, 6.0, rng.uniform(-2, 8))) * octaves
    for _ in range(rng.integers(0, 4)):
        centre = np.log2(rng.uniform(100, 7000) / 1000)
        gain_db += rng.uniform(-12, 12) * np.exp(-(((octaves - centre) / rng.uniform(0.2, 1.5)) ** 2))
    spectrum = np.fft.rfft(rng.standard_normal(length)) * 10 ** (gain_db / 20)
    return unit(np.fft.irfft(spectrum, length))


def white(length: int, rng: Random) -> Sound:
    return rng.standard_normal(length)


def humming(length: int, rng: Random) -> Sound:
    """A motor: harmonics of a tone that drifts a little, over coloured noise."""
    base = rng.uniform(45, 260)
    drift = np.interp(np.arange(length), np.linspace(0, length, 9), rng.normal(0, 0.01, 9))
    phase = 2 * np.pi * np.cumsum(base * (1 + drift)) / RATE_HZ
    fall = rng.uniform(0.5, 2.0)
    tone = sum(
        (np.sin(number * phase + rng.uniform(0, 6)) * rng.uniform(0.3, 1.0) / number**fall for number in range(1, 14)),
        np.zeros(length),
    )
    if rng.random() < 0.25:
        tone *= _on_and_off(length, rng)
    return unit(unit(tone) * rng.uniform(0.2, 2.0) + coloured(length, rng))


def beeping(length: int, rng: Random) -> Sound:
    """A pure tone, on and off, over softer coloured noise."""
    tone = np.sin(2 * np.pi * rng.uniform(180, 3000) * np.arange(length) / RATE_HZ) * _on_and_off(length, rng)
    return unit(unit(tone) + coloured(length, rng) * rng.uniform(0.0, 0.3))


def _on_and_off(length: int, rng: Random) -> Sound:
    times = np.arange(length) / RATE_HZ
    return (times % rng.uniform(0.4, 3.0) < rng.uniform(0.1, 1.2)).astype(np.float64)


def uneven(length: int, rng: Random) -> Sound:
    """Coloured noise that swells and falls 1 to 8 times a second."""
    knots = int(length / RATE_HZ * rng.uniform(2, 14)) + 2
    swell = np.exp(rng.standard_normal(knots) * rng.uniform(0.25, 0.8))
    envelope = np.interp(np.arange(length), np.linspace(0, length, knots), swell)
    return unit(coloured(length, rng) * envelope)


def knocks(length: int, rng: Random) -> Sound:
    """Keys, pens and cups: short sounds that ring in their own bands, in flurries, mostly down and up again."""
    sound = np.zeros(length + RATE_HZ)
    at = rng.uniform(0, 1)
    rate, is_steady = rng.uniform(1.5, 9), rng.random() < 0.15
    while at < length / RATE_HZ:
        strength = rng.uniform(0.2, 1.0)
        for delay, part in ((0.0, 1.0), (rng.uniform(0.05, 0.13), rng.uniform(0.0, 0.7))):
            size = int(rng.uniform(0.01, 0.09) * RATE_HZ)
            times = np.arange(size) / RATE_HZ
            click = rng.standard_normal(size)
            if rng.random() < 0.6:
                click += 3 * rng.uniform(0, 1) * np.sin(2 * np.pi * rng.uniform(150, 5000) * times + rng.uniform(0, 6))
            if rng.random() < 0.5:
                click = (
                    np.diff(click, prepend=0.0) if rng.random() < 0.5 else np.convolve(click, np.ones(5) / 5, "same")
                )
            click *= np.exp(-times / rng.uniform(0.002, 0.02)) * np.minimum(times / rng.uniform(1e-4, 3e-3), 1)
            start = int((at + delay) * RATE_HZ)
            sound[start : start + size] += click * strength * part / max(np.abs(click).max(), 1e-6)
        at += (
            1 / rate
            if is_steady
            else rng.exponential(1 / rate) + (rng.uniform(0.5, 3) if rng.random() < 0.06 else 0.02)
        )
    return unit(unit(sound[:length]) + coloured(length, rng) * rng.uniform(0.05, 0.8))


def talking(length: int, rng: Random, clauses: Sequence[Sound], least: int, most: int) -> Sound:
    """So many people at once, each somewhat louder or softer, most of them with short pauses."""
    sound = np.zeros(length)
    for _ in range(rng.integers(least, most + 1)):
        parts: list[Sound] = []
        while sum(map(len, parts)) < length + RATE_HZ:
            parts += [unit(clauses[rng.integers(len(clauses))]), np.zeros(int(rng.exponential(0.08) * RATE_HZ))]
        start = rng.integers(RATE_HZ)
        sound += np.concatenate(parts)[start : start + length] * 10 ** (rng.normal(0, 2.5) / 20)
    return unit(sound)


def held_vowel(rng: Random) -> Sound:
    """A vowel or a hum held for 0.2 to 1.5 s: pulses through a few formants, with a pitch that hardly moves.

    Voices say 'um' as briefly as any word, people hold it until Silero takes it for music.
    """
    length = int(rng.uniform(0.2, 1.5) * RATE_HZ)
    pitch = rng.choice((rng.uniform(28, 75), rng.uniform(75, 260)), p=(0.2, 0.8)) * (
        1 + np.linspace(rng.uniform(-0.08, 0.08), rng.uniform(-0.08, 0.08), length)
    )
    pulses = np.diff(np.floor(np.cumsum(pitch) / RATE_HZ), prepend=0.0)
    frequencies = np.fft.rfftfreq(length, 1 / RATE_HZ)
    formants = sum(
        rng.uniform(0.4, 1.0) / np.hypot(1, (frequencies - centre) / rng.uniform(60, 160))
        for centre in (rng.uniform(250, 800), rng.uniform(900, 1900), rng.uniform(2200, 3000))
    )
    sound = np.fft.irfft(np.fft.rfft(pulses) * formants / (1 + frequencies / rng.uniform(200, 800)), length)
    edge = int(rng.uniform(0.005, 0.08) * RATE_HZ)
    sound[:edge] *= np.linspace(0.05, 1, edge)
    sound[-edge:] *= np.linspace(1, 0.05, edge)
    return unit(sound)


def whispered(sound: Sound, rng: Random) -> Sound:
    """The same words without a pitch: noise through what the mouth does in every 4 ms."""
    size, hop = 128, 64
    padded = np.pad(sound, size)
    window = np.hanning(size + 1)[:-1]
    frames = np.lib.stride_tricks.sliding_window_view(padded, size)[::hop] * window
    magnitude = np.abs(np.fft.rfft(frames)) * np.linspace(0.1, 1, size // 2 + 1) ** rng.uniform(0, 1)
    turned = np.fft.irfft(magnitude * np.exp(2j * np.pi * rng.random(magnitude.shape)))
    result = np.zeros(len(padded) + size)
    for number, frame in enumerate(turned):
        result[number * hop : number * hop + size] += frame * window
    return result[size : size + len(sound)]


def softened(sound: Sound, rng: Random) -> Sound:
    """As people say it: louder and softer, mostly fading at its end, at times with a release after a closure."""
    seconds = len(sound) / RATE_HZ
    knots = int(seconds * 4) + 2
    gain_db = np.interp(np.linspace(0, 1, len(sound)), np.linspace(0, 1, knots), rng.normal(0, 3, knots))
    from_end_s, from_start_s = (np.arange(len(sound))[::-1] / RATE_HZ, np.arange(len(sound)) / RATE_HZ)
    if rng.random() < 0.6:
        gain_db -= rng.uniform(3, 26) * np.maximum(1 - from_end_s / rng.uniform(0.05, 0.8), 0)
    if rng.random() < 0.35:
        gain_db -= rng.uniform(3, 20) * np.maximum(1 - from_start_s / rng.uniform(0.03, 0.25), 0)
    result: Sound = sound * 10 ** (gain_db / 20)
    if rng.random() < 0.25:
        size = int(rng.uniform(0.02, 0.12) * RATE_HZ)
        burst = (
            coloured(size, rng)
            * np.exp(-np.arange(size) / size * rng.uniform(0, 3))
            * 10 ** (rng.uniform(-34, -14) / 20)
        )
        result = np.concatenate([result, np.zeros(int(rng.uniform(0, 0.06) * RATE_HZ)), burst])
    return result


def breath(length: int, rng: Random) -> Sound:
    """One breath: noise that swells and falls, in the bands of a half-open mouth."""
    return unit(coloured(length, rng) * np.sin(np.linspace(0, np.pi, length)) ** rng.uniform(0.5, 2))


def in_a_room(sound: Sound, rng: Random) -> Sound:
    """With the echo of a small room, 0.15 to 0.5 s long, mostly far under the direct sound; power kept."""
    size = int(rng.uniform(0.15, 0.5) * RATE_HZ)
    answer = rng.standard_normal(size) * 10 ** (-3 * np.arange(size) / size)
    answer *= 10 ** (-rng.uniform(6, 20) / 20) / np.sqrt((answer**2).sum())
    answer[0] = 1.0
    padded = len(sound) + size
    result: Sound = np.fft.irfft(np.fft.rfft(sound, padded) * np.fft.rfft(answer, padded), padded)[: len(sound)]
    return result
