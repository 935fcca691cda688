"""Which engine hears a recording, and why; and turning what it hears into a transcript."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from rehearse.audio.recording import Recording
from rehearse.errors import ModelUnavailable
from rehearse.settings import EngineChoice, Settings
from rehearse.transcription.aligner import LANGUAGE as ALIGNER_LANGUAGE
from rehearse.transcription.aligner import Aligner
from rehearse.transcription.doubts import doubts_of
from rehearse.transcription.known_models import KnownModel, recommended
from rehearse.transcription.languages import filler_prompt, known_languages, language_name, no_such_language
from rehearse.transcription.models import hardware_of, how_to_bring_one, in_use
from rehearse.transcription.sphinx import LANGUAGE as DRAFT_LANGUAGE
from rehearse.transcription.sphinx import SphinxEngine
from rehearse.transcription.transcript import (
    AlignedWords,
    EngineIdentity,
    Hesitation,
    Span,
    SpeechActivity,
    Transcript,
    Word,
)
from rehearse.transcription.whisper import WhisperEngine
from rehearse.transcription.whisper_model import graphics_card
from rehearse.transcription.word_times import believable

#: Speech activity may begin late or end early by this much at a quiet sound; a word further off was not said.
_NEAR_SPEECH_S = 0.25

#: Engines that let a word begin too early; PocketSphinx's times are those of its frames.
_STRETCHES_WORDS = frozenset({"whisper"})

#: Each draft process takes up to 250 MB; more of them than this are not worth it for one answer.
_MOST_DRAFT_WORKERS = 4


class Engine(Protocol):
    """A recogniser of speech. Making one is cheap; its model is loaded when the first chunk is decoded.

    language  ISO 639-1 code of what it hears
    """

    @property
    def identity(self) -> EngineIdentity: ...

    @property
    def language(self) -> str: ...

    def decode(self, chunks: Sequence[Span], recording: Recording) -> Iterator[tuple[Word, ...]]:
        """The words of each chunk in turn, as they are ready; each chunk's depend on its own sound alone.

        recording  mono at 16 kHz; word times are seconds of it, inside their chunk

        Raises EngineFailed or ModelUnavailable where the engine cannot go on, RecordingUnreadable where the file is
        gone or damaged.
        """
        ...

    def close(self) -> None:
        """Gives back memory and processes; the engine can be used again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """
    reason  one sentence for people: why this engine and no other
    """

    engine: Engine
    reason: str


def choose(choice: EngineChoice, settings: Settings) -> Chosen:
    """The engine to hear with.

    auto takes the Whisper model that `models.in_use` gives, or else the draft engine.

    Raises ModelUnavailable where whisper is asked for, or a model is named, that is not there; and where the language
    is one that the model, or the draft engine if only that is left, does not know.
    """
    if choice == "draft":
        return Chosen(engine=_draft(settings), reason="The rough built-in recogniser listens, as was asked for.")
    if model := in_use(settings):
        return Chosen(engine=_whisper(model.folder, settings), reason=model.reason)
    if choice == "whisper":
        raise ModelUnavailable("No Whisper model is installed.", how_to_bring_one())
    return Chosen(
        engine=_draft(settings), reason="No Whisper model is installed, so the rough built-in recogniser listens."
    )


