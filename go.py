#!/usr/bin/env python3
"""Set up rehearse in a virtual environment beside this file, then run it. Needs nothing but Python 3.11 and pip.

python3 go.py demo        set up, then run the main job on bundled example answers
python3 go.py test        set up, then run every check and test
python3 go.py rehearse …  set up, then run any rehearse command
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

#: Tests that listen to a microphone mostly wait, so there is room for one more than there are cores. What the tests of
#: one file share takes long to make: one process runs them all.
SPREAD = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile")

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports", "--no-logo"),
    ("pytest", *SPREAD),
)


def main(arguments):
    # Read by whatever Python a person has: nothing newer than its first lines may stand in this file.
    if sys.version_info < (3, 11):  # noqa: UP036
        print("rehearse needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".", file=sys.stderr)
        return 1
    task, rest = (arguments or [""])[0], arguments[1:]
    if task in ("demo", "rehearse"):
        set_up("")
        return run("rehearse", *(["demo"] if task == "demo" else []), *rest)
    if task == "test":
        set_up("dev")
        os.chdir(HERE)
        failed = [check for check in CHECKS if run(*check, *(rest if check[0] == "pytest" else ())) != 0]
        for check in failed:
            print("failed: " + " ".join(check), file=sys.stderr)
        return 1 if failed else 0
    print(__doc__, file=sys.stderr)
    return 2


def set_up(extra):
    """Install this folder into the environment, unless it is there already just as it is described now."""
    wanted = hashlib.sha256((HERE / "pyproject.toml").read_bytes()).hexdigest()
    stamp = ENVIRONMENT / ("rehearse-" + (extra or "plain") + ".stamp")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Setting up: about 550 MB of packages, some minutes the first time ...", file=sys.stderr, flush=True)
    if not PYTHON.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    package = str(HERE) + ("[" + extra + "]" if extra else "")
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", package]
    try:
        subprocess.run(install, check=True)
    except subprocess.CalledProcessError:
        sys.exit("The packages could not be installed: see above. Is the package index within reach?")
    stamp.write_text(wanted)


def run(program, *arguments):
    """Run a program of the environment and give its exit code; Ctrl-C is the program's own affair."""
    command = [str(BIN / program), *arguments]
    print("$ " + " ".join([program, *arguments]), file=sys.stderr, flush=True)
    try:
        return subprocess.run(command).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
