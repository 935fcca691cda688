"""Which of two answers a person liked better when they heard both: their own rating, and nobody else's."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """
    attempt_id, other_id  the two that were heard
    preferred_id          the better one of them, None where the person heard no difference
    blind                 whether they did not know which was which when they chose
    made_at               aware, UTC
    """

    attempt_id: int
    other_id: int
    preferred_id: int | None
    blind: bool
    made_at: datetime
