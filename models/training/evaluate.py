"""How well the tiny test model hears what it was trained for: python -m models.training.evaluate [--model FOLDER]

Everything goes through rehearse's own Whisper engine, so through faster-whisper itself: int8, beam 5, temperature 0,
the usual prompt. Windows are drawn anew with seeds that training does not use, from the same listed sentences and, but
for the held-out voice, the same recordings of the voices: this is recall, and no measure of how well anybody is heard.
Needs flite and espeak-ng.
"""

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.training.sentences import PROMPT
from models.training.speech import HELD_OUT_VOICE, RATE_HZ, TRAINED_VOICES, Voice, voice
from models.training.windows import TimedWord, Window, compose, quiet
from rehearse.audio.recording import open_recording
from rehearse.transcription.engines import transcribe
from rehearse.transcription.segmenter import chunk_spans
from rehearse.transcription.speech_activity import detect_speech
from rehearse.transcription.transcript import Span, Word
from rehearse.transcription.whisper import WhisperEngine

LENGTHS_S = ((2.0, 8.0), (8.0, 16.0), (16.0, 28.0))
#: A word is on time where it starts within this of the truth.
ON_TIME_S = 0.2


@dataclass(slots=True)
class Score:
    """Sums over windows; starts leave out the first word of each, whose start Whisper puts at the window's."""

    windows: int = 0
    seconds: float = 0.0
    words: int = 0
    errors: int = 0
    starts: int = 0
    starts_on_time: int = 0
    ends_on_time: int = 0
    fillers: int = 0
    fillers_found: int = 0
    fillers_false: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, window: Window, heard: Sequence[Word]) -> None:
        self.windows += 1
        self.seconds += len(window.sound) / RATE_HZ
        truth, said = [_plain(w.text) for w in window.words], [_plain(w.text) for w in heard]
        self.words += len(truth)
        if not truth or not said:
            self.errors += len(truth) + len(said)
            return
        compared = jiwer.process_words(" ".join(truth), " ".join(said))
        errors = compared.substitutions + compared.deletions + compared.insertions
        self.errors += errors
        if errors and len(self.wrong) < 3:
            self.wrong.append(f"said: {' '.join(truth)}\n      heard: {' '.join(said)}")
        pairs = [
            (chunk.ref_start_idx + step, chunk.hyp_start_idx + step)
            for chunk in compared.alignments[0]
            if chunk.type == "equal"
            for step in range(chunk.ref_end_idx - chunk.ref_start_idx)
        ]
        self._add_times([(window.words[mine], heard[theirs]) for mine, theirs in pairs if mine])
        found = {mine for mine, _ in pairs}
        fillers = {number for number, word in enumerate(truth) if word in ("um", "uh")}
        self.fillers += len(fillers)
        self.fillers_found += len(fillers & found)
        self.fillers_false += sum(word in ("um", "uh") for word in said) - len(fillers & found)

    def _add_times(self, pairs: Sequence[tuple[TimedWord, Word]]) -> None:
        self.starts += len(pairs)
        self.starts_on_time += sum(abs(mine.start_s - theirs.start_s) <= ON_TIME_S for mine, theirs in pairs)
        self.ends_on_time += sum(abs(mine.end_s - theirs.end_s) <= ON_TIME_S for mine, theirs in pairs)

    def __str__(self) -> str:
        return (
            f"{self.windows:4} windows {self.seconds:6.0f} s {self.words:5} words  word error"
            f" {self.errors / max(1, self.words):6.1%}  starts within {ON_TIME_S} s"
            f" {self.starts_on_time / max(1, self.starts):6.1%}  ends {self.ends_on_time / max(1, self.starts):6.1%}"
            f"  um/uh {self.fillers_found} of {self.fillers}, {self.fillers_false} false"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=Path("models/tiny-test"))
    parser.add_argument("--windows", type=int, default=30, help="for each line")
    parser.add_argument("--voices", type=int, default=len(TRAINED_VOICES), help="how many of the trained ones")
    parser.add_argument("--show", action="store_true", help="some of what was heard wrongly")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    engine = WhisperEngine(options.model, language="en", prompt=PROMPT, threads=1)
    trained = [voice(name) for name in TRAINED_VOICES[: options.voices]]
    held_out = [voice(HELD_OUT_VOICE)]
    results: dict[str, Any] = {}
    for seed, (who, voices) in enumerate((("trained voices", trained), (f"held out {HELD_OUT_VOICE}", held_out))):
        for low, high in LENGTHS_S:
            windows = drawn(voices, 900_000 + 1000 * seed + int(high), options.windows, low, high)
            show(f"{who}, {low:.0f}-{high:.0f} s", score(engine, windows), results, options.show)
        answers = drawn(voices, 950_000 + seed, max(2, options.windows // 10), 60.0, 90.0)
        show(f"{who}, answers cut at pauses", score(engine, answers, cut=True), results, options.show)
    results["silence"] = words_in_silence(engine)
    print(f"silence: {results['silence']} of 24 windows with a word")
    if options.json is not None:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def drawn(voices: Sequence[Voice], seed: int, count: int, low: float, high: float) -> Iterator[Window]:
    random = np.random.default_rng(seed)
    for number in range(count):
        length_s = random.uniform(low, high)
        speaker = voices[number % len(voices)]
        if length_s <= 28.0:
            yield compose(speaker, random, length_s, cut_words=0.0)
            continue
        yield joined([compose(speaker, random, 20.0, clean=True, cut_words=0.0) for _ in range(round(length_s / 20))])


def joined(windows: Sequence[Window]) -> Window:
    """One after the other."""
    words: list[TimedWord] = []
    at_s = 0.0
    for window in windows:
        words += [
            TimedWord(text=w.text, start_s=w.start_s + at_s, end_s=w.end_s + at_s, last=w.last) for w in window.words
        ]
        at_s += len(window.sound) / RATE_HZ
    return Window(sound=np.concatenate([window.sound for window in windows]), words=tuple(words))


def score(engine: WhisperEngine, windows: Iterator[Window], *, cut: bool = False) -> Score:
    total = Score()
    for window in windows:
        total.add(window, heard(engine, window, cut=cut))
    return total


def heard(engine: WhisperEngine, window: Window, *, cut: bool = False) -> Sequence[Word]:
    """The words as one chunk, or, cut at pauses, as the program hears a recording."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "window.wav"
        soundfile.write(path, window.sound.clip(-1, 1), RATE_HZ, subtype="PCM_16")
        recording = open_recording(path)
        if not cut:
            (words,) = engine.decode((Span(start_s=0.0, end_s=recording.recording_s),), recording)
            return words
        probabilities, speech = detect_speech(recording)
        chunks = chunk_spans(probabilities, recording.recording_s)
        return transcribe(engine, recording, chunks, speech, lambda _: None).words


def words_in_silence(engine: WhisperEngine) -> int:
    random = np.random.default_rng(970_000)
    return sum(bool(heard(engine, quiet(random, length_s))) for length_s in (1.0, 3.0, 7.0, 12.0, 20.0, 28.0) * 4)


def show(name: str, result: Score, results: dict[str, Any], with_errors: bool) -> None:
    print(f"{name:34} {result}", flush=True)
    for wrong in result.wrong if with_errors else ():
        print(f"      {wrong}")
    results[name] = asdict(result)


def _plain(text: str) -> str:
    return re.sub(r"[^\w']", "", text).lower()


if __name__ == "__main__":
    main()
