"""A library in a temporary home, and one of each value that is kept in it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from any_library import a_small_library
from homes import blank_homes, opened

from rehearse.audio.recording import Recording
from rehearse.measurement.fillers import Filler
from rehearse.measurement.measures import Measures
from rehearse.measurement.pauses import Pause
from rehearse.measurement.repetition import Repetition
from rehearse.question import Question, QuestionDraft
from rehearse.storage.store import Store
from rehearse.transcription.transcript import EngineIdentity, Span, SpeechActivity, Transcript, Word


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 3, 18, 30, 15, 250000, tzinfo=UTC)


@pytest.fixture
def database(temporary_home: Path) -> Path:
    return temporary_home / "rehearse.db"


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for homes, in memory where there is such a place: many files forced to a disk take long."""
    with blank_homes(1) as (folder,):
        yield folder


@pytest.fixture
def filled(place: Path, measures: Measures, transcript: Transcript, speech: SpeechActivity) -> Path:
    """A home with `a_small_library`."""
    with opened(place / "filled") as store:
        a_small_library(store, measures, transcript, speech)
    return place / "filled"


@pytest.fixture
def recordings(temporary_home: Path) -> Path:
    folder = temporary_home / "recordings"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def store(database: Path, recordings: Path) -> Iterator[Store]:
    with Store.open(database, recordings) as store:
        yield store


@pytest.fixture
def beside(database: Path, store: Store) -> Iterator[sqlite3.Connection]:
    """A second, plain connection to the same library, to look at it or damage it."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        yield connection


@pytest.fixture
def question(store: Store, now: datetime) -> Question:
    return store.add_question(QuestionDraft(text="Tell me about a conflict."), now)


@pytest.fixture
def a_recording(recordings: Path) -> Callable[..., Recording]:
    """a_recording("x.wav"): a Recording value, and a file of some bytes where it says."""

    def make(name: str = "answer.wav") -> Recording:
        path = recordings / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"RIFF and so on")
        return Recording(path=path, sample_rate_hz=16_000, recording_s=98.5, overflow_count=2)

    return make


@pytest.fixture
def an_attempt(store: Store, question: Question, a_recording, now: datetime) -> Callable[..., int]:
    """an_attempt("x.wav", days=1): the number of a new attempt, given so many days from now."""

    def make(name: str = "answer.wav", *, question_id: int | None = None, days: int = 0, baseline: bool = False) -> int:
        return store.add_attempt(
            question_id or question.id, a_recording(name), now + timedelta(days=days), baseline=baseline
        ).id

    return make


@pytest.fixture
def engine() -> EngineIdentity:
    options = {"beam_size": 5, "temperature": 0.0, "prompt": 'Um, "uh" 😀', "verbatim": True}
    return EngineIdentity(name="whisper", model="small.en", version="1.2.1", options=options)


@pytest.fixture
def transcript(engine: EngineIdentity) -> Transcript:
    words = (
        Word(text="So,", start_s=0.1, end_s=0.3000000000000004, probability=0.75),
        Word(text="<b>naïve</b>", start_s=0.5, end_s=1.0),
        Word(text="xylophones.", start_s=1.1, end_s=2.0, probability=1 / 3),
    )
    return Transcript(language="en", words=words, engine=engine)


@pytest.fixture
def speech() -> SpeechActivity:
    return SpeechActivity(recording_s=98.5, spans=(Span(start_s=0.1, end_s=1 / 3), Span(start_s=0.5, end_s=97.0)))


@pytest.fixture
def measures(engine: EngineIdentity) -> Measures:
    return Measures(
        recording_s=98.5,
        answer_s=96.9,
        response_latency_s=0.1,
        tail_silence_s=1.5,
        phonation_s=80.25,
        word_count=240,
        speech_rate_wpm=148.6068111455108,
        articulation_rate_wpm=179.4392523364486,
        silent_pause_count=1,
        silent_pause_s=1 / 3,
        median_pause_s=1 / 3,
        long_pause_count=0,
        longest_pause_s=1 / 3,
        mean_length_of_run_words=120.0,
        filler_count=2,
        filled_pause_count=1,
        discourse_marker_count=1,
        fillers_per_min=1.238390092879257,
        fillers_per_100_words=0.8333333333333334,
        fillers=(
            Filler(text="um", start_s=3.0, end_s=3.4, kind="sound", source="sound"),
            Filler(text="you know", start_s=8.0, end_s=8.4, kind="word"),
        ),
        pauses=(Pause(start_s=5.0, end_s=5.0 + 1 / 3, where="inside"),),
        repetitions=(Repetition(text="the", start_s=9.0, end_s=9.5),),
        landing_s=77.0,
        new_after_landing_ratio=None,
        level_dbfs=-23.5,
        clipped=False,
        engine=engine,
        measures_version=1,
    )
