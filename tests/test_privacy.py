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

SHORT_ANSWER = Path(__file__).parent / "fixtures" / "short-answer.flac"

#: Runs at the start of every Python process, those that a command starts included. The hooks see what any Python
#: module asks of the socket module, however it came by it, and cannot be taken off again.
WATCHED = """
import os, sys

_ATTEMPTS = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")

def _watch(event, arguments):
    if event not in _ATTEMPTS:
        return
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg") and arguments[0].family.name == "AF_UNIX":
        return
    with open(os.environ["WATCHED_ATTEMPTS"], "a") as attempts:
        attempts.write(f"{event} {arguments[1:]}\\n")
    raise ConnectionRefusedError("this process is watched")

sys.addaudithook(_watch)
"""

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
AND_AGAIN = (("transcribe", "1", "--json"), ("remeasure", "--json"), ("models", "add", "--find"))


class Watched:
    """Runs the program in processes that cannot reach a network, and keeps what they tried."""

    def __init__(self, place: Path) -> None:
        place.mkdir()
        (place / "sitecustomize.py").write_text(WATCHED)
        self._attempts = place / "attempts"
        self.environment = os.environ | {"PYTHONPATH": str(place), "WATCHED_ATTEMPTS": str(self._attempts)}

    def run(self, *commands: tuple[str, ...], before: Iterable[str] = ()) -> int:
        """0 where every command ended well."""
        child = [*before, sys.executable, "-c", RUN_ALL, json.dumps(commands)]
        return subprocess.run(child, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True).returncode

    @property
    def attempts(self) -> str:
        return self._attempts.read_text() if self._attempts.exists() else ""


@pytest.fixture
def watched(tmp_path: Path, temporary_home: Path) -> Watched:
    (tmp_path / "settings.toml").write_text('[transcription]\nprompt = "none"\n')
    return Watched(tmp_path / "watched")


def test_an_answer_is_heard_by_whisper_kept_and_shown_without_a_network(
    watched: Watched, scripted_whisper: Callable[..., Path]
) -> None:
    watched.environment["REHEARSE_MODEL"] = str(scripted_whisper("So", "um", "yes."))
    assert watched.run(*PRACTISE, *AND_AGAIN) == 0
    assert watched.attempts == ""


def test_an_answer_is_heard_by_the_draft_engine_without_a_network(watched: Watched) -> None:
    assert watched.run(*PRACTISE) == 0
    assert watched.attempts == ""


def test_a_model_with_its_tokenizer_missing_is_refused_not_completed_from_the_network(
    watched: Watched, scripted_whisper: Callable[..., Path], tmp_path: Path
) -> None:
    shutil.copytree(scripted_whisper("So", "yes."), tmp_path / "without")
    (tmp_path / "without" / "tokenizer.json").unlink()
    watched.environment["REHEARSE_MODEL"] = str(tmp_path / "without")
    assert watched.run(("measure", str(SHORT_ANSWER))) == 1
    assert watched.attempts == ""


def test_fetching_a_model_is_the_one_thing_that_asks_a_network(watched: Watched, pretend_hub: PretendHub) -> None:
    watched.environment["HF_ENDPOINT"] = pretend_hub.address
    assert watched.run(("models", "pull", "base.en")) == 1
    assert watched.attempts == "", "nobody agreed to it yet"
    assert watched.run(("models", "pull", "base.en", "--yes")) == 1
    assert "socket." in watched.attempts
    assert pretend_hub.requests == []


def test_no_library_connects_behind_pythons_back(
    watched: Watched, scripted_whisper: Callable[..., Path], need: Callable[..., None], tmp_path: Path
) -> None:
    need("strace")
    calls = tmp_path / "calls"
    trace = ("strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(calls))
    if subprocess.run([*trace, "true"], capture_output=True).returncode != 0:
        pytest.skip("needs to be allowed to trace a process, which is forbidden here")
    # The trace can see what it is to see.
    connect = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    subprocess.run([*trace, sys.executable, "-c", connect], check=True)
    assert re.search(r"AF_INET6?\b", calls.read_text())
    watched.environment["REHEARSE_MODEL"] = str(scripted_whisper("So", "yes."))
    assert watched.run(("measure", str(SHORT_ANSWER), "--json"), before=trace) == 0
    assert re.findall(r"AF_INET6?\b.*", calls.read_text()) == []
