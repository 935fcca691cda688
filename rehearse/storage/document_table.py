"""What a table of the library is in a document: its columns, its parts, and by what a row is known again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rehearse.storage.document_cells import Kind
from rehearse.storage.tables import Columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    name     in the library; in a document the entries stand in a list named section, or within the entry they are
             part of, under that name
    columns  of the table that stand in a document, under the same names
    later    columns that documents of earlier versions lack, which means that they are empty
    same     by these columns a row is known again in another library; empty for a part, which goes with its entry, and
             where there is one row at the most: whatever that holds, it is the one
    parts    tables whose rows name the number of this one's row in the column `of`
    many     of a part: there may be several, in order, else one or None
    placed   of a part with many: its column `order` is the place in that list, from 0
    bare     of a part: the one column that stands for the whole of it
    derived  further columns, worked out from those read
    checked  raises Misfit where cells that are each well do not go together
    sound    whether a recording belongs to it, told under 'sound'
    """

    name: str
    section: str
    columns: Mapping[str, Kind]
    later: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    parts: "tuple[Table, ...]" = ()
    of: str = ""
    order: str = "id"
    many: bool = False
    placed: bool = False
    bare: str = ""
    derived: Callable[[Columns], Columns] = lambda columns: {}
    checked: Callable[[Columns], None] = lambda columns: None
    sound: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Of one entry in a document."""
        sections = tuple(part.section for part in self.parts)
        return (*self.columns, *(("sound",) if self.sound else ()), *sections)

    @property
    def references(self) -> dict[str, str]:
        """The columns that name a row of another table, and which."""
        return {name: kind.refers_to for name, kind in self.columns.items() if kind.refers_to}
