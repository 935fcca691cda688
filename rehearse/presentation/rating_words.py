"""How an answer felt, as it is asked and told."""

from datetime import date

from rehearse.measurement.rating import RATINGS, Rating
from rehearse.presentation.days import nearby

#: The keys 1 to 4, and one line that names them.
RATING_KEYS: dict[str, Rating] = {str(number): rating for number, rating in enumerate(RATINGS, start=1)}
ASKED = "How did it feel?   " + "   ".join(f"{key} {rating}" for key, rating in RATING_KEYS.items())


def rated(rating: Rating, comes_again: date | None, today: date) -> str:
    """What follows from it.

    comes_again  when the question is due; None where the rating changes nothing of that
    """
    if comes_again is None:
        return f"Kept: {rating}. The first answer of a day decides when the question comes again."
    return f"Kept: {rating}. The question comes again {nearby(comes_again, today)}."
