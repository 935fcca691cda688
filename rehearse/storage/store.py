"""Where questions, attempts and interviews are kept; only it asks for them. Never prints, knows no clock.

Facts (question, recording, words, speech, corrections, ratings) are kept apart from conclusions (measures), which can
be drawn again.
"""

from datetime import datetime
from pathlib import Path
from typing import Self

from rehearse.errors import NotFound
from rehearse.measurement.measures import Measures
from rehearse.storage import rows
from rehearse.storage.calibrations import CalibrationStore
from rehearse.storage.connection import BUSY_TIMEOUT_S, connect, faults_in_words
from rehearse.storage.corrections import CorrectionStore
from rehearse.storage.interviews import InterviewStore
from rehearse.storage.migrations import migrate
from rehearse.storage.next_interview import NextInterviewStore
from rehearse.storage.ratings import RatingStore
from rehearse.storage.sounds import SoundStore
from rehearse.storage.tables import Columns, Tables
from rehearse.transcription.transcript import SpeechActivity, Transcript


class Store(InterviewStore, CorrectionStore, CalibrationStore, RatingStore, NextInterviewStore, SoundStore):
    """The library of one person. A context manager; every write is kept whole, on disk, before its method returns.

    Attempts are in the order they were given in, by recorded_at. A number once given to a question or an attempt is
    never given to another, even after it is deleted.

    Every method raises StorageFailed where the file cannot be read or written.
    """

    @classmethod
    def open(cls, database: Path, recordings: Path, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Self:
        """The library in that file, begun where there is none and brought up to date where it is older.

        recordings      the folder that holds every recording kept here
        busy_timeout_s  how long to wait for another process that is writing

        Raises StoreTooNew where a newer rehearse has written it.
        """
        with faults_in_words(database):
            connection = connect(database, busy_timeout_s)
            try:
                migrate(connection, database)
            except BaseException:
                connection.close()
                raise
        return cls(Tables(connection, database), recordings)

    def close(self) -> None:
        self._tables.close()

    @property
    def tables(self) -> Tables:
        """For what concerns all of them at once, within this room: export and import."""
        return self._tables

    @property
    def recordings(self) -> Path:
        """The folder that holds every recording kept here."""
        return self._recordings

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def damage(self) -> tuple[str, ...]:
        """What SQLite finds wrong in the file, the first faults of it; empty where it is sound."""
        found = self._tables.read(lambda row: str(row[0]), "PRAGMA integrity_check(5)")
        return () if found == ("ok",) else found

    # What was heard in an attempt

    def keep_heard(
        self, attempt_id: int, transcript: Transcript, speech: SpeechActivity, measures: Measures, made_at: datetime
    ) -> None:
        """Keep what was heard and the numbers drawn from it, together, in place of any earlier ones.

        Raises NotFound where the attempt, or its sound, has been deleted meanwhile: its words do not come back.
        """
        heard: Columns = {"attempt_id": attempt_id, "made_at": rows.utc_text(made_at)}
        with self._tables.writing():
            if self.recording(attempt_id) is None:
                raise NotFound(f"The sound of attempt {attempt_id} has been deleted; its words are not kept.")
            self._tables.replace("transcript", rows.transcript_columns(transcript) | heard)
            self._tables.replace("speech", rows.speech_columns(speech) | {"attempt_id": attempt_id})
            self._tables.replace("measures", rows.measures_columns(measures) | {"attempt_id": attempt_id})

    def note_unspoken(self, attempt_id: int) -> None:
        """Keep that this attempt was listened to and holds nothing to write down.

        What was heard in it before stays, and one that has been deleted stays deleted.
        """
        with self._tables.writing():
            for recording in self._recordings_of(attempt_id):
                if recording is not None and self.speech(attempt_id) is None:
                    nobody = SpeechActivity(recording_s=recording.recording_s, spans=())
                    self._tables.replace("speech", rows.speech_columns(nobody) | {"attempt_id": attempt_id})

    def keep_measures(self, attempt_id: int, measures: Measures) -> None:
        """Keep the numbers, in place of any earlier ones. Raises NotFound where the attempt has been deleted."""
        with self._tables.writing():
            self.recording(attempt_id)
            self._tables.replace("measures", rows.measures_columns(measures) | {"attempt_id": attempt_id})

    def transcript(self, attempt_id: int) -> Transcript | None:
        for transcript in self._tables.read(
            rows.transcript_of, "SELECT * FROM transcript WHERE attempt_id = ?", attempt_id
        ):
            return transcript
        return None

    def speech(self, attempt_id: int) -> SpeechActivity | None:
        for speech in self._tables.read(rows.speech_of, "SELECT * FROM speech WHERE attempt_id = ?", attempt_id):
            return speech
        return None
