"""Tics: what a person says too often whatever the question, told from what the question is about."""

from collections.abc import Sequence

import pytest
from answers import WHISPER

from rehearse.measurement.tics import Spoken, enough, tics
from rehearse.transcription.transcript import Transcript, Word

#: Every word alike: in ordinary speech a thousandth of all places, and a phrase of them rarer still.
EVENLY = 0.001


def evenly(phrase: Sequence[str]) -> float:
    return float(EVENLY ** len(phrase))


def spoken(question_id: int, text: str, *subject: str, language: str = "en") -> Spoken:
    words = tuple(Word(text=w, start_s=n * 0.3, end_s=n * 0.3 + 0.3) for n, w in enumerate(text.split()))
    transcript = Transcript(language=language, words=words, engine=WHISPER)
    return Spoken(question_id=question_id, subject=subject, transcript=transcript)


#: Twenty different words for each answer, so that nothing but what is put between them repeats.
def plain(number: int) -> str:
    return " ".join(f"x{number}w{place}" for place in range(20))


def habit(question_id: int, number: int, *said: str) -> Spoken:
    return spoken(question_id, f"{plain(number)} {' zz '.join(said)}.", "Why did you leave?")


FOUR_WITH_A_HABIT = [habit(number % 2, number, "honestly", "honestly") for number in range(4)]


def test_a_habit_over_several_questions_is_found_with_what_it_rests_on() -> None:
    first, *_ = tics(FOUR_WITH_A_HABIT, evenly)
    assert (first.text, first.count, first.attempt_count, first.attempts_in_all) == ("honestly", 8, 4, 4)
    assert first.times_usual == pytest.approx(8 / (EVENLY * 4 * 23))


def test_what_is_usual_is_no_tic() -> None:
    assert "honestly" not in [tic.text for tic in tics(FOUR_WITH_A_HABIT, lambda phrase: 0.05)]


def test_a_word_rare_everywhere_is_a_subject() -> None:
    found = tics(FOUR_WITH_A_HABIT, lambda phrase: 1e-6)
    assert "honestly" not in [tic.text for tic in found]


def test_words_said_at_one_question_only_are_its_subject() -> None:
    answers = [habit(1, number, "honestly", "honestly") for number in range(4)]
    answers += [habit(2, number, "nothing") for number in range(4, 6)]
    assert "honestly" not in [tic.text for tic in tics(answers, evenly)]


def test_words_of_the_question_are_left_out_in_any_form() -> None:
    answers = [
        spoken(n % 2, f"{plain(n)} disagreed zz disagreed.", "A time of disagreement", "honestly") for n in range(4)
    ]
    assert "disagreed" not in [tic.text for tic in tics(answers, evenly)]


def test_a_phrase_is_named_whole() -> None:
    answers = [habit(number % 2, number, "to be honest", "to be honest") for number in range(4)]
    assert [tic.text for tic in tics(answers, evenly) if "zz" not in tic.text] == ["to be honest"]


def test_a_phrase_does_not_cross_a_clause() -> None:
    answers = [habit(number % 2, number, "honestly, speaking", "honestly, speaking") for number in range(4)]
    assert "honestly speaking" not in [tic.text for tic in tics(answers, evenly)]


@pytest.mark.parametrize("said", ["um,", "you know,", "basically", "like", "the", "team", "40"])
def test_what_counts_already_or_belongs_to_every_answer_is_left_out(said: str) -> None:
    answers = [habit(number % 2, number, said, said) for number in range(4)]
    assert said.strip(",") not in [tic.text for tic in tics(answers, evenly)]


@pytest.mark.parametrize("lists", [{"also": ("Honestly",)}, {"never": ("honestly",)}])
def test_what_the_person_has_decided_is_not_proposed(lists: dict[str, tuple[str, ...]]) -> None:
    assert "honestly" not in [tic.text for tic in tics(FOUR_WITH_A_HABIT, evenly, **lists)]


def test_too_few_attempts_or_questions_prove_nothing() -> None:
    assert tics(FOUR_WITH_A_HABIT[:3], evenly) == ()
    one_question = [habit(1, number, "honestly", "honestly") for number in range(4)]
    assert not enough(one_question) and tics(one_question, evenly) == ()
