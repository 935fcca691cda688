"""The numbers of an answer whose words a person had deleted. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from rehearse.measurement.drawn_out import StretchedWord
from rehearse.measurement.measures import Measures
from rehearse.measurement.repetition import Repetition
from rehearse.measurement.restarts import RepeatedPhrase

#: Stands where words stood: how many there were, and when, is still known.
DELETED = "…"

_Said = TypeVar("_Said", StretchedWord, Repetition, RepeatedPhrase)


def without_words(measures: Measures) -> Measures:
    """Every number as it was, and of what was said only the fillers; points to make were written down beforehand."""
    landing, ending = measures.landing, measures.ending
    return replace(
        measures,
        stretched_words=_unsaid(measures.stretched_words),
        repetitions=_unsaid(measures.repetitions),
        restarts=_unsaid(measures.restarts),
        repeated_phrases=_unsaid(measures.repeated_phrases),
        landing=landing and replace(landing, sentence=DELETED, new_words=(DELETED,) * len(landing.new_words)),
        ending=ending and replace(ending, text=DELETED),
    )


def _unsaid(said: Sequence[_Said] | None) -> tuple[_Said, ...] | None:
    return None if said is None else tuple(replace(each, text=DELETED) for each in said)
