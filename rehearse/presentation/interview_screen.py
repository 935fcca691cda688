"""Interviews in the terminal: the list of them, and one of them as its person remembers it."""

from collections.abc import Sequence
from datetime import date

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rehearse.interview import AskedQuestion, Interview
from rehearse.presentation import debrief_words, wording
from rehearse.presentation.days import day
from rehearse.presentation.screen import indented, said


def interviews_table(interviews: Sequence[Interview], today: date) -> RenderableType:
    """One row for each: when, where, for what, how many questions, how many of them hard."""
    table = Table.grid(padding=(0, 2))
    for _ in ("#", "when"):
        # Where there is little room, what a person looks for or types stays whole.
        table.add_column(no_wrap=True)
    table.add_row(*(Text(name, style="dim") for name in ("#", "when", "company", "role", "asked", "hard")))
    for interview in interviews:
        hard = sum(asked.hard for asked in interview.asked)
        role = said(interview.role or "-")
        if interview.at:
            role.append("  not finished", style="dim")
        table.add_row(
            Text(str(interview.id)),
            Text(day(interview.on, today) if interview.on else "-"),
            said(interview.company or "-"),
            role,
            Text(str(len(interview.asked) or "-"), justify="right"),
            Text(str(hard or "-"), justify="right"),
        )
    return indented(table)


def interview_page(interview: Interview, today: date) -> RenderableType:
    """All that was said of one interview: what went well before what did not."""
    head = ", ".join(filter(None, (interview.company, interview.role))) or f"Interview {interview.id}"
    when = day(interview.on, today) if interview.on else ""
    under = ", ".join(filter(None, (when, interview.who and f"with {interview.who}")))
    parts: list[RenderableType] = [said(head, "bold")]
    if under:
        parts.append(said(under, "dim"))
    well = [entry for entry in interview.went_well if entry]
    parts += _part("What went well", [f"· {entry}" for entry in well])
    if interview.asked:
        parts += [Text(), Text("What they asked", style="bold")]
        for number, asked in enumerate(interview.asked, start=1):
            parts += _asked(number, asked)
    parts += _part("In your control", [interview.in_my_control])
    parts += _part("Not in your control", [interview.not_in_my_control])
    parts += _part("To remember", [interview.notes])
    if interview.sent_on:
        parts += [Text(), Text(f"Thank-you mail sent on {day(interview.sent_on, today)}.")]
    elif interview.follow_up:
        parts += [Text(), Text(f"A thank-you mail is kept, not sent yet:  rehearse followup {interview.id}")]
    elif interview.again:
        parts += [Text(), Text(f"To thank them and add to that answer:  rehearse followup {interview.id}", style="dim")]
    if interview.at:
        left = f"Not finished. To go on:  rehearse debrief --edit {interview.id}"
        parts += [Text(), Text(left, style="dim")]
    return indented(*parts)


def _part(title: str, lines: Sequence[str]) -> list[RenderableType]:
    lines = [line for line in lines if line]
    return [Text(), Text(title, style="bold"), *(said(line) for line in lines)] if lines else []


def _asked(number: int, asked: AskedQuestion) -> list[RenderableType]:
    parts: list[RenderableType] = [said(f"{number:>2}  {asked.text}")]
    told = []
    if asked.hard:
        why = debrief_words.why(asked)
        told.append(f"hard: {why}" if why else "hard")
    if asked.roughly_s is not None:
        told.append(f"about {wording.clock(asked.roughly_s)}")
    if told:
        parts.append(_under(", ".join(told)))
    if asked.again:
        parts.append(_under("the one you would like to answer again"))
    if asked.question_id is not None and asked.to_practise:
        parts.append(_under(f"rehearse practice {asked.question_id}"))
    return parts


def _under(text: str) -> RenderableType:
    return Padding(said(text, "dim"), (0, 0, 0, 4))
