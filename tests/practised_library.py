"""A library of twelve measured answers with real sound: pieces of the fixtures, with the words that are in them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import soundfile
from answers import DRAFT, WHISPER

from rehearse.audio.recording import open_recording
from rehearse.measurement.delivery import measure_level
from rehearse.measurement.measures import measure
from rehearse.question import Question, QuestionDraft, Target
from rehearse.storage.store import Store
from rehearse.transcription.transcript import EngineIdentity, Span, SpeechActivity, Transcript, Word

FIXTURES = Path(__file__).parent / "fixtures"
LISTED = FIXTURES / "listed-answer.flac"
#: Where pieces of the listed answer end: between two words, the later attempts the shorter.
ENDS_S = (58.9, 52.0, 54.4, 44.0, 46.9, 38.4, 33.3)
BEGAN = datetime(2026, 11, 2, 9, tzinfo=UTC)


def fill(home: Path, *, suffix: str = ".wav") -> None:
    """Three questions: seven answers and the real one at the first, three at the second, one at the third."""
    with Store.open(home / "rehearse.db", home / "recordings") as store:
        conflict, leaving, mistake = (
            store.add_question(QuestionDraft(text=text, target=target, points=points, note=note), BEGAN)
            for text, target, points, note in (
                (
                    "Tell me about a time you disagreed with your manager.",
                    Target(low_s=20, high_s=40),
                    ("the opening hours of our shop", "what I did", "she changed her mind"),
                    "I rambled before the point.",
                ),
                ("Why do you want to leave your job?", Target(low_s=5, high_s=15), (), ""),
                ("What was your last mistake?", None, (), ""),
            )
        )
        demo = FIXTURES.parents[1] / "fixtures" / "demo" / "1-rambling.flac"
        add(store, conflict, demo, BEGAN - timedelta(days=3), baseline=True, suffix=suffix)
        for place, end_s in enumerate(ENDS_S):
            at = BEGAN + timedelta(days=place - (place % 3 == 2), hours=place % 3)
            add(store, conflict, LISTED, at, end_s=end_s, suffix=suffix)
        for place, name in enumerate(("short-answer", "another-voice", "listed-other-voice")):
            engine = DRAFT if place == 0 else WHISPER
            add(store, leaving, FIXTURES / f"{name}.flac", BEGAN + timedelta(days=place), engine=engine)
        add(store, mistake, FIXTURES / "listed-held-out-voice.flac", BEGAN)


def add(
    store: Store,
    question: Question,
    sound: Path,
    at: datetime,
    *,
    end_s: float | None = None,
    baseline: bool = False,
    engine: EngineIdentity = WHISPER,
    suffix: str = ".flac",
) -> int:
    """One answer: the sound up to end_s and the words said in it, measured; gives its number."""
    samples, rate_hz = soundfile.read(sound, dtype="int16", stop=None if end_s is None else round(end_s * 16_000))
    path = store._recordings / f"{len(store.kept_recordings())}{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, samples, rate_hz, subtype="PCM_16")
    recording = open_recording(path)
    words = tuple(
        Word(text=word["word"], start_s=word["start_s"], end_s=word["end_s"])
        for word in json.loads(sound.with_suffix(".json").read_text(encoding="utf-8"))["words"]
        if word["end_s"] <= recording.recording_s
    )
    heard = SpeechActivity(recording_s=recording.recording_s, spans=spans(words))
    transcript = Transcript(language="en", words=words, engine=engine)
    measures = measure(
        speech=heard, transcript=transcript, level=measure_level(recording.blocks(), heard), points=question.points
    )
    attempt = store.add_attempt(question.id, recording, at, baseline=baseline)
    store.keep_heard(attempt.id, transcript, heard, measures, at)
    return attempt.id


def spans(words: Sequence[Word]) -> tuple[Span, ...]:
    """Speech from word to word, apart where there is a quarter of a second between them."""
    found = [Span(start_s=words[0].start_s, end_s=words[0].end_s)]
    for word in words[1:]:
        if word.start_s - found[-1].end_s < 0.25:
            found[-1] = Span(start_s=found[-1].start_s, end_s=word.end_s)
        else:
            found.append(Span(start_s=word.start_s, end_s=word.end_s))
    return tuple(found)
