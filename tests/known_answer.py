"""An answer of which everything is known, and all that is written of it as JSON."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from answers import WHISPER, answer, line_of

from rehearse.audio.recording import Recording
from rehearse.cli.attempts import attempt_row
from rehearse.cli.outcome_json import outcome_json
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.calibration import Calibrated, Calibration
from rehearse.measurement.drawn_out import Hum, StretchedWord
from rehearse.measurement.ending import Ending
from rehearse.measurement.fillers import Filler
from rehearse.measurement.key_points import KeyPoint
from rehearse.measurement.landing import Landing
from rehearse.measurement.measures import Measures
from rehearse.measurement.pauses import Pause
from rehearse.measurement.repetition import Repetition
from rehearse.measurement.restarts import RepeatedPhrase
from rehearse.practice import Outcome
from rehearse.progress.comparison import compare
from rehearse.progress.content import Content, ContentChange
from rehearse.progress.verdict import judge
from rehearse.question import Question, Target
from rehearse.transcription.transcript import Doubt, Transcript, Word

CHANGE = ContentChange(
    shared_count=20,
    earlier_count=30,
    later_count=25,
    new=("night",),
    dropped=("boat",),
    points_kept=1,
    points_before=2,
    word_for_word_ratio=0.9,
    is_recited=True,
)
FOUND = Calibration(
    text_words=94,
    words_read=94,
    words_heard=90,
    word_error_ratio=0.05,
    fillers_spoken=8,
    fillers_heard_text=4,
    fillers_heard_sound=2,
    fillers_heard=6,
    false_fillers=0,
    level_dbfs=-25.0,
    noise_floor_dbfs=-60.0,
    snr_db=35.0,
    clipped=False,
)
QUESTION = Question(id=1, text="Why?", created_at=datetime(2026, 11, 3, tzinfo=UTC))


def everything() -> Measures:
    """An answer of which everything is known."""
    stretch = {"start_s": 3.0, "end_s": 4.0}
    landing = Landing(landing_s=60.0, sentence="That was it.", new_words=("night",), repeated_count=9)
    return replace(
        answer(
            150.0,
            fillers=(Filler(text="um", start_s=3.0, end_s=3.3, kind="sound", source="sound"),),
            pauses=(Pause(**stretch, where="inside"),),
            landing=landing,
            ending=Ending(kind="finished", text="and that was it"),
            points=(KeyPoint(text="the night", said=True, start_s=4.0),),
        ),
        repetitions=(Repetition(text="the the", **stretch),),
        restarts=(Repetition(text="we were we had", **stretch),),
        repeated_phrases=(RepeatedPhrase(text="on the night shift", count=2, start_s=3.0, again_s=9.0),),
        sound_fillers="counted",
        pauses_heard="clearly",
        fillers_left_out=(Filler(text="uh", start_s=9.0, end_s=9.3, kind="sound", source="sound", confirmed=False),),
        stretched_words=(StretchedWord(text="so", **stretch),),
        hums=(Hum(**stretch),),
        fillers_per_100_words=1.5,
        level_spread_db=4.0,
        noise_floor_dbfs=-60.0,
        pitch_median_hz=110.0,
        pitch_range_semitones=6.0,
    )


def everything_as_json() -> dict[str, Any]:
    def attempt(number: int, measures: Measures) -> Attempt:
        sound = Recording(path=Path("x.wav"), sample_rate_hz=16_000, recording_s=1.0)
        when = datetime(2026, 11, number, tzinfo=UTC)
        return Attempt(id=number, question_id=1, recorded_at=when, recording=sound, measures=measures)

    now = everything()
    earlier = attempt(1, answer(100.0))
    comparison = compare(now, [earlier])
    target = Target(low_s=60, high_s=120)
    out = Outcome(
        attempt=attempt(2, now),
        transcript=Transcript(
            language="en",
            words=(Word(text="um", start_s=3.0, end_s=3.3, probability=0.5),),
            engine=WHISPER,
            doubts=(Doubt(start_s=5.0, end_s=6.0, why="in circles"),),
        ),
        measures=now,
        comparison=comparison,
        verdict=judge(now, comparison, target),
        earlier=(earlier,),
        content=Content(best=earlier, since_best=CHANGE, recited=0.9),
        calibrated=Calibrated(made_at=datetime(2026, 11, 1, tzinfo=UTC), device="mic", engine=WHISPER, found=FOUND),
    )
    row = attempt_row(QUESTION, line_of(out.attempt), cold=True)
    return row | outcome_json(QUESTION, out, target) | {"file": "x.wav", "explanations": {}}
