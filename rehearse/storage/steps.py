"""The steps by which the library grew into its present shape, one for each version.

STEPS is append-only: a step that was ever released is never changed, so it imports nothing from the program, which
will change.
"""

import sqlite3
from collections.abc import Callable
from typing import TypeAlias

#: Takes a library from one version to the next. Never calls executescript, which would end the transaction.
Step: TypeAlias = Callable[[sqlite3.Connection], None]


def questions_and_attempts(connection: sqlite3.Connection) -> None:
    """Version 1. Facts (question, attempt, transcript, speech) in tables of their own, conclusions in measures.

    An attempt without a recording_file had its sound deleted and its numbers kept. The columns of measures beside
    the record repeat what listings show, so that a listing need not read thousands of records.
    """
    connection.execute("PRAGMA application_id = 1919447667")
    connection.execute(
        """
        CREATE TABLE question (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            text TEXT NOT NULL,
            target_low_s REAL,
            target_high_s REAL,
            points TEXT NOT NULL,
            tags TEXT NOT NULL,
            note TEXT NOT NULL,
            created_at TEXT NOT NULL,
            archived_at TEXT,
            CHECK ((target_low_s IS NULL) = (target_high_s IS NULL))
        )
        """
    )
    connection.execute(
        """
        CREATE TABLE attempt (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            question_id INTEGER NOT NULL REFERENCES question (id),
            recorded_at TEXT NOT NULL,
            baseline INTEGER NOT NULL CHECK (baseline IN (0, 1)),
            source TEXT NOT NULL,
            device TEXT NOT NULL,
            recording_file TEXT UNIQUE,
            sample_rate_hz INTEGER NOT NULL,
            recording_s REAL NOT NULL,
            overflow_count INTEGER NOT NULL
        )
        """
    )
    connection.execute("CREATE INDEX attempt_by_question ON attempt (question_id, recorded_at, id)")
    connection.execute("CREATE INDEX attempt_by_time ON attempt (recorded_at, id)")
    connection.execute("CREATE UNIQUE INDEX one_baseline_for_each_question ON attempt (question_id) WHERE baseline = 1")
    connection.execute(
        """
        CREATE TABLE transcript (
            attempt_id INTEGER PRIMARY KEY REFERENCES attempt (id) ON DELETE CASCADE,
            language TEXT NOT NULL,
            engine_name TEXT NOT NULL,
            engine_model TEXT NOT NULL,
            engine_version TEXT NOT NULL,
            engine_options TEXT NOT NULL,
            words TEXT NOT NULL,
            made_at TEXT NOT NULL
        )
        """
    )
    connection.execute(
        """
        CREATE TABLE speech (
            attempt_id INTEGER PRIMARY KEY REFERENCES attempt (id) ON DELETE CASCADE,
            recording_s REAL NOT NULL,
            spans TEXT NOT NULL
        )
        """
    )
    connection.execute(
        """
        CREATE TABLE measures (
            attempt_id INTEGER PRIMARY KEY REFERENCES attempt (id) ON DELETE CASCADE,
            measures_version INTEGER NOT NULL,
            answer_s REAL NOT NULL,
            speech_rate_wpm REAL,
            fillers_per_min REAL,
            engine_name TEXT,
            engine_model TEXT,
            record TEXT NOT NULL
        )
        """
    )


def doubtful_stretches(connection: sqlite3.Connection) -> None:
    """Version 2. Where a transcript is not to be trusted: JSON, a list of [start_s, end_s, why]."""
    connection.execute("ALTER TABLE transcript ADD COLUMN doubts TEXT NOT NULL DEFAULT '[]'")


def hesitations(connection: sqlite3.Connection) -> None:
    """Version 3. Where filled pauses may stand that are not among the words: JSON, a list of [start_s, vowel_end_s,
    end_s], NULL where nobody looked."""
    connection.execute("ALTER TABLE transcript ADD COLUMN hesitations TEXT")


def preferences(connection: sqlite3.Connection) -> None:
    """Version 4. Which of two attempts the person liked better; no preferred_id where they heard no difference."""
    connection.execute(
        """
        CREATE TABLE preference (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            attempt_id INTEGER NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
            other_id INTEGER NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
            preferred_id INTEGER CHECK (preferred_id IN (attempt_id, other_id)),
            blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
            made_at TEXT NOT NULL,
            CHECK (attempt_id <> other_id)
        )
        """
    )
    connection.execute("CREATE INDEX preference_by_attempt ON preference (attempt_id)")
    connection.execute("CREATE INDEX preference_by_other ON preference (other_id)")


def corrections(connection: sqlite3.Connection) -> None:
    """Version 5. What a person said of single fillers after listening: facts, kept whatever hears the answer later."""
    connection.execute(
        """
        CREATE TABLE correction (
            id INTEGER PRIMARY KEY,
            attempt_id INTEGER NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
            start_s REAL NOT NULL,
            end_s REAL NOT NULL,
            text TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('sound', 'word')),
            verdict TEXT NOT NULL CHECK (verdict IN ('confirmed', 'rejected')),
            made_at TEXT NOT NULL
        )
        """
    )
    connection.execute("CREATE INDEX correction_by_attempt ON correction (attempt_id, start_s)")


