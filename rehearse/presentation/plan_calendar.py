"""The plan as an iCalendar file (RFC 5545), for any calendar (docs/decisions/0021-the-plan-in-a-calendar.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from rehearse.next_interview import NextInterview
from rehearse.presentation import wording
from rehearse.presentation.plan_words import interview_named

if TYPE_CHECKING:
    from icalendar import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDay:
    """
    questions  each to be answered that day: its number, its text, and why
    """

    on: date
    questions: tuple[tuple[int, str, str], ...]


def calendar_file(days: Sequence[PlannedDay], interview: NextInterview | None, made_at: datetime, version: str) -> str:
    """One event for each day, all day long and not busy, and one for the interview.

    The same day has the same identity in every export, so that a calendar that reads a newer one changes its events.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//rehearse//{version}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for day in days:
        count = wording.count(len(day.questions), "answer")
        told = [f"{wording.shown(text)} ({why})\nrehearse practice {number}" for number, text, why in day.questions]
        calendar.add_component(_event("practice", day.on, f"Practise: {count}", "\n\n".join(told), made_at))
    if interview is not None:
        calendar.add_component(
            _event("interview", interview.on, interview_named(interview), "After it:\nrehearse debrief", made_at)
        )
    written: bytes = calendar.to_ical()
    return written.decode("utf-8")


def _event(kind: str, on: date, summary: str, description: str, made_at: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{kind}-{on:%Y%m%d}@rehearse.invalid")
    event.add("dtstamp", made_at)
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", description)
    event.add("transp", "TRANSPARENT")
    return event
