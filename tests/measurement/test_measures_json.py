"""What is measured, as JSON: the keys of the contract, rounded, and the exact form that the library keeps."""

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measured_answers import (
    MEASURES,
    NEED_WORDS,
    SAID,
    SPEECH,
    TRANSCRIPT,
    activities,
    speech,
    transcript,
)

from rehearse.errors import StorageFailed
from rehearse.measurement.delivery import Level
from rehearse.measurement.measures import Measures, measure
from rehearse.measurement.measures_json import answer_json, measures_from_json, measures_to_json
from rehearse.transcription.transcript import Doubt, SpeechActivity

CONTRACT = str.split(
    "recording_s answer_s response_latency_s tail_silence_s phonation_s word_count speech_rate_wpm "
    "articulation_rate_wpm silent_pause_count silent_pause_s median_pause_s long_pause_count longest_pause_s "
    "mean_length_of_run_words filler_count filled_pause_count discourse_marker_count fillers_per_min "
    "fillers_per_100_words fillers fillers_left_out sound_fillers stretched_words hums pauses pauses_heard repetitions "
    "restarts repeated_phrases landing_s new_after_landing_ratio landing ending key_points level_dbfs level_spread_db "
    "noise_floor_dbfs pitch_median_hz pitch_range_semitones clipped engine transcript measures_version"
)


def test_numbers_kept_before_there_was_a_landing_still_load() -> None:
    later = {"landing", "ending", "key_points", "restarts", "repeated_phrases", "pitch_median_hz", "level_spread_db"}
    stored = {key: value for key, value in measures_to_json(MEASURES).items() if key not in later}
    old = measures_from_json(stored)
    assert (old.answer_s, old.landing, old.key_points, old.pitch_median_hz) == (12.0, None, None, None)


@pytest.mark.parametrize("version", [1, 2, 3])
def test_measures_of_before_know_nothing_of_them(version: int) -> None:
    stored = measures_to_json(MEASURES) | {"measures_version": version}
    del stored["stretched_words"], stored["hums"]
    old = measures_from_json(stored)
    assert (old.stretched_words, old.hums) == (None, None)
    assert answer_json(old, None)["stretched_words"] is None
    assert old.filler_count == MEASURES.filler_count


def test_json_has_the_keys_of_the_contract_in_their_order() -> None:
    answer = answer_json(MEASURES, TRANSCRIPT)
    assert list(answer) == CONTRACT
    assert list(answer["engine"]) == ["name", "model", "version"]
    assert list(answer["transcript"]) == ["language", "text", "words", "doubts"]
    assert list(answer["transcript"]["words"][0]) == ["word", "start_s", "end_s", "probability"]
    assert list(answer["fillers"][0]) == ["text", "start_s", "end_s", "kind", "source", "confirmed"]
    assert list(answer["pauses"][0]) == ["start_s", "end_s", "where"]
    assert list(answer["repetitions"][0]) == ["text", "start_s", "end_s"]


def test_json_marks_what_is_doubtful_beside_the_words() -> None:
    doubtful = replace(TRANSCRIPT, doubts=(Doubt(start_s=8.00049, end_s=13.0, why="in circles"),))
    marked = answer_json(MEASURES, doubtful)["transcript"]["doubts"]
    assert marked == [{"start_s": 8.0, "end_s": 13.0, "why": "in circles"}]
    assert answer_json(MEASURES, TRANSCRIPT)["transcript"]["doubts"] == []


def test_every_measure_is_a_key_of_the_contract() -> None:
    assert {field.name for field in fields(Measures)} | {"transcript"} == set(CONTRACT)


def test_json_keeps_what_is_unknown_unknown() -> None:
    answer = answer_json(measure(speech=SPEECH, transcript=None, level=None), None)
    level = ("level_dbfs", "level_spread_db", "noise_floor_dbfs", "pitch_median_hz", "pitch_range_semitones", "clipped")
    unknown = {*NEED_WORDS, *level, "key_points", "engine", "transcript", "sound_fillers", "stretched_words", "hums"}
    assert {key for key, value in answer.items() if value is None} == unknown


def test_json_numbers_are_rounded_to_what_they_can_carry() -> None:
    third = speech((1.0, 1.0 + 10 / 3), (5.123456, 8.0))
    words = transcript("Um, we left the very old plan.")
    answer = answer_json(measure(speech=third, transcript=words, level=Level(level_dbfs=-21.2345, clipped=True)), words)
    assert answer["answer_s"] == 7.0
    assert answer["phonation_s"] == 6.21
    assert answer["silent_pause_s"] == 0.79
    assert answer["pauses"][0]["start_s"] == 4.333
    assert answer["articulation_rate_wpm"] == 58.0
    assert answer["fillers_per_min"] == 8.57
    assert answer["fillers_per_100_words"] == 16.67
    assert answer["mean_length_of_run_words"] == 3.0
    assert answer["level_dbfs"] == -21.2
    assert answer["transcript"]["words"][0]["probability"] == 0.877


def test_json_is_json() -> None:
    assert json.loads(json.dumps(answer_json(MEASURES, TRANSCRIPT), allow_nan=False))["filler_count"] == 3


@given(activities(), st.none() | SAID, st.none() | st.floats(-90, 0))
def test_what_the_store_keeps_comes_back_as_it_was(
    activity: SpeechActivity, said: list[str] | None, level_dbfs: float | None
) -> None:
    level = None if level_dbfs is None else Level(level_dbfs=level_dbfs, clipped=False)
    words = None if said is None else transcript(" ".join(said))
    measures = measure(speech=activity, transcript=words, level=level)
    assert measures_from_json(json.loads(json.dumps(measures_to_json(measures)))) == measures


def test_the_options_of_the_engine_are_kept() -> None:
    kept = measures_from_json(json.loads(json.dumps(measures_to_json(MEASURES)))).engine
    assert kept is not None
    assert kept.options == {"beam_size": 5, "language": "en"}


def test_a_measure_that_an_older_version_did_not_keep_is_unknown() -> None:
    stored = measures_to_json(MEASURES)
    del stored["landing_s"]
    assert measures_from_json({**stored, "of_a_newer_version": 1}) == MEASURES


@pytest.mark.parametrize(
    "damage",
    [
        {"answer_s": None},
        {"answer_s": "12"},
        {"answer_s": float("nan")},
        {"answer_s": True},
        {"word_count": 1.5},
        {"clipped": 1},
        {"fillers": {}},
        {"fillers": [{"text": "um"}]},
        {"pauses": [{"start_s": 1.0, "end_s": 2.0, "where": "outside"}]},
        {"pauses": [{"start_s": 1.0, "end_s": 2.0, "where": []}]},
        {"engine": "whisper"},
        {"engine": {"name": "whisper", "model": "base", "version": "1", "options": []}},
    ],
)
def test_damaged_measures_are_refused_with_a_sentence(damage: dict[str, object]) -> None:
    with pytest.raises(StorageFailed, match="damaged"):
        measures_from_json({**measures_to_json(MEASURES), **damage})
