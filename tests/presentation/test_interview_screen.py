from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from rich.console import Console

from rehearse.interview import AskedQuestion, Interview, Reason
from rehearse.presentation.interview_screen import interview_page, interviews_table

TODAY = date(2026, 11, 26)
NORTHWIND = Interview(
    id=1,
    started_at=datetime(2026, 11, 24, tzinfo=UTC),
    finished_at=datetime(2026, 11, 24, tzinfo=UTC),
    company="Northwind",
    role="data analyst",
    on=date(2026, 11, 24),
    who="Ms Okafor",
    went_well=("", "the numbers question"),
    asked=(
        AskedQuestion(
            text="Why do you want to leave?", hard=True, why=(Reason.RAMBLED,), roughly_s=210.0, question_id=4
        ),
        AskedQuestion(text="Where do you live?", why=(Reason.NERVES,), question_id=5),
        AskedQuestion(text="What is your weakness?", again=True),
        AskedQuestion(text="Why us?", hard=True),
    ),
    in_my_control="I spoke too long",
    not_in_my_control="their mood",
    notes="They call on Monday",
    sent_on=date(2026, 11, 25),
)


def lines_of(renderable, width=80):
    console = Console(width=width, file=StringIO(), markup=False, highlight=False, emoji=False)
    console.print(renderable)
    return [line.strip() for line in console.file.getvalue().splitlines()]


def test_an_interview_is_told_with_what_went_well_first():
    assert lines_of(interview_page(NORTHWIND, TODAY)) == [
        "Northwind, data analyst",
        "24 Nov, with Ms Okafor",
        "",
        "What went well",
        "· the numbers question",
        "",
        "What they asked",
        "1  Why do you want to leave?",
        "hard: rambled, about 3:30",
        "rehearse practice 4",
        "2  Where do you live?",
        "3  What is your weakness?",
        "the one you would like to answer again",
        "4  Why us?",
        "hard",
        "",
        "In your control",
        "I spoke too long",
        "",
        "Not in your control",
        "their mood",
        "",
        "To remember",
        "They call on Monday",
        "",
        "Thank-you mail sent on 25 Nov.",
    ]


def test_one_of_which_little_was_said_is_short_and_says_how_to_go_on():
    blank = Interview(id=2, started_at=NORTHWIND.started_at, at="who 0")
    assert lines_of(interview_page(blank, TODAY)) == [
        "Interview 2",
        "",
        "Not finished. To go on:  rehearse debrief --edit 2",
    ]


def test_the_list_counts_questions_and_says_what_is_not_finished():
    listed = lines_of(interviews_table([NORTHWIND, replace(NORTHWIND, id=2, at="who 0", asked=(), on=None)], TODAY))
    assert [line.split() for line in listed] == [
        ["#", "when", "company", "role", "asked", "hard"],
        ["1", "24", "Nov", "Northwind", "data", "analyst", "4", "2"],
        ["2", "-", "Northwind", "data", "analyst", "not", "finished", "-", "-"],
    ]


@pytest.mark.parametrize("width", [20, 40])
def test_they_fit_a_narrow_screen(width):
    for picture in (interview_page(NORTHWIND, TODAY), interviews_table([NORTHWIND], TODAY)):
        assert all(len(line) <= width for line in lines_of(picture, width))
