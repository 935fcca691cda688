"""Hearing an attempt again at a terminal: real keys, and what comes out of a real output is listened to."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from answers import answer
from at_a_terminal import ended
from gliding_tone import RATE_HZ, glide, moment_of_glide

from rehearse.audio.recording import open_recording
from rehearse.cli.transport import LEAD_S
from rehearse.measurement.fillers import Filler
from rehearse.measurement.landing import Landing
from rehearse.measurement.pauses import Pause
from rehearse.question import QuestionDraft
from rehearse.storage.store import Store
from rehearse.transcription.transcript import EngineIdentity, Span, SpeechActivity, Transcript, Word

LENGTH_S = 24.0
TRANSCRIPT = Transcript(
    language="en",
    words=tuple(
        Word(text=text, start_s=start_s, end_s=start_s + 0.4)
        for text, start_s in [
            ("So,", 1.0), ("um,", 3.0), ("yes.", 4.0), ("I", 6.0), ("asked", 7.0), ("uh", 8.0), ("him.", 9.0),
            ("He", 11.0), ("said", 11.5), ("no.", 15.0), ("We", 16.0), ("kept", 17.0), ("it.", 19.5), ("Yeah.", 23.0),
        ]
    ),
    engine=EngineIdentity(name="whisper", model="small.en", version="1"),
)  # fmt: skip
PAUSES = (Pause(start_s=12.0, end_s=14.5), Pause(start_s=18.0, end_s=18.5))
MEASURES = answer(
    22.5,
    fillers=(
        Filler(text="um", start_s=3.0, end_s=3.4, kind="sound"),
        Filler(text="uh", start_s=8.0, end_s=8.4, kind="sound"),
    ),
    pauses=PAUSES,
    landing=Landing(landing_s=20.0, sentence="We kept it.", new_words=(), repeated_count=3),
)

HOOKED = """
import sys
from rehearse.cli.replay import replay_attempt
from rehearse.cli.session import Session
from rehearse.errors import StorageFailed
session = Session()
def keep(filler, confirmed):
    if filler.text == "uh":
        raise StorageFailed("The library is full.")
    with open(sys.argv[1], "a") as kept:
        kept.write(f"{filler.text} {confirmed}\\n")
with session.store() as store:
    attempt = store.attempt(1)
    replay_attempt(session, store.question(1), attempt, store.transcript(1), on_correction=keep)
