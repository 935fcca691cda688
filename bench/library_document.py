"""What it costs to export a large library as JSON and to import it: time, size, and memory against a small library.

    python bench/library_document.py [--attempts 10000] [--words 200]

The attempts are written by hand, as practising would keep them but without sound. Each command is a whole process, once
with 10 attempts and once with many. The bar: at most 1.5 times the memory of 10.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from answers import WHISPER, answer

from rehearse.audio.recording import Recording
from rehearse.measurement.fillers import Filler
from rehearse.measurement.pauses import Pause
from rehearse.question import QuestionDraft
from rehearse.storage.store import Store
from rehearse.transcription.transcript import Span, SpeechActivity, Transcript, Word

QUESTIONS = 20
BAR = 1.5

#: Runs a command and says what the most memory was that it took, in KiB (on macOS in bytes), and its processor time.
MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_maxrss, used.ru_utime + used.ru_stime)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attempts", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=200)
    options = parser.parse_args()
    figures = {}
    with tempfile.TemporaryDirectory(prefix="rehearse-bench-") as folder:
        for name, count in (("few", 10), ("many", options.attempts)):
            place = Path(folder) / name
            fill(place / "home", count, options.words)
            file = place / "library.json"
            export = measured(place / "home", "export", "--format", "json", "-o", str(file))
            into = measured(place / "other", "import", str(file))
            again = measured(place / "other", "import", str(file), "--yes")
            size = file.stat().st_size
            figures[name] = {"attempts": count, "bytes": size, "export": export, "import": into, "again": again}
            print(f"{count} attempts: {size / 1e6:.1f} MB", flush=True)
            for what, (seconds, memory, processor_s) in (("export", export), ("import", into), ("again", again)):
                print(
                    f"  {what:7} {seconds:6.2f} s ({processor_s:.2f} s of processor)   {memory / 1e6:6.1f} MB at most",
                    flush=True,
                )
    worst = max(figures["many"][what][1] / figures["few"][what][1] for what in ("export", "import", "again"))
    print(f"memory x {worst:.2f}, bar {BAR}: {'met' if worst <= BAR else 'MISSED'}")
    print(json.dumps(figures))


def fill(home: Path, count: int, words: int) -> None:
    began = datetime(2024, 1, 1, 9, tzinfo=UTC)
    spoken = tuple(
        Word(text=f"word{n}", start_s=n / 3, end_s=n / 3 + 0.3, probability=1 / (n + 1)) for n in range(words)
    )
    transcript = Transcript(language="en", words=spoken, engine=WHISPER)
    spans = tuple(Span(start_s=n * 3.3, end_s=n * 3.3 + 2.9) for n in range(25))
    speech = SpeechActivity(recording_s=100.0, spans=spans)
    pauses = tuple(Pause(start_s=n * 3.3 + 2.9, end_s=n * 3.3 + 3.3, where="inside") for n in range(24))
    fillers = tuple(Filler(text="um", start_s=n * 9.1, end_s=n * 9.1 + 0.3, kind="sound") for n in range(8))
    with Store.open(home / "rehearse.db", home / "recordings") as store:
        asked = [store.add_question(QuestionDraft(text=f"Question {n} of all?"), began) for n in range(QUESTIONS)]
        # What is measured here is reading.
        store.tables.write("PRAGMA synchronous = OFF")
        for n in range(count):
            path = home / "recordings" / f"{n}.wav"
            recording = Recording(path=path, sample_rate_hz=16_000, recording_s=100.0)
            kept = store.add_attempt(asked[n % QUESTIONS].id, recording, began + timedelta(hours=2 * n))
            numbers = answer(60.0 + n % 70, fillers=fillers, pauses=pauses)
            store.keep_heard(kept.id, transcript, speech, numbers, began)


def measured(home: Path, *arguments: str) -> tuple[float, float, float]:
    """Seconds, bytes of memory at most, and seconds of processor time."""
    environment = {"REHEARSE_HOME": str(home), "REHEARSE_CONFIG": str(home / "settings.toml")}
    command = [sys.executable, "-c", MEASURED, sys.executable, "-m", "rehearse", *arguments]
    began = time.perf_counter()
    done = subprocess.run(
        command, env=os.environ | environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True
    )
    seconds = time.perf_counter() - began
    code, memory, processor_s = map(float, done.stdout.split())
    assert code == 0, f"{arguments} failed"
    return seconds, memory * (1 if sys.platform == "darwin" else 1024), processor_s


if __name__ == "__main__":
    main()
