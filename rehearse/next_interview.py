"""The interview that is still to come: its day, and how a person writes it. Values only."""

import re
from dataclasses import dataclass
from datetime import date

from rehearse.errors import InterviewInvalid
from rehearse.interview import parse_day

#: A day without a year that comes so late is more likely the one just gone by. Own choice.
_NEARLY_A_YEAR_DAYS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class NextInterview:
    """
    on       its day, where the interview takes place
    company  '' where the person did not say
    """

    on: date
    company: str = ""


def parse_coming_day(text: str, today: date) -> date:
    """The day meant by '2 Dec', 'Tuesday', 'tomorrow' or '2026-12-02', from today on.

    Raises InterviewInvalid where it is no day, could be two, or has gone by: then with the way to put that one down.
    """
    try:
        day = parse_day(text, today, to_come=True)
    except InterviewInvalid as error:
        try:
            gone = parse_day(text, today)
        except InterviewInvalid:
            raise error from None
        raise _gone(gone) from None
    if (day - today).days >= _NEARLY_A_YEAR_DAYS and not re.search(r"\d{4}", text):
        raise _gone(parse_day(text, today), f", or with the year too: {day.isoformat()}")
    return day


def _gone(day: date, otherwise: str = "") -> InterviewInvalid:
    return InterviewInvalid(
        f"{day.day} {day:%b %Y} has gone by.",
        f"If the interview was then, write it down: rehearse debrief. If not, name a day to come{otherwise}.",
    )
