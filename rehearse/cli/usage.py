"""What was typed and cannot be meant, in words: click's own errors are written for programmers."""

import re
from collections.abc import Sequence
from typing import Any

import click

from rehearse.presentation.wording import listed

#: What click says of a file; ours says it as everywhere else.
_OF_FILES = {
    "does not exist": "There is no file {}.",
    "is a directory": "{} is a folder, and a file is needed.",
    "is a file": "{} is a file, and a folder is needed.",
    "is not readable": "You are not allowed to read {}.",
    "is not writable": "You are not allowed to write to {}.",
}
_OF_A_FILE = re.compile(rf"\w+ (['\"])(?P<file>.*)\1 (?P<fault>{'|'.join(_OF_FILES)})\.", re.DOTALL)

#: What is asked for by each argument that cannot be left out.
_WHICH = {
    "question": "Which question? Give its number or some of its words.",
    "attempt": "Which attempt? Give its number, or 'last'.",
    "one": "Which attempts? Give two numbers, or one to see it beside your last.",
    "interview": "Which interview? Give its number, or 'last'.",
    "file": "Which file? Give its name.",
    "files": "Which file? Give the name of a recording or a transcript.",
    "name": "Which model? Give its name; to see them all:  rehearse models list",
}


def usage_told(error: click.UsageError, group: click.Group, arguments: Sequence[str]) -> tuple[str, str]:
    """A sentence, and what to do next.

    group, arguments  whose commands were meant, and what was typed: click does not always know the command any more
    """
    return _sentence(error), f"What it takes, with examples:  {_command(error, group, arguments)} --help"


def _command(error: click.UsageError, group: click.Group, arguments: Sequence[str]) -> str:
    if error.ctx is not None:
        return error.ctx.command_path
    words = ["rehearse"]
    with click.Context(group, info_name="rehearse") as context:
        command: click.Command | None = group
        for word in arguments:
            command = command.get_command(context, word) if isinstance(command, click.Group) else None
            if command is None:
                break
            words.append(word)
    return " ".join(words)


def _sentence(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            close = f" Did you mean {listed(sorted(error.possibilities), 'or')}?" if error.possibilities else ""
            return f"There is no option {error.option_name}.{close}"
        case click.MissingParameter():
            return _missing(error)
        case click.BadOptionUsage():
            if "does not take" in error.message:
                return f"{error.option_name} stands alone: nothing goes after it."
            return f"{error.option_name} needs something after it."
        case click.BadParameter():
            return _bad_value(error)
    told = error.format_message()
    if extra := re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", told):
        return f"Too much was typed: {extra[1]}. Words that belong together go into quotes."
    if unknown := re.match(r"No such command '(.*?)'\.", told):
        return f"There is no command '{unknown[1]}' here."
    return told


def _missing(error: click.MissingParameter) -> str:
    param = error.param
    if param is not None and (takes := _taken(param.type)):
        return f"Say which: {takes}."
    return _WHICH[param.name] if param is not None and param.name in _WHICH else "Something more is needed."


def _bad_value(error: click.BadParameter) -> str:
    """Our own types say it in a sentence; click's say what they take."""
    param = error.param
    if param is not None and (takes := _taken(param.type)):
        return f"{param.opts[0]} takes {takes}." if isinstance(param, click.Option) else f"Choose {takes}."
    if of_file := _OF_A_FILE.fullmatch(error.message):
        return _OF_FILES[of_file["fault"]].format(of_file["file"])
    return error.message


def _taken(kind: click.ParamType[Any]) -> str:
    match kind:
        case click.Choice():
            return listed([str(choice) for choice in kind.choices], "or")
        case click.IntRange():
            return f"a whole number from {kind.min} to {kind.max}"
        case click.FloatRange():
            return f"a number from {kind.min:g} to {kind.max:g}"
    return "a whole number" if kind is click.INT else ""
