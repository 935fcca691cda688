"""Single values out of a document, each checked to be what belongs there.

Misfit says what was found, and the way to it.
"""

import json
from datetime import date, datetime
from typing import Any

from rehearse.storage.rows import text_column, utc_text

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


def check_keys(value: Any, names: Any, *place: int) -> None:
    """Raises Misfit for anything but an object with all these keys and no other."""
    what = ""
    if type(value) is not dict:
        what = f"{_shown(value)} is no object"
    elif missing := [name for name in names if name not in value]:
        what = f"{missing[0]} is missing"
    elif unknown := [key for key in value if key not in names]:
        what = f"{_shown(unknown[0])} is not known here"
    if what:
        misfit = Misfit(what)
        raise misfit.inside(place[0]) if place else misfit


def read_text(value: Any) -> str:
    if type(value) is not str:
        raise not_one(value, "text")
    return text_column(value)


def read_some_text(value: Any) -> str:
    if not (text := read_text(value)).strip():
        raise not_one(value, "text with a word in it")
    return text


def read_number(value: Any) -> float:
    if type(value) not in (int, float) or not abs(value) <= _LARGEST:
        raise not_one(value, "a number")
    number: float = value
    return number


def read_seconds(value: Any) -> float:
    if (seconds := read_number(value)) < 0:
        raise not_one(value, "a length in seconds")
    return seconds


def read_flag(value: Any) -> int:
    if type(value) is not bool:
        raise not_one(value, "true or false")
    return int(value)


def read_moment(value: Any) -> str:
    try:
        text = utc_text(datetime.fromisoformat(read_text(value)))
        if int(text[:4]) in _YEARS:
            return text
    except (ValueError, OverflowError):
        pass
    raise not_one(value, "a time such as 2026-11-03T18:30:15+00:00")


def read_day(value: Any) -> str:
    try:
        day = date.fromisoformat(read_text(value))
        if day.year in _DAY_YEARS:
            return day.isoformat()
    except ValueError:
        pass
    raise not_one(value, "a day such as 2026-11-24")


def entries_of(value: Any) -> list[Any]:
    if type(value) is not list:
        raise not_one(value, "a list")
    entries: list[Any] = value
    return entries


def not_one(value: Any, wanted: str) -> Misfit:
    """What to raise where the value is not what is wanted."""
    return Misfit(f"{_shown(value)} is not {wanted}")


def _shown(value: Any) -> str:
    return short(json.dumps(value, ensure_ascii=False))


def short(text: str) -> str:
    """The text, or its two ends where it is long."""
    return text if len(text) <= 60 else text[:30] + " ... " + text[-25:]
