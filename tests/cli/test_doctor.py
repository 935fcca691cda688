"""`rehearse doctor`: what it says of a machine that is ready, and of one that is not."""

import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import soundfile
from at_a_terminal import ended

from rehearse.cli import network_watch
from rehearse.cli.network_check import Watched, what_it_shows
from rehearse.cli.readiness import room
from rehearse.transcription.models import note_speed


@pytest.fixture(autouse=True)
def wide(rehearse, monkeypatch):
    """Paths of tests are long, and what is looked for is not to be broken into lines."""
    monkeypatch.setenv("COLUMNS", "300")


def found(ran, subject):
    (finding,) = [each for each in ran.json["findings"] if each["subject"] == subject]
    return finding


def test_a_fresh_machine_is_ready_and_stays_as_it_was(rehearse, temporary_home):
    ran = rehearse("doctor")
    assert ran.code == 0
    assert "to be made when you first keep something" in ran.out and "none yet" in ran.out
    assert re.search(r"room for about [\d,]+ minutes", ran.out)
    assert re.search(r"look at this +Words +No Whisper model", ran.out) and "rehearse models pull" in ran.out
    assert not temporary_home.exists()


def test_a_practised_home_is_counted_and_sound(rehearse, practised):
    ran = rehearse("doctor", "--json")
    assert ran.code == 0 and ran.json["ready"] and ran.json["network"] is None
    assert found(ran, "Library") == {
        "subject": "Library", "said": "1 question, 1 attempt, the file is in order", "next": "", "stops": False,
        "facts": {}, "ok": True,
    }  # fmt: skip
    assert "is set to listen" in found(ran, "Words")["said"]


@pytest.mark.skipif(os.name != "posix", reason="needs the file modes of POSIX")
def test_what_others_may_read_is_named_with_the_line_that_closes_it(rehearse, practised, temporary_home):
    temporary_home.chmod(0o700)
    assert found(rehearse("doctor", "--json"), "Data folder")["ok"]
    (temporary_home / "recordings").chmod(0o755)
    inside = found(rehearse("doctor", "--json"), "Data folder")
    assert "not all for you alone: recordings" in inside["said"] and not inside["stops"]
    temporary_home.chmod(0o755)
    outside = found(rehearse("doctor", "--json"), "Data folder")
    assert "others on this machine may be able to read it" in outside["said"]
    subprocess.run(outside["next"].partition(":")[2], shell=True, check=True)
    assert found(rehearse("doctor", "--json"), "Data folder")["ok"]


def test_a_data_folder_that_takes_nothing_stops_everything(rehearse, temporary_home):
    temporary_home.write_text("a file")
    ran = rehearse("doctor", "--json")
    assert ran.code == 1 and not ran.json["ready"]
    assert "cannot be written to" in found(ran, "Data folder")["said"]
    assert "Not ready yet" in rehearse("doctor").err


@pytest.mark.parametrize(
    ("free_bytes", "minutes", "ok", "stops"),
    [(10**9, "520", True, False), (10**8, "52", False, False), (10**6, "0", False, True)],
)
def test_room_on_the_disk_is_said_in_minutes_of_recording(free_bytes, minutes, ok, stops):
    finding = room(Path("home"), free_bytes)
    assert f"about {minutes} minutes" in finding.said and (finding.ok, finding.stops) == (ok, stops)


def test_a_file_that_is_no_library_is_named(rehearse, practised, temporary_home):
    for file in temporary_home.glob("rehearse.db*"):
        file.write_bytes(b"no library at all" * 100)
    ran = rehearse("doctor", "--json")
    assert ran.code == 1 and "is damaged" in found(ran, "Library")["said"]


def test_damage_inside_the_library_is_named_with_what_to_do_first(rehearse, practised, temporary_home):
    with closing(sqlite3.connect(temporary_home / "rehearse.db")) as library:
        library.execute("PRAGMA ignore_check_constraints = ON")
        library.execute("UPDATE attempt SET baseline = 7")
        library.commit()
    finding = found(rehearse("doctor", "--json"), "Library")
    assert "is damaged: CHECK constraint failed" in finding["said"] and finding["stops"]
    assert "Copy the whole data folder away" in finding["next"]


def test_sound_that_is_gone_is_named(rehearse, practised, temporary_home):
    for recording in (temporary_home / "recordings").iterdir():
        recording.unlink()
    finding = found(rehearse("doctor", "--json"), "Library")
    assert "the sound of 1 is not in" in finding["said"] and not finding["stops"]


