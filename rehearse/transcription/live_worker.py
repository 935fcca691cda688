"""The process that hears while the person speaks: chunk by chunk, at a lower priority than the recording.

`rehearse.transcription.live` follows the recording and cuts it; here are the two ends of the pipe to the process.
"""

import multiprocessing
import os
import signal
import time
from dataclasses import dataclass
from enum import Enum, auto
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TypeAlias

import numpy as np

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Recording, Samples
from rehearse.errors import RehearseError
from rehearse.transcription.engines import Engine
from rehearse.transcription.sphinx import SphinxEngine, deaf_to_interrupts
from rehearse.transcription.transcript import Span, Word
from rehearse.transcription.whisper import WhisperEngine
from rehearse.transcription.whisper_model import NotWanted

#: The recording, the screen and whatever else the person runs come first.
_NICENESS = 5
_WARM_UP = Span(start_s=0.0, end_s=1.0)
#: Somebody may be waiting, so a process that hangs is given up; one that is only slow is done with long before.
PATIENCE_S = 30.0
_TIMES_THE_SLOWEST = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chunk(Recording):
    """The sound of one chunk in memory: an engine asks for nothing else."""

    held: Samples

    def samples(self, start_s: float = 0.0, end_s: float | None = None) -> Samples:
        return self.held


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """
    samples  all of the chunk; where it is still open, what has been added to its end
    """

    chunk: Span
    samples: Samples
    is_open: bool


class _Sign(Enum):
    """
    NOT_WANTED  to the process: the words of the chunk it is hearing are of no use any more
    NO_MORE     to the thread that sends: nothing follows
    """

    NOT_WANTED = auto()
    NO_MORE = auto()


_Message: TypeAlias = _Job | _Sign


class Worker:
    """The process that hears, one chunk at a time.

    heard    the words of every chunk given so far, but for the one it is at and those that were given up
    hearing  the one it is at
    listens  it can hear a chunk that is still open, as it grows; others can only guess that it ends here
    gone     it has ended, hangs or was never there, and stays away

    patience_s  how long `take` may wait in vain, all in all, for one chunk or for the process to be ready; a chunk may
                take some times as long as the slowest before it, should that be more
    """

    def __init__(self, engine: Engine, patience_s: float = PATIENCE_S) -> None:
        self.heard: dict[Span, tuple[Word, ...]] = {}
        self.hearing: Span | None = None
        self.listens = isinstance(engine, SphinxEngine)
        self.gone = False
        self._busy = True
        self._given_up = False
        self._patience_s = patience_s
        self._given_at = 0.0
        self._waited_s = 0.0
        self._to_send: SimpleQueue[_Message] = SimpleQueue()
        self._sender = Thread(target=self._send_on, name="to-live", daemon=True)
        # A process that may itself start none: ending it ends all there is.
        alone = engine.alone() if isinstance(engine, SphinxEngine | WhisperEngine) else engine
        spawn = multiprocessing.get_context("spawn")
        self._connection: Connection
        self._connection, theirs = spawn.Pipe()
        self._process: SpawnProcess = spawn.Process(
            target=serve, args=(theirs, alone), name="rehearse-live", daemon=True
        )
        try:
            with deaf_to_interrupts():
                self._process.start()
        except OSError:
            self.gone = True
        finally:
            theirs.close()
        self._sender.start()

    @property
    def idle(self) -> bool:
        return not self._busy and not self.gone

    def give(self, chunk: Span, samples: Samples) -> None:
        """Have a chunk heard; only where it is idle."""
        self.hearing, self._given_at = chunk, time.monotonic()
        self._send(_Job(chunk=chunk, samples=samples, is_open=False))

    def give_more(self, so_far: Span, samples: Samples) -> None:
        """Have it listen to what has been added to the end of an open chunk; only where it listens and is idle."""
        self._send(_Job(chunk=so_far, samples=samples, is_open=True))

    def give_up(self) -> None:
        """The words of what it is hearing are of no use any more; it stops where it can."""
        if self.hearing is not None and not self._given_up:
            self._given_up = True
            self._send(_Sign.NOT_WANTED)

    def take(self, wait_s: float = 0.0) -> None:
        """Take what it has heard, waiting for it no longer than wait_s; a process waited for too long is ended."""
        try:
            while not self.gone and self._connection.poll(wait_s):
                words: tuple[Word, ...] | None = self._connection.recv()
                if self.hearing is not None and words is not None:
                    self.heard[self.hearing] = words
                    took_s = time.monotonic() - self._given_at
                    self._patience_s = max(self._patience_s, _TIMES_THE_SLOWEST * took_s)
                self.hearing, self._busy, self._given_up = None, False, False
                self._waited_s, wait_s = 0.0, 0.0
        except (EOFError, OSError):
            self.gone = True
        # Counted in waits and not by the clock, which goes on while the computer sleeps.
        self._waited_s += wait_s
        if self._waited_s > self._patience_s:
            self.close()

    def close(self) -> None:
        """End it at once, whatever it does."""
        if self._connection.closed:
            return
        self.gone = True
        if self._process.pid is not None:
            # Asking it nicely is of no use where it is stopped.
            self._process.kill()
            self._process.join()
        # The thread that could not send what nobody took is free from here on.
        self._to_send.put(_Sign.NO_MORE)
        self._sender.join()
        self._connection.close()
        self._process.close()

    def _send(self, message: _Message) -> None:
        self._busy = True
        self._to_send.put(message)

    def _send_on(self) -> None:
        """In a thread of its own: a process that hangs takes nothing, and sending would wait for ever."""
        try:
            while (message := self._to_send.get()) is not _Sign.NO_MORE:
                self._connection.send(message)
        except OSError:
            # The process has ended, which `take` finds.
            return


