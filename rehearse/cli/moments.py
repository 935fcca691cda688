"""Moments and dates as people write them on the command line."""

from datetime import UTC, datetime
from typing import Any

import click

from rehearse.cli.session import Session


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
    """A day, or a day and a time, in ISO 8601; without a zone it is this machine's. Never in the future."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            # A day alone means its noon, so that no time zone moves it to another day; today means now at the latest.
            day_alone = len(str(value)) == 10
            moment = datetime.fromisoformat(f"{value}T12:00" if day_alone else str(value)).astimezone()
            now = _now(ctx)
        except (ValueError, OverflowError):
            self.fail(f"'{value}' is not a date. Write it as 2026-11-03 or 2026-11-03T14:30.", param, ctx)
        if day_alone and moment.date() == now.date():
            moment = min(moment, now)
        if moment > now:
            self.fail(f"'{value}' is still to come.", param, ctx)
        return moment.astimezone(UTC)
