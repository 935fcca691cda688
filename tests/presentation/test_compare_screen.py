import io
from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from rehearse.measurement.attempt import CutShort, Timed
from rehearse.measurement.words import tokens_of
from rehearse.presentation.compare_screen import caution_lines, compared, when, why, why_parts
from rehearse.progress.comparison import Why, compare
from rehearse.progress.content import ContentChange, Kind, Passage
from rehearse.question import Question
from rehearse.transcription.transcript import Word

seconds = st.floats(min_value=-600, max_value=600)


@given(seconds, seconds, seconds)
@settings(max_examples=1000)
def test_the_parts_that_are_shown_sum_to_the_change_to_the_tenth(words_s, pace_s, pauses_s):
    exact = (words_s, pace_s, pauses_s)
    shown = why_parts(Why(words_s=words_s, pace_s=pace_s, pauses_s=pauses_s, usual_words=100.0))
    assert [name for name, _ in shown] == ["words", "speed between pauses", "pauses"]
    assert abs(sum(part for _, part in shown) - sum(exact)) <= 0.05 + 1e-9
    assert all(abs(part - seconds) <= 0.1 + 1e-9 for (_, part), seconds in zip(shown, exact, strict=True))


def test_they_are_told_in_one_line():
    parts = Why(words_s=-17.24, pace_s=0.36, pauses_s=-7.14, usual_words=250.0)
    assert why(parts) == "Words -17.2 s, speed between pauses +0.3 s, pauses -7.1 s."


ROUND, EXAM = Timed(limit_s=160, drill_round=1), Timed(limit_s=120)


@pytest.mark.parametrize(
    ("timed", "said"),
    [
        ((None, None), []),
        ((None, EXAM), []),
        ((ROUND, None), ["Attempt 1 had a limit: its length was not your choice alone."]),
        ((None, replace(EXAM, ran_out=True)), ["Attempt 2 had a limit: its length was not your choice alone."]),
        ((ROUND, replace(ROUND, drill_round=2)), []),
        (
            (ROUND, replace(ROUND, drill_round=2, limit_s=120)),
            ["Each had a limit of its own: their lengths were not your choice alone."],
        ),
    ],
)
def test_a_length_that_a_limit_held_is_not_compared_without_a_word(attempts, timed, said):
    one, other = (replace(each, timed=limit) for each, limit in zip(attempts(150, 110), timed, strict=True))
    assert caution_lines(one, other, compare(other.measures, (one,))) == said


def shown(question_ids, one, other):
    asked = tuple(
        Question(id=number, text=f"Question {number}?", created_at=one.recorded_at) for number in question_ids
    )
    content = ContentChange(
        shared_count=6,
        earlier_count=15,
        later_count=9,
        new=("new",),
        dropped=("old",),
        points_kept=None,
        points_before=None,
        word_for_word_ratio=0.1,
        is_recited=False,
    )
    comparison = compare(other.measures, (one,))
    words = (Passage(kind=Kind.NEW, words=tokens_of([Word(text="hello", start_s=0, end_s=1)])),)
    page = compared(asked, one, other, comparison, content, words, timezone=UTC, today=one.recorded_at)
    console = Console(width=100, file=io.StringIO())
    console.print(page)
    return " ".join(console.file.getvalue().split())


def test_answers_to_two_questions_are_named_and_not_called_shorter(attempts):
    one, other = attempts(150, 20)
    alike = shown((1, 1), one, other)
    assert "Attempt 1 and attempt 2 · Question 1?" in alike
    assert "shorter than attempt 1" in alike and "6 of the 15 main words" in alike
    told = shown((1, 2), one, replace(other, question_id=2))
    assert "Attempt 1 · Question 1?" in told and "Attempt 2 · Question 2?" in told
    assert "These are answers to two different questions" in told
    assert "shorter" not in told and "main words" not in told and "less time" not in told and "Words -" not in told
    assert "length 2:30 0:20" in told
    assert "(- only attempt 1 -)" in alike and "only attempt" not in told


def test_an_answer_cut_short_is_not_called_shorter(attempts):
    one, other = attempts(150, 20)
    told = shown((1, 1), one, replace(other, cut_short=CutShort(read_s=22, whole_s=150)))
    assert "Attempt 2 is only a part" in told and "5 Nov, cut short: 0:22 of 2:30" in told
    assert "shorter" not in told and "main words" not in told


def test_the_day_stands_beside_the_limit(attempts):
    (one,) = attempts(150)
    assert when(one, UTC, one.recorded_at) == "4 Nov"
    assert when(replace(one, timed=ROUND), UTC, one.recorded_at) == "4 Nov, drill 1, limit 2:40"
