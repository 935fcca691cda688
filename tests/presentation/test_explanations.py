"""Every key that the program writes of an answer is explained once, and nothing else is."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from answers import WHISPER
from known_answer import everything_as_json

from rehearse.measurement.measures import measure
from rehearse.measurement.measures_json import answer_json
from rehearse.presentation.explanations import GROUPS, explanations, explanations_json
from rehearse.transcription.transcript import Transcript, Word

#: DESIGN section 6, as scripts rely on it.
_CONTRACT = """
recording_s answer_s response_latency_s tail_silence_s phonation_s word_count speech_rate_wpm articulation_rate_wpm
silent_pause_count silent_pause_s median_pause_s long_pause_count longest_pause_s mean_length_of_run_words
filler_count filled_pause_count discourse_marker_count fillers_per_min fillers_per_100_words fillers fillers.text
fillers.start_s fillers.end_s fillers.kind fillers.source pauses pauses.start_s pauses.end_s pauses.where repetitions
repetitions.text repetitions.start_s repetitions.end_s landing_s new_after_landing_ratio level_dbfs clipped engine
engine.name engine.model engine.version transcript transcript.language transcript.text transcript.words
transcript.words.word transcript.words.start_s transcript.words.end_s transcript.words.probability measures_version
attempt question comparison comparison.earlier_count comparison.median_answer_s comparison.change_s
comparison.change_ratio comparison.same_engine comparison.why comparison.why.words_s comparison.why.pace_s
comparison.why.pauses_s verdict verdict.long_winded verdict.reasons verdict.keep verdict.next
"""
CONTRACT = _CONTRACT.split()


def keys_of(value: Any, lead: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield lead + key
            yield from keys_of(inner, f"{lead}{key}.")
    elif isinstance(value, list):
        for entry in value:
            yield from keys_of(entry, lead)


def test_every_key_that_is_written_is_explained_and_no_other() -> None:
    assert set(keys_of(everything_as_json())) == {entry.key for entry in explanations()}


def test_every_key_of_the_contract_is_explained() -> None:
    assert set(CONTRACT) <= {entry.key for entry in explanations()}


def test_none_is_explained_twice() -> None:
    assert [key for key, times in Counter(entry.key for entry in explanations()).items() if times > 1] == []


def test_keys_of_a_real_answer_are_explained(short_whisper_json: dict[str, Any]) -> None:
    assert set(keys_of(short_whisper_json)) <= {entry.key for entry in explanations()}


@pytest.fixture
def short_whisper_json() -> dict[str, Any]:
    words = tuple(
        Word(text=text, start_s=n, end_s=n + 0.9) for n, text in enumerate(["we", "we", "had", "um", "a", "plan."])
    )
    transcript = Transcript(language="en", words=words, engine=WHISPER)
    return answer_json(measure(speech=None, transcript=transcript, level=None), transcript)


def test_what_a_text_names_by_its_key_exists() -> None:
    keys = {entry.key for entry in explanations()} | {"null"}
    values = {
        "true",
        "false",
        "inside",
        "boundary",
        "sound",
        "word",
        "text",
        "counted",
        "cannot tell",
        "finished",
        "trailing off",
    }
    values |= {"whisper", "draft", "given", "in circles", "no words", "no", "a bit", "yes"}
    values |= {"clearly", "roughly"}
    for group in GROUPS:
        for entry in group.entries:
            texts = (entry.definition, entry.formula, entry.threshold, entry.source, *entry.parts.values())
            named = set(re.findall(r"`([^`]+)`", " ".join(texts)))
            assert {name for name in named if " " not in name and "/" not in name and "-" not in name} <= keys | values


def test_in_json_each_key_of_an_answer_has_its_four_texts_without_signs_of_markdown() -> None:
    told = explanations_json({"speech_rate_wpm": 150.0, "fillers": []})
    of_contract = {key for key in CONTRACT if key.startswith("fillers.")}
    assert set(told) == {"speech_rate_wpm", "fillers", "fillers.confirmed", *of_contract}
    rate = told["speech_rate_wpm"]
    assert rate["formula"] == "60 × word_count / answer_s"
    assert rate["threshold"] == "Between 110 and 180 nothing is said about it."
    assert "De Jong & Wempe (2009)" in (rate["source"] or "")
    assert told["fillers.kind"] == {
        "definition": "sound or word", "formula": None, "threshold": None, "source": None
    }  # fmt: skip


def test_everything_that_sums_up_numbers_has_its_formula() -> None:
    by_key = {entry.key: entry for entry in explanations()}
    for key in ("phonation_s", "speech_rate_wpm", "articulation_rate_wpm", "fillers_per_min", "comparison.change_s"):
        assert by_key[key].formula
    for key in ("silent_pause_count", "long_pause_count", "landing_s", "verdict.long_winded", "clipped"):
        assert by_key[key].threshold and by_key[key].source
