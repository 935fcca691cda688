"""A library exported, imported elsewhere, and exported again is the same library."""

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from any_library import fill
from homes import MADE_AT, blank_homes, bring, export, exporter, opened, rows, sounds
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rehearse.audio.recording import Recording
from rehearse.question import QuestionDraft
from rehearse.storage.connection import connect
from rehearse.storage.exporting import sound_folder
from rehearse.storage.library_tables import LEFT_OUT, TABLES, Table
from rehearse.storage.migrations import migrate

#: An example takes long where files are forced to a disk: too long to look for a smaller one that fails.
ANY = settings(suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate))


@given(st.data())
@settings(ANY, max_examples=25)
def test_what_is_imported_into_an_empty_home_is_the_same_library(data):
    with blank_homes(2) as (here, there):
        with opened(here) as store:
            fill(store, data.draw)
        before = export(here, here / "library.json")
        brought = bring(here / "library.json", there)
        assert brought.same_numbers and not brought.missing
        assert export(there, there / "library.json") == before
        assert (there / "library.json").read_bytes() == (here / "library.json").read_bytes()
        # Not only what the document tells: all there is, to the bit.
        assert rows(there) == rows(here)
        assert sounds(there) == sounds(here)


@given(st.data())
@settings(ANY, max_examples=15)
def test_importing_twice_adds_nothing_whatever_was_there(data):
    with blank_homes(2) as (here, there):
        for home in (here, there):
            with opened(home) as store:
                fill(store, data.draw)
        export(here, here / "library.json")
        bring(here / "library.json", there)
        once = rows(there), sounds(there)
        again = bring(here / "library.json", there)
        assert set(again.added.values()) == {0} and again.sounds == 0
        assert (rows(there), sounds(there)) == once


def _covered(table: Table) -> set[str]:
    named = {f"{table.name}.{name}" for name in table.columns}
    return named.union(*(_covered(part) for part in table.parts))


def test_every_column_of_every_table_is_exported_or_left_out_for_a_reason(place):
    with closing(connect(place / "new.db")) as connection:
        migrate(connection, place / "new.db")
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        there = {f"{t}.{column[1]}" for t in tables for column in connection.execute(f"PRAGMA table_info({t})")}
    exported = set().union(*map(_covered, TABLES))
    assert there - exported - set(LEFT_OUT) == set(), "name them in library_tables.py"
    assert (exported | set(LEFT_OUT)) - there == set(), "these are no columns"
    assert exported & set(LEFT_OUT) == set()
    assert all(LEFT_OUT.values())


def test_a_document_says_what_it_is_and_reads_as_plain_json(filled, place):
    document = export(filled, place / "library.json")
    assert (document["format"], document["version"]) == ("rehearse-library", 2)
    assert document["numbers_given"] == {"question": 2, "interview": 2, "attempt": 3}
    first = document["attempts"][0]
    assert first["baseline"] is True and first["measures"]["speech_rate_wpm"] == 148.6068111455108
    assert first["transcript"]["words"][0] == {"word": "So,", "start_s": 0.1, "end_s": 0.3000000000000004,
                                               "probability": 0.75}  # fmt: skip
    assert first["transcript"]["words"][1]["word"] == "<b>naïve</b>"
    assert first["sound"] == {"file": "answer-0.wav", "bytes": 7, "sha256": _sha256(b"sound 0")}
    assert first["corrections"][0]["verdict"] == "rejected"
    assert document["attempts"][2]["transcript"] is None and document["attempts"][2]["measures"] is None
    assert [each["preferred_id"] for each in document["preferences"]] == [2]
    assert [each["company"] for each in document["interviews"]] == ["Northwind", "Fabrikam"]
    held = document["interviews"][0]
    assert (held["held_on"], held["went_well"]) == ("2026-11-02", ["the numbers", "", "<b>calm</b>"])
    assert (held["follow_up"], held["sent_on"]) == ("Dear Ms Okafor,\nthank you.", "2026-11-03")
    assert held["asked_questions"][1] == {
        "text": "Why us?", "hard": True, "why": ["rambled", "nerves"], "what_happened": "Lost the thread.",
        "roughly_s": 210.0, "again": True, "question_id": 2, "noted": "rambled, nerves, about 3:30 (Northwind, 2 Nov)",
    }  # fmt: skip
    assert document["interviews"][1]["at"] == "who 0"
    (next_one,) = document["next_interview"]
    assert (next_one["held_on"], next_one["company"]) == ("2026-12-02", "Contoso")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_one_question_comes_with_its_attempts_and_nothing_else(filled, place):
    document = export(filled, place / "one.json", 2)
    assert [each["text"] for each in document["questions"]] == ["Why us?"]
    assert [each["id"] for each in document["attempts"]] == [3]
    assert document["preferences"] == document["calibrations"] == [] and document["numbers_given"] == {}
    assert set(sound_folder(place / "one.json").iterdir()) == {place / "one.json-sound" / "answer-2.wav"}
    assert len(export(filled, place / "other.json", 1)["preferences"]) == 1
    assert "interviews" not in document and "next_interview" not in document
    assert bring(place / "one.json", place / "there").added["attempts"] == 1


