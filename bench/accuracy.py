"""How well each engine hears real speech: word error, word count, and fillers, by group of recordings.

    REHEARSE_SPEECH=folder python bench/accuracy.py [--engine draft] [--engine whisper] [--json FILE]

The folder holds `manifest.json`: a list of {file, duration_s, kind, transcript}. Recordings are measured just as
`rehearse measure` does. In transcripts, <cutoff-x> (a word broken off), <unk> and [tags] are left out, <hes-x> counts
as the word x, and numbers stay as they are written. Fillers are aligned with the words, so a filler in the wrong place
is a miss and a false alarm. Without the folder, or without an engine's model, that part is skipped and said to be.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import jiwer

from rehearse.audio.decoding import decode
from rehearse.errors import ModelUnavailable, NoSpeechHeard
from rehearse.hearing import Listener, hear
from rehearse.measurement.words import tokens_of
from rehearse.settings import load_settings
from rehearse.transcription.engines import choose
from rehearse.transcription.transcript import Word

FILLER = "<filler>"
_FILLED_PAUSE = re.compile(r"(?:u+h+|u+m+|u+h+m+|e+r+m?|h+m+|m{2,})")


@dataclass
class Score:
    """Sums over the recordings of one group; every rate is worked out at the end, from these."""

    clips: int = 0
    seconds: float = 0.0
    waited_s: float = 0.0
    words: int = 0
    words_heard: int = 0
    word_errors: int = 0
    fillers: int = 0
    fillers_found: int = 0
    fillers_false: int = 0
    markers_counted: int = 0
    unheard_clips: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", action="append", choices=["whisper", "draft"], help="default: both")
    parser.add_argument("--json", type=Path, help="write the sums and rates to this file")
    options = parser.parse_args()
    folder = os.environ.get("REHEARSE_SPEECH")
    if not folder or not (Path(folder) / "manifest.json").exists():
        print("skipped: REHEARSE_SPEECH names no folder with a manifest.json")
        return 0
    results = {}
    for engine in options.engine or ["draft", "whisper"]:
        try:
            results[engine] = evaluate(Path(folder), engine)
        except ModelUnavailable as error:
            print(f"{engine}: skipped. {error.message}\n")
            continue
        show(engine, results[engine])
    if options.json:
        rows = {e: {g: asdict(s) | rates(s) for g, s in groups.items()} for e, groups in results.items()}
        options.json.write_text(json.dumps(rows, indent=1))
    return 0


def evaluate(folder: Path, choice: Any) -> dict[str, Score]:
    settings = load_settings()
    clips = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    groups: dict[str, Score] = defaultdict(Score)
    engine = choose(choice, settings).engine
    listener = Listener(engine=engine, fillers=settings.fillers)
    try:
        for number, clip in enumerate(clips, start=1):
            print(f"\r{choice}: {number} of {len(clips)} ", end="", file=sys.stderr, flush=True)
            for group in (clip["kind"], "all"):
                groups[group].clips += 1
                groups[group].seconds += clip["duration_s"]
            began = time.perf_counter()
            heard, markers = words_heard(folder / clip["file"], listener)
            spent = time.perf_counter() - began
            for group in (clip["kind"], "all"):
                score(groups[group], said(clip["transcript"]), heard, markers, spent)
    finally:
        engine.close()
        print(file=sys.stderr)
    return dict(sorted(groups.items(), key=lambda item: item[0] == "all"))


def words_heard(file: Path, listener: Listener) -> tuple[list[str], int]:
    """Words and fillers as the engine wrote them, and how many discourse markers were counted as fillers."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            heard = hear(decode(file, Path(folder) / "sound.wav"), listener)
        except NoSpeechHeard:
            return [], 0
    assert heard.transcript is not None
    return normal(heard.transcript.words), heard.measures.discourse_marker_count or 0


def said(transcript: str) -> list[str]:
    kept = re.sub(r"<cutoff-[^>]*>|<unk>|\[[^\]]*\]|---", " ", transcript)
    kept = re.sub(r"<hes-([^>]*)>", r"\1", kept)
    return normal(tuple(Word(text=word, start_s=n, end_s=n + 1) for n, word in enumerate(kept.split())))


def normal(words: tuple[Word, ...]) -> list[str]:
    """Lower case without punctuation; every filled pause, however it is spelt, is one and the same token."""
    plain = (token.plain for token in tokens_of(words))
    return [FILLER if _FILLED_PAUSE.fullmatch(word) else word for word in plain if word]


def score(sums: Score, reference: list[str], heard: list[str], markers: int, spent_s: float) -> None:
    words, words_heard = ([word for word in side if word != FILLER] for side in (reference, heard))
    sums.waited_s += spent_s
    sums.words += len(words)
    sums.words_heard += len(words_heard)
    sums.unheard_clips += not heard
    sums.markers_counted += markers
    if words:
        errors = jiwer.process_words(" ".join(words), " ".join(words_heard))
        sums.word_errors += errors.substitutions + errors.deletions + errors.insertions
    found = fillers_in_place(reference, heard)
    sums.fillers += reference.count(FILLER)
    sums.fillers_found += found
    sums.fillers_false += heard.count(FILLER) - found


def fillers_in_place(reference: list[str], heard: list[str]) -> int:
    if not reference or not heard:
        return 0
    aligned = jiwer.process_words(" ".join(reference), " ".join(heard)).alignments[0]
    equal = (chunk for chunk in aligned if chunk.type == "equal")
    return sum(reference[chunk.ref_start_idx : chunk.ref_end_idx].count(FILLER) for chunk in equal)


def rates(sums: Score) -> dict[str, float | None]:
    marked = sums.fillers_found + sums.fillers_false
    return {
        "word_error_rate": sums.word_errors / sums.words if sums.words else None,
        "word_count_error": sums.words_heard / sums.words - 1 if sums.words else None,
        "filler_precision": sums.fillers_found / marked if marked else None,
        "filler_recall": sums.fillers_found / sums.fillers if sums.fillers else None,
        "false_fillers_per_min": sums.fillers_false / sums.seconds * 60,
        "real_time_factor": sums.waited_s / sums.seconds,
    }


def show(engine: str, groups: dict[str, Score]) -> None:
    head = "clips  sec  word error  word count  fillers found/true  false  precision  recall  false/min  x real time"
    print(f"{engine}: {'group':18} {head}")
    for name, sums in groups.items():
        rate = rates(sums)
        print(
            f"{engine}: {name:18} {sums.clips:5} {sums.seconds:4.0f} {_percent(rate['word_error_rate']):>11} "
            f"{_percent(rate['word_count_error'], '+'):>11} {sums.fillers_found:13}/{sums.fillers:<6} "
            f"{sums.fillers_false:5} {_percent(rate['filler_precision']):>10} {_percent(rate['filler_recall']):>7} "
            f"{rate['false_fillers_per_min']:10.1f} {rate['real_time_factor']:12.2f}"
        )
    markers = ", ".join(f"{name} {sums.markers_counted}" for name, sums in groups.items())
    print(f"{engine}: {groups['all'].unheard_clips} clips without a single word; markers counted: {markers}\n")


def _percent(share: float | None, sign: str = "") -> str:
    return "-" if share is None else f"{share:{sign}.0%}"


if __name__ == "__main__":
    sys.exit(main())
