"""The draft engine: PocketSphinx, which carries its own English model, in processes beside this one.

A rough recogniser for machines without a Whisper model. Each chunk is heard by itself, so the chunks are shared out
among a few processes and the words are the same however many there are.
"""

import multiprocessing
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Recording, Samples
from rehearse.errors import EngineFailed
from rehearse.transcription.sphinx_worker import (
    HESITATION_PHONE,
    LEAST_HESITATION_S,
    MEAN_OVER_S,
    UM_PHONES,
    UM_WEIGHT,
    Utterance,
    decoder_with,
    serve,
)
from rehearse.transcription.transcript import EngineIdentity, Span, Word

if TYPE_CHECKING:
    from pocketsphinx import Decoder

#: The built-in model's language.
LANGUAGE = "en"

#: Chosen by trial on real speech; see docs/decisions/0002-engines.md.
_DECODING: dict[str, str | int | float | bool] = {"fillprob": 1e-5, "maxhmmpf": 5000, "maxwpf": 20, "cmn": "live"}


class SphinxEngine:
    """Hears with PocketSphinx in up to worker_count processes, started when the first chunk is decoded.

    worker_count  0 to hear in this very process, which can do nothing else meanwhile

    `decode` raises EngineFailed where one of them cannot be started, dies or fails.
    """

    def __init__(self, *, worker_count: int) -> None:
        self._worker_count = worker_count
        self._workers: list[_Worker] = []
        self._decoder: Decoder | None = None
        self._open: tuple[float, Utterance] | None = None

    @property
    def language(self) -> str:
        return LANGUAGE

    @property
    def identity(self) -> EngineIdentity:
        return EngineIdentity(
            name="draft",
            model="en-us",
            version=f"pocketsphinx {version('pocketsphinx')}",
            options={
                **_DECODING,
                "uh": HESITATION_PHONE,
                "um": UM_PHONES,
                "um_weight": UM_WEIGHT,
                "least_hesitation_s": LEAST_HESITATION_S,
                "mean_over_s": MEAN_OVER_S,
                "mean_moves": True,
            },
        )

    def decode(self, chunks: Sequence[Span], recording: Recording) -> Iterator[tuple[Word, ...]]:
        """The words of each chunk in turn, with a few chunks being heard ahead; times are seconds of the recording.

        Words are lower case without punctuation; 'um' and 'uh' are among them.
        recording  at 16 kHz
        """
        if not self._worker_count:
            yield from self._in_this_process(chunks, recording)
            return
        finished = False
        try:
            self._start(min(self._worker_count, len(chunks)))
            yield from _in_order(self._workers, chunks, recording)
            finished = True
        except (EOFError, OSError) as error:
            raise _failure() from error
        finally:
            # A worker that still owes an answer would give it to the next recording.
            if not finished:
                self.close()

    def listen(self, so_far: Span, samples: Samples) -> None:
        """Hear more of a chunk that is still being spoken, in this very process; `decode` then has less to do.

        so_far   the chunk up to now
        samples  the end of it, from where the last piece of the same chunk ended, at 16 kHz

        Raises EngineFailed as `decode` does.
        """
        sound = _sixteen_bit(samples)
        fed = _byte_count(so_far) - len(sound)
        with self._here() as decoder:
            utterance = self._opened(so_far, fed) or self._begun(so_far, decoder)
            if utterance.fed_bytes == fed:
                utterance.feed(sound)

    def close(self) -> None:
        """Ends the processes; another `decode` would start new ones."""
        self._decoder = self._open = None
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _in_this_process(self, chunks: Sequence[Span], recording: Recording) -> Iterator[tuple[Word, ...]]:
        for chunk in chunks:
            sound = _sixteen_bit(recording.samples(chunk.start_s, chunk.end_s))
            with self._here() as decoder:
                utterance = self._opened(chunk, len(sound)) or self._begun(chunk, decoder)
                self._open = None
                utterance.feed(sound[utterance.fed_bytes :])
                words = utterance.finish()
            yield tuple(_placed(word, chunk) for word in words)

    def _opened(self, chunk: Span, most_bytes: int) -> Utterance | None:
        """What has been heard of the chunk, if it goes on from there; else it is done with."""
        start_s, utterance = self._open or (None, None)
        if utterance is not None and (start_s != chunk.start_s or utterance.fed_bytes > most_bytes):
            self._open = None
            utterance.leave()
            return None
        return utterance

    def _begun(self, chunk: Span, decoder: "Decoder") -> Utterance:
        utterance = Utterance(decoder)
        self._open = (chunk.start_s, utterance)
        return utterance

    @contextmanager
    def _here(self) -> "Iterator[Decoder]":
        try:
            self._decoder = self._decoder or decoder_with(_DECODING)
            yield self._decoder
        except (ImportError, OSError, RuntimeError) as error:
            raise _failure() from error

    def alone(self) -> "SphinxEngine":
        """The same ear for a process that may start no others."""
        return SphinxEngine(worker_count=0)

    def _start(self, count: int) -> None:
        while len(self._workers) < count:
            self._workers.append(_Worker())


