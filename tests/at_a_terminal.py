"""The program at a pseudo-terminal: how tests start it, and what they ask of it then."""

import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

#: What a test waits for comes within this, where the program and others share one slow processor too.
WAIT_S = 180


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
        timeout=WAIT_S,
        encoding="utf-8",
    )


def ended(child: Any) -> int | None:
    """Its exit status, once it has ended by itself."""
    child.expect(pexpect_or_skip().EOF)
    # To close it at once would end it from outside where a busy machine has not let it end yet.
    child.wait()
    _close(child)
    return child.exitstatus  # type: ignore[no-any-return]


def killed(child: Any) -> None:
    """It ends without a word, as when the power fails; nothing of it is left after this, however long that takes."""
    if child.isalive():
        child.kill(signal.SIGKILL)
        child.wait()
    _close(child)


def _close(child: Any) -> None:
    # Nothing is to be waited for: it has ended.
    child.ptyproc.delayafterclose = 0
    child.close()


def interrupted(child: Any) -> None:
    """Ctrl-C, once the program waits for a key.

    Python acts on Ctrl-C between two steps of a program. One that comes after the last step and before the system is
    asked for a key is acted on only with the next key: a person who sees nothing happen presses it again.
    """
    state = Path(f"/proc/{child.pid}/stat")
    while state.exists() and state.read_text().rpartition(")")[2].split()[0] in "RD":
        time.sleep(0.01)
    child.sendintr()


@contextmanager
def held_up(child: Any) -> Iterator[None]:
    """The program does nothing until the end of the context, while its terminal takes what is typed."""
    child.kill(signal.SIGSTOP)
    yield
    child.kill(signal.SIGCONT)
