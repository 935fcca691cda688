"""The part of the store that knows which file holds the sound of which attempt, and who has listened to it."""

from pathlib import Path

from rehearse.audio.recording import Recording
from rehearse.storage import rows
from rehearse.storage.attempts import EARLIEST_FIRST, LATEST_FIRST, AttemptStore


class SoundStore(AttemptStore):
    """Files are named by the library alone: one that it does not name was never brought to an end."""

    def unheard(self) -> tuple[int, ...]:
        """Numbers of the attempts whose recording nobody has listened to yet, earliest first.

        Those in which no voice was found have been listened to: `note_unspoken`.
        """
        return self._tables.read(
            lambda row: int(row["id"]),
            f"""
            SELECT attempt.id FROM attempt
            LEFT JOIN transcript ON transcript.attempt_id = attempt.id
            LEFT JOIN speech ON speech.attempt_id = attempt.id
            WHERE recording_file IS NOT NULL AND transcript.attempt_id IS NULL AND speech.attempt_id IS NULL
            {EARLIEST_FIRST}
            """,
        )

    def unpacked(self) -> tuple[tuple[int, Recording], ...]:
        """Numbers and recordings of the measured attempts that are kept as WAV, latest first."""
        found = self._tables.read(
            lambda row: (int(row["id"]), rows.recording_of(row, self._recordings)),
            f"""
            SELECT attempt.* FROM attempt JOIN measures ON measures.attempt_id = attempt.id
            WHERE recording_file LIKE '%.wav' {LATEST_FIRST}
            """,
        )
        return tuple((number, recording) for number, recording in found if recording is not None)

    def move_recording(self, attempt_id: int, before: Recording, after: Recording) -> bool:
        """Name another file with the same sound for the attempt; False where it no longer has the first one."""
        old, new = (rows.recording_columns(each, self._recordings)["recording_file"] for each in (before, after))
        with self._tables.writing():
            if not self._attempts("WHERE attempt.id = ? AND recording_file = ?", attempt_id, old):
                return False
            self._tables.update("attempt", attempt_id, {"recording_file": new})
        return True

    def kept_recordings(self) -> frozenset[Path]:
        """The file of every recording kept: what else lies in the folder was never brought to an end."""
        return frozenset(
            self._tables.read(
                lambda row: self._recordings / row["recording_file"],
                "SELECT recording_file FROM attempt WHERE recording_file IS NOT NULL",
            )
        )
