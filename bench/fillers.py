"""How well filled pauses are found in the sound when the transcript lacks them, and how exact the word times are.

    [REHEARSE_SPEECH=folder] python bench/fillers.py [--set held-out|development|none] [--json FILE]

The words that were said, without their filled pauses, are laid along the sound (`transcription.aligner`) and each
place where one may stand is checked (`measurement.filled_pauses`), as the program does with Whisper's words.

- real speech (`real_fillers.py`): the clips of the folder's `manifest.json`, with the true words, and again with a
  tenth of them wrong (left out, replaced or added; five times, by fixed seeds). <cutoff-x> and <hes-x> count as the
  word x; [tags] and <unk> are left out. Only the clips of its table TIMES have fillers whose times are known: two from
  TextGrids, the others set by hand from energy and formants. 'hm' is not looked for.
- synthetic speech (`spoken_fillers.py`): voices of flite and espeak-ng with um and uh at known times, with held words,
  breaths and hums as hard negatives. The limits of the check were chosen on the development set; report the held-out.

A filler is found where a mark covers 40 % of it or lies half on it, each mark counting once. Intervals are exact
(Clopper & Pearson 1934), 95 %. 'x real time' is seconds of sound for each second of processor time.
"""

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.real_fillers import LONGEST_S, Clip, real_clips
from bench.shares import share
from bench.spoken_fillers import VOICES, answer
from fixtures.voices import SpeechNotMade
from rehearse.audio.recording import ANALYSIS_RATE_HZ, Samples
from rehearse.measurement.filled_pauses import filled_pauses_in, unwritten
from rehearse.measurement.sound_shapes import loudness
from rehearse.transcription.aligner import Aligner
from rehearse.transcription.transcript import Span, Word

WRONG = 0.1
ANSWERS_PER_VOICE = 6


@dataclass(slots=True)
class Tally:
    """What was found in one group; seconds of sound and of processor time."""

    found: int = 0
    marked: int = 0
    true: int = 0
    seconds: float = 0.0
    processor_s: float = 0.0
    given_up_s: float = 0.0
    unreliable: int = 0
    start_errors_s: list[float] = field(default_factory=list)

    @property
    def false(self) -> int:
        return self.marked - self.found


def hear(clip: Clip, aligner: Aligner, tally: Tally) -> None:
    began = time.process_time()
    alignments = [aligner.align(words, part, start_s) for words, part, start_s in chunks_of(clip)]
    seconds = len(clip.sound) / ANALYSIS_RATE_HZ

    def read(start_s: float, end_s: float) -> Samples:
        return part_of(clip.sound, start_s, end_s)

    hesitations = [each for alignment in alignments for each in alignment.hesitations]
    heard = unwritten(filled_pauses_in(hesitations, read, loudness([clip.sound])), (), seconds)
    tally.processor_s += time.process_time() - began
    tally.seconds += seconds
    tally.given_up_s += sum(span.duration_s for alignment in alignments for span in alignment.given_up)
    tally.unreliable += not heard.can_tell
    marks = [Span(start_s=mark.start_s, end_s=mark.end_s) for mark in heard.fillers]
    tally.marked += len(marks)
    tally.true += len(clip.fillers)
    tally.found += found_of(clip.fillers, marks)
    tally.start_errors_s += start_errors([word for each in alignments for word in each.words], clip.truth)


def chunks_of(clip: Clip) -> Iterator[tuple[tuple[Word, ...], Samples, float]]:
    """The words and sound of each chunk, and where it begins; long clips are cut where words are furthest apart."""
    first, start_s, words = 0, 0.0, clip.words
    while len(clip.sound) / ANALYSIS_RATE_HZ - start_s > LONGEST_S:
        near = [
            place
            for place in range(first + 1, len(words))
            if LONGEST_S - 12 < words[place].start_s - start_s < LONGEST_S
        ]
        last = max(near, key=lambda place: words[place].start_s - words[place - 1].end_s)
        end_s = (words[last - 1].end_s + words[last].start_s) / 2
        yield words[first:last], part_of(clip.sound, start_s, end_s), start_s
        first, start_s = last, end_s
    yield words[first:], part_of(clip.sound, start_s, None), start_s


