"""Questions to a person at a keyboard, answered line by line; each can be left empty, gone back from or stopped at."""

from enum import Enum
from typing import Any, TypeAlias

from rich.console import RenderableType
from rich.text import Text

from rehearse.cli.session import Session
from rehearse.errors import NeedsTerminal
from rehearse.presentation.conversation import KEYS, Page, aside, page
from rehearse.presentation.screen import indented


class Wish(Enum):
    """What a person asks for in place of an answer."""

    BACK = "back"
    STOP = "stop"


Reply: TypeAlias = str | Wish

_WISHES = {"<": Wish.BACK, "q": Wish.STOP, "Q": Wish.STOP}


class Conversation:
    """Shows one page after the other, above the line to type on. Ctrl-C interrupts as everywhere.

    Raises NeedsTerminal where nobody is there to answer, with the way that needs nobody.
    """

    def __init__(self, session: Session, what: str, otherwise: str) -> None:
        if not session.interactive:
            raise NeedsTerminal(f"{what} is a conversation: it needs somebody at a keyboard.", otherwise)
        self._session = session
        self._section = ""
        self._editing = _line_editing()

    def ask(self, asked: Page, prompt: str = "  > ", *, again: bool = False) -> Reply:
        """What the person types, without spaces around it; '' for nothing.

        again  the page is on the screen already
        """
        if not again:
            self._session.show(page(asked, with_section=asked.section != self._section))
            self._section = asked.section
        if self._editing is not None and asked.present:
            # The arrow up brings what is there back to the line, to change a word of it.
            self._editing.add_history(asked.present)
        while True:
            typed = self._typed(prompt)
            if typed != "?":
                return typed
            self.tell(KEYS)

    def tell(self, text: str) -> None:
        self._session.show(aside(text))

    def show(self, *parts: RenderableType) -> None:
        self._session.show(indented(*parts))

    def explain_keys(self, first: str) -> None:
        """How the conversation works, once, before it begins."""
        self.show(Text(), Text(first), Text(KEYS, style="dim"))

    def _typed(self, prompt: str) -> Reply:
        try:
            line = input(prompt).strip()
        except EOFError:
            self._session.show("")
            return Wish.STOP
        except UnicodeDecodeError:
            # Half a character, as from a terminal in another encoding: the person sees what to type again.
            self.tell("That could not be read. Please type it again.")
            return self._typed(prompt)
        finally:
            if self._editing is not None:
                # What was typed at one question is no suggestion for the next, and private.
                self._editing.clear_history()
        return _WISHES.get(line, line)


def _line_editing() -> Any:
    """Python's own editing of the line, with arrows and history; None on a system without it."""
    try:
        import readline
    except ImportError:
        return None
    return readline
