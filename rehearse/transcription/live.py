"""Live transcription: an answer is heard while it is spoken, so that the wait after 'stop' does not grow with it.

A thread follows the recording's file as it grows, finds speech and cuts chunks at pauses just as is done with a
finished file; an engine in a process of its own hears each chunk as it closes. What is heard live is only ever a head
start: afterwards the finished recording is gone through as any other, and chunks that were heard already cost no time.
Nothing here touches the recording itself (docs/decisions/0004-live-transcription.md).
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event, Thread

import numpy as np

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Recording, Samples
from rehearse.errors import RehearseError
from rehearse.transcription.engines import Engine
from rehearse.transcription.live_worker import PATIENCE_S, Worker
from rehearse.transcription.segmenter import Segmenter
from rehearse.transcription.speech_activity import SpeechDetector, detect_speech, find_speech
from rehearse.transcription.speech_levels import LevelMeter
from rehearse.transcription.transcript import (
    FRAME_S,
    FRAME_SAMPLES,
    EngineIdentity,
    Probabilities,
    Span,
    SpeechActivity,
    Word,
)

_LOOK_EVERY_S = 0.1
#: What is read at once where much is left to read.
_BLOCK_S = 10.0
#: Of the WAV file that the journal writes; its header tells the length only once a second.
_HEADER_BYTES = 44


class LiveHearing:
    """Hears one recording with an engine while it is being made. To be used from one thread.

    follow(path) when the recording begins, let_go() before its file is renamed or deleted, finish(recording) once it
    is whole, close() in any case. Whatever goes wrong in between costs time and no words: what has not been heard
    live is heard when it is asked for.

    Making one starts the engine's process, so that it is ready when the first chunk is; it must not have been used.
    patience_s  seconds that a process may say nothing while it is waited for, before it is given up
    Raises EngineFailed where speech cannot be looked for at all.
    """

    def __init__(self, engine: Engine, patience_s: float = PATIENCE_S) -> None:
        self._detector = SpeechDetector()
        self._meter = LevelMeter()
        self._segmenter = Segmenter()
        self._probabilities: list[Probabilities] = []
        self._engine = engine
        self._worker = Worker(engine, patience_s)
        self._chunks: deque[Span] = deque()
        self._guess: Span | None = None
        self._listened: Span | None = None
        self._read: Callable[[float, float | None], Samples] | None = None
        self._read_samples = 0
        self._finished: Recording | None = None
        self._enough = Event()
        self._thread: Thread | None = None

    @property
    def engine(self) -> Engine:
        """The same engine, which has heard most of the finished recording already; closing it ends the process."""
        return _HeadStart(self, self._engine)

    @property
    def heard_spans(self) -> tuple[Span, ...]:
        """What has been heard by now: chunks, and guesses at the chunk being spoken that may be of no use."""
        return tuple(self._worker.heard)

    def follow(self, path: Path, sample_rate_hz: int) -> None:
        """Follow a file as the journal writes it; a rate other than 16 kHz is left for later."""
        if sample_rate_hz != ANALYSIS_RATE_HZ:
            return
        self._read = lambda start_s, end_s: _growing(path, start_s, end_s)
        self._thread = Thread(target=self._follow, name="live", daemon=True)
        self._thread.start()

    def let_go(self) -> None:
        """Read no more for now: on Windows a file cannot be renamed or deleted while somebody has it open."""
        self._enough.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def finish(self, recording: Recording) -> None:
        """Hear the rest of the recording, which is whole now. Returns at once; the words come through `engine`."""
        self.let_go()
        if self._read is None:
            return
        self._read = recording.samples
        try:
            while self._take_in(_BLOCK_S):
                self._worker.take()
        except RehearseError:
            # The recording cannot be read: whoever hears it next, once it is kept, finds the same and says so.
            return
        if self._read_samples != round(recording.recording_s * ANALYSIS_RATE_HZ):
            return
        last = self._detector.finish()
        self._probabilities.append(last)
        self._chunks.extend((*self._segmenter.feed(last), *self._segmenter.finish(recording.recording_s)))
        self._finished = recording
        self._exchange()

    def detect(
        self, recording: Recording, on_progress: Callable[[float], None] | None = None
    ) -> tuple[Probabilities, SpeechActivity]:
        """What `detect_speech` gives for the recording, for the most part known already."""
        if not self._is_of(recording):
            return detect_speech(recording, on_progress)
        probabilities = np.concatenate(self._probabilities)
        return probabilities, find_speech(recording, probabilities, self._meter.finish())

    def heard(self, chunks: Sequence[Span], recording: Recording) -> Iterator[tuple[Word, ...]]:
        """The words of each chunk in turn, waited for where need be; ends early where the process ended or hangs."""
        if not self._is_of(recording):
            return
        words = self._worker.heard
        self._chunks = deque(chunk for chunk in chunks if chunk not in words)
        for chunk in chunks:
            while chunk not in words:
                self._exchange()
                if self._worker.gone:
                    return
                self._worker.take(_LOOK_EVERY_S)
            yield words[chunk]

    def close(self) -> None:
        """End the process at once, whatever it is doing."""
        self.let_go()
        self._worker.close()

    def _is_of(self, recording: Recording) -> bool:
        finished = self._finished
        return finished is not None and finished.recording_s == recording.recording_s

    def _follow(self) -> None:
        try:
            while not self._enough.wait(_LOOK_EVERY_S):
                self._take_in(None)
                self._exchange()
        except (OSError, RehearseError):
            # Too early or too late to read the file; finish() reads whatever is missing.
            return

    def _take_in(self, at_most_s: float | None) -> bool:
        """Look for speech in what has been recorded since; False where there was nothing."""
        assert self._read is not None, "only called once there is something to read"
        start_s = self._read_samples / ANALYSIS_RATE_HZ
        samples = self._read(start_s, None if at_most_s is None else start_s + at_most_s)
        self._read_samples += len(samples)
        self._meter.feed(samples)
        probabilities = self._detector.feed(samples)
        self._probabilities.append(probabilities)
        self._chunks.extend(self._segmenter.feed(probabilities))
        return len(samples) > 0

    def _exchange(self) -> None:
        """Take what has been heard, and give the process more to hear if it has nothing to do."""
        self._worker.take()
        if self._worker.hearing == self._guess and self._guess not in (*self._chunks, self._open_chunk()):
            self._worker.give_up()
        while self._worker.idle:
            if self._chunks:
                self._give(self._chunks.popleft())
            elif not (self._give_more() if self._worker.listens else self._give_guess()):
                return

    def _give(self, chunk: Span) -> bool:
        """False where it has been heard already."""
        assert self._read is not None, "only called once there is something to read"
        if chunk in self._worker.heard:
            return False
        self._worker.give(chunk, self._read(chunk.start_s, chunk.end_s))
        return True

    def _give_guess(self) -> bool:
        self._guess = self._open_chunk()
        return self._guess is not None and self._give(self._guess)

    def _give_more(self) -> bool:
        """Let the process listen to what is new in the chunk being spoken."""
        assert self._read is not None, "only called once there is something to read"
        so_far, before = None if self._finished else self._segmenter.settled(), self._listened
        if so_far is None or so_far == before:
            return False
        goes_on = before is not None and before.start_s == so_far.start_s
        start_s = before.end_s if before is not None and goes_on else so_far.start_s
        self._worker.give_more(so_far, self._read(start_s, so_far.end_s))
        self._listened = so_far
        return True

    def _open_chunk(self) -> Span | None:
        """The chunk being spoken as it stands should nothing more be said, in a pause long enough to settle its end.

        Speech that goes on after all gives a chunk with another end, and what was heard of this one is of no use.
        """
        chunk = None if self._finished else self._segmenter.settled()
        # A chunk takes so much of the silence after it and no more: past that, silence does not change it.
        now_s = self._read_samples // FRAME_SAMPLES * FRAME_S
        return chunk if chunk is not None and chunk.end_s < now_s else None


class _HeadStart:
    """An engine that gives the words heard live first, and hears the rest itself."""

    def __init__(self, live: LiveHearing, engine: Engine) -> None:
        self._live = live
        self._engine = engine

    @property
    def identity(self) -> EngineIdentity:
        return self._engine.identity

    @property
    def language(self) -> str:
        return self._engine.language

    def decode(self, chunks: Sequence[Span], recording: Recording) -> Iterator[tuple[Word, ...]]:
        count = 0
        for words in self._live.heard(chunks, recording):
            yield words
            count += 1
        if count < len(chunks):
            yield from self._engine.decode(chunks[count:], recording)

    def close(self) -> None:
        self._live.close()
        self._engine.close()


def _growing(path: Path, start_s: float, end_s: float | None) -> Samples:
    """Samples of a journal still being written at 16 kHz, as `Recording.samples` will give them when it is finished."""
    start = round(start_s * ANALYSIS_RATE_HZ)
    count = -1 if end_s is None else 2 * (round(end_s * ANALYSIS_RATE_HZ) - start)
    with path.open("rb") as file:
        file.seek(_HEADER_BYTES + 2 * start)
        data = file.read(count)
    samples: Samples = np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.float32) / np.float32(32768)
    return samples
