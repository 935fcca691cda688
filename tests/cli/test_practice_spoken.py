"""A person at a terminal speaks into a microphone: real PortAudio, real key presses."""

import io
import os
import signal

import pytest
from at_a_terminal import ended, interrupted, killed
from processes import hearing_process

from rehearse.audio.recording import open_recording


def test_an_answer_spoken_into_the_microphone_is_kept_with_its_true_length(
    practice, virtual_microphone, short_answer, truth
):
    start, rehearse = practice
    child = start("--engine", "draft")
    virtual_microphone.speak(short_answer, wait=True)
    child.send("\r")
    child.expect("You spoke for 0:1[0-9]")
    child.expect("inside your")
    child.expect("Enter keep")
    child.send("\r")
    assert ended(child) == 0
    (attempt,) = rehearse("attempts")
    assert attempt["answer_s"] == pytest.approx(truth["answer_end_s"] - truth["answer_start_s"], abs=0.15)
    assert attempt["overflow_count"] == 0
    assert attempt["device"] and attempt["has_sound"] and attempt["measured"]


def test_ctrl_c_keeps_what_was_said_and_says_so(practice, virtual_microphone, few_words):
    start, rehearse = practice
    child = start()
    virtual_microphone.speak(few_words, wait=True)
    interrupted(child)
    child.expect("What you said until then is kept")
    child.expect("rehearse transcribe 1")
    assert ended(child) == 130
    (attempt,) = rehearse("attempts")
    assert attempt["has_sound"] and not attempt["measured"]
    assert rehearse("transcribe", "1")["answer_s"] > 1


def test_starting_over_throws_the_first_try_away(practice, virtual_microphone, short_answer, temporary_home):
    start, rehearse = practice
    child = start()
    child.expect("0:01")
    child.send("r")
    child.expect("0:00")
    child.send("q")
    child.expect("Nothing was kept")
    ended(child)
    assert rehearse("attempts") == []
    assert list((temporary_home / "recordings").iterdir()) == []


@pytest.mark.slow
def test_a_long_answer_is_only_thrown_away_on_a_second_press(practice, virtual_microphone, short_answer):
    start, rehearse = practice
    child = start()
    virtual_microphone.speak(short_answer)
    child.expect("0:0[6-9]")
    child.send("q")
    child.expect("Press q again to lose this answer")
    child.send("x\r")
    child.expect("Enter keep")
    child.send("dd")
    child.expect("Attempt 1 is gone")
    ended(child)
    assert rehearse("attempts") == []


@pytest.mark.slow
def test_a_hearing_process_that_is_killed_is_not_noticed(practice, virtual_microphone, short_answer):
    start, rehearse = practice
    child = start()
    screen = child.logfile_read = io.StringIO()
    virtual_microphone.speak(short_answer)
    child.expect("0:0[2-9]")
    os.kill(hearing_process(child.pid), signal.SIGKILL)
    child.expect("0:(0[6-9]|1)")
    child.send("\r")
    child.expect("Enter keep")
    child.send("\r")
    assert ended(child) == 0
    said = screen.getvalue().lower()
    assert not [word for word in ("error", "traceback", "kill", "fail", "warning") if word in said]
    kept = rehearse("show", "1")["transcript"]["words"]
    assert kept and kept == rehearse("transcribe", "1")["transcript"]["words"]


def test_a_program_that_is_killed_leaves_all_but_the_last_second_to_recover(
    practice, virtual_microphone, short_answer, temporary_home
):
    start, rehearse = practice
    child = start()
    virtual_microphone.speak(short_answer)
    child.expect("0:0[4-9]")
    assert rehearse("recover")["recovered"] == [], "it is being recorded"
    killed(child)
    (journal,) = (temporary_home / "recordings").glob("*.part.wav")
    assert open_recording(journal).recording_s >= 3.0
    (recovered,) = rehearse("recover")["recovered"]
    assert recovered["recording_s"] >= 4.0 and recovered["question_id"] == 1 and recovered["device"]
    assert rehearse("transcribe", "1")["answer_s"] > 1
