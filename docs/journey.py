"""Writes docs/journey.md: the whole way from a bad interview to the next one, walked at a terminal of 80 by 24.

    python docs/journey.py

The real program is run for every step, in a home of its own and with its clock set; what it wrote to the terminal is
what the page shows. The answers are fixtures, spoken by a synthetic voice and heard by the test model of this project.
"""

import io
import os
import re
import shutil
import stat
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_ROOT / "tests"), str(_ROOT / "docs")]

from at_a_terminal import WAIT_S, ended, interrupted, killed  # noqa: E402
from journey_steps import ADVICE, STEPS, Step, Typed  # noqa: E402
from terminal_screen import lines_shown  # noqa: E402

PAGE = Path(__file__).with_suffix(".md")
COLUMNS, ROWS = 80, 24
_FIXTURES = _ROOT / "tests" / "fixtures"
_ANSWERS = {"tuesday.flac": "listed-answer", "again.flac": "listed-shorter", "thursday.flac": "listed-short"}

#: Somebody's editor: it adds a line with a gap in it, and fills the gap when it is called again.
_EDITOR = """\
import sys
from pathlib import Path
mail = Path(sys.argv[1])
text = mail.read_text(encoding="utf-8")
reach, gap = "You can reach me at {} in the afternoon.", "[number]"
if gap in text:
    text = text.replace(gap, "07700 900123")
else:
    text = text.replace("I look forward", reach.format(gap) + "\\n\\nI look forward")
mail.write_text(text, encoding="utf-8")
"""


@dataclass(frozen=True)
class Walked:
    step: Step
    shown: str
    exit_code: int


def walked(folder: Path) -> Iterator[Walked]:
    """Each step as it went, in a new home in that folder. Raises AssertionError where a screen does not come."""
    for name, fixture in _ANSWERS.items():
        shutil.copy(_FIXTURES / f"{fixture}.flac", folder / name)
    editor = folder / "editor.py"
    editor.write_text(f"#!{sys.executable}\n{_EDITOR}", encoding="utf-8")
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REHEARSE_")} | {
        "REHEARSE_HOME": str(folder / "home"),
        "REHEARSE_CONFIG": str(folder / "settings.toml"),
        "REHEARSE_MODEL": str(_ROOT / "models" / "tiny-test"),
        "EDITOR": str(editor),
        "VISUAL": str(editor),
        "TERM": "xterm-256color",
        "COLUMNS": str(COLUMNS),
        "LINES": str(ROWS),
        "TZ": "UTC",
    }
    for step in STEPS:
        yield _walk(step, folder, environment)


def _walk(step: Step, folder: Path, environment: dict[str, str]) -> Walked:
    import pexpect

    child = pexpect.spawn(
        sys.executable,
        [str(_ROOT / "tests" / "with_clock.py"), step.at, *step.command],
        cwd=str(folder),
        env=environment,
        dimensions=(ROWS, COLUMNS),
        timeout=WAIT_S,
        encoding="utf-8",
    )
    child.logfile_read = written = io.StringIO()
    typed = None
    try:
        for typed in step.typed:
            _type(child, typed)
        exit_code = ended(child)
    except (pexpect.TIMEOUT, pexpect.EOF) as error:
        raise AssertionError(f"{step.title}: stuck at {typed}, after\n{written.getvalue()[-2000:]}") from error
    finally:
        killed(child)
    shown = "\n".join(lines_shown(written.getvalue(), columns=COLUMNS)).strip("\n")
    # Where it lies here is nobody's business, however the path was wrapped.
    shown = re.sub(r"Saved:\s[\s\S]*?thanks\.eml", "Saved: /home/robin/thanks.eml", shown)
    return Walked(step=step, shown=shown, exit_code=-1 if exit_code is None else exit_code)


def _type(child: Any, typed: Typed) -> None:
    child.expect(typed.after)
    if typed.key == "\x03":
        interrupted(child)
        return
    if typed.key:
        # Keys are taken one by one from when the terminal no longer shows them by itself.
        child.waitnoecho(timeout=WAIT_S)
        child.send(typed.key)
        return
    if not re.fullmatch(r"\d  ", typed.after):
        child.expect(r"(> |\d  |\[y/N\] )$")
    child.send(f"{typed.line}\r")


def page(steps: Sequence[Walked]) -> str:
    """The page with all that was shown, and where each sentence of the advice is met."""
    parts = [
        "# The whole journey",
        "From a bad interview to the next one, at a terminal of 80 by 24. `python docs/journey.py` walks it with\n"
        "the real program and writes this page. The clock is set; the answers are spoken by a synthetic voice and\n"
        "heard by the test model of this project.",
        "## Where the advice is met",
        "\n".join(
            ("| the advice | where | its words |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in ADVICE))
        ),
    ]
    for each in steps:
        told = "\n".join(textwrap.wrap(each.step.told, 120))
        command = " ".join(("rehearse", *(f'"{word}"' if " " in word else word for word in each.step.command)))
        parts += [f"## {each.step.title}", told, f"```text\n$ {command}\n{each.shown}\n```"]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="rehearse-journey-") as folder:
        steps = []
        for each in walked(Path(folder)):
            print(f"{each.step.title}: exit {each.exit_code}")
            steps.append(each)
    PAGE.write_text(page(steps), encoding="utf-8")
    print(f"wrote {PAGE.name}")


if __name__ == "__main__":
    main()
