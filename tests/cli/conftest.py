"""The command line as a person uses it: in this process for most tests, under a pseudo-terminal where keys matter."""

import io
import json
import os
import shutil
import subprocess
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


@pytest.fixture(scope="session")
def practised_library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A home with one question practised once from a file, by the draft engine; and the JSON that command gave."""
    home = tmp_path_factory.mktemp("practised") / "home"
    environment = os.environ | {"REHEARSE_HOME": str(home), "REHEARSE_CONFIG": str(home.parent / "settings.toml")}

    def rehearse(*arguments: str) -> Any:
        command = [sys.executable, "-m", "rehearse", *arguments, "--json"]
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True)
        return json.loads(done.stdout)

    rehearse("add", "Tell me about your first job.", "--target", "10-20", "--point", "what I learned")
    practised = rehearse("practice", "first job", "--from", str(FIXTURES / "short-answer.flac"), "--engine", "draft")
    return home, practised


@pytest.fixture
def practised(practised_library: tuple[Path, Any], temporary_home: Path) -> Any:
    """This test's own copy of that home, as its home; gives the JSON of the attempt."""
    home, attempt = practised_library
    shutil.copytree(home, temporary_home)
    return attempt
