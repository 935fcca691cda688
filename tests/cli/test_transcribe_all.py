"""`rehearse transcribe --all`: the program as a whole, with the tiny scripted model and the draft engine."""

import os
import re
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile
from at_a_terminal import ended

from rehearse.audio.recording import Recording, open_recording
from rehearse.cli.transcribe_all import Course
from rehearse.measurement.attempt import Attempt
from rehearse.presentation.wording import time_left
from rehearse.storage.store import Store

WORDS = ("Quite", "another", "answer.")
# The answer is heard in two pieces, and the model says the same in each.
OLD, NEW = " ".join(["So um I said what I had seen."] * 2), " ".join(WORDS * 2)
#: Longer than a person, or a test, needs to press Ctrl-C.
LONG_S = 120.0


@pytest.fixture
def several(practised, temporary_home):
    """several(3): two more attempts with the sound, words and numbers of the first."""

    def keep(count: int) -> None:
        with Store.open(temporary_home / "rehearse.db", temporary_home / "recordings") as store:
            first = store.attempt(1)
            for number in range(2, count + 1):
                copy = shutil.copy(first.recording.path, first.recording.path.with_name(f"{number}.wav"))
                recorded_at = first.recorded_at + timedelta(hours=number)
                again = store.add_attempt(first.question_id, open_recording(Path(copy)), recorded_at)
                store.keep_heard(again.id, store.transcript(1), store.speech(1), first.measures, recorded_at)

    return keep


@pytest.fixture
def another_model(scripted_whisper, tmp_path, monkeypatch):
    """Another model listens from now on; its words are NEW."""
    model = tmp_path / "another"
    shutil.copytree(scripted_whisper(*WORDS), model)
    monkeypatch.setenv("REHEARSE_MODEL", str(model))


def texts(rehearse, *attempts):
    return [rehearse("show", number, "--json").json["transcript"]["text"] for number in attempts]


def transcripts(rehearse, *attempts):
    return [rehearse("show", number, "--json").json["transcript"] for number in attempts]


def begun(*arguments):
    command = [sys.executable, "-m", "rehearse", "transcribe", "--all", *arguments]
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def make_long(temporary_home, number):
    """The answer of that attempt, said over and over."""
    recording = temporary_home / "recordings" / f"{number}.wav"
    sound, rate = soundfile.read(recording, dtype="int16")
    soundfile.write(recording, np.resize(sound, round(LONG_S * rate)), rate)


def test_whisper_writes_the_same_words_one_by_one_and_two_at_once(rehearse, several, another_model, monkeypatch):
    several(3)
    alone = rehearse("transcribe", "--all")
    assert alone.code == 0 and "3 attempts written down." in alone.err
    one_by_one = transcripts(rehearse, 1, 2, 3)
    assert [each["text"] for each in one_by_one] == [NEW] * 3
    again = Path(os.environ["REHEARSE_MODEL"]).with_name("again")
    shutil.copytree(os.environ["REHEARSE_MODEL"], again)
    monkeypatch.setenv("REHEARSE_MODEL", str(again))
    assert rehearse("transcribe", "--all", "--jobs", 2, "--json").json == {"done": 3, "failed": []}
    assert transcripts(rehearse, 1, 2, 3) == one_by_one


@pytest.mark.slow
def test_the_draft_engine_writes_the_same_words_two_at_once(rehearse, practised, drafted, temporary_home):
    recordings = temporary_home / "recordings"
    with Store.open(temporary_home / "rehearse.db", recordings) as store:
        first = store.attempt(1).recording.path
        for number in (2, 3):
            copy = open_recording(Path(shutil.copy(first, recordings / f"{number}.wav")))
            store.add_attempt(1, copy, datetime(2026, 11, number, tzinfo=UTC))
    ran = rehearse("transcribe", "--all", "--engine", "draft", "--jobs", 2, "--json")
    assert ran.json == {"done": 2, "failed": []}
    assert transcripts(rehearse, 2, 3) == [drafted["transcript"]] * 2
    assert texts(rehearse, 1) == [OLD]


def test_where_no_bar_can_be_drawn_each_attempt_is_a_line(rehearse, several, another_model):
    several(2)
    lines = rehearse("transcribe", "--all").err.splitlines()
    assert re.fullmatch(r"Attempt [12] written down \(1 of 2, (less than a minute|about .*) left\)", lines[0])
    assert lines[1:] == ["Attempt 2 written down (2 of 2)", "2 attempts written down."]


def test_attempts_that_cannot_be_heard_are_named_together_at_the_end(rehearse, several, another_model, temporary_home):
    several(4)
    for number in (2, 3):
        (temporary_home / "recordings" / f"{number}.wav").write_bytes(b"no sound")
    ran = rehearse("transcribe", "--all", "--jobs", 2)
    assert ran.code == 1 and "2 attempts written down." in ran.err
    assert "Attempt 2: " in ran.err and "Attempt 3: " in ran.err
    assert texts(rehearse, 1, 2, 3, 4) == [NEW, OLD, OLD, NEW]


