"""Lines typed at a terminal that draws no screen, as they come, while something else goes on."""

import os
import select
import sys
import time
from queue import Empty, SimpleQueue
from threading import Event, Thread
from types import TracebackType
from typing import Self

_LOOK_EVERY_S = 0.1


#: A terminal hands a pasted text on in pieces.
_PASTED_WITHIN_S = 0.05


def more_is_waiting() -> bool:
    """Whether more was typed than has been read, as right after one line of a text that was pasted in."""
    if sys.platform == "win32":
        import msvcrt

        time.sleep(_PASTED_WITHIN_S)
        return msvcrt.kbhit()
    return bool(select.select([sys.stdin], [], [], _PASTED_WITHIN_S)[0])


class TypedLines:
    """While entered, lines are read; after it the keyboard is free for whoever reads it next.

    On Windows, where a keyboard cannot be asked whether anything was typed, the next line is still read by this.
    """

    def __init__(self) -> None:
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._left = Event()
        self._reader = Thread(target=self._read, name="enter", daemon=True)

    def __enter__(self) -> Self:
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        if sys.platform != "win32":
            self._reader.join()

    def next(self, within_s: float) -> str | None:
        """The next line, without its end; None where none was typed within so many seconds.

        The end of the input counts as an empty line.
        """
        try:
            return self._lines.get(timeout=within_s)
        except Empty:
            return None

    def _read(self) -> None:
        # Not sys.stdin.readline, whose lock would still be held should the program end first.
        keyboard = sys.stdin.fileno()
        while not self._left.is_set():
            if sys.platform != "win32" and not select.select([keyboard], [], [], _LOOK_EVERY_S)[0]:
                continue
            typed = os.read(keyboard, 4096)
            self._lines.put(typed.decode(errors="replace").strip())
            if not typed:
                return
