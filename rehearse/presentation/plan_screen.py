"""The plan on the screen: a day to a row, its questions under each other, each with why it is there."""

from collections.abc import Mapping, Sequence
from datetime import date

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.presentation.days import weekday
from rehearse.presentation.plan_calendar import PlannedDay
from rehearse.presentation.screen import indented, said
from rehearse.question import shortened


def plan_page(days: Sequence[PlannedDay], head: Sequence[str], today: date) -> RenderableType:
    """
    head  sentences above the plan
    """
    table = Table.grid(padding=(0, 2))
    for day in days:
        for place, (number, text, why) in enumerate(day.questions):
            when = "" if place else "today" if day.on == today else weekday(day.on, today)
            words = said(shortened(text)).append_text(said(f"  {why}", "dim"))
            table.add_row(Text(when, style="bold", no_wrap=True), Text(str(number), style="dim"), words)
    lines: list[RenderableType] = [Text(line) for line in head]
    return indented(Text(), *lines, *([Text()] if lines and days else []), *([table] if days else []), Text())


def planned_json(days: Sequence[PlannedDay]) -> list[Mapping[str, object]]:
    return [
        {
            "on": day.on.isoformat(),
            "questions": [{"question_id": number, "question": text, "why": why} for number, text, why in day.questions],
        }
        for day in days
    ]
