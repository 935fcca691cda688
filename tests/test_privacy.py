"""Nothing leaves this machine: the whole path of an answer is watched for any attempt to reach a network."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pretend_hub import PretendHub

from rehearse.cli import network_watch

SHORT_ANSWER = Path(__file__).parent / "fixtures" / "short-answer.flac"

#: Commands one after the other in one process, which writes their exit codes.
RUN_ALL = """
import json, sys
from rehearse.cli import run

codes = []
for arguments in json.loads(sys.argv[1]):
    try:
        run(arguments)
    except SystemExit as exit_:
        codes.append(exit_.code)
sys.exit(0 if set(codes) == {0} else f"{codes}")
"""

PRACTISE = (
    ("add", "Tell me about your first job."),
    ("practice", "1", "--from", str(SHORT_ANSWER), "--json"),
    ("show", "1"),
    ("attempts",),
    ("models", "list"),
)
FOLLOW_UP = (
    ("debrief", "--from", "INTERVIEW"),
    ("followup", "--attempt", "1", "--save", "MAIL", "--yes"),
    ("followup", "--sent"),
)
AND_AGAIN = (("transcribe", "1", "--json"), ("remeasure", "--json"), ("models", "add", "--find"))


#: All that a process needs of the environment of the tests. Telemetry is often silent where variables tell of a test or
#: a build machine (CI, GITHUB_ACTIONS ...), and people practise on neither.
NEEDED = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "REHEARSE_HOME", "REHEARSE_CONFIG")


class Watched:
    """Runs the program in processes that cannot reach a network, and keeps what they tried.

    environment  of these processes
    home         the person's home folder for them, empty at first
    """

    def __init__(self, place: Path) -> None:
        place.mkdir()
        self.home = place / "home"
        self.home.mkdir()
        shutil.copyfile(network_watch.__file__, place / "sitecustomize.py")
        self._report = place / "report"
        # The folder to watch from comes before whatever the tests themselves need to find the program.
        path = os.pathsep.join(filter(None, (str(place), os.environ.get("PYTHONPATH"))))
        self.environment = {name: os.environ[name] for name in NEEDED if name in os.environ} | {
            "HOME": str(self.home),
            "PYTHONPATH": path,
            network_watch.REPORT: str(self._report),
        }

    def run(self, *commands: tuple[str, ...], before: Iterable[str] = ()) -> int:
        """0 where every command ended well."""
        child = [*before, sys.executable, "-c", RUN_ALL, json.dumps(commands)]
        return subprocess.run(child, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True).returncode

    @property
    def left_at_home(self) -> list[Path]:
        """What the libraries beneath keep in the home folder: identifiers of the machine, events to send later."""
        return list(self.home.rglob("*"))

    @property
    def attempts(self) -> list[str]:
        """What was tried with a network so far; there was at least one process to watch."""
        events = [json.loads(line) for line in self._report.read_text().splitlines()]
        assert any(event["event"] == "watched" for event in events)
        return [event["event"] for event in events if event["event"] != "watched" and not event["local"]]


class Traced:
    """Runs the program under strace, which sees every system call of every process, whoever makes it.

    calls  the calls for a network so far, one a line
    """

    def __init__(self, watched: Watched, calls: Path) -> None:
        self._watched = watched
        self._file = calls
        # In the kernel only what is asked for stops the program; all else runs as fast as ever.
        self.command = ("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=network", "-o", str(calls))

    def run(self, *commands: tuple[str, ...]) -> int:
        return self._watched.run(*commands, before=self.command)

    @property
    def calls(self) -> str:
        return self._file.read_text()


@pytest.fixture
def watched(tmp_path: Path, temporary_home: Path) -> Watched:
    (tmp_path / "settings.toml").write_text('[transcription]\nprompt = "none"\n')
    return Watched(tmp_path / "watched")


@pytest.fixture
def traced(watched: Watched, tmp_path: Path, need: Callable[..., None], cannot: Callable[[str], None]) -> Traced:
    need("strace")
    traced = Traced(watched, tmp_path / "calls")
    if subprocess.run([*traced.command, "true"], capture_output=True).returncode != 0:
        cannot("needs to be allowed to trace a process, which is forbidden here")
    return traced


def test_an_answer_is_heard_by_whisper_kept_and_shown_without_a_network(
    watched: Watched, scripted_whisper: Callable[..., Path]
) -> None:
    watched.environment["REHEARSE_MODEL"] = str(scripted_whisper("So", "um", "yes."))
    assert watched.run(*PRACTISE, *AND_AGAIN) == 0
    assert watched.attempts == []
    assert watched.left_at_home == []


def test_an_answer_is_heard_by_the_draft_engine_without_a_network(watched: Watched) -> None:
    assert watched.run(*PRACTISE) == 0
    assert watched.attempts == []
    assert watched.left_at_home == []


def test_a_follow_up_is_written_and_saved_without_a_network(
    watched: Watched, scripted_whisper: Callable[..., Path], tmp_path: Path
) -> None:
    watched.environment["REHEARSE_MODEL"] = str(scripted_whisper("We", "kept", "the", "client."))
    (tmp_path / "interview.toml").write_text('company = "Northwind"')
    files = {"INTERVIEW": str(tmp_path / "interview.toml"), "MAIL": str(tmp_path / "mail.eml")}
    follow_up = [tuple(files.get(word, word) for word in command) for command in FOLLOW_UP]
    assert watched.run(*PRACTISE, *follow_up) == 0
    assert b"We kept the client." in (tmp_path / "mail.eml").read_bytes()
    assert watched.attempts == []
    assert watched.left_at_home == []


@pytest.mark.slow
def test_many_attempts_are_heard_again_without_a_network(
    watched: Watched, scripted_whisper: Callable[..., Path]
) -> None:
    practised = watched.run(*PRACTISE[:1], ("practice", "1", "--from", str(SHORT_ANSWER), "--engine", "draft"))
    watched.environment["REHEARSE_MODEL"] = str(scripted_whisper("So", "um", "yes."))
    assert practised == 0 and watched.run(("transcribe", "--all", "--jobs", "2")) == 0
    assert watched.attempts == []


def test_a_model_with_its_tokenizer_missing_is_refused_not_completed_from_the_network(
    watched: Watched, scripted_whisper: Callable[..., Path], tmp_path: Path
) -> None:
    shutil.copytree(scripted_whisper("So", "yes."), tmp_path / "without")
    (tmp_path / "without" / "tokenizer.json").unlink()
    watched.environment["REHEARSE_MODEL"] = str(tmp_path / "without")
    assert watched.run(("measure", str(SHORT_ANSWER))) == 1
    assert watched.attempts == []


def test_fetching_a_model_is_the_one_thing_that_asks_a_network(watched: Watched, pretend_hub: PretendHub) -> None:
    watched.environment["HF_ENDPOINT"] = pretend_hub.address
    assert watched.run(("models", "pull", "base.en")) == 1
    assert watched.attempts == [], "nobody agreed to it yet"
    assert watched.run(("models", "pull", "base.en", "--yes")) == 1
    assert watched.attempts
    assert pretend_hub.requests == []


def test_a_trace_sees_what_it_is_to_see(traced: Traced, tmp_path: Path) -> None:
    connect = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    # In a process that is started by another, and untouched by what watches the program.
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', {connect!r}], check=True)"
    subprocess.run([*traced.command, sys.executable, "-c", outer], check=True)
    assert re.search(r"connect\(.*AF_INET\b.*127\.0\.0\.1", traced.calls)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["whisper", "draft"])
def test_no_library_reaches_a_network_behind_pythons_back(
    traced: Traced, watched: Watched, scripted_whisper: Callable[..., Path], engine: str
) -> None:
    """No socket of a network is opened, and so none is connected, bound, or written to."""
    watched.environment |= {"REHEARSE_ENGINE": engine}
    if engine == "whisper":
        watched.environment["REHEARSE_MODEL"] = str(scripted_whisper("So", "yes."))
    assert traced.run(*PRACTISE, *AND_AGAIN) == 0
    assert re.findall(r".*AF_(?!UNIX|LOCAL|UNSPEC)\w+.*", traced.calls) == []
    assert watched.left_at_home == []
