"""A person checks the fillers that were heard in the sound only: by key at a terminal, by the second in a script."""

import sys
from datetime import UTC, datetime
from functools import partial

import pytest
from aligning_engine import SHORT_ANSWER, UM, AligningEngine
from at_a_terminal import ended, interrupted

from rehearse.audio.decoding import decode
from rehearse.hearing import Listener
from rehearse.practice import hear_attempt
from rehearse.question import QuestionDraft
from rehearse.settings import FillerSettings
from rehearse.storage.store import Store

START = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
AT = f"0:{round(UM['start_s']):02}"
CLOCK = f"0:{int(UM['start_s']):02}"


@pytest.fixture(autouse=True)
def heard(temporary_home):
    """Attempt 1: 'like, we did it all again', and an um that only the sound gives away."""
    (temporary_home / "recordings").mkdir(parents=True)
    with Store.open(temporary_home / "rehearse.db", temporary_home / "recordings") as store:
        question = store.add_question(QuestionDraft(text="Why this job?"), START)
        recording = decode(SHORT_ANSWER, temporary_home / "recordings" / "0.wav")
        attempt = store.add_attempt(question.id, recording, START)
        ear = Listener(engine=AligningEngine("Like, we did it all again"), fillers=FillerSettings())
        hear_attempt(attempt, listener=ear, store=store, now=lambda: START)


def counted(shown):
    return [(filler["text"], filler["confirmed"]) for filler in shown["fillers"]]


def test_what_begins_at_a_second_can_be_rejected_and_confirmed(rehearse):
    assert counted(rehearse("show", "1", "--json").json) == [("like", None), ("um", None)]
    ran = rehearse("show", "1", "--json", "--reject", AT)
    assert ran.code == 0 and counted(ran.json) == [("like", None)]
    assert "Fillers: at least 1 (4 a minute); before: at least 2" in ran.err
    assert [filler["confirmed"] for filler in ran.json["fillers_left_out"]] == [False]
    again = rehearse("show", "1", "--json", "--confirm", AT).json
    assert counted(again) == [("like", None), ("um", True)] and again["fillers_left_out"] == []
    assert rehearse("attempts", "--json").json[0]["fillers_per_min"] == again["fillers_per_min"]


def test_a_word_of_the_text_can_be_rejected_too_and_several_at_once(rehearse):
    (like, _) = rehearse("show", "1", "--json").json["fillers"]
    ran = rehearse("show", "1", "--json", "--reject", str(like["start_s"]), "--reject", AT)
    assert counted(ran.json) == [] and ran.json["filler_count"] == 0
    assert rehearse("remeasure", "--json").json == {"done": 1, "failed": []}
    assert rehearse("show", "1", "--json").json == ran.json


def test_a_confirmed_one_is_not_called_likely_any_more(rehearse):
    assert "likely, listen" in rehearse("show", "1").out
    shown = rehearse("show", "1", "--confirm", AT)
    assert "likely, listen" not in shown.out and "as before" in shown.err


def test_where_none_begins_the_ones_there_are_are_named(rehearse):
    ran = rehearse("show", "1", "--confirm", "0:59")
    assert ran.code == 1 and "No filler begins at 0:59" in ran.err and f"um at {CLOCK}" in ran.err


def test_show_names_each_filler_by_the_time_that_reject_takes(rehearse):
    shown = rehearse("show", "1").out
    assert "like 0:0" in shown and f"um {CLOCK}" in shown and "rehearse show 1 --reject TIME" in shown
    assert "Heard and not counted" not in shown
    again = rehearse("show", "1", "--reject", CLOCK).out
    assert f"Heard and not counted:  um {CLOCK}" in again


def test_with_only_its_numbers_left_nothing_can_be_said(rehearse):
    rehearse("delete", "1", "--keep-numbers", "--yes")
    ran = rehearse("show", "1", "--reject", AT)
    assert ran.code == 1 and "was deleted" in ran.err
    assert rehearse("show", "1").code == 0


def test_a_pipe_is_asked_nothing(rehearse):
    shown = rehearse("show", "1")
    assert shown.code == 0 and "check the sound" not in shown.out


@pytest.fixture
def show(program, temporary_home, read):
    """show(): `rehearse show 1` at a terminal of 80x24; show.json(): what a script sees now."""

    def start(**how):
        child = program("show", "1", **how)
        child.expect("c  check the sound that may be a filler")
        return child

    start.json = partial(read, "show", "1")
    return start


def test_any_other_key_leaves_everything_as_it_is(show, mute):
    child = show(**mute)
    child.send("\r")
    assert ended(child) == 0
    assert counted(show.json()) == [("like", None), ("um", None)]


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a machine's loudspeaker be hidden")
def test_without_a_loudspeaker_the_words_around_are_shown_and_a_key_is_kept_at_once(show, mute):
    child = show(**mute)
    child.send("c")
    child.expect("Is it a filler")
    child.expect(r"\[um\?\]")
    child.expect("Judge by the words")
    child.send("n")
    child.expect("That was the last one")
    interrupted(child)
    assert ended(child) == 130
    assert counted(show.json()) == [("like", None)]


def test_a_key_can_be_taken_back_and_the_end_says_how_the_count_changed(show, mute):
    child = show(**mute)
    child.send("cn")
    child.expect("That was the last one")
    child.send("u")
    child.expect(r"1 of 1")
    child.send("y")
    child.expect("That was the last one")
    child.send("\r")
    child.expect("Fillers: at least 2 .*, as before")
    assert ended(child) == 0
    assert counted(show.json()) == [("like", None), ("um", True)]


def test_all_of_them_can_be_gone_through_those_in_the_text_too(show, mute):
    child = show(**mute)
    child.send("ca")
    child.expect("2 of 2")
    child.send("yu")
    child.expect("2 of 2")
    child.send("\x1b[D")
    child.expect(r"\[like\?\]")
    child.send("nq")
    child.expect("Fillers: at least 1 .*; before: at least 2")
    assert ended(child) == 0
    assert counted(show.json()) == [("um", None)]


def test_the_sound_around_it_is_played_and_again_on_space(show, virtual_microphone):
    child = show(environment=virtual_microphone.environment)
    child.send("c")
    child.expect("Is it a filler")
    child.send(" y")
    child.expect("That was the last one")
    child.send("\r")
    assert ended(child) == 0
    assert "Judge by the words" not in child.before
    assert counted(show.json()) == [("like", None), ("um", True)]
