"""A call that never returns is left behind, and only what Python writes reaches a terminal that is kept quiet."""

import os
import subprocess
import sys
from threading import Event

import pytest

from rehearse.audio.portaudio import answered
from rehearse.errors import MicrophoneUnavailable

WRITES = """
import os, sys
from threading import Thread
from rehearse.audio.portaudio import quiet_stderr

def library(line):
    os.write(2, line)

def elsewhere():
    with quiet_stderr():
        library(b"library in another thread\\n")

with quiet_stderr():
    library(b"library\\n")
    thread = Thread(target=elsewhere)
    thread.start()
    thread.join()
    library(b"library again\\n")
    print("Python meanwhile", file=sys.stderr)
print("Python after", file=sys.stderr)
library(b"library after\\n")
"""

ENDS = """
from threading import Event
from rehearse.audio.portaudio import answered
from rehearse.errors import MicrophoneUnavailable
try:
    answered(Event().wait, within_s=0.01)
except MicrophoneUnavailable as error:
    print(error.message)
"""

INTERRUPTED = """
import atexit, signal, sys, threading, types
from threading import Event
from rehearse.audio.portaudio import answered

sys.modules["sounddevice"] = types.ModuleType("sounddevice")
sys.modules["sounddevice"]._exit_handler = lambda: print("waits for ever")
atexit.register(sys.modules["sounddevice"]._exit_handler)
hangs, stopped = Event(), Event()

def hang():
    hangs.set()
    Event().wait()

def interrupt():
    hangs.wait()
    while True:
        # As a terminal does: another thread of the process would not wake the one that waits.
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        # Python overlooks one that comes just before it waits: a person presses it again.
        if stopped.wait(1.0):
            return

threading.Thread(target=interrupt, daemon=True).start()
try:
    answered(hang, within_s=60)
except KeyboardInterrupt:
    stopped.set()
    print("stopped")
"""


def ran(script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)


def test_what_a_call_gives_or_raises_is_passed_on() -> None:
    assert answered(lambda: 7, within_s=20) == 7
    with pytest.raises(ZeroDivisionError):
        answered(lambda: 1 // 0, within_s=20)
    assert answered(lambda: answered(lambda: 8, within_s=20), within_s=20) == 8


def test_a_call_that_hangs_is_given_up_and_nothing_else_waits_for_it() -> None:
    goes_on, ran_late = Event(), []
    with pytest.raises(MicrophoneUnavailable, match="does not answer"):
        answered(goes_on.wait, within_s=0.01)
    with pytest.raises(MicrophoneUnavailable, match="does not answer"):
        answered(lambda: ran_late.append(1), within_s=20)
    goes_on.set()
    while True:
        try:
            assert answered(lambda: "again", within_s=20) == "again"
            break
        except MicrophoneUnavailable:
            continue
    assert ran_late == []


def test_a_call_that_hangs_does_not_keep_the_program_from_ending() -> None:
    assert ran(ENDS).stdout == "The sound system of this computer does not answer.\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a signal for one thread, which Windows has not")
def test_nor_does_one_that_the_person_stops() -> None:
    assert ran(INTERRUPTED).stdout == "stopped\n"


def test_only_python_writes_on_standard_error_while_it_is_quiet() -> None:
    assert ran(WRITES).stderr.splitlines() == ["Python meanwhile", "Python after", "library after"]


@pytest.mark.skipif(os.name == "nt", reason="Windows opens standard error by another way")
def test_a_program_without_standard_error_is_left_as_it_is() -> None:
    script = "import os; os.close(2)\nfrom rehearse.audio.portaudio import quiet_stderr\nwith quiet_stderr(): print(1)"
    assert ran(script).stdout == "1\n"
