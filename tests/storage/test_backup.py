"""One file with everything in it, and back: nothing of what is there is risked on the way."""

import json
import shutil
import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.audio.claim import Claim, Label
from rehearse.audio.recording import Recording
from rehearse.errors import StorageFailed
from rehearse.question import QuestionDraft
from rehearse.storage import backup
from rehearse.storage.backup import back_up
from rehearse.storage.restore import is_there, restore
from rehearse.storage.store import Store

AT = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def ignore(done: int, total: int) -> None: ...


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    path.write_text('[microphone]\ndevice = "USB"\n')
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


@pytest.fixture
def backed_up(store, an_attempt, database, recordings, settings_file, file) -> Path:
    """A backup of a home with a question, two attempts and settings."""
    an_attempt("a.wav"), an_attempt("folder/b.flac")
    back_up(database, recordings, settings_file, file, AT, ignore)
    return file


def contents(home: Path) -> dict[str, bytes]:
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def kept(home: Path) -> tuple[list[str], list[str]]:
    with Store.open(home / "rehearse.db", home / "recordings") as store:
        assert store.damage() == ()
        files = [path.relative_to(home / "recordings").as_posix() for path in store.kept_recordings()]
        return [question.text for question in store.questions()], sorted(files)


def test_everything_comes_back_in_an_empty_home(backed_up, tmp_path, recordings):
    home, settings = tmp_path / "elsewhere" / "home", tmp_path / "elsewhere" / "settings.toml"
    told: list[tuple[int, int]] = []
    assert not is_there(home)
    restored = restore(backed_up, home, settings, AT, lambda done, total: told.append((done, total)))
    assert restored.aside is None and restored.manifest.recording_count == 2
    assert kept(home) == (["Tell me about a conflict."], ["a.wav", "folder/b.flac"])
    assert (home / "recordings" / "folder" / "b.flac").read_bytes() == (recordings / "folder" / "b.flac").read_bytes()
    assert settings.read_text() == '[microphone]\ndevice = "USB"\n'
    assert told[-1][0] == told[-1][1] and told == sorted(told)
    assert sorted(path.name for path in home.iterdir() if not path.name.endswith(("-wal", "-shm"))) == [
        "recordings", "rehearse.db"
    ]  # fmt: skip
    assert stat.S_IMODE((home / "rehearse.db").stat().st_mode) == 0o600


def test_a_backup_is_for_its_owner_alone_and_says_what_is_in_it(backed_up):
    assert stat.S_IMODE(backed_up.stat().st_mode) == 0o600
    with zipfile.ZipFile(backed_up) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["format"] == 1 and manifest["missing"] == []
    assert sorted(manifest["files"]) == ["recordings/a.wav", "recordings/folder/b.flac", "rehearse.db", "settings.toml"]


def test_what_was_there_is_moved_aside_and_models_stay(backed_up, tmp_path, settings_file):
    home = tmp_path / "rehearse-home"
    (home / "models").mkdir()
    (home / "models" / "base").write_text("a model")
    with Store.open(home / "rehearse.db", home / "recordings") as store:
        store.add_question(QuestionDraft(text="Asked since."), AT)
    settings_file.write_text("# changed since\n")
    assert is_there(home)
    restored = restore(backed_up, home, settings_file, AT, ignore)
    assert kept(home) == (["Tell me about a conflict."], ["a.wav", "folder/b.flac"])
    assert restored.aside == home / "before-restore-20261103T120000Z"
    assert kept(restored.aside)[0] == ["Tell me about a conflict.", "Asked since."]
    assert (restored.aside / "settings.toml").read_text() == "# changed since\n"
    assert (home / "models" / "base").read_text() == "a model"


def test_a_library_being_written_to_is_copied_as_it_was_at_one_moment(
    database, recordings, settings_file, file, store, question
):
    """Attempts come in all the while; the backup has the first so many, with the sound of every one of them."""
    stop = threading.Event()

    def practise() -> None:
        with Store.open(database, recordings) as other:
            number = 0
            while not stop.is_set():
                number += 1
                path = recordings / f"{number}.wav"
                path.write_bytes(str(number).encode() * 1000)
                other.add_attempt(question.id, Recording(path=path, sample_rate_hz=16_000, recording_s=1.0), AT)

    thread = threading.Thread(target=practise)
    thread.start()
    try:
        for number in range(3):
            manifest = back_up(database, recordings, settings_file, file, AT, ignore)
            assert manifest.missing == ()
            home = file.parent / f"home-{number}"
            restore(file, home, file.parent / f"settings-{number}.toml", AT, ignore)
            files = kept(home)[1]
            assert sorted(files) == sorted(f"{n + 1}.wav" for n in range(len(files)))
    finally:
        stop.set()
        thread.join()


