"""What a terminal shows of what a program wrote to it, with all that has scrolled away.

Only what this program and the line editor send is understood; anything else is an error, so that no picture is wrong
without being seen. Every character is taken to be one column wide.
"""

import re

_PIECE = re.compile(
    r"\x1b\[(?P<private>\?)?(?P<numbers>[\d;]*)(?P<letter>[A-Za-z])"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # a title or a link
    r"|\x1b[=>]"  # the keypad
    r"|(?P<control>[\x00-\x1f])"
    r"|(?P<text>[^\x00-\x1f]+)"
)


def lines_shown(written: str, *, columns: int = 80) -> list[str]:
    """The lines on the terminal after that was written, from the first on; without spaces at their ends.

    Raises ValueError for a sequence that is not known here.
    """
    screen = _Screen(columns)
    position = 0
    while position < len(written):
        piece = _PIECE.match(written, position)
        if piece is None:
            raise ValueError(f"not known: {written[position : position + 12]!r}")
        screen.take(piece)
        position = piece.end()
    return ["".join(row).rstrip() for row in screen.rows]


class _Screen:
    def __init__(self, columns: int) -> None:
        self.rows: list[list[str]] = [[]]
        self._columns = columns
        self._row = self._column = 0

    def take(self, piece: re.Match[str]) -> None:
        if text := piece["text"]:
            for character in text:
                self._put(character)
        elif control := piece["control"]:
            self._control(control)
        elif piece["letter"] and not piece["private"]:
            self._sequence(piece["letter"], [int(number or 0) for number in piece["numbers"].split(";")])

    def _put(self, character: str) -> None:
        if self._column == self._columns:
            self._column = 0
            self._down(1)
        row = self.rows[self._row]
        row += [" "] * (self._column + 1 - len(row))
        row[self._column] = character
        self._column += 1

    def _down(self, count: int) -> None:
        self._row += count
        self.rows += [[] for _ in range(self._row + 1 - len(self.rows))]

    def _control(self, control: str) -> None:
        match control:
            case "\n":
                self._down(1)
            case "\r":
                self._column = 0
            case "\b":
                self._column = max(0, self._column - 1)
            case "\x07":
                pass
            case _:
                raise ValueError(f"not known: {control!r}")

    def _sequence(self, letter: str, numbers: list[int]) -> None:
        count = max(1, numbers[0])
        row = self.rows[self._row]
        match letter, numbers[0]:
            case "m", _:
                pass
            case "A", _:
                self._row = max(0, self._row - count)
            case "B", _:
                self._down(count)
            case "C", _:
                self._column = min(self._columns - 1, self._column + count)
            case "D", _:
                self._column = max(0, self._column - count)
            case "K", 0:
                del row[self._column :]
            case "K", 2:
                row.clear()
            case "P", _:
                del row[self._column : self._column + count]
            case "J", 0:
                del row[self._column :], self.rows[self._row + 1 :]
            case _:
                raise ValueError(f"not known: {letter!r} with {numbers}")