def test_without_interviews_it_is_the_same_document_but_for_them(filled, place):
    whole = export(filled, place / "whole.json")
    with opened(filled) as store:
        question = store.question(2)
        store.change_question(replace(question, note="rambled (NORTHWIND, 2 Nov)"))
        whole["questions"][1]["note"] = "rambled (NORTHWIND, 2 Nov)"
        writing = exporter(store, with_interviews=False)
        writing.write(place / "library.json", with_sound=False)
    text = (place / "library.json").read_text()
    del whole["interviews"], whole["next_interview"], whole["numbers_given"]["interview"]
    # Nothing in it is new to an older rehearse, which reads it.
    assert json.loads(text) == whole | {"version": 1}
    assert "Okafor" not in text and "Fabrikam" not in text and "Contoso" not in text
    assert writing.written.kept == {"interviews": 2, "next_interview": 1} and writing.written.naming == [2]
    assert bring(place / "library.json", place / "there").added["interviews"] == 0


def test_a_recording_that_a_debrief_only_names_is_left_out_and_counted(filled, place):
    with opened(filled) as store:
        interview = store.interview(1)
        asked = (*interview.asked[:2], replace(interview.asked[2], recording="/home/me/real answer.m4a"))
        store.keep_interview(replace(interview, asked=asked))
        writing = exporter(store)
        writing.write(place / "library.json", with_sound=False)
    assert writing.written.waiting == 1 and "real answer" not in (place / "library.json").read_text()
    bring(place / "library.json", place / "there")
    with opened(place / "there") as store:
        assert store.interview(1).asked == interview.asked


def test_what_was_asked_and_cannot_be_read_is_left_out_by_name(filled, place):
    with closing(sqlite3.connect(filled / "rehearse.db")) as connection:
        connection.execute("UPDATE asked_question SET why = '[1]' WHERE place = 2")
        connection.commit()
    with opened(filled) as store:
        writing = exporter(store)
        writing.write(place / "library.json", with_sound=False)
    assert writing.written.damaged == ["asked questions of interview 1"]
    assert bring(place / "library.json", place / "there").added["interviews"] == 2


def test_a_document_is_for_its_owner_only(filled, place):
    export(filled, place / "library.json")
    folder = sound_folder(place / "library.json")
    modes = [path.stat().st_mode & 0o777 for path in (place / "library.json", folder, *folder.iterdir())]
    assert modes == [0o600, 0o700, 0o600, 0o600, 0o600]
    assert {path.name for path in place.iterdir()} >= {"library.json", "library.json-sound"}
    assert not list(place.glob(".rehearse-*"))