def test_a_recording_packed_meanwhile_is_in_it_all_the_same(
    database, recordings, settings_file, file, store, an_attempt, monkeypatch
):
    number = an_attempt("a.wav")
    really_added, packed = backup._added, []

    def pack_then_add(archive, name, source, on_more):
        if name.endswith("a.wav") and not packed:
            before = store.recording(number)
            after = type(before)(
                path=before.path.with_suffix(".flac"), sample_rate_hz=16_000, recording_s=before.recording_s
            )
            before.path.rename(after.path)
            packed.append(store.move_recording(number, before, after))
        return really_added(archive, name, source, on_more)

    monkeypatch.setattr(backup, "_added", pack_then_add)
    manifest = back_up(database, recordings, settings_file, file, AT, ignore)
    assert packed == [True] and "recordings/a.flac" in manifest.files and manifest.missing == ()


def test_sound_that_was_gone_before_is_named(store, an_attempt, database, recordings, settings_file, file, tmp_path):
    an_attempt("a.wav")
    (recordings / "a.wav").unlink()
    assert back_up(database, recordings, settings_file, file, AT, ignore).missing == ("a.wav",)
    restore(file, tmp_path / "home", tmp_path / "settings.toml", AT, ignore)
    assert kept(tmp_path / "home")[1] == ["a.wav"]