class _Worker:
    """One PocketSphinx process, and the chunk it is hearing, if any.

    A daemon, so that it ends with this process; and should this process be killed, its end of the pipe closes and
    the worker finds nothing more to do.
    """

    def __init__(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.connection: Connection
        self.connection, theirs = spawn.Pipe()
        self._process: SpawnProcess = spawn.Process(
            target=serve, args=(theirs, _DECODING), name="rehearse-draft", daemon=True
        )
        try:
            with deaf_to_interrupts():
                self._process.start()
        except OSError:
            self.connection.close()
            raise
        finally:
            theirs.close()

    def give(self, samples: Samples) -> None:
        self.connection.send_bytes(_sixteen_bit(samples))

    def answer(self) -> tuple[Word, ...]:
        words: tuple[Word, ...] | None = self.connection.recv()
        if words is None:
            raise _failure()
        return words

    def end(self) -> None:
        self.connection.close()
        self._process.terminate()
        self._process.join()
        self._process.close()


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """What is started meanwhile never hears Ctrl-C, which would end it with a traceback while it still imports.

    This process hears it afterwards: a person who pressed it then means it all the same.
    """
    if current_thread() is not main_thread():
        yield
        return
    pressed: list[int] = []
    usual = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        with _held_back(signal.SIGINT):
            yield
    finally:
        signal.signal(signal.SIGINT, usual)
        if pressed:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def _held_back(number: signal.Signals) -> Iterator[None]:
    """The signal comes at the end, and to what is started meanwhile never; where a system has no such thing, to all."""
    if sys.platform == "win32":
        yield
        return
    # Its start would let the signal through again in the middle.
    resource_tracker.ensure_running()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _in_order(workers: list[_Worker], chunks: Sequence[Span], recording: Recording) -> Iterator[tuple[Word, ...]]:
    idle = list(workers)
    waiting = list(enumerate(chunks))[::-1]
    hearing: dict[object, tuple[int, _Worker]] = {}
    heard: dict[int, tuple[Word, ...]] = {}
    for index, chunk in enumerate(chunks):
        while index not in heard:
            while idle and waiting:
                number, next_chunk = waiting.pop()
                worker = idle.pop()
                worker.give(recording.samples(next_chunk.start_s, next_chunk.end_s))
                hearing[worker.connection] = (number, worker)
            for connection in wait([worker.connection for _, worker in hearing.values()]):
                number, worker = hearing.pop(connection)
                heard[number] = worker.answer()
                idle.append(worker)
        yield tuple(_placed(word, chunk) for word in heard.pop(index))


def _placed(word: Word, chunk: Span) -> Word:
    start_s = min(chunk.start_s + word.start_s, chunk.end_s)
    return replace(word, start_s=start_s, end_s=min(max(start_s, chunk.start_s + word.end_s), chunk.end_s))


def _sixteen_bit(samples: Samples) -> bytes:
    levels: npt.NDArray[np.int16] = np.clip(np.rint(samples * 32768.0), -32768, 32767).astype("<i2")
    return levels.tobytes()


def _byte_count(span: Span) -> int:
    return 2 * (round(span.end_s * ANALYSIS_RATE_HZ) - round(span.start_s * ANALYSIS_RATE_HZ))


def _failure() -> EngineFailed:
    return EngineFailed(
        "The rough built-in recogniser stopped in the middle of the recording.",
        "The recording is safe. Try again; with a Whisper model installed it is not needed.",
    )
