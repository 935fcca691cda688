"""A large JSON object read piece by piece: the entries of its lists one after the other, never the whole of it.

Only the standard decoder reads JSON here; this module gives it enough text for one piece at a time.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TextIO, TypeAlias

from rehearse.errors import StorageFailed

_CHUNK = 1 << 20
#: No single entry is longer: an answer of half an hour takes less than 2 MB.
LONGEST_PIECE = 1 << 26

#: The key, the place in its list (None where the value is no list), and the value.
Piece: TypeAlias = tuple[str, int | None, Any]
#: Told how many bytes of the file have been read.
OnBytes: TypeAlias = Callable[[int], None]

_SPACE = " \t\r\n"


def pieces(file: Path, on_bytes: OnBytes) -> Iterator[Piece]:
    """Every piece of the object in the file, as they stand there. A list that is empty has none.

    Raises StorageFailed where the file cannot be read, or is not one whole JSON object, and says at which line.
    """
    try:
        with file.open("rb") as head:
            encoding = json.detect_encoding(head.read(4))
        with file.open(encoding=encoding, newline="") as stream:
            yield from _Reader(stream, file, on_bytes).pieces()
    except FileNotFoundError as error:
        raise StorageFailed(f"There is no file {file}.", "Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise StorageFailed(f"{file} is a folder, not a file.", "Name the file inside it.") from error
    except UnicodeError as error:
        raise not_exported(file) from error
    except OSError as error:
        raise StorageFailed(f"{file} cannot be read.", "Are you allowed to open it?") from error


def not_exported(file: Path) -> StorageFailed:
    """For a file that was never a library, rather than one that was damaged."""
    return StorageFailed(
        f"{file} is not a library that rehearse exported. Nothing was changed.",
        "Such a file is made with: rehearse export --format json -o FILE",
    )


_ANOTHER = "Was it made with: rehearse export --format json -o FILE? Is there another copy of it?"


class _Reader:
    def __init__(self, stream: TextIO, file: Path, on_bytes: OnBytes) -> None:
        self._stream, self._file, self._on_bytes = stream, file, on_bytes
        self._text, self._at = "", 0
        #: The line that the text begins in, and how much of that line came before it.
        self._line, self._column = 1, 0
        self._decoder = json.JSONDecoder(parse_constant=self._no_number)

    def pieces(self) -> Iterator[Piece]:
        if self._next() not in ("{", ""):
            raise not_exported(self._file)
        self._expect("{", "it ends too early")
        if self._next() == "}":
            self._at += 1
        else:
            yield from self._members()
        if self._next():
            self._damaged("something follows its end")

    def _members(self) -> Iterator[Piece]:
        while True:
            key = self._value()
            if not isinstance(key, str):
                self._damaged("a name is missing")
            self._expect(":", "a ':' is missing")
            if self._next() == "[":
                yield from ((key, place, value) for place, value in enumerate(self._entries()))
            else:
                yield key, None, self._value()
            if not self._goes_on("}"):
                return

    def _entries(self) -> Iterator[Any]:
        self._expect("[", "a '[' is missing")
        if self._next() == "]":
            self._at += 1
            return
        while True:
            yield self._value()
            if not self._goes_on("]"):
                return

    def _goes_on(self, end: str) -> bool:
        sign = self._next()
        if sign not in (",", end) or not sign:
            self._damaged(f"a ',' or '{end}' is missing" if sign else "it ends too early")
        self._at += 1
        if sign == "," and self._next() == end:
            self._damaged(f"something is missing before '{end}'")
        return sign == ","

    def _expect(self, sign: str, otherwise: str) -> None:
        if (found := self._next()) != sign:
            self._damaged(otherwise if found else "it ends too early")
        self._at += 1

    def _next(self) -> str:
        """The next sign that is no space, '' at the end of the file."""
        while True:
            while self._at < len(self._text):
                if (sign := self._text[self._at]) not in _SPACE:
                    return sign
                self._at += 1
            if not self._more():
                return ""

    def _value(self) -> Any:
        if not self._next():
            self._damaged("it ends too early")
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
                # A number may go on in what has not been read yet.
                if end < len(self._text) or not self._more():
                    self._at = end
                    return value
            except json.JSONDecodeError as error:
                if len(self._text) - self._at > LONGEST_PIECE or not self._more():
                    self._at = min(error.pos, len(self._text))
                    cut = self._at == len(self._text) or error.msg.startswith("Unterminated")
                    self._damaged("it ends too early" if cut else "this is no JSON")
            except (ValueError, RecursionError):
                self._damaged("this is no JSON that can be read")

    def _more(self) -> bool:
        """Whether more text could be read; what has been dealt with is let go of."""
        done = self._text[: self._at]
        self._line += done.count("\n")
        self._column = self._at - done.rfind("\n") - 1 if "\n" in done else self._column + self._at
        self._text, self._at = self._text[self._at :], 0
        more = self._stream.read(max(_CHUNK, len(self._text)))
        self._text += more
        self._on_bytes(self._stream.buffer.tell())
        return bool(more)

    def _damaged(self, what: str) -> NoReturn:
        before = self._text[: self._at]
        line = self._line + before.count("\n")
        column = len(before) - before.rfind("\n") if "\n" in before else self._column + len(before) + 1
        raise StorageFailed(
            f"{self._file} is damaged at line {line}, column {column}: {what}. Nothing was changed.", _ANOTHER
        )

    def _no_number(self, name: str) -> NoReturn:
        raise ValueError(f"{name} is no number")
