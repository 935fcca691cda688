"""From what was said where in a chunk to when each word was said."""

import numpy as np
import pytest

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Samples
from rehearse.transcription.alignment import (
    NASAL,
    VOWEL,
    WRITTEN_NASAL,
    WRITTEN_VOWEL,
    Segment,
    alignment_of,
    best_cut,
)
from rehearse.transcription.transcript import Hesitation, Word


def words(*texts: str) -> list[Word]:
    return [Word(text=text, start_s=0.0, end_s=0.0, probability=0.5) for text in texts]


def path(*segments: tuple[str, float, float]) -> list[Segment]:
    return [Segment(form=form, start_s=start_s, end_s=end_s) for form, start_s, end_s in segments]


def test_words_get_the_times_of_what_was_said_for_them_in_seconds_of_the_recording() -> None:
    found = alignment_of(
        words("In", "2019,", "—"),
        [("in",), ("twenty", "nineteen"), ()],
        path(("in", 0.5, 0.7), ("twenty(2)", 0.7, 1.0), ("nineteen", 1.1, 1.6)),
        start_s=10.0,
    )
    assert [(word.text, word.start_s, word.end_s) for word in found.words[:2]] == [
        ("In", 10.5, 10.7),
        ("2019,", 10.7, 11.6),
    ]
    assert found.found == (True, True, False)
    assert found.words[2] == words("—")[0]
    assert all(word.probability == 0.5 for word in found.words)


def test_what_stands_between_words_is_a_hesitation_and_an_m_ends_it() -> None:
    found = alignment_of(
        words("so", "yes"),
        [("so",), ("yes",)],
        path(
            ("so", 0.0, 0.5), (VOWEL, 0.5, 0.6), (VOWEL, 0.6, 0.9), (NASAL, 0.9, 1.2), (VOWEL, 1.5, 1.75),
            ("yes", 2.0, 2.5), (VOWEL, 2.5, 3.0), (VOWEL, 3.1, 3.5),
        ),
        start_s=0.0,
    )  # fmt: skip
    assert found.hesitations == (
        Hesitation(start_s=0.5, vowel_end_s=0.9, end_s=1.2),
        Hesitation(start_s=1.5, vowel_end_s=1.75, end_s=1.75),
        Hesitation(start_s=2.5, vowel_end_s=3.0, end_s=3.0),
        Hesitation(start_s=3.1, vowel_end_s=3.5, end_s=3.5),
    )
    assert found.found == (True, True)


def test_a_filled_pause_that_the_engine_wrote_is_a_word_like_any_other() -> None:
    found = alignment_of(
        words("um,", "yes"),
        [(WRITTEN_VOWEL,), ("yes",)],
        path((WRITTEN_VOWEL, 0.2, 0.5), (WRITTEN_NASAL, 0.5, 0.75), ("yes", 1.0, 1.5)),
        start_s=0.0,
    )
    assert (found.words[0].start_s, found.words[0].end_s) == (0.2, 0.75)
    assert found.words[1].start_s == 1.0
    assert found.hesitations == ()


def sound(*parts: tuple[float, float]) -> Samples:
    """Noise of a level for some seconds, one after another."""
    chance = np.random.default_rng(1)
    pieces = [level * chance.standard_normal(round(seconds * ANALYSIS_RATE_HZ)) for level, seconds in parts]
    return np.concatenate(pieces).astype(np.float32)


def at(*middles_s: float) -> list[Word]:
    return [Word(text="x", start_s=middle_s - 0.1, end_s=middle_s + 0.1) for middle_s in middles_s]


def test_a_chunk_is_cut_in_the_silence_that_most_clearly_parts_its_words() -> None:
    speech = sound((0.1, 5.0), (0.001, 0.6), (0.1, 1.0), (0.001, 0.6), (0.1, 5.0))
    # The first silence may just as well stand behind the third word as before it.
    cut = best_cut(at(101.0, 104.0, 105.3, 108.0, 111.0), speech, start_s=100.0)
    assert cut is not None
    count, sample = cut
    assert count == 3
    assert sample / ANALYSIS_RATE_HZ == pytest.approx(6.9, abs=0.05)


def test_what_is_short_or_has_no_silence_or_one_word_only_is_not_cut() -> None:
    assert best_cut(at(1.0, 5.0), sound((0.1, 3.0), (0.001, 0.6), (0.1, 3.0)), start_s=0.0) is None
    assert best_cut(at(1.0, 9.0), sound((0.1, 12.0)), start_s=0.0) is None
    assert best_cut(at(1.0), sound((0.1, 6.0), (0.001, 0.6), (0.1, 6.0)), start_s=0.0) is None
