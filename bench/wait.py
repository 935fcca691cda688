"""How long somebody waits between 'stop' and the measures of an answer: heard live, and heard afterwards (batch).

    python bench/wait.py [--long] [--engine tiny|base|draft] [--runs 5] [--pause 0.8] [--check] [--json FILE]

Real: the journal, the live process, speech detection, the engines' code, everything `rehearse practice` does between
the key and the numbers but for the database and the screen.

Simulated: the microphone. The bundled example answers, said over and over, are written into a journal in blocks of
32 ms. All of an answer but its end is written at once, and its words are known from hearing it afterwards: when
somebody stops, they were heard long ago. A pause of 2 s follows, so that the end is cut in the same way whatever came
before it. The end arrives at the speed of speech, 25 to 36 s of it, another one from another place of
the answers in each run. It breaks off at the end of a word, in the middle of a sentence as often as not; 'stop' comes
--pause seconds later. So the runs of all lengths end alike, and the ratio shows what the length alone does.

Engines:
  tiny   the model for tests in models/tiny-test, far smaller than any that is of use, on answers made of the sentences
         that it knows. Its words are right, so they are laid along the sound too, as in the program
  base   a Whisper model of base.en's shape (6 + 6 layers, 8 heads, width 512, int8). It knows no speech and writes
         the same number of words for any sound: what somebody says at 150 words a minute, 1.3 tokens a word, in a
         chunk as long as those of the bundled answers are on average. The last chunk is shorter than that as often as
         longer, as 'stop' may come early in it. Its words are made up and cannot be laid along the sound; what that
         adds is in the line of 'tiny'. A text that is written does not end the search: it goes on until five
         have ended, in the trained tiny model after 2.0 to 2.5 times as many steps as the text has tokens. No trained
         base.en was at hand to count, so here it is 2.25 times as many.
  draft  the built-in recogniser

Each line: the median over the runs, and the longest. 'sound' is the wait for length and pauses, 'all' for everything.
Batch is one run; it includes loading the model, as a person waits for that too, and not the imports. --check ends
with 1 where a bar is missed: sound 0.5 s, all 2.0 s (base) and 1.0 s (draft) at the median of every length, and for
base no more than 1.3 times as long for the longest answers as for the shortest.
"""

import argparse
import json
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from statistics import mean, median
from typing import Any, TypeAlias

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from base_shape import write_base
from spoken import BLOCK, RATE_HZ, demo_files, sounds_of

from rehearse.audio.journal import Journal
from rehearse.audio.recording import Recording, Samples, open_recording
from rehearse.hearing import Listener, hear
from rehearse.settings import FillerSettings
from rehearse.transcription.aligner import Aligner
from rehearse.transcription.engines import Engine
from rehearse.transcription.live import LiveHearing
from rehearse.transcription.segmenter import chunk_spans
from rehearse.transcription.speech_activity import detect_speech, speech_probabilities
from rehearse.transcription.sphinx import SphinxEngine
from rehearse.transcription.transcript import Span, Word
from rehearse.transcription.whisper import WhisperEngine, missing_files

ROOT = Path(__file__).resolve().parents[1]
TINY = ROOT / "models" / "tiny-test"
TINY_KNOWS = ROOT / "tests" / "fixtures"
#: What arrives at the speed of speech, in each run in turn: 30 s on average.
ENDS_S = (31.0, 25.0, 36.0, 28.0, 33.0)
PAUSE_BEFORE_END_S = 2.0
THREADS = 2
#: Somebody reads the question and waits for the countdown, while the live process starts.
READING_S = 5.0
PATIENCE_S = 120.0

#: Longest waits in seconds: until the length and the pauses are known, and until everything is, by engine.
SOUND_BAR_S = 0.5
BARS_S = {"base": 2.0, "draft": 1.0}
RATIO_BARS = {"base": 1.3}

WORDS_PER_MIN, TOKENS_PER_WORD, STEPS_PER_TOKEN = 150, 1.3, 2.25

Known: TypeAlias = dict[Span, tuple[Word, ...]]


@dataclass(slots=True, kw_only=True)
class Row:
    """Answers of one length; *_s are seconds after 'stop', one for each run; batch_s those of the first run alone."""

    engine: str
    answer_s: float
    last_chunk_s: list[float] = field(default_factory=list)
    live_sound_s: list[float] = field(default_factory=list)
    live_s: list[float] = field(default_factory=list)
    batch_s: float = 0.0
    words: int = 0

    def __str__(self) -> str:
        return (
            f"{self.engine:6} {self.answer_s:6.0f} s {len(self.live_s):4} {mean(self.last_chunk_s):8.1f} s"
            f"   {median(self.live_sound_s):6.2f} {max(self.live_sound_s):5.2f}"
            f"   {median(self.live_s):6.2f} {max(self.live_s):5.2f} {median(self.live_s) / self.answer_s:6.3f}"
            f"   {self.batch_s:6.2f} {self.batch_s / self.answer_s:6.3f} {self.words:6}"
        )


