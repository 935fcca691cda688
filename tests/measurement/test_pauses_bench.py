"""What `bench/pauses.py` counts: strictly, and with the 50 ms that each edge may be off."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from rehearse.transcription.transcript import Span

BENCH = Path(__file__).parents[2] / "bench" / "pauses.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_pauses", BENCH)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def summary(bench: ModuleType, heard: list[tuple[float, float]], true: list[tuple[float, float]]) -> dict[str, Any]:
    """Of an answer from 0 to 10 s; gaps heard and true."""
    edges = [0.0, *(edge for gap in heard for edge in gap), 10.0]
    tally = bench.Tally()
    spans = [Span(start_s=a, end_s=b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    tally.add(spans, true, (0.0, 10.0))
    result: dict[str, Any] = tally.summary()
    return result


def test_a_pause_that_is_heard_is_found_and_its_edges_are_measured(bench: ModuleType) -> None:
    found = summary(bench, [(2.0, 3.0)], [(2.01, 3.03)])
    assert (found["counts"], found["f1"], found["f1_in_reach"]) == ([1, 1, 1], 1.0, 1.0)
    assert found["edge_worst_ms"] == pytest.approx(30.0)


@pytest.mark.parametrize(
    ("heard", "true", "strict", "in_reach"),
    [
        pytest.param((2.04, 2.24), (2.0, 2.27), 2 / 3, 1.0, id="missed by less than 50 ms an edge"),
        pytest.param((2.0, 2.21), (2.0, 2.27), 2 / 3, 2 / 3, id="missed, one edge 60 ms off"),
        pytest.param((1.97, 2.24), (2.0, 2.2), 4 / 5, 1.0, id="invented by less than 50 ms an edge"),
        pytest.param((1.93, 2.2), (2.0, 2.2), 4 / 5, 4 / 5, id="invented, one edge 70 ms off"),
        pytest.param((2.0, 2.3), (5.0, 5.2), 4 / 5, 4 / 5, id="invented where nothing is"),
    ],
)
def test_a_gap_on_the_wrong_side_of_the_limit_counts_strictly_but_not_in_reach(
    bench: ModuleType, heard: tuple[float, float], true: tuple[float, float], strict: float, in_reach: float
) -> None:
    sure = (7.0, 8.0)
    more = [(0.5, 1.5)] if strict == 4 / 5 else []
    found = summary(bench, [*more, heard, sure], [*more, true, sure])
    assert found["f1"] == pytest.approx(strict, abs=5e-4)
    assert found["f1_in_reach"] == pytest.approx(in_reach, abs=5e-4)
