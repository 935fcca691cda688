"""Whether an answer is safe when the process that hears it is killed, at any moment: 50 answers, and the same words.

    python bench/kills.py [--answers 50] [--hung 4] [--program 5] [--seed 1] [--json FILE]

First part, in this process. Real: LiveHearing and its process, the journal, the store, everything that happens to an
answer between the key and its numbers. Simulated: the microphone (pieces of 8-20 s of the bundled example answers are
written into a journal at 16 times the speed of speech) and the model, a tiny Whisper of one layer that writes the same
words for any sound, with word times and probabilities that do depend on it. Each answer's process is killed (SIGKILL)
at a moment drawn by chance: as it starts up, while it waits for sound, in the middle of a chunk, between 'stop' and the
result. What it was doing is read from its own notes once it is dead. Every attempt must be in the library, with words,
times, probabilities and measures equal to those of the finished file heard afterwards.

Second part, the same with --hung answers whose process is not killed but stopped (SIGSTOP) and stays there, as one that
hangs: a result must come all the same, within 90 s.

Third part, the whole program: `rehearse practice` at a pseudo-terminal speaks through PulseAudio and PortAudio as in
capture.py, and its process is killed while a test answer is spoken, --program times. The attempt must be kept with the
words that `rehearse transcribe` gives, the program must end with 0, and its screen must not say that anything is wrong.
As many times the program itself is killed in the middle of an answer: the sound on disk must lack no more than its last
second, counted from when the screen first said that it records.

Ends with 1 where one answer fails. The third part needs PulseAudio and pexpect, and says so where they are missing.
"""

import argparse
import io
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(1, str(Path(__file__).resolve().parents[1] / "tests"))

from processes import hearing_process
from scripted_whisper import write_whisper
from spoken import BLOCK, RATE_HZ, over_and_over
from virtual_microphone import IN_FLIGHT_S, VirtualMicrophone, missing_for_it, plugged_in

from rehearse.audio.journal import Journal
from rehearse.audio.recording import Recording, Samples, open_recording
from rehearse.hearing import Listener, hear
from rehearse.practice import Answer, keep_answer, practise
from rehearse.question import QuestionDraft, Target
from rehearse.settings import FillerSettings
from rehearse.storage.store import Store
from rehearse.transcription.live import LiveHearing
from rehearse.transcription.transcript import Span, Word
from rehearse.transcription.whisper import WhisperEngine

WORDS = ("So", "um", "I", "said", "what", "I", "had", "seen.")
SPEED = 16.0
PATIENCE_S = 120.0
HUNG_S = 90.0
TARGET = Target(low_s=10, high_s=20)
SPOKEN = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "another-voice.flac"
LAST_SECOND_S = 1.0
#: None of this belongs on the screen of somebody whose answer is safe.
FRIGHTENING = ("error", "traceback", "exception", "kill", "fail", "warning", "died", "broke", "stopped", "lost")


