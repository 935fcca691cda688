"""The network that finds pauses: the same odds however it is asked, and an error in words where it is missing."""

from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recording import open_recording
from rehearse.errors import EngineFailed
from rehearse.transcription import speech_network
from rehearse.transcription.onnx_models import opened
from rehearse.transcription.speech_activity import speech_probabilities
from rehearse.transcription.speech_levels import Levels, band_levels
from rehearse.transcription.speech_network import features, speech_odds
from rehearse.transcription.transcript import Probabilities

ANSWER = Path(__file__).parents[1] / "fixtures/short-answer.flac"


@pytest.fixture(scope="module")
def heard() -> tuple[Levels, Probabilities]:
    recording = open_recording(ANSWER)
    return band_levels([recording.samples()]), speech_probabilities(recording)


@pytest.mark.parametrize("at_a_time", [300, 1_000, 1_998])
def test_the_odds_do_not_depend_on_how_much_is_worked_on_at_a_time(
    heard: tuple[Levels, Probabilities], at_a_time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = speech_odds(*heard)
    monkeypatch.setattr(speech_network, "_AT_A_TIME", at_a_time)
    assert np.abs(speech_odds(*heard) - whole).max() < 1e-3


@pytest.mark.parametrize("hops", [1, 2, 199, 201, 1_001])
def test_every_hop_has_its_odds(heard: tuple[Levels, Probabilities], hops: int) -> None:
    odds = speech_odds(heard[0][:hops], heard[1])
    assert odds.shape == (hops,)
    assert np.isfinite(odds).all()


def test_a_louder_recording_looks_the_same_to_it(heard: tuple[Levels, Probabilities]) -> None:
    levels, probabilities = heard[0].astype(np.float32), heard[1]
    loud = np.maximum(levels, -60)
    assert features((loud + 12).astype(np.float16), probabilities) == pytest.approx(
        features(loud.astype(np.float16), probabilities), abs=0.02
    )


def test_the_noise_is_that_of_the_seconds_around() -> None:
    quiet_then_loud = np.repeat(np.array([-70.0, -40.0], np.float16), 40 * 200)[:, np.newaxis] * np.ones(16, np.float16)
    seen = features(quiet_then_loud, np.full(5_000, 0.5, np.float32))
    assert np.abs(seen[[0, 20 * 200, 60 * 200, -1], :16]).max() < 0.1


def test_a_model_that_is_missing_or_damaged_is_said_in_words(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.onnx"
    damaged.write_bytes(b"\x08no model")
    for path in (tmp_path / "none.onnx", damaged):
        with pytest.raises(EngineFailed, match="that finds pauses is missing or damaged") as failed:
            opened(path, "finds pauses", "Install rehearse again.")
            assert failed.value.hint == "Install rehearse again."
