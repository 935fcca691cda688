"""Silences by the odds of a network: they part what rules call speech, and in noise both have half a say."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.transcription.speech_levels import Curve
from rehearse.transcription.speech_silences import agreed, without_silences
from rehearse.transcription.speech_times import MIN_SILENCE_S, MIN_SPEECH_S
from rehearse.transcription.transcript import Span


def odds(seconds: float, *silences: tuple[float, float]) -> Curve:
    """Sure of speech but in these silences."""
    curve = np.full(round(seconds * 200), 5.0, np.float32)
    for start_s, end_s in silences:
        curve[round(start_s * 200) : round(end_s * 200)] = -5.0
    return curve


def spans(*edges: float) -> list[Span]:
    return [Span(start_s=a, end_s=b) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def edges_of(found: tuple[Span, ...]) -> list[float]:
    return [round(time, 3) for span in found for time in (span.start_s, span.end_s)]


@pytest.mark.parametrize(
    ("silence", "edges"),
    [
        pytest.param((3.0, 3.4), [1.0, 2.99, 3.41, 9.0], id="a pause inside speech parts it"),
        pytest.param((3.0, 3.05), [1.0, 9.0], id="a closure inside a word does not"),
        pytest.param((0.0, 1.2), [1.0, 9.0], id="the beginning stays"),
        pytest.param((8.8, 10.0), [1.0, 9.0], id="and the end"),
        pytest.param((1.03, 1.5), [1.0, 9.0], id="no click is left before it"),
        pytest.param((1.2, 1.5), [1.0, 1.19, 1.51, 9.0], id="a short word is"),
    ],
)
def test_a_silence_inside_speech_parts_it(silence: tuple[float, float], edges: list[float]) -> None:
    assert edges_of(without_silences(spans(1.0, 9.0), odds(10, silence))) == edges


def test_a_pause_of_the_rules_keeps_its_edges_and_a_shorter_gap_is_widened() -> None:
    known = spans(1.0, 3.0, 3.3, 5.0, 5.16, 9.0)
    assert edges_of(without_silences(known, odds(10, (2.9, 3.4), (4.8, 5.1)))) == [1.0, 3.0, 3.3, 4.79, 5.16, 9.0]


def test_where_the_network_is_sure_of_speech_nothing_is_added() -> None:
    known = spans(1.0, 3.0, 3.3, 5.0)
    assert without_silences(known, odds(10)) == tuple(known)
    assert without_silences([], odds(10, (2, 3))) == ()


@pytest.mark.parametrize(
    ("silences", "known", "edges"),
    [
        pytest.param([(3.0, 3.4)], [1.0, 9.0], [1.0, 3.095, 3.305, 9.0], id="a silence of the network alone is halved"),
        pytest.param([], [1.0, 3.0, 3.4, 9.0], [1.0, 3.1, 3.3, 9.0], id="and so is one of the rules"),
        pytest.param([(3.0, 3.16)], [1.0, 9.0], [1.0, 9.0], id="too short for a silence then: it is none"),
        pytest.param([(3.0, 3.6)], [1.0, 3.2, 3.4, 9.0], [1.0, 3.095, 3.505, 9.0], id="edges lie halfway"),
        pytest.param(
            [(3.0, 3.8), (4.0, 5.0)], [1.0, 3.0, 5.0, 9.0], [1.0, 3.195, 5.005, 9.0], id="one in two pieces stays whole"
        ),
        pytest.param([(0.0, 1.2)], [1.0, 9.0], [1.105, 9.0], id="the beginning too lies halfway"),
        pytest.param([(1.12, 1.9)], [1.0, 9.0], [1.0, 1.31, 1.71, 9.0], id="a short word at the beginning stays"),
        pytest.param([(0.0, 10.0)], [1.0, 9.0], [1.0, 9.0], id="where the network hears nobody, the rules count"),
    ],
)
def test_in_noise_both_have_half_a_say(
    silences: list[tuple[float, float]], known: list[float], edges: list[float]
) -> None:
    around = [(0.0, 0.99), (9.01, 10.0)]
    assert edges_of(agreed(spans(*known), odds(10, *around, *silences))) == edges


def test_speech_under_way_where_the_recording_begins_and_ends_has_no_edge_there() -> None:
    assert edges_of(agreed(spans(0.0, 10.0), odds(10))) == [0.0, 10.0]


def test_without_speech_there_is_nothing_to_agree_on() -> None:
    assert agreed([], odds(10, (2, 3))) == ()


def apart(gaps_s: list[float]) -> list[Span]:
    """A second of speech before and after each of the gaps, from 0.5 s on."""
    edges = [0.5]
    for gap_s in gaps_s:
        edges += [edges[-1] + 1.0, edges[-1] + 1.0 + gap_s]
    return spans(*edges, edges[-1] + 1.0)


def heard_silent(silences: list[tuple[float, float]]) -> Curve:
    return odds(12, *((start, min(12.0, start + length)) for start, length in silences))


speech = st.lists(st.floats(0.11, 1.0), max_size=5).map(apart)
hearing = st.lists(st.tuples(st.floats(0, 10), st.floats(0.02, 2)), max_size=12).map(heard_silent)


@given(known=speech, heard=hearing)
def test_what_both_agree_on_is_in_order_apart_and_long_enough(known: list[Span], heard: Curve) -> None:
    found = agreed(known, heard)
    assert all(b.start_s - a.end_s >= MIN_SILENCE_S - 1e-9 for a, b in pairwise(found))
    assert all(span.duration_s >= MIN_SPEECH_S - 1e-9 and 0 <= span.start_s <= 12 for span in found)


@given(known=speech, heard=hearing)
def test_spans_stay_in_order_apart_and_within_what_they_were(known: list[Span], heard: Curve) -> None:
    found = without_silences(known, heard)
    assert (found[0].start_s, found[-1].end_s) == (known[0].start_s, known[-1].end_s)
    assert all(b.start_s - a.end_s >= MIN_SILENCE_S - 1e-9 for a, b in pairwise(found))
    assert all(span.duration_s >= MIN_SPEECH_S for span in found)
    for span in found:
        assert any(old.start_s - 1e-9 <= span.start_s and span.end_s <= old.end_s + 1e-9 for old in known)
