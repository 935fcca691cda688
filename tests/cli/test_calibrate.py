"""`rehearse calibrate`: a text read aloud, from a file or into a microphone, and what is said beside later counts."""

import os
import re
import time

import pytest
import soundfile
from at_a_terminal import ended, interrupted

from fixtures.reading import read_aloud, text
from fixtures.voices import RATE_HZ, SpeechNotMade
from rehearse.audio.recording import open_recording

#: No more words than a scripted model can write at once: half of the text, with five of its fillers.
HALF = text().split()[:58]


@pytest.fixture
def spoken(short_answer, tmp_path):
    """Speech without a pause, in which a word of the scripted model could be lost; what is heard is for it to say."""
    samples, rate = soundfile.read(short_answer, start=round(0.8 * RATE_HZ), stop=round(2.7 * RATE_HZ))
    soundfile.write(tmp_path / "spoken.wav", samples, rate, subtype="PCM_16")
    return tmp_path / "spoken.wav"


@pytest.fixture
def reader(scripted_whisper, temporary_home, monkeypatch):
    """reader("In", "my", ...): from now on this is what is heard, whatever is said."""

    def hears(*words):
        temporary_home.parent.joinpath("settings.toml").write_text('[transcription]\nprompt = "none"\n')
        model = scripted_whisper(*words)
        monkeypatch.setenv("REHEARSE_MODEL", str(model))
        return model

    return hears


def test_what_was_heard_of_a_text_read_half_is_said_kept_and_shown_beside_later_counts(rehearse, reader, spoken):
    reader(*(word for place, word in enumerate(HALF) if place != 21))
    shown = rehearse("calibrate", "--from", spoken)
    assert shown.code == 0 and "Kept" in shown.err
    assert "Nearly every word was heard as it is written." in shown.out
    assert "You read the first 53 words of 102: only these are counted." in shown.out
    assert "Of 5 ums you read, 4 were heard" in shown.out

    rehearse("add", "Tell me about your first job.", "--target", "1-20")
    measured = rehearse("practice", "1", "--from", spoken, "--json").json
    beside = measured["calibration"]
    assert (beside["fillers_heard"], beside["fillers_spoken"], beside["device"]) == (4, 5, "")
    assert set(beside) == {"fillers_heard", "fillers_spoken", "word_error_ratio", "device", "made_at"}
    assert rehearse("show", "1", "--json").json["calibration"] == beside
    lines = rehearse("show", "1").out.splitlines()
    (counted,) = [number for number, line in enumerate(lines) if line.strip().startswith("fillers")]
    assert lines[counted + 1].strip() == "in your calibration 4 of 5 were heard"
    assert measured["filler_count"] == 4, "the count itself stays as it was heard"

    by_draft = rehearse("practice", "1", "--from", spoken, "--engine", "draft", "--json").json
    assert by_draft["calibration"] is None and "calibration" not in rehearse("show", "2").out


def test_json_has_all_that_was_found_and_the_latest_counts(rehearse, reader, spoken):
    reader(*HALF)
    found = rehearse("calibrate", "--from", spoken, "--device", "my phone", "--json").json
    assert set(found) == {
        "made_at", "device", "engine", "text_words", "words_read", "words_heard", "word_error_ratio", "fillers_spoken",
        "fillers_heard_text", "fillers_heard_sound", "fillers_heard", "false_fillers", "level_dbfs",
        "noise_floor_dbfs", "snr_db", "clipped",
    }  # fmt: skip
    assert (found["device"], found["engine"]["name"], found["words_read"]) == ("my phone", "whisper", 53)
    assert found["fillers_heard_text"] == found["fillers_heard"] == found["fillers_spoken"] == 5
    doctor = rehearse("doctor", "--json").json["findings"]
    (line,) = [each for each in doctor if each["subject"] == "Calibration"]
    assert line["ok"] and "my phone: 5 of 5 ums heard, 0 in 100 words misheard, missed or added" in line["said"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["I", "have", "always", "wanted", "to", "work", "for", "you."], "does not sound like the text"),
        (HALF[:20], "Only the first"),
    ],
)
def test_something_else_or_too_little_is_said_plainly_and_not_kept(rehearse, reader, spoken, words, said):
    reader(*words)
    ran = rehearse("calibrate", "--from", spoken)
    assert ran.code == 1 and said in ran.err and "Nothing was kept" in ran.err and ran.out == ""
    assert "not yet" in rehearse("doctor").out
    assert set(rehearse("calibrate", "--from", spoken, "--json").json) == {"error", "hint"}


def test_it_is_in_english_and_says_so_before_anybody_reads(rehearse, spoken):
    ran = rehearse("calibrate", "--from", spoken, "--language", "de")
    assert ran.code == 1 and "The text to read is English" in ran.err and "--language en" in ran.err


def test_the_text_can_be_had_by_itself(rehearse, temporary_home):
    shown = rehearse("calibrate", "--text")
    assert shown.out.lower().count("[um]") == shown.out.lower().count("[uh]") == 5
    assert rehearse("calibrate", "--text", "--json").json["text"].split() == text().split()
    assert not temporary_home.exists()


