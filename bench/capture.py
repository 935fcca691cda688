"""Whether a recording is whole when the machine is busy: every sample that was said is on disk, at its place.

    python bench/capture.py [--minutes 10] [--burn N] [--engine base|draft] [--stall S] [--json FILE]

Real: PortAudio, the program's microphone, journal and practice screen (drawn ten times a second, onto nothing), and
LiveHearing with its process, which hears all the while. Simulated: the room. PulseAudio has a microphone that hears
what is played to it: the bundled example answers over and over, with a burst of noise every 5 s that is like no other,
so that its place in the recording can be told to one sample. The engine has base.en's shape and no sense (see wait.py).
Beside all this, --burn processes (one for each core where not given) do nothing but use up the processor, at the same
priority as the recording. --stall stops the recording program for some seconds in the middle.

Printed: overflows that the microphone counted; how fast the device's clock is by this computer's (this PulseAudio's is
about 300 millionths fast, a sound card's often 50), and how many samples the recording is off from that straight line
at the most punctual block of every 5 s; how far the bursts moved against each other between what was played and what
was recorded; gaps between two calls of the audio thread; whether the file is byte for byte what the audio thread was
given. Ends with 1 where the recording is not whole: an overflow, more than one block (512 samples) away from the clock
or from what was played, a burst missing, or a file unlike what came in.

Needs PulseAudio with ALSA's plugin for it; where that is missing, says so and does nothing.
"""

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile
from rich.console import Console
from rich.live import Live
from rich.text import Text

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(1, str(Path(__file__).resolve().parents[1] / "tests"))

from base_shape import write_base
from spoken import BLOCK, RATE_HZ, over_and_over
from virtual_microphone import IN_FLIGHT_S, missing_for_it, plugged_in

from rehearse.audio.devices import find_device
from rehearse.audio.input_stream import InputStream
from rehearse.audio.microphone import Capture
from rehearse.presentation import live_screen
from rehearse.question import Target
from rehearse.transcription.engines import Engine, processors
from rehearse.transcription.live import LiveHearing
from rehearse.transcription.sphinx import SphinxEngine
from rehearse.transcription.whisper import WhisperEngine

THREADS = 2
#: What the model writes for each chunk: about 16 s of talk.
TOKENS = 40
MARK_EVERY_S, MARK_S, MARK_PEAK = 5.0, 0.25, 0.5
#: How far a burst is looked for from where the one before it stood.
LOOK_S = 4.0
LIKE = 0.8
#: The most punctual block among those of so many seconds tells when the samples were there.
PUNCTUAL_WITHIN_S = 5.0

Sound = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """*_samples at 16 kHz; *_cores: processor time used while it was recorded, in cores.

    worker_busy_ratio  share of the moments looked at when a thread of the process that hears ran or waited to run
    """

    engine: str
    cores: int
    burning: int
    played_s: float
    recorded_s: float
    lost: bool
    overflows: int
    other_flags: int
    clock_ppm: float
    clock_samples: int
    marks: int
    marks_found: int
    moved_samples: int
    median_gap_ms: float
    longest_gap_ms: float
    file_equals_blocks: bool
    chunks_heard: int
    worker_busy_ratio: float
    worker_cores: float
    burning_cores: float

    @property
    def whole(self) -> bool:
        right = self.clock_samples <= BLOCK and self.moved_samples <= BLOCK
        return (
            right
            and not self.lost
            and self.overflows == 0
            and self.marks_found == self.marks
            and self.file_equals_blocks
        )

    def __str__(self) -> str:
        return (
            f"played {self.played_s:.1f} s, recorded {self.recorded_s:.1f} s, {self.cores} cores\n"
            f"load       {self.burning} processes burning {self.burning_cores:.2f} cores\n"
            f"hearing    {self.engine}: wanted the processor {self.worker_busy_ratio:.0%} of the time, "
            f"got {self.worker_cores:.2f} cores, heard {self.chunks_heard} chunks\n"
            f"overflows  {self.overflows} (other flags {self.other_flags}"
            f"{'; THE DEVICE WENT AWAY' if self.lost else ''})\n"
            f"clock      the device's is {self.clock_ppm:+.0f} ppm fast; "
            f"samples at most {self.clock_samples} away from it\n"
            f"played     {self.marks_found} of {self.marks} bursts found, at most {self.moved_samples} samples away\n"
            f"gaps       median {self.median_gap_ms:.1f} ms, longest {self.longest_gap_ms:.1f} ms\n"
            f"file       {'is' if self.file_equals_blocks else 'IS NOT'} what the audio thread was given\n"
            f"the recording {'is whole' if self.whole else 'IS NOT WHOLE'}"
        )


