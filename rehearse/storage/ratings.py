"""The part of the store that keeps how an answer felt to the person who gave it: a fact, which no engine can give."""

from datetime import datetime
from typing import cast

from rehearse.measurement.rating import Rating
from rehearse.storage import rows
from rehearse.storage.attempts import AttemptStore


class RatingStore(AttemptStore):
    """One rating for each attempt at the most. It stays where only the sound is deleted, and goes with the attempt."""

    def keep_rating(self, attempt_id: int, rating: Rating, made_at: datetime) -> None:
        """Keep it in place of any earlier one. Raises NotFound where the attempt has been deleted."""
        with self._tables.writing():
            self.recording(attempt_id)
            self._tables.replace(
                "rating", {"attempt_id": attempt_id, "rating": rating, "made_at": rows.utc_text(made_at)}
            )

    def rating(self, attempt_id: int) -> Rating | None:
        for rating in self._tables.read(
            lambda row: cast(Rating, row["rating"]), "SELECT rating FROM rating WHERE attempt_id = ?", attempt_id
        ):
            return rating
        return None