"""


@pytest.fixture
def glided(temporary_home: Path) -> Path:
    """A home with one attempt: a tone that tells which moment of it is heard, with words and fillers laid over it."""
    recordings = temporary_home / "recordings"
    recordings.mkdir(parents=True)
    path = recordings / "glide.wav"
    soundfile.write(path, glide(LENGTH_S), RATE_HZ)
    now = datetime(2026, 11, 3, tzinfo=UTC)
    edges = [1.0, 12.0, 14.5, 18.0, 18.5, 23.5]
    speech = SpeechActivity(
        recording_s=LENGTH_S,
        spans=tuple(Span(start_s=a, end_s=b) for a, b in zip(edges[::2], edges[1::2], strict=True)),
    )
    with Store.open(temporary_home / "rehearse.db", recordings) as store:
        question = store.add_question(QuestionDraft(text="Tell me about your first job."), now)
        attempt = store.add_attempt(question.id, open_recording(path), now)
        store.keep_heard(attempt.id, TRANSCRIPT, speech, MEASURES, now)
    return path


@pytest.fixture
def twice(glided: Path) -> Path:
    """A second attempt at it, the same tone, whose answer begins four seconds later."""
    path = glided.with_name("again.wav")
    soundfile.write(path, glide(LENGTH_S), RATE_HZ)
    now = datetime(2026, 11, 5, tzinfo=UTC)
    later = tuple(replace(word, start_s=word.start_s + 4, end_s=word.end_s + 4) for word in TRANSCRIPT.words[:-1])
    with Store.open(glided.parents[1] / "rehearse.db", glided.parent) as store:
        attempt = store.add_attempt(1, open_recording(path), now)
        speech = SpeechActivity(recording_s=LENGTH_S, spans=(Span(start_s=5.0, end_s=23.5),))
        measures = replace(answer(18.5, pauses=()), response_latency_s=5.0)
        store.keep_heard(attempt.id, replace(TRANSCRIPT, words=later), speech, measures, now)
    return path


@pytest.fixture
def terminal(virtual_microphone: Any, glided: Path, tmp_path: Path, program: Callable[..., Any]) -> Callable[..., Any]:
    """terminal("replay", "1"): the program at a terminal of 80x24 with an output."""
    environment = virtual_microphone.environment | {
        "REHEARSE_HOME": str(glided.parents[1]),
        "REHEARSE_CONFIG": str(tmp_path / "settings.toml"),
    }
    return partial(program, environment=environment)


def places(heard: Any, now: float) -> list[float]:
    """Which moments of the tone were heard then and shortly before: on a busy machine one window may hold a stammer."""
    return [moment_of_glide(heard.around(now - back_s)) for back_s in (0.0, 0.05, 0.1)]


def speed_heard(heard: Any, now: float) -> float:
    """How fast the tone went on shortly before."""
    moments_s = [moment_of_glide(heard.around(moment)) for moment in np.arange(now - 0.8, now - 0.2, 0.1)]
    return float(np.median(np.diff(moments_s)) / 0.1)


def test_every_key_is_heard_where_it_says(terminal: Callable[..., Any], virtual_microphone: Any) -> None:
    # What is said of a key stands there until the next one. Clocks go on, and a busy machine draws some of them late.
    targets_s = [
        ("f", 3.0 - LEAD_S, "um at 0:03, 1 of 2"), ("f", 8.0 - LEAD_S, "uh at 0:08, 2 of 2"),
        ("F", 3.0 - LEAD_S, "um at 0:03, 1 of 2"), ("p", 12.0 - LEAD_S, "long pause of 2.5 s at 0:12"),
        ("l", 20.0 - LEAD_S, "Your point was made by 0:20"), ("2", 4.8, "0:0[4-9] / 0:24"),
        ("\x1b[1;2D", 1.0, "0:0[1-3] / 0:24"), ("\x1b[1;2C", 6.0, "0:0[6-9] / 0:24"),
    ]  # fmt: skip
    sent, heard_at = [], []
    with virtual_microphone.listening() as heard:
        child = terminal("replay", "1")
        child.expect("Attempt 1")

        def press(key: str, shown: str) -> None:
            sent.append(time.monotonic())
            child.send(key)
            child.expect(shown)
            time.sleep(0.25)
            heard_at.append(time.monotonic())

        for key, _, shown in targets_s:
            press(key, shown)
        press("\x1b[C", "0:1[1-9] / 0:24")
        press("\x1b[D", "0:0[6-9] / 0:24")
        press("]]", "1.5x")
        # What is heard follows once the sound is made anew, which takes a busy machine a while.
        until = time.monotonic() + 6.0
        while abs(speed_heard(heard, time.monotonic()) - 1.5) > 0.3:
            assert time.monotonic() < until, "it is not heard faster"
            time.sleep(0.1)
        # Five tenths lie inside the long pause.
        press("[[s5", "0:1[4-7] / 0:24   1x")
        press(" ", "paused")
        press("?", "a sentence back or forward")
        child.send("q")
        child.expect("\x1b\\[\\?1049l")
        assert ended(child) == 0
    for (key, target_s, _), since, now in zip(targets_s, sent, heard_at, strict=False):
        assert any(target_s - 0.05 <= moment_s <= target_s + now - since for moment_s in places(heard, now)), key
    number = len(targets_s)
    for by_s, since, now in ((5.0, heard_at[number - 1], heard_at[number]), (-5.0, *heard_at[number : number + 2])):
        from_s = moment_of_glide(heard.around(since))
        assert any(-0.05 <= moment_s - from_s - by_s <= now - since for moment_s in places(heard, now)), by_s
    skipped, latest_s = places(heard, heard_at[number + 3]), 14.4 + heard_at[number + 3] - sent[number + 3]
    assert any(14.3 <= moment_s <= latest_s for moment_s in skipped)
    assert np.abs(heard.around(heard_at[-1])).max() < 100


def test_an_output_that_goes_away_is_said_and_the_next_one_goes_on_there(
    terminal: Callable[..., Any], virtual_microphone: Any
) -> None:
    child = terminal("replay", "1", "--from", "5.5", "--speed", "1.25")
    child.expect("0:0[6-9] / 0:24   1.25x")
    virtual_microphone.unplug()
    child.expect(r"0:(\d\d) / 0:24((?! / 0:24).)*The loudspeaker or headphones went away. space: try again")
    stood_s = int(child.match[1])
    child.send(" ")
    child.expect("(found|opened|started)\\. space: try")
    virtual_microphone.plug_in_again()
    with virtual_microphone.listening() as heard:
        since = time.monotonic()
        child.send(" ")
        child.expect(rf"0:(?!{stood_s:02})\d\d / 0:24")
        now = time.monotonic()
    assert stood_s + 0.9 <= moment_of_glide(heard.around(now)) <= stood_s + 1 + 1.25 * (now - since)


def test_what_a_person_says_of_a_filler_is_handed_on_and_told(terminal: Callable[..., Any], tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    child = terminal(kept, python=("-c", HOOKED))
    child.expect("Attempt 1")
    # It stands still, so that there is time to answer for the filler.
    child.send(" f")
    child.expect("um at 0:03, 1 of 2")
    child.send("n")
    child.expect("um at 0:03: not a filler")
    child.send("fy")
    child.expect("The library is full")
    child.send("q")
    assert ended(child) == 0
    assert kept.read_text() == "um False\n"


def test_what_a_person_says_of_a_filler_is_kept_and_changes_the_count(
    terminal: Callable[..., Any], rehearse: Any, glided: Path
) -> None:
    child = terminal("replay", "1")
    child.expect("Attempt 1")
    child.send("fn")
    child.expect("um at 0:03: not a filler")
    child.send("fy")
    child.expect("uh at 0:08")
    child.send("q")
    assert ended(child) == 0
    with Store.open(glided.parents[1] / "rehearse.db", glided.parent) as store:
        said = {correction.text: correction.verdict for correction in store.corrections(1)}
    assert said == {"um": "rejected", "uh": "confirmed"}
    shown = rehearse("show", "1", "--json").json
    assert [filler["text"] for filler in shown["fillers"] if filler["kind"] == "sound"] == ["uh"]


def test_two_answers_are_heard_in_turn_without_knowing_which_and_the_choice_is_kept(
    terminal: Callable[..., Any], virtual_microphone: Any, twice: Path
) -> None:
    with virtual_microphone.listening() as heard:
        began = time.monotonic()
        child = terminal("replay", "2", "--with", "1", "--blind")
        child.expect("▶ A[^●]*0:0[1-9] / 0:15")
        first = time.monotonic()
        child.send("\t")
        child.expect("▶ B[^●]*0:0[1-9] / 0:15")
        second = time.monotonic()
        assert "attempt" not in child.before
        child.send("b")
        child.expect("You prefer B, attempt ([12]), [35] Nov; A is attempt ([12]), [35] Nov")
        better, other = (int(number) for number in child.match.groups())
        child.send("q")
        child.expect("You prefer B")
        assert ended(child) == 0
    begins_s = {1: 0.85, 2: 4.85}
    for since, moment, attempt in ((began, first, other), (first, second, better)):
        assert 0.9 <= moment_of_glide(heard.around(moment)) - begins_s[attempt] <= moment - since
    with Store.open(twice.parents[1] / "rehearse.db", twice.parent) as store:
        (kept,) = store.preferences(1)
    assert (kept.preferred_id, kept.blind, {kept.attempt_id, kept.other_id}) == (better, True, {1, 2})


def test_two_answers_cannot_be_heard_with_nobody_there_or_where_they_are_one(rehearse: Any, glided: Path) -> None:
    assert "needs you at a keyboard" in rehearse("replay", "1", "--with", "1").err
    assert rehearse("replay", "1", "--with", "1", "--skip-pauses").code == 2
    assert rehearse("replay", "1", "--blind").code == 2


@pytest.mark.parametrize("suffix", [".wav", ".flac"])
def test_what_would_be_heard_can_be_written_to_a_file(rehearse: Any, glided: Path, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"answer{suffix}"
    arguments = ["replay", "1", "--speed", "1.5", "--skip-pauses", "--from", "5", "--export", file]
    told = rehearse(*arguments, "--json").json
    sound, rate_hz = soundfile.read(file, dtype="int16")
    # From 5 s to 23.62 s, less the pauses but for 0.12 s on either side of each.
    expected_s = (18.62 - (2.5 - 0.24) - (0.5 - 0.24)) / 1.5
    assert rate_hz == RATE_HZ and len(sound) / rate_hz == pytest.approx(expected_s, abs=0.001)
    assert told["written_s"] == pytest.approx(expected_s, abs=0.001)
    assert (told["attempt"], told["file"], told["speed"], told["pauses_skipped"]) == (1, str(file), 1.5, True)
    assert moment_of_glide(sound[RATE_HZ - 800 : RATE_HZ + 800]) == pytest.approx(6.5, abs=0.03)
    assert [path.name for path in tmp_path.glob("*answer*")] == [file.name]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_only_replaced_with_a_yes(rehearse: Any, glided: Path, tmp_path: Path) -> None:
    file = tmp_path / "answer.wav"
    file.write_text("mine")
    ran = rehearse("replay", "1", "--export", file)
    # A long path breaks the sentence anywhere.
    assert ran.code == 1 and "is there already" in " ".join(ran.err.split()) and "--yes" in ran.err
    assert file.read_text() == "mine"
    assert rehearse("replay", "1", "--export", file, "--yes").code == 0
    assert np.array_equal(soundfile.read(file, dtype="int16")[0], glide(LENGTH_S))


def test_an_export_that_cannot_be_meant_says_why(rehearse: Any, glided: Path, tmp_path: Path) -> None:
    assert "has to end in .wav or .flac" in rehearse("replay", "1", "--export", tmp_path / "answer.mp3").err
    late = rehearse("replay", "1", "--from", "1:00", "--export", tmp_path / "answer.wav")
    assert late.code == 2 and "The recording ends at 0:24" in late.err
    assert rehearse("replay", "1", "--json").code == 2
    lost = rehearse("replay", "1", "--export", tmp_path / "no" / "such" / "answer.wav")
    assert lost.code == 1 and "could not be written" in lost.err


def test_without_an_output_the_way_to_a_file_is_named(glided: Path, tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems always have an output")
    (tmp_path / "asound.conf").write_text("pcm.default{type pulse}\n")
    environment = {
        "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"),
        "PULSE_SERVER": f"unix:{tmp_path}/nowhere",
        "JACK_NO_START_SERVER": "1",
        "REHEARSE_HOME": str(glided.parents[1]),
        "REHEARSE_CONFIG": str(tmp_path / "settings.toml"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    command = [sys.executable, "-m", "rehearse", "replay", "1"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 1
    assert "rehearse replay 1 --export answer.wav" in done.stderr
    assert "Traceback" not in done.stderr
    with pytest.raises(json.JSONDecodeError):
        json.loads(done.stdout)
