"""What everything in measurement costs for an hour of sound, in processor seconds of one core, part by part.

    python bench/measurement_cost.py [--minutes 60] [--json FILE]

The bundled example answers, one after the other and again from the first, with their true words, speech and filled
pauses, moved to where they stand in the hour. Places where a filled pause may stand, as the aligner gives them: the
true ones, and every tenth word besides, 20 a minute (on these answers it gives 5). Speech recognition, the search for
speech and the alignment are no part of it (bench/wait.py, bench/fillers.py). Processor time of all threads is taken,
not the clock: a busy machine waits longer and pays about the same.
The bar is 60 s for an hour.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.spoken import RATE_HZ, demo_files, sounds_of
from rehearse.audio.recording import Recording
from rehearse.measurement.content_words import content_stems
from rehearse.measurement.delivery import measure_level
from rehearse.measurement.ending import how_it_ends
from rehearse.measurement.filled_pauses import filled_pauses_in, loudness
from rehearse.measurement.fillers import filled_pauses, fillers_in
from rehearse.measurement.key_points import key_points
from rehearse.measurement.landing import find_landing
from rehearse.measurement.measures import measure
from rehearse.measurement.measures_json import answer_json
from rehearse.measurement.pauses import located, silent_pauses
from rehearse.measurement.repetition import repetitions
from rehearse.measurement.restarts import repeated_phrases, restarts
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import EngineIdentity, Hesitation, Span, SpeechActivity, Transcript, Word

BAR_S = 60.0
CANDIDATE_EVERY = 10
POINTS = (
    "the night shift", "what the customer wrote", "we lost 40 people", "the plan for the backup", "I asked my manager",
    "nobody had tested it", "three weeks late", "the budget", "I learned to ask early", "an apology",
)  # fmt: skip

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """One long answer with all that is known of it."""

    recording: Recording
    speech: SpeechActivity
    transcript: Transcript


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        hour = made(options.minutes * 60, Path(folder) / "hour.wav")
        whole, parts = cost(hour)
    words, seconds = len(hour.transcript.words), hour.recording.recording_s
    to_an_hour = 3600.0 / seconds
    print(f"{seconds / 60:.1f} minutes of sound, {words} words, {len(hour.transcript.hesitations or ())} candidates\n")
    print(f"{'part':44}{'processor s an hour':>20}{'share':>8}")
    for name, spent_s in parts.items():
        print(f"{name:44}{spent_s * to_an_hour:20.2f}{spent_s / whole:8.0%}")
    print(f"{'everything, as the program does it':44}{whole * to_an_hour:20.2f}")
    fine = whole * to_an_hour <= BAR_S
    print(f"\n{seconds / whole:.0f} times real time; the bar of {BAR_S:.0f} s an hour is {'met' if fine else 'MISSED'}")
    if options.json:
        figures = {"seconds": seconds, "processor_s": whole, "parts_s": parts, "times_real_time": seconds / whole}
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0 if fine else 1


def cost(hour: Hour) -> tuple[float, dict[str, float]]:
    """Processor seconds of everything as the program does it, and of its parts, each by itself."""
    sound, speech, transcript = hour.recording, hour.speech, hour.transcript
    parts: dict[str, float] = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        began = time.process_time()
        done = work()
        parts[name] = time.process_time() - began
        return done

    level = timed("level, clipping, pitch, noise", lambda: measure_level(sound.blocks(), speech, sound.sample_rate_hz))
    loud_db = timed("loudness of the recording", lambda: loudness(sound.blocks()))
    heard = timed(
        "filled pauses in the sound",
        lambda: filled_pauses_in(transcript.hesitations or (), sound.samples, loud_db),
    )
    of_the_sound_s = sum(parts.values())
    began = time.process_time()
    measures = measure(speech=speech, transcript=transcript, level=level, points=POINTS, sounds_heard=heard)
    answer_json(measures, transcript)
    whole = of_the_sound_s + time.process_time() - began

    tokens = timed("words", lambda: tokens_of(transcript.words))
    pauses = timed("pauses", lambda: silent_pauses(speech))
    sounds = timed("filled pauses in the text", lambda: filled_pauses(tokens, "en", (), pauses))
    timed("fillers in context", lambda: fillers_in(tokens, sounds, "en", pauses))
    timed("where each pause lies", lambda: located(pauses, tokens, sounds, "en"))
    timed("repetitions", lambda: repetitions(tokens, sounds))
    timed("restarts", lambda: restarts(tokens, sounds))
    stems = content_stems(tokens, sounds, "en")
    assert stems is not None, "English has stop words"
    timed("phrases that come back", lambda: repeated_phrases(tokens, sounds, stems))
    timed("landing", lambda: find_landing(tokens, sounds, "en", pauses))
    timed("ending", lambda: how_it_ends(tokens, sounds, "en"))
    timed(f"{len(POINTS)} key points", lambda: key_points(POINTS, tokens, sounds, "en"))
    return whole, parts


def made(length_s: float, path: Path) -> Hour:
    """So many seconds of the example answers, whole answers only but for the first, as a WAV file and its truth."""
    files = demo_files()
    sounds = sounds_of(files)
    truths = [json.loads(file.with_suffix(".json").read_text(encoding="utf-8")) for file in files]
    words: list[Word] = []
    spans: list[Span] = []
    hesitations: list[Hesitation] = []
    at_s, number = 0.0, 0
    with soundfile.SoundFile(path, "w", samplerate=RATE_HZ, channels=1, subtype="PCM_16") as file:
        while at_s < length_s:
            sound, truth = sounds[number % len(sounds)], truths[number % len(sounds)]
            file.write(sound)
            words += _words(truth, at_s)
            spans += _speech(truth, at_s)
            hesitations += _candidates(truth, at_s)
            at_s += len(sound) / RATE_HZ
            number += 1
    identity = EngineIdentity(name="whisper", model="true words", version="")
    return Hour(
        recording=Recording(path=path, sample_rate_hz=RATE_HZ, recording_s=at_s),
        speech=SpeechActivity(recording_s=at_s, spans=tuple(spans)),
        transcript=Transcript(
            language="en", words=tuple(words), engine=identity, hesitations=tuple(_apart(hesitations))
        ),
    )


def _words(truth: dict[str, Any], at_s: float) -> list[Word]:
    return [
        Word(text=word["word"], start_s=at_s + word["start_s"], end_s=at_s + word["end_s"]) for word in truth["words"]
    ]


def _speech(truth: dict[str, Any], at_s: float) -> Iterator[Span]:
    begins_s = truth["answer_start_s"]
    for pause in truth["pauses"]:
        yield Span(start_s=at_s + begins_s, end_s=at_s + pause["start_s"])
        begins_s = pause["end_s"]
    yield Span(start_s=at_s + begins_s, end_s=at_s + truth["answer_end_s"])


def _candidates(truth: dict[str, Any], at_s: float) -> list[Hesitation]:
    stretches = [filler for filler in truth["fillers"] if filler["kind"] == "sound"]
    stretches += truth["words"][::CANDIDATE_EVERY]
    return [
        Hesitation(
            start_s=at_s + each["start_s"],
            vowel_end_s=at_s + float(np.mean((each["start_s"], each["end_s"]))),
            end_s=at_s + each["end_s"],
        )
        for each in stretches
    ]


def _apart(hesitations: list[Hesitation]) -> Iterator[Hesitation]:
    until_s = -1.0
    for each in sorted(hesitations, key=lambda hesitation: hesitation.start_s):
        if each.start_s >= until_s:
            yield each
            until_s = each.end_s


if __name__ == "__main__":
    sys.exit(main())
