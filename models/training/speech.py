"""Every listed clause and filled pause in every voice, at a few tempos, with the times of its words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fixtures.espeak import espeak_with_words
from fixtures.voices import RATE_HZ, Spoken, flite
from models.training.sentences import Clause, filled_pauses, listed_sentences

#: flite's voices have plain names, espeak-ng's are named by language and variant.
TRAINED_VOICES = ("slt", "rms", "awb", "en-us", "en-us+f3", "gmw/en", "gmw/en+m3")
HELD_OUT_VOICE = "en-us+m7"

TEMPOS = (0.88, 1.0, 1.14)
#: Voices say 'um' as briefly as any word; people hold it.
FILLER_TEMPOS = (1.2, 1.5, 1.9)

#: Speech is brought to this level; windows then vary it.
LEVEL_DBFS = -24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One clause as one voice says it.

    sound  shape (n,), at 16 kHz
    times  start and end of each word, seconds from the start of the sound
    """

    clause: Clause
    sound: npt.NDArray[np.float32]
    times: tuple[tuple[float, float], ...]

    @property
    def duration_s(self) -> float:
        return len(self.sound) / RATE_HZ


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """All that one voice can say: each sentence's clauses and each filled pause, at every tempo."""

    name: str
    sentences: tuple[tuple[tuple[Utterance, ...], ...], ...]
    filled_pauses: tuple[tuple[Utterance, ...], ...]


def voice(name: str) -> Voice:
    """Raises SpeechNotMade where flite or espeak-ng is missing."""
    return Voice(
        name=name,
        sentences=tuple(
            tuple(_utterances(name, clause, TEMPOS) for clause in sentence) for sentence in listed_sentences()
        ),
        filled_pauses=tuple(_utterances(name, clause, FILLER_TEMPOS) for clause in filled_pauses()),
    )


def _utterances(name: str, clause: Clause, tempos: Sequence[float]) -> tuple[Utterance, ...]:
    return tuple(_utterance(name, clause, tempo) for tempo in tempos)


def _utterance(name: str, clause: Clause, tempo: float) -> Utterance:
    say = espeak_with_words if "en" in name else flite
    spoken = say(name, clause.speech, tempo)
    loudness = np.sqrt((spoken.sound**2).mean())
    sound = (spoken.sound * (10 ** (LEVEL_DBFS / 20) / loudness)).astype(np.float32)
    return Utterance(clause=clause, sound=sound, times=_word_times(clause, spoken))


def _word_times(clause: Clause, spoken: Spoken) -> tuple[tuple[float, float], ...]:
    """A word such as '2019' is several spoken ones."""
    times: list[tuple[float, float]] = []
    rest = list(spoken.words)
    for said in clause.spoken:
        own, rest = rest[: len(said.split())], rest[len(said.split()) :]
        times.append((own[0].start_s, own[-1].end_s))
    return tuple(times)