def calibrations(connection: sqlite3.Connection) -> None:
    """Version 6. What was heard of a text read aloud, by whom and with which microphone; the latest counts."""
    connection.execute(
        """
        CREATE TABLE calibration (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            made_at TEXT NOT NULL,
            device TEXT NOT NULL,
            engine_name TEXT NOT NULL,
            engine_model TEXT NOT NULL,
            engine_version TEXT NOT NULL,
            record TEXT NOT NULL
        )
        """
    )


def interviews(connection: sqlite3.Connection) -> None:
    """Version 7. Real interviews and what was asked in them; a question's opening and landing sentence.

    A debrief is kept after each of its steps: `at` says where it stands, '' where none is open. The columns why and
    went_well are JSON lists of text. A question that is practised elsewhere stays when its interview is deleted.
    """
    connection.execute("ALTER TABLE question ADD COLUMN opening TEXT NOT NULL DEFAULT ''")
    connection.execute("ALTER TABLE question ADD COLUMN landing TEXT NOT NULL DEFAULT ''")
    connection.execute(
        """
        CREATE TABLE interview (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            company TEXT NOT NULL,
            role TEXT NOT NULL,
            held_on TEXT,
            who TEXT NOT NULL,
            went_well TEXT NOT NULL,
            in_my_control TEXT NOT NULL,
            not_in_my_control TEXT NOT NULL,
            notes TEXT NOT NULL,
            started_at TEXT NOT NULL,
            finished_at TEXT,
            at TEXT NOT NULL,
            acknowledgement INTEGER NOT NULL,
            follow_up TEXT NOT NULL,
            sent_on TEXT
        )
        """
    )
    connection.execute(
        """
        CREATE TABLE asked_question (
            interview_id INTEGER NOT NULL REFERENCES interview (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            text TEXT NOT NULL,
            hard INTEGER NOT NULL CHECK (hard IN (0, 1)),
            why TEXT NOT NULL,
            what_happened TEXT NOT NULL,
            roughly_s REAL,
            again INTEGER NOT NULL CHECK (again IN (0, 1)),
            recording TEXT NOT NULL,
            question_id INTEGER REFERENCES question (id),
            noted TEXT NOT NULL,
            PRIMARY KEY (interview_id, place)
        )
        """
    )
    connection.execute("CREATE INDEX asked_by_question ON asked_question (question_id)")


def silences(connection: sqlite3.Connection) -> None:
    """Version 8. How well silences can be told from speech: clear, rough or hidden; of older ones nobody asked."""
    connection.execute("ALTER TABLE speech ADD COLUMN silences TEXT NOT NULL DEFAULT 'clear'")


def ratings(connection: sqlite3.Connection) -> None:
    """Version 9. How an attempt felt to the person who gave it; and beside each record of measures what a schedule of
    all questions reads of it, filled in for those that are there."""
    connection.execute(
        """
        CREATE TABLE rating (
            attempt_id INTEGER PRIMARY KEY REFERENCES attempt (id) ON DELETE CASCADE,
            rating TEXT NOT NULL CHECK (rating IN ('again', 'hard', 'good', 'easy')),
            made_at TEXT NOT NULL
        )
        """
    )
    connection.execute("ALTER TABLE measures ADD COLUMN after_landing_s REAL")
    connection.execute("ALTER TABLE measures ADD COLUMN engine_language TEXT")
    connection.execute(
        """
        UPDATE measures SET
            after_landing_s = max(0.0, json_extract(record, '$.response_latency_s')
                                       + json_extract(record, '$.answer_s') - json_extract(record, '$.landing_s')),
            engine_language = CASE engine_name
                WHEN 'draft' THEN 'en' ELSE json_extract(record, '$.engine.options.language') END
        WHERE json_valid(record)
        """
    )


def next_interview(connection: sqlite3.Connection) -> None:
    """Version 10. The day of the interview that is still to come; one at the most."""
    connection.execute(
        """
        CREATE TABLE next_interview (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            held_on TEXT NOT NULL,
            company TEXT NOT NULL,
            made_at TEXT NOT NULL
        )
        """
    )


def limits(connection: sqlite3.Connection) -> None:
    """Version 11. The limit an answer was given under, in seconds, NULL for none; in a drill, which round it was."""
    connection.execute("ALTER TABLE attempt ADD COLUMN limit_s REAL")
    connection.execute("ALTER TABLE attempt ADD COLUMN drill_round INTEGER")
    connection.execute("ALTER TABLE attempt ADD COLUMN ran_out INTEGER NOT NULL DEFAULT 0")


def whole_lengths(connection: sqlite3.Connection) -> None:
    """Version 12. How long a recording says it is of which only the beginning could be read; NULL where it is whole."""
    connection.execute("ALTER TABLE attempt ADD COLUMN whole_s REAL")


#: The step at index n takes a library of version n to version n + 1.
STEPS: tuple[Step, ...] = (
    questions_and_attempts,
    doubtful_stretches,
    hesitations,
    preferences,
    corrections,
    calibrations,
    interviews,
    silences,
    ratings,
    next_interview,
    limits,
    whole_lengths,
)
