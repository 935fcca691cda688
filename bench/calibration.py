"""What `rehearse calibrate` says of synthetic voices that read its text: a check of the calibration itself.

    python bench/calibration.py [--noise-db DB] [--json FILE]

Each voice reads the whole text once, and is heard in two ways:

- draft: by the built-in recogniser, as on a machine without a Whisper model;
- sound: with the true words but for their fillers, as an engine that writes every word and no filler would give, so
  that only the sound can give a filler away.

A synthetic voice is no person: this shows that what is credited is what was said, not how well people are heard.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import soundfile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.spoken_fillers import VOICES
from fixtures.reading import read_aloud, text
from fixtures.voices import RATE_HZ, SpeechNotMade
from rehearse.audio.recording import Recording, open_recording
from rehearse.hearing import Listener, hear
from rehearse.measurement.calibration import Calibration, calibrate
from rehearse.settings import FillerSettings
from rehearse.transcription.aligner import Aligner
from rehearse.transcription.engines import Engine
from rehearse.transcription.sphinx import SphinxEngine
from rehearse.transcription.transcript import AlignedWords, EngineIdentity, Span, Word


class TrueWords:
    """Gives each chunk its share of the words by its length, laid along its sound as Whisper's words are."""

    identity = EngineIdentity(name="whisper", model="true words", version="1", options={"language": "en"})
    language = "en"

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._aligner = Aligner()

    def decode(self, chunks: list[Span], recording: Recording):
        # One chunk, so that no word can be given to the wrong one.
        whole = Span(start_s=chunks[0].start_s, end_s=chunks[-1].end_s)
        step_s = whole.duration_s / len(self._words)
        rough = [
            Word(text=word, start_s=whole.start_s + step_s * at, end_s=whole.start_s + step_s * (at + 1))
            for at, word in enumerate(self._words)
        ]
        aligned = self._aligner.align(rough, recording.samples(whole.start_s, whole.end_s), whole.start_s)
        yield AlignedWords.of(aligned.words, aligned.hesitations)
        for _ in chunks[1:]:
            yield AlignedWords.of((), ())

    def close(self) -> None:
        self._aligner.close()


def heard_by(engine: Engine, recording: Recording) -> Calibration:
    heard = hear(recording, Listener(engine=engine, fillers=FillerSettings()))
    assert heard.transcript is not None
    return calibrate(text(), heard.transcript, heard.measures, heard.sounds_heard)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--noise-db", type=float, default=-45.0, help="level of the noise against the speech")
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    said = [word for word in text().split() if word.strip(",.").lower() not in ("um", "uh")]
    rows = []
    print(
        f"{'voice':28}{'heard by':10}{'word error':>11}{'um, uh heard':>14}{'false':>7}{'level':>8}{'over noise':>12}"
    )
    for voice in (voice for voices in VOICES.values() for voice in voices):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "reading.wav"
            try:
                soundfile.write(file, read_aloud(voice, text(), noise_db=wanted.noise_db), RATE_HZ, subtype="PCM_16")
            except SpeechNotMade as error:
                print(f"{voice:28}{error}")
                continue
            for name, engine in (("draft", SphinxEngine(worker_count=1)), ("sound", TrueWords(said))):
                try:
                    found = heard_by(engine, open_recording(file))
                finally:
                    engine.close()
                rows.append({"voice": voice, "heard_by": name} | asdict(found))
                fillers = f"{found.fillers_heard} of {found.fillers_spoken}"
                print(
                    f"{voice:28}{name:10}{found.word_error_ratio:11.0%}{fillers:>14}{found.false_fillers:7}"
                    f"{found.level_dbfs or 0:8.0f}{found.snr_db or 0:12.0f}",
                    flush=True,
                )
    if wanted.json:
        wanted.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
