"""The process that hears while the person speaks: chunk by chunk, at a lower priority than the recording.

`rehearse.transcription.live` follows the recording and cuts it; here are the two ends of the pipe to the process.
"""

import multiprocessing
import os
import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Thread

import numpy as np

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Recording, Samples
from rehearse.errors import RehearseError
from rehearse.transcription.engines import Engine
from rehearse.transcription.sphinx import SphinxEngine, deaf_to_interrupts
from rehearse.transcription.transcript import Span, Word

#: The recording, the screen and whatever else the person runs come first.
_NICENESS = 5
_WARM_UP = Span(start_s=0.0, end_s=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chunk(Recording):
    """The sound of one chunk in memory: an engine asks for nothing else."""

    held: Samples

    def samples(self, start_s: float = 0.0, end_s: float | None = None) -> Samples:
        return self.held


class Worker:
    """The process that hears, one chunk at a time.

    heard  the words of every chunk given so far, but for the one it is at
    gone   it has ended or was never there, and stays away
    """

    def __init__(self, engine: Engine) -> None:
        self.heard: dict[Span, tuple[Word, ...]] = {}
        self.gone = False
        self._ready = False
        self._hearing: Span | None = None
        # A process that may itself start none: ending it ends all there is.
        alone = SphinxEngine(worker_count=0) if isinstance(engine, SphinxEngine) else engine
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

    @property
    def idle(self) -> bool:
        return self._ready and self._hearing is None and not self.gone

    def give(self, chunk: Span, samples: Samples) -> None:
        try:
            self._connection.send((chunk, samples))
            self._hearing = chunk
        except OSError:
            self.gone = True

    def take(self, wait_s: float = 0.0) -> None:
        """Take what it has heard, waiting for it no longer than wait_s."""
        try:
            while not self.gone and self._connection.poll(wait_s):
                words = self._connection.recv()
                if self._hearing is not None:
                    self.heard[self._hearing] = words
                self._ready, self._hearing, wait_s = True, None, 0.0
        except (EOFError, OSError):
            self.gone = True

    def end(self) -> None:
        if self._connection.closed:
            return
        self.gone = True
        self._connection.close()
        if self._process.pid is not None:
            self._process.terminate()
            self._process.join()
        self._process.close()


def serve(connection: Connection, engine: Engine) -> None:
    """Sends () once the engine is ready, then for each (Span, Samples) that comes in the Words heard in it.

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
        _heard(engine, _WARM_UP, np.zeros(ANALYSIS_RATE_HZ, np.float32))
        connection.send(())
        while True:
            connection.send(_heard(engine, *connection.recv()))
    except (EOFError, OSError, RehearseError):
        connection.close()


def _heard(engine: Engine, chunk: Span, samples: Samples) -> tuple[Word, ...]:
    sound = _Chunk(path=Path(), sample_rate_hz=ANALYSIS_RATE_HZ, recording_s=chunk.end_s, held=samples)
    (words,) = engine.decode((chunk,), sound)
    return words


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
