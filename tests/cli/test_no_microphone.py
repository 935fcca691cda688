"""A machine without a microphone: every command says so first, and names the way that it has without one."""

import os
import subprocess
import sys

import pytest
from at_a_terminal import ended

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there can a machine's microphone be hidden")


@pytest.fixture
def without(program, tmp_path, rehearse):
    """without("practice", "1"): the command at a terminal of a machine with no microphone, and one question."""
    # PortAudio stops the whole process where ALSA names no device at all, so there is one that leads nowhere.
    (tmp_path / "asound.conf").write_text("pcm.default{type pulse}\n")
    environment = os.environ | {
        "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"),
        "PULSE_SERVER": f"unix:{tmp_path}/nowhere",
        "JACK_NO_START_SERVER": "1",
        "COLUMNS": "200",
    }
    assert rehearse("add", "Why?").code == 0 and rehearse("add", "How?").code == 0

    def start(*arguments):
        return program(*arguments, rows=40, columns=200, environment=environment)

    start.environment = environment
    return start


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("practice", "2"), "You can also use a recording you already have: rehearse practice 2 --from answer.m4a"),
        (("practice", "2", "--drill", "4-3"), "A drill is spoken. One answer can also come from a recording you have"),
        (("practice", "2", "--exam"), "An exam is spoken. One answer can also come from a recording you have"),
        (("calibrate",), "rehearse calibrate --from FILE"),
        (("devices",), "Plug one in, or switch it on, and look again."),
    ],
)
def test_it_is_said_before_anything_is_offered_or_fetched_with_the_hint_of_the_command(without, arguments, hint):
    child = without(*arguments)
    child.expect_exact("No microphone was found.")
    assert "MB" not in child.before
    assert ended(child) == 1
    told = " ".join(child.before.split())
    assert hint in told
    assert ("rehearse devices" in told) is (arguments != ("devices",))
    assert ("rehearse practice" in told) is (arguments[0] == "practice")


def test_enter_on_home_does_not_offer_a_download_first(without):
    child = without()
    # The last thing that is shown: a key pressed before it answers nothing.
    child.expect("quit")
    child.send("\r")
    child.expect_exact("No microphone was found.")
    assert "MB" not in child.before
    child.expect("rehearse practice [12] --from answer.m4a")


def test_doctor_says_that_recordings_can_be_practised_with(without):
    done = subprocess.run(
        [sys.executable, "-m", "rehearse", "doctor"],
        env=without.environment,
        capture_output=True,
        check=True,
        text=True,
    )
    assert "No microphone was found." in done.stdout
    assert done.stderr.splitlines()[-1] == (
        "You can practise with recordings, not yet aloud:  rehearse practice QUESTION --from FILE"
    )
