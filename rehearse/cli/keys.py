"""Single key presses from a terminal, on every system; and what becomes of those that nobody asked for."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any, Self

_NAMES = {
    "KEY_ENTER": "enter",
    "KEY_LEFT": "left",
    "KEY_RIGHT": "right",
    "KEY_SHIFT_LEFT": "shift-left",
    "KEY_SLEFT": "shift-left",
    "KEY_SHIFT_RIGHT": "shift-right",
    "KEY_SRIGHT": "shift-right",
    "KEY_TAB": "tab",
    "KEY_ESCAPE": "escape",
    "KEY_DELETE": "delete",
}


class Keys:
    """While entered, keys arrive one by one and are not written on the screen; Ctrl-C still interrupts.

    What was pressed before it is entered answers nothing, so what is asked has to be shown after that.
    going_on  it belongs to a dialog that has begun, where somebody who knows the way presses several keys in one go
    """

    def __init__(self, *, going_on: bool = False) -> None:
        self._going_on = going_on

    def __enter__(self) -> Self:
        import blessed

        # Without styling it asks the terminal nothing: some terminals print such questions instead of answering.
        self._terminal: Any = blessed.Terminal(force_styling=None)
        self._mode: Any = self._terminal.cbreak()
        self._mode.__enter__()
        if not self._going_on:
            forget_typed_ahead()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._mode.__exit__(kind, error, trace)

    def press(self, within_s: float | None = None, *, capitals: bool = False) -> str:
        """The key pressed within so many seconds (None: however long it takes), '' for none.

        Letters in lower case unless capitals mean something else; by name 'enter', 'space', 'tab', 'escape', 'left',
        'right', 'shift-left', 'shift-right'.
        """
        key = self._terminal.inkey(timeout=within_s)
        if key.is_sequence:
            return _NAMES.get(key.name or "", "")
        typed = {"\n": "enter", "\r": "enter", " ": "space"}.get(str(key), str(key))
        return typed if capitals else typed.lower()


def forget_typed_ahead() -> None:
    """Drop what was pressed until now: an impatient Enter is no answer to a question that nobody has seen yet."""
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
    else:
        import termios

        # Where no terminal is left, nothing was typed either.
        with suppress(termios.error, OSError, ValueError):
            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


@contextmanager
def keys_unseen() -> Iterator[None]:
    """While something takes its time, keys are not written into what moves on the screen; Ctrl-C interrupts as ever.

    What was typed is still there afterwards: for the shell, or to be dropped by whoever asks next.
    """
    before = _mode()
    try:
        if before is not None:
            _set_mode(before, seen=False)
        yield
    finally:
        if before is not None:
            _set_mode(before)


def _mode() -> list[Any] | None:
    """How the terminal is set; None without one, and on Windows, where no key is shown before somebody reads it."""
    if sys.platform != "win32":
        import termios

        with suppress(termios.error, OSError, ValueError):
            return termios.tcgetattr(sys.stdin.fileno())
    return None


def _set_mode(mode: list[Any], *, seen: bool = True) -> None:
    """Only in the foreground: in the background (`rehearse ... &`) the system would halt whoever changes the terminal,
    and the terminal is the shell's then."""
    if sys.platform != "win32":
        import termios

        keys = mode[3] if seen else mode[3] & ~termios.ECHO
        with suppress(termios.error, OSError, ValueError):
            keyboard = sys.stdin.fileno()
            if os.tcgetpgrp(keyboard) == os.getpgrp():
                termios.tcsetattr(keyboard, termios.TCSANOW, [*mode[:3], keys, *mode[4:]])
