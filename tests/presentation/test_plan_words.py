from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from answers import answer, line_of

from rehearse.interview import Reason
from rehearse.measurement.attempt import Attempt, CutShort, Timed
from rehearse.next_interview import NextInterview
from rehearse.presentation import plan_words
from rehearse.presentation.days import countdown, nearby, weekday
from rehearse.presentation.home_screen import greeting
from rehearse.presentation.rating_words import RATING_KEYS, rated
from rehearse.progress.standing import Due, Readiness
from rehearse.question import Target

#: A Thursday.
TODAY = date(2026, 11, 26)
TARGET = Target(low_s=60, high_s=120)


def in_days(count):
    return TODAY + timedelta(days=count)


def due(**values):
    return Due(**{"question_id": 1, "on": TODAY, "is_hard": False, "days_since": None} | values)


@pytest.mark.parametrize(
    ("hour", "said"),
    [(4, "evening"), (5, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening")],
)
def test_it_greets_by_the_clock(hour, said):
    assert greeting(datetime(2026, 11, 26, hour, 30, tzinfo=UTC)) == f"Good {said}."


@pytest.mark.parametrize(
    ("away", "near", "counted"),
    [
        (-8, "on 18 Nov", "8 days ago"),
        (-2, "on Tuesday", "2 days ago"),
        (-1, "yesterday", "yesterday"),
        (0, "today", "today"),
        (1, "tomorrow", "tomorrow"),
        (6, "on Wednesday", "in 6 days"),
        (7, "on 3 Dec", "in 7 days"),
    ],
)
def test_days_are_said_as_a_person_would(away, near, counted):
    assert (nearby(in_days(away), TODAY), countdown(in_days(away), TODAY)) == (near, counted)


def test_the_next_interview_is_told_with_where_it_is_and_how_long_until_then():
    interview = NextInterview(on=in_days(6), company="North\x1bwind")
    assert plan_words.interview_coming(interview, TODAY) == "Interview at North␛wind in 6 days."
    alone = NextInterview(on=date(2027, 1, 5))
    assert plan_words.interview_told(alone, TODAY) == "Interview on Tue 5 Jan 2027, in 40 days."
    assert weekday(TODAY, TODAY) == "Thu 26 Nov"


@pytest.mark.parametrize(
    ("values", "reasons", "said"),
    [
        ({"is_hard": True, "days_since": 2}, (Reason.RAMBLED, Reason.NERVES), "hard: rambled, nerves"),
        ({"is_hard": True, "days_since": 2}, (Reason.OTHER,), "hard"),
        ({"is_hard": True}, (Reason.BLANKED,), "hard: blanked; not answered yet"),
        ({}, (), "not answered yet"),
        ({"days_since": 1}, (), "1 day after the last time"),
        ({"days_since": 5}, (), "5 days after the last time"),
        ({"days_since": 5, "before_interview": True}, (), "before the interview"),
    ],
)
def test_why_a_question_is_due(values, reasons, said):
    assert plan_words.why(due(**values), reasons) == said


@pytest.mark.parametrize(
    ("length_s", "said"),
    [(132.4, "12 s over"), (120.4, "inside your aim"), (52.0, "8 s under"), (200, "1:20 over")],
)
def test_a_length_is_held_against_the_aim_in_whole_seconds(length_s, said):
    assert plan_words.against_aim(length_s, TARGET) == said


def test_the_last_answer_is_told_with_its_day_and_aim():
    attempt = Attempt(
        id=1,
        question_id=1,
        recorded_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
        recording=None,
        measures=answer(132.0),
    )
    told = plan_words.last_answer(due(last=line_of(attempt)), TARGET, TODAY)
    assert told == "last: 2:12 on Tuesday, 12 s over"
    rounded = line_of(replace(attempt, timed=Timed(limit_s=180.0, drill_round=1)))
    told = plan_words.last_answer(due(last=rounded), TARGET, TODAY)
    assert told == "last: 2:12 on Tuesday, drill 1, limit 3:00, inside its limit"
    part = line_of(replace(attempt, cut_short=CutShort(read_s=140, whole_s=200)))
    assert plan_words.last_answer(due(last=part), TARGET, TODAY) == "last: 2:12 on Tuesday, cut short: 2:20 of 3:20"
    assert plan_words.last_answer(due(), TARGET, TODAY) == ""


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            (True, 4, 2, 2, 1, 2),
            "4 hard questions, each to be answered on 2 days before the interview. So far: 2 of 8 answers, 1 question"
            " ready. 2 were inside your aim last time.",
        ),
        (
            (True, 3, 2, 0, 0, 3),
            "3 hard questions, each to be answered on 2 days before the interview. So far: 0 of 6 answers. All were"
            " inside your aim last time.",
        ),
        (
            (True, 3, 2, 1, 0, 0, True),
            "3 hard questions, each to be answered on 2 days before the interview. So far: 1 of 6 answers since your"
            " last interview.",
        ),
        ((False, 2, 1, 2, 2, 0), "2 questions, each answered once: ready."),
        ((False, 3, 1, 1, 1, 0), "3 questions, each to be answered once before the interview. So far: 1 of 3 answers."),
        ((False, 1, 1, 0, 0, 0), "1 question, to be answered once before the interview. So far: 0 of 1 answer."),
        (
            (True, 1, 2, 2, 1, 1),
            "1 hard question, answered on 2 days: ready. It was inside your aim last time.",
        ),
    ],
)
def test_what_is_wanted_before_the_interview_and_how_much_of_it_is_done(counts, said):
    names = ("hard", "question_count", "times", "answer_count", "ready_count", "inside_count", "since_last")
    assert plan_words.ready(Readiness(**dict(zip(names, counts, strict=False)))) == said


def test_days_without_practice_are_nobody_s_fault():
    assert plan_words.practised_lately(0) == ""
    assert plan_words.practised_lately(3) == "You practised on 3 of the last 7 days."


def test_a_rating_says_what_follows_from_it():
    assert list(RATING_KEYS.items()) == [("1", "again"), ("2", "hard"), ("3", "good"), ("4", "easy")]
    assert rated("hard", in_days(1), TODAY) == "Kept: hard. The question comes again tomorrow."
    assert "first answer of a day" in rated("easy", None, TODAY)
