"""Cutting at pauses: by rule, and in properties that hold for any speech."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.transcription.segmenter import LEAD_IN_S, LONGEST_CHUNK_S, TAIL_S, Segmenter, chunk_spans
from rehearse.transcription.transcript import FRAME_S, Probabilities, Span


def talk(*stretches: tuple[float, float]) -> Probabilities:
    """Probabilities for stretches of (seconds, probability)."""
    return np.concatenate([np.full(round(s / FRAME_S), p, dtype=np.float32) for s, p in stretches])


def cut(*stretches: tuple[float, float]) -> tuple[Span, ...]:
    probabilities = talk(*stretches)
    return chunk_spans(probabilities, len(probabilities) * FRAME_S)


def about(seconds: float) -> object:
    return pytest.approx(seconds, abs=2 * FRAME_S)


def test_one_answer_is_one_chunk_with_a_lead_in_and_a_tail() -> None:
    (chunk,) = cut((3, 0), (4, 1), (3, 0))
    assert (chunk.start_s, chunk.end_s) == (about(3 - LEAD_IN_S), about(7 + TAIL_S))


def test_speech_from_the_first_frame_to_the_last_is_taken_whole() -> None:
    (chunk,) = cut((4, 1))
    assert (chunk.start_s, chunk.end_s) == (0.0, about(4))


def test_after_twelve_seconds_a_pause_of_half_a_second_closes_the_chunk_in_its_middle() -> None:
    first, second = cut((12, 1), (0.5, 0), (3, 1))
    assert first.end_s == about(12.25)
    assert second.start_s == about(12.3)


def test_before_twelve_seconds_half_a_second_does_not_close_it() -> None:
    assert len(cut((9, 1), (0.7, 0), (3, 1))) == 1


def test_after_five_seconds_of_speech_a_longer_pause_closes_the_chunk() -> None:
    assert len(cut((5.1, 1), (1.25, 0), (3, 1))) == 2
    assert len(cut((4.5, 1), (1.25, 0), (3, 1))) == 1


def test_a_long_pause_belongs_to_no_chunk_however_little_was_said_before() -> None:
    first, second = cut((1, 1), (6, 0), (1, 1))
    assert (first.end_s, second.start_s) == (about(1 + TAIL_S), about(7 - LEAD_IN_S))


def test_a_click_is_in_no_chunk() -> None:
    assert cut((2, 0), (0.2, 1), (3, 0)) == ()


def test_a_short_sound_close_to_speech_is_kept_with_it() -> None:
    (chunk,) = cut((2, 0), (0.2, 1), (1, 0), (2, 1))
    assert chunk.start_s == about(2 - LEAD_IN_S)


def test_speech_that_wavers_under_the_first_threshold_is_not_cut_off() -> None:
    (chunk,) = cut((1, 0), (1, 0.9), (1, 0.4), (1, 0))
    assert chunk.end_s == about(3 + TAIL_S)


def test_without_a_pause_the_cut_falls_into_the_deepest_dip_of_the_last_ten_seconds() -> None:
    first, second = cut((10, 1), (0.2, 0.3), (12, 1), (0.2, 0.6), (20, 1))
    assert first.end_s == second.start_s == about(22.3)
    assert second.end_s == about(42.4)


def test_without_even_a_dip_no_chunk_is_longer_than_the_window() -> None:
    chunks = cut((90, 1))
    assert chunks[0].start_s == 0 and chunks[-1].end_s == about(90)
    assert all(one.end_s == two.start_s for one, two in pairwise(chunks))
    assert max(chunk.duration_s for chunk in chunks) <= LONGEST_CHUNK_S


def test_the_little_that_is_left_after_a_cut_inside_speech_is_kept() -> None:
    chunks = cut((27.7, 1), (0.096, 0.55), (0.204, 1), (3, 0))
    assert len(chunks) == 2 and chunks[1].duration_s < 1


def test_silence_and_an_empty_recording_give_nothing() -> None:
    assert cut((5, 0.1)) == ()
    assert chunk_spans(np.zeros(0, dtype=np.float32), 0.0) == ()


def test_a_chunk_is_handed_out_as_soon_as_its_pause_is_long_enough() -> None:
    segmenter = Segmenter()
    assert segmenter.feed(talk((13, 1), (0.45, 0))) == ()
    assert len(segmenter.feed(talk((0.1, 0)))) == 1


def test_a_pause_longer_than_the_tail_settles_where_the_chunk_ends() -> None:
    segmenter = Segmenter()
    segmenter.feed(talk((3, 1), (TAIL_S - 0.1, 0)))
    before = segmenter.settled()
    segmenter.feed(talk((0.2, 0)))
    settled = segmenter.settled()
    assert before is not None and settled is not None and before.end_s < settled.end_s
    assert (settled,) == cut((3, 1), (TAIL_S + 0.1, 0)) == cut((3, 1), (4, 0))


def test_nothing_is_settled_before_anything_was_said() -> None:
    segmenter = Segmenter()
    assert segmenter.settled() is None
    segmenter.feed(talk((3, 0), (0.2, 1)))
    assert segmenter.settled() is None


SPEECH = st.lists(
    st.tuples(st.floats(0.04, 14), st.sampled_from([0.0, 0.2, 0.4, 0.55, 0.9, 1.0])), min_size=1, max_size=14
).map(lambda stretches: talk(*stretches))
NOISE = st.integers(0, 2**32 - 1).map(lambda seed: np.random.default_rng(seed).random(3000).astype(np.float32))
ANY = SPEECH | NOISE
unhurried = settings(deadline=None, max_examples=50)


@unhurried
@given(ANY, st.lists(st.integers(0, 3000), max_size=8))
def test_pieces_of_any_size_give_the_same_chunks_as_the_whole(speech: Probabilities, places: list[int]) -> None:
    segmenter = Segmenter()
    heard = [chunk for piece in np.split(speech, sorted(places)) for chunk in segmenter.feed(piece)]
    recording_s = len(speech) * FRAME_S
    assert (*heard, *segmenter.finish(recording_s)) == chunk_spans(speech, recording_s)


@unhurried
@given(ANY, st.floats(0, FRAME_S))
def test_chunks_are_ordered_apart_short_enough_and_inside_the_recording(speech: Probabilities, missing: float) -> None:
    recording_s = len(speech) * FRAME_S - missing
    chunks = chunk_spans(speech, recording_s)
    assert all(0 <= chunk.start_s < chunk.end_s <= recording_s for chunk in chunks)
    assert all(chunk.duration_s <= LONGEST_CHUNK_S + 1e-9 for chunk in chunks)
    assert all(one.end_s <= two.start_s for one, two in pairwise(chunks))


@unhurried
@given(ANY)
def test_every_frame_of_a_run_of_speech_is_in_a_chunk(speech: Probabilities) -> None:
    recording_s = len(speech) * FRAME_S
    covered = np.zeros(len(speech), dtype=bool)
    for chunk in chunk_spans(speech, recording_s):
        covered[round(chunk.start_s / FRAME_S) : round(chunk.end_s / FRAME_S)] = True
    edges = np.flatnonzero(np.diff(np.concatenate(([0], speech >= 0.5, [0])).astype(int))).reshape(-1, 2)
    for start, end in edges:
        if (end - start) * FRAME_S >= 0.3:
            assert covered[start:end].all()


@unhurried
@given(ANY)
def test_a_chunk_begins_shortly_before_speech_and_ends_shortly_after_it(speech: Probabilities) -> None:
    for chunk in chunk_spans(speech, len(speech) * FRAME_S):
        inside = np.flatnonzero(speech[round(chunk.start_s / FRAME_S) : round(chunk.end_s / FRAME_S)] >= 0.35)
        assert inside[0] * FRAME_S <= LEAD_IN_S
        assert chunk.duration_s - (inside[-1] + 1) * FRAME_S <= TAIL_S


@unhurried
@given(ANY, st.integers(1, 3000))
def test_what_is_settled_belongs_to_the_chunk_but_for_a_cut_inside_speech(speech: Probabilities, place: int) -> None:
    segmenter = Segmenter()
    segmenter.feed(speech[:place])
    if settled := segmenter.settled():
        (chunk,) = (c for c in chunk_spans(speech, len(speech) * FRAME_S) if c.start_s == settled.start_s)
        assert settled.end_s <= chunk.end_s or settled.duration_s > LONGEST_CHUNK_S - 10.1
