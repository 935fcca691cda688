"""The Whisper engine: faster-whisper on this machine, from a model folder, without a network.

Each chunk is decoded by itself, with nothing carried over from the one
before and no sampling, so that a transcript made while somebody speaks is the transcript of the finished file.
"""

from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rehearse.audio.recording import Recording, Samples
from rehearse.errors import EngineFailed, ModelUnavailable
from rehearse.transcription.aligner import Aligner
from rehearse.transcription.doubts import CIRCLES_COMPRESSION_RATIO, echoes, goes_in_circles
from rehearse.transcription.model_files import missing_files
from rehearse.transcription.models import Hardware
from rehearse.transcription.transcript import AlignedWords, EngineIdentity, Span, Word
from rehearse.transcription.whisper_model import COMPUTE_TYPE, always, load
from rehearse.transcription.word_times import lasts_too_long

if TYPE_CHECKING:
    from faster_whisper import WhisperModel
    from faster_whisper.transcribe import Segment
    from faster_whisper.transcribe import Word as WhisperWord

#: Context carried over is the main cause of endless repetition, and vad_filter joins words across what it cuts out
#: and misplaces them (faster-whisper #230); the chunks are cut at pauses already.
_DECODING: dict[str, int | float | bool] = {
    "beam_size": 5,
    "temperature": 0.0,
    "condition_on_previous_text": False,
    "vad_filter": False,
    "word_timestamps": True,
}

_LOOP_DECODING: dict[str, int | float | bool] = {"repetition_penalty": 1.1, "no_repeat_ngram_size": 3}


