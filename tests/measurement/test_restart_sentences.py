"""The labelled sentences of `bench/restarts.py`: well formed, and judged no worse than when the rules were tuned."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[2] / "bench" / "restarts.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("restarts_bench", BENCH)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["restarts_bench"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("draft", [False, True])
def test_restarts_of_the_tuning_part_are_judged_as_well_as_they_were(bench: ModuleType, draft: bool) -> None:
    scores = bench.score(bench.sentences("tuning"), draft)
    assert scores["restarts"].precision >= 0.95 and scores["restarts"].recall >= 0.85
    assert scores["repetitions"].precision >= 0.9 and scores["repetitions"].recall >= 0.95


def test_there_are_sentences_enough(bench: ModuleType) -> None:
    parts = [bench.sentences("tuning"), bench.sentences("held_back")]
    everything = [sentence for part in parts for sentence in part]
    assert sum(not sentence.marks for sentence in everything) >= 40
    assert sum(mark.kind == "restarts" for sentence in everything for mark in sentence.marks) >= 40
    assert len(parts[1]) >= len(parts[0]) and len({sentence.text for sentence in everything}) == len(everything)


def test_a_line_becomes_words_and_marks(bench: ModuleType) -> None:
    read = bench.read("Um, {we were, we had} [the the] plan.")
    assert read.words == ("Um,", "we", "were,", "we", "had", "the", "the", "plan.")
    assert [(mark.kind, mark.first, mark.last) for mark in read.marks] == [("restarts", 1, 4), ("repetitions", 5, 6)]
    assert list(bench.errors(read, False)) == []


def test_what_is_judged_wrongly_is_named(bench: ModuleType) -> None:
    wrong = [(what, mark.kind) for what, mark in bench.errors(bench.read("We were, we had {a plan}."), False)]
    assert wrong == [("false", "restarts"), ("missed", "restarts")]
