"""How far the speech rate is from the truth: given the true words, and with each engine's own.

    [REHEARSE_SPEECH=folder] python bench/rates.py [--engine draft] [--engine whisper] [--engine none] [--json FILE]

- synthetic: the example answers and the answers of the tests, whose words, first and last sound are true by
  construction; as they are, and in white noise of so many dB under the speech. Each is measured as
  `rehearse measure SOUND --transcript WORDS` does.
- real: the clips of the folder's `manifest.json` of 5 s and more, with their true words. Where a TextGrid lies beside
  a clip, the truth is its words over the time from the first to the last of them, fillers included. Of the others
  nobody marked where they begin and end: the true words laid along the sound by PocketSphinx stand in, which is as far
  off as such alignments are.

An engine's own figure stands beside that: its rate against the true one. The test model of this project knows only
the sentences of `models/training`, so it is tried on the answers made of them alone; a Whisper model that is in use,
and the draft engine, on everything that has no noise put to it. Errors are shares of the true rate. Without the
folder, or without a model, that part is skipped.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.real_fillers import ODD, TIMES, said, spread, words_of
from bench.spoken import DEMO, RATE_HZ
from rehearse.audio.decoding import decode
from rehearse.audio.recording import Recording
from rehearse.errors import ModelUnavailable, NoSpeechHeard
from rehearse.hearing import Listener, hear
from rehearse.settings import FillerSettings, Settings, load_settings
from rehearse.transcription.aligner import Aligner
from rehearse.transcription.engines import Engine, choose
from rehearse.transcription.models import in_use
from rehearse.transcription.transcript import EngineIdentity, Transcript, Word

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "fixtures"
TINY_MODEL = ROOT / "models" / "tiny-test"
#: Made of the sentences that the test model has learned.
LISTED = "listed-"
NOISE_DB = (None, 20, 10, 5)
LEAST_S = 5.0
BAR = 0.03
GIVEN = EngineIdentity(name="given", model="", version="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One answer, its true words and its true rate; as_it_is: without noise put to it."""

    group: str
    name: str
    sound: Path
    words: tuple[Word, ...]
    rate_wpm: float
    as_it_is: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The rate with the true words, and with those of an engine; None where no words were heard."""

    case: Case
    rates_wpm: dict[str, float | None]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", action="append", choices=["draft", "whisper", "none"], help="default: both")
    parser.add_argument("--json", type=Path, help="write every rate to this file")
    options = parser.parse_args()
    chosen = engines(options.engine or ["draft", "whisper"])
    with tempfile.TemporaryDirectory() as scratch:
        cases = [*synthetic(Path(scratch)), *real(Path(scratch))]
        measured = []
        for number, case in enumerate(cases, start=1):
            print(f"\r{number} of {len(cases)}: {case.name:32}", end="", file=sys.stderr, flush=True)
            measured.append(Measured(case=case, rates_wpm=rates(case, chosen, Path(scratch))))
        print(file=sys.stderr)
    for engine in chosen.values():
        engine.close()
    show(measured)
    if options.json:
        rows = [
            {"group": each.case.group, "name": each.case.name, "true_wpm": each.case.rate_wpm, **each.rates_wpm}
            for each in measured
        ]
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


def engines(names: Sequence[str]) -> dict[str, Engine]:
    settings = load_settings()
    found: dict[str, Engine] = {}
    if "draft" in names:
        found["draft"] = choose("draft", settings).engine
    if "whisper" in names:
        found["test model"] = choose("whisper", _with_model(settings, str(TINY_MODEL))).engine
        try:
            if model := in_use(settings):
                found[f"whisper {model.folder.name}"] = choose("whisper", settings).engine
            else:
                print("whisper: skipped, no Whisper model is installed\n")
        except ModelUnavailable as error:
            print(f"whisper: skipped. {error.message}\n")
    return found


def _with_model(settings: Settings, model: str) -> Settings:
    return replace(settings, transcription=replace(settings.transcription, model=model, language="en"))


def synthetic(scratch: Path) -> Iterator[Case]:
    for sound in (*sorted(DEMO.glob("*.flac")), *sorted(FIXTURES.glob("*.flac"))):
        truth = json.loads(sound.with_suffix(".json").read_text(encoding="utf-8"))
        words = tuple(Word(text=w["word"], start_s=w["start_s"], end_s=w["end_s"]) for w in truth["words"])
        sounds = sum(filler["kind"] == "sound" for filler in truth["fillers"])
        rate = 60 * (len(words) - sounds) / (truth["answer_end_s"] - truth["answer_start_s"])
        for noise_db in NOISE_DB:
            group = "synthetic" if noise_db is None else f"synthetic, noise {noise_db} dB under it"
            there = sound if noise_db is None else _noisy(sound, truth, noise_db, scratch)
            as_it_is = noise_db is None
            yield Case(group=group, name=sound.stem, sound=there, words=words, rate_wpm=rate, as_it_is=as_it_is)


def _noisy(sound: Path, truth: dict[str, Any], under_db: float, scratch: Path) -> Path:
    samples, rate_hz = soundfile.read(sound, dtype="float32")
    spoken = samples[round(truth["answer_start_s"] * rate_hz) : round(truth["answer_end_s"] * rate_hz)]
    level = float(np.sqrt(np.mean(np.square(spoken)))) * 10 ** (-under_db / 20)
    noise = np.random.default_rng(len(samples)).normal(0.0, level, len(samples))
    path = scratch / f"{sound.stem}-{under_db}.wav"
    soundfile.write(path, np.clip(samples + noise, -1, 1), rate_hz)
    return path


def real(scratch: Path) -> Iterator[Case]:
    folder = os.environ.get("REHEARSE_SPEECH")
    if not folder or not (Path(folder) / "manifest.json").exists():
        print("real speech: skipped, REHEARSE_SPEECH names no folder with a manifest.json\n")
        return
    with closing(Aligner()) as aligner:
        for clip in json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8")):
            name = clip["file"]
            if clip["duration_s"] < LEAST_S or any(odd in name for odd in ODD):
                continue
            sound = Path(folder) / name
            samples = decode(sound, scratch / "clip.wav").samples()
            laid = aligner.align(spread(said(clip["transcript"]), len(samples) / RATE_HZ), samples, 0.0)
            grid = sound.with_suffix(".TextGrid")
            words = words_of(grid) if grid.exists() else laid.words
            if grid.exists() or all(laid.found):
                fillers = TIMES.get(name, ())
                starts_s = [words[0].start_s, *(start_s for start_s, _ in fillers)]
                ends_s = [words[-1].end_s, *(end_s for _, end_s in fillers)]
                group = "real, TextGrids" if grid.exists() else "real, aligned"
                rate = 60 * len(words) / (max(ends_s) - min(starts_s))
                yield Case(group=group, name=name, sound=sound, words=words, rate_wpm=rate)


def rates(case: Case, chosen: dict[str, Engine], scratch: Path) -> dict[str, float | None]:
    given = Transcript(language="en", words=case.words, engine=GIVEN)
    recording = decode(case.sound, scratch / "measured.wav")
    found = {"true words": _rate(recording, None, given)}
    for name, engine in chosen.items():
        if case.as_it_is and (name != "test model" or case.name.startswith(LISTED)):
            found[name] = _rate(recording, engine, None)
    return found


def _rate(recording: Recording, engine: Engine | None, given: Transcript | None) -> float | None:
    try:
        return hear(recording, Listener(engine=engine, fillers=FillerSettings()), given).measures.speech_rate_wpm
    except NoSpeechHeard:
        return None


def show(measured: Sequence[Measured]) -> None:
    print(
        "| sound | words | answers | median error | worst | within 3 % | all together |\n|---|---|---|---|---|---|---|"
    )
    for group in dict.fromkeys(each.case.group for each in measured):
        inside = [each for each in measured if each.case.group == group]
        for name in dict.fromkeys(name for each in inside for name in each.rates_wpm):
            pairs = [(each.case.rate_wpm, each.rates_wpm[name]) for each in inside if name in each.rates_wpm]
            heard = [(true, found) for true, found in pairs if found is not None]
            errors = [found / true - 1 for true, found in heard]
            sizes = sorted(map(abs, errors))
            together = sum(found for _, found in heard) / sum(true for true, _ in heard) - 1 if heard else None
            told = [f"{median(sizes):.1%}", f"{max(errors, key=abs):+.1%}"] if errors else ["-", "-"]
            near = f"{sum(size <= BAR for size in sizes)} of {len(pairs)}"
            mean = "-" if together is None else f"{together:+.1%}"
            print(f"| {group} | {name} | {len(pairs)} | {' | '.join(told)} | {near} | {mean} |")


if __name__ == "__main__":
    sys.exit(main())
