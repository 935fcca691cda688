"""What is pressed under the result of an answer, and what is pressed before it stands there."""

import sys
from types import SimpleNamespace

import pytest
from at_a_terminal import ended, held_up, interrupted

from rehearse.cli import sitting


@pytest.fixture
def card(program, practised, short_answer, temporary_home, mute):
    """card() brings a second answer to question 1 at a terminal; card(until=None) does not wait for its result."""
    (temporary_home / "model-offer-declined").touch()

    def start(until="Enter keep"):
        child = program("practice", "1", "--from", short_answer, **mute)
        if until:
            child.expect(until)
        return child

    return start


def numbers(rehearse):
    return [row["attempt"] for row in rehearse("attempts", "--json").json]


@pytest.mark.parametrize("impatient", ["dd", "\r", "q2"])
def test_keys_pressed_while_it_works_answer_nothing_that_is_asked_later(card, rehearse, impatient):
    child = card(until=None)
    child.send(impatient)
    child.expect("How did it feel")
    child.expect("Enter keep")
    child.send("3")
    assert child.expect(["Kept: good", "Press d again", "is gone", "Kept. "]) == 0
    child.send("\r")
    assert ended(child) == 0
    assert numbers(rehearse) == [1, 2] and rehearse("show", "2", "--json").json["rating"] == "good"


def test_keys_pressed_while_it_works_are_not_written_into_the_bar(card):
    child = card(until="Listening|Writing down")
    # However late this test comes to type: while the bar stands there.
    with held_up(child):
        child.send("zz\r\r")
    child.expect("Enter keep")
    assert "z" not in child.before


def test_it_is_only_discarded_on_a_second_press(card, rehearse):
    child = card()
    child.send("d")
    child.expect("Press d again to discard it")
    child.send("t")
    child.expect("had")
    child.expect("Enter keep")
    child.send("d")
    child.expect("Press d again to discard it")
    assert numbers(rehearse) == [1, 2]
    child.send("d")
    child.expect("Attempt 2 is gone")
    assert ended(child) == 0
    assert numbers(rehearse) == [1]


def test_who_knows_the_way_rates_and_leaves_in_one_go(card, rehearse):
    child = card()
    child.send("4\r")
    child.expect("Kept: easy")
    assert ended(child) == 0
    assert rehearse("show", "2", "--json").json["rating"] == "easy"


def test_ctrl_c_says_that_the_answer_is_kept(card, rehearse):
    child = card()
    interrupted(child)
    child.expect("Your answer is kept as attempt 2:  rehearse show 2")
    child.expect("Stopped")
    assert ended(child) == 130
    assert numbers(rehearse) == [1, 2]


def test_ctrl_c_names_the_answer_to_a_follow_up_too():
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    told = []
    room = SimpleNamespace(as_json=False, settle=interrupted, session=SimpleNamespace(note=told.append))
    more = SimpleNamespace(out=SimpleNamespace(attempt=SimpleNamespace(id=7)))
    with pytest.raises(KeyboardInterrupt):
        sitting._told_both(room, SimpleNamespace(), more, once=False)
    assert told == ["Your answer to the follow-up is attempt 7:  rehearse show 7"]


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a machine's loudspeaker be hidden")
def test_without_a_loudspeaker_it_names_a_command_that_stays_right(card):
    child = card()
    child.send("p")
    child.expect("No loudspeaker or headphones were found")
    child.expect("Enter keep")
    assert "\r\nTo save it as a file for another player:  rehearse replay 2 --export answer.wav\r\n" in child.before
    assert "␊" not in child.before and "recordings" not in child.before
