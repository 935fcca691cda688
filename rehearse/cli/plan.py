"""`plan`: which questions to answer on which day, up to the next interview; and as a calendar."""

from collections.abc import Sequence
from pathlib import Path

import click

from rehearse import __version__
from rehearse.agenda import Agenda, agenda_of
from rehearse.cli.next_interview import next_interview_json
from rehearse.cli.session import Session, json_option, pass_session, yes_option
from rehearse.errors import NotFound
from rehearse.presentation import plan_words, wording
from rehearse.presentation.plan_calendar import PlannedDay, calendar_file
from rehearse.presentation.plan_screen import plan_page, planned_json
from rehearse.progress.standing import Due
from rehearse.transcription.models import write_private

_MARK = b"PRODID:-//rehearse//"
_BEGINNING_BYTES = 1000


@click.command("plan")
@click.option(
    "--days", type=click.IntRange(1, 60), default=14, show_default=True, help="How many days to show, from today."
)
@click.option(
    "--ics", type=click.Path(path_type=Path, dir_okay=False), help="Save it for your calendar, as an .ics file."
)
@yes_option
@json_option
@pass_session
def plan_command(session: Session, days: int, ics: Path | None, yes: bool, as_json: bool) -> None:
    """Show which questions to answer on which day.

    What went well comes again later, what was hard sooner; before an interview each hard question is answered at least
    twice, on different days. The plan is worked out again each time you look.

    \b
    Examples:
      rehearse plan
      rehearse plan --days 30 --ics practice.ics
    """
    with session.store() as store:
        agenda = agenda_of(store, session.target, session.today(), None)
    if not agenda.questions:
        raise NotFound("There is no question to plan for yet.", 'Keep one:  rehearse add "Why should we hire you?"')
    planned = [_told(agenda, dues) for dues in agenda.days(days)]
    if ics is not None:
        _check_free(session, ics, yes)
        write_private(ics, calendar_file(planned, agenda.interview, session.now(), __version__))
    if as_json:
        session.show_json(
            {"next_interview": next_interview_json(agenda.interview, session), "days": planned_json(planned)}
            | ({"ics": str(ics.absolute())} if ics else {})
        )
        return
    session.show_at_leisure(plan_page(planned, _head(agenda, days, bool(planned)), agenda.today))
    if ics is not None:
        events = wording.count(len(planned) + (agenda.interview is not None), "day")
        session.note(f"Saved: {ics}, {events}. Open it with your calendar; nothing was sent anywhere.")


def _told(agenda: Agenda, dues: Sequence[Due]) -> PlannedDay:
    """A day of the plan with the words of its questions, and why each is there."""
    return PlannedDay(
        on=dues[0].on,
        questions=tuple(
            (due.question_id, agenda.questions[due.question_id].text, why_told(agenda, due)) for due in dues
        ),
    )


def why_told(agenda: Agenda, due: Due) -> str:
    return plan_words.why(due, agenda.why_hard.get(due.question_id, ()))


def _head(agenda: Agenda, days: int, is_planned: bool) -> list[str]:
    lines = [plan_words.interview_told(agenda.interview, agenda.today)] if agenda.interview else []
    if not is_planned:
        return [*lines, plan_words.plan_ends(agenda.interview, agenda.today, days)]
    if agenda.readiness_told and (readiness := agenda.readiness):
        lines.append(plan_words.ready(readiness))
    return lines


def _check_free(session: Session, file: Path, yes: bool) -> None:
    """A calendar of ours is written anew; anything else that has this name only with a yes."""
    if not file.exists() or _MARK in file.read_bytes()[:_BEGINNING_BYTES]:
        return
    session.confirm(
        f"{file} is there already, and is not a plan of rehearse. Replace it?",
        yes=yes,
        otherwise="To replace it, add --yes, or choose another name.",
    )
