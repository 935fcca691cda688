from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.errors import InterviewInvalid
from rehearse.interview import (
    AskedQuestion,
    Interview,
    Reason,
    note_of,
    parse_day,
    parse_rough_length,
    rewritten,
    same_question,
)

#: A Thursday.
TODAY = date(2026, 11, 26)
NORTHWIND = Interview(started_at=datetime(2026, 11, 26, 18, tzinfo=UTC), company="Northwind", on=date(2026, 11, 24))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("today", TODAY),
        ("Yesterday", date(2026, 11, 25)),
        ("tuesday", date(2026, 11, 24)),
        ("on Tue", date(2026, 11, 24)),
        ("Thursday", TODAY),
        ("Tuesday, 24 Nov 2026", date(2026, 11, 24)),
        ("tue 24 nov", date(2026, 11, 24)),
        ("last Thursday", date(2026, 11, 19)),
        ("24 Nov", date(2026, 11, 24)),
        ("nov 24th", date(2026, 11, 24)),
        ("24 November 2025", date(2025, 11, 24)),
        ("November 24, 2025", date(2025, 11, 24)),
        ("3 sept", date(2026, 9, 3)),
        ("27 Nov", date(2025, 11, 27)),
        ("2026-11-24", date(2026, 11, 24)),
        ("24.11.2026", date(2026, 11, 24)),
        ("24/11/2026", date(2026, 11, 24)),
        ("11/24/2026", date(2026, 11, 24)),
        ("3/3/2026", date(2026, 3, 3)),
    ],
)
def test_a_day_may_be_written_as_people_write_it(written, meant):
    assert parse_day(written, TODAY) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tomorrow", date(2026, 11, 27)),
        ("Tuesday", date(2026, 12, 1)),
        ("Thursday", TODAY),
        ("next Thursday", date(2026, 12, 3)),
        ("3 Dec", date(2026, 12, 3)),
        ("5 Jan", date(2027, 1, 5)),
        ("2026-12-24", date(2026, 12, 24)),
    ],
)
def test_a_day_to_come_is_the_next_one_that_fits(written, meant):
    assert parse_day(written, TODAY, to_come=True) == meant


@pytest.mark.parametrize(
    "written", ["soon", "", "24", "Nov", "31 Feb", "3/4/2026", "tomorrow", "2027-01-01", "²", "1e3"]
)
def test_what_is_no_day_that_was_is_refused(written):
    with pytest.raises(InterviewInvalid):
        parse_day(written, TODAY)


@given(st.dates(max_value=TODAY, min_value=date(1990, 1, 1)))
def test_a_day_written_out_is_that_day(day):
    assert parse_day(day.isoformat(), TODAY) == parse_day(f"{day:%B} {day.day}, {day.year}", TODAY) == day


@given(st.integers(0, 364))
def test_a_day_without_a_year_is_the_latest_one(days_ago):
    day = TODAY - timedelta(days=days_ago)
    assert parse_day(f"{day.day} {day:%b}", TODAY) == day


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("3 min", 180), ("3", 180), ("2:30", 150), ("90", 90), ("90 s", 90), ("about 2.5 minutes", 150), ("~ 4m", 240)],
)
def test_a_rough_length_is_seconds(written, seconds):
    assert parse_rough_length(written) == seconds


@pytest.mark.parametrize("written", ["long", "0", "-3", "2:75", "3 hours", "90 min", "5000", ""])
def test_what_is_no_length_is_refused(written):
    with pytest.raises(InterviewInvalid):
        parse_rough_length(written)


def test_the_same_question_may_be_typed_in_a_hurry():
    assert same_question("Why  do you want THIS job?", "why do you want this job")
    assert not same_question("Why this job?", "Why this town?")


def test_a_note_says_why_how_long_and_where():
    asked = AskedQuestion(text="Why?", hard=True, why=(Reason.RAMBLED, Reason.NERVES), roughly_s=210.0)
    assert note_of(asked, NORTHWIND) == "rambled, nerves, about 3:30 (Northwind, 24 Nov)"
    assert note_of(replace(asked, why=(Reason.OTHER,), what_happened="I lost the thread."), NORTHWIND) == (
        "I lost the thread, about 3:30 (Northwind, 24 Nov)"
    )
    assert note_of(AskedQuestion(text="Why?", hard=True), replace(NORTHWIND, company="", on=None)) == "hard"
    assert note_of(replace(asked, hard=False), NORTHWIND) == ""


def test_a_note_of_the_person_stays_behind_the_new_one():
    once = rewritten("too fast", "", "rambled (Northwind)")
    assert once == "rambled (Northwind); earlier: too fast"
    assert rewritten(once, "rambled (Northwind)", "blanked (Northwind)") == "blanked (Northwind); earlier: too fast"
    assert rewritten(once, "rambled (Northwind)", "") == "too fast"


notes = st.text(alphabet="abc ;:", max_size=8).map(str.strip)


@given(notes, notes, notes)
def test_writing_a_note_twice_changes_nothing(note, was, now):
    once = rewritten(note, was, now)
    assert rewritten(once, now, now) == once
