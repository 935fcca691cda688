"""The draft engine: PocketSphinx, which carries its own English model, in processes beside this one.

A rough recogniser for machines without a Whisper model. Each chunk is heard by itself, so the chunks are shared out
among a few processes and the words are the same however many there are.
"""

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rehearse.audio.recording import Recording, Samples
from rehearse.errors import EngineFailed
from rehearse.transcription.sphinx_worker import (
    HESITATION_PHONE,
    LEAST_HESITATION_S,
    UM_PHONES,
    UM_WEIGHT,
    decoder_with,
    heard_by,
    serve,
)
from rehearse.transcription.transcript import EngineIdentity, Span, Word

if TYPE_CHECKING:
    from pocketsphinx import Decoder

#: The built-in model's language.
LANGUAGE = "en"

#: Chosen by trial on real speech; see docs/decisions/0002-engines.md.
_DECODING: dict[str, str | int | float | bool] = {"fillprob": 1e-5, "maxhmmpf": 5000, "maxwpf": 20}


class SphinxEngine:
    """Hears with PocketSphinx in up to worker_count processes, started when the first chunk is decoded.

    worker_count  0 to hear in this very process, which can do nothing else meanwhile

    `decode` raises EngineFailed where one of them cannot be started, dies or fails.
    """

    def __init__(self, *, worker_count: int) -> None:
        self._worker_count = worker_count
        self._workers: list[_Worker] = []
        self._decoder: Decoder | None = None

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

    def close(self) -> None:
        """Ends the processes; another `decode` would start new ones."""
        self._decoder = None
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _in_this_process(self, chunks: Sequence[Span], recording: Recording) -> Iterator[tuple[Word, ...]]:
        try:
            decoder = self._decoder = self._decoder or decoder_with(_DECODING)
        except (ImportError, OSError, RuntimeError) as error:
            raise _failure() from error
        for chunk in chunks:
            words = heard_by(decoder, _sixteen_bit(recording.samples(chunk.start_s, chunk.end_s)))
            if words is None:
                raise _failure()
            yield tuple(_placed(word, chunk) for word in words)

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
    """What is started meanwhile never hears Ctrl-C, which would end it with a traceback while it still imports."""
    if current_thread() is not main_thread():
        yield
        return
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


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


def _failure() -> EngineFailed:
    return EngineFailed(
        "The rough built-in recogniser stopped in the middle of the recording.",
        "The recording is safe. Try again; with a Whisper model installed it is not needed.",
    )
