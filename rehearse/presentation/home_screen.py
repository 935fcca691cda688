"""Home: a greeting, the next interview, what is due and why, the last result; the next step at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.presentation.screen import indented, said
from rehearse.question import shortened

#: Of what comes after the first question, so many are named.
_MOST_NAMED = 3
_LETTERS_NAMED = 60
_BETWEEN_KEYS = " " * 5
#: `indented`, on both sides.
_INDENT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What home shows; every text may be ''.

    head        greeting, interview, readiness: a sentence each
    due_name    'Due today', 'On Saturday'
    due         the question's text, then why and the last answer, each a line
    then        what else is due that day
    last        the last result in one line
    lately      how often practised lately
    left        what is still to be done, each with its command
    """

    head: Sequence[str]
    due_name: str = ""
    due: Sequence[str] = ()
    then: Sequence[str] = ()
    last: str = ""
    lately: str = ""
    left: Sequence[str] = ()


def greeting(moment: datetime) -> str:
    """By the hour of that moment, as it stands on the clock of its time zone."""
    hour = moment.hour
    return "Good morning." if 5 <= hour < 12 else "Good afternoon." if 12 <= hour < 18 else "Good evening."


def home_page(page: HomePage, width: int) -> RenderableType:
    """
    width  of the screen: where it is narrow, names stand above what they name
    """
    first, *others = page.head
    parts: list[RenderableType] = [Text(), Text(first, style="bold"), *(Text(line) for line in others), Text()]
    rows: list[tuple[str, list[Text]]] = []
    if page.due:
        text, *about = page.due
        rows.append((page.due_name, [said(text, "bold"), *(said(line, "dim") for line in about)]))
    if page.then:
        rows.append(("Then", [said(_named(page.then))]))
    if page.last:
        rows.append(("Last time", [said(page.last)]))
    if rows:
        parts += [_narrow(rows) if width < 60 else _wide(rows), Text()]
    if page.lately:
        parts += [Text(page.lately, style="dim"), Text()]
    if page.left:
        parts += [*(Text(line) for line in page.left), Text()]
    return indented(*parts)


def _named(texts: Sequence[str]) -> str:
    more = len(texts) - _MOST_NAMED
    named = " · ".join(shortened(text, _LETTERS_NAMED).rstrip(" .?") for text in texts[:_MOST_NAMED])
    return f"{named} · {more} more" if more > 0 else named


def _wide(rows: Sequence[tuple[str, list[Text]]]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for name, lines in rows:
        table.add_row(Text(name, style="dim", no_wrap=True), Text("\n").join(lines))
    return table


def _narrow(rows: Sequence[tuple[str, list[Text]]]) -> RenderableType:
    return Text("\n").join(line for name, lines in rows for line in (Text(name, style="dim"), *lines))


def keys_line(keys: Sequence[tuple[str, str]], width: int) -> RenderableType:
    """'Enter  practise it     d  debrief an interview     q  quit', in as many lines as the width asks for."""
    lines: list[Text] = []
    for key, told in keys:
        named = Text(key, style="bold").append(f"  {told}", style="not bold")
        if lines and lines[-1].cell_len + len(_BETWEEN_KEYS) + named.cell_len <= width - _INDENT:
            lines[-1] = Text(_BETWEEN_KEYS).join((lines[-1], named))
        else:
            lines.append(named)
    return indented(*lines)


def commands(steps: Sequence[tuple[str, str]]) -> RenderableType:
    """What to type, and what it does."""
    table = Table.grid(padding=(0, 3))
    for command, told in steps:
        table.add_row(Text(command), Text(told, style="dim"))
    return indented(table, Text())
