"""Evidence for speech learnt from a recording, on levels drawn from known spectra."""

import numpy as np
import pytest

from rehearse.transcription.speech_levels import Levels
from rehearse.transcription.speech_mixture import speech_over_noise

BANDS = 16
LOUD_NOISE_DB = 8.0


def recording(seed: int = 0, seconds: int = 30) -> tuple[Levels, np.ndarray, np.ndarray]:
    """Levels, where somebody speaks, and where a fricative sounds that only three bands of sixteen hold.

    The noise goes up by 8 dB for 0.2 s now and then.
    """
    rng = np.random.default_rng(seed)
    hops = seconds * 200
    spoken = np.arange(hops) % 400 < 300
    hissed = spoken & (np.arange(hops) % 100 >= 80)
    loud = np.repeat(rng.random(hops // 40) < 0.3, 40)
    noise = 10 ** ((-50 + LOUD_NOISE_DB * loud[:, np.newaxis] * np.ones(BANDS)) / 10)
    voice = np.where(np.arange(BANDS) < 10, 10.0 ** (-38 / 10), 1e-9) * (spoken & ~hissed)[:, np.newaxis]
    hiss = np.where(np.arange(BANDS) > 12, 10.0 ** (-41 / 10), 1e-9) * hissed[:, np.newaxis]
    levels = 10 * np.log10((noise + voice + hiss) * rng.gamma(4, 0.25, (hops, BANDS)))
    return levels.astype(np.float16), spoken, hissed


def roughly(spoken: np.ndarray) -> np.ndarray:
    """A guess that begins and ends too late and knows nothing of the fricatives at the end."""
    return np.roll(spoken, 6) & spoken


def test_speech_is_likelier_where_it_is_and_noise_where_it_is_not() -> None:
    levels, spoken, _ = recording()
    ratio = speech_over_noise(levels, roughly(spoken))
    assert ratio is not None
    assert (ratio[spoken] > 0).mean() > 0.97
    assert (ratio[~spoken] < 0).mean() > 0.9


def test_a_sound_in_a_few_bands_counts_and_louder_noise_does_not() -> None:
    levels, spoken, hissed = recording(seed=1)
    ratio = speech_over_noise(levels, roughly(spoken))
    assert ratio is not None
    total_db = 10 * np.log10((10 ** (levels.astype(float) / 10)).sum(axis=1))
    loudest_noise = ~spoken & (total_db > np.median(total_db[hissed]))
    assert loudest_noise.sum() > 50
    assert np.median(ratio[hissed]) > 2 > -1 > np.median(ratio[loudest_noise])


def test_closures_inside_words_do_not_teach_that_noise_is_speech() -> None:
    levels, spoken, _ = recording(seed=2)
    with_closures = levels.copy()
    closed = spoken & (np.arange(len(spoken)) % 50 < 12)
    quiet = np.flatnonzero(~spoken)
    with_closures[closed] = levels[np.resize(quiet, closed.sum())]
    ratio = speech_over_noise(with_closures, roughly(spoken))
    assert ratio is not None
    assert np.median(ratio[closed]) < 0


def test_the_same_levels_give_the_same_numbers_and_louder_ones_too() -> None:
    levels, spoken, _ = recording()
    once, again = speech_over_noise(levels, spoken), speech_over_noise(levels, spoken)
    louder = speech_over_noise((levels.astype(np.float32) + 16).astype(np.float16), spoken)
    assert once is not None and again is not None and louder is not None
    assert np.array_equal(once, again)
    assert np.corrcoef(once, louder)[0, 1] > 0.99


@pytest.mark.parametrize("share", [0.0, 0.02, 0.995, 1.0])
def test_with_hardly_any_speech_or_silence_there_is_nothing_to_learn(share: float) -> None:
    levels, spoken, _ = recording(seconds=10)
    assert speech_over_noise(levels, np.arange(len(spoken)) < share * len(spoken)) is None


@pytest.mark.parametrize("level_db", [-105.0, 0.0])
def test_silence_and_one_unchanging_level_do_no_harm(level_db: float) -> None:
    levels = np.full((4_000, BANDS), level_db, np.float16)
    ratio = speech_over_noise(levels, np.arange(4_000) % 800 < 500)
    assert ratio is not None
    assert np.isfinite(ratio).all()