def test_a_backup_that_cannot_be_finished_leaves_the_one_before(
    backed_up, database, recordings, settings_file, monkeypatch
):
    before = backed_up.read_bytes()

    def interrupted(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(database, recordings, settings_file, backed_up, AT, interrupted)
    assert backed_up.read_bytes() == before
    assert not [path for path in backed_up.parent.iterdir() if path.name.startswith(".")]


def test_a_backup_on_a_full_disk_says_so_and_leaves_nothing(
    store, an_attempt, database, recordings, settings_file, small_disk
):
    an_attempt("a.wav")
    (recordings / "a.wav").write_bytes(bytes(500_000))
    disk = small_disk(300_000)
    with pytest.raises(StorageFailed, match="could not be written") as caught:
        back_up(database, recordings, settings_file, disk / "b.zip", AT, ignore)
    assert "Make room" in caught.value.hint
    assert list(disk.iterdir()) == []


# Archives that are not what they should be


@pytest.fixture
def changed(backed_up: Path) -> Callable[..., Path]:
    """changed(add={name: bytes}, drop=name, manifest=function): the backup with that done to it."""

    def make(add=None, drop=None, manifest=None) -> Path:
        with zipfile.ZipFile(backed_up) as archive:
            files = {info.filename: archive.read(info) for info in archive.infolist()}
        files |= add or {}
        files.pop(drop, None)
        if manifest:
            told = json.loads(files["manifest.json"])
            manifest(told)
            files["manifest.json"] = json.dumps(told).encode()
        with zipfile.ZipFile(backed_up, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return backed_up

    return make


def refused(file: Path, home: Path, settings: Path) -> str:
    """What is said of it; the home is as it was."""
    before = contents(home)
    with pytest.raises(StorageFailed) as caught:
        restore(file, home, settings, AT, ignore)
    assert contents(home) == before
    assert not [path for path in home.iterdir() if path.name.startswith(".")]
    return caught.value.message


@pytest.mark.parametrize(
    "name",
    ["../evil", "recordings/../../evil", "/etc/evil", "recordings//evil", "recordings/..", "recordings/a\\..\\evil",
     "recordings/C:evil", "models/base", "recordings/", "recordings/\x1b[2J"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(changed, temporary_home, settings_file, tmp_path, name):
    def listed(told):
        told["files"][name] = {"bytes": 4, "sha256": "88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589"}

    file = changed(add={name: b"abcd"}, manifest=listed)
    assert "is not a backup of rehearse, or it is damaged" in refused(file, temporary_home, settings_file)
    assert not list(tmp_path.rglob("evil"))


def test_every_change_of_a_file_is_noticed(changed, temporary_home, settings_file, recordings):
    data = (recordings / "a.wav").read_bytes()
    file = changed(add={"recordings/a.wav": data[:-1] + bytes([data[-1] ^ 1])})
    assert "damaged" in refused(file, temporary_home, settings_file)


@pytest.mark.parametrize(
    "how",
    [
        {"drop": "recordings/a.wav"},
        {"drop": "manifest.json"},
        {"drop": "rehearse.db"},
        {"add": {"recordings/more.wav": b"x"}},
        {"add": {"manifest.json": b"[]"}},
        {"add": {"manifest.json": b"\xff"}},
        {"manifest": lambda told: told["files"].pop("recordings/a.wav")},
        {"manifest": lambda told: told["files"]["rehearse.db"].update(bytes=10**15)},
    ],
)
def test_what_does_not_hang_together_is_refused(changed, temporary_home, settings_file, how):
    assert "damaged" in refused(changed(**how), temporary_home, settings_file)


def test_a_library_without_its_sound_is_no_whole_backup(changed, temporary_home, settings_file):
    file = changed(drop="recordings/a.wav", manifest=lambda told: told["files"].pop("recordings/a.wav"))
    assert "damaged" in refused(file, temporary_home, settings_file)


@pytest.mark.parametrize("cut", [0, 10, 0.5, -1])
def test_a_file_that_was_cut_or_is_something_else_is_refused(backed_up, temporary_home, settings_file, cut):
    data = backed_up.read_bytes()
    backed_up.write_bytes(data[: int(len(data) * cut) if isinstance(cut, float) else cut])
    assert "is not a backup" in refused(backed_up, temporary_home, settings_file)


def test_a_backup_of_a_newer_rehearse_is_told_from_a_broken_one(changed, temporary_home, settings_file):
    assert "newer rehearse" in refused(
        changed(manifest=lambda told: told.update(format=2)), temporary_home, settings_file
    )


def test_a_library_of_a_newer_rehearse_is_refused(database, recordings, settings_file, file, store, question):
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 999")
    back_up(database, recordings, settings_file, file, AT, ignore)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 3")
    assert "newer version of rehearse" in refused(file, database.parent, settings_file)


def test_what_does_not_fit_on_the_disk_is_refused_before_anything_is_unpacked(backed_up, settings_file, small_disk):
    message = refused(backed_up, small_disk(200_000), settings_file)
    assert "The backup needs" in message and "Nothing was changed" in message


def test_nothing_is_replaced_under_somebody_who_is_speaking(backed_up, temporary_home, settings_file, recordings):
    claim = Claim.make(recordings, Label())
    assert "being recorded just now" in refused(backed_up, temporary_home, settings_file)
    claim.settle()
    assert restore(backed_up, temporary_home, settings_file, AT, ignore).aside is not None


@pytest.mark.parametrize("after", range(6))
def test_stopped_at_any_moment_the_old_library_is_whole(backed_up, temporary_home, settings_file, monkeypatch, after):
    """Ctrl-C while it is unpacked, or between any two files that are moved."""
    settings_file.write_text("# changed since\n")
    before, moves = contents(temporary_home), []
    really_rename = Path.rename

    def rename(self, target):
        moves.append(target)
        if len(moves) == after:
            raise KeyboardInterrupt
        return really_rename(self, target)

    def on_bytes(done, total):
        if after == 0:
            raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", rename)
    try:
        restore(backed_up, temporary_home, settings_file, AT, on_bytes)
    except KeyboardInterrupt:
        assert contents(temporary_home) == before
        assert settings_file.read_text() == "# changed since\n"
        assert kept(temporary_home)[0] == ["Tell me about a conflict."]
    else:
        assert after > 3, "all moves were made before it was to be stopped"


def test_an_old_library_is_brought_up_to_date_on_the_way(tmp_path, settings_file, file):
    home = tmp_path / "old"
    (home / "recordings").mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("schema-1.db"), home / "rehearse.db")
    with closing(sqlite3.connect(home / "rehearse.db")) as connection:
        connection.execute("UPDATE attempt SET recording_file = NULL")
        connection.commit()
    back_up(home / "rehearse.db", home / "recordings", settings_file, file, AT, ignore)
    restore(file, tmp_path / "new", tmp_path / "new.toml", AT, ignore)
    assert kept(tmp_path / "new")[0]