def test_a_long_recording_is_no_reading(rehearse, reader, tmp_path):
    reader("In")
    long = tmp_path / "long.wav"
    soundfile.write(long, [0.0] * (301 * 8000), 8000, subtype="PCM_16")
    ran = rehearse("calibrate", "--from", long)
    assert ran.code == 1 and "5:01 long; the text takes 45 seconds" in ran.err


@pytest.fixture(scope="session")
def reading(tmp_path_factory, cannot):
    """A synthetic voice reads the first three sentences, with three fillers."""
    file = tmp_path_factory.mktemp("read") / "reading.wav"
    try:
        soundfile.write(file, read_aloud("flite slt", text(3)), RATE_HZ, subtype="PCM_16")
    except SpeechNotMade as error:
        cannot(f"needs flite: {error}")
    return file


def test_the_draft_engine_hears_a_synthetic_voice_read_it(rehearse, reading):
    found = rehearse("calibrate", "--from", reading, "--engine", "draft", "--json").json
    assert found["words_read"] in range(38, 45) and found["fillers_spoken"] == 3
    assert 0.0 < found["word_error_ratio"] < 0.5
    assert found["fillers_heard_sound"] is None
    assert found["level_dbfs"] == pytest.approx(-26.0, abs=2.0) and found["snr_db"] > 35 and found["clipped"] is False


def test_a_reading_that_was_stopped_is_heard_later_and_its_sound_goes_then(rehearse, reader, spoken, temporary_home):
    reader(*HALF)
    stopped = temporary_home / "calibration" / "stopped.wav"
    stopped.parent.mkdir(parents=True)
    spoken.rename(stopped)
    assert rehearse("calibrate", "--from", stopped, "--engine", "draft").code == 1
    assert stopped.exists(), "what could not be heard is still wanted"
    assert rehearse("calibrate", "--from", stopped).code == 0
    assert not stopped.parent.exists()


def test_a_reading_is_only_discarded_on_a_second_press(program, reader, spoken):
    reader(*HALF)
    child = program("calibrate", "--from", spoken)
    child.expect("Enter keep   d discard")
    child.send("d")
    child.expect("Press d again to discard it")
    child.send("d")
    child.expect("Thrown away. Nothing was kept")
    assert ended(child) == 0


@pytest.fixture
def at_a_terminal(virtual_microphone, temporary_home, tmp_path, program, read):
    """start(): `rehearse calibrate` at a terminal of 80x24; speak(file, s): so much of it is on the disk; `read`."""
    (tmp_path / "settings.toml").write_text('[practice]\ncountdown_s = 0\n[transcription]\nengine = "draft"\n')
    environment = virtual_microphone.environment | {
        "REHEARSE_HOME": str(temporary_home),
        "REHEARSE_CONFIG": str(tmp_path / "settings.toml"),
    }

    def start():
        child = program("calibrate", environment=environment)
        child.expect("Read this aloud")
        child.expect("I am done")
        return child

    def speak(file, seconds=None):
        speaker = virtual_microphone.speak(file, wait=seconds is None)
        deadline = time.monotonic() + 60
        while seconds and sum(each.stat().st_size for each in journals.iterdir()) < seconds * 32_000:
            assert speaker.returncode is None and time.monotonic() < deadline
            time.sleep(0.1)

    journals = temporary_home / "calibration"
    return start, speak, read


@pytest.mark.slow
def test_a_reading_into_the_microphone_is_heard_kept_and_its_sound_is_not(at_a_terminal, reading, temporary_home):
    start, speak, read = at_a_terminal
    child = start()
    speak(reading)
    child.send("\r")
    child.expect("Calibration · draft, (default|pulse)")
    child.expect("in 10 words were heard as they are written")
    child.expect(r"(Of|None of) (the )?\d ums you read")
    child.expect("Enter keep   a again   d discard")
    child.send("\r")
    child.expect("Kept: it is shown beside the fillers of your answers")
    assert ended(child) == 0
    assert not (temporary_home / "calibration").exists() and not list((temporary_home / "recordings").glob("*"))
    (line,) = [each for each in read("doctor")["findings"] if each["subject"] == "Calibration"]
    assert re.search(r"draft, (default|pulse): \d of 3 ums heard", line["said"])


def test_ctrl_c_keeps_the_sound_and_says_how_to_have_it_heard(at_a_terminal, short_answer, temporary_home):
    start, speak, _ = at_a_terminal
    child = start()
    speak(short_answer, seconds=3)
    interrupted(child)
    child.expect("The sound of your reading is safe")
    child.expect(r"rehearse calibrate --from \S+\.wav --device")
    assert ended(child) == 130
    (sound,) = (temporary_home / "calibration").iterdir()
    assert sound.name.endswith(".wav") and open_recording(sound).recording_s >= 3
    assert os.name != "posix" or sound.stat().st_mode & 0o077 == 0


def test_a_reading_that_is_thrown_away_leaves_nothing(at_a_terminal, temporary_home):
    start, _, read = at_a_terminal
    child = start()
    child.send("q")
    child.expect("Thrown away. Nothing was kept")
    ended(child)
    assert not (temporary_home / "calibration").exists()
    (line,) = [each for each in read("doctor")["findings"] if each["subject"] == "Calibration"]
    assert line["said"] == "not yet with draft: rehearse calibrate"
