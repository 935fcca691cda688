"""The library as a document: rows to plain values and back; no SQL, no files, nobody to show it to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rehearse.storage import document_cells as cells
from rehearse.storage import document_values as values
from rehearse.storage.document_table import Table
from rehearse.storage.document_values import Misfit
from rehearse.storage.tables import Columns

FORMAT = "rehearse-library"
#: Goes up with every change that an older rehearse would read wrongly or in part: it refuses a higher one.
VERSION = 2
#: Of a document without interviews, which older ones read too.
VERSION_WITHOUT_INTERVIEWS = 1

#: A plain file name on every system, and none that the program gives to a recording it has not finished.
SAFE_NAME = re.compile(
    r"(?!.*\.part\.wav$)(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)\w[\w.-]{0,110}\.(?:wav|flac)", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """The recording of an attempt, which lies beside the document or nowhere.

    file    its name
    size    in bytes, with the SHA-256 of them in hexadecimal digits; both None where it was gone when it was written
    """

    file: str
    size: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row with its parts, each of which has a list of rows, and its recording."""

    columns: Columns
    parts: Mapping[str, Sequence[Columns]] = field(default_factory=dict)
    sound: Sound | None = None


def entry_written(table: Table, row: Mapping[str, Any]) -> Any:
    """The columns of one row as they stand in a document; raises ValueError where a cell of it is damaged."""
    written = {name: kind.written(row[name]) for name, kind in table.columns.items()}
    return written[table.bare] if table.bare else written


def sound_written(sound: Sound | None) -> dict[str, Any] | None:
    return None if sound is None else {"file": sound.file, "bytes": sound.size, "sha256": sound.sha256}


def entry_read(table: Table, value: Any) -> Entry:
    """One entry of the table's section; raises Misfit."""
    if type(value) is dict:
        value = dict.fromkeys(table.later) | value
    values.check_keys(value, table.keys)
    parts: dict[str, Sequence[Columns]] = {}
    for part in table.parts:
        parts[part.name] = part_read(part, value[part.section])
    return Entry(
        columns=_columns_read(table, {name: value[name] for name in table.columns}),
        parts=parts,
        sound=_sound_read(value["sound"]) if table.sound else None,
    )


def part_read(part: Table, value: Any) -> list[Columns]:
    """The rows of one part of an entry; raises Misfit."""
    if not part.many:
        return [] if value is None else [_within(part.section, part, value)]
    if type(value) is not list:
        raise Misfit("this is not a list", part.section)
    rows = []
    for place, each in enumerate(value):
        rows.append(_within(f"{part.section}[{place}]", part, each))
    return rows


def _within(where: str, part: Table, value: Any) -> Columns:
    try:
        if part.bare:
            return _columns_read(part, {part.bare: value})
        values.check_keys(value, part.keys)
        return _columns_read(part, value)
    except Misfit as misfit:
        raise misfit.inside(where) from misfit


def _columns_read(table: Table, value: Mapping[str, Any]) -> Columns:
    columns: Columns = {}
    for name, kind in table.columns.items():
        try:
            columns[name] = kind.read(value[name])
        except Misfit as misfit:
            raise misfit if name == table.bare else misfit.inside(name) from misfit
    table.checked(columns)
    return columns | table.derived(columns)


def _sound_read(value: Any) -> Sound | None:
    if value is None:
        return None
    try:
        values.check_keys(value, ("file", "bytes", "sha256"))
        file, size, sha256 = value["file"], value["bytes"], value["sha256"]
        if type(file) is not str or not SAFE_NAME.fullmatch(file):
            raise Misfit("this is no name of a recording", "file")
        if (size is None) != (sha256 is None):
            raise Misfit("size and SHA-256 belong together")
        if size is not None:
            cells.whole(0, cells.LARGEST_WHOLE).read(size)
            if type(sha256) is not str or not re.fullmatch(r"[0-9a-f]{64}", sha256):
                raise Misfit("this is no SHA-256", "sha256")
    except Misfit as misfit:
        raise misfit.inside("sound") from misfit
    return Sound(file=file, size=size, sha256=sha256)
