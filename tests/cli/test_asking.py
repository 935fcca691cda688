"""A question that takes yes or no, and one that takes a word, at a terminal."""

import re

import pytest
from at_a_terminal import ended, interrupted
from terminal_screen import lines_shown


@pytest.fixture
def asked(program, practised):
    """asked() deletes attempt 1 at a terminal, and gives it once it asks whether to."""

    def start(*, ahead="", columns=80, until=r"\[y/N\] "):
        child = program("delete", "1", columns=columns)
        child.send(ahead)
        child.expect(until)
        return child

    return start


@pytest.mark.parametrize("typed", ["", "n", "No", "q"])
def test_a_no_stops_and_changes_nothing(asked, rehearse, typed):
    child = asked()
    child.sendline(typed)
    child.expect("Stopped")
    assert ended(child) == 130
    assert rehearse("attempts", "--json").json


@pytest.mark.parametrize("typed", ["y", "YES"])
def test_a_yes_goes_on(asked, rehearse, typed):
    child = asked()
    child.sendline(typed)
    assert ended(child) == 0
    assert rehearse("attempts", "--json").json == []


def test_anything_else_is_asked_again_and_says_what_to_type(asked):
    child = asked()
    child.sendline("maybe")
    child.expect("Type y for yes or n for no")
    child.expect(r"\[y/N\] ")
    assert "Error" not in child.before


def test_a_yes_typed_before_it_stands_there_is_none(asked, rehearse):
    child = asked(ahead="y\n")
    child.sendline("n")
    child.expect("Stopped")
    assert rehearse("attempts", "--json").json


def stops_on_a_line_of_its_own(child, leave):
    leave(child)
    child.expect("Stopped")
    assert re.fullmatch(r"(\^C)?\r\n(\x1b\[1m)?", child.before)
    assert ended(child) == 130


def test_ctrl_c_and_the_end_of_the_input_leave_a_line_of_their_own(asked):
    for leave in (interrupted, lambda child: child.sendeof()):
        stops_on_a_line_of_its_own(asked(), leave)


def test_a_long_question_is_not_broken_inside_a_word(asked):
    child = asked(columns=40, until=r"y/N\] ")
    whole = asked(columns=200).before.split()
    assert " ".join(lines_shown(child.before, columns=40)).split()[: len(whole)] == whole
    assert all(len(line) < 41 for line in lines_shown(child.before, columns=400))


@pytest.fixture
def which_one(program, rehearse, temporary_home):
    """which_one() asks which of two questions a recording answers, and gives it once it does."""
    rehearse("add", "Why us?")
    rehearse("add", "Why now?")
    (temporary_home / "model-offer-declined").touch()

    def start(ahead=""):
        child = program("practice", "--from", "answer.wav")
        child.send(ahead)
        child.expect_exact("Which one: ")
        return child

    return start


@pytest.mark.parametrize("leave", [interrupted, lambda child: child.sendeof()], ids=["Ctrl-C", "Ctrl-D"])
def test_leaving_the_choice_leaves_a_line_of_its_own(which_one, leave):
    stops_on_a_line_of_its_own(which_one(), leave)


def test_the_choice_takes_what_was_typed_at_it_and_says_what_that_can_be(which_one):
    child = which_one(ahead="2\n")
    child.sendline("")
    child.expect("Type its number or some of its words")
    child.expect_exact("Which one: ")
    for typo, told in (
        ("nwo", "No question fits 'nwo'."),
        ("why", "'why' fits 2 questions: 1 'Why us?'"),
    ):
        child.sendline(typo)
        child.expect_exact(told)
        child.expect("Type its number or some of its words")
        child.expect_exact("Which one: ")
    child.sendline("now")
    # It goes on to the recording.
    child.expect("There is no file answer.wav")
    assert ended(child) == 1
    child = which_one()
    child.sendline("q")
    child.expect("Stopped")
    assert ended(child) == 130
