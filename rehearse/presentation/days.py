"""Days as they are said."""

from datetime import date


def day(on: date, today: date | None = None) -> str:
    """'3 Nov'; with the year where it is not this one, or where no today is given."""
    same_year = today is not None and today.year == on.year
    return f"{on.day} {on:%b}" + ("" if same_year else f" {on.year}")
