"""What was typed and cannot be meant, in words: click's own errors are written for programmers."""

import re
from collections.abc import Sequence
from typing import Any

import click


def usage_told(error: click.UsageError) -> tuple[str, str]:
    """A sentence, and what to do next."""
    path = error.ctx.command_path if error.ctx else "rehearse"
    return _sentence(error), f"What it takes, with examples:  {path} --help"


def _sentence(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            close = f" Did you mean {_listed(sorted(error.possibilities), 'or')}?" if error.possibilities else ""
            return f"There is no option {error.option_name}.{close}"
        case click.MissingParameter():
            return _missing(error)
        case click.BadOptionUsage():
            return f"{error.option_name} needs something after it."
        case click.BadParameter():
            return _bad_value(error)
    if extra := re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", error.format_message()):
        return f"Too much was typed: {extra[1]}. Words that belong together go into quotes."
    return error.format_message()


def _missing(error: click.MissingParameter) -> str:
    name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "Something"
    return f"{name} is missing."


def _bad_value(error: click.BadParameter) -> str:
    """Our own types say it in a sentence; click's say what they take."""
    param = error.param
    if param is not None and (takes := _taken(param.type)):
        return f"{param.opts[0]} takes {takes}." if isinstance(param, click.Option) else f"Choose {takes}."
    if gone := re.fullmatch(r"(?:File|Path|Directory) '(.*)' does not exist\.", error.message, re.DOTALL):
        return f"There is no file {gone[1]}."
    return error.message


def _taken(kind: click.ParamType[Any]) -> str:
    match kind:
        case click.Choice():
            return _listed([str(choice) for choice in kind.choices], "or")
        case click.IntRange():
            return f"a whole number from {kind.min} to {kind.max}"
        case click.FloatRange():
            return f"a number from {kind.min:g} to {kind.max:g}"
    return "a whole number" if kind is click.INT else ""


def _listed(names: Sequence[str], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), names[-1])))
