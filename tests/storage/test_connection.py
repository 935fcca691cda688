import os
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from rehearse.errors import StorageFailed
from rehearse.question import QuestionDraft
from rehearse.storage.connection import connect, faults_in_words, transaction
from rehearse.storage.store import Store

posix = pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_a_new_library_is_for_its_owner_only(database, recordings, now):
    home = database.parent
    recordings.rmdir()
    home.rmdir()
    with Store.open(database, recordings) as store:
        store.add_question(QuestionDraft(text="Why us?"), now)
        assert mode(home) == 0o700
        assert {path.name: mode(path) for path in home.iterdir()} == {
            "rehearse.db": 0o600,
            "rehearse.db-wal": 0o600,
            "rehearse.db-shm": 0o600,
        }


@posix
def test_a_library_that_others_could_read_is_closed_to_them(database, recordings):
    Store.open(database, recordings).close()
    database.chmod(0o644)
    Store.open(database, recordings).close()
    assert mode(database) == 0o600


def test_a_library_is_one_file_once_it_is_closed(store, database, question):
    store.close()
    assert [path.name for path in database.parent.iterdir() if path.is_file()] == ["rehearse.db"]


def test_writing_does_not_wait_for_a_reader(store, beside, question, now):
    beside.execute("BEGIN")
    before = beside.execute("SELECT count(*) FROM question").fetchone()
    store.add_question(QuestionDraft(text="Why us?"), now)
    assert beside.execute("SELECT count(*) FROM question").fetchone() == before
    beside.execute("COMMIT")
    assert beside.execute("SELECT count(*) FROM question").fetchone() == (2,)


def test_a_transaction_left_by_an_exception_keeps_nothing(database):
    with closing(connect(database)) as connection:
        with pytest.raises(KeyboardInterrupt), transaction(connection):
            connection.execute("CREATE TABLE half (id INTEGER)")
            raise KeyboardInterrupt
        assert not connection.in_transaction
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0


def test_a_text_file_in_place_of_the_library_is_named(database, recordings):
    database.write_text("Shopping: bread, milk, more bread. " * 100)
    with pytest.raises(StorageFailed) as failed:
        Store.open(database, recordings)
    assert failed.value.message == f"{database} is damaged, or is not a library of rehearse."
    assert "Your recordings beside it are untouched" in failed.value.hint
    assert database.read_text().startswith("Shopping: bread")


def test_a_damaged_library_names_the_newest_backup(database, recordings):
    for version, age in ((1, 200), (2, 100)):
        backup = database.with_name(f"rehearse.db.v{version}.backup")
        backup.touch()
        os.utime(backup, (1_800_000_000 - age, 1_800_000_000 - age))
    database.write_text("Shopping: bread, milk, more bread. " * 100)
    with pytest.raises(StorageFailed) as failed:
        Store.open(database, recordings)
    assert failed.value.hint.endswith(str(database.with_name("rehearse.db.v2.backup")))


def test_a_library_cut_short_is_damaged(store, database, recordings, question):
    store.close()
    content = database.read_bytes()
    database.write_bytes(content[: len(content) // 2])
    with pytest.raises(StorageFailed, match="is damaged"), Store.open(database, recordings) as cut:
        cut.questions(include_archived=True)
        cut.attempts()


def test_a_row_that_makes_no_sense_is_damage_not_a_crash(store, beside, question):
    beside.execute("UPDATE question SET points = 'not json'")
    with pytest.raises(StorageFailed, match="is damaged"):
        store.questions()


def test_text_that_is_no_text_is_damage_not_a_crash(store, beside, question):
    beside.execute("UPDATE question SET text = CAST(x'ff00ff' AS TEXT)")
    with pytest.raises(StorageFailed, match="is damaged"):
        store.questions()


def test_a_library_locked_too_long_says_so(database, recordings, now):
    Store.open(database, recordings).close()
    with (
        closing(sqlite3.connect(database, isolation_level=None)) as other,
        Store.open(database, recordings, busy_timeout_s=0.01) as store,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageFailed, match="Another rehearse is writing"):
            store.add_question(QuestionDraft(text="Why us?"), now)
        other.execute("ROLLBACK")
        assert store.add_question(QuestionDraft(text="Why us?"), now).id == 1


def test_a_library_not_yet_logged_ahead_is_opened_once_its_writer_is_done(database, recordings):
    with closing(sqlite3.connect(database, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = threading.Timer(0.2, other.execute, ["COMMIT"])
        done.start()
        with Store.open(database, recordings) as store:
            assert store.questions() == ()
        done.join()


def test_a_full_disk_changes_nothing_and_says_so(database):
    with closing(connect(database)) as connection:
        connection.execute("CREATE TABLE note (text TEXT)")
        connection.execute("PRAGMA max_page_count = 3")
        with pytest.raises(StorageFailed, match="no room left"), faults_in_words(database), transaction(connection):
            for _ in range(10):
                connection.execute("INSERT INTO note VALUES (?)", ("x" * 5000,))
        assert connection.execute("SELECT count(*) FROM note").fetchone()[0] == 0


def test_a_folder_in_place_of_the_library_is_left_as_it_is(database, recordings):
    database.mkdir(mode=0o755)
    before = database.stat().st_mode
    with pytest.raises(StorageFailed, match="cannot be opened for writing"):
        Store.open(database, recordings)
    assert database.stat().st_mode == before


def test_a_home_that_is_a_file_says_where_the_library_should_lie(tmp_path):
    (tmp_path / "home").touch()
    with pytest.raises(StorageFailed) as failed:
        Store.open(tmp_path / "home" / "rehearse.db", tmp_path / "home" / "recordings")
    assert "REHEARSE_HOME" in failed.value.hint


@posix
def test_a_read_only_folder_says_so(database, recordings):
    if os.geteuid() == 0:
        pytest.skip("the administrator may write everywhere")
    database.parent.chmod(0o500)
    try:
        with pytest.raises(StorageFailed, match="cannot be opened for writing"):
            Store.open(database, recordings)
    finally:
        database.parent.chmod(0o700)


def test_a_mistake_in_the_program_keeps_its_own_error(database):
    with (
        closing(connect(database)) as connection,
        pytest.raises(sqlite3.OperationalError, match="no such table"),
        faults_in_words(database),
    ):
        connection.execute("SELECT * FROM nowhere")
