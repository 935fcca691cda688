"""Answers that were cut short: `rehearse recover`, and the offer at the next start."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from at_a_terminal import ended

from rehearse.audio.claim import Label
from rehearse.audio.decoding import decode
from rehearse.audio.journal import Journal
from rehearse.storage.store import Store

BEGAN = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
QUESTION = "Tell me about your first job."


@pytest.fixture
def cut_short(temporary_home, short_answer, tmp_path, rehearse):
    """cut_short(): a question is kept, and an answer to it is on disk as a killed program left it."""
    sound = decode(short_answer, tmp_path / "answer.wav")

    def make(**label):
        if not (temporary_home / "rehearse.db").exists():
            rehearse("add", QUESTION, "--target", "10-20")
        (temporary_home / "model-offer-declined").touch()
        known = {"question_id": 1, "question": QUESTION, "recorded_at": BEGAN, "device": "Built-in"} | label
        journal = Journal(temporary_home / "recordings", 16_000, Label(**known))
        for block in sound.blocks(0.032):
            journal.append((block * 32768).astype("<i2").tobytes())
        journal._close()
        journal.claim.let_go()
        return sound.recording_s

    return make


def test_each_becomes_an_attempt_to_be_transcribed(rehearse, cut_short, temporary_home, library, monkeypatch):
    length_s = cut_short()
    ran = rehearse("recover", "--json")
    (told,) = ran.json["recovered"]
    assert ran.code == 0 and ran.json["discarded"] == ran.json["failed"] == []
    assert told == {
        "attempt": 1, "question_id": 1, "question": QUESTION, "recorded_at": BEGAN.isoformat(),
        "recording_s": length_s, "device": "Built-in",
    }  # fmt: skip
    assert rehearse("--json").json["waiting_attempts"] == [1]
    monkeypatch.setenv("REHEARSE_MODEL", str(library.model))
    assert rehearse("transcribe", "1", "--json").json["answer_s"] > 10
    assert len(list((temporary_home / "recordings").iterdir())) == 1


def test_it_says_what_it_kept_and_what_to_do_next(rehearse, cut_short):
    assert "nothing to recover" in rehearse("recover").err
    cut_short()
    ran = rehearse("recover")
    assert "Attempt 1: 0:15, from 3 Nov" in ran.out and QUESTION in ran.out
    assert "rehearse transcribe 1" in ran.err
    cut_short()
    cut_short()
    assert "rehearse transcribe --all" in rehearse("recover").err


def test_discarding_asks_unless_told(rehearse, cut_short, temporary_home):
    cut_short()
    refused = rehearse("recover", "--discard")
    assert refused.code == 1 and "recover --discard --yes" in refused.err
    ran = rehearse("recover", "--discard", "--yes", "--json")
    assert [each["question"] for each in ran.json["discarded"]] == [QUESTION]
    assert list((temporary_home / "recordings").iterdir()) == []
    assert rehearse("attempts", "--json").json == []


@pytest.mark.parametrize("command", [[], ["practice", "1"]])
def test_where_nobody_can_be_asked_it_is_only_mentioned(rehearse, cut_short, temporary_home, command):
    cut_short()
    ran = rehearse(*command)
    assert "1 recording was cut short. To keep it:  rehearse recover" in ran.err
    assert len(list((temporary_home / "recordings").glob("*.part.wav"))) == 1
    assert len(rehearse("recover", "--json").json["recovered"]) == 1


def test_words_of_the_label_are_shown_and_not_obeyed(rehearse, cut_short):
    cut_short(question_id=9, question="\x1b[2J[bold]Why?")
    ran = rehearse("recover")
    assert "\x1b" not in ran.out and "[bold]Why?" in ran.out


def test_practising_listing_and_recovering_at_once_loses_nothing(
    practised, cut_short, temporary_home, short_answer, read
):
    """As three terminals would: several answers, one of them cut short before, while somebody looks at the list."""
    cut_short()
    environment = os.environ | {"REHEARSE_HOME": str(temporary_home)}

    def start(*arguments):
        command = [sys.executable, "-m", "rehearse", *map(str, arguments), "--json"]
        return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)

    practising = [start("practice", "1", "--from", short_answer) for _ in range(2)]
    recovering = [start("recover") for _ in range(2)]
    listing = start("attempts")
    told = [json.loads(process.communicate(timeout=120)[0]) for process in (*practising, *recovering, listing)]
    recovered = [each for ran in told[2:4] for each in ran["recovered"]]
    assert len(recovered) == 1, "one of the two has it, and only one"
    numbers = {1, told[0]["attempt"], told[1]["attempt"], recovered[0]["attempt"]}
    assert {row["attempt"] for row in read("attempts")} == numbers and len(numbers) == 4
    with Store.open(temporary_home / "rehearse.db", temporary_home / "recordings") as store:
        assert store.damage() == ()
        assert store.kept_recordings() == set((temporary_home / "recordings").iterdir())


@pytest.fixture
def at_a_terminal(program):
    def start(*arguments):
        child = program(*arguments)
        child.expect("An answer was cut short. 0:15, from 3 Nov")
        child.expect("r recover   l listen   d discard   Enter later")
        return child

    return start


def leave_home(child):
    child.expect("quit")
    child.send("q")
    ended(child)


def test_the_next_start_offers_to_recover_it(at_a_terminal, cut_short, read):
    cut_short()
    child = at_a_terminal()
    child.send("r")
    child.expect("Kept as attempt 1. To write its words down:  rehearse transcribe 1")
    child.expect("rehearse transcribe --all")
    leave_home(child)
    (attempt,) = read("attempts")
    assert attempt["question"] == QUESTION and not attempt["measured"]


def test_later_is_later_and_discarding_takes_two_presses(at_a_terminal, cut_short, temporary_home, read):
    cut_short()
    child = at_a_terminal("practice", "1", "--device", "nowhere")
    child.send("d")
    child.expect("Press d again")
    child.send("\r")
    child.expect("It stays where it is")
    ended(child)
    child = at_a_terminal()
    child.send("dd")
    child.expect("It is gone")
    leave_home(child)
    assert list((temporary_home / "recordings").iterdir()) == [] == read("attempts")


def test_without_a_loudspeaker_it_can_still_be_kept(at_a_terminal, cut_short, read):
    cut_short()
    child = at_a_terminal()
    child.send("l")
    child.expect("Enter later")
    child.send("r")
    child.expect("Kept as attempt 1")
    leave_home(child)
    assert len(read("attempts")) == 1
