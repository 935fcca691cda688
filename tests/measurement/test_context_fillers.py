"""The labelled sentences of `bench`: well formed, and judged no worse than when the rules were tuned on them."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[2] / "bench" / "context_fillers.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("context_fillers", BENCH)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["context_fillers"] = module
    spec.loader.exec_module(module)
    return module


def test_markers_of_the_tuning_part_are_judged_as_well_as_they_were(bench: ModuleType) -> None:
    score = bench.score(bench.sentences("tuning"))["all"]
    assert score.precision >= 0.97 and score.f1 >= 0.97


def test_there_are_sentences_enough(bench: ModuleType) -> None:
    held_back, tuning = bench.sentences("held_back"), bench.sentences("tuning")
    assert len(held_back) >= 120 and len(held_back) + len(tuning) >= 300
    assert not {each.text for each in held_back} & {each.text for each in tuning}


@pytest.mark.parametrize("part", ["tuning", "held_back"])
def test_every_marker_is_labelled_and_nothing_else_is(bench: ModuleType, part: str) -> None:
    for sentence in bench.sentences(part):
        assert not bench.MARKERS.search(re.sub(r"\{[^}]*\}|\[[^\]]*\]", "_", sentence.text)), sentence.text
        assert all(bench.MARKERS.fullmatch(label.marker) for label in sentence.labels), sentence.text


def test_a_line_becomes_words_pauses_and_labels(bench: ModuleType) -> None:
    read = bench.read("It was, {you know}, (0.5) [so] big.")
    assert [word.text for word in read.words] == ["It", "was,", "you", "know,", "so", "big."]
    assert [(label.marker, label.place, label.filler) for label in read.labels] == [
        ("you know", 2, True),
        ("so", 4, False),
    ]
    (pause,) = read.pauses
    assert pause.start_s == read.words[3].end_s and pause.end_s == read.words[4].start_s
    assert pause.duration_s == pytest.approx(0.5)


def test_what_is_judged_wrongly_is_named(bench: ModuleType) -> None:
    score = bench.score((bench.read("[So], we left."), bench.read("It was {so} big.")))
    assert (score["so"].hits, score["so"].false, score["so"].missed) == (0, 1, 1)
    assert score["all"].f1 == 0.0


def test_the_interval_is_wilsons(bench: ModuleType) -> None:
    assert bench.wilson(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)
    assert bench.wilson(0, 0) == (0.0, 1.0)
