"""Where speech is: probabilities that do not depend on how they are computed, and spans that agree with known truth."""

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.audio.recording import Recording, Samples, open_recording
from rehearse.transcription.speech_activity import SpeechDetector, find_speech, speech_probabilities
from rehearse.transcription.speech_edges import speech_spans
from rehearse.transcription.speech_levels import band_levels
from rehearse.transcription.speech_times import MIN_SILENCE_S, MIN_SPEECH_S
from rehearse.transcription.transcript import FRAME_SAMPLES, Probabilities, Silences, Span

RATE_HZ = 16_000
ROOT = Path(__file__).parents[2]
SHORT = ("tests/fixtures/short-answer", "tests/fixtures/another-voice")
BUNDLED = ("fixtures/demo/1-rambling", "fixtures/demo/2-better", "fixtures/demo/3-good")

Sound = npt.NDArray[np.float64]


def truth_of(name: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((ROOT / f"{name}.json").read_text(encoding="utf-8"))
    return truth


def sound_of(name: str) -> Samples:
    return open_recording(ROOT / f"{name}.flac").samples()


def spans_of(name: str) -> tuple[Span, ...]:
    recording = open_recording(ROOT / f"{name}.flac")
    return find_speech(recording, speech_probabilities(recording)).spans


def pauses_in(spans: tuple[Span, ...]) -> list[tuple[float, float]]:
    return [(a.end_s, b.start_s) for a, b in pairwise(spans) if b.start_s - a.end_s >= 0.25 - 1e-9]


def heard(sound: Samples | Sound) -> tuple[Span, ...]:
    """Spans of speech in sound that is in memory."""
    return heard_with_silences(sound)[0]


def heard_with_silences(sound: Samples | Sound) -> tuple[tuple[Span, ...], Silences]:
    samples = (np.round(np.clip(sound, -1, 1) * 32767) / 32768).astype(np.float32)
    detector = SpeechDetector()
    probabilities = np.concatenate([detector.feed(samples), detector.finish()])
    return speech_spans(
        band_levels([samples]), probabilities, lambda a, b: samples[round(a * RATE_HZ) : round(b * RATE_HZ)]
    )


@pytest.fixture(scope="module")
def clauses() -> list[Samples]:
    """Clauses of the short answer, cut out by its truth; those with a word at each end that is no soft one."""
    truth, sound = truth_of(SHORT[0]), sound_of(SHORT[0])
    starts = [truth["answer_start_s"], *(pause["end_s"] for pause in truth["pauses"])]
    ends = [*(pause["start_s"] for pause in truth["pauses"]), truth["answer_end_s"]]
    return [sound[round(a * RATE_HZ) : round(b * RATE_HZ)] for a, b in zip(starts, ends, strict=True)]


def joined(pieces: list[Samples], gaps_s: list[float]) -> tuple[Sound, list[tuple[float, float]], tuple[float, float]]:
    """Pieces with gaps between them and a second of silence around: sound, gaps, begin and end of the answer."""
    parts: list[Any] = [np.zeros(RATE_HZ)]
    at, gaps = RATE_HZ, []
    for piece, gap_s in zip(pieces, [*gaps_s, 0.0], strict=True):
        silence = np.zeros(round(gap_s * RATE_HZ))
        parts += [piece, silence]
        at += len(piece)
        if len(silence):
            gaps.append((at / RATE_HZ, (at + len(silence)) / RATE_HZ))
        at += len(silence)
    return np.concatenate([*parts, np.zeros(RATE_HZ)]), gaps, (1.0, at / RATE_HZ)


def vowel(duration_s: float, pitch_hz: float) -> Sound:
    """A buzz through three formants: voiced like a vowel, yet no speech to Silero for long."""
    times = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    pulses = np.diff(np.floor(times * pitch_hz), prepend=0.0)
    frequencies = np.fft.rfftfreq(len(pulses), 1 / RATE_HZ)
    formants = sum(
        1 / np.hypot(1, (frequencies - centre) / width) for centre, width in ((700, 80), (1200, 90), (2600, 120))
    )
    sound: Sound = np.fft.irfft(np.fft.rfft(pulses) * formants / (1 + frequencies / 300), len(pulses))
    return 0.3 * sound / np.abs(sound).max()


# Probabilities


@pytest.mark.parametrize("length", [245_760, 245_249, 245_700])
def test_fed_piece_by_piece_silero_says_bit_for_bit_what_one_pass_over_the_file_says(length: int) -> None:
    from faster_whisper.vad import get_vad_model

    sound = sound_of(SHORT[0])[:length]
    detector = SpeechDetector()
    pieces = np.split(sound, [100, 611, 612, 5_000, 5_001, 90_000])
    streamed = np.concatenate([*(detector.feed(piece) for piece in pieces), detector.finish()])
    # Filled up as faster-whisper does it, by a whole frame where there is nothing to fill up.
    batch = get_vad_model()(np.pad(sound, (0, FRAME_SAMPLES - length % FRAME_SAMPLES)))
    assert np.array_equal(streamed, batch[: len(streamed)])
    assert len(streamed) == -(-length // FRAME_SAMPLES)


def test_a_frame_is_judged_as_soon_as_it_is_complete() -> None:
    detector = SpeechDetector()
    counts = [len(detector.feed(np.zeros(length, np.float32))) for length in (511, 1, 1023, 1, 0)]
    assert counts == [0, 1, 1, 1, 0]
    assert len(detector.finish()) == 0


def test_every_512_samples_begun_have_one_probability(record: Callable[[Samples], Recording]) -> None:
    lengths = [1, 511, 512, 513, 16_000]
    recordings = [record(np.zeros(length, np.float32)) for length in lengths]
    assert [len(speech_probabilities(recording)) for recording in recordings] == [1, 1, 1, 2, 32]


def test_progress_ends_at_one() -> None:
    seen: list[float] = []
    speech_probabilities(open_recording(ROOT / f"{SHORT[0]}.flac"), seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_sound_at_another_rate_is_refused(tmp_path: Path) -> None:
    recording = Recording(path=tmp_path / "none.wav", sample_rate_hz=44_100, recording_s=1.0)
    with pytest.raises(ValueError, match="16000 Hz"):
        speech_probabilities(recording)


# Levels


@pytest.mark.parametrize("block", [1, 79, 80, 161, 4_096, 7_777])
def test_levels_are_the_same_however_the_sound_is_cut_into_blocks(block: int) -> None:
    sound = sound_of(SHORT[1])[:40_000] if block > 1 else sound_of(SHORT[1])[20_000:24_000]
    cut = [sound[i : i + block] for i in range(0, len(sound), block)]
    assert np.array_equal(band_levels(cut), band_levels([sound]))


def test_there_is_one_level_for_every_whole_5_ms() -> None:
    assert [len(band_levels([np.zeros(length, np.float32)])) for length in (0, 79, 80, 159, 16_000)] == [
        0,
        0,
        1,
        1,
        200,
    ]


# Spans against the truth of the committed answers


@pytest.mark.parametrize("name", [*SHORT, *BUNDLED])
def test_every_pause_of_the_answers_is_found_and_none_invented(name: str) -> None:
    true = [(pause["start_s"], pause["end_s"]) for pause in truth_of(name)["pauses"]]
    found = pauses_in(spans_of(name))
    assert len(found) == len(true)
    assert np.abs(np.array(found) - np.array(true)).max() <= 0.05


@pytest.mark.parametrize("name", [*SHORT, *BUNDLED])
def test_the_answer_begins_and_ends_where_it_does(name: str) -> None:
    truth, spans = truth_of(name), spans_of(name)
    duration_s = truth["answer_end_s"] - truth["answer_start_s"]
    assert spans[-1].end_s - spans[0].start_s == pytest.approx(duration_s, abs=0.06)
    assert spans[0].start_s == pytest.approx(truth["answer_start_s"], abs=0.05)


@pytest.mark.parametrize("name", [*SHORT, *BUNDLED])
def test_fillers_and_words_lie_where_the_truth_says(name: str) -> None:
    truth, spans = truth_of(name), spans_of(name)
    for filler in truth["fillers"]:
        middle_s = (filler["start_s"] + filler["end_s"]) / 2
        assert any(span.start_s <= middle_s <= span.end_s for span in spans), filler
    times = [time for word in truth["words"] for time in (word["start_s"], word["end_s"])]
    assert times == sorted(times)
    assert truth["text"].split() == [word["word"] for word in truth["words"]]


# Spans in made-up sound


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_gaps_of_any_length_between_clauses_are_found_to_within_50_ms(
    clauses: list[Samples], data: st.DataObject
) -> None:
    gaps_s = data.draw(st.lists(st.sampled_from([0.27, 0.3, 0.4, 0.7, 1.3, 2.1]), min_size=1, max_size=4))
    pieces = [clauses[i] for i in data.draw(st.permutations(range(len(clauses))))[: len(gaps_s) + 1]]
    floor = data.draw(st.sampled_from([0.0, 10 ** (-75 / 20), 10 ** (-60 / 20)]))
    sound, gaps, _ = joined(pieces, gaps_s)
    found = pauses_in(heard(sound + floor * np.random.default_rng(0).standard_normal(len(sound))))
    assert len(found) == len(gaps)
    assert np.abs(np.array(found) - np.array(gaps)).max() <= 0.05


@pytest.mark.parametrize("gain_db", [-22, 0, 22])
def test_quiet_and_clipped_answers_have_the_same_pauses(gain_db: float) -> None:
    true = truth_of(SHORT[0])["pauses"]
    found = pauses_in(heard(sound_of(SHORT[0]) * 10 ** (gain_db / 20)))
    assert len(found) == len(true)


@pytest.mark.parametrize(
    ("ratio_db", "least_s", "least_share"),
    [(20, 0.25, 1.0), (10, 0.3, 1.0), pytest.param(5, 0.3, 0.85, id="5-0.3-most")],
)
def test_pauses_are_found_in_noise(ratio_db: float, least_s: float, least_share: float) -> None:
    sound = sound_of(SHORT[0])
    pauses = [(pause["start_s"], pause["end_s"]) for pause in truth_of(SHORT[0])["pauses"]]
    long = [pause for pause in pauses if pause[1] - pause[0] >= least_s - 1e-9]
    hit, seeds = 0, range(4)
    for seed in seeds:
        noise = np.random.default_rng(seed).standard_normal(len(sound)) * 10 ** ((-26 - ratio_db) / 20)
        found = pauses_in(heard(sound + noise))
        assert len(found) <= len(pauses)
        hit += sum(any(abs(a - start) <= 0.15 and abs(b - end) <= 0.05 for a, b in found) for start, end in long)
    assert hit >= least_share * len(long) * len(seeds)


def pink(length: int, seed: int) -> Sound:
    """Noise of power 1 that falls by 3 dB an octave."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(length))
    sound: Sound = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 20)), length)
    return sound / np.sqrt((sound**2).mean())


def test_noise_that_comes_and_goes_is_not_taken_for_speech() -> None:
    sound = sound_of(SHORT[0])
    pauses = [pause for pause in truth_of(SHORT[0])["pauses"] if pause["end_s"] - pause["start_s"] >= 0.3 - 1e-9]
    ups_and_downs = np.exp(np.random.default_rng(3).standard_normal(len(sound) // 3_200 + 2) / 2)
    gain = np.interp(np.arange(len(sound)) / 3_200, np.arange(len(ups_and_downs)), ups_and_downs)
    noise = pink(len(sound), 2) * gain
    found = pauses_in(heard(sound + noise / np.sqrt((noise**2).mean()) * 10 ** ((-26 - 10) / 20)))
    assert len(found) == len(pauses)
    for pause, (start_s, end_s) in zip(pauses, found, strict=True):
        assert start_s == pytest.approx(pause["start_s"], abs=0.15)
        assert end_s == pytest.approx(pause["end_s"], abs=0.08)


@pytest.mark.parametrize(("ratio_db", "silences"), [(30, "clear"), (20, "clear"), (0, "rough")])
def test_silences_that_noise_blurs_are_said_to_be_rough(ratio_db: float, silences: Silences) -> None:
    sound = sound_of(SHORT[0])
    assert heard_with_silences(sound + pink(len(sound), 5) * 10 ** ((-26 - ratio_db) / 20))[1] == silences


@pytest.mark.parametrize(("ratio_db", "silences"), [(30, "clear"), (5, "hidden"), (0, "hidden")])
def test_silences_that_other_voices_fill_are_said_to_be_hidden(ratio_db: float, silences: Silences) -> None:
    sound = sound_of(SHORT[0])
    talk = np.concatenate([sound_of(name) for name in (SHORT[1], *BUNDLED)])
    voices = sum(np.roll(talk, i * len(talk) // 7)[: len(sound)] for i in range(7))
    babble = voices / np.sqrt((voices**2).mean()) * 10 ** ((-26 - ratio_db) / 20)
    assert heard_with_silences(sound + babble)[1] == silences


@pytest.mark.parametrize("name", [*SHORT, *BUNDLED])
def test_silences_of_a_quiet_recording_are_clear(name: str) -> None:
    assert heard_with_silences(sound_of(name))[1] == "clear"


@pytest.mark.parametrize("pitch_hz", [90, 120, 220])
def test_held_vowels_are_speech_though_silero_does_not_say_so(pitch_hz: float) -> None:
    gaps_s = [0.3, 0.27, 0.5, 1.0, 0.3, 2.2]
    sound, gaps, _ = joined([vowel(0.2 + 0.15 * i, pitch_hz).astype(np.float32) for i in range(7)], gaps_s)
    found = pauses_in(heard(sound + 1e-4 * np.random.default_rng(0).standard_normal(len(sound))))
    assert np.array(found) == pytest.approx(np.array(gaps), abs=0.05)


def no_speech() -> Iterator[Any]:
    times = np.arange(8 * RATE_HZ) / RATE_HZ
    hum = sum(0.05 * np.sin(2 * np.pi * 50 * k * times) / k for k in (1, 2, 3, 5))
    clicks = np.zeros(len(times))
    clicks[3_000 :: RATE_HZ // 3] = 0.8
    noise = np.random.default_rng(1).standard_normal(len(times))
    yield pytest.param(np.zeros(len(times)), id="digital silence")
    yield pytest.param(noise * 10 ** (-50 / 20), id="noise at -50 dBFS")
    yield pytest.param(noise * 10 ** (-20 / 20), id="noise at -20 dBFS")
    yield pytest.param(hum, id="mains hum")
    yield pytest.param(hum * (times % 2 < 1), id="mains hum that comes and goes")
    yield pytest.param(clicks, id="clicks")
    yield pytest.param(0.2 * np.sin(2 * np.pi * 440 * times) * (times % 1 < 0.3), id="beeps")
    yield pytest.param(noise * 0.1 * np.exp(-(times % 0.21) * 150), id="typing")


@pytest.mark.parametrize("sound", list(no_speech()))
def test_sound_without_speech_has_no_spans(sound: Sound) -> None:
    assert heard(sound) == ()


@pytest.mark.parametrize("length", [1, 79, 80, 511, 700])
def test_a_recording_shorter_than_a_word_has_no_spans(record: Callable[[Samples], Recording], length: int) -> None:
    recording = record(np.zeros(length, np.float32))
    activity = find_speech(recording, speech_probabilities(recording))
    assert activity.spans == ()
    assert activity.recording_s == length / RATE_HZ


def test_speech_cut_off_by_the_recording_reaches_its_ends() -> None:
    truth = truth_of(SHORT[0])
    start_s, end_s = truth["words"][2]["start_s"], truth["words"][4]["end_s"]
    sound = sound_of(SHORT[0])[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)]
    spans = heard(sound)
    assert spans[0].start_s == 0.0
    assert spans[-1].end_s == pytest.approx(len(sound) / RATE_HZ, abs=0.01)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 1_000),
    hops=st.integers(1, 3_000),
    certain=st.lists(st.sampled_from([0.01, 0.5, 0.99]), min_size=1, max_size=40),
)
def test_spans_are_in_order_apart_long_enough_and_inside_whatever_they_are_made_from(
    seed: int, hops: int, certain: list[float]
) -> None:
    rng = np.random.default_rng(seed)
    levels = np.repeat(rng.uniform(-100, -5, (hops // 20 + 1, 16)), 20, axis=0)[:hops].astype(np.float16)
    probabilities: Probabilities = np.resize(np.repeat(np.array(certain, np.float32), 6), hops // 6 + 1)
    spans, _ = speech_spans(levels, probabilities, lambda a, b: np.zeros(round((b - a) * RATE_HZ), np.float32))
    edges = [time for span in spans for time in (span.start_s, span.end_s)]
    assert all(0 <= time <= hops * 0.005 + 1e-9 for time in edges)
    assert all(span.duration_s >= MIN_SPEECH_S for span in spans)
    assert all(b.start_s - a.end_s >= MIN_SILENCE_S for a, b in pairwise(spans))
