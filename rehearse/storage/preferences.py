"""The part of the store that keeps which of two attempts the person liked better."""

import sqlite3
from datetime import datetime

from rehearse.measurement.preference import Preference
from rehearse.storage import rows
from rehearse.storage.attempts import AttemptStore


class PreferenceStore(AttemptStore):
    """Each choice is kept beside the earlier ones. It goes with either of its attempts."""

    def add_preference(self, preference: Preference) -> None:
        """Raises NotFound where one of the attempts is not kept any more, ValueError for a third one preferred."""
        if preference.preferred_id not in (None, preference.attempt_id, preference.other_id):
            raise ValueError(f"attempt {preference.preferred_id} was not among those heard")
        with self._tables.writing():
            self.recording(preference.attempt_id)
            self.recording(preference.other_id)
            self._tables.insert(
                "preference",
                {
                    "attempt_id": preference.attempt_id,
                    "other_id": preference.other_id,
                    "preferred_id": preference.preferred_id,
                    "blind": int(preference.blind),
                    "made_at": rows.utc_text(preference.made_at),
                },
            )

    def preferences(self, attempt_id: int) -> tuple[Preference, ...]:
        """Every choice that the attempt was part of, earliest first."""
        return self._tables.read(
            _preference_of,
            "SELECT * FROM preference WHERE attempt_id = ? OR other_id = ? ORDER BY made_at, id",
            attempt_id,
            attempt_id,
        )


def _preference_of(row: sqlite3.Row) -> Preference:
    return Preference(
        attempt_id=row["attempt_id"],
        other_id=row["other_id"],
        preferred_id=row["preferred_id"],
        blind=bool(row["blind"]),
        made_at=datetime.fromisoformat(row["made_at"]),
    )
