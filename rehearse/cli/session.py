"""What every command needs: settings, the library, the clock, and where to show things."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import click
from rich.console import Console, RenderableType

from rehearse.audio.decoding import missing_end
from rehearse.audio.recording import Recording
from rehearse.cli.keys import forget_typed_ahead
from rehearse.errors import NeedsTerminal, RehearseError
from rehearse.question import Question, Target
from rehearse.settings import Settings, load_settings
from rehearse.storage.store import Store
from rehearse.transcription.languages import language_code

_LEAVING = ("q", "quit")
#: Stands for half a character, as from a terminal in another encoding: it answers nothing.
_UNREADABLE = "?"


def output_console() -> Console:
    """Results for people. Text is never read as markup; NO_COLOR, pipes and dumb terminals get plain text."""
    return _console(stderr=False)


def error_console() -> Console:
    """Words beside the result: progress, notes, errors."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        # rich falls back to 80 columns in a pipe and would cut table rows there: nobody sees a border, so widen.
        console = Console(stderr=stderr, markup=False, highlight=False, emoji=False, width=120)
    return console


class Session:
    """One run of the program; settings and store are read when they are first needed.

    settings  None for the person's own
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._given = settings
        self.output = output_console()
        self.notes = error_console()

    @cached_property
    def settings(self) -> Settings:
        settings = self._given or load_settings()
        return _speaking(settings, settings.transcription.language)

    def speak(self, language: str) -> None:
        """For this run that language is spoken, by its code or its name, whatever the settings say."""
        self.settings = _speaking(self.settings, language)

    @property
    def interactive(self) -> bool:
        """True where a person sits at a keyboard and sees the screen."""
        return sys.stdin.isatty() and self.output.is_terminal

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        """The day by the clock of this machine."""
        return self.now().astimezone().date()

    @contextmanager
    def store(self) -> Iterator[Store]:
        settings = self.settings
        with Store.open(settings.database, settings.recordings) as store:
            yield store

    def target(self, question: Question) -> Target:
        """The question's own target, or the default of the settings."""
        practice = self.settings.practice
        return question.target or Target(low_s=practice.target_low_s, high_s=practice.target_high_s)

    def show(self, renderable: RenderableType) -> None:
        self.output.print(renderable)

    def show_at_leisure(self, renderable: RenderableType) -> None:
        """Show it; page by page where a person sits at a screen that it does not fit on."""
        if not self.interactive or self.output.is_dumb_terminal:
            self.show(renderable)
            return
        with self.output.capture() as captured:
            self.output.print(renderable)
        text = captured.get()
        if text.count("\n") < self.output.height:
            click.echo(text, nl=False)
        else:
            # A pager that only shows a colon leaves people stuck in it.
            os.environ.setdefault("LESS", "-R -Ps  Space  next page   b  back   q  done")
            click.echo_via_pager(text)

    def note(self, text: str) -> None:
        """One line for the person beside the result; control characters in it are shown, not obeyed."""
        from rehearse.presentation.screen import said

        self.notes.print(said(text))

    def note_error(self, error: RehearseError) -> None:
        """What went wrong where it ends nothing, and what to do, which may be several lines."""
        for line in (error.message, *filter(None, error.hint.split("\n"))):
            self.note(line)

    def note_missing_end(self, file: Path, recording: Recording) -> tuple[float, float] | None:
        """Say so where a file of which all was read ends early: its numbers are those of a part of the answer.

        Gives what `missing_end` found.
        """
        from rehearse.presentation.wording import clock

        if (missing := missing_end(file, recording)) is not None:
            read_s, length_s = missing
            told = f"{file.name} ends early: {clock(read_s)} of {clock(length_s)} can be read."
            self.note(f"{told} The numbers are of that part.")
        return missing

    def show_json(self, value: Any) -> None:
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))

    def confirm(self, question: str, *, yes: bool, otherwise: str) -> None:
        """Go on only with the person's yes; `--yes` gives it. Raises click.Abort on no, NeedsTerminal with nobody."""
        if yes:
            return
        if not sys.stdin.isatty():
            raise NeedsTerminal(f"{question} Nobody is at the keyboard to answer that.", otherwise)
        if not self.agreed(question):
            raise click.Abort

    def agreed(self, question: str) -> bool:
        """The person's yes or no; Enter alone, q and Ctrl-D are a no. Asked again for anything else.

        Raises click.Abort on Ctrl-C.
        """
        while True:
            typed = (self._typed_behind(f"{question} [y/N]") or "").casefold()
            if typed in ("y", "yes"):
                return True
            if typed in ("", "n", "no", *_LEAVING):
                return False
            self.note("Type y for yes or n for no, then Enter. Enter alone is a no.")

    def asked(self, question: str, *, to_type: str) -> str:
        """What the person types behind the question, without spaces around it; asked again where that is nothing.

        to_type  what can be typed, told before it is asked again

        Raises click.Abort on q, Ctrl-D and Ctrl-C.
        """
        while (typed := self._typed_behind(question)) in ("", _UNREADABLE):
            self.note(to_type)
        if typed is None or typed.casefold() in _LEAVING:
            raise click.Abort
        return typed

    def line(self, question: str = "") -> str | None:
        """What is typed behind the question, without spaces around it; None at the end of the input (Ctrl-D).

        Whatever is shown after it begins on a line of its own. Raises click.Abort on Ctrl-C.
        """
        from rehearse.presentation.screen import said

        typed = ""
        try:
            if question:
                self.notes.print(said(question), end=" ")
            typed = sys.stdin.readline()
        except UnicodeDecodeError:
            return _UNREADABLE
        except KeyboardInterrupt as error:
            raise click.Abort from error
        finally:
            # Neither Ctrl-C nor Ctrl-D ends the line.
            if not typed.endswith("\n"):
                self.note("")
        return typed.strip() if typed else None

    def _typed_behind(self, question: str) -> str | None:
        # What was typed before it stood there is no answer to it.
        forget_typed_ahead()
        return self.line(question)


def _speaking(settings: Settings, language: str) -> Settings:
    return replace(settings, transcription=replace(settings.transcription, language=language_code(language)))


json_option = click.option("--json", "as_json", is_flag=True, help="JSON for scripts instead of words.")
yes_option = click.option("--yes", is_flag=True, help="Answer yes to every question.")
pass_session = click.make_pass_decorator(Session)
