"""The whole program at a pseudo-terminal, killed or with its disk filled while it records.

Real: `rehearse practice` with its screen, its hearing process, PortAudio, the journal, the disk, `rehearse recover`.
Simulated: the microphone (PulseAudio plays noise into it, so that no two samples in a row repeat), the model (a tiny
Whisper that says the same words to anything).

Compared: the audio thread of the program also writes every block it is given, at once and unbuffered, to a file of its
own, the witness. What is in the attempt afterwards must be, byte for byte, how the witness begins, and at most one
second shorter. This says nothing of sound lost before PortAudio hands it over; bench/capture.py looks at that.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from scripted_whisper import write_whisper
from virtual_microphone import VirtualMicrophone, missing_for_it, plugged_in

RATE_HZ = 16_000
LAST_SECOND_S = 1.0
DISK_BYTES = 11_000_000
PATIENCE_S = 120.0

#: `rehearse`, with a witness beside its microphone.
WITNESSED = """
import os, sys
from rehearse.audio import microphone

class Witnessed(microphone.Capture):
    def __init__(self, *arguments):
        self._witness = os.open(os.environ["WITNESS"], os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
        super().__init__(*arguments)

    def _take(self, stream, data, status):
        os.write(self._witness, bytes(data))
        super()._take(stream, data, status)

microphone.Capture = Witnessed
from rehearse.cli import run
run(sys.argv[1:])
"""


def kills(folder: Path, count: int, random: np.random.Generator) -> dict[str, Any]:
    """Killed at random moments from 0 to 6 s after the screen first said that it records."""
    if missing := lacking():
        return skipped("kills", missing)
    rounds: list[dict[str, Any]] = []
    began = time.monotonic()
    with plugged_in() as microphone:
        program = Program(folder, folder / "home", microphone)
        for _ in range(count):
            rounds.append(program.killed(float(random.uniform(0.0, 6.0))))
            if rounds[-1]["fault"]:
                print("  ", rounds[-1], flush=True)
    lost = [told["lost_s"] for told in rounds if told["lost_s"] is not None]
    recovered = sum(not told["fault"] for told in rounds)
    print(
        f"kills: {recovered} of {count} recovered by `rehearse recover`, each byte for byte what PortAudio delivered; "
        f"lost at most {max(lost, default=0.0):.3f} s, median {float(np.median(lost)) if lost else 0.0:.3f} s "
        f"({sum(told['recorded_s'] for told in rounds):.0f} s recorded, {time.monotonic() - began:.0f} s)"
    )
    return {"rounds": rounds, "faults": [told["fault"] for told in rounds if told["fault"]]}


def full_disks(folder: Path, count: int, random: np.random.Generator) -> dict[str, Any]:
    """A disk of 11 MB is filled by another program 1 to 4 s into the answer, up to a random rest of 0.5 to 3 s."""
    if missing := lacking():
        return skipped("disks", missing)
    rounds: list[dict[str, Any]] = []
    with plugged_in() as microphone:
        for number in range(count):
            place = folder / str(number)
            with small_disk(place / "disk") as mounted:
                if not mounted:
                    return skipped("disks", "an administrator, to mount a small disk")
                program = Program(place, place / "disk", microphone)
                after_s, leave_s = float(random.uniform(1, 4)), float(random.uniform(0.5, 3))
                rounds.append(program.disk_filled(after_s, int(leave_s * 2 * RATE_HZ)))
                print("  ", rounds[-1], flush=True)
    kept = sum(not told["fault"] for told in rounds)
    print(f"disks: {kept} of {count} answers that filled the disk are in the library, to the last block that fitted")
    return {"rounds": rounds, "faults": [told["fault"] for told in rounds if told["fault"]]}


class Program:
    """`rehearse` with a home and a microphone of its own, which hears noise all the time."""

    def __init__(self, folder: Path, home: Path, microphone: VirtualMicrophone) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        write_whisper(folder / "scripted", ("So", "um", "yes."))
        (folder / "settings.toml").write_text('[transcription]\nprompt = ""\n[recordings]\npack = false\n')
        self._microphone, self._folder, self._home = microphone, folder, home
        self._witness = folder / "witness"
        self._environment = microphone.environment | {
            "REHEARSE_HOME": str(home),
            "REHEARSE_CONFIG": str(folder / "settings.toml"),
            "REHEARSE_MODEL": str(folder / "scripted"),
            "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
            "TERM": "xterm-256color",
            "WITNESS": str(self._witness),
        }
        noise = np.random.default_rng(5).normal(0, 0.05, RATE_HZ * 60)
        soundfile.write(folder / "noise.wav", noise, RATE_HZ, subtype="PCM_16")
        self._json("add", "Tell me about your first job.")

    def killed(self, after_s: float) -> dict[str, Any]:
        with self._noise():
            child = self._start()
            look_on(child, after_s)
            os.kill(child.pid, signal.SIGKILL)
            child.close()
        recovered = self._json("recover")["recovered"]
        if len(recovered) != 1:
            return self._told(after_s, None, f"{len(recovered)} recovered after a kill at {after_s:.2f} s")
        return self._told(after_s, recovered[0]["attempt"], "" if recovered[0]["question_id"] == 1 else "its question")

    def disk_filled(self, after_s: float, leave: int) -> dict[str, Any]:
        import pexpect

        with self._noise():
            child = self._start()
            look_on(child, after_s)
            filler = self._home / "filler"
            filler.write_bytes(bytes(max(0, shutil.disk_usage(self._home).free - leave)))
            try:
                child.expect(r"takes\s+no\s+more\s+sound")
                child.expect(["Enter keep", pexpect.EOF])
            except (pexpect.TIMEOUT, pexpect.EOF):
                return self._told(after_s, None, "it did not say that the disk is full")
            finally:
                child.close(force=True)
        free = shutil.disk_usage(self._home).free
        filler.unlink()
        attempts = self._json("attempts")
        told = self._told(after_s, attempts[-1]["attempt"] if attempts else None, "" if attempts else "not kept")
        return told | {"free_bytes": free}

    def _told(self, after_s: float, attempt: int | None, fault: str) -> dict[str, Any]:
        """What is in the library of this attempt, against what the audio thread was given."""
        given = self._witness.read_bytes()
        given_s = len(given) / 2 / RATE_HZ
        told: dict[str, Any] = {"after_s": round(after_s, 2), "recorded_s": round(given_s, 3), "lost_s": None}
        if attempt is not None:
            paths = sorted((self._home / "recordings").glob("*.wav"), key=lambda path: path.stat().st_mtime)
            samples, rate_hz = soundfile.read(paths[-1], dtype="int16")
            lost_s = given_s - len(samples) / rate_hz
            told["lost_s"] = round(lost_s, 3)
            if rate_hz != RATE_HZ or samples.tobytes() != given[: samples.nbytes]:
                fault = fault or "not what the audio thread was given"
            if lost_s > LAST_SECOND_S:
                fault = fault or f"{lost_s:.2f} s lost"
        return told | {"fault": fault}

    @contextmanager
    def _noise(self) -> Iterator[None]:
        speaker = self._microphone.speak(self._folder / "noise.wav")
        try:
            yield
        finally:
            speaker.terminate()
            speaker.wait()

    def _start(self) -> Any:
        import pexpect

        command = ["-c", WITNESSED, "practice", "1", "--countdown", "0"]
        child = pexpect.spawn(
            sys.executable, command, env=self._environment, dimensions=(24, 80), timeout=PATIENCE_S, encoding="utf-8"
        )
        child.expect("I am done")
        return child

    def _json(self, *arguments: str) -> Any:
        command = [sys.executable, "-m", "rehearse", *arguments, "--json"]
        done = subprocess.run(command, env=self._environment, capture_output=True, check=True)
        return json.loads(done.stdout)


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A disk of its own there, where one may be mounted."""
    folder.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=700", "tmpfs", str(folder)]
    mounted = shutil.which("mount") is not None and not subprocess.run(command, capture_output=True).returncode
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def lacking() -> str:
    try:
        import pexpect  # noqa: F401
    except ImportError:
        return ", ".join(filter(None, (missing_for_it(), "pexpect")))
    return missing_for_it()


def skipped(part: str, reason: str) -> dict[str, Any]:
    print(f"{part} skipped: needs {reason}")
    return {"skipped": reason}


def look_on(child: Any, for_s: float) -> None:
    """Reads what the program writes: at a terminal that nobody reads it would wait."""
    import pexpect

    child.expect(pexpect.TIMEOUT, timeout=for_s)