class Watched(Capture):
    """The program's own capture, and beside it what the audio thread was given and when."""

    def __init__(self, *arguments: Any) -> None:
        self.times: list[float] = []
        self.blocks: list[bytes] = []
        self.other_flags = 0
        super().__init__(*arguments)

    def _take(self, stream: InputStream, data: Any, status: Any) -> None:
        self.times.append(time.monotonic())
        self.blocks.append(bytes(data))
        self.other_flags += bool(status) and not status.input_overflow
        super()._take(stream, data, status)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--burn", type=int, default=processors(), metavar="N", help="busy processes; 0 for none")
    parser.add_argument("--engine", choices=("base", "draft"), default="base")
    parser.add_argument("--stall", type=float, default=0.0, metavar="S", help="stop the program in the middle")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if missing := missing_for_it():
        print(f"skipped: needs {missing}, not installed here")
        return
    with tempfile.TemporaryDirectory() as folder:
        report = recorded(Path(folder), options.engine, options.minutes * 60, options.burn, options.stall)
    print(report)
    if options.json is not None:
        options.json.write_text(json.dumps(asdict(report), indent=1) + "\n", encoding="utf-8")
    sys.exit(0 if report.whole else 1)


def recorded(folder: Path, name: str, length_s: float, burn: int, stall_s: float) -> Report:
    spoken, places = marked(over_and_over(length_s))
    soundfile.write(folder / "spoken.wav", spoken, RATE_HZ, subtype="PCM_16")
    with ExitStack() as stack:
        microphone = stack.enter_context(plugged_in())
        # PortAudio reads these when it is loaded, which is later.
        os.environ.update(microphone.environment)
        live = stack.enter_context(closing(LiveHearing(engine(name, folder))))
        (worker,) = (child for child in multiprocessing.active_children() if child.name == "rehearse-live")
        burners = stack.enter_context(burning(burn))
        capture = Watched(find_device("pulse"), folder)
        live.follow(capture.path, capture.sample_rate_hz)
        began, used = time.monotonic(), [cpu_s(pid) for pid in (worker.pid, *burners)]
        speaker = microphone.speak(folder / "spoken.wav")
        if stall_s:
            stack.enter_context(stalling(after_s=length_s / 2, stall_s=stall_s))
        busy = watch(capture, speaker, worker.pid)
        wall_s = time.monotonic() - began
        cores = [(cpu_s(pid) - before) / wall_s for pid, before in zip((worker.pid, *burners), used, strict=True)]
        lost = capture.lost
        live.let_go()
        recording = capture.stop()
        live.finish(recording)
        chunks_heard = len(live.heard_spans)
    given = b"".join(capture.blocks)
    heard = np.frombuffer(given, "<i2").astype(np.float32) / 32768
    offsets = found(heard, spoken, places)
    clock_ppm, clock_samples = against_the_clock(capture)
    gaps_ms = np.diff(capture.times) * 1000
    with recording.path.open("rb") as file:
        file_equals_blocks = file.read()[44:] == given
    return Report(
        engine=name,
        cores=processors(),
        burning=burn,
        played_s=len(spoken) / RATE_HZ,
        recorded_s=recording.recording_s,
        lost=lost,
        overflows=recording.overflow_count,
        other_flags=capture.other_flags,
        clock_ppm=round(clock_ppm, 1),
        clock_samples=clock_samples,
        marks=len(places),
        marks_found=len(offsets),
        moved_samples=max(offsets, default=0) - min(offsets, default=0),
        median_gap_ms=round(float(np.median(gaps_ms)), 1),
        longest_gap_ms=round(float(np.max(gaps_ms)), 1),
        file_equals_blocks=file_equals_blocks,
        chunks_heard=chunks_heard,
        worker_busy_ratio=round(busy, 3),
        worker_cores=round(cores[0], 2),
        burning_cores=round(sum(cores[1:]), 2),
    )


def engine(name: str, folder: Path) -> Engine:
    if name == "draft":
        return SphinxEngine(worker_count=THREADS)
    write_base(folder / "base.en-shape", TOKENS)
    return WhisperEngine(folder / "base.en-shape", language="en", prompt="", threads=THREADS)


