"""PocketSphinx told the words: when each was said, and where something stands between them."""

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehearse.audio.recording import Samples, open_recording
from rehearse.transcription.aligner import Aligner
from rehearse.transcription.transcript import Word

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"
PART_S = 16.0


@pytest.fixture(scope="module")
def aligner() -> Aligner:
    return Aligner()


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    """The first sentences of a hesitant answer: what was said, and its filled pauses."""
    whole = json.loads((DEMO / "1-rambling.json").read_text(encoding="utf-8"))
    return {
        "words": [
            Word(text=word["word"], start_s=word["start_s"], end_s=word["end_s"])
            for word in whole["words"]
            if word["end_s"] < PART_S
        ],
        "fillers": [each for each in whole["fillers"] if each["kind"] == "sound" and each["end_s"] < PART_S],
    }


@pytest.fixture(scope="module")
def samples() -> Samples:
    return open_recording(DEMO / "1-rambling.flac").samples(0.0, PART_S)


def without_fillers(words: list[Word]) -> list[Word]:
    """The true words as a recogniser gives them: each begins where the one before it ended."""
    kept = [word for word in words if word.text.strip(".,") not in ("um", "uh")]
    return [
        Word(text=word.text, start_s=before.end_s, end_s=word.end_s)
        for before, word in pairwise([Word(text="", start_s=0.0, end_s=0.0), *kept])
    ]


def test_every_left_out_um_and_uh_is_a_hesitation_and_nothing_else_is(
    aligner: Aligner, truth: dict[str, Any], samples: Samples
) -> None:
    found = aligner.align(without_fillers(truth["words"]), samples, 0.0)
    assert len(truth["fillers"]) == 3
    for filler, hesitation in zip(truth["fillers"], found.hesitations, strict=True):
        assert hesitation.start_s == pytest.approx(filler["start_s"], abs=0.05)
        assert hesitation.end_s == pytest.approx(filler["end_s"], abs=0.05)
        assert (hesitation.end_s > hesitation.vowel_end_s) == (filler["text"] == "um")
    assert found.given_up == ()


def test_words_are_found_where_they_were_said(aligner: Aligner, truth: dict[str, Any], samples: Samples) -> None:
    heard = without_fillers(truth["words"])
    found = aligner.align(heard, samples, 0.0)
    said = [word for word in truth["words"] if word.text.strip(".,") not in ("um", "uh")]
    errors_s = [abs(word.start_s - true.start_s) for word, true in zip(found.words, said, strict=True)]
    assert all(found.found)
    assert np.median(errors_s) < 0.03
    assert max(errors_s) < 0.1


def test_what_the_engine_wrote_itself_is_no_hesitation(
    aligner: Aligner, truth: dict[str, Any], samples: Samples
) -> None:
    found = aligner.align(truth["words"], samples, 0.0)
    assert found.hesitations == ()
    errors_s = [abs(word.start_s - true.start_s) for word, true in zip(found.words, truth["words"], strict=True)]
    assert max(errors_s) < 0.1


@pytest.mark.parametrize("spelling", ["Um,", "[UH]", "uhm", "er...", "Erm"])
def test_any_spelling_of_a_filled_pause_stands_for_one(aligner: Aligner, samples: Samples, spelling: str) -> None:
    heard = [Word(text=text, start_s=0.0, end_s=0.0) for text in (spelling, "okay,", "so")]
    found = aligner.align(heard, samples[: round(2.8 * 16_000)], 0.0)
    assert found.hesitations == ()
    assert found.words[0].start_s == pytest.approx(1.1, abs=0.05)
    assert found.words[0].end_s == pytest.approx(1.5, abs=0.05)