def test_one_fault_of_many_attempts_is_said_once(rehearse, several, another_model):
    several(3)
    (Path(os.environ["REHEARSE_MODEL"]) / "tokenizer.json").write_text("{}")
    ran = rehearse("transcribe", "--all", "--jobs", 2)
    assert ran.code == 1 and "Attempts 1, 2, 3: " in ran.err
    assert texts(rehearse, 1, 2, 3) == [OLD] * 3


def test_ctrl_c_keeps_what_is_finished_and_says_how_to_go_on(
    rehearse, several, another_model, temporary_home, tmp_path
):
    several(2)
    second = temporary_home / "recordings" / "2.wav"
    shutil.copy(second, tmp_path)
    make_long(temporary_home, 2)
    with begun("--engine", "whisper") as process:
        assert "Attempt 1 written down (1 of 2" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
    assert process.returncode == 130
    assert "1 attempt done; 1 left, as it was." in said
    assert "To go on:  rehearse transcribe --all --engine whisper" in said and "Traceback" not in said
    assert texts(rehearse, 1, 2) == [NEW, OLD]
    # Nothing is shown by hearing all of the long one.
    shutil.copy(tmp_path / "2.wav", second)
    assert rehearse("transcribe", "--all", "--json").json == {"done": 1, "failed": []}


@pytest.mark.slow
def test_a_crash_half_way_leaves_every_transcript_whole_and_no_process(
    rehearse, several, another_model, temporary_home
):
    several(3)
    make_long(temporary_home, 3)
    with begun("--jobs", "2") as process:
        process.stderr.readline()
        process.kill()
        # Python's own tracker of what processes share holds this pipe open until the last that hears is gone.
        process.stderr.read()
    after = texts(rehearse, 1, 2, 3)
    assert NEW in after and after[2] == OLD and set(after) <= {OLD, NEW}
    done = rehearse("transcribe", "--all", "--json").json["done"]
    assert done == after.count(OLD) and texts(rehearse, 1, 2, 3)[:2] == [NEW, NEW]


@pytest.mark.parametrize("jobs", ["0", "-1"])
def test_fewer_than_one_at_once_is_a_usage_error_in_plain_words(rehearse, jobs):
    ran = rehearse("transcribe", "--all", "--jobs", jobs)
    assert ran.code == 2 and "1 or more" in ran.err


def test_more_at_once_than_the_machine_can_hear_are_not_started(rehearse, several, another_model):
    ran = rehearse("transcribe", "--all", "--jobs", 10_000)
    assert ran.code == 0 and "more would be no faster" in ran.err


def test_jobs_belong_to_all(rehearse, practised):
    ran = rehearse("transcribe", "1", "--jobs", 2)
    assert ran.code == 2 and "--jobs goes with --all" in ran.err


def test_one_bar_shows_which_attempt_it_is_and_what_is_left(program, several, another_model):
    several(2)
    child = program("transcribe", "--all")
    child.expect("is set to listen")
    child.expect(r"Attempt 1 \(1 of 2\)")
    child.expect(r"Attempt 2 \(2 of 2\).* left")
    child.expect("2 attempts written down.")
    assert ended(child) == 0


def attempt(number, recording_s):
    recording = Recording(path=Path(f"{number}.wav"), sample_rate_hz=16_000, recording_s=recording_s)
    recorded_at = datetime(2026, 11, 3, tzinfo=UTC)
    return Attempt(id=number, question_id=1, recorded_at=recorded_at, recording=recording, measures=None)


def test_the_rest_is_expected_to_take_as_long_as_what_was_heard():
    first, second = attempt(7, 60.0), attempt(9, 30.0)
    course = Course([first, second])
    assert course.left_s(5.0) is None
    course.hears(first, 0.5)
    course.hears(second, 0.0)
    assert (course.where, course.left_s(10.0)) == ("Attempts 7, 9 (1-2 of 2)", pytest.approx(20.0))
    course.has(first)
    assert (course.where, course.left_s(20.0)) == ("Attempt 9 (2 of 2)", pytest.approx(10.0))
    course.has(second)
    assert (course.where, course.left_s(30.0)) == ("2 of 2", 0.0)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""), (0.0, "less than a minute left"), (59.0, "less than a minute left"), (130.0, "about 2 min left"),
        (3590.0, "about 1 h 0 min left"), (5000.0, "about 1 h 23 min left"),
    ],
)  # fmt: skip
def test_what_is_left_is_said_no_more_exactly_than_it_is_known(seconds, words):
    assert time_left(seconds) == words
