import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from rehearse.errors import StorageFailed, StoreTooNew
from rehearse.measurement.corrections import Correction
from rehearse.storage.connection import connect
from rehearse.storage.migrations import backup_path, migrate, version_of
from rehearse.storage.steps import STEPS, Step
from rehearse.storage.store import Store


@pytest.fixture
def connection(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(database)) as connection:
        yield connection


def add_mood(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE question ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'")


def break_halfway(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE half (id INTEGER)")
    connection.execute("INSERT INTO no_such_table VALUES (1)")


def add_old_question(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO question (text, points, tags, note, created_at) VALUES ('Why us?', '[]', '[]', '', '2026-11-03')"
    )


def tables(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


MORE_STEPS: tuple[Step, ...] = (*STEPS, add_mood)
NOW, NEXT = len(STEPS), len(MORE_STEPS)


def test_a_blank_file_takes_every_step(connection, database):
    migrate(connection, database)
    assert version_of(connection) == len(STEPS)
    assert {"question", "attempt", "transcript", "speech", "measures"} <= tables(connection)


def test_a_blank_file_is_not_backed_up(connection, database):
    migrate(connection, database)
    assert not list(database.parent.glob("*.backup"))


def test_migrating_twice_changes_nothing(connection, database):
    migrate(connection, database)
    add_old_question(connection)
    migrate(connection, database)
    assert connection.execute("SELECT count(*) FROM question").fetchone()[0] == 1


def test_it_stops_before_the_version_named(connection, database):
    migrate(connection, database, stop_before=1)
    assert version_of(connection) == 0
    assert tables(connection) == set()


def test_an_old_row_survives_the_steps_that_follow(connection, database):
    migrate(connection, database, steps=MORE_STEPS, stop_before=NEXT)
    add_old_question(connection)
    migrate(connection, database, steps=MORE_STEPS)
    assert version_of(connection) == NEXT
    assert [tuple(row) for row in connection.execute("SELECT text, mood FROM question")] == [("Why us?", "calm")]


def test_a_step_that_fails_is_rolled_back_with_its_version(connection, database):
    migrate(connection, database)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, database, steps=(*STEPS, break_halfway))
    assert version_of(connection) == NOW
    assert "half" not in tables(connection)


def test_steps_before_a_failing_one_are_kept(connection, database):
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, database, steps=(*STEPS, break_halfway))
    assert version_of(connection) == NOW
    assert "question" in tables(connection)


def test_a_newer_library_is_refused_and_left_alone(database, recordings):
    Store.open(database, recordings).close()
    with closing(sqlite3.connect(database)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreTooNew) as refused:
        Store.open(database, recordings)
    assert "newer version" in refused.value.message
    assert "Install the newest" in refused.value.hint
    with closing(sqlite3.connect(database)) as newer:
        assert version_of(newer) == 99


def test_a_database_of_another_program_is_refused_and_left_alone(database, recordings):
    with closing(sqlite3.connect(database)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StorageFailed, match="belongs to another program"):
        Store.open(database, recordings)
    with closing(sqlite3.connect(database)) as other:
        assert tables(other) == {"recipes"}


def test_an_older_library_is_copied_before_it_is_changed(connection, database):
    migrate(connection, database)
    add_old_question(connection)
    migrate(connection, database, steps=MORE_STEPS)
    copy = database.with_name(f"rehearse.db.v{NOW}.backup")
    assert copy == backup_path(database, NOW)
    with closing(sqlite3.connect(copy)) as old:
        assert version_of(old) == NOW
        assert old.execute("SELECT text FROM question").fetchall() == [("Why us?",)]
        assert "mood" not in {row[1] for row in old.execute("PRAGMA table_info(question)")}


def test_nothing_but_the_backup_is_left_beside_the_library(database):
    with closing(connect(database)) as connection:
        migrate(connection, database)
        migrate(connection, database, steps=MORE_STEPS)
    assert {path.name for path in database.parent.iterdir()} == {"rehearse.db", f"rehearse.db.v{NOW}.backup"}


def test_two_that_upgrade_at_once_take_each_step_once(connection, database):
    migrate(connection, database)
    add_old_question(connection)
    both_ready = threading.Barrier(2)

    def upgrade() -> int:
        with closing(connect(database)) as mine:
            both_ready.wait()
            migrate(mine, database, steps=MORE_STEPS)
            return version_of(mine)

    with ThreadPoolExecutor(2) as threads:
        assert [future.result() for future in [threads.submit(upgrade), threads.submit(upgrade)]] == [NEXT, NEXT]
    with closing(sqlite3.connect(backup_path(database, NOW))) as old:
        assert version_of(old) == NOW
        assert old.execute("SELECT count(*) FROM question").fetchone() == (1,)


@pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX")
def test_the_backup_is_for_its_owner_only(connection, database):
    migrate(connection, database)
    migrate(connection, database, steps=MORE_STEPS)
    assert stat.S_IMODE(backup_path(database, NOW).stat().st_mode) == 0o600


def test_a_backup_put_in_place_of_the_library_opens(database, recordings, connection):
    migrate(connection, database)
    add_old_question(connection)
    migrate(connection, database, steps=MORE_STEPS)
    connection.close()
    backup_path(database, NOW).replace(database)
    with closing(connect(database)) as restored:
        migrate(restored, database)
        assert restored.execute("SELECT text FROM question").fetchone()["text"] == "Why us?"


def test_no_step_is_taken_when_the_copy_cannot_be_made(connection, database):
    migrate(connection, database)
    in_the_way = backup_path(database, NOW)
    in_the_way.mkdir()
    (in_the_way / "something").touch()
    with pytest.raises(OSError):
        migrate(connection, database, steps=MORE_STEPS)
    assert version_of(connection) == NOW


def test_a_library_of_schema_1_opens_today(database, recordings):
    shutil.copy(Path(__file__).with_name("schema-1.db"), database)
    with Store.open(database, recordings) as store:
        question = store.find_question("conflict")
        assert question.points == ("the disagreement in one sentence", "what came of it")
        assert question.target is not None and question.target.high_s == 90.0
        assert question.opening == question.landing == "" and store.interviews() == ()
        attempt = store.attempt(1)
        assert attempt.recording is not None and attempt.recording.path == recordings / "20261103-183015.wav"
        assert attempt.measures is not None and attempt.measures.word_count == 3
        transcript = store.transcript(1)
        assert transcript is not None and transcript.text == "I asked him." and transcript.doubts == ()
        assert transcript.hesitations is None
        assert attempt.cut_short is None and attempt.own_length
        assert store.corrections(1) == ()
        correction = Correction(start_s=0.5, end_s=0.6, text="um", kind="sound", verdict="rejected")
        store.keep_correction(1, correction, question.created_at)
        assert store.corrections(1) == (correction,)
        speech = store.speech(1)
        assert speech is not None and len(speech.spans) == 1
