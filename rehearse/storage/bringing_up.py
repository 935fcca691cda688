"""Whether an interview of a document, or the note of a question, says more than the same one here, and what then
becomes of that. Values only.

Both may have been gone on with since they were one: on the other machine the debrief was finished, here the mail was
written. Nobody can tell which of two texts is the right one, so only an interview all of which stands in the document's
too is brought up to it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from itertools import zip_longest

from rehearse.interview import AskedQuestion, Interview, note_entries
from rehearse.next_interview import NextInterview


class Standing(Enum):
    """What a document's entry is to the one that is here.

    HERE    nothing is said in it that is not here
    FULLER  all that is here is said in it, and more
    OTHER   each says something that the other does not
    """

    HERE = "here"
    FULLER = "fuller"
    OTHER = "other"


def standing(here: Interview, told: Interview) -> Standing:
    """What the document's interview, told, is to the same one here.

    A text, a day, a mark that is not there counts as not said yet: nobody can tell it from one that was taken back. The
    moments at which two debriefs ended, and the sentence they began with, say nothing.
    """
    if not _holds(here, told):
        return Standing.FULLER if _holds(told, here) else Standing.OTHER
    closed_there = bool(here.at) and not told.at and _holds(told, here)
    return Standing.FULLER if closed_there else Standing.HERE


def brought_up(here: Interview, told: Interview) -> Interview:
    """The one here as the document tells it, which is fuller; question_id in told is of this library.

    What was written into a note here stays known, so that it can be rewritten.
    """
    before = _paired(told.asked, here.asked) or {}
    asked = []
    for place, each in enumerate(told.asked):
        if mine := before.get(place):
            question_id = each.question_id if mine.question_id is None else mine.question_id
            each = replace(each, question_id=question_id, noted=mine.noted or each.noted)
        asked.append(each)
    return replace(
        told,
        id=here.id,
        asked=tuple(asked),
        finished_at=here.finished_at or told.finished_at,
        acknowledgement=here.acknowledgement,
    )


def note_standing(here: str, told: str) -> Standing:
    """The same of the note of a question, by its entries: a debrief puts its own before those that were there."""
    mine, theirs = set(note_entries(here)), set(note_entries(told))
    if theirs <= mine:
        return Standing.HERE
    return Standing.FULLER if mine <= theirs else Standing.OTHER


def next_standing(here: NextInterview, told: NextInterview, today: date) -> Standing:
    """The same of the one to come: where the one here has gone by, a later one takes its place."""
    if here.on == told.on and told.company in ("", here.company):
        return Standing.HERE
    if (here.on == told.on and not here.company) or here.on < min(today, told.on):
        return Standing.FULLER
    return Standing.OTHER


_SAID = ("company", "role", "on", "who", "in_my_control", "not_in_my_control", "notes", "follow_up", "sent_on")


def _holds(fuller: Interview, other: Interview) -> bool:
    """Whether whatever is said in the other is said in the fuller one, to the letter."""
    return (
        all(_held(getattr(fuller, name), getattr(other, name)) for name in _SAID)
        and all(_held(*both) for both in zip_longest(fuller.went_well, other.went_well, fillvalue=""))
        and (other.finished_at is None or fuller.finished_at is not None)
        and _paired(fuller.asked, other.asked) is not None
    )


def _held(mine: object, theirs: object) -> bool:
    return theirs in ("", None, ()) or mine == theirs


def _paired(fuller: Sequence[AskedQuestion], other: Sequence[AskedQuestion]) -> dict[int, AskedQuestion] | None:
    """Every one of the other by the place of the fuller one that holds it; None where one is not held."""
    pairs: dict[int, AskedQuestion] = {}
    for each in other:
        holding = (place for place, mine in enumerate(fuller) if place not in pairs and _holds_asked(mine, each))
        place = next(holding, None)
        if place is None:
            return None
        pairs[place] = each
    return pairs


def _holds_asked(fuller: AskedQuestion, other: AskedQuestion) -> bool:
    return (
        fuller.text == other.text
        and _held(_hard(fuller), _hard(other))
        and (fuller.again or not other.again)
        and all(
            _held(getattr(fuller, name), getattr(other, name))
            for name in ("why", "what_happened", "roughly_s", "recording")
        )
        and (other.question_id is None or fuller.question_id is not None)
    )


def _hard(asked: AskedQuestion) -> bool | None:
    """Whether it was hard; None where that was not said. One with a reason was, and is not hard any more."""
    told = asked.hard or asked.why or asked.what_happened or asked.roughly_s is not None
    return asked.hard if told else None
