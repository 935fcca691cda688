"""A disk that is full, or nearly: known before anybody speaks, and no reason to lose what was said."""

import io
import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from at_a_terminal import ended
from rich.console import Console, Group

from rehearse.audio.claim import Label
from rehearse.audio.disk import room_s
from rehearse.audio.journal import Journal
from rehearse.audio.recording import open_recording
from rehearse.audio.recovery import find_left_behind
from rehearse.cli.before_recording import little_room
from rehearse.errors import StorageFailed
from rehearse.keeping import bring_in
from rehearse.practice import Answer, keep_answer
from rehearse.question import QuestionDraft
from rehearse.storage.store import Store

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def fill(disk: Path, leave: int) -> Path:
    """A file that leaves so many bytes of the disk free."""
    filler = disk / "filler"
    with filler.open("ab") as file:
        file.write(bytes(max(0, shutil.disk_usage(disk).free - leave)))
    return filler


def fill_to_the_brim(disk: Path) -> None:
    filler = fill(disk, 8192)
    with filler.open("ab", buffering=0) as file:
        try:
            while True:
                file.write(bytes(512))
        except OSError:
            return


def words(parts) -> str:
    console = Console(file=io.StringIO(), width=200)
    console.print(Group(*parts))
    return console.file.getvalue()


def test_room_is_said_where_it_is_little_and_refused_where_it_is_next_to_nothing(small_disk, tmp_path):
    assert little_room(tmp_path / "not" / "there" / "yet") == ()
    nearly_full = small_disk(12_000_000)
    fill(nearly_full, 9_800_000)
    assert 179 < room_s(nearly_full) < 182
    assert "room for about 3 minutes of recording" in words(little_room(nearly_full / "recordings"))
    full = small_disk(5_000_000)
    with pytest.raises(StorageFailed) as caught:
        little_room(full)
    assert "no room for even a minute" in caught.value.message and "Make some room" in caught.value.hint


def test_an_answer_that_fills_the_disk_is_in_the_library_all_the_same(small_disk):
    """To its last whole second, though there was no room left even for the library before."""
    disk = small_disk(8_000_000)
    said = np.random.default_rng(7).integers(-20_000, 20_000, 16_000 * 60, dtype=np.int16)
    with Store.open(disk / "rehearse.db", disk / "recordings") as store:
        question = store.add_question(QuestionDraft(text="Why us?"), NOW)
        journal = Journal(disk / "recordings", 16_000, Label(question_id=question.id, recorded_at=NOW))
        fill(disk, 320_000)
        with pytest.raises(StorageFailed, match=r"has no room for more sound. The first 0:\d\d of it is kept"):
            for start in range(0, len(said), 512):
                journal.append(said[start : start + 512].tobytes())
        fill_to_the_brim(disk)
        recording = open_recording(journal.finish())
        assert recording.recording_s >= 9
        kept = np.rint(recording.samples() * 32768).astype(np.int16)
        assert np.array_equal(kept, said[: len(kept)])
        attempt = keep_answer(question, Answer(recording=recording, claim=journal.claim, recorded_at=NOW), store)
        assert store.untranscribed() == (attempt,)


def test_where_the_library_cannot_write_at_once_the_answer_is_kept_later(small_disk):
    disk = small_disk(8_000_000)
    with Store.open(disk / "rehearse.db", disk / "recordings") as store:
        question = store.add_question(QuestionDraft(text="Why us?"), NOW)
        label = Label(question_id=question.id, question=question.text, recorded_at=NOW)
        journal = Journal(disk / "recordings", 16_000, label)
        journal.append(b"\x01\x02" * 48_000)
        recording = open_recording(journal.finish())
        fill_to_the_brim(disk)
        with pytest.raises(StorageFailed) as caught:
            keep_answer(question, Answer(recording=recording, claim=journal.claim, recorded_at=NOW), store)
        assert f"safe, in {recording.path}" in caught.value.message
        assert caught.value.hint == "Make some room and try again. Then: rehearse recover"
        journal.claim.let_go()  # as the end of the program does

        (disk / "filler").unlink()
        (left,) = find_left_behind(disk / "recordings", store.kept_recordings).recordings
        assert bring_in(left, store, lambda: NOW).question_id == question.id


@pytest.mark.slow
def test_a_disk_that_fills_up_while_somebody_speaks_ends_the_recording_and_keeps_it(
    small_disk, virtual_microphone, short_answer, scripted_whisper, tmp_path, program
):
    disk = small_disk(11_000_000)
    model = scripted_whisper("So", "um", "yes.")
    (tmp_path / "settings.toml").write_text(f'[transcription]\nprompt = ""\nmodel = "{model}"\n')
    environment = virtual_microphone.environment | {
        "REHEARSE_HOME": str(disk),
        "REHEARSE_CONFIG": str(tmp_path / "settings.toml"),
    }
    command = [sys.executable, "-m", "rehearse"]
    subprocess.run([*command, "add", "Tell me about your first job."], env=environment, capture_output=True, check=True)
    child = program("practice", "1", "--countdown", "0", environment=environment)
    child.expect("room for about 3 minutes")
    child.expect("I am done")
    virtual_microphone.speak(short_answer)
    child.expect("0:0[3-9]")
    fill(disk, 64_000)
    child.expect(r"has\s+no\s+room\s+for\s+more\s+sound\.\s+The\s+first\s+0:\d\d")
    child.expect(r"Make\s+room\s+on\s+that\s+disk")
    child.expect("Enter keep")
    child.send("\r")
    ended(child)
    shown = subprocess.run([*command, "show", "1", "--json"], env=environment, capture_output=True, check=True)
    assert json.loads(shown.stdout)["recording_s"] > 4
    (only,) = (disk / "recordings").iterdir()
    assert only.suffix in (".wav", ".flac"), "packed where there was room for the copy"
