"""Frozen dataclasses to plain JSON values and back, exactly, by the types of their fields."""

import functools
import sys
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

_T = TypeVar("_T")

#: Neither infinite nor no number is at most that, nor a whole number that no float can hold.
_LARGEST = sys.float_info.max


def to_json(value: Any) -> Any:
    """Dataclasses and mappings as dicts, tuples as lists, everything else as it is; numbers are not rounded."""
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [to_json(entry) for entry in value]
    return dict(value) if isinstance(value, Mapping) else value


def from_json(stored: Any, kind: type[_T]) -> _T:
    """The dataclass of that kind that `to_json` turned into `stored`.

    Unknown keys are passed over; a missing one is the field's default, or None where the field may be None.
    Raises ValueError where a value is not what its field asks for.
    """
    value = _read(stored, kind)
    assert isinstance(value, kind)
    return value


def _read(value: Any, kind: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _read_one_of(value, get_args(kind))
    if origin is Literal:
        return _checked(value, type(value) is str and value in get_args(kind))
    if origin is tuple:
        _checked(value, isinstance(value, list))
        return tuple(_read(entry, get_args(kind)[0]) for entry in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        _checked(value, isinstance(value, Mapping))
        return {_read(key, str): _read(entry, get_args(kind)[1]) for key, entry in value.items()}
    if is_dataclass(kind):
        return _read_dataclass(value, kind)
    if kind is float:
        return float(_checked(value, type(value) in (int, float) and abs(value) <= _LARGEST))
    return _checked(value, type(value) is kind)


def _read_one_of(value: Any, kinds: tuple[Any, ...]) -> Any:
    if value is None and types.NoneType in kinds:
        return None
    left = [kind for kind in kinds if kind is not types.NoneType]
    exact = [kind for kind in left if kind is type(value)]
    return _read(value, (exact or left)[0])


def _read_dataclass(value: Any, kind: Any) -> Any:
    _checked(value, isinstance(value, Mapping))
    hints = _hints(kind)
    known: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in value or (field.default is MISSING and field.default_factory is MISSING):
            known[field.name] = _read(value.get(field.name), hints[field.name])
    return kind(**known)


@functools.cache
def _hints(kind: Any) -> dict[str, Any]:
    """Reading the annotations anew for each record takes longer than all the rest."""
    return get_type_hints(kind)


def _checked(value: Any, fine: bool) -> Any:
    if not fine:
        raise ValueError(f"{value!r} cannot be meant here")
    return value
