"""Moments and dates as people write them on the command line."""

import re
from datetime import UTC, datetime, time
from typing import Any

import click

from rehearse.cli.session import Session
from rehearse.errors import InterviewInvalid
from rehearse.interview import parse_day

_NO_DATE = "'{}' is not a date. Write it as today, Tuesday, 3 Nov, 2026-11-03 or 2026-11-03T14:30."


class MomentType(click.ParamType[float]):
    """A moment inside a recording, in seconds: '75', '1:15' or '1:02:30'."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, (int, float)):
            return float(value)
        parts = str(value).split(":")
        try:
            numbers = [float(part) for part in parts]
        except ValueError:
            numbers = []
        is_one = 1 <= len(numbers) <= 3 and 0 <= numbers[0] < float("inf")
        if not is_one or any(not 0 <= n < 60 for n in numbers[1:]):
            self.fail(f"'{value}' is not a time. Write seconds or minutes:seconds, such as 75 or 1:15.", param, ctx)
        seconds = 0.0
        for number in numbers:
            seconds = seconds * 60 + number
        return seconds


def _now(ctx: click.Context | None) -> datetime:
    """By the clock of the session, in this machine's time zone."""
    session = ctx.find_object(Session) if ctx is not None else None
    return (session.now() if session is not None else datetime.now(UTC)).astimezone()


class DateType(click.ParamType[datetime]):
    """A day as people write it ('yesterday', 'Tuesday', '3 Nov'), or a day and a time in ISO 8601.

    Without a zone it is this machine's. Never in the future.
    """

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        now, written = _now(ctx), str(value)
        try:
            if not re.search(r"\d[T ]\d", written):
                # A day alone means its noon, so that no time zone moves it to another; today means now at the latest.
                day = parse_day(written, now.date())
                return min(datetime.combine(day, time(12)).astimezone(), now).astimezone(UTC)
            moment = datetime.fromisoformat(written).astimezone()
        except InterviewInvalid as error:
            if error.message.endswith("not a day."):
                self.fail(_NO_DATE.format(value), param, ctx)
            self.fail(f"{error.message} {error.hint}", param, ctx)
        except (ValueError, OverflowError):
            self.fail(_NO_DATE.format(value), param, ctx)
        if moment > now:
            self.fail(f"'{value}' is still to come.", param, ctx)
        return moment.astimezone(UTC)
