from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.debrief import EMPTY, WELL_PROMPTS, Place, Step, back, begun, numbers_in, place_of, places, reopened, said
from rehearse.errors import InterviewInvalid
from rehearse.interview import AskedQuestion, Interview, Reason

TODAY = date(2026, 11, 26)
BEGUN = begun(datetime(2026, 11, 26, 18, tzinfo=UTC), acknowledgement=0)

WHOLE = (
    "Northwind", "data analyst", "24 Nov", "Ms Okafor", "", "the numbers question", "", "they laughed",
    "Why do you want to leave?", "tell me about yourself",
    "What would you change here?", "",
    "1 3", "1 6", "3 min", "I had no example", "", "", "spoke too long", "their mood", "1", "call back in May",
)  # fmt: skip


def talked(*lines: str, interview: Interview = BEGUN) -> Interview:
    for line in lines:
        interview = said(interview, line, TODAY)
    return interview


def at(step: Step, interview: Interview = BEGUN) -> Interview:
    """The debrief walked on to that step with nothing but Enter."""
    for _ in places(interview):
        if place_of(interview).step is step:
            return interview
        interview = said(interview, "", TODAY)
    raise AssertionError(f"{step} does not come")


def test_the_whole_conversation():
    done = talked(*WHOLE)
    assert place_of(done).step is Step.DONE
    assert (done.company, done.role, done.on, done.who) == (
        "Northwind",
        "data analyst",
        date(2026, 11, 24),
        "Ms Okafor",
    )
    assert done.went_well == ("the numbers question", "", "they laughed")
    assert done.asked == (
        AskedQuestion(
            text="Why do you want to leave?",
            hard=True,
            why=(Reason.RAMBLED, Reason.NERVES),
            roughly_s=180.0,
            again=True,
        ),
        AskedQuestion(text="tell me about yourself"),
        AskedQuestion(
            text="What would you change here?", hard=True, why=(Reason.OTHER,), what_happened="I had no example"
        ),
    )
    assert (done.in_my_control, done.not_in_my_control, done.notes) == (
        "spoke too long",
        "their mood",
        "call back in May",
    )


def test_nothing_but_enter_comes_to_the_end_and_says_nothing():
    done = at(Step.DONE)
    assert done.is_blank
    assert said(done, "", TODAY) == done


def test_what_went_well_has_more_prompts_than_what_did_not_and_comes_before():
    steps = [place.step for place in places(talked(*WHOLE))]
    assert steps.count(Step.WELL) == WELL_PROMPTS > steps.count(Step.IN_CONTROL) + steps.count(Step.NOT_IN_CONTROL)
    assert steps.index(Step.WELL) < steps.index(Step.QUESTIONS) < steps.index(Step.IN_CONTROL)


def test_without_a_question_nothing_is_asked_about_questions():
    steps = {place.step for place in places(BEGUN)}
    assert steps.isdisjoint({Step.HARD, Step.WHY, Step.LENGTH, Step.RECORDINGS, Step.AGAIN})


def test_an_interview_that_is_only_edited_is_met_with_no_acknowledgement():
    edited = reopened(replace(talked(*WHOLE), at="", finished_at=BEGUN.started_at))
    assert place_of(edited).step is Step.COMPANY
    assert Place(Step.ACKNOWLEDGEMENT) not in places(edited)
    assert talked(*[""] * 30, interview=edited).asked == edited.asked


def test_a_line_with_a_dash_empties_what_is_there():
    company = replace(BEGUN, company="Northwind")
    assert said(company, "", TODAY).company == "Northwind"
    assert said(company, EMPTY, TODAY).company == ""


def test_a_question_is_taken_off_the_list_again():
    listing = talked("one", "two", "three", interview=at(Step.QUESTIONS))
    assert [each.text for each in said(listing, "-", TODAY).asked] == ["one", "two"]
    assert [each.text for each in said(listing, "-1", TODAY).asked] == ["two", "three"]
    with pytest.raises(InterviewInvalid):
        said(listing, "-4", TODAY)


def test_a_question_that_is_on_the_list_is_said_to_be_there():
    listing = talked("Why us?", interview=at(Step.QUESTIONS))
    with pytest.raises(InterviewInvalid, match="on the list already"):
        said(listing, "why  us", TODAY)


def test_where_one_number_is_wanted_the_example_is_one_number():
    listing = talked("one", "two", "", interview=at(Step.QUESTIONS))
    for line, hint in (("7", "The numbers go from 1 to 2. One is enough."), ("all", "Type one number")):
        with pytest.raises(InterviewInvalid) as refused:
            said(at(Step.AGAIN, listing), line, TODAY)
        assert hint in refused.value.hint


def test_a_recording_is_named_by_number_and_file():
    marked = talked("one", "two", "", "2", interview=at(Step.QUESTIONS))
    named = said(at(Step.RECORDINGS, marked), " 2  my  answer.m4a ", TODAY)
    assert place_of(named).step is Step.RECORDINGS
    assert [each.recording for each in named.asked] == ["", "my  answer.m4a"]
    assert [each.recording for each in said(named, "2 -", TODAY).asked] == ["", ""]
    with pytest.raises(InterviewInvalid):
        said(named, "3 other.m4a", TODAY)


def test_back_is_back_and_keeps_what_was_said():
    two = talked("Northwind", "analyst")
    assert place_of(back(back(two))).step is Step.COMPANY
    assert back(back(back(two))) == back(back(two))
    assert talked("", "", interview=back(back(two))) == two


def test_a_place_that_is_not_there_is_the_list_of_questions():
    assert place_of(replace(BEGUN, at="why 7")).step is Step.QUESTIONS


TWO = ("one", "two", "")


@pytest.mark.parametrize(
    ("step", "before", "line"),
    [(Step.ON, (), "soon"), (Step.HARD, TWO, "3"), (Step.HARD, TWO, "x"), (Step.WHY, (*TWO, "1"), "8"),
     (Step.LENGTH, (*TWO, "1"), "long"), (Step.AGAIN, TWO, "1 2"), (Step.AGAIN, TWO, "0-1"),
     (Step.RECORDINGS, (*TWO, "1"), "answer.m4a")],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(step, before, line):
    interview = at(step, talked(*before, interview=at(Step.QUESTIONS)) if before else BEGUN)
    with pytest.raises(InterviewInvalid):
        said(interview, line, TODAY)


@pytest.mark.parametrize(
    ("line", "places"),
    [("1 3", {0, 2}), ("1,3", {0, 2}), ("2-4", {1, 2, 3}), ("1 and 2", {0, 1}), ("all", {0, 1, 2, 3}), ("none", set()),
     ("1 - 2, 4", {0, 1, 3})],
)  # fmt: skip
def test_numbers_are_typed_as_one_likes(line, places):
    assert numbers_in(line, 4) == places


lines = st.sampled_from([*WHOLE, EMPTY, "<", "all", "2", "rambled, cut off", "2 a.wav", "soon", "-1"]) | st.text(
    max_size=6
)


@given(st.lists(lines, max_size=40))
def test_any_typing_leaves_a_place_that_is_there_and_never_two_to_answer_again(typed):
    interview = BEGUN
    for line in typed:
        try:
            interview = back(interview) if line == "<" else said(interview, line, TODAY)
        except InterviewInvalid:
            continue
        assert str(place_of(interview)) == interview.at
        assert sum(asked.again for asked in interview.asked) <= 1
    assert place_of(at(Step.DONE, interview)).step is Step.DONE
