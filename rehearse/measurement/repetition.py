"""Words said twice in a row."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """
    text  the words repeated, lower case: 'the the' is the repetition of 'the'
    """

    text: str
    start_s: float
    end_s: float
