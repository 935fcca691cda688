"""Drills, exams and follow-ups, as a person at a terminal sees them; and which options go together."""

import time
from dataclasses import replace

import pytest
from at_a_terminal import ended

from rehearse.question import Target
from rehearse.storage.store import Store


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--drill", "2-3-4"], "get smaller"),
        (["--drill", "4"], "such as 4-3-2"),
        (["--drill", "4-3-x"], "such as 4-3-2"),
        (["--drill", "9-8-7-6-5-4-3"], "2 to 6 numbers"),
        (["--drill", "4-3-2", "--exam"], "choose --drill or --exam"),
        (["--drill", "4-3-2", "--follow-up"], "leave out --drill or --follow-up"),
        (["--drill", "4-3-2", "--from", "answer.wav"], "leave out --from"),
        (["--exam", "--from", "answer.wav"], "leave out --from"),
        (["--surprise"], "leave out QUESTION"),
    ],
)
def test_options_that_cannot_both_be_meant_are_refused(rehearse, options, says):
    rehearse("add", "Why?")
    ran = rehearse("practice", "1", *options)
    assert ran.code == 2 and says in " ".join(ran.err.split())


def test_a_surprise_is_never_a_question_put_away(rehearse):
    assert rehearse("practice", "--surprise").code == 1
    rehearse("add", "Why?")
    rehearse("archive", "1")
    ran = rehearse("practice", "--surprise")
    assert ran.code == 1 and "no question to practise" in ran.err
    rehearse("add", "Why us?")
    # Nobody is at the keyboard: it says how to bring an answer to the question that came.
    assert "rehearse practice 2 --from FILE" in rehearse("practice", "--surprise").err


def shorter_than_anybody_may(home):
    """An aim of three seconds, so that nobody waits for the end of a longer one here."""
    with Store.open(home / "rehearse.db", home / "recordings") as store:
        store.change_question(replace(store.question(1), target=Target(low_s=2.0, high_s=3.0)))


def until_recorded(home, seconds):
    """So much of the answer is on the disk; an exam shows no clock."""
    deadline = time.monotonic() + 60
    while sum(file.stat().st_size for file in (home / "recordings").glob("*.part.wav")) < seconds * 32_000:
        assert time.monotonic() < deadline, "nothing is recorded"
        time.sleep(0.05)


@pytest.mark.slow
def test_a_drill_is_told_round_by_round_and_at_its_end(practice, virtual_microphone, short_answer, temporary_home):
    start, rehearse = practice
    shorter_than_anybody_may(temporary_home)
    child = start("--drill", "2-1", until="round 1 of 2")
    child.expect("Up to 0:06")
    child.expect("I am done")
    virtual_microphone.speak(short_answer)
    # The limit, 0:06, stands beside the clock.
    child.expect("0:0[5789]")
    child.send("\r")
    child.expect(r"Round 1: 0:(0[2-9]|[1-5]\d) of 0:06. Next: the same in 0:03.")
    child.send("\r")
    child.expect("round 2 of 2")
    virtual_microphone.speak(short_answer)
    child.expect("over")
    child.expect("Time is up. Finish your sentence")
    child.send("\r")
    child.expect("fillers")
    child.expect("Kept as attempts 1 and 2")
    ended(child)
    first, second = rehearse("attempts")
    assert [(row["drill_round"], row["limit_s"], row["ran_out"]) for row in (first, second)] == [
        (1, 6.0, False),
        (2, 3.0, False),
    ]
    assert not first["cold"] and not second["cold"]
    assert rehearse("show", "1")["target_s"] == 6.0
    assert rehearse("trends", "1")["attempts"] == []


@pytest.mark.slow
def test_an_exam_stops_by_itself_and_asks_one_more_question(practice, virtual_microphone, short_answer, temporary_home):
    start, rehearse = practice
    shorter_than_anybody_may(temporary_home)
    child = start("--exam", until="I am done")
    virtual_microphone.speak(short_answer)
    child.expect("s left, then recording stops by itself")
    child.expect("Your time was up")
    child.expect("And one more question")
    child.expect("I am done")
    until_recorded(temporary_home, 0.5)
    child.sendintr()
    child.expect("What you said until then is kept")
    child.expect("Your answer before it is attempt 1")
    assert ended(child) == 130
    rows = {row["attempt"]: row for row in rehearse("attempts")}
    assert rows[1]["ran_out"] and rows[1]["limit_s"] == 3.0 and rows[1]["drill_round"] is None
    cut = rehearse("show", "1")
    assert 3.0 <= cut["recording_s"] < 4.0 and "time was up" in cut["verdict"]["reasons"][0]
    assert "(after: Tell me about your first job.)" in rows[2]["question"] and not rows[2]["measured"]
    assert [question["id"] for question in rehearse("questions")] == [1]
