"""Single key presses from a terminal, on every system."""

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
    """While entered, keys arrive one by one and are not written on the screen; Ctrl-C still interrupts."""

    def __enter__(self) -> Self:
        import blessed

        # Without styling it asks the terminal nothing: some terminals print such questions instead of answering.
        self._terminal: Any = blessed.Terminal(force_styling=None)
        self._mode: Any = self._terminal.cbreak()
        self._mode.__enter__()
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
