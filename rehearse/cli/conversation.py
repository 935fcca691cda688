"""Questions to a person at a keyboard, answered line by line; each can be left empty, gone back from or stopped at."""

from enum import Enum
from typing import Any, TypeAlias

from rich.console import RenderableType
from rich.text import Text

from rehearse.cli.keys import forget_typed_ahead
from rehearse.cli.session import Session
from rehearse.cli.typed_lines import more_is_waiting
from rehearse.errors import NeedsTerminal
from rehearse.presentation.conversation import KEYS, TAKEN_TOGETHER, Page, aside, page
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
        """What the person types, without spaces around it; '' for nothing. What is pasted in is one answer.

        again  the page is on the screen already
        """
        lines = self.ask_list(asked, prompt, again=again)
        if isinstance(lines, Wish):
            return lines
        if len(lines) > 1:
            self.tell(TAKEN_TOGETHER)
        return " ".join(lines)

    def ask_list(self, asked: Page, prompt: str = "  > ", *, again: bool = False) -> tuple[str, ...] | Wish:
        """The same as lines, each as it was pasted in, without the empty ones; () for nothing."""
        self._show(asked, again=again)
        # What was typed before this stands, in impatience, answers nothing that nobody has seen yet. What is pasted in
        # comes all at once, at the prompt that was seen, so all of it belongs to that: none of it is dropped here, or
        # left for the next page or the shell.
        forget_typed_ahead()
        while True:
            lines = [self._typed(prompt)]
            while lines[-1] is not None and more_is_waiting():
                lines.append(self._typed(prompt))
            said = tuple(line for line in lines if line)
            if said == () and lines[-1] is None:
                return Wish.STOP
            if said == ("?",):
                self.tell(KEYS)
            else:
                return _WISHES.get(said[0], said) if len(said) == 1 else said

    def ask_line(self, asked: Page, prompt: str, *, again: bool) -> Reply:
        """One line of a list that grows while the person types on; what was pasted in after it is the next line."""
        self._show(asked, again=again)
        if not again:
            forget_typed_ahead()
        while True:
            typed = self._typed(prompt)
            if typed is None:
                return Wish.STOP
            if typed != "?":
                return _WISHES.get(typed, typed)
            self.tell(KEYS)

    def tell(self, text: str) -> None:
        self._session.show(aside(text))

    def show(self, *parts: RenderableType) -> None:
        self._session.show(indented(*parts))

    def explain_keys(self, first: str) -> None:
        """How the conversation works, once, before it begins."""
        self.show(Text(), Text(first), Text(KEYS, style="dim"))

    def _show(self, asked: Page, *, again: bool) -> None:
        if not again:
            self._session.show(page(asked, with_section=asked.section != self._section))
            self._section = asked.section
        if self._editing is not None and asked.present:
            # The arrow up brings what is there back to the line, to change a word of it.
            self._editing.add_history(asked.present)

    def _typed(self, prompt: str) -> str | None:
        """One line, without spaces around it; None at the end of the input."""
        try:
            return input(prompt).strip()
        except EOFError:
            self._session.show("")
            return None
        except UnicodeDecodeError:
            # Half a character, as from a terminal in another encoding: the person sees what to type again.
            self.tell("That could not be read. Please type it again.")
            return self._typed(prompt)
        finally:
            if self._editing is not None:
                # What was typed at one question is no suggestion for the next, and private.
                self._editing.clear_history()


def _line_editing() -> Any:
    """Python's own editing of the line, with arrows and history; None on a system without it."""
    try:
        import readline
    except ImportError:
        return None
    return readline
