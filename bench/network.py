"""What the whole path of an answer asks of the network: every call, counted, from any process and any library.

    python bench/network.py [--engine draft|whisper] [--model FOLDER] [--no-live] [--json FILE]

Runs the program itself under `strace -f -e trace=network`: an answer brought in as a file (add, practice --from,
transcribe, transcribe --all --jobs 2, remeasure, show, attempts, doctor), then one spoken at a terminal into a virtual
microphone (PulseAudio), heard live. Whisper is the folder given by --model, or else a tiny scripted model of the tests,
whose code is faster-whisper's all the same. Nothing in the environment tells of a test or a build machine, where
telemetry often keeps silent.

Printed for each path: calls by name and kind. 'network' is any socket that is not local, or not known to be: it has to
be 0. 'local' are sockets between processes of this machine, with the servers they went to, and calls on what is no
socket at all. Files that libraries left in the home folder's cache are named. First a connection is made on purpose, to
show that the trace sees it. Ends with 1 where anything tried to reach a network. Needs Linux, strace, and for the
spoken path PulseAudio (.ci/run installs both).
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import pexpect  # noqa: E402
from scripted_whisper import write_whisper  # noqa: E402
from virtual_microphone import missing_for_it, plugged_in  # noqa: E402

ANSWER = ROOT / "tests" / "fixtures" / "short-answer.flac"
NEEDED = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "TMPDIR")
REHEARSE = (sys.executable, "-m", "rehearse")

_CALL = re.compile(r"^\d+ +(\w+)\(")
_NETWORK = re.compile(r"AF_(?!UNIX|LOCAL|UNSPEC)\w+|<(?:TCP|UDP|ICMP|RAW|PACKET|NETLINK)")
#: libpulse writes to pipes, events and files as if they were sockets first, and is told that they are none.
_LOCAL = re.compile(r"AF_UNIX|<UNIX|\(\d+<(?:pipe:|anon_inode:|/)")
_SERVER = re.compile(r'^\d+ +connect\(.*sun_path=@?"([^"]+)"')


def strace(calls: Path) -> tuple[str, ...]:
    return ("strace", "-f", "-qq", "-yy", "--seccomp-bpf", "-s", "80", "-e", "trace=network", "-o", str(calls))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=("draft", "whisper"), action="append", help="both where not given")
    parser.add_argument("--model", type=Path, help="folder of a Whisper model")
    parser.add_argument("--no-live", action="store_true", help="leave the spoken path out")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if shutil.which("strace") is None:
        print("needs strace: sudo apt install strace", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="rehearse-network-") as folder:
        place = Path(folder)
        if not control(place):
            print("this machine does not let a process be traced", file=sys.stderr)
            return 2
        print("a connection made on purpose is seen: the trace works\n")
        model = options.model or write_whisper(place / "scripted", ("So", "um", "yes."))
        rows = []
        for engine in options.engine or ("draft", "whisper"):
            rows.append(from_file(place, engine, model))
            if not options.no_live and (missing := missing_for_it()):
                print(f"spoken, {engine}: left out, needs {missing}")
            elif not options.no_live:
                rows.append(spoken(place, engine, model))
    if options.json is not None:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    tried = sum(row["network_calls"] for row in rows)
    print(f"\nnetwork calls in all: {tried}")
    return 1 if tried or any(row["left_in_cache"] for row in rows) else 0


def control(place: Path) -> bool:
    """Whether a connection of a process of a process is seen."""
    connect = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {connect!r}])"
    subprocess.run([*strace(place / "control"), sys.executable, "-c", outer], check=False)
    return (place / "control").exists() and bool(_NETWORK.search((place / "control").read_text()))


def from_file(place: Path, engine: str, model: Path) -> dict[str, Any]:
    with path_of("from a file", place, engine, model) as (environment, calls, row):
        commands = (
            ("add", "Tell me about your first job."),
            ("practice", "1", "--from", str(ANSWER), "--json"),
            ("transcribe", "1", "--json"),
            ("practice", "1", "--from", str(ANSWER), "--engine", "draft", "--json"),
            ("transcribe", "--all", "--jobs", "2"),
            ("remeasure",),
            ("show", "1"),
            ("attempts",),
            ("doctor",),
        )
        for number, arguments in enumerate(commands):
            trace = strace(calls / f"{number}-{arguments[0]}")
            subprocess.run([*trace, *REHEARSE, *arguments], env=environment, check=True, **QUIET)
    return row


def spoken(place: Path, engine: str, model: Path) -> dict[str, Any]:
    with plugged_in() as microphone, path_of("spoken, heard live", place, engine, model) as (environment, calls, row):
        ours = {"HOME", *NEEDED}
        environment |= {name: value for name, value in microphone.environment.items() if name not in ours and (
            name.startswith(("ALSA", "PULSE", "JACK", "XDG_RUNTIME")))}  # fmt: skip
        environment["TERM"] = "xterm-256color"
        subprocess.run([*REHEARSE, "add", "Tell me about your first job."], env=environment, check=True, **QUIET)
        command = [*strace(calls / "practice"), *REHEARSE, "practice", "1", "--countdown", "0"]
        child = pexpect.spawn(command[0], command[1:], env=environment, dimensions=(24, 80), timeout=300)
        try:
            child.expect("I am done")
            microphone.speak(ANSWER, wait=True)
            child.send("\r")
            child.expect("Enter keep")
            child.send("\r")
            child.expect(pexpect.EOF)
        finally:
            child.close(force=True)
        heard = json.loads(subprocess.check_output([*REHEARSE, "attempts", "--json"], env=environment))
        assert heard[0]["measured"], "the spoken answer was not measured"
    return row


QUIET: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@contextmanager
def path_of(what: str, place: Path, engine: str, model: Path) -> Iterator[tuple[dict[str, str], Path, dict[str, Any]]]:
    """The environment of one path, the folder for its traces, and the row that is filled and printed at its end."""
    folder = Path(tempfile.mkdtemp(dir=place))
    home, calls, settings = folder / "home", folder / "calls", folder / "settings.toml"
    home.mkdir()
    calls.mkdir()
    # The scripted model counts the words before its own.
    settings.write_text('[transcription]\nprompt = ""\n')
    environment = {name: os.environ[name] for name in NEEDED if name in os.environ} | {
        "HOME": str(home),
        "REHEARSE_HOME": str(folder / "rehearse"),
        "REHEARSE_CONFIG": str(settings),
        "REHEARSE_ENGINE": engine,
    }
    if engine == "whisper":
        environment["REHEARSE_MODEL"] = str(model)
    row: dict[str, Any] = {"path": what, "engine": engine}
    yield environment, calls, row
    lines = [line for file in sorted(calls.iterdir()) for line in file.read_text(errors="replace").splitlines()]
    row |= counted(lines)
    row["left_in_cache"] = [str(file.relative_to(home)) for file in (home / ".cache").rglob("*") if file.is_file()]
    show(row)


def counted(lines: list[str]) -> dict[str, Any]:
    kinds: dict[str, Counter[str]] = {"network": Counter(), "local": Counter()}
    tried = []
    for line in lines:
        if call := _CALL.match(line):
            kind = "local" if _LOCAL.search(line) and not _NETWORK.search(line) else "network"
            kinds[kind][call[1]] += 1
            if kind == "network":
                tried.append(line)
    servers = Counter(server[1] for line in lines if (server := _SERVER.match(line)))
    return {
        "network_calls": sum(kinds["network"].values()),
        "calls": {kind: dict(counts.most_common()) for kind, counts in kinds.items()},
        "local_servers": dict(servers),
        "tried": tried[:20],
    }


def show(row: dict[str, Any]) -> None:
    print(f"{row['path']}, {row['engine']}: network {row['network_calls']}")
    for kind, counts in row["calls"].items():
        names = ", ".join(f"{name} {count}" for name, count in counts.items())
        print(f"  {kind:8} {names or 'none'}")
    for server, count in row["local_servers"].items():
        print(f"  local server {server}: {count}")
    for line in (*row["tried"], *(f"left in the cache: {file}" for file in row["left_in_cache"])):
        print(f"  {line}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
