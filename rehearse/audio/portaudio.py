"""The PortAudio library: loading it, keeping it quiet, making it look for devices again, and not waiting for ever.

A sound server that hangs never returns from a call, and a thread in such a call cannot be ended. So whatever may wait
for a server is called in one thread of its own, which is left behind where no answer comes.
"""

import atexit
import os
import sys
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Lock, Thread, current_thread
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from rehearse.errors import MicrophoneUnavailable, RehearseError

if TYPE_CHECKING:
    from types import ModuleType

T = TypeVar("T")

_streams: "weakref.WeakSet[Any]" = weakref.WeakSet()


class _Line:
    """The one thread that calls PortAudio, one call after another: it is not made for several."""

    def __init__(self) -> None:
        self._calls: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        self._thread: Thread | None = None
        self._unanswered: Future[Any] | None = None

    def call(self, what: Callable[[], T], within_s: float, unavailable: type[RehearseError]) -> T:
        if current_thread() is self._thread:
            return what()
        if self._unanswered is not None and not self._unanswered.done():
            raise _no_answer(unavailable)
        if self._thread is None:
            self._thread = Thread(target=self._serve, name="portaudio", daemon=True)
            self._thread.start()
        answer: Future[T] = Future()
        try:
            self._calls.put((answer, what))
            with quiet_stderr():
                return answer.result(within_s)
        except TimeoutError:
            if not self._left_behind(answer):
                return answer.result()
        except KeyboardInterrupt:
            # Whoever presses Ctrl-C because nothing happens is not to wait for it at the end either.
            self._left_behind(answer)
            raise
        raise _no_answer(unavailable)

    def _left_behind(self, answer: "Future[Any]") -> bool:
        """Wait for it no more; False where it came at the last moment."""
        if answer.cancel():
            _leave_open_at_exit()
            return True
        if answer.done():
            return False
        self._unanswered = answer
        _leave_open_at_exit()
        return True

    def _serve(self) -> None:
        while True:
            answer, what = self._calls.get()
            if not answer.set_running_or_notify_cancel():
                continue
            try:
                answer.set_result(what())
            except BaseException as error:  # noqa: BLE001 - it belongs to whoever called
                answer.set_exception(error)


_line = _Line()


def answered(what: Callable[[], T], *, within_s: float, unavailable: type[RehearseError] = MicrophoneUnavailable) -> T:
    """What the call to PortAudio gives, made in the thread for such calls.

    Raises `unavailable` where no answer comes within so many seconds: the call goes on nobody knows how long, and until
    it returns every further one is refused at once. What it raises itself is passed on.
    """
    return _line.call(what, within_s, unavailable)


def _no_answer(unavailable: type[RehearseError]) -> RehearseError:
    return unavailable(
        "The sound system of this computer does not answer.",
        "Wait a moment and try again. If that does not help, restart the sound server or the computer.",
    )


def _leave_open_at_exit() -> None:
    """Let the program end: closing everything in good order would wait for the answer that does not come."""
    handler = getattr(sys.modules.get("sounddevice"), "_exit_handler", None)
    if handler is not None:
        atexit.unregister(handler)


def portaudio(unavailable: type[RehearseError]) -> "ModuleType":
    """The sounddevice module; raises the given error where the PortAudio library it needs is missing."""
    try:
        with quiet_stderr():
            import sounddevice
    except OSError as error:
        hint = "Install it with: python -m pip install --force-reinstall sounddevice"
        if sys.platform.startswith("linux"):
            hint = (
                "Install it with: sudo apt install libportaudio2\n"
                "(Fedora: sudo dnf install portaudio; Arch: sudo pacman -S portaudio)"
            )
        raise unavailable("Sound needs the PortAudio library, and it is not installed.", hint) from error
    return sounddevice  # type: ignore[no-any-return]


def version() -> str:
    """The PortAudio library that is used, such as 'PortAudio V19.7.0'; raises MicrophoneUnavailable without one."""
    name: str = portaudio(MicrophoneUnavailable).get_portaudio_version()[1]
    return name.partition(",")[0]


def in_use(stream: Any) -> None:
    """Remember a stream, so that devices are not counted anew under its feet."""
    _streams.add(stream)


def look_again(sounddevice: Any) -> None:
    """Find devices that came or went since the start, unless a stream is open.

    PortAudio knows the devices of the moment it was started and offers no other way than to start it again, which
    would pull every open stream away.
    """
    if all(stream.closed for stream in _streams):
        sounddevice._terminate()
        sounddevice._initialize()


class _Stderr:
    """Where standard error goes while somebody wants what is not Python's kept off it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wanted = 0
        self._kept: int | None = None
        self._python: tuple[TextIO, TextIO] | None = None

    def quiet(self) -> None:
        with self._lock:
            self._wanted += 1
            if self._wanted > 1:
                return
            try:
                self._kept = os.dup(2)
            except OSError:
                # A program without a terminal may have no standard error at all.
                return
            self._python = _moved(sys.stderr, self._kept)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 2)
            os.close(nowhere)

    def loud(self) -> None:
        with self._lock:
            self._wanted -= 1
            if self._wanted or self._kept is None:
                return
            os.dup2(self._kept, 2)
            if self._python is not None:
                before, meanwhile = self._python
                meanwhile.flush()
                if sys.stderr is meanwhile:
                    sys.stderr = before
            os.close(self._kept)
            self._kept = self._python = None


def _moved(stderr: TextIO | None, descriptor: int) -> tuple[TextIO, TextIO] | None:
    """Let Python's own standard error, where it is the process's, go on to that descriptor: before, and meanwhile."""
    try:
        if stderr is None or stderr.fileno() != 2:
            return None
    except (OSError, ValueError):
        return None
    stderr.flush()
    meanwhile = open(  # noqa: SIM115 - closed by nobody, as its descriptor is somebody else's
        descriptor, "w", buffering=1, encoding=stderr.encoding, errors="backslashreplace", closefd=False
    )
    sys.stderr = meanwhile
    return stderr, meanwhile


_stderr = _Stderr()


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """Keep ALSA, JACK and PortAudio, which write straight to the terminal, from tearing up a screen.

    What Python writes to sys.stderr still arrives. May be entered by several threads at once.
    """
    _stderr.quiet()
    try:
        yield
    finally:
        _stderr.loud()
