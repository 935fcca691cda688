"""The command line as a person uses it: in this process for most tests, under a pseudo-terminal where keys matter."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rehearse.cli import run

FIXTURES = Path(__file__).parents[1] / "fixtures"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def rehearse(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """rehearse("add", "Why?") runs it and gives its exit code and what it wrote; nobody is at the keyboard."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys, "stdin", io.StringIO())

    def call(*arguments: object) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as exit_:
            run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code=int(exit_.value.code or 0), out=captured.out, err=captured.err)

    return call


@pytest.fixture
def short_answer() -> Path:
    return FIXTURES / "short-answer.flac"


@pytest.fixture
def truth() -> dict[str, Any]:
    described: dict[str, Any] = json.loads((FIXTURES / "short-answer.json").read_text(encoding="utf-8"))
    return described
