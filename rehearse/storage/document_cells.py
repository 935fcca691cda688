"""What single cells of the library's rows are in a document, and back. Whatever is read is checked.

A cell that holds JSON is written out in full. Numbers are passed on as they are, so that they come back to the bit.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn, TypeVar

from rehearse.measurement.exact_json import from_json
from rehearse.storage.rows import text_column, utc_text
from rehearse.storage.tables import Cell

_T = TypeVar("_T")

#: The highest number that every reader of JSON can tell from the next (RFC 8259, section 6).
LARGEST_WHOLE = 2**53 - 1
#: Thirty years in seconds: no figure of an answer is larger.
_LARGEST = 1e9
#: So that every clock on every system can show it in its own time zone.
_YEARS = range(1000, 9000)
#: A day needs no clock; there has to be one before it, and some to count on to. A slip such as 0026 is still a day.
_DAY_YEARS = range(2, 9000)


class Misfit(ValueError):
    """Something in a document is not what belongs there.

    where  the way to it from the entry it was found in, such as 'transcript.words[3].start_s'
    """

    def __init__(self, what: str, where: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where

    def inside(self, name: str | int) -> "Misfit":
        """The same, told from one step further out."""
        step = f"[{name}]" if isinstance(name, int) else name
        return Misfit(self.what, step + ("." if self.where and not self.where.startswith("[") else "") + self.where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """
    written    the cell as it stands in a document; raises ValueError for a cell that is damaged
    read       the cell for what stands there; raises Misfit
    refers_to  the table whose number it is, '' where it is none
    """

    written: Callable[[Any], Any]
    read: Callable[[Any], Cell]
    refers_to: str = ""


def whole(low: int, high: int, refers_to: str = "") -> Kind:
    """A whole number from low to high."""

    def read(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise _not(value, f"a whole number from {low} to {high}")
        return value

    return Kind(written=_as_it_is, read=read, refers_to=refers_to)


def reference(table: str) -> Kind:
    """The number of a row of that table."""
    return whole(1, LARGEST_WHOLE, refers_to=table)


def optional(kind: Kind) -> Kind:
    return Kind(
        written=lambda cell: None if cell is None else kind.written(cell),
        read=lambda value: None if value is None else kind.read(value),
        refers_to=kind.refers_to,
    )


def one_of(*choices: str) -> Kind:
    def read(value: Any) -> str:
        if type(value) is not str or value not in choices:
            raise _not(value, f"one of {', '.join(choices)}")
        return value

    return Kind(written=_as_it_is, read=read)


def list_of(kind: Kind) -> Kind:
    """A list in one cell, of what such cells hold."""

    def read(value: Any) -> str:
        cells = []
        for place, entry in enumerate(_list(value)):
            try:
                cells.append(kind.read(entry))
            except Misfit as misfit:
                raise misfit.inside(place) from misfit
        return _dumped(cells)

    return Kind(written=_loaded, read=read)


def rows_of(**fields: Kind) -> Kind:
    """A list of lists in one cell, each with these fields in their order; in a document a list of objects."""
    names, readers = fields.keys(), tuple((name, kind.read) for name, kind in fields.items())

    def written(cell: str) -> list[dict[str, Any]]:
        return [dict(zip(names, entry, strict=True)) for entry in _loaded(cell)]

    def read(value: Any) -> str:
        rows = []
        for place, entry in enumerate(_list(value)):
            check_keys(entry, names, place)
            row: list[Cell] = []
            for name, read_field in readers:
                try:
                    row.append(read_field(entry[name]))
                except Misfit as misfit:
                    raise misfit.inside(name).inside(place) from misfit
            rows.append(row)
        return _dumped(rows)

    return Kind(written=written, read=read)


def record(kind: type[Any]) -> Kind:
    """A frozen dataclass kept as JSON; what another version has added to it is passed on too."""

    def read(value: Any) -> str:
        record_read(value, kind)
        return _dumped(value)

    return Kind(written=_loaded, read=read)


def record_read(value: Any, kind: type[_T]) -> _T:
    """The dataclass of that kind; raises Misfit, which tells what was found and not where in the record."""
    try:
        return from_json(value, kind)
    except ValueError as error:
        raise Misfit(_short(str(error))) from error


def check_keys(value: Any, names: Any, *place: int) -> None:
    """Raises Misfit for anything but an object with all these keys and no other."""
    what = ""
    if type(value) is not dict:
        what = f"{_shown(value)} is not a set of names, each with its value"
    elif missing := [name for name in names if name not in value]:
        what = f"{missing[0]} is missing"
    elif unknown := [key for key in value if key not in names]:
        what = f"{_shown(unknown[0])} is not known here"
    if what:
        misfit = Misfit(what)
        raise misfit.inside(place[0]) if place else misfit


def _read_text(value: Any) -> str:
    if type(value) is not str:
        raise _not(value, "text")
    return text_column(value)


def _read_some_text(value: Any) -> str:
    if not (text := _read_text(value)).strip():
        raise _not(value, "text with a word in it")
    return text


def _read_number(value: Any) -> float:
    if type(value) not in (int, float) or not abs(value) <= _LARGEST:
        raise _not(value, "a number")
    number: float = value
    return number


def _read_seconds(value: Any) -> float:
    if (seconds := _read_number(value)) < 0:
        raise _not(value, "a length in seconds")
    return seconds


def _read_flag(value: Any) -> int:
    if type(value) is not bool:
        raise _not(value, "true or false")
    return int(value)


def _read_moment(value: Any) -> str:
    try:
        text = utc_text(datetime.fromisoformat(_read_text(value)))
        if int(text[:4]) in _YEARS:
            return text
    except (ValueError, OverflowError):
        pass
    raise _not(value, "a time such as 2026-11-03T18:30:15+00:00")


def _read_day(value: Any) -> str:
    try:
        day = date.fromisoformat(_read_text(value))
        if day.year in _DAY_YEARS:
            return day.isoformat()
    except ValueError:
        pass
    raise _not(value, "a day such as 2026-11-24")


def _read_options(value: Any) -> str:
    if type(value) is not dict:
        raise _not(value, "an object")
    for name, option in value.items():
        if type(option) not in (str, int, float, bool):
            raise _not(option, "text, a number, true or false").inside(name)
    return _dumped(value)


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise _not(value, "a list")
    entries: list[Any] = value
    return entries


def _as_it_is(cell: Any) -> Any:
    return cell


def _loaded(cell: str) -> Any:
    return json.loads(cell, parse_constant=_no_number)


def _dumped(value: Any) -> str:
    try:
        return json.dumps(value, separators=(",", ":"), allow_nan=False)
    except ValueError as error:
        raise Misfit("a number in it is too large") from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _not(value: Any, wanted: str) -> Misfit:
    return Misfit(f"{_shown(value)} is not {wanted}")


def _shown(value: Any) -> str:
    return _short(json.dumps(value, ensure_ascii=False))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:30] + " ... " + text[-25:]


TEXT = Kind(written=_as_it_is, read=_read_text)
SOME_TEXT = Kind(written=_as_it_is, read=_read_some_text)
NUMBER = Kind(written=_as_it_is, read=_read_number)
SECONDS = Kind(written=_as_it_is, read=_read_seconds)
FLAG = Kind(written=bool, read=_read_flag)
MOMENT = Kind(written=_as_it_is, read=_read_moment)
DAY = Kind(written=_as_it_is, read=_read_day)
TEXTS = list_of(TEXT)
ANY_JSON = Kind(written=_loaded, read=_dumped)
OPTIONS = Kind(written=_loaded, read=_read_options)
