"""`next-interview`: the day of the interview that is still to come."""

from dataclasses import replace

import click

from rehearse.cli.session import Session, json_option, pass_session
from rehearse.errors import NotFound
from rehearse.next_interview import NextInterview, parse_coming_day
from rehearse.presentation.plan_words import interview_told
from rehearse.storage.store import Store


@click.command("next-interview")
@click.argument("day", nargs=-1, metavar="[DATE]")
@click.option("--company", help="The company; '' for none.")
@click.option("--clear", is_flag=True, help="Forget the interview that is kept.")
@json_option
@pass_session
def next_interview_command(
    session: Session, day: tuple[str, ...], company: str | None, clear: bool, as_json: bool
) -> None:
    """Say when your next interview is: hard questions are practised at least twice before it.

    Without DATE it shows the one that is kept. DATE is a day as you would write it.

    \b
    Examples:
      rehearse next-interview 2 Dec --company Northwind
      rehearse next-interview Tuesday
      rehearse next-interview --clear
    """
    if clear and (day or company is not None):
        raise click.UsageError("--clear goes alone: leave the day and the company out.")
    today = session.today()
    with session.store() as store:
        if clear:
            store.clear_next_interview()
        elif day or company is not None:
            store.keep_next_interview(_said(session, store, " ".join(day), company), session.now())
        kept = store.next_interview()
    if as_json:
        session.show_json(next_interview_json(kept, session))
        return
    if clear:
        session.note("No interview is planned now.")
    elif kept is None:
        session.note("No interview is planned.")
        session.note("To name the next one:  rehearse next-interview 2 Dec --company NAME")
    else:
        session.note(interview_told(kept, today))
        after = "rehearse debrief" if kept.on < today else "rehearse plan"
        session.note(f"{'How was it' if kept.on < today else 'What to practise until then'}:  {after}")


def _said(session: Session, store: Store, day: str, company: str | None) -> NextInterview:
    """What is to be kept: a day with its company, or another company for the day that is kept."""
    name = " ".join((company or "").split())
    if day:
        return NextInterview(on=parse_coming_day(day, session.today()), company=name)
    kept = store.next_interview()
    if kept is None:
        raise NotFound("No interview is planned yet.", "Name its day too: rehearse next-interview 2 Dec --company NAME")
    return replace(kept, company=name)


def next_interview_json(interview: NextInterview | None, session: Session) -> dict[str, str | int | None]:
    """Its day, where it is, and how many days from today; each null without one."""
    if interview is None:
        return {"on": None, "company": None, "days": None}
    days = (interview.on - session.today()).days
    return {"on": interview.on.isoformat(), "company": interview.company, "days": days}