def test_a_chunk_depends_on_nothing_before_it_but_when_it_begins(
    aligner: Aligner, truth: dict[str, Any], samples: Samples
) -> None:
    heard = without_fillers(truth["words"])
    fresh = Aligner().align(heard, samples, 0.0)
    aligner.align(heard[:5], samples[:40_000] * 0.1, 0.0)
    assert aligner.align(heard, samples, 0.0) == fresh
    later = aligner.align([Word(text=w.text, start_s=w.start_s + 60, end_s=w.end_s + 60) for w in heard], samples, 60.0)
    assert [word.start_s for word in later.words] == pytest.approx([word.start_s + 60 for word in fresh.words])
    assert [h.start_s for h in later.hesitations] == pytest.approx([h.start_s + 60 for h in fresh.hesitations])


def test_a_word_is_taken_apart_in_the_same_way_whatever_was_said_before(aligner: Aligner, samples: Samples) -> None:
    def found(text: str, by: Aligner) -> tuple[Word, ...]:
        return by.align([Word(text=text, start_s=0.0, end_s=0.0)], samples[:32_000], 0.0).words

    # Once heard, 'zqu' would be a word of the dictionary, and 'zqushop' made of two.
    found("zqu", aligner)
    assert found("zqushop", aligner) == found("zqushop", Aligner())


def test_tags_and_signs_are_left_where_they_are(aligner: Aligner, truth: dict[str, Any], samples: Samples) -> None:
    heard = without_fillers(truth["words"])
    tag = [Word(text=text, start_s=0.1, end_s=0.2) for text in ("[heavy", "breathing]", "—")]
    found = aligner.align([*tag, *heard], samples, 0.0)
    assert found.found[:4] == (False, False, False, True)
    assert list(found.words[:3]) == tag
    assert found.words[3:] == aligner.align(heard, samples, 0.0).words


def test_a_tag_that_is_never_closed_swallows_nothing(aligner: Aligner, truth: dict[str, Any], samples: Samples) -> None:
    heard = without_fillers(truth["words"])
    opened = [Word(text="[" + heard[0].text, start_s=heard[0].start_s, end_s=heard[0].end_s), *heard[1:]]
    found = aligner.align(opened, samples, 0.0)
    assert all(found.found)
    assert found.words[1:] == aligner.align(heard, samples, 0.0).words[1:]


def test_words_of_no_dictionary_are_found_by_their_spelling(aligner: Aligner, speak: Callable[[str], Samples]) -> None:
    heard = [Word(text=text, start_s=0.0, end_s=0.0) for text in ("we", "moved", "to", "kubernetes", "in", "2019")]
    found = aligner.align(heard, speak("we moved to kubernetes in twenty nineteen"), 0.0)
    assert all(found.found)
    kubernetes, year = found.words[3], found.words[5]
    assert 0.4 < kubernetes.end_s - kubernetes.start_s < 1.0
    assert 0.5 < year.end_s - year.start_s < 1.4


def test_where_the_words_do_not_fit_the_sound_it_is_cut_and_the_rest_still_found(
    aligner: Aligner, truth: dict[str, Any], samples: Samples
) -> None:
    heard = without_fillers(truth["words"])
    gap = np.zeros(16_000, np.float32)
    too_many = [Word(text="impossibly", start_s=PART_S + 3, end_s=PART_S + 6) for _ in range(60)]
    found = aligner.align([*heard, *too_many], np.concatenate((samples, gap, samples[:112_000][::-1])), 0.0)
    assert found.found == (True,) * len(heard) + (False,) * 60
    assert found.words[-60:] == tuple(too_many)
    (given_up,) = found.given_up
    assert PART_S < given_up.start_s < PART_S + 3
    assert given_up.end_s == PART_S + 8
    starts_s = [each.start_s for each in aligner.align(heard, samples, 0.0).hesitations]
    assert [each.start_s for each in found.hesitations[:3]] == pytest.approx(starts_s, abs=0.03)


def test_no_words_and_no_sound_give_nothing(aligner: Aligner) -> None:
    assert aligner.align([], np.zeros(0, np.float32), 3.0).words == ()
    assert aligner.align([], np.zeros(16_000, np.float32), 3.0).given_up == ()
    (given_up,) = aligner.align([Word(text="yes", start_s=3.0, end_s=3.0)], np.zeros(0, np.float32), 3.0).given_up
    assert (given_up.start_s, given_up.end_s) == (3.0, 3.0)
