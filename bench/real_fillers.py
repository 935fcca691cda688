"""Real speech with filled pauses at known times: the clips of a folder, and words as a recogniser might write them."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from rehearse.audio.decoding import decode
from rehearse.audio.recording import ANALYSIS_RATE_HZ, Samples
from rehearse.transcription.aligner import Aligner
from rehearse.transcription.transcript import Span, Word

#: Seconds of the filled pauses in the clips of which they are known.
TIMES: dict[str, tuple[tuple[float, float], ...]] = {
    # From the TextGrids; the second, which lacks the uh at 14.5 s, completed by hand.
    "mfa-cold-corpus.wav": ((1.24, 1.67), (3.69, 3.96), (7.31, 7.86), (9.89, 10.34), (17.78, 18.32)),
    "mfa-acoustic-corpus.wav": ((8.02, 8.57), (14.50, 14.93), (22.90, 23.53)),
    "mfa-um.flac": ((3.79, 5.16),),
    "mfa-uhuh.flac": ((1.44, 1.60), (1.92, 2.06), (2.59, 2.81), (3.23, 3.51), (4.34, 4.51), (4.53, 5.27)),
    "mfa-crossword.flac": ((2.02, 2.40), (5.83, 6.55)),
    "mfa-cutoffprogressive.flac": ((3.04, 3.13),),
}
#: Clips in voices that nobody answers in; a hesitated word is a filler to some.
ODD = ("creaky", "falsetto", "whispered", "kmg", "internalsil", "laughter", "unk")
ROUNDS = 5
#: As long as the program's own chunks.
LONGEST_S = 28.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """
    words  as given to the aligner; of a clip longer than LONGEST_S with times that tell its chunks
    truth  the words with their times where a TextGrid gives them
    """

    name: str
    sound: Samples
    words: tuple[Word, ...]
    fillers: tuple[Span, ...]
    truth: tuple[Word, ...] = ()


def real_clips(
    folder: Path, manifest: Sequence[dict[str, Any]], wrong: float, aligner: Aligner
) -> Iterator[tuple[str, Clip]]:
    """Each clip of the manifest with its group; with a share of its words wrong ROUNDS times, each time others."""
    vocabulary = [word for clip in manifest for word in said(clip["transcript"])]
    with tempfile.TemporaryDirectory() as scratch:
        for number, clip in enumerate(manifest):
            name = clip["file"]
            sound = decode(folder / name, Path(scratch) / "sound.wav").samples()
            words = spread(said(clip["transcript"]), len(sound) / ANALYSIS_RATE_HZ)
            if len(sound) > LONGEST_S * ANALYSIS_RATE_HZ:
                words = aligner.align(words, sound, 0.0).words
            grid = (folder / name).with_suffix(".TextGrid")
            for again in range(ROUNDS if wrong else 1):
                chance = np.random.default_rng((number, again))
                heard = [
                    replace(word, text=text)
                    for word in words
                    for text in misheard(word.text, vocabulary, wrong, chance)
                ]
                yield (
                    group_of(name),
                    Clip(
                        name=name,
                        sound=sound,
                        words=tuple(heard if wrong else words),
                        fillers=tuple(Span(start_s=start_s, end_s=end_s) for start_s, end_s in TIMES.get(name, ())),
                        truth=() if wrong or not grid.exists() else words_of(grid),
                    ),
                )


def group_of(name: str) -> str:
    if name in TIMES:
        return "real, with fillers"
    if not name.startswith("mfa-"):
        return "real, read by others"
    return "real, odd voices" if any(odd in name for odd in ODD) else "real, same man without"


def said(transcript: str) -> list[str]:
    kept = re.sub(r"<unk>|\[[^\]]*\]|---", " ", transcript)
    kept = re.sub(r"<(?:cutoff|hes)-([^>]*)>", r"\1", kept)
    return [word for word in kept.split() if word not in ("um", "uh", "hm")]


def misheard(word: str, vocabulary: Sequence[str], wrong: float, chance: np.random.Generator) -> tuple[str, ...]:
    other = vocabulary[chance.integers(len(vocabulary))]
    what = chance.random() / wrong if wrong else 1.0
    return () if what < 1 / 3 else (other,) if what < 2 / 3 else (word, other) if what < 1 else (word,)


def spread(texts: Sequence[str], seconds: float) -> tuple[Word, ...]:
    """Words laid evenly over the recording: the aligner is to find their times."""
    letters = sum(len(text) + 2 for text in texts)
    edges = np.cumsum([0, *(len(text) + 2 for text in texts)]) * (seconds / letters)
    return tuple(
        Word(text=text, start_s=float(edges[place]), end_s=float(edges[place + 1])) for place, text in enumerate(texts)
    )


def words_of(grid: Path) -> tuple[Word, ...]:
    """The words tier of a TextGrid in Praat's short format, without silences and filled pauses."""
    lines = [line.strip() for line in grid.read_text(encoding="utf-8").splitlines()]
    first = lines.index('"words"') + 3
    rows = [lines[first + 1 + 3 * number : first + 4 + 3 * number] for number in range(int(lines[first]))]
    return tuple(
        Word(text=text.strip('"'), start_s=float(start), end_s=float(end))
        for start, end, text in rows
        if text.strip('"') not in ("", "um", "uh")
    )