def whisper_threads(settings: Settings) -> int:
    """Processor threads for Whisper: as many as the settings say, or what suits this machine."""
    # Of many processors about half are second threads of one core, which help Whisper little or harm it.
    return settings.transcription.threads or max(min(processors(), 4), processors() // 2)


def first_model(settings: Settings) -> KnownModel:
    """The model to begin with on this machine, in the language of the settings."""
    wanted = settings.transcription
    return recommended(wanted.language, processors(), graphics_card=wanted.graphics_card and graphics_card())


def share_of(settings: Settings, jobs: int) -> Settings:
    """Settings for each of several engines that hear at once: the processor threads of this machine, shared out."""
    if jobs == 1:
        return settings
    threads = max(1, whisper_threads(settings) // jobs)
    return replace(settings, transcription=replace(settings.transcription, threads=threads))


def transcribe(
    engine: Engine,
    recording: Recording,
    chunks: Sequence[Span],
    speech: SpeechActivity,
    on_progress: Callable[[float], None],
) -> Transcript:
    """What the engine hears in the chunks of a recording at 16 kHz, word times in order and without overlap.

    Words that lie outside all speech are left out: recognisers write 'Thank you.' into silence (whisper.cpp #1724).
    Where an engine stretches words over what it leaves out, they are cut to what can be believed (`word_times`).
    Where an engine has laid its words along the sound, the transcript has the hesitations found between them.
    Where its text is not to be trusted, or speech gave no words, the transcript says so (`doubts`).
    on_progress  told the share of the work that is done, 0..1, once for each chunk and with 1 at the end

    Raises what `Engine.decode` raises.
    """
    to_hear_s = sum(chunk.duration_s for chunk in chunks)
    heard_s = 0.0
    heard: list[tuple[Word, ...]] = []
    kept: list[tuple[Word, ...]] = []
    hesitations: list[Hesitation] | None = None
    for chunk, words in zip(chunks, engine.decode(chunks, recording), strict=True):
        heard.append(words)
        if isinstance(words, AlignedWords):
            hesitations = [*(hesitations or ()), *words.hesitations]
        kept.append(tuple(word for word in words if _is_near_speech(word, speech)))
        heard_s += chunk.duration_s
        on_progress(min(1.0, heard_s / to_hear_s))
    on_progress(1.0)
    identity = engine.identity
    timed = tuple(_in_order([word for words in kept for word in words], speech.recording_s))
    if identity.name in _STRETCHES_WORDS:
        timed = believable(timed, speech)
    doubts = doubts_of(chunks, heard, kept, speech)
    return Transcript(
        language=engine.language,
        words=timed,
        engine=identity,
        doubts=doubts,
        hesitations=None if hesitations is None else tuple(hesitations),
    )


def _is_near_speech(word: Word, speech: SpeechActivity) -> bool:
    return any(
        word.start_s < span.end_s + _NEAR_SPEECH_S and word.end_s > span.start_s - _NEAR_SPEECH_S
        for span in speech.spans
    )


def _in_order(words: Sequence[Word], recording_s: float) -> Iterator[Word]:
    said_until_s = 0.0
    for word in words:
        start_s = min(max(word.start_s, said_until_s), recording_s)
        said_until_s = min(max(word.end_s, start_s), recording_s)
        yield replace(word, start_s=start_s, end_s=said_until_s)


def _whisper(folder: Path, settings: Settings) -> WhisperEngine:
    wanted = settings.transcription
    _check_language(folder, settings)
    prompt = filler_prompt(wanted.prompt, wanted.language)
    aligner = Aligner() if wanted.language == ALIGNER_LANGUAGE else None
    threads = whisper_threads(settings)
    return WhisperEngine(
        folder,
        language=wanted.language,
        prompt=prompt,
        threads=threads,
        aligner=aligner,
        hardware=hardware_of(folder) if wanted.graphics_card else "cpu",
    )


def _check_language(folder: Path, settings: Settings) -> None:
    language = settings.transcription.language
    # Every Whisper model knows English.
    known = None if language == "en" else known_languages(folder)
    if known is None or language in known:
        return
    if known == {"en"}:
        _check_there_is(language)
        raise ModelUnavailable(
            f"The Whisper model {folder.name} knows only English, and the language is set to "
            f"{language_name(language)}.",
            f"Fetch one that knows more:  rehearse models pull {first_model(settings).name}\n"
            "Or say that you speak English:  --language en",
        )
    some = ", ".join(language_name(code) for code in ("de", "en", "es", "fr", "it", "nl", "pt") if code in known)
    raise ModelUnavailable(
        f"The Whisper model {folder.name} knows no language '{language}'.",
        f"Languages go by their short codes: {some}. It knows {len(known)} of them.",
    )


def _check_there_is(language: str) -> None:
    """Nobody is sent to fetch a model for a language that none knows."""
    if told := no_such_language(language):
        raise ModelUnavailable(*told)


def _draft(settings: Settings) -> SphinxEngine:
    wanted = settings.transcription
    if wanted.language != DRAFT_LANGUAGE:
        _check_there_is(wanted.language)
        raise ModelUnavailable(
            "The rough built-in recogniser knows only English, and the language is set to "
            f"{language_name(wanted.language)}.",
            f"Fetch a Whisper model that knows it:  rehearse models pull {first_model(settings).name}",
        )
    return SphinxEngine(worker_count=wanted.threads or min(processors(), _MOST_DRAFT_WORKERS))


def processors() -> int:
    """Processors that this process may use: in a container often fewer than the machine has."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
