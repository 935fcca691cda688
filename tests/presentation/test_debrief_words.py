from dataclasses import replace
from datetime import UTC, datetime
from inspect import getmembers
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from rehearse.debrief import begun, places
from rehearse.interview import AskedQuestion
from rehearse.presentation import conversation, debrief_words
from rehearse.presentation.breathing import IN_S, OUT_S, WHOLE_S, fullness, guide
from rehearse.presentation.debrief_words import ACKNOWLEDGEMENTS, acknowledgement, next_acknowledgement, page_of

BEGUN = begun(datetime(2026, 11, 26, 18, tzinfo=UTC), 0)


def lines_of(renderable, width):
    console = Console(width=width, file=StringIO(), markup=False, highlight=False, emoji=False)
    console.print(renderable)
    return console.file.getvalue().splitlines()


@given(st.none() | st.integers(0, 100))
def test_no_acknowledgement_comes_twice_in_a_row(last):
    following = next_acknowledgement(last)
    assert last is None or acknowledgement(following) != acknowledgement(last)


def test_every_acknowledgement_comes():
    numbers, last = set(), None
    for _ in ACKNOWLEDGEMENTS:
        last = next_acknowledgement(last)
        numbers.add(last)
    assert numbers == set(range(len(ACKNOWLEDGEMENTS)))


def test_nothing_said_to_people_shouts():
    told = [text for text in _texts(debrief_words) + _texts(conversation) if "!" in text]
    assert told == []


def test_every_place_has_words():
    asked = (AskedQuestion(text="Why?", hard=True), AskedQuestion(text="How?"))
    interview = replace(BEGUN, asked=asked)
    for place in places(interview)[:-1]:
        page = page_of(replace(interview, at=str(place)))
        assert page.section and page.question.rstrip("'")[-1] in ".?"


@given(st.floats(0, WHOLE_S))
def test_the_breath_goes_in_and_out_evenly(elapsed_s):
    assert 0.0 <= fullness(elapsed_s) <= 1.0
    step_s = 0.01
    rising = elapsed_s % (IN_S + OUT_S) < IN_S - step_s
    falling = IN_S <= elapsed_s % (IN_S + OUT_S) < IN_S + OUT_S - step_s
    if rising or falling:
        assert (fullness(elapsed_s + step_s) > fullness(elapsed_s)) == rising


@given(st.floats(0, WHOLE_S), st.sampled_from([20, 40, 80]))
def test_the_guide_fits_any_screen_and_says_in_words_what_to_do(elapsed_s, width):
    lines = lines_of(guide(elapsed_s, width=width), width)
    assert all(len(line.rstrip()) <= width for line in lines)
    inward = elapsed_s % (IN_S + OUT_S) < IN_S
    assert ("Breathe in" if inward else "Breathe out") in "".join(lines) and "any key" in " ".join(lines)
    assert any("━" in line for line in lines)


def test_a_page_fits_forty_columns():
    interview = replace(BEGUN, asked=(AskedQuestion(text="Why do you want to leave your present job?", hard=True),))
    for place in places(interview)[:-1]:
        lines = lines_of(conversation.page(page_of(replace(interview, at=str(place))), with_section=True), 40)
        assert all(len(line.rstrip()) <= 40 for line in lines)


def test_the_further_lines_of_a_long_question_begin_under_its_words():
    asked = (AskedQuestion(text="Why do you want to leave your present job, and why so soon?"),)
    shown = lines_of(conversation.page(page_of(replace(BEGUN, asked=asked, at="hard 0")), with_section=False), 40)
    first = next(line for line in shown if "Why do" in line)
    further = shown[shown.index(first) + 1]
    assert further.strip() and len(further) - len(further.lstrip()) == first.index("Why")


def _texts(module):
    return [text for _, value in getmembers(module) for text in _within(value)]


def _within(value):
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _within(each)]
    return [text for each in value for text in _within(each)] if isinstance(value, tuple) else []
