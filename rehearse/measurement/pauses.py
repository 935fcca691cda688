"""Silent pauses inside an answer."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """
    where  inside a clause, at a boundary between clauses, or None where the transcript cannot tell
    """

    start_s: float
    end_s: float
    where: Literal["inside", "boundary"] | None = None
