"""What goes wrong with a microphone in the middle of an answer is told at once, and costs nothing that was said."""

import io
import time

import pytest
from at_a_terminal import ended

from rehearse.audio.sound_watch import Fault
from rehearse.presentation.capture_faults import fault_notice, gone


def kept(child):
    child.expect("Enter keep")
    child.send("\r")
    return ended(child)


def test_a_microphone_that_goes_away_costs_nothing_that_was_said(practice, virtual_microphone, short_answer):
    start, rehearse = practice
    child = start()
    virtual_microphone.speak(short_answer)
    child.expect("0:0[4-9]")
    virtual_microphone.unplug()
    child.expect(r"The microphone went away at 0:(\d\d). What you said is kept.")
    went_away_s = int(child.match[1])
    child.send("\r")
    child.expect("The microphone went away. What you said until then is kept")
    assert kept(child) == 0
    (attempt,) = rehearse("attempts")
    assert attempt["measured"] and attempt["answer_s"] > 1 and attempt["device"] == "default"
    assert went_away_s >= 4 and went_away_s == int(rehearse("show", "1")["recording_s"])


def test_the_same_answer_goes_on_with_another_microphone(practice, virtual_microphone, few_words):
    start, rehearse = practice
    child = start()
    child.logfile_read = screen = io.StringIO()
    began = time.monotonic()
    virtual_microphone.speak(few_words)
    child.expect("0:0[3-9]")
    virtual_microphone.unplug()
    unplugged = time.monotonic()
    child.expect("Go on in the same answer with")
    virtual_microphone.plug_in_again()
    child.expect("2  pulse")
    without_s = time.monotonic() - unplugged
    child.send("2")
    child.expect("Recording again, with 'pulse'")
    virtual_microphone.speak(few_words, wait=True)
    recorded_at_most_s = time.monotonic() - began - without_s
    child.send("\r")
    assert kept(child) == 0
    (attempt,) = rehearse("attempts")
    # Both times the words, less what was still on its way when it was unplugged, and nothing of the time without one.
    assert 4.5 < attempt["answer_s"] < recorded_at_most_s and attempt["device"] == "default, then pulse"
    assert "Expression" not in screen.getvalue()


def test_a_muted_microphone_is_told_while_it_is_muted_and_its_silence_is_not_written_down(
    practice, virtual_microphone, few_words
):
    start, rehearse = practice
    virtual_microphone.mute()
    child = start()
    child.expect("No sound comes from 'default'")
    child.send("\r")
    child.expect("The recording is silent: there is no sound in it at all")
    assert ended(child) == 1
    assert rehearse("attempts") == []


def test_one_that_is_muted_in_the_middle_is_told_until_sound_comes_again(practice, virtual_microphone, short_answer):
    start, _ = practice
    child = start()
    virtual_microphone.speak(short_answer)
    child.expect("0:0[3-9]")
    virtual_microphone.mute()
    child.expect(r"No sound since 0:(\d\d): is the microphone muted")
    assert int(child.match[1]) >= 3
    virtual_microphone.mute(False)
    child.expect("I am done(?:(?!No sound since).)*I am done(?:(?!No sound since).)*I am done")


@pytest.mark.slow
def test_without_a_screen_the_same_is_said_line_by_line(practice, virtual_microphone, few_words):
    start, rehearse = practice
    child = start(terminal="dumb")
    virtual_microphone.speak(few_words, wait=True)
    virtual_microphone.stop()
    child.expect(r"The microphone went away at 0:(\d\d). What you said is kept.")
    assert int(child.match[1]) >= 4
    child.expect("Enter alone: I am done.")
    child.send("7\r")
    child.expect("There is no microphone with that number.")
    virtual_microphone.start()
    child.expect("1  default")
    child.send("1\r")
    child.expect("Recording again, with 'default'. Go on.")
    virtual_microphone.speak(few_words, wait=True)
    child.send("\r")
    child.expect("Attempt 1")
    assert rehearse("attempts")[0]["answer_s"] > 5


@pytest.mark.slow
def test_before_the_first_answer_one_sentence_is_offered_once_and_one_key_skips_it(
    practice, virtual_microphone, few_words, temporary_home
):
    start, _ = practice
    child = start("--countdown", "1", until="Say into 'default'")
    child.send("\r")
    child.expect("Skipped. Whenever you like:  rehearse doctor")
    child.expect("I am done")
    child.send("q")
    child.expect("Nothing was kept")
    again = start("--countdown", "1")
    again.send("q")
    again.expect("Nothing was kept")
    assert "Say into" not in again.before
    (temporary_home / "sound-check-offered").unlink()
    heard = start("--countdown", "1", until="Say into 'default'")
    virtual_microphone.speak(few_words)
    heard.expect("default: it hears you well")
    # A key pressed before it is asked for answers nothing.
    heard.expect("r  once more")
    heard.send("r")
    heard.expect("Say into 'default'")
    heard.send("\r")
    heard.expect("I am done")


@pytest.mark.parametrize(
    ("platform", "reason"),
    [("darwin", "may your terminal use it"), ("win32", "may apps use it"), ("linux", "is another input chosen")],
)
def test_silence_is_said_with_the_likely_reason_of_the_platform(platform, reason):
    said = fault_notice(Fault.SILENT, "USB Audio", 2.0, 2.0, platform)
    assert said.startswith("No sound comes from 'USB Audio': ") and reason in said


def test_what_else_is_wrong_is_said_in_a_sentence_of_its_own():
    assert fault_notice(Fault.FELL_SILENT, "USB", 44.2, 1.9) == "No sound since 0:42: is the microphone muted?"
    assert "trying once more" in fault_notice(Fault.NOT_STARTED, "AirPods", 0.0, 0.0)
    assert gone("USB", 42.7) == "The microphone went away at 0:42. What you said is kept."
    assert gone("USB", 0.0) == "Nothing comes from 'USB'. Nothing is recorded yet."
