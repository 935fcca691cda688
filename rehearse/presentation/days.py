"""Days as they are said."""

from datetime import date


def day(on: date, today: date | None = None) -> str:
    """'3 Nov'; with the year where it is not this one, or where no today is given."""
    same_year = today is not None and today.year == on.year
    return f"{on.day} {on:%b}" + ("" if same_year else f" {on.year}")


def weekday(on: date, today: date) -> str:
    """'Tue 1 Dec'; with the year where it is not this one."""
    return f"{on:%a} {day(on, today)}"


def nearby(on: date, today: date) -> str:
    """'today', 'yesterday', 'tomorrow', 'on Tuesday' within six days either way, else 'on 3 Nov'."""
    away = (on - today).days
    if abs(away) <= 1:
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[away]
    return f"on {on:%A}" if abs(away) < 7 else f"on {day(on, today)}"


def countdown(on: date, today: date) -> str:
    """'today', 'tomorrow', 'in 6 days'; 'yesterday', '6 days ago'."""
    away = (on - today).days
    if abs(away) <= 1:
        return nearby(on, today)
    return f"in {away} days" if away > 0 else f"{-away} days ago"