def test_settings_that_cannot_be_meant_are_all_named_and_the_rest_is_still_looked_at(rehearse, tmp_path):
    (tmp_path / "settings.toml").write_text('[practice]\ncoutdown_s = 3\n[transcription]\nengine = "best"\n')
    ran = rehearse("doctor", "--json")
    settings = found(ran, "Settings")
    assert ran.code == 1 and settings["stops"]
    assert "did you mean 'countdown_s'" in settings["said"] and "engine must be one of" in settings["said"]
    subjects = {each["subject"] for each in ran.json["findings"]}
    assert subjects >= {"Settings", "Data folder", "Disk", "Library", "Microphone", "Words", "Calibration", "Terminal"}


def test_settings_that_are_understood_are_named_by_their_file(rehearse, tmp_path):
    (tmp_path / "settings.toml").write_text("[practice]\ncountdown_s = 1\n")
    assert f"{tmp_path / 'settings.toml'}, all of it understood" in rehearse("doctor").out


def test_a_model_that_is_asked_for_and_missing_stops_everything(rehearse, monkeypatch):
    monkeypatch.setenv("REHEARSE_MODEL", "smal.en")
    ran = rehearse("doctor", "--json")
    assert ran.code == 1 and "There is no Whisper model 'smal.en'." in found(ran, "Words")["said"]


@pytest.mark.parametrize(("factor", "ok"), [(0.2, True), (2.0, False)])
def test_the_model_that_listens_is_named_with_its_speed(rehearse, scripted_whisper, temporary_home, factor, ok):
    shutil.copytree(scripted_whisper("So", "yes."), temporary_home / "models" / "base.en")
    assert "was not timed here" in found(rehearse("doctor", "--json"), "Words")["said"]
    note_speed(temporary_home / "models" / "base.en", factor, 2)
    finding = found(rehearse("doctor", "--json"), "Words")
    assert "base.en is the only one installed" in finding["said"]
    assert f"It needs {factor * 30:.1f} s on this machine for 30 s of talk." in finding["said"] and finding["ok"] is ok


def test_the_draft_engine_is_nothing_to_look_at_where_it_was_asked_for(rehearse, monkeypatch):
    monkeypatch.setenv("REHEARSE_ENGINE", "draft")
    assert found(rehearse("doctor", "--json"), "Words")["ok"]


def test_the_microphone_that_will_be_used_is_named(virtual_microphone, temporary_home):
    command = [sys.executable, "-m", "rehearse", "doctor", "--json"]
    done = subprocess.run(command, env=virtual_microphone.environment, capture_output=True, check=True, text=True)
    (microphone,) = [each for each in json.loads(done.stdout)["findings"] if each["subject"] == "Microphone"]
    assert microphone["ok"] and microphone["said"].endswith("the system's own choice")


def test_a_sentence_is_heard_and_all_of_it_is_in_the_json(virtual_microphone, temporary_home, short_answer, tmp_path):
    command = [sys.executable, "-m", "rehearse", "doctor", "--speak", "--json"]
    # Over and over: somebody speaks whenever it begins to listen.
    sound, rate_hz = soundfile.read(short_answer, dtype="int16")
    soundfile.write(tmp_path / "on-and-on.wav", np.tile(sound, 8), rate_hz)
    virtual_microphone.speak(tmp_path / "on-and-on.wav")
    done = subprocess.run(command, env=virtual_microphone.environment, capture_output=True, check=True, text=True)
    said = json.loads(done.stdout)
    assert said["sound_check"]["sound"] == "good" and said["sound_check"]["device"] == "default"
    assert said["sound_check"]["speech_s"] > 2 and -40 < said["sound_check"]["level_dbfs"] < -10
    by_subject = {each["subject"]: each for each in said["findings"]}
    assert by_subject["Your voice"]["said"].startswith("it hears you well (voice -")
    assert by_subject["Sound"]["facts"]["portaudio"].startswith("PortAudio V")
    assert by_subject["Sound"]["facts"]["host_apis"] == ["ALSA"]
    assert by_subject["Microphone"]["facts"]["name"] == "default"
    assert by_subject["Words"]["facts"]["name"] == "draft" and by_subject["Disk"]["facts"]["minutes"] > 0


@pytest.fixture
def doctor(virtual_microphone, temporary_home, program):
    """`rehearse doctor`, with a microphone, at a terminal of 80x24."""
    return program("doctor", environment=virtual_microphone.environment, COLUMNS=None, LINES=None)


