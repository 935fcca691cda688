"""What single cells of the library's rows are in a document, and back. Whatever is read is checked.

A cell that holds JSON is written out in full. Numbers are passed on as they are, so that they come back to the bit.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from rehearse.measurement.exact_json import from_json
from rehearse.storage import document_values as values
from rehearse.storage.document_values import Misfit
from rehearse.storage.tables import Cell

_T = TypeVar("_T")

#: The highest number that every reader of JSON can tell from the next (RFC 8259, section 6).
LARGEST_WHOLE = 2**53 - 1


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
            raise values.not_one(value, f"a whole number from {low} to {high}")
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
            raise values.not_one(value, f"one of {', '.join(choices)}")
        return value

    return Kind(written=_as_it_is, read=read)


def list_of(kind: Kind) -> Kind:
    """A list in one cell, of what such cells hold."""

    def read(value: Any) -> str:
        cells = []
        for place, entry in enumerate(values.entries_of(value)):
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
        for place, entry in enumerate(values.entries_of(value)):
            values.check_keys(entry, names, place)
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
        raise Misfit(values.short(str(error))) from error


def _read_options(value: Any) -> str:
    if type(value) is not dict:
        raise values.not_one(value, "an object")
    for name, option in value.items():
        if type(option) not in (str, int, float, bool):
            raise values.not_one(option, "text, a number, true or false").inside(name)
    return _dumped(value)


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


TEXT = Kind(written=_as_it_is, read=values.read_text)
SOME_TEXT = Kind(written=_as_it_is, read=values.read_some_text)
NUMBER = Kind(written=_as_it_is, read=values.read_number)
SECONDS = Kind(written=_as_it_is, read=values.read_seconds)
FLAG = Kind(written=bool, read=values.read_flag)
MOMENT = Kind(written=_as_it_is, read=values.read_moment)
DAY = Kind(written=_as_it_is, read=values.read_day)
TEXTS = list_of(TEXT)
ANY_JSON = Kind(written=_loaded, read=_dumped)
OPTIONS = Kind(written=_loaded, read=_read_options)