def test_a_second_export_takes_the_place_of_the_first_with_its_sound(filled, place):
    export(filled, place / "library.json")
    with opened(filled) as store:
        store.delete_attempt(3, keep_numbers=False)
    export(filled, place / "library.json")
    assert {path.name for path in sound_folder(place / "library.json").iterdir()} == {"answer-0.wav", "answer-1.wav"}


def test_a_recording_that_is_gone_is_told_and_the_rest_is_written(filled, place):
    (filled / "recordings" / "answer-1.wav").unlink()
    with opened(filled) as store:
        writing = exporter(store)
        writing.write(place / "library.json", with_sound=True)
    assert writing.written.missing == [2]
    document = json.loads((place / "library.json").read_bytes())
    assert document["attempts"][1]["sound"] == {"file": "answer-1.wav", "bytes": None, "sha256": None}
    assert [number for number, _ in bring(place / "library.json", place / "there").missing] == [2]


@pytest.mark.parametrize(
    ("damage", "left_out"),
    [
        ("UPDATE transcript SET words = '[[1' WHERE attempt_id = 1", "transcript of attempt 1"),
        ("UPDATE transcript SET words = '[[\"a\", NaN, 1, null]]' WHERE attempt_id = 1", "transcript of attempt 1"),
        ('UPDATE measures SET record = \'{"answer_s": "long"}\' WHERE attempt_id = 2', "measures of attempt 2"),
        ("UPDATE speech SET spans = '7' WHERE attempt_id = 2", "speech of attempt 2"),
    ],
)
def test_words_and_numbers_that_are_damaged_are_left_out_by_name(filled, place, damage, left_out):
    with closing(sqlite3.connect(filled / "rehearse.db")) as connection:
        connection.execute(damage)
        connection.commit()
    with opened(filled) as store:
        writing = exporter(store)
        writing.write(place / "library.json", with_sound=False)
    assert writing.written.damaged == [left_out]
    assert bring(place / "library.json", place / "there").added["attempts"] == 3


def test_numbers_of_a_newer_and_an_older_version_are_passed_on_as_they_are(filled, place):
    with closing(sqlite3.connect(filled / "rehearse.db")) as connection:
        record = json.loads(connection.execute("SELECT record FROM measures WHERE attempt_id = 1").fetchone()[0])
        del record["level_spread_db"]
        written = json.dumps(record | {"measures_version": 99, "charm": [1, None]}, separators=(",", ":"))
        connection.execute("UPDATE measures SET record = ?, measures_version = 99 WHERE attempt_id = 1", (written,))
        connection.commit()
    export(filled, place / "library.json")
    bring(place / "library.json", place / "there")
    assert rows(place / "there")["measures"] == rows(filled)["measures"]


def test_names_that_not_every_system_takes_are_replaced(place, filled):
    recordings = filled / "recordings"
    for number, name in enumerate(("con.wav", "a b.wav", "sub/answer-0.wav", "x.part.wav"), start=1):
        (recordings / name).parent.mkdir(exist_ok=True)
        (recordings / name).write_bytes(b"%d" % number)
        with opened(filled) as store:
            recording = Recording(path=recordings / name, sample_rate_hz=16_000, recording_s=5.0)
            store.add_attempt(1, recording, MADE_AT)
    document = export(filled, place / "library.json")
    names = [each["sound"]["file"] for each in document["attempts"][3:]]
    assert names == ["attempt-4.wav", "attempt-5.wav", "attempt-6.wav", "attempt-7.wav"]
    assert not bring(place / "library.json", place / "there").missing


def test_an_export_is_of_one_moment_whoever_writes_meanwhile(filled, place):
    with opened(filled) as store, opened(filled) as other:
        pieces = exporter(store).pieces()
        head = next(pieces)
        other.add_question(QuestionDraft(text="What else?"), MADE_AT)
        document = json.loads(head + b"".join(pieces))
    assert len(document["questions"]) == document["numbers_given"]["question"] == 2
