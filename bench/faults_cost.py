"""What a recording costs while nothing listens to it: processor time, and memory over an hour.

Processor: PortAudio, the program's microphone and journal, real; first alone, then with the practice screen drawn ten
times a second onto nothing. Counted is the time of the whole process, PortAudio's threads included.

Memory: the same microphone and journal with an hour of blocks of noise handed in as fast as the disk takes them, so
that the clock is simulated and every write and every forced write is real. Counted is the resident size after the
first minute and after the last.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from virtual_microphone import missing_for_it, plugged_in

CPU_BAR = 0.05
GROWTH_BAR_BYTES = 2_000_000

RECORDING = """
import json, sys, time
from collections import deque
from pathlib import Path
from rich.console import Console
from rich.live import Live
from rich.text import Text
from rehearse.audio.claim import Label
from rehearse.audio.microphone import Microphone
from rehearse.presentation import live_screen
from rehearse.question import Target

folder, for_s = Path(sys.argv[1]), float(sys.argv[2])
capture = Microphone().record(folder, Label())

def cores(draw):
    time.sleep(0.5)
    began, used = time.monotonic(), time.process_time()
    while time.monotonic() < began + for_s:
        draw()
        time.sleep(0.1)
    return (time.process_time() - used) / (time.monotonic() - began)

alone = cores(lambda: None)
levels = deque(maxlen=80)
with open("/dev/null", "w") as nowhere:
    console = Console(file=nowhere, force_terminal=True, width=80, height=24)
    with Live(console=console, screen=True, auto_refresh=False) as live:
        def draw():
            levels.append(capture.level_dbfs)
            card, target = Text("Tell me about your first job."), Target(low_s=60, high_s=120)
            live.update(live_screen.recording(card, capture.recorded_s, target, tuple(levels), width=80), refresh=True)
        with_screen = cores(draw)
lost = capture.lost
capture.discard()
print(json.dumps({"alone_cores": alone, "with_screen_cores": with_screen, "lost": lost}))
"""

AN_HOUR = """
import json, os, sys, time
from pathlib import Path
from types import SimpleNamespace
import numpy as np
from rehearse.audio import microphone
from rehearse.audio.claim import Label
from rehearse.audio.devices import InputDevice
from rehearse.audio.input_stream import InputStream

class Silent(InputStream):
    def __init__(self, device, take, file_rate_hz=None):
        self.device, self.ended, self.rate_hz, self._channels, self._resampler = device, False, 16_000, 1, None

    def start(self):
        pass

    def close(self, *, stalled=False):
        pass

microphone.InputStream = Silent
device = InputDevice(index=0, name="an hour", host_api="", channels=1, default_rate_hz=16_000, is_default=True)
capture = microphone.Capture(device, Path(sys.argv[1]), Label())
blocks = np.random.default_rng(1).integers(-9000, 9000, (64, 512), dtype=np.int16)
fine = SimpleNamespace(input_overflow=False)

def resident():
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")

minute = 60 * 16_000 // 512
sizes = []
began = time.monotonic()
for number in range(60 * minute):
    capture._take(capture._stream, blocks[number % 64], fine)
    while capture._blocks.qsize() > 50:
        time.sleep(0.001)
    if number % minute == minute - 1:
        sizes.append(resident())
path = capture.stop().path
print(json.dumps({
    "minutes": len(sizes), "first_bytes": sizes[0], "last_bytes": sizes[-1], "most_bytes": max(sizes),
    "file_bytes": path.stat().st_size, "took_s": time.monotonic() - began,
}))
path.unlink()
"""


def cost(folder: Path, for_s: float) -> dict[str, Any]:
    folder.mkdir(parents=True)
    told: dict[str, Any] = {"faults": []}
    if missing := missing_for_it():
        print(f"processor time skipped: needs {missing}")
    else:
        with plugged_in() as microphone:
            processor = run(RECORDING, microphone.environment, str(folder / "cpu"), str(for_s))
        told |= {name: round(value, 4) for name, value in processor.items()}
        print(
            f"cost: {processor['alone_cores']:.1%} of one core while recording, "
            f"{processor['with_screen_cores']:.1%} with the screen (bar {CPU_BAR:.0%})"
        )
        if processor["with_screen_cores"] > CPU_BAR or processor["lost"]:
            told["faults"].append(f"{processor['with_screen_cores']:.1%} of one core, bar {CPU_BAR:.0%}")
    if not Path("/proc/self/statm").exists():
        print("memory skipped: needs Linux")
        return told
    memory = run(AN_HOUR, dict(os.environ), str(folder / "memory"))
    growth = memory["last_bytes"] - memory["first_bytes"]
    print(
        f"      {memory['minutes']} min written ({memory['file_bytes'] / 1e6:.0f} MB in {memory['took_s']:.0f} s): "
        f"{memory['first_bytes'] / 1e6:.1f} MB resident after the first minute, {growth / 1e6:+.2f} MB after the last"
    )
    if growth > GROWTH_BAR_BYTES:
        told["faults"].append(f"memory grew by {growth / 1e6:.1f} MB in an hour")
    return told | memory


def run(script: str, environment: dict[str, str], *arguments: str) -> Any:
    environment = environment | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
