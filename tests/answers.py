"""Measured answers and attempts written by hand: fixtures for every room above measurement."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rehearse.audio.recording import Recording
from rehearse.measurement.attempt import Attempt, AttemptLine
from rehearse.measurement.ending import Ending
from rehearse.measurement.fillers import Filler
from rehearse.measurement.key_points import KeyPoint
from rehearse.measurement.landing import Landing
from rehearse.measurement.measures import Measures
from rehearse.measurement.pauses import Pause
from rehearse.transcription.transcript import EngineIdentity

WHISPER = EngineIdentity(name="whisper", model="small.en", version="1")
DRAFT = EngineIdentity(name="draft", model="en-us", version="1")


def answer(
    answer_s: float,
    *,
    words: int | None = None,
    pauses_s: float = 10.0,
    fillers_per_min: float | None = 2.0,
    engine: EngineIdentity | None = WHISPER,
    fillers: tuple[Filler, ...] = (),
    pauses: tuple[Pause, ...] = (),
    landing: Landing | None = None,
    ending: Ending | None = None,
    points: tuple[KeyPoint, ...] | None = None,
) -> Measures:
    words = round(answer_s * 2.5) if words is None and engine else words
    return Measures(
        recording_s=answer_s + 2,
        answer_s=answer_s,
        response_latency_s=1.0,
        tail_silence_s=1.0,
        phonation_s=answer_s - pauses_s,
        word_count=words,
        speech_rate_wpm=None if words is None else words / answer_s * 60,
        articulation_rate_wpm=None if words is None else words / (answer_s - pauses_s) * 60,
        silent_pause_count=4,
        silent_pause_s=pauses_s,
        median_pause_s=0.5,
        long_pause_count=1,
        longest_pause_s=2.4,
        mean_length_of_run_words=None if words is None else words / 5,
        filler_count=None if words is None or fillers_per_min is None else round(fillers_per_min * answer_s / 60),
        filled_pause_count=0,
        discourse_marker_count=0,
        fillers_per_min=None if words is None else fillers_per_min,
        fillers_per_100_words=None,
        fillers=fillers,
        pauses=pauses,
        repetitions=(),
        landing_s=landing.landing_s if landing else None,
        new_after_landing_ratio=landing.new_ratio if landing else None,
        landing=landing,
        ending=ending,
        key_points=points,
        level_dbfs=-20.0,
        clipped=False,
        engine=engine,
        measures_version=1,
    )


def line_of(attempt: Attempt) -> AttemptLine:
    """What a listing shows of the attempt."""
    now = attempt.measures
    return AttemptLine(
        id=attempt.id,
        question_id=attempt.question_id,
        recorded_at=attempt.recorded_at,
        baseline=attempt.baseline,
        has_sound=attempt.recording is not None,
        recording_s=attempt.recording.recording_s if attempt.recording else 0.0,
        answer_s=now.answer_s if now else None,
        speech_rate_wpm=now.speech_rate_wpm if now else None,
        fillers_per_min=now.fillers_per_min if now else None,
        engine_name=now.engine.name if now and now.engine else None,
        engine_model=now.engine.model if now and now.engine else None,
        measures_version=now.measures_version if now else None,
        engine_language=now.engine.language if now and now.engine else None,
        after_landing_s=now.after_landing_s if now else None,
        timed=attempt.timed,
        cut_short=attempt.cut_short,
    )


@pytest.fixture(name="answer")
def answer_fixture() -> Callable[..., Measures]:
    return answer


@pytest.fixture
def attempts() -> Callable[..., list[Attempt]]:
    """attempts(120, 130): attempts of those lengths, a day apart; a Measures stands for itself."""

    def make(*answers: float | Measures, baseline_first: bool = False, hours_apart: float = 24) -> list[Attempt]:
        start = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
        return [
            Attempt(
                id=number,
                question_id=1,
                recorded_at=start + timedelta(hours=hours_apart * number),
                baseline=baseline_first and number == 1,
                recording=Recording(path=Path("x.wav"), sample_rate_hz=16_000, recording_s=1.0),
                measures=given if isinstance(given, Measures) else answer(given),
            )
            for number, given in enumerate(answers, start=1)
        ]

    return make


@pytest.fixture
def engines() -> dict[str, Any]:
    return {"whisper": WHISPER, "draft": DRAFT}