HEAD = """\
                           last      live: sound          all                  batch
engine   answer runs      chunk   median   max   median   max  ratio      all  ratio  words"""


class Knowing:
    """An engine that already knows the words of some chunks, and keeps those it hears."""

    known: Known

    def decode(
        self, chunks: Sequence[Span], recording: Recording, *more: Any, **named: Any
    ) -> Iterator[tuple[Word, ...]]:
        fresh = super().decode([chunk for chunk in chunks if chunk not in self.known], recording, *more, **named)  # type: ignore[misc]
        for chunk in chunks:
            if chunk not in self.known:
                self.known[chunk] = next(fresh)
            yield self.known[chunk]


class KnowingWhisper(Knowing, WhisperEngine):
    def __init__(self, folder: Path, known: Known, aligner: Aligner | None = None) -> None:
        super().__init__(folder, language="en", prompt="", threads=THREADS, aligner=aligner)
        self.known = known


class KnowingSphinx(Knowing, SphinxEngine):
    def __init__(self, known: Known, worker_count: int = THREADS) -> None:
        super().__init__(worker_count=worker_count)
        self.known = known

    def alone(self) -> SphinxEngine:
        return KnowingSphinx(self.known, 0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_true", help="answers of 5 and 10 minutes too")
    parser.add_argument("--engine", choices=("tiny", "base", "draft"), action="append", help="all where not given")
    parser.add_argument("--runs", type=int, default=len(ENDS_S), metavar="N", help="runs of each length, 1 to 5")
    parser.add_argument("--pause", type=float, default=0.8, metavar="S", help="seconds from the last sound to 'stop'")
    parser.add_argument("--check", action="store_true", help="end with 1 where a bar is missed")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()

    import faster_whisper  # noqa: F401 - so that no batch run has to

    rows: list[Row] = []
    lengths_s = (30.0, 120.0, *((300.0, 600.0) if options.long else ()))
    print(f"'stop' {options.pause} s after the last sound; seconds, and ratio to the answer's length\n\n{HEAD}")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.engine or ("tiny", "base", "draft"):
            if name == "tiny" and (missing := missing_files(TINY)):
                print(f"tiny   skipped: {TINY} is no model, it lacks {', '.join(missing)}")
                continue
            engine = made(name, Path(folder))
            rows += [measured(name, engine, length_s, options, Path(folder)) for length_s in lengths_s]
    if options.json is not None:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    missed = list(bars_missed(rows))
    print("", *missed or ["No bar missed."], sep="\n")
    return 1 if missed and options.check else 0


def made(name: str, folder: Path) -> Callable[[Known], Engine]:
    if name == "draft":
        return KnowingSphinx
    if name == "tiny":
        return lambda known: KnowingWhisper(TINY, known, Aligner())
    chunk_s = mean_chunk_s()
    tokens = math.ceil(chunk_s * WORDS_PER_MIN / 60 * TOKENS_PER_WORD)
    steps = math.ceil(tokens * STEPS_PER_TOKEN)
    print(f"base   takes {steps} steps to write {tokens} tokens for each chunk; those of the bundled answers last")
    print(f"       {chunk_s:.1f} s on average")
    base = folder / "base.en-shape"
    write_base(base, tokens, steps)
    return partial(KnowingWhisper, base)


def bars_missed(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        what = f"{row.engine}, {row.answer_s:.0f} s"
        if median(row.live_sound_s) > SOUND_BAR_S:
            yield f"Missed: {what}: length and pauses after {median(row.live_sound_s):.2f} s, not {SOUND_BAR_S}"
        if median(row.live_s) > BARS_S.get(row.engine, math.inf):
            yield f"Missed: {what}: everything after {median(row.live_s):.2f} s, not {BARS_S[row.engine]}"
    for name in dict.fromkeys(row.engine for row in rows):
        waits_s = [median(row.live_s) for row in rows if row.engine == name]
        ratio = waits_s[-1] / waits_s[0]
        print(f"{name}: the longest answers take {ratio:.2f} times as long as the shortest")
        if ratio > RATIO_BARS.get(name, math.inf):
            yield f"Missed: {name}: {ratio:.2f} times as long for the longest answers, not {RATIO_BARS[name]}"


def measured(
    name: str, engine: Callable[[Known], Any], answer_s: float, options: argparse.Namespace, folder: Path
) -> Row:
    row = Row(engine=name, answer_s=answer_s)
    files = sorted(TINY_KNOWS.glob("listed-*.flac")) if name == "tiny" else demo_files()
    known: Known = {}
    for run in range(options.runs):
        before, end = answer(files, answer_s, run, options.pause)
        with closing(engine(dict(known))) as batch:
            journal = Journal(folder, RATE_HZ)
            write(journal, np.concatenate([before, end]), at_speed=False)
            recording = open_recording(journal.finish())
            _, batch_s, batch_words = waited(recording, batch, detect_speech, time.perf_counter())
            recording.path.unlink()
            row.batch_s = row.batch_s or batch_s
            row.last_chunk_s.append(max(span.end_s for span in batch.known) - max(span.start_s for span in batch.known))
            known = {span: words for span, words in batch.known.items() if span.end_s <= len(before) / RATE_HZ}
        with closing(LiveHearing(engine(known))) as live:
            journal = Journal(folder, RATE_HZ)
            live.follow(journal.path, RATE_HZ)
            write(journal, before, at_speed=False)
            until_heard(live, known)
            write(journal, end, at_speed=True)
            stopped = time.perf_counter()
            live.let_go()
            recording = open_recording(journal.finish())
            live.finish(recording)
            sound_s, live_s, live_words = waited(recording, live.engine, live.detect, stopped)
            recording.path.unlink()
        assert live_words == batch_words, "live and batch hear different words"
        row.live_sound_s.append(sound_s)
        row.live_s.append(live_s)
        row.words = row.words or len(live_words)
    print(row, flush=True)
    return row


def waited(recording: Recording, engine: Engine, detect: Any, since: float) -> tuple[float, float, Any]:
    sound_s: list[float] = []
    ear = Listener(
        engine=engine,
        fillers=FillerSettings(),
        detect=detect,
        on_length=lambda _: sound_s.append(time.perf_counter() - since),
    )
    heard = hear(recording, ear)
    assert heard.transcript is not None
    return sound_s[0], time.perf_counter() - since, heard.transcript.words


def answer(files: Sequence[Path], length_s: float, run: int, pause_s: float) -> tuple[Samples, Samples]:
    """What is written at once, the same in every run, and what is said then, with the silence until 'stop'."""
    sounds = sounds_of(files)
    begins = np.cumsum([0, *map(len, sounds)])
    word_ends = np.concatenate(
        [
            begin + RATE_HZ * np.array([word["end_s"] for word in json.loads(truth.read_text())["words"]])
            for truth, begin in zip((path.with_suffix(".json") for path in files), begins, strict=False)
        ]
    )
    said: Samples = np.concatenate(sounds)
    place = len(said) * (run % len(ENDS_S) + 0.5) / len(ENDS_S)
    stop = round(word_ends[np.argmin(np.abs(word_ends - place))])
    end = np.roll(said, -stop)[-round(ENDS_S[run % len(ENDS_S)] * RATE_HZ) :]
    before = np.resize(said, round(max(0.0, length_s - mean(ENDS_S)) * RATE_HZ))
    before[-round(PAUSE_BEFORE_END_S * RATE_HZ) :] = 0.0
    return before, np.concatenate([end, np.zeros(round(pause_s * RATE_HZ), np.float32)])


def mean_chunk_s() -> float:
    chunks_s: list[float] = []
    for path in demo_files():
        recording = open_recording(path)
        chunks_s += [chunk.duration_s for chunk in chunk_spans(speech_probabilities(recording), recording.recording_s)]
    return mean(chunks_s)


def write(journal: Journal, sound: Samples, *, at_speed: bool) -> None:
    began = time.perf_counter()
    for first in range(0, len(sound), BLOCK):
        block = sound[first : first + BLOCK]
        if at_speed:
            time.sleep(max(0.0, (first + len(block)) / RATE_HZ - (time.perf_counter() - began)))
        journal.append((block * 32767).astype("<i2").tobytes())


def until_heard(live: LiveHearing, known: Known) -> None:
    """Until the live process is ready and has heard all that was said before the end."""
    time.sleep(READING_S)
    deadline = time.monotonic() + PATIENCE_S
    while missing := set(known) - set(live.heard_spans):
        assert time.monotonic() < deadline, f"not heard: {sorted(missing, key=lambda span: span.start_s)}"
        time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main())
