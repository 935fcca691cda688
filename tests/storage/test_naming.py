"""What in an export without interviews still seems to tell of one."""

import json
import unicodedata
from dataclasses import replace
from datetime import timedelta

import pytest
from any_library import a_sound
from homes import MADE_AT, TODAY, exporter, opened
from hypothesis import given
from hypothesis import strategies as st

from rehearse.interview import AskedQuestion, Interview, Reason, note_of
from rehearse.next_interview import NextInterview
from rehearse.question import QuestionDraft
from rehearse.storage.naming import Names, is_of_debrief


@pytest.mark.parametrize(
    ("company", "text"),
    [
        ("Northwind", "Why do you want to work at northwind?"),
        ("Northwind", "Northwind's shop in Leeds"),
        ("northwind ", "NORTHWIND-Okafor.m4a"),
        ("Northwind", "my_northwind_2026.m4a"),
        ("Northwind", "Northwind2026.wav"),
        ("Northwind Ltd", "What do you know of Northwind?"),
        ("Northwind, Inc.", "What do you know of Northwind?"),
        ("Gone  Ltd", "rambled (gone ltd, 24 Nov)"),
        ("AB", "Why AB?"),
        ("3M", "Why 3M?"),
        ("Müller & Söhne", unicodedata.normalize("NFD", "Warum MÜLLER & SÖHNE?")),
        ("Straße AG", "STRASSE"),
        ("アマゾン", "なぜアマゾンで働きたいのですか"),
        ("Яндекс", "Почему «яндекс»?"),
    ],
)
def test_a_company_is_found_as_a_whole_word(company, text):
    assert Names([company], []).stand_in(["", text])


@pytest.mark.parametrize(
    ("company", "text"),
    [
        ("AB", "Tell me about a time when you were able to"),
        ("3M", "a team of 13M people"),
        ("Ann", "planning"),
        ("Go", "ago, gone"),
        ("Öl", "Spülöle"),
        ("राम", "रामायण"),
        ("", "Why us?"),
        (" ", "Why us?"),
        ("Ltd", "Tell me about a limited budget."),
        ("The Co", "What is the point?"),
    ],
)
def test_a_part_of_an_ordinary_word_is_no_company(company, text):
    assert not Names([company], []).stand_in([text])


@pytest.mark.parametrize(
    ("who", "text", "found"),
    [
        ("Ms Okafor", "Tell me about Ms Okafor.", True),
        ("Ms Okafor", "okafor.m4a", True),
        ("Ms Okafor", "What would your Ms of Science say?", False),
        ("Dr. Anne-Marie O’Brien, head of data", "O'Brien laughed at me", True),
        ("Dr. Anne-Marie O’Brien, head of data", "anne-marie", True),
        ("Dr. Anne-Marie O’Brien, head of data", "How do you head a data team? A doctor asked.", False),
        ("Mr Smith and Li Wu", "smithereens", False),
        ("Mr Smith and Li Wu", "Wu, and so on", False),
        ("two engineers and the hiring manager", "Tell me about two engineers and their manager.", False),
        ("李伟", "我和李伟谈过", True),
        ("", "Why us?", False),
    ],
)
def test_names_of_people_met_are_found_and_titles_are_not(who, text, found):
    assert Names([], [who]).stand_in([text]) is found


INTERVIEW = Interview(company="Northwind", on=TODAY, started_at=MADE_AT)


@pytest.mark.parametrize(
    ("asked", "interview"),
    [
        (AskedQuestion(text="?", hard=True, why=(Reason.RAMBLED, Reason.NO_VALUE), roughly_s=210), INTERVIEW),
        (AskedQuestion(text="?", hard=True, what_happened="Mr Smith laughed at me."), INTERVIEW),
        (AskedQuestion(text="?", hard=True), replace(INTERVIEW, company="")),
        (AskedQuestion(text="?", hard=True, why=(Reason.NERVES,)), replace(INTERVIEW, on=None)),
        (AskedQuestion(text="?", hard=True, roughly_s=61.0), replace(INTERVIEW, on=None)),
        (AskedQuestion(text="?", hard=True), replace(INTERVIEW, on=None)),
    ],
)
def test_what_a_debrief_writes_into_a_note_is_known_by_its_form(asked, interview):
    note = note_of(asked, interview)
    assert is_of_debrief(note)
    assert is_of_debrief(f"my own words; earlier: {note}") and is_of_debrief(f"{note}; earlier: hard")


@given(st.dates())
def test_the_form_is_known_on_every_day_of_the_year(day):
    assert is_of_debrief(note_of(AskedQuestion(text="?", hard=True, what_happened="x"), replace(INTERVIEW, on=day)))


@pytest.mark.parametrize(
    "note", ["", "rambled", "say 3 numbers (not 4)", "it gets hard (for me)", "by 24 Nov", "(May 3)"]
)
def test_a_note_of_ones_own_is_not(note):
    assert not is_of_debrief(note)


def test_every_place_of_a_question_and_the_names_of_its_files_are_looked_at(place):
    with opened(place / "home") as store:
        drafts = [
            QuestionDraft(text="Tell me about a conflict."),
            QuestionDraft(text="Tell me about Ms Okafor."),
            QuestionDraft(text="a", note="They like Northwind people"),
            QuestionDraft(text="b", tags=("northwind",)),
            QuestionDraft(text="c", points=("x", "Northwind's shop")),
            QuestionDraft(text="d", opening="I have admired Northwind for years."),
            QuestionDraft(text="e", landing="That is what I would bring to Fabrikam."),
            QuestionDraft(text="f"),
            QuestionDraft(text="About what you enabled."),
        ]
        numbers = [store.add_question(draft, MADE_AT).id for draft in drafts]
        for nth, source in enumerate(("Northwind-Okafor.m4a", "northwind 2.m4a", "")):
            store.add_attempt(8, a_sound(store.recordings, b"%d" % nth), MADE_AT + timedelta(days=nth), source=source)
        asked = (AskedQuestion(text="Why did you leave?", hard=True, what_happened="Mr Smith laughed"),)
        store.finish_debrief(Interview(company="Gone Ltd", on=TODAY, started_at=MADE_AT, asked=asked), MADE_AT)
        store.delete_interview(1)
        # A note without company and day: only its interview tells where it is from.
        asked = (AskedQuestion(text="And then?", hard=True, why=(Reason.BLANKED,)),)
        store.finish_debrief(Interview(who="Ms Okafor", started_at=MADE_AT, asked=asked), MADE_AT)
        store.keep_interview(Interview(company="Northwind", started_at=MADE_AT))
        store.keep_interview(Interview(company="AB", started_at=MADE_AT))
        store.keep_next_interview(NextInterview(on=TODAY, company="Fabrikam"), MADE_AT)
        writing = exporter(store, with_interviews=False)
        document = json.loads(b"".join(writing.pieces()))
    assert writing.written.naming == [*numbers[1:8], 10, 11]
    assert document["questions"][9]["note"] == "Mr Smith laughed (Gone Ltd, 26 Nov)", "it stays as it is"
