"""The program at a pseudo-terminal: how tests start it, and what they ask of it then."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest


def pexpect_or_skip() -> Any:
    return pytest.importorskip("pexpect", reason="needs pexpect, which has no Windows")


def started(
    *arguments: object,
    rows: int = 24,
    columns: int = 80,
    environment: Mapping[str, str] | None = None,
    python: Sequence[str] = ("-m", "rehearse"),
    folder: Path | None = None,
    **further: str | None,
) -> Any:
    """The program with these arguments at a terminal of that size; what starts it closes it.

    environment  what the program finds instead of the variables of this process
    python       what Python runs instead of the program, before the arguments
    further      variables above all others; None: this one is not set
    """
    # pexpect tells the size to the terminal only once the program runs, which is late on a busy machine.
    sized = {"TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": str(rows)}
    variables = {**(os.environ if environment is None else environment), **sized, **further}
    return pexpect_or_skip().spawn(
        sys.executable,
        [*python, *map(str, arguments)],
        env={name: text for name, text in variables.items() if text is not None},
        cwd=folder and str(folder),
        dimensions=(rows, columns),
        timeout=60,
        encoding="utf-8",
    )


def ended(child: Any) -> int | None:
    """Its exit status, once it has ended by itself."""
    child.expect(pexpect_or_skip().EOF)
    child.close()
    return child.exitstatus  # type: ignore[no-any-return]
