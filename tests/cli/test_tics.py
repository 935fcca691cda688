"""`tics`, as a person uses it."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from answers import WHISPER, answer

from rehearse.audio.recording import Recording
from rehearse.question import QuestionDraft
from rehearse.storage.store import Store
from rehearse.transcription.transcript import Span, SpeechActivity, Transcript, Word

SAID = (
    "we honestly had a boat with a red roof",
    "honestly the garden was full of snow honestly",
    "they honestly painted every door before lunch",
    "my brother honestly cooked for forty guests honestly",
)


@pytest.fixture
def with_a_habit(temporary_home: Path) -> Path:
    """A library of four attempts at two questions, in each of which somebody says 'honestly'."""
    with Store.open(temporary_home / "rehearse.db", temporary_home / "recordings") as store:
        began = datetime(2026, 11, 2, 9, tzinfo=UTC)
        asked = [store.add_question(QuestionDraft(text=text), began) for text in ("Why us?", "What went wrong?")]
        for number, text in enumerate(SAID):
            path = temporary_home / "recordings" / f"{number}.wav"
            recording = Recording(path=path, sample_rate_hz=16_000, recording_s=10.0)
            kept = store.add_attempt(asked[number % 2].id, recording, began + timedelta(hours=number))
            words = tuple(Word(text=w, start_s=n * 0.4, end_s=n * 0.4 + 0.4) for n, w in enumerate(text.split()))
            speech = SpeechActivity(recording_s=10.0, spans=(Span(start_s=0.0, end_s=9.0),))
            transcript = Transcript(language="en", words=words, engine=WHISPER)
            store.keep_heard(kept.id, transcript, speech, answer(9.0), began)
    return temporary_home


def test_a_habit_is_named_with_its_evidence_and_how_to_count_it(rehearse, with_a_habit):
    ran = rehearse("tics")
    assert ran.code == 0
    assert "honestly" in ran.out and "in 4 of 4 attempts, 6 times" in ran.out and "the usual" in ran.out
    assert "rehearse tics --add honestly" in ran.err


def test_the_same_as_json(rehearse, with_a_habit):
    shown = rehearse("tics", "--json").json
    assert (shown["language"], shown["attempts"], shown["reason"]) == ("en", 4, None)
    (tic,) = shown["tics"]
    assert (tic["text"], tic["count"], tic["attempt_count"]) == ("honestly", 6, 4) and tic["times_usual"] > 8


def test_a_word_taken_in_is_not_proposed_again(rehearse, with_a_habit):
    (with_a_habit.parent / "settings.toml").write_text('[fillers]\nalso = ["honestly"]\n')
    ran = rehearse("tics")
    assert ran.code == 0 and ran.out == "" and "Nothing stands out" in ran.err


def test_with_too_few_attempts_it_says_so(rehearse):
    ran = rehearse("tics", "--json")
    assert ran.code == 0 and ran.json["tics"] == [] and "Too little to tell yet: 0 attempts" in ran.json["reason"]


def test_another_language_is_said_not_to_be_known(rehearse, with_a_habit):
    ran = rehearse("tics", "--language", "de")
    assert ran.code == 0 and "English only" in ran.err


SETTINGS = """# mine
[transcription]
language = "en"   # for now

[fillers]  # those of mine
also = [
  "basically",  # says my sister
]
never = ["okay"]
"""


def test_a_word_added_counts_and_leaves_the_rest_of_the_settings_as_it_was(rehearse, with_a_habit):
    file = with_a_habit.parent / "settings.toml"
    file.write_text(SETTINGS)
    added = rehearse("tics", "--add", "honestly", "--add", "to be  honest", "--add", "Basically", "--json").json
    assert added == {"added": ["honestly", "to be honest"], "also": ["basically", "honestly", "to be honest"]}
    written = file.read_text()
    assert tomllib.loads(written)["fillers"] == {"also": added["also"], "never": ["okay"]}
    assert [line for line in SETTINGS.splitlines() if "#" in line] == [
        line for line in written.splitlines() if "#" in line
    ]
    assert "Nothing stands out" in rehearse("tics").err


@pytest.mark.parametrize("before", [None, "", '[microphone]\ndevice = "USB"\n', "[fillers]\r\nnever = []\r\n"])
def test_a_word_is_added_to_any_settings_or_none(rehearse, temporary_home, before):
    file = temporary_home.parent / "settings.toml"
    if before is not None:
        file.write_bytes(before.encode())
    ran = rehearse("tics", "--add", "quasi")
    assert ran.code == 0 and "'quasi' counts as a filler of yours" in ran.err and "remeasure" in ran.err
    written = file.read_bytes().decode()
    assert tomllib.loads(written)["fillers"]["also"] == ["quasi"]
    assert written.startswith((before or "").split("never")[0])
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".settings")] == []
    assert "already" in rehearse("tics", "--add", "Quasi").err


def test_a_link_to_settings_kept_elsewhere_stays_one(rehearse, temporary_home, tmp_path):
    (tmp_path / "dotfiles.toml").write_text("# mine\n")
    file = temporary_home.parent / "settings.toml"
    try:
        file.symlink_to(tmp_path / "dotfiles.toml")
    except OSError:
        pytest.skip("needs links, not allowed here")
    rehearse("tics", "--add", "quasi")
    assert file.is_symlink() and "quasi" in (tmp_path / "dotfiles.toml").read_text()


def test_what_never_counts_is_not_added(rehearse, temporary_home):
    file = temporary_home.parent / "settings.toml"
    file.write_text('[fillers]\nnever = ["okay"]\n')
    ran = rehearse("tics", "--add", "Okay")
    assert ran.code == 1 and "'never' goes first" in ran.err
    assert file.read_text() == '[fillers]\nnever = ["okay"]\n'


def test_what_holds_no_word_is_not_added(rehearse, temporary_home):
    assert rehearse("tics", "--add", " ,").code == 2
    assert not (temporary_home.parent / "settings.toml").exists()


def test_a_file_that_cannot_be_written_is_said(rehearse, temporary_home, monkeypatch, tmp_path):
    (tmp_path / "blocked").write_text("a file, not a folder")
    monkeypatch.setenv("REHEARSE_CONFIG", str(tmp_path / "blocked" / "settings.toml"))
    ran = rehearse("tics", "--add", "quasi")
    assert ran.code == 1 and "cannot be" in ran.err
