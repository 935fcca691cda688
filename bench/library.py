"""How the commands that look back grow with the library: each as a whole process, on 10 attempts and on many.

    python bench/library.py [--attempts 10000] [--rounds 5]

The attempts are written by hand into two libraries of twenty questions, as practising would keep them but without
sound. Prints for each command the shortest time of the rounds, taken in turn, and the ratio of the two; the bar is 1.5.
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
from rehearse.question import QuestionDraft
from rehearse.storage.store import Store
from rehearse.transcription.transcript import Span, SpeechActivity, Transcript, Word

COMMANDS = ((), ("plan",), ("attempts",), ("attempts", "1"), ("trends",), ("trends", "1"), ("questions",), ("show",))
QUESTIONS = 20
BAR = 1.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attempts", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rehearse-bench-") as folder:
        few, many = Path(folder) / "few", Path(folder) / "many"
        fill(few, 10)
        fill(many, options.attempts)
        figures = {}
        for command in COMMANDS:
            times = {few: [], many: []}
            for _ in range(options.rounds):
                for home, taken in times.items():
                    taken.append(seconds(home, command))
            best = [min(times[home]) for home in (few, many)]
            name = " ".join(("rehearse", *command))
            figures[name] = {"few_s": best[0], "many_s": best[1], "ratio": best[1] / best[0]}
            print(f"{name:22} {best[0]:.3f} s  {best[1]:.3f} s  x {best[1] / best[0]:.2f}", flush=True)
    worst = max(figure["ratio"] for figure in figures.values())
    print(f"worst ratio {worst:.2f}, bar {BAR}: {'met' if worst <= BAR else 'MISSED'}")
    print(json.dumps({"attempts": options.attempts, "rounds": options.rounds, "commands": figures}))


def fill(home: Path, count: int) -> None:
    began = datetime(2024, 1, 1, 9, tzinfo=UTC)
    words = tuple(Word(text=f"word{n}", start_s=n * 0.4, end_s=n * 0.4 + 0.3) for n in range(200))
    transcript = Transcript(language="en", words=words, engine=WHISPER)
    speech = SpeechActivity(recording_s=100.0, spans=(Span(start_s=0.0, end_s=90.0),))
    with Store.open(home / "rehearse.db", home / "recordings") as store:
        asked = [store.add_question(QuestionDraft(text=f"Question {n} of all?"), began) for n in range(QUESTIONS)]
        # What is measured here is reading.
        store._tables.write("PRAGMA synchronous = OFF")
        for n in range(count):
            path = home / "recordings" / f"{n}.wav"
            recording = Recording(path=path, sample_rate_hz=16_000, recording_s=100.0)
            kept = store.add_attempt(asked[n % QUESTIONS].id, recording, began + timedelta(hours=2 * n))
            store.keep_heard(kept.id, transcript, speech, answer(60.0 + n % 70), began)


def seconds(home: Path, command: tuple[str, ...]) -> float:
    environment = {"REHEARSE_HOME": str(home), "REHEARSE_CONFIG": str(home / "settings.toml")}
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "rehearse", *command],
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
