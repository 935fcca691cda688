"""Sees every attempt of a Python process to use a network socket, writes it down, and refuses it.

`network_check` copies this file as sitecustomize.py to where Python looks for one, so that it runs at the start of each
process, those that a process starts included. So it stands alone: it imports nothing of rehearse. What it adds cannot
be taken off again.
"""

import json
import os
import sys
from typing import Any

#: Names the file that it writes to, one line of JSON each; without it nothing is watched.
REPORT = "REHEARSE_NETWORK_REPORT"

#: AF_UNIX, on every system that has it: a pipe between processes of this machine.
_LOCAL = 1
#: A socket that is there already, taken over by its number.
_TAKEN_OVER = -1
#: They ask this machine for its own name.
_HARMLESS = ("socket.gethostname", "socket.sethostname")
_ABOUT_A_SOCKET = ("socket.bind", "socket.connect", "socket.sendmsg", "socket.sendto")


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if not event.startswith("socket.") or event in _HARMLESS:
        return
    family, where = None, arguments
    if event == "socket.__new__":
        family, where = int(arguments[1]), ()
    elif event in _ABOUT_A_SOCKET:
        family, where = int(arguments[0].family), arguments[1:]
    if family == _TAKEN_OVER:
        return
    _write(event.removeprefix("socket."), family, " ".join(map(str, where)))
    if family != _LOCAL:
        raise PermissionError("This process may not use the network: rehearse watches it.")


def _write(event: str, family: int | None, where: str) -> None:
    line = {"process": os.getpid(), "event": event, "local": family == _LOCAL, "family": family, "where": where}
    report = os.open(os.environ[REPORT], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(report, (json.dumps(line) + "\n").encode())
    os.close(report)


if REPORT in os.environ:
    sys.addaudithook(_watch)
    _write("watched", None, "")
