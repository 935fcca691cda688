"""Tables where the screen is narrow, as beside another window or on a telephone: under each other, and nothing cut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

#: Under this there is no room for a table of five columns beside what indents it.
_NARROW = 56
_BETWEEN = 3


@dataclass(frozen=True)
class ByWidth:
    """
    wide    where there is room for it
    narrow  what stands there where there is not, made for that many columns
    needs   columns that the wide one takes
    """

    wide: RenderableType
    narrow: Callable[[int], RenderableType]
    needs: int = _NARROW

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        yield self.narrow(width) if width < self.needs else self.wide


def packed(parts: Sequence[str], width: int) -> list[str]:
    """The parts beside each other, in as many lines as it takes so that none is broken."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + _BETWEEN + len(part) <= width:
            lines[-1] += " " * _BETWEEN + part
        else:
            lines.append(part)
    return lines


def figures_narrow(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> RenderableType:
    """Each figure with its values under each other: 'now 1:14   before 0:47', 'aim 1:00-2:00'."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    beside = max(len(name) for name, *_ in rows) + 2
    for name, *cells in rows:
        named = [f"{what} {cell}".strip() for what, cell in zip(header[1:], cells, strict=True) if cell]
        table.add_row(Text(name, style="dim"), Text("\n".join(packed(named, width - beside))))
    return table


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowAttempt:
    """
    marks   what else is said of it: 'cold', 'drill 2, limit 1:20', who heard it
    inside  its length is inside the aim
    """

    number: str
    day: str
    length: str
    pace: str
    fillers: str
    marks: Sequence[str]
    inside: bool


def attempts_narrow(attempts: Sequence[NarrowAttempt]) -> RenderableType:
    """Two lines for each: number, day and figures; under them what marks it."""
    lines = [_figures_of("#", "when", "length", "pace", "fillers", attempts)]
    lines[0].stylize("dim")
    for each in attempts:
        lines.append(_figures_of(each.number, each.day, each.length, each.pace, each.fillers, attempts))
        if each.inside:
            lines[-1].stylize("green")
        if each.marks:
            lines.append(Text(f"{' ' * _number_width(attempts)}  {', '.join(each.marks)}", style="dim"))
    lines.append(Text("Pace in words a minute; fillers a minute.", style="dim"))
    return Text("\n").join(lines)


def _figures_of(number: str, day: str, length: str, pace: str, fillers: str, attempts: Sequence[NarrowAttempt]) -> Text:
    days = max([4, *(len(each.day) for each in attempts)])
    return Text(f"{number:>{_number_width(attempts)}}  {day:<{days}} {length:>6} {pace:>4} {fillers:>7}")


def _number_width(attempts: Sequence[NarrowAttempt]) -> int:
    return max(len(each.number) for each in attempts)
