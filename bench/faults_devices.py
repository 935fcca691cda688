"""Whether an answer is safe when its microphone goes away, and how soon the person is told: 20 removals.

    python bench/faults_devices.py [--removals 20] [--seed 1] [--json FILE]

Real: `rehearse practice` at a pseudo-terminal of 80x24, PortAudio, and a sound server with a microphone into which a
test answer is spoken. Simulated: the room (PulseAudio has a microphone that hears what is played to it) and the model,
a tiny Whisper that writes the same words for any sound. At a moment drawn by chance, 2 to 9 s into the answer, in turn:

    unplug   every device is taken out of the server
    kill     the server is killed (SIGKILL)
    suspend  the device delivers nothing more, and nobody is told
    switch   another, silent microphone becomes the system's choice, and this server moves the recording there; it
             delivers nothing for 2 s, and then zeros

Told is when a sentence about it is on the screen, from just before the removal. Enter then ends the answer. Kept means
that the attempt is in the library, measured, and that its recording is what was spoken until then: at most 0.5 s
shorter than the screen had been recording (some of it is still on its way through the server), and correlated by 0.9
or more with the test answer. Ends with 1 where one is not kept, or was told of later than 2.5 s.

Needs PulseAudio with ALSA's plugin for it and pexpect; where that is missing, says so and does nothing.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(1, str(Path(__file__).resolve().parents[1] / "tests"))

from scripted_whisper import write_whisper
from virtual_microphone import VirtualMicrophone, missing_for_it, plugged_in

SPOKEN = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "another-voice.flac"
WORDS = ("So", "um", "I", "said", "what", "I", "had", "seen.")
SOONEST_S, LATEST_S = 2.0, 9.0
MOST_MISSING_S, LEAST_LIKE, TOLD_WITHIN_S = 0.5, 0.9, 2.5

#: How a microphone goes away.
WAYS: dict[str, Callable[[VirtualMicrophone], None]] = {
    "unplug": VirtualMicrophone.unplug,
    "kill": VirtualMicrophone.kill,
    "suspend": VirtualMicrophone.suspend,
    "switch": VirtualMicrophone.switch_default,
}
#: What the screen says then.
SENTENCES = "The microphone went away|No sound since"

Sound = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """
    after_s    how long the screen had been recording
    told_s     until the sentence about it was on the screen
    missing_s  how much shorter the sound until then is in the recording, at most: less than 0 where more came
    likeness   correlation of the recording with what was spoken, -1..1
    measured   the attempt is in the library with its numbers
    """

    way: str
    after_s: float
    told_s: float
    missing_s: float
    likeness: float
    measured: bool

    @property
    def kept(self) -> bool:
        return self.measured and self.missing_s <= MOST_MISSING_S and self.likeness >= LEAST_LIKE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--removals", type=int, default=20, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if missing := what_is_missing():
        print(f"skipped: needs {missing}, not installed here")
        return
    removals = device_removals(options.removals, options.seed)
    for way in WAYS:
        of_it = [removal for removal in removals if removal.way == way]
        if of_it:
            told = [removal.told_s for removal in of_it]
            print(
                f"{way:8} {sum(r.kept for r in of_it)} of {len(of_it)} kept, told after {median(told):.2f} s "
                f"(at most {max(told):.2f} s), at most {max(r.missing_s for r in of_it):.2f} s missing, "
                f"likeness {min(r.likeness for r in of_it):.3f} or more"
            )
    kept = sum(removal.kept for removal in removals)
    print(f"{kept} of {len(removals)} kept; told after {max(r.told_s for r in removals):.2f} s at most")
    if options.json is not None:
        rows = [asdict(removal) | {"kept": removal.kept} for removal in removals]
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    sys.exit(0 if all(removal.kept and removal.told_s <= TOLD_WITHIN_S for removal in removals) else 1)


def what_is_missing() -> str:
    missing = missing_for_it()
    try:
        import pexpect  # noqa: F401
    except ImportError:
        missing = ", ".join(filter(None, (missing, "pexpect")))
    return missing


def device_removals(count: int, seed: int = 1) -> list[Removal]:
    """So many answers whose microphone goes away, each way in turn; a failure of one is told on standard error."""
    chance, ways, removals = random.Random(seed), list(WAYS), []
    for number in range(count):
        way = ways[number % len(ways)]
        with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
            removal = removed(Path(folder), way, chance.uniform(SOONEST_S, LATEST_S))
        if not removal.kept:
            print(f"NOT KEPT: {removal}", file=sys.stderr)
        removals.append(removal)
    return removals


def removed(folder: Path, way: str, after_s: float) -> Removal:
    """One answer in a home of its own, whose microphone goes away."""
    model = write_whisper(folder / "model", WORDS)
    (folder / "settings.toml").write_text(f'[transcription]\nprompt = "none"\nmodel = "{model}"\n')
    with plugged_in() as microphone:
        environment = microphone.environment | {
            "REHEARSE_HOME": str(folder / "home"),
            "REHEARSE_CONFIG": str(folder / "settings.toml"),
            "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
            "TERM": "xterm-256color",
        }
        told(environment, "add", "Tell me about your first job.", "--target", "10-20")
        shown_s, told_s = answered(microphone, environment, way, after_s)
        attempts = told(environment, "attempts")
    recordings = [file for file in (folder / "home" / "recordings").iterdir() if ".part" not in file.name]
    heard = soundfile.read(recordings[0])[0] if recordings else np.zeros(0)
    return Removal(
        way=way,
        after_s=round(shown_s, 2),
        told_s=round(told_s, 3),
        missing_s=round(shown_s - len(heard) / 16_000, 3),
        likeness=round(likeness(heard[: round(shown_s * 16_000)]), 4),
        measured=len(attempts) == 1 and attempts[0]["measured"],
    )


def told(environment: dict[str, str], *arguments: str) -> Any:
    """The JSON of a command."""
    command = [sys.executable, "-m", "rehearse", *arguments, "--json"]
    return json.loads(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)


def answered(
    microphone: VirtualMicrophone, environment: dict[str, str], way: str, after_s: float
) -> tuple[float, float]:
    """How long the screen had been recording at the removal, and how long it took to say so; the answer is kept."""
    import pexpect

    child = pexpect.spawn(
        sys.executable, ["-m", "rehearse", "practice", "1", "--countdown", "0"],
        env=environment, dimensions=(24, 80), timeout=60, encoding="utf-8",
    )  # fmt: skip
    try:
        child.expect("I am done")
        began = time.monotonic()
        microphone.speak(SPOKEN)
        while (left_s := began + after_s - time.monotonic()) > 0:
            # Read on, so that no old screen is left to be found.
            child.expect([pexpect.TIMEOUT, "\\Z"], timeout=min(0.1, left_s))
        at = time.monotonic()
        WAYS[way](microphone)
        child.expect(SENTENCES)
        told_at = time.monotonic()
        child.send("\r")
        child.expect("Enter keep")
        child.send("\r")
        child.expect(pexpect.EOF)
    finally:
        child.close(force=True)
    return at - began, told_at - at


def likeness(heard: Sound) -> float:
    """The correlation of the recording with what was spoken, at the place where it is largest, over what both have."""
    spoken, rate_hz = soundfile.read(SPOKEN)
    if rate_hz != 16_000 or len(heard) < rate_hz:
        return 0.0
    size = 1 << (len(heard) + len(spoken)).bit_length()
    products = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(spoken, size)), size)
    late = int(np.argmax(products[: len(heard)]))
    length = min(len(heard) - late, len(spoken))
    return float(np.corrcoef(heard[late : late + length], spoken[:length])[0, 1])


if __name__ == "__main__":
    main()