def part_of(sound: Samples, start_s: float, end_s: float | None) -> Samples:
    return sound[round(start_s * ANALYSIS_RATE_HZ) : None if end_s is None else round(end_s * ANALYSIS_RATE_HZ)]


def found_of(fillers: Sequence[Span], marks: Sequence[Span]) -> int:
    left = list(marks)
    found = 0
    for filler in fillers:
        for mark in left:
            shared_s = min(filler.end_s, mark.end_s) - max(filler.start_s, mark.start_s)
            if shared_s >= min(0.4 * filler.duration_s, 0.5 * mark.duration_s):
                left.remove(mark)
                found += 1
                break
    return found


def start_errors(words: Sequence[Word], truth: Sequence[Word]) -> list[float]:
    """Distances between word starts, for words that follow in the same order on both sides."""
    if len(words) != len(truth):
        return []
    return [abs(word.start_s - true.start_s) for word, true in zip(words, truth, strict=True)]


def spoken_clips(kind: str) -> Iterator[tuple[str, Clip]]:
    for number, voice in enumerate(VOICES[kind]):
        for seed in range(ANSWERS_PER_VOICE):
            made = answer(kind, voice, 100 * number + seed)
            yield voice, Clip(name=voice, sound=made.sound, words=made.words, fillers=made.fillers)


def show(title: str, groups: dict[str, Tally]) -> None:
    print(f"\n{title}\n{'':24}{'minutes':>8}  {'precision':28}{'recall':28}{'false/min':>10}{'x real time':>13}")
    for name, tally in groups.items():
        print(
            f"{name:24}{tally.seconds / 60:8.1f}  {share(tally.found, tally.marked):28}"
            f"{share(tally.found, tally.true):28}{tally.false / tally.seconds * 60:10.2f}"
            f"{tally.seconds / tally.processor_s:13.0f}"
        )
        if tally.given_up_s or tally.unreliable:
            print(f"{'':24}given up: {tally.given_up_s:.1f} s; too many to be believed: {tally.unreliable} recordings")
        if errors := tally.start_errors_s:
            median_s, worst_s = np.percentile(errors, (50, 95))
            ends = f"95 % {worst_s * 1000:.0f} ms, {len(errors)} words"
            print(f"{'':24}word starts: median {median_s * 1000:.0f} ms, {ends}")


def tallied(clips: Iterator[tuple[str, Clip]], aligner: Aligner) -> dict[str, Tally]:
    groups: dict[str, Tally] = {}
    everything = Tally()
    for group, clip in clips:
        print(f"\r{clip.name:32}", end="", file=sys.stderr)
        hear(clip, aligner, groups.setdefault(group, Tally()))
    print(file=sys.stderr)
    for tally in groups.values():
        for name in ("found", "marked", "true", "seconds", "processor_s", "given_up_s", "unreliable"):
            setattr(everything, name, getattr(everything, name) + getattr(tally, name))
    return groups | {"all": everything}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", dest="which", choices=(*VOICES, "none"), default="held-out")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    aligner = Aligner()
    results: dict[str, dict[str, Tally]] = {}
    if speech := os.environ.get("REHEARSE_SPEECH"):
        folder = Path(speech)
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        for wrong, title in ((0.0, "true words"), (WRONG, "a tenth of the words wrong")):
            results[title] = tallied(real_clips(folder, manifest, wrong, aligner), aligner)
            show(f"real speech, {title}", results[title])
    else:
        print("real speech: skipped, REHEARSE_SPEECH names no folder")
    if options.which != "none" and shutil.which("flite") and shutil.which("espeak-ng"):
        try:
            results[options.which] = tallied(spoken_clips(options.which), aligner)
            show(f"synthetic speech, {options.which}", results[options.which])
        except SpeechNotMade as error:
            print(f"synthetic speech: {error}")
    elif options.which != "none":
        print("synthetic speech: skipped, needs flite and espeak-ng, not installed here")
    if options.json:
        options.json.write_text(json.dumps(results, default=asdict, indent=1))


if __name__ == "__main__":
    main()
