"""The attempts of a library: each a recording kept as a fact, with the numbers last drawn from it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from rehearse.audio.recording import Recording
from rehearse.errors import NotFound, RehearseError, StorageFailed
from rehearse.measurement.attempt import Attempt, AttemptLine, Timed
from rehearse.measurement.without_words import without_words
from rehearse.question import shortened
from rehearse.storage import rows
from rehearse.storage.finding import attempt_meant
from rehearse.storage.questions import QuestionStore
from rehearse.storage.tables import Cell, Tables
from rehearse.transcription.transcript import EngineIdentity

_ATTEMPTS = "SELECT attempt.*, measures.record FROM attempt LEFT JOIN measures ON measures.attempt_id = attempt.id"
#: For each question the day before the first of its latest attempts, so many that `?` skips all but the first of them.
_BOUNDS = """
    JOIN (SELECT question.id AS bounded_id, coalesce((
              SELECT datetime(early.recorded_at, '-1 day') FROM attempt AS early WHERE early.question_id = question.id
              ORDER BY early.recorded_at DESC, early.id DESC LIMIT 1 OFFSET ?), '') AS since
          FROM question) ON bounded_id = attempt.question_id AND attempt.recorded_at >= since
"""
LATEST_FIRST = "ORDER BY recorded_at DESC, id DESC"
EARLIEST_FIRST = "ORDER BY recorded_at, id"


class AttemptStore(QuestionStore):
    """Attempts are in the order they were given in, by recorded_at."""

    def __init__(self, tables: Tables, recordings: Path) -> None:
        super().__init__(tables)
        self._recordings = recordings

    def add_attempt(
        self,
        question_id: int,
        recording: Recording,
        recorded_at: datetime,
        *,
        baseline: bool = False,
        source: str = "",
        device: str = "",
        timed: Timed | None = None,
        whole_s: float | None = None,
    ) -> Attempt:
        """Keep an answer, before anything is tried with its recording, whose file must lie in the recordings folder.

        A question has one attempt 0: a second baseline is refused, since every later attempt is compared with it.

        whole_s  how long the recording says it is, where it could be read only in part

        Raises NotFound for an unknown question, RehearseError for a second baseline or a file already kept,
        ValueError for a file that lies elsewhere or a time without a time zone.
        """
        columns = rows.recording_columns(recording, self._recordings) | {
            "question_id": question_id,
            "recorded_at": rows.utc_text(recorded_at),
            "baseline": int(baseline),
            "source": rows.text_column(source),
            "device": rows.text_column(device),
            **rows.timed_columns(timed),
            "whole_s": whole_s,
        }
        with self._tables.writing():
            question = self.question(question_id)
            for kept in self._attempts("WHERE recording_file = ?", columns["recording_file"]):
                raise RehearseError(
                    f"The recording {recording.path.name} is already kept, as attempt {kept.id}.",
                    f"Look at it: rehearse show {kept.id}",
                )
            for kept in self._attempts("WHERE question_id = ? AND baseline = 1", question_id) if baseline else ():
                raise RehearseError(
                    f"'{shortened(question.text)}' already has its real answer, attempt {kept.id}.",
                    f"Keep this one as an ordinary attempt, or first: rehearse delete {kept.id}",
                )
            return self.attempt(self._tables.insert("attempt", columns))

    def attempt(self, attempt_id: int) -> Attempt:
        """Raises NotFound where there is none of that number."""
        for attempt in self._attempts("WHERE attempt.id = ?", attempt_id):
            return attempt
        raise _no_attempt(attempt_id)

    def attempts(
        self, question_id: int | None = None, *, newest_first: bool = False, limit: int | None = None
    ) -> tuple[Attempt, ...]:
        """Attempts with all their measures: at one question, or at all of them; no more than limit, where given."""
        which, cells = _of_question(question_id)
        order = LATEST_FIRST if newest_first else EARLIEST_FIRST
        # To SQLite, no limit is -1.
        return self._attempts(f"{which} {order} LIMIT ?", *cells, -1 if limit is None else limit)

    def last_attempt_line(self) -> AttemptLine | None:
        for line in self._lines("ORDER BY recorded_at DESC, attempt.id DESC LIMIT 1"):
            return line
        return None

    def attempt_lines(self, question_id: int | None = None, *, latest: int | None = None) -> tuple[AttemptLine, ...]:
        """The same attempts, earliest first, with what a listing shows only: cheap for thousands of them.

        latest  only so many of each question, and those of the day before the first of these, so that it can be told
                which was the first of its day
        """
        which, cells = _of_question(question_id)
        bounds, bounded_by = ("", ()) if latest is None else (_BOUNDS, (latest - 1,))
        ordered = f"{bounds} {which} ORDER BY recorded_at, attempt.id"
        return self._lines(ordered, *bounded_by, *cells)

    def _lines(self, which: str, *cells: Cell) -> tuple[AttemptLine, ...]:
        return self._tables.read(
            rows.attempt_line_of,
            f"""
            SELECT attempt.id, question_id, recorded_at, baseline, recording_file IS NOT NULL AS has_sound, recording_s,
                   answer_s, speech_rate_wpm, fillers_per_min, engine_name, engine_model, measures_version,
                   source, device, overflow_count, limit_s, drill_round, ran_out, whole_s, engine_language,
                   after_landing_s, rating
            FROM attempt LEFT JOIN measures ON measures.attempt_id = attempt.id
                         LEFT JOIN rating ON rating.attempt_id = attempt.id {which}
            """,
            *cells,
        )

    def recording(self, attempt_id: int) -> Recording | None:
        """The attempt's recording, None where it has been deleted. Raises NotFound where there is no such attempt.

        The measures are not looked at, so that damaged ones can be put right.
        """
        for recording in self._recordings_of(attempt_id):
            return recording
        raise _no_attempt(attempt_id)

    def last_attempt(self) -> Attempt | None:
        for attempt in self.attempts(newest_first=True, limit=1):
            return attempt
        return None

    def answered_since(self, moment: datetime) -> tuple[datetime, ...]:
        """When something was answered from that moment on, the real answers aside."""
        return self._tables.read(
            lambda row: datetime.fromisoformat(row["recorded_at"]),
            "SELECT recorded_at FROM attempt WHERE recorded_at >= ? AND baseline = 0 ORDER BY recorded_at",
            rows.utc_text(moment),
        )

    def find_attempt(self, typed: str) -> Attempt:
        """The attempt meant by its number, by 'last' or 'latest', or by a question (its latest attempt).

        '0' is the real answer where only one is kept. Raises NotFound where none fits, or several do.
        """
        return attempt_meant(typed, self)

    def baselines(self) -> tuple[Attempt, ...]:
        """The attempt 0 of every question that has one."""
        return self._attempts(f"WHERE baseline = 1 {EARLIEST_FIRST}")

    def attempt_counts(self) -> Mapping[int, int]:
        """How many attempts each question has, by its number; 0 where there are none, archived ones included."""
        counted = self._tables.read(
            lambda row: (int(row["id"]), int(row["attempt_count"])),
            """
            SELECT question.id, count(attempt.id) AS attempt_count
            FROM question LEFT JOIN attempt ON attempt.question_id = question.id GROUP BY question.id
            """,
        )
        return dict(counted)

    def untranscribed(self, *, unlike: EngineIdentity | None = None) -> tuple[Attempt, ...]:
        """Attempts with a recording and no transcript yet, earliest first.

        unlike  also those that another engine or model than this one heard; but not what it would hear in a language
                that nobody spoke: an attempt that Whisper heard in another language than this engine listens for
        """
        return self._attempts(
            f"""
            LEFT JOIN transcript ON transcript.attempt_id = attempt.id
            WHERE recording_file IS NOT NULL
              AND (transcript.attempt_id IS NULL
                   OR (? AND (transcript.engine_name, transcript.engine_model) <> (?, ?)
                       AND (transcript.engine_name = 'draft'
                            OR transcript.language = coalesce(?, transcript.language))))
            {EARLIEST_FIRST}
            """,
            unlike is not None,
            unlike.name if unlike else "",
            unlike.model if unlike else "",
            unlike.language if unlike else None,
        )

    def delete_attempt(self, attempt_id: int, *, keep_numbers: bool) -> None:
        """Delete the attempt, or, with keep_numbers, only its sound, its words (see `without_words`), when it was
        spoken, and what was said of its fillers, which the numbers hold already.

        The file goes last, once the library no longer names it; a file that is gone already is no fault. Copies of the
        library from before an upgrade, which hold the words too, go with it.
        Raises NotFound where there is none of that number, StorageFailed where the file cannot be removed.
        """
        with self._tables.writing():
            recording = self.recording(attempt_id)
            if keep_numbers:
                measures = self.attempt(attempt_id).measures
                record = "{}" if measures is None else rows.measures_columns(without_words(measures))["record"]
                self._tables.write("UPDATE measures SET record = ? WHERE attempt_id = ?", record, attempt_id)
                self._tables.update("attempt", attempt_id, {"recording_file": None})
                self._tables.write("DELETE FROM transcript WHERE attempt_id = ?", attempt_id)
                self._tables.write("DELETE FROM speech WHERE attempt_id = ?", attempt_id)
                self._tables.write("DELETE FROM correction WHERE attempt_id = ?", attempt_id)
            else:
                self._tables.write("DELETE FROM attempt WHERE id = ?", attempt_id)
        try:
            if recording is not None:
                _remove(recording.path)
        finally:
            self._tables.forget()

    def _recordings_of(self, attempt_id: int) -> tuple[Recording | None, ...]:
        """Its recording; empty where there is no such attempt."""
        return self._tables.read(
            lambda row: rows.recording_of(row, self._recordings), "SELECT * FROM attempt WHERE id = ?", attempt_id
        )

    def _attempts(self, which: str, *cells: Cell) -> tuple[Attempt, ...]:
        return self._tables.read(lambda row: rows.attempt_of(row, self._recordings), f"{_ATTEMPTS} {which}", *cells)


def _no_attempt(attempt_id: int) -> NotFound:
    return NotFound(f"There is no attempt {attempt_id}.", "See them with: rehearse attempts")


def _of_question(question_id: int | None) -> tuple[str, tuple[Cell, ...]]:
    return ("", ()) if question_id is None else ("WHERE question_id = ?", (question_id,))


def _remove(recording: Path) -> None:
    try:
        # While it is being packed, or after a crash in the middle of that, there are two of them.
        for ending in (".wav", ".flac", recording.suffix):
            recording.with_suffix(ending).unlink(missing_ok=True)
    except OSError as error:
        raise StorageFailed(
            f"The attempt is deleted, but its sound could not be: {recording}",
            "Is it being played? Close what holds it open, then delete that file yourself.",
        ) from error