class WhisperEngine:
    """Hears with the Whisper model in a folder; it is loaded when the first chunk is decoded.

    language  ISO 639-1 code; an English-only model takes 'en' alone
    prompt    shown to the model before every chunk, '' for none. A chunk that begins with the whole of it is heard
              again without: on unclear sound Whisper writes its prompt down
    threads   processor threads, 1 or more
    hardware  what it runs on; where the graphics card fails it goes on with the processor, and `identity` says so
    steady    it fails rather than go on with other hardware
    aligner   lays the words along the sound, to find filled pauses that Whisper leaves out; None where there is none
              for the language

    Raises ModelUnavailable where the folder lacks one of a model's files. `decode` raises ModelUnavailable where the
    model does not know the language, and EngineFailed where it is damaged or breaks down.
    """

    def __init__(
        self,
        folder: Path,
        *,
        language: str,
        prompt: str,
        threads: int,
        aligner: Aligner | None = None,
        hardware: Hardware = "cpu",
        steady: bool = False,
    ) -> None:
        if missing := missing_files(folder):
            raise ModelUnavailable(
                f"The folder {folder} is not a complete Whisper model: {', '.join(missing)} "
                f"{'is' if len(missing) == 1 else 'are'} not in it.",
                "Copy the whole folder of a CTranslate2 Whisper model: config.json, model.bin, tokenizer.json and the"
                " vocabulary, and preprocessor_config.json where there is one.",
            )
        self._folder = folder
        self._language = language
        self._prompt = prompt
        self._threads = threads
        self._aligner = aligner
        self._hardware: Hardware = hardware
        self._steady = steady
        self._model: WhisperModel | None = None
        self._wanted: Callable[[], bool] = always

    @property
    def language(self) -> str:
        return self._language

    @property
    def identity(self) -> EngineIdentity:
        return EngineIdentity(
            name="whisper",
            model=self._folder.name,
            version=f"faster-whisper {version('faster-whisper')}, ctranslate2 {version('ctranslate2')}",
            options={
                **_DECODING,
                "compute_type": COMPUTE_TYPE,
                "hardware": self._hardware,
                "initial_prompt": self._prompt,
                "language": self._language,
                "loop_compression_ratio": CIRCLES_COMPRESSION_RATIO,
                **{f"loop_{name}": value for name, value in _LOOP_DECODING.items()},
                "threads": self._threads,
                "stretched_words": "own time" if self._aligner is None else f"pocketsphinx {version('pocketsphinx')}",
            },
        )

    def decode(
        self, chunks: Sequence[Span], recording: Recording, wanted: Callable[[], bool] = always
    ) -> Iterator[tuple[Word, ...]]:
        """The words of each chunk in turn, each decoded when it is asked for; times are seconds of the recording.

        recording  at 16 kHz
        wanted     asked once a chunk is encoded and before its text is written, which takes longest

        Raises NotWanted where `wanted` says no.
        """
        self._wanted = wanted
        for chunk in chunks:
            samples = recording.samples(chunk.start_s, chunk.end_s)
            words = tuple(_words(self._segments(samples), chunk)) if len(samples) else ()
            yield self._aligned(words, samples, chunk)

    def alone(self) -> "WhisperEngine":
        """The same ear for another process: one that ends rather than hear otherwise than it says here."""
        return WhisperEngine(
            self._folder,
            language=self._language,
            prompt=self._prompt,
            threads=self._threads,
            aligner=self._aligner,
            hardware=self._hardware,
            steady=True,
        )

    def close(self) -> None:
        """Gives the model's memory back; another `decode` would load it again."""
        self._model = None
        if self._aligner is not None:
            self._aligner.close()

    def _aligned(self, words: tuple[Word, ...], samples: Samples, chunk: Span) -> tuple[Word, ...]:
        if self._aligner is None or goes_in_circles(" ".join(word.text for word in words)):
            return words
        try:
            aligned = self._aligner.align(words, samples, chunk.start_s)
        except EngineFailed:
            # What Whisper wrote is worth having without it.
            return words
        timed = (
            placed if found and lasts_too_long(word) else word
            for word, placed, found in zip(words, aligned.words, aligned.found, strict=True)
        )
        return AlignedWords.of(timed, aligned.hesitations)

    def _segments(self, samples: Samples) -> "list[Segment]":
        if self._hardware == "cuda" and not self._steady:
            # Another program may have taken the card's memory since the model was timed on it.
            try:
                return self._passes(samples)
            except EngineFailed:
                self._hardware, self._model = "cpu", None
        return self._passes(samples)

    def _passes(self, samples: Samples) -> "list[Segment]":
        model = self._loaded()
        try:
            options: dict[str, Any] = {}
            segments = self._pass(model, samples, options)
            if echoes(_text(segments), self._prompt):
                options = {"initial_prompt": None}
                segments = self._pass(model, samples, options)
            if goes_in_circles(_text(segments)):
                segments = self._pass(model, samples, options | _LOOP_DECODING)
        except (RuntimeError, ValueError, OSError, MemoryError) as error:
            raise EngineFailed(
                f"The Whisper model {self._folder.name} stopped in the middle of the recording.",
                "The recording is safe. If it happens again, try a smaller model, or --engine draft.",
            ) from error
        return segments

    def _pass(self, model: "WhisperModel", samples: Samples, extra: dict[str, Any]) -> "list[Segment]":
        options: dict[str, Any] = {**_DECODING, "initial_prompt": self._prompt or None, **extra}
        segments, _ = model.transcribe(samples, language=self._language, **options)
        return list(segments)

    def _loaded(self) -> "WhisperModel":
        if self._model is None:
            model = load(self._folder, self._threads, self._hardware, lambda: self._wanted())
            if self._language not in model.supported_languages:
                raise ModelUnavailable(
                    f"The Whisper model {self._folder.name} does not know the language '{self._language}'"
                    f"{'' if model.model.is_multilingual else '; it knows only English'}.",
                    "Set language under [transcription] to a code such as 'en', or choose another model.",
                )
            self._model = model
        return self._model


def _text(segments: "list[Segment]") -> str:
    return "".join(segment.text for segment in segments)


def _words(segments: "list[Segment]", chunk: Span) -> Iterator[Word]:
    for segment in segments:
        for pieces in _grouped(segment.words or []):
            if text := "".join(piece.word for piece in pieces).strip():
                start_s = chunk.start_s + _within(chunk, pieces[0].start)
                end_s = chunk.start_s + _within(chunk, pieces[-1].end)
                # faster-whisper's numbers are numpy's, which JSON and SQLite do not take.
                probability = min(float(piece.probability) for piece in pieces)
                yield Word(text=text, start_s=start_s, end_s=max(start_s, end_s), probability=probability)


def _grouped(words: "list[WhisperWord]") -> "list[list[WhisperWord]]":
    """Whisper writes 'well' '-known' and ' 3' '.5' as two words: what begins with a sign and no space goes on one."""
    groups: list[list[WhisperWord]] = []
    for word in words:
        if groups and word.word and not word.word[0].isalnum() and not word.word[0].isspace():
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _within(chunk: Span, time_s: float) -> float:
    return min(max(0.0, float(time_s)), chunk.duration_s)
