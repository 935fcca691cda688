"""Many kept attempts heard again: several at once, each in a process of its own, and kept one by one as they are done.

Only this process writes to the library. A process that hears can be ended, or can end by itself, at any moment: what it
was at stays as it was (docs/decisions/0007-several-at-once.md).
"""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import Thread
from typing import TypeAlias

from rehearse.audio.recording import Recording
from rehearse.correcting import own_fillers
from rehearse.errors import EngineFailed, RehearseError
from rehearse.hearing import Heard, Listener, Stage, hear, sound_of
from rehearse.measurement.attempt import Attempt
from rehearse.practice import HOPELESS, keep_heard
from rehearse.settings import FillerSettings
from rehearse.storage.store import Store
from rehearse.transcription.engines import Engine
from rehearse.transcription.live_worker import end_with_parent, say_nothing, without_semaphores
from rehearse.transcription.sphinx import deaf_to_interrupts

#: Told the attempt that is being heard and how much of its words is there, 0..1; at first with 0.
OnShare: TypeAlias = Callable[[Attempt, float], None]

#: An attempt that is done: its new words are kept, or, with the error, it is as it was before.
Done: TypeAlias = tuple[Attempt, RehearseError | None]


def hear_attempts(
    attempts: Sequence[Attempt],
    *,
    engines: Sequence[Engine],
    fillers: FillerSettings,
    store: Store,
    now: Callable[[], datetime],
    on_share: OnShare,
) -> Generator[Done, None, None]:
    """Hear the attempts in turn, as many at once as there are engines, and keep words and numbers of each; gives each
    attempt as soon as it is done.

    Whatever happens to one, the others are heard. The old words of each stay until its new ones are kept. Closing the
    generator, or an exception in it such as Ctrl-C, ends the processes at once.

    engines  alike, not used yet; each goes to a process of its own
    """
    waiting = deque(attempts)
    own = own_fillers(store)
    ears = [Listener(engine=engine, fillers=fillers, own_fillers=own) for engine in engines[: len(attempts)]]
    jobs = [_Job(ear) for ear in ears]
    try:
        while waiting or any(job.attempt for job in jobs):
            for job in jobs:
                if job.attempt is None and waiting:
                    attempt = waiting.popleft()
                    on_share(attempt, 0.0)
                    if fault := job.give(attempt, store.question(attempt.question_id).points):
                        yield attempt, fault
            for job in _with_news(jobs):
                attempt, news = job.take()
                if isinstance(news, float):
                    on_share(attempt, news)
                elif isinstance(news, Heard):
                    yield attempt, _kept(attempt, news, fillers, store, now)
                else:
                    if isinstance(news, HOPELESS):
                        store.note_unspoken(attempt.id)
                    yield attempt, news
    finally:
        for job in jobs:
            job.end()


def _with_news(jobs: Sequence["_Job"]) -> "list[_Job]":
    """The jobs that have something to say, waited for; none where none is at work."""
    at_work = {job.connection: job for job in jobs if job.connection is not None and job.attempt is not None}
    ready = wait(list(at_work))
    return [job for connection, job in at_work.items() if connection in ready]


def _kept(
    attempt: Attempt, heard: Heard, fillers: FillerSettings, store: Store, now: Callable[[], datetime]
) -> RehearseError | None:
    try:
        keep_heard(attempt, heard, fillers=fillers, store=store, now=now)
    except RehearseError as error:
        return error
    return None


class _Job:
    """One process that hears, started for the first attempt and again for the next where it has died.

    attempt     what it is hearing, None where it is idle
    connection  to the process, None where there is none
    """

    def __init__(self, listener: Listener) -> None:
        self.attempt: Attempt | None = None
        self.connection: Connection | None = None
        self._listener = listener
        self._process: SpawnProcess | None = None

    def give(self, attempt: Attempt, points: Sequence[str]) -> RehearseError | None:
        """Have it hear an attempt at a question with these points; gives the error where it cannot even begin."""
        try:
            connection = self.connection or self._start()
            connection.send((sound_of(attempt), points))
        except OSError:
            self.end()
            return _died()
        except RehearseError as error:
            return error
        self.attempt = attempt
        return None

    def take(self) -> tuple[Attempt, float | Heard | RehearseError]:
        """What it has to say of its attempt: how much is heard, what was heard, or why it could not be."""
        attempt, connection = self.attempt, self.connection
        assert attempt is not None and connection is not None, "only a job at work has something to say"
        try:
            news: float | Heard | RehearseError = connection.recv()
        except (EOFError, OSError):
            news = _died()
            self.end()
        if not isinstance(news, float):
            self.attempt = None
        return attempt, news

    def end(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
        if self._process is not None:
            self._process.terminate()
            self._process.join()
            self._process.close()
            self._process = None

    def _start(self) -> Connection:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        # Not a daemon, which could start no processes for PocketSphinx; _serve sees to it that it ends with this one.
        process = spawn.Process(target=_serve, args=(theirs, self._listener), name="rehearse-job")
        try:
            with deaf_to_interrupts():
                process.start()
        except BaseException:
            # Ctrl-C too: what was started by then ends with the pipe.
            ours.close()
            raise
        finally:
            theirs.close()
        self.connection, self._process = ours, process
        return ours


def _serve(connection: Connection, listener: Listener) -> None:
    """Answers each (Recording, points) with floats, the share of its words there, and then Heard or the error."""
    # Ctrl-C reaches every process of the terminal; the one that started this one decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    say_nothing()
    without_semaphores()
    Thread(target=end_with_parent, daemon=True).start()
    try:
        while True:
            recording, points = connection.recv()
            connection.send(_heard(recording, points, listener, connection))
    except (EOFError, OSError):
        connection.close()
    finally:
        if listener.engine is not None:
            listener.engine.close()


def _heard(
    recording: Recording, points: Sequence[str], listener: Listener, connection: Connection
) -> Heard | RehearseError:
    ear = replace(listener, on_progress=partial(_tell, connection))
    try:
        return hear(recording, ear, points=points)
    except RehearseError as error:
        return error


def _tell(connection: Connection, stage: Stage, done: float) -> None:
    if stage is Stage.TRANSCRIBING:
        connection.send(done)


def _died() -> EngineFailed:
    return EngineFailed(
        "The recogniser stopped before it was done.",
        "Is there enough memory? A smaller model, or --jobs 1, needs less.",
    )
