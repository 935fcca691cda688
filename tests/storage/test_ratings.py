import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from rehearse.errors import NotFound
from rehearse.storage.connection import connect
from rehearse.storage.migrations import migrate
from rehearse.storage.store import Store


def test_a_rating_is_kept_with_its_attempt_and_replaced_by_the_next(store, an_attempt, now):
    first, second = an_attempt("one.wav"), an_attempt("two.wav", days=1)
    assert store.rating(first) is None
    store.keep_rating(first, "hard", now)
    store.keep_rating(first, "easy", now + timedelta(minutes=1))
    assert (store.rating(first), store.rating(second)) == ("easy", None)
    assert [line.rating for line in store.attempt_lines()] == ["easy", None]


def test_it_stays_without_the_sound_and_goes_with_the_attempt(store, an_attempt, now, beside):
    kept, deleted = an_attempt("one.wav"), an_attempt("two.wav")
    for attempt in (kept, deleted):
        store.keep_rating(attempt, "good", now)
    store.delete_attempt(kept, keep_numbers=True)
    store.delete_attempt(deleted, keep_numbers=False)
    assert beside.execute("SELECT attempt_id, rating FROM rating").fetchall() == [(kept, "good")]
    with pytest.raises(NotFound):
        store.keep_rating(deleted, "good", now)


def test_nothing_but_the_four_words_is_kept(store, an_attempt, now, beside):
    number = an_attempt()
    with pytest.raises(sqlite3.IntegrityError):
        beside.execute("INSERT INTO rating VALUES (?, 'fine', '')", (number,))


def test_a_line_knows_what_followed_the_landing_and_the_language(store, an_attempt, transcript, speech, measures, now):
    number = an_attempt()
    store.keep_heard(number, transcript, speech, measures, now)
    (line,) = store.attempt_lines()
    assert line.after_landing_s == measures.after_landing_s and line.after_landing_s > 0
    assert line.engine_language == measures.engine.language


def test_a_library_from_before_ratings_knows_them_too(database, recordings, temporary_home):
    def kept(number, record, engine):
        connection.execute(
            "INSERT INTO attempt VALUES (?, 1, '2026-11-03T10:00:00', 0, '', '', ?, 16000, 90, 0)",
            (number, f"{number}.wav"),
        )
        connection.execute("INSERT INTO measures VALUES (?, 1, 60.0, NULL, NULL, ?, 'm', ?)", (number, engine, record))

    with closing(connect(database)) as connection:
        migrate(connection, database, stop_before=9)
        connection.execute(
            "INSERT INTO question (text, points, tags, note, created_at) VALUES ('Why?', '[]', '[]', '', '2026-11-03')"
        )
        record = '{"answer_s": 60.0, "response_latency_s": 1.0, "landing_s": 41.0, "engine": %s}'
        kept(1, record % '{"options": {"language": "de"}}', "whisper")
        kept(2, record.replace("41.0", "null") % '{"options": {}}', "draft")
        kept(3, "not JSON at all", "whisper")
    with Store.open(database, recordings) as store:
        lines = store.attempt_lines()
    known = [(line.after_landing_s, line.engine_language) for line in lines]
    assert known == [(20.0, "de"), (None, "en"), (None, None)]
