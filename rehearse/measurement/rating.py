"""How an answer felt to the person who gave it: their own word, and nobody else's."""

from typing import Literal, TypeAlias, get_args

#: again: it did not come; hard: it came with trouble; good: it went well; easy: it came by itself. The words, and what
#: they are for, are those of spaced repetition (`rehearse.progress.schedule`).
Rating: TypeAlias = Literal["again", "hard", "good", "easy"]

RATINGS: tuple[Rating, ...] = get_args(Rating)
