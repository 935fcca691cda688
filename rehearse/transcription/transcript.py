"""The values that pass between hearing and measuring: spans of time, words with times, a transcript, its engine.

All times are seconds from the start of the recording.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Self, TypeAlias

import numpy as np
import numpy.typing as npt

#: whisper = faster-whisper; draft = the embedded PocketSphinx; given = brought along by the person.
EngineName: TypeAlias = Literal["whisper", "draft", "given"]

DoubtReason: TypeAlias = Literal["in circles", "no words"]

#: How well silences can be told from speech: rough where noise hides soft endings, hidden where other voices fill them.
Silences: TypeAlias = Literal["clear", "rough", "hidden"]

#: One speech probability (0..1) for each FRAME_S of sound at 16 kHz.
Probabilities: TypeAlias = npt.NDArray[np.float32]
FRAME_SAMPLES = 512
FRAME_S = FRAME_SAMPLES / 16_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time: 0 <= start_s <= end_s."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechActivity:
    """Where in a recording somebody speaks.

    recording_s  length of the whole recording
    spans        speech, in order, apart from each other, inside 0..recording_s; empty where nobody speaks
    silences     how well the silences between the spans can be told
    """

    recording_s: float
    spans: tuple[Span, ...]
    silences: Silences = "clear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word as written by the engine (punctuation attached), and when it was said.

    probability  0..1 as the engine gives it, or None where it gives none
    """

    text: str
    start_s: float
    end_s: float
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hesitation:
    """Where between two words a filled pause may stand that no engine wrote; its sound is still to be checked.

    vowel_end_s  where its vowel ends: start_s < vowel_end_s <= end_s; an m follows up to end_s, if anything does
    """

    start_s: float
    vowel_end_s: float
    end_s: float


class AlignedWords(tuple[Word, ...]):
    """The words of one chunk, laid along its sound: to everybody else a tuple of words like any other."""

    hesitations: tuple[Hesitation, ...] = ()

    @classmethod
    def of(cls, words: Iterable[Word], hesitations: tuple[Hesitation, ...]) -> Self:
        aligned = cls(words)
        aligned.hesitations = hesitations
        return aligned


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineIdentity:
    """Who heard the words: enough to tell whether two transcripts may be compared.

    version  of the engine's library
    options  everything that was set, so that the transcript can be made again
    """

    name: EngineName
    model: str
    version: str
    options: Mapping[str, str | int | float | bool] = field(default_factory=dict)

    @property
    def language(self) -> str | None:
        """ISO 639-1 code of what it listened for; None where that was not kept, as with a transcript brought along."""
        return "en" if self.name == "draft" else str(self.options["language"]) if "language" in self.options else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A stretch of the recording where the transcript is not to be trusted: 0 <= start_s <= end_s.

    why  in circles: the engine wrote the same over and over, on a second try too; no words: somebody speaks there,
         and it wrote nothing
    """

    start_s: float
    end_s: float
    why: DoubtReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The words of one recording, in order of time, and the engine that heard them.

    language     ISO 639-1 code, such as 'en'
    doubts       stretches that are not to be trusted, in order and apart
    hesitations  where a filled pause may stand that is not among the words, in order; None where nobody looked
    """

    language: str
    words: tuple[Word, ...]
    engine: EngineIdentity
    doubts: tuple[Doubt, ...] = ()
    hesitations: tuple[Hesitation, ...] | None = None

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)