class Noting(WhisperEngine):
    """Whisper that notes in a file, where it runs in a process of its own, when it begins a chunk and when it ends."""

    def __init__(self, folder: Path, notes: Path) -> None:
        super().__init__(folder, language="en", prompt="", threads=1)
        self._notes = notes

    def decode(
        self, chunks: Sequence[Span], recording: Recording, *more: Any, **named: Any
    ) -> Iterator[tuple[Word, ...]]:
        for chunk in chunks:
            self._note()
            try:
                heard = list(super().decode((chunk,), recording, *more, **named))
            finally:
                # A guess that is given up ends too.
                self._note()
            yield from heard

    def _note(self) -> None:
        if multiprocessing.parent_process() is not None:
            with self._notes.open("ab") as notes:
                notes.write(b".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """planned and met: what it was to do when it was killed, and what it did; fault '' where nothing was lost.

    waited_s  from 'stop' to the result and to the same for the finished file
    """

    planned: str
    met: str
    answer_s: float
    waited_s: float
    words: int
    fault: str


class Killer(Thread):
    """Waits for the moment planned and for a random while after it, and kills or stops.

    met  what the process did then, '' until then
    """

    def __init__(
        self, planned: str, deed: signal.Signals, worker: BaseProcess, notes: Path, random: np.random.Generator
    ) -> None:
        super().__init__(daemon=True)
        self.stopped = Event()
        self.done = Event()
        self.met = ""
        self._planned, self._deed, self._worker, self._notes = planned, deed, worker, notes
        longest_s = {"starting up": 1.5, "waiting": 0.3, "in a chunk": 0.05, "after 'stop'": 0.15}[planned]
        self._delay_s = float(random.uniform(0, longest_s))

    @property
    def count(self) -> int:
        """Chunks begun and chunks ended, both; the first is the second of silence it warms up with."""
        return self._notes.stat().st_size

    def run(self) -> None:
        while not self._is_time():
            if self.done.wait(0.001):
                return
        if self.done.wait(self._delay_s):
            return
        after_stop = self.stopped.is_set()
        assert self._worker.pid is not None
        os.kill(self._worker.pid, self._deed)
        if self._deed == signal.SIGKILL:
            self._worker.join(PATIENCE_S)
        doing = "starting up" if self.count < 2 else "in a chunk" if self.count % 2 else "waiting"
        self.met = f"{doing} after 'stop'" if after_stop else doing

    def _is_time(self) -> bool:
        return {
            "starting up": lambda: True,
            "waiting": lambda: self.count >= 4 and self.count % 2 == 0,
            "in a chunk": lambda: self.count >= 3 and self.count % 2 == 1,
            "after 'stop'": self.stopped.is_set,
        }[self._planned]()


MOMENTS = ("starting up", "waiting", "in a chunk", "after 'stop'")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=50)
    parser.add_argument("--hung", type=int, default=4, metavar="N", help="answers whose process hangs")
    parser.add_argument("--program", type=int, default=5, metavar="N", help="times through the whole program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    random = np.random.default_rng(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_whisper(folder / "scripted", WORDS)
        (folder / "recordings").mkdir()
        deaths = many_answers(folder, options.answers, signal.SIGKILL, random) if options.answers else []
        deaths += many_answers(folder, options.hung, signal.SIGSTOP, random) if options.hung else []
        rounds = whole_program(folder, options.program, random) if options.program else []
    if options.json is not None:
        told = {"answers": [asdict(death) for death in deaths], "program": rounds}
        options.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    sys.exit(any(death.fault for death in deaths) or any(told["fault"] for told in rounds))


def many_answers(folder: Path, count: int, deed: signal.Signals, random: np.random.Generator) -> list[Death]:
    deaths: list[Death] = []
    began = time.monotonic()
    while len(deaths) < count:
        death = in_time(lambda: one_answer(folder, MOMENTS[len(deaths) % len(MOMENTS)], deed, random))
        if not death.met:
            print(f"  one answer was measured before its process was to be killed ({death.planned}); once more")
            continue
        deaths.append(death)
        if death.fault:
            print(f"FAILED  {death}", flush=True)
    how = "killed" if deed == signal.SIGKILL else "stopped"
    print(f"{count} answers, each with its process {how}, in {time.monotonic() - began:.0f} s; {how} while it was")
    for met, times in sorted(Counter(death.met for death in deaths).items()):
        print(f"  {times:3} x {met}")
    faults = sum(bool(death.fault) for death in deaths)
    print(f"{count - faults} in the library as they should be, {sum(death.words for death in deaths)} words;", end=" ")
    print(f"the slowest result {max(death.waited_s for death in deaths):.1f} s after 'stop'; {faults} faults\n")
    return deaths


def in_time(answer: Callable[[], Death]) -> Death:
    """The death, or one with a fault where it had not come to an end in time; its process then dies for good."""
    deaths: list[Death] = []
    thread = Thread(target=lambda: deaths.append(answer()))
    thread.start()
    thread.join(HUNG_S)
    late = thread.is_alive()
    while thread.is_alive():
        for child in multiprocessing.active_children():
            child.kill()
        thread.join(1.0)
    (death,) = deaths
    return replace(death, fault=f"no result within {HUNG_S:.0f} s") if late else death


def one_answer(folder: Path, planned: str, deed: signal.Signals, random: np.random.Generator) -> Death:
    notes = folder / "notes"
    notes.write_bytes(b"")
    # In a pause at the end the process hears something before 'stop', and then has nothing to do.
    ends_in_pause = planned in ("waiting", "in a chunk")
    sound = np.concatenate([piece(random), np.zeros(RATE_HZ if ends_in_pause else 0, np.float32)])
    with closing(LiveHearing(Noting(folder / "scripted", notes))) as live:
        (worker,) = (child for child in multiprocessing.active_children() if child.name == "rehearse-live")
        killer = Killer(planned, deed, worker, notes, random)
        killer.start()
        journal = Journal(folder / "recordings", RATE_HZ)
        live.follow(journal.path, RATE_HZ)
        if planned != "starting up":
            until(lambda: killer.count >= 2 or bool(killer.met))
        speak(journal, sound)
        if ends_in_pause:
            killer.join(PATIENCE_S)
        stopped = time.monotonic()
        live.let_go()
        recording = open_recording(journal.finish())
        killer.stopped.set()
        live.finish(recording)
        words, fault = kept_as_it_should_be(folder, recording, live)
        waited_s = time.monotonic() - stopped
        killer.done.set()
        killer.join()
    return Death(
        planned=planned,
        met=killer.met,
        answer_s=round(len(sound) / RATE_HZ, 2),
        waited_s=round(waited_s, 2),
        words=words,
        fault=fault,
    )


def kept_as_it_should_be(folder: Path, recording: Recording, live: LiveHearing) -> tuple[int, str]:
    """How many words are in the library after this, and what is wrong with them, '' for nothing."""
    with Store.open(folder / "rehearse.db", folder / "recordings") as store:
        question = next(iter(store.questions()), None)
        question = question or store.add_question(QuestionDraft(text="Tell me about your first job."), now())
        attempt = keep_answer(question, Answer(recording=recording, recorded_at=now()), store)
        ear = Listener(engine=live.engine, detect=live.detect, fillers=FillerSettings())
        try:
            practise(attempt, TARGET, listener=ear, store=store, now=now)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what this looks for
            return 0, repr(error)
        kept, measures = store.transcript(attempt.id), store.attempt(attempt.id).measures
    batch = WhisperEngine(folder / "scripted", language="en", prompt="", threads=1)
    heard = hear(recording, Listener(engine=batch, fillers=FillerSettings()))
    words = len(kept.words) if kept else 0
    same = words and kept == heard.transcript and measures == heard.measures
    return words, "" if same else "not what the finished file gives"


def now() -> datetime:
    return datetime.now(UTC)


def piece(random: np.random.Generator) -> Samples:
    """8 to 20 s from anywhere in the example answers."""
    length_s = float(random.uniform(8, 20))
    start_s = float(random.uniform(0, 140))
    return over_and_over(start_s + length_s)[round(start_s * RATE_HZ) :]


def speak(journal: Journal, sound: Samples) -> None:
    for first in range(0, len(sound), BLOCK):
        time.sleep(BLOCK / RATE_HZ / SPEED)
        journal.append((sound[first : first + BLOCK] * 32767).astype("<i2").tobytes())


def until(there: Any) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not there():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def whole_program(folder: Path, count: int, random: np.random.Generator) -> list[dict[str, Any]]:
    missing = missing_for_it()
    try:
        import pexpect  # noqa: F401
    except ImportError:
        missing = ", ".join(filter(None, (missing, "pexpect")))
    if missing:
        print(f"whole program skipped: needs {missing}, not installed here")
        return []
    rounds: list[dict[str, Any]] = []
    with plugged_in() as microphone:
        program = Program(folder, microphone)
        for _ in range(count):
            rounds.append(program.hearing_killed(float(random.uniform(0.0, 11.0))))
            print("process killed  ", rounds[-1], flush=True)
        for _ in range(count):
            rounds.append(program.killed(float(random.uniform(2.0, 10.0))))
            print("program killed  ", rounds[-1], flush=True)
    return rounds


class Program:
    """`rehearse` with a home and a microphone of its own."""

    def __init__(self, folder: Path, microphone: VirtualMicrophone) -> None:
        self._microphone = microphone
        self._home = folder / "home"
        (folder / "settings.toml").write_text('[transcription]\nprompt = ""\n')
        self._environment = microphone.environment | {
            "REHEARSE_HOME": str(self._home),
            "REHEARSE_CONFIG": str(folder / "settings.toml"),
            "REHEARSE_MODEL": str(folder / "scripted"),
            "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
            "TERM": "xterm-256color",
        }
        self._json("add", "Tell me about your first job.", "--target", "10-20")

    def hearing_killed(self, after_s: float) -> dict[str, Any]:
        """The process that hears is killed so many seconds into the answer, and the person goes on and stops."""
        child, screen = self._start()
        speaker = self._microphone.speak(SPOKEN)
        look_on(child, after_s)
        os.kill(hearing_process(child.pid), signal.SIGKILL)
        while speaker.poll() is None:
            look_on(child, 0.1)
        look_on(child, IN_FLIGHT_S)
        child.send("\r")
        fault = self._ended_well(child, screen.getvalue)
        (attempt, *_) = sorted(self._json("attempts"), key=lambda row: -row["attempt"])
        kept = self._json("show", str(attempt["attempt"]))["transcript"]["words"]
        batch = self._json("transcribe", str(attempt["attempt"]))["transcript"]["words"]
        if not fault and (kept != batch or not kept):
            fault = "not what the finished file gives"
        return {"after_s": round(after_s, 2), "answer_s": attempt["answer_s"], "words": len(kept), "fault": fault}

    def _ended_well(self, child: Any, screen: Any) -> str:
        import pexpect

        try:
            child.expect("Enter keep")
            child.send("\r")
            child.expect(pexpect.EOF)
            child.close()
        except (pexpect.TIMEOUT, pexpect.EOF):
            return f"it did not end as usual: {screen()[-600:]!r}"
        said = [word for word in FRIGHTENING if word in screen().lower()]
        return f"it said {said}" if said else "" if child.exitstatus == 0 else f"ended with {child.exitstatus}"

    def killed(self, after_s: float) -> dict[str, Any]:
        """The program is killed so many seconds after its screen said that it records."""
        child, _ = self._start()
        began = time.monotonic()
        self._microphone.speak(SPOKEN)
        look_on(child, after_s)
        worker = hearing_process(child.pid)
        os.kill(child.pid, signal.SIGKILL)
        recorded_s = time.monotonic() - began
        child.close()
        (journal,) = (self._home / "recordings").glob("*.part.wav")
        by_header_s = open_recording(journal).recording_s
        by_length_s = (journal.stat().st_size - 44) // 2 / RATE_HZ
        journal.unlink()
        until(lambda: not Path(f"/proc/{worker}").exists())
        fault = "" if recorded_s - by_header_s <= LAST_SECOND_S else "more than the last second is missing"
        missing = {"header_s": round(recorded_s - by_header_s, 3), "length_s": round(recorded_s - by_length_s, 3)}
        return {"recorded_s": round(recorded_s, 3), "missing_by": missing, "fault": fault}

    def _start(self) -> tuple[Any, io.StringIO]:
        import pexpect

        command = ["-m", "rehearse", "practice", "1", "--countdown", "0"]
        child = pexpect.spawn(
            sys.executable, command, env=self._environment, dimensions=(24, 80), timeout=PATIENCE_S, encoding="utf-8"
        )
        screen = io.StringIO()
        child.logfile_read = screen
        child.expect("I am done")
        return child, screen

    def _json(self, *arguments: str) -> Any:
        command = [sys.executable, "-m", "rehearse", *arguments, "--json"]
        done = subprocess.run(command, env=self._environment, capture_output=True, check=True)
        return json.loads(done.stdout)


def look_on(child: Any, for_s: float) -> None:
    """Reads what the program writes: at a terminal that nobody reads it would wait."""
    import pexpect

    child.expect(pexpect.TIMEOUT, timeout=for_s)


if __name__ == "__main__":
    main()
