"""What is heard at a speed is the same voice at the same pitch, and every moment of it is known by its place."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from gliding_tone import glide, moment_of_glide
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.course import Course, Run
from rehearse.audio.rendering import FASTEST, KEPT_OF_PAUSE_S, SLOWEST, Timeline, rendered, without_pauses

RATE_HZ = 16_000
ANSWER = Path(__file__).parents[1] / "fixtures" / "short-answer.flac"

speeds = st.sampled_from([0.5, 0.75, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0])
lengths = st.floats(min_value=0.5, max_value=400.0)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    length_s = draw(lengths)
    if draw(st.booleans()):
        return Timeline(length_s, draw(speeds))
    edges = sorted(draw(st.lists(st.floats(min_value=0.0, max_value=length_s), max_size=12, unique=True)))
    return Timeline(length_s, draw(speeds), tuple(zip(edges[::2], edges[1::2], strict=False)))


def heard(sound: np.ndarray, timeline: Timeline, from_heard_s: float = 0.0) -> np.ndarray:
    return np.concatenate([np.zeros(0, np.int16), *rendered(sound, RATE_HZ, timeline, from_heard_s)])


def pitch_hz(sound: np.ndarray, moment_s: float) -> float | None:
    """The pitch of the 50 ms around a moment, by autocorrelation; None where there is no clear one."""
    start = round(moment_s * RATE_HZ) - 400
    window = sound[max(0, start) : start + 800].astype(float)
    if len(window) < 800:
        return None
    window -= window.mean()
    likeness = np.correlate(window, window, "full")[799:]
    lowest, highest = RATE_HZ // 500, RATE_HZ // 70
    best = lowest + int(np.argmax(likeness[lowest:highest]))
    if likeness[0] < 800 * 300**2 or likeness[best] < 0.6 * likeness[0]:
        return None
    before, at, after = likeness[best - 1 : best + 2]
    return float(RATE_HZ / (best + 0.5 * (before - after) / (before - 2 * at + after)))


def pitch_change(sound: np.ndarray, speed: float) -> float:
    """The pitch of the sound at that speed over its pitch as it is: the median over the same moments of both."""
    timeline = Timeline(len(sound) / RATE_HZ, speed)
    faster = heard(sound, timeline)
    moments_s = np.arange(0.05, timeline.heard_s, 0.02)
    pairs = [(pitch_hz(faster, m), pitch_hz(sound, timeline.place_at(m))) for m in moments_s]
    ratios = [now / then for now, then in pairs if now and then]
    assert len(ratios) > 50
    return float(np.median(ratios))


@given(timelines(), st.floats(min_value=-1.0, max_value=900.0))
def test_a_moment_heard_is_found_again_by_its_place(timeline: Timeline, heard_s: float) -> None:
    place_s = timeline.place_at(heard_s)
    assert 0.0 <= place_s <= timeline.length_s
    again_s = timeline.heard_at(place_s)
    assert again_s == pytest.approx(min(max(0.0, heard_s), timeline.heard_s), abs=1e-6)


@given(timelines(), st.floats(0.0, 900.0), st.floats(0.0, 900.0))
def test_later_is_never_earlier(timeline: Timeline, one_s: float, other_s: float) -> None:
    early_s, late_s = sorted((one_s, other_s))
    assert timeline.place_at(early_s) <= timeline.place_at(late_s) + 1e-9
    assert timeline.heard_at(early_s) <= timeline.heard_at(late_s) + 1e-9


@given(timelines(), st.floats(0.0, 400.0))
def test_a_place_left_out_leads_to_where_the_next_part_begins(timeline: Timeline, place_s: float) -> None:
    led_to_s = timeline.place_at(timeline.heard_at(place_s))
    inside = any(start_s <= place_s <= end_s for start_s, end_s in timeline.spans)
    nexts_s = [start_s for start_s, _ in timeline.spans if start_s >= place_s]
    if inside:
        assert led_to_s == pytest.approx(place_s, abs=1e-6)
    elif nexts_s:
        assert led_to_s == pytest.approx(nexts_s[0], abs=1e-6)


@given(st.lists(st.tuples(st.floats(0.0, 50.0), st.floats(0.01, 5.0)), max_size=8), st.floats(60.0, 100.0))
def test_without_pauses_all_speech_is_kept_with_a_little_silence(
    starts_and_lengths: list[tuple[float, float]], length_s: float
) -> None:
    speech: list[tuple[float, float]] = []
    for start_s, spoken_s in sorted(starts_and_lengths):
        if not speech or start_s > speech[-1][1]:
            speech.append((start_s, start_s + spoken_s))
    kept = without_pauses(length_s, speech)
    assert all(before[1] < after[0] for before, after in pairwise(kept))
    for start_s, end_s in speech:
        assert any(a <= max(0.0, start_s - KEPT_OF_PAUSE_S) and end_s + KEPT_OF_PAUSE_S <= b for a, b in kept)
    silence_s = sum(b - a for a, b in kept) - sum(b - a for a, b in speech)
    assert not speech or silence_s <= 2 * KEPT_OF_PAUSE_S * len(speech) + 1e-6


def test_a_speed_that_cannot_be_made_well_is_refused() -> None:
    for speed in (SLOWEST - 0.01, FASTEST + 0.01):
        with pytest.raises(ValueError):
            Timeline(10.0, speed)


def test_the_speed_of_the_recording_changes_no_sample() -> None:
    sound = glide(3.0)
    assert np.array_equal(heard(sound, Timeline(3.0)), sound)
    assert np.array_equal(heard(sound, Timeline(3.0), 1.25), sound[20_000:])


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.25, 1.5, 2.0])
def test_it_lasts_as_long_as_the_timeline_says_and_each_moment_is_where_it_says(speed: float) -> None:
    timeline = Timeline(6.0, speed, ((0.5, 2.0), (2.6, 6.0)))
    for from_heard_s in (0.0, 1.0):
        sound = heard(glide(6.0), timeline, from_heard_s)
        assert len(sound) == round(timeline.heard_s * RATE_HZ) - round(from_heard_s * RATE_HZ)
        for middle in range(1_600, len(sound) - 1_600, 1_600):
            heard_s = from_heard_s + middle / RATE_HZ
            if abs(heard_s - timeline.heard_at(2.3)) > 0.1:
                window = sound[middle - 800 : middle + 800]
                assert moment_of_glide(window) == pytest.approx(timeline.place_at(heard_s), abs=0.03)


@pytest.mark.parametrize("speed", [0.5, 1.5, 2.0])
@pytest.mark.parametrize("tone_hz", [110.0, 220.0])
def test_a_tone_keeps_its_pitch(speed: float, tone_hz: float) -> None:
    tone = (12_000 * np.sin(2 * np.pi * tone_hz * np.arange(3 * RATE_HZ) / RATE_HZ)).astype(np.int16)
    assert pitch_change(tone, speed) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("speed", [0.75, 1.5, 2.0])
def test_a_voice_keeps_its_pitch(speed: float) -> None:
    voice, rate_hz = soundfile.read(ANSWER, dtype="int16")
    assert rate_hz == RATE_HZ
    assert pitch_change(voice, speed) == pytest.approx(1.0, abs=0.01)


def test_a_cut_does_not_click() -> None:
    loud = np.full(2 * RATE_HZ, 10_000, np.int16)
    sound = heard(loud, Timeline(2.0, 1.0, ((0.5, 1.0), (1.2, 1.5)))).astype(int)
    assert np.abs(np.diff(sound)).max() < 500


def test_a_course_begins_at_its_place_and_is_rendered_piece_by_piece() -> None:
    course = Course(glide(6.0), RATE_HZ, Timeline(6.0, 1.5), 3.0, sought=True)
    assert (course.place_s, course.ready, course.size) == (3.0, 0, 32_000)
    ready = [course.ready for _ in course.rendering()]
    assert ready == sorted(set(ready)) and ready[-1] == course.size and ready[0] < RATE_HZ
    assert moment_of_glide(course.heard[15_200:16_800]) == pytest.approx(course.place_at(16_000), abs=0.03)
    assert course.sample_at(4.5) == 16_000 and course.sample_at(0.0) == 0


def test_a_run_knows_what_the_device_still_holds_of_the_one_before_it() -> None:
    sound = glide(10.0)
    first = Run(Course(sound, RATE_HZ, Timeline(10.0), 0.0, sought=True), 0, 16_000, since=100.0)
    course = Course(sound, RATE_HZ, Timeline(10.0, 2.0), 1.0, sought=False)
    run = Run(course, 0, 8_000, since=101.0, before=first)
    assert [run.place_at(moment) for moment in (100.5, 100.9, 101.0, 101.25, 109.0)] == [0.5, 0.9, 1.0, 1.5, 2.0]
    assert run.place_s == 2.0 and not run.over(109.0)
