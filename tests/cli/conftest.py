"""The command line as a person uses it: in this process for most tests, under a pseudo-terminal where keys matter."""

import io
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import soundfile
from at_a_terminal import killed, pexpect_or_skip, started
from children import child_json

from rehearse.cli import run

FIXTURES = Path(__file__).parents[1] / "fixtures"
SHORT_ANSWER = FIXTURES / "short-answer.flac"
#: The scripted model counts the words before its own.
NO_PROMPT = '[transcription]\nprompt = "none"\n'


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
def program() -> Iterator[Callable[..., Any]]:
    """program("show", "1") starts it at a terminal, as `started` does; none of them outlives the test."""
    pexpect_or_skip()
    children = []

    def start(*arguments: object, **how: Any) -> Any:
        children.append(started(*arguments, **how))
        return children[-1]

    yield start
    for child in children:
        killed(child)


@pytest.fixture
def short_answer() -> Path:
    return SHORT_ANSWER


@pytest.fixture
def few_words(short_answer: Path, tmp_path: Path) -> Path:
    """The first 4 s of the short answer; speech begins within the first."""
    sound, rate_hz = soundfile.read(short_answer, frames=4 * soundfile.info(short_answer).samplerate)
    soundfile.write(tmp_path / "few-words.wav", sound, rate_hz)
    return tmp_path / "few-words.wav"


@pytest.fixture
def truth() -> dict[str, Any]:
    described: dict[str, Any] = json.loads((FIXTURES / "short-answer.json").read_text(encoding="utf-8"))
    return described


@dataclass(frozen=True)
class Library:
    """A home with one question practised once, the JSON that command gave, and the Whisper model that heard it."""

    home: Path
    attempt: Any
    model: Path


@pytest.fixture(scope="session")
def quick_model(scripted_whisper: Callable[..., Path]) -> Path:
    """What hears any answer in a fraction of the time that the draft engine takes; needs NO_PROMPT."""
    return scripted_whisper("So", "um", "I", "said", "what", "I", "had", "seen.")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, quick_model: Path) -> Library:
    home = tmp_path_factory.mktemp("practised") / "home"
    (home.parent / "settings.toml").write_text(NO_PROMPT)
    model = quick_model
    child_json(home, "add", "Tell me about your first job.", "--target", "10-20", "--point", "what I learned")
    attempt = child_json(home, "practice", "first job", "--from", str(SHORT_ANSWER), REHEARSE_MODEL=str(model))
    return Library(home=home, attempt=attempt, model=model)


@pytest.fixture
def practised(library: Library, temporary_home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """This test's own copy of that home, as its home, and the same model; gives the JSON of the attempt."""
    shutil.copytree(library.home, temporary_home)
    (temporary_home.parent / "settings.toml").write_text(NO_PROMPT)
    monkeypatch.setenv("REHEARSE_MODEL", str(library.model))
    return library.attempt


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What `measure` says of the short answer as the draft engine hears it."""
    return child_json(tmp_path_factory.mktemp("drafted") / "home", "measure", str(SHORT_ANSWER), "--engine", "draft")


@pytest.fixture
def mute(tmp_path):
    """What a child process needs to see no loudspeaker."""
    (tmp_path / "asound.conf").write_text("pcm.default{type pulse}\nctl.default{type pulse}\n")
    return {
        "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"),
        "PULSE_SERVER": f"unix:{tmp_path}/nowhere",
        "JACK_NO_START_SERVER": "1",
    }


@pytest.fixture
def read(rehearse: Callable[..., Ran]) -> Callable[..., Any]:
    """read("attempts"): the JSON of a command that ends well."""

    def call(*arguments: object) -> Any:
        ran = rehearse(*arguments, "--json")
        assert ran.code == 0, ran.out + ran.err
        return ran.json

    return call


@pytest.fixture
def practice(virtual_microphone, temporary_home, tmp_path, program, read, quick_model, monkeypatch):
    """Starts `rehearse practice 1` at a terminal of 80x24, where the quick model hears; and `read`."""
    monkeypatch.setenv("REHEARSE_MODEL", str(quick_model))
    (tmp_path / "settings.toml").write_text(NO_PROMPT)
    environment = virtual_microphone.environment | {
        "REHEARSE_HOME": str(temporary_home),
        "REHEARSE_CONFIG": str(tmp_path / "settings.toml"),
        "REHEARSE_MODEL": str(quick_model),
    }
    read("add", "Tell me about your first job.", "--target", "10-20")
    (temporary_home / "model-offer-declined").touch()

    def start(*options, terminal="xterm-256color", until="I am done|Press Enter when you are done"):
        child = program("practice", "1", "--countdown", "0", *options, environment=environment, TERM=terminal)
        child.expect(until)
        return child

    return start, read
