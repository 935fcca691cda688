from dataclasses import replace

import pytest

from rehearse.presentation import verdict_words
from rehearse.progress.comparison import compare
from rehearse.progress.verdict import Reason, judge
from rehearse.question import Target

TARGET = Target(low_s=60, high_s=120)


def test_the_headline_of_a_long_answer_says_by_how_much(answer):
    now = answer(171)
    verdict = judge(now, compare(now, []), TARGET)
    assert (
        verdict_words.headline(now, verdict, compare(now, []), TARGET)
        == "A little long: 2:51, 51 s over your aim of 1:00-2:00."
    )


def test_the_headline_of_a_very_long_answer_is_plain(answer):
    now = answer(200)
    verdict = judge(now, compare(now, []), TARGET)
    assert (
        verdict_words.headline(now, verdict, compare(now, []), TARGET) == "Long: 3:20, 1:20 over your aim of 1:00-2:00."
    )


def test_a_shorter_answer_is_explained_by_words_pace_and_pauses(answer, attempts):
    now = answer(90, words=200, pauses_s=3)
    earlier = attempts(answer(117, words=241, pauses_s=10), answer(117, words=241, pauses_s=10))
    assert verdict_words.compared(now, compare(now, earlier)) == (
        "27 s shorter than your usual (median of 2), which is 1:57: "
        "41 words fewer, the same speed between pauses, 7 s less pausing."
    )


def test_the_words_named_are_those_that_the_seconds_are_reckoned_from(answer, attempts):
    earlier = attempts(answer(60, words=100), answer(80, words=300), answer(100, words=150))
    text = verdict_words.compared(now := answer(95, words=200), compare(now, earlier))
    assert "100 words fewer" in text and "said more slowly" in text


def test_talking_faster_is_named_as_such(answer, attempts):
    now = answer(100, words=300, pauses_s=10)
    text = verdict_words.compared(now, compare(now, attempts(answer(130, words=300, pauses_s=10))))
    assert "as many words, said faster (30 s)" in text and "your one earlier attempt" in text


def test_a_small_change_is_about_the_same(answer, attempts):
    now = answer(98)
    assert verdict_words.compared(now, compare(now, attempts(100))).startswith(
        "About the same length as your one earlier"
    )


def test_the_first_attempt_is_said_to_be_the_first(answer):
    now = answer(98)
    assert verdict_words.compared(now, compare(now, [])).startswith("There is no earlier answer")


def test_the_real_answer_is_called_the_real_answer(answer, attempts):
    now = answer(90)
    assert "than the real answer, which is 3:40" in verdict_words.compared(
        now, compare(now, attempts(220, baseline_first=True))
    )


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_a_sentence_with_a_figure_or_a_next_step(answer, attempts, reason, engines):
    now = answer(130)
    german = replace(engines["whisper"], options={"language": "de"})
    earlier = attempts(answer(80), answer(70, engine=engines["draft"]), answer(75, engine=german))
    comparison = compare(replace(now, engine=replace(german, options={"language": "en"})), earlier)
    text = verdict_words.reason(reason, now, comparison, TARGET)
    assert text[-1] == "." or "rehearse" in text
    assert any(character.isdigit() for character in text)


def test_another_language_is_named_as_such(answer, attempts, engines):
    german, english = (replace(engines["whisper"], options={"language": code}) for code in ("de", "en"))
    now = answer(130, engine=english)
    assert verdict_words.other_language(compare(now, attempts(answer(80, engine=german)))) == (
        "Your earlier attempts were in another language: you can compare lengths, but not words."
    )
    some = compare(now, attempts(answer(80, engine=german), answer(80, engine=english)))
    assert verdict_words.other_language(some) == "1 earlier attempt was in another language and left out."


@pytest.mark.parametrize(("earlier", "said"), [((150,), "than the one before,"), ((150, 140), "than usual,")])
def test_one_earlier_answer_makes_nothing_usual(answer, attempts, earlier, said):
    now = answer(98)
    comparison = compare(now, attempts(*earlier))
    assert f"Shorter {said}" in verdict_words.headline(now, judge(now, comparison, TARGET), comparison, TARGET)