def marked(sound: Sound) -> tuple[Sound, list[int]]:
    """The sound with a burst of noise in the place of its own every MARK_EVERY_S, and the samples where they begin."""
    random, length = np.random.default_rng(1), round(MARK_S * RATE_HZ)
    step = round(MARK_EVERY_S * RATE_HZ)
    places = list(range(step // 2, len(sound) - length, step))
    marked_sound = sound.copy()
    for place in places:
        # Smooth, so that a change of rate leaves it as it is.
        noise = np.convolve(random.normal(size=length), np.hanning(16), mode="same")
        marked_sound[place : place + length] = MARK_PEAK * noise / np.abs(noise).max()
    return marked_sound, places


def found(heard: Sound, spoken: Sound, places: Sequence[int]) -> list[int]:
    """For each burst that is in what was heard, samples from its place in what was spoken to its place there."""
    length, offset, reach = round(MARK_S * RATE_HZ), 0, round(LOOK_S * RATE_HZ)
    offsets: list[int] = []
    for place in places:
        first = max(0, place + offset - reach)
        part = heard[first : place + offset + reach + length].astype(np.float64)
        if len(part) < length:
            break
        burst = spoken[place : place + length].astype(np.float64)
        size = 1 << (len(part) + length).bit_length()
        likeness = np.fft.irfft(np.fft.rfft(part, size) * np.conj(np.fft.rfft(burst, size)), size)
        energy = np.concatenate([[0.0], np.cumsum(part**2)])
        loudness = np.sqrt(np.maximum(energy[length:] - energy[:-length], 1e-9) * np.sum(burst**2))
        alike = likeness[: len(loudness)] / loudness
        best = int(np.argmax(alike))
        if alike[best] > LIKE:
            offset = first + best - place
            offsets.append(offset)
    return offsets


def against_the_clock(capture: Watched) -> tuple[float, int]:
    """How fast the device's clock is in millionths, and how many samples the recording is at most away from it."""
    times = np.array(capture.times) - capture.times[0]
    ahead = np.cumsum([len(block) // 2 for block in capture.blocks]) - times * RATE_HZ
    part = (times // PUNCTUAL_WITHIN_S).astype(int)
    # Blocks come late for many reasons, and never early. The last part is too short to have a punctual one.
    punctual = np.array([np.flatnonzero(part == n)[np.argmax(ahead[part == n])] for n in np.unique(part)[:-1]])
    slope, start = np.polyfit(times[punctual], ahead[punctual], 1)
    away = ahead[punctual] - (slope * times[punctual] + start)
    return float(slope) / RATE_HZ * 1e6, round(float(np.abs(away).max()))


def watch(capture: Capture, speaker: "subprocess.Popen[bytes]", worker: int | None) -> float:
    """What the practice screen does, until the speaker has ended and all of it was heard; how often the worker ran."""
    levels: deque[float] = deque(maxlen=80)
    card, target = Text("Tell me about your first job."), Target(low_s=60, high_s=120)
    said_at: float | None = None
    busy: list[bool] = []
    with Path(os.devnull).open("w") as nowhere:
        console = Console(file=nowhere, force_terminal=True, width=80, height=24)
        with Live(console=console, screen=True, auto_refresh=False) as live:
            while not capture.lost and (said_at is None or time.monotonic() < said_at + 2 * IN_FLIGHT_S):
                levels.append(capture.level_dbfs)
                picture = live_screen.recording(card, capture.recorded_s, target, tuple(levels), width=80)
                live.update(picture, refresh=True)
                time.sleep(0.1)
                busy.append(wants_the_processor(worker))
                if said_at is None and speaker.poll() is not None:
                    said_at = time.monotonic()
    return float(np.mean(busy))


def wants_the_processor(pid: int | None) -> bool:
    states = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        # A thread may end in between.
        with suppress(OSError):
            states.append((thread / "stat").read_text().rpartition(")")[2].split()[0])
    return "R" in states


@contextmanager
def burning(count: int) -> Iterator[list[int]]:
    burners = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield [burner.pid for burner in burners]
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()


@contextmanager
def stalling(after_s: float, stall_s: float) -> Iterator[None]:
    script = f"sleep {after_s}; kill -STOP {os.getpid()}; sleep {stall_s}; kill -CONT {os.getpid()}"
    with subprocess.Popen(["sh", "-c", script]):
        yield


def cpu_s(pid: int | None) -> float:
    """Processor time that a process has used until now."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
