"""One step of a conversation typed line by line. Pure: a page in, a picture out."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.presentation import wording
from rehearse.presentation.screen import indented, said

#: What can be typed at every step.
KEYS = "Enter  go on   <  back   -  empty it   q  stop, all is kept   ?  these keys"
#: Of several lines pasted in where one answer is asked for.
TAKEN_TOGETHER = "Those lines are taken together, as one answer. To go back to it:  <"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """
    section   the part of the conversation that it belongs to
    question  what is asked, one or two short sentences
    hint      what may help to answer it, '' for nothing
    options   numbered from 1, to choose from
    present   what was said before, '' for nothing
    """

    section: str
    question: str
    hint: str = ""
    options: Sequence[str] = ()
    present: str = ""


def page(page: Page, *, with_section: bool) -> RenderableType:
    """The page as it is shown above the line to type on."""
    parts: list[RenderableType] = [Text()]
    if with_section:
        parts += [Text(page.section, style="bold cyan"), Text()]
    parts.append(said(page.question, "bold"))
    if page.hint:
        parts.append(said(page.hint, "dim"))
    if page.options:
        # In columns: the further lines of a long one begin under its words, not under its number.
        options = Table.grid(padding=(0, 2, 0, 0))
        options.add_column(justify="right", min_width=3)
        for number, option in enumerate(page.options, start=1):
            options.add_row(Text(str(number)), said(option))
        parts.append(options)
    if page.present:
        parts.append(said(f"Now: {page.present}"))
    return indented(*parts)


def aside(text: str) -> RenderableType:
    """A sentence beside the conversation: what was understood, or why it was not."""
    return indented(Text(wording.shown(text), style="yellow"))