def test_at_a_terminal_a_muted_microphone_is_told_while_the_sentence_is_waited_for(virtual_microphone, doctor):
    virtual_microphone.mute()
    doctor.expect("80 columns, 24 lines, 256 colours, utf-8")
    doctor.expect("Say into 'default'")
    doctor.expect("No sound comes from 'default'")
    doctor.expect("look at this.*Your voice.*only silence comes from it: no sound at all")
    doctor.expect("Ready: you can practise.")


def test_the_sentence_is_skipped_with_one_key(doctor):
    doctor.expect("Enter  skip")
    doctor.send("\r")
    doctor.expect("Ready: you can practise.")
    assert "Your voice" not in doctor.before


def test_a_narrow_terminal_is_said_to_be_narrow(program, temporary_home):
    child = program("doctor", rows=40, columns=60, COLUMNS=None, LINES=None)
    child.expect("look at this.*Terminal")
    child.expect("Make the window wider")
    child.expect("Ready|You can practise")
    ended(child)


@pytest.mark.slow
def test_an_example_goes_the_whole_way_and_nothing_tries_to_reach_the_network(rehearse, practised, temporary_home):
    before = rehearse("attempts", "--json").json, sorted((temporary_home / "recordings").iterdir())
    ran = rehearse("doctor", "--network", "--json")
    watched = ran.json["network"]
    assert ran.code == 0 and watched["tried"] == [] and watched["failed"] == ""
    assert watched["heard_by"] == "Whisper (scripted)" and watched["process_count"] >= 5
    assert (rehearse("attempts", "--json").json, sorted((temporary_home / "recordings").iterdir())) == before


def test_a_library_that_phones_home_is_caught_and_named(rehearse, tmp_path, monkeypatch):
    # It stands before the real one, as a package with something bad in it would.
    (tmp_path / "soundfile.py").write_text('import socket\nsocket.getaddrinfo("example.com", 443)\n')
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH")))))
    ran = rehearse("doctor", "--network")
    assert ran.code == 1 and "It tried to reach the network, and was refused:" in ran.out
    assert (
        "  look up the address of example.com 443" in ran.out and "'rehearse practice' ended with an error" in ran.out
    )


def test_what_a_watch_cannot_see_is_said():
    watched = Watched(heard_by="Whisper", tried=(), local_count=1, process_count=7, failed="")
    said = "\n".join(what_it_shows(watched))
    assert "Nothing tried to reach the network." in said and "7 processes watched; 1 local socket" in said
    assert "cannot see native code" in said
    if sys.platform.startswith("linux"):
        assert "strace -f -qq -e trace=network -o net.txt rehearse measure answer.wav; grep AF_INET net.txt" in said


#: What Python can do with a socket; the first one is made before anybody watches.
ATTEMPTS = """
import runpy, socket, sys

there = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
runpy.run_path(sys.argv[1])
attempts = (
    lambda: socket.socket(),
    lambda: socket.socket(socket.AF_INET6),
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: socket.getaddrinfo("example.com", 443),
    lambda: socket.gethostbyname("example.com"),
    lambda: there.connect(("127.0.0.1", 9)),
    lambda: there.bind(("127.0.0.1", 0)),
    lambda: there.sendto(b"x", ("127.0.0.1", 9)),
    lambda: there.sendmsg([b"x"], [], 0, ("127.0.0.1", 9)),
)
for attempt in attempts:
    try:
        attempt()
    except PermissionError:
        pass
    else:
        sys.exit("it was let through")
socket.gethostname()
socket.socketpair()
ours = socket.socket(socket.AF_UNIX)
ours.bind(sys.argv[2])
"""


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs sockets of AF_UNIX")
def test_every_way_to_a_network_is_seen_and_refused_and_local_sockets_are_told_apart(tmp_path):
    report = tmp_path / "report"
    environment = os.environ | {network_watch.REPORT: str(report)}
    command = [sys.executable, "-c", ATTEMPTS, network_watch.__file__, "local.socket"]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    events = [json.loads(line) for line in report.read_text().splitlines()]
    assert [each["event"] for each in events if not each["local"]] == [
        "watched", "__new__", "__new__", "getaddrinfo", "getaddrinfo", "gethostbyname",
        "connect", "bind", "sendto", "sendmsg",
    ]  # fmt: skip
    assert [each["event"] for each in events if each["local"]] == ["__new__", "__new__", "__new__", "bind"]
