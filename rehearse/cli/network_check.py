"""The way of an answer from its file to the screen, in processes watched for any attempt to reach a network."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rehearse.cli import network_watch
from rehearse.cli.demo import example_answer
from rehearse.errors import RehearseError
from rehearse.presentation import wording
from rehearse.settings import Settings
from rehearse.transcription.engines import choose
from rehearse.transcription.models import in_use

_EVENTS = {
    "__new__": "open a socket",
    "bind": "wait for connections at",
    "connect": "connect to",
    "getaddrinfo": "look up the address of",
    "gethostbyname": "look up the address of",
    "sendmsg": "send to",
    "sendto": "send to",
}
_FAMILIES = {2: "IPv4", 10: "IPv6", 23: "IPv6", 30: "IPv6"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """
    heard_by       who wrote down the words, as it is said to people
    tried          what was tried with a network, and refused, in words
    local_count    sockets between processes of this machine, which reach no network
    process_count  processes that were watched
    failed         the command that did not end well, '' where all did
    """

    heard_by: str
    tried: tuple[str, ...]
    local_count: int
    process_count: int
    failed: str


def watch_example(settings: Settings) -> Watched:
    """Bring in a bundled answer, hear, measure and show it by these settings, in a home that is gone afterwards.

    Raises RehearseError where the watch cannot be set up, or the example is missing.
    """
    question, answer = example_answer()
    heard_by, who = _who_hears(settings)
    with tempfile.TemporaryDirectory(prefix="rehearse-watched-") as folder:
        watch, report = Path(folder) / "watch", Path(folder) / "report"
        watch.mkdir()
        shutil.copyfile(network_watch.__file__, watch / "sitecustomize.py")
        environment = os.environ | who | {
            "PYTHONPATH": os.pathsep.join(filter(None, (str(watch), os.environ.get("PYTHONPATH")))),
            network_watch.REPORT: str(report),
            "REHEARSE_HOME": str(Path(folder) / "home"),
            "REHEARSE_CONFIG": str(settings.config_file),
        }  # fmt: skip
        failed = _first_failing(environment, _commands(question, answer))
        events = _read(report)
    if not events:
        raise RehearseError(
            "The check could not start: this Python does not load the part that watches.", _BY_OTHER_MEANS
        )
    return Watched(
        heard_by=heard_by,
        tried=tuple(_in_words(event) for event in events if event["event"] != "watched" and not event["local"]),
        local_count=sum(bool(event["local"]) and event["event"] == "__new__" for event in events),
        process_count=len({event["process"] for event in events}),
        failed=failed,
    )


def what_it_shows(watched: Watched) -> tuple[str, ...]:
    """The result in sentences, with what such a watch cannot see."""
    said = [f"An example answer was brought in, heard by {watched.heard_by}, measured and shown."]
    if watched.failed:
        said = [f"The example stopped early: '{watched.failed}' ended with an error."]
    if watched.tried:
        said += ["It tried to reach the network, and was refused:", *(f"  {tried}" for tried in watched.tried)]
    else:
        said.append("Nothing tried to reach the network.")
    local = wording.count(watched.local_count, "local socket")
    return (
        *said,
        f"{wording.count(watched.process_count, 'process', 'processes')} watched; {local}, between themselves only.",
        "This sees all that Python code asks for. It cannot see native code that goes past Python, such as the"
        " recogniser's or the sound system's.",
        _BY_OTHER_MEANS,
    )


_BY_OTHER_MEANS = (
    "To see that too, with any recording of yours (nothing is kept of it); no line means that nothing was tried:\n"
    "  strace -f -qq -e trace=network -o net.txt rehearse measure answer.wav; grep AF_INET net.txt"
    if sys.platform.startswith("linux")
    else "To see for yourself: switch the network off, and practise. All but 'rehearse models pull' works as before."
)


def _who_hears(settings: Settings) -> tuple[str, dict[str, str]]:
    """Who is to hear the example, in words and as the environment tells it to another process."""
    try:
        engine = choose(settings.transcription.engine, settings).engine
        model = in_use(settings) if engine.identity.name == "whisper" else None
    except RehearseError:
        model = None
    if model is None:
        return "the rough recogniser", {"REHEARSE_ENGINE": "draft", "REHEARSE_LANGUAGE": "en"}
    return f"Whisper ({model.folder.name})", {"REHEARSE_ENGINE": "whisper", "REHEARSE_MODEL": str(model.folder)}


def _commands(question: str, answer: Path) -> tuple[tuple[str, ...], ...]:
    return (
        ("add", question),
        ("practice", "1", "--from", str(answer), "--keep", "--json"),
        ("remeasure",),
        ("show", "1"),
        ("attempts",),
    )


def _first_failing(environment: dict[str, str], commands: Sequence[tuple[str, ...]]) -> str:
    for arguments in commands:
        done = subprocess.run(
            [sys.executable, "-m", "rehearse", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if done.returncode != 0:
            return f"rehearse {arguments[0]}"
    return ""


def _read(report: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()] if report.exists() else []


def _in_words(event: dict[str, Any]) -> str:
    what = _EVENTS.get(event["event"], event["event"])
    return f"{what} {event['where'] or _FAMILIES.get(event['family'], '')}".strip()