def serve(connection: Connection, engine: Engine) -> None:
    """Sends () once the engine is ready, then for each _Job the Words heard in it; or None where its chunk is still
    open, or where a _Sign that came meanwhile says that they are not wanted.

    Ends when the other side is closed or gone, and where the engine fails: the other side then hears the sound by
    itself, and is told why it cannot.
    """
    # Ctrl-C reaches every process of the terminal; the one that started this one decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    say_nothing()
    without_semaphores()
    Thread(target=end_with_parent, daemon=True).start()
    try:
        # Libraries load much when they are first used; a second of silence makes them do so before anybody waits.
        silence = np.zeros(ANALYSIS_RATE_HZ, np.float32)
        _heard(engine, _Job(chunk=_WARM_UP, samples=silence, is_open=False), connection)
        connection.send(())
        while True:
            # A sign here came when its chunk was heard already.
            if isinstance(job := connection.recv(), _Job):
                connection.send(_heard(engine, job, connection))
    except (EOFError, OSError, RehearseError):
        connection.close()


def _heard(engine: Engine, job: _Job, connection: Connection) -> tuple[Word, ...] | None:
    if job.is_open:
        assert isinstance(engine, SphinxEngine), "the other side knows who listens"
        engine.listen(job.chunk, job.samples)
        return None
    chunk = job.chunk
    sound = _Chunk(path=Path(), sample_rate_hz=ANALYSIS_RATE_HZ, recording_s=chunk.end_s, held=job.samples)
    if not isinstance(engine, WhisperEngine):
        return next(engine.decode((chunk,), sound))
    try:
        return next(engine.decode((chunk,), sound, wanted=lambda: not connection.poll()))
    except NotWanted:
        return None


def say_nothing() -> None:
    """Libraries of the engine write warnings of their own, here into the middle of the screen."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.close(silence)


def without_semaphores() -> None:
    """Nothing is forked here. But tqdm makes a lock by the usual way to start processes, and a process that is ended
    leaves any other kind than this behind for Python to complain about on the terminal.
    """
    if os.name == "posix":
        multiprocessing.set_start_method("fork", force=True)


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone; waits for that."""
    # A parent that was killed closes its end of the pipe, but a long chunk would still be heard to its end.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
