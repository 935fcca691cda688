"""The part of the store that keeps what a person said of single fillers: facts, which no engine can give again."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from rehearse.audio.recording import Recording
from rehearse.errors import NotFound
from rehearse.measurement.corrections import Correction, same_event
from rehearse.storage import rows
from rehearse.storage.attempts import AttemptStore


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedSound:
    """A filled pause that a person confirmed, and the recording of the attempt that it is in."""

    attempt_id: int
    recording: Recording
    correction: Correction


class CorrectionStore(AttemptStore):
    """Corrections belong to an attempt and are deleted with it.

    They are also deleted where only its numbers are kept (`delete_attempt`): those hold them already, and without the
    sound there is nothing left that they could speak of.
    """

    def keep_correction(self, attempt_id: int, correction: Correction, made_at: datetime) -> None:
        """Keep it in place of any earlier one on the same event (see `same_event`).

        Raises NotFound where the attempt, or its sound, has been deleted.
        """
        with self._tables.writing():
            if self.recording(attempt_id) is None:
                raise NotFound(f"The sound of attempt {attempt_id} has been deleted; its numbers stay as they are.")
            self._forget(attempt_id, correction)
            columns = rows.correction_columns(correction) | {
                "attempt_id": attempt_id,
                "made_at": rows.utc_text(made_at),
            }
            self._tables.insert("correction", columns)

    def drop_correction(self, attempt_id: int, correction: Correction) -> None:
        """Forget what was said of that event; nothing happens where nothing was."""
        with self._tables.writing():
            self._forget(attempt_id, correction)

    def corrections(self, attempt_id: int) -> tuple[Correction, ...]:
        """Those of one attempt, in order of time."""
        return self._tables.read(
            rows.correction_of, "SELECT * FROM correction WHERE attempt_id = ? ORDER BY start_s, id", attempt_id
        )

    def confirmed_sounds(self, limit: int) -> tuple[ConfirmedSound, ...]:
        """The filled pauses confirmed last, at all attempts whose sound is still kept; newest first, no more than
        limit."""
        return self._tables.read(
            self._confirmed_sound,
            """
            SELECT correction.*, recording_file, sample_rate_hz, recording_s, overflow_count
            FROM correction JOIN attempt ON attempt.id = correction.attempt_id
            WHERE verdict = 'confirmed' AND kind = 'sound' AND recording_file IS NOT NULL
            ORDER BY made_at DESC, correction.id DESC LIMIT ?
            """,
            limit,
        )

    def _confirmed_sound(self, row: sqlite3.Row) -> ConfirmedSound:
        recording = rows.recording_of(row, self._recordings)
        assert recording is not None, "only attempts with their sound are selected"
        return ConfirmedSound(attempt_id=row["attempt_id"], recording=recording, correction=rows.correction_of(row))

    def _forget(self, attempt_id: int, correction: Correction) -> None:
        kept = self._tables.read(
            lambda row: (int(row["id"]), rows.correction_of(row)),
            "SELECT * FROM correction WHERE attempt_id = ?",
            attempt_id,
        )
        for number, earlier in kept:
            if same_event(earlier, correction):
                self._tables.write("DELETE FROM correction WHERE id = ?", number)
