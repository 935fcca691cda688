"""`followup`: a short thank-you mail from what was put down of an interview, sent by the person and never from here."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from rehearse.cli import outgoing
from rehearse.cli.completion import complete_interview
from rehearse.cli.follow_up_material import gathered, keep_name, name_asked
from rehearse.cli.session import Session, json_option, pass_session, yes_option
from rehearse.errors import InterviewInvalid
from rehearse.interview import Interview, parse_day
from rehearse.presentation import follow_up_screen, wording
from rehearse.presentation.debrief_words import name
from rehearse.presentation.follow_up import MOST_WORDS, mail_of, placeholders
from rehearse.presentation.follow_up_material import Material
from rehearse.storage.store import Store


@click.command("followup")
@click.argument("interview", default="last", shell_complete=complete_interview)
@click.option(
    "--attempt", metavar="ATTEMPT|none", help="The attempt to take sentences from; without it, your best one so far."
)
@click.option("--name", "signed", help="The name under your mails, remembered; '' for none.")
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), help="Save it as .eml or .txt, and keep it.")
@click.option(
    "--sent",
    is_flag=False,
    flag_value="today",
    metavar="[DATE]",
    help="Note the day you sent it, such as today or 24 Nov; 'none' takes it back.",
)
@yes_option
@json_option
@pass_session
def followup_command(
    session: Session,
    interview: str,
    attempt: str | None,
    signed: str | None,
    save: Path | None,
    sent: str | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Write a short thank-you mail. You send it; this program never does.

    It thanks them for the conversation and, if you like, adds what you would say now to the question you want to answer
    again: your own sentences, from your best attempt, up to where your point was made. You can change all of it.

    INTERVIEW is its number or company; without it, the last one.

    \b
    Examples:
      rehearse followup
      rehearse followup Northwind --save thank-you.eml
      rehearse followup Northwind --sent
    """
    with session.store() as store:
        found = store.find_interview(interview)
        if signed is not None:
            keep_name(session, signed)
        if session.interactive and not (as_json or save or sent or yes):
            from rehearse.cli.follow_up_dialog import Dialog

            if signed is None and not name_asked(session):
                from rehearse.cli.follow_up_dialog import ask_name

                ask_name(session)
            Dialog(session, store, gathered(session, store, found, attempt), anew=attempt is not None).run()
            return
        script = _Script(session, store, yes=yes)
        if sent is not None:
            found = script.noted(found, sent)
        if sent is None or save or as_json:
            script.show(gathered(session, store, found, attempt), anew=attempt is not None, save=save, as_json=as_json)


@dataclass(frozen=True)
class _Script:
    """What needs nobody at the keyboard."""

    session: Session
    store: Store
    yes: bool

    def noted(self, interview: Interview, sent: str) -> Interview:
        """The interview with the day on which its mail was sent."""
        today = self.session.now().astimezone().date()
        on = None if sent.casefold() == "none" else parse_day(sent, today)
        check_sent(interview, on)
        interview = self.store.keep_follow_up(interview.id, interview.follow_up, on)
        self.session.note(follow_up_screen.sent_noted(interview, today))
        return interview

    def show(self, material: Material, *, anew: bool, save: Path | None, as_json: bool) -> None:
        """Show the mail as it was kept, or as it is drafted; save it, where that is asked for, and keep it then."""
        interview = material.interview
        if interview.follow_up and anew and self.yes:
            interview = replace(interview, follow_up="")
        elif interview.follow_up and anew:
            self.session.note("This is the mail you have kept. To write a new one instead, add --yes.")
        is_draft = not interview.follow_up
        chosen = material.chosen_at_first()
        text = interview.follow_up or material.mail(chosen).text
        saved = None
        if save is not None:
            saved = self._saved(text, outgoing.with_suffix(save))
        if saved is not None or self.yes:
            interview = self.store.keep_follow_up(interview.id, text, interview.sent_on)
        if as_json:
            self.session.show_json(follow_up_json(material, interview, text, saved))
            return
        if saved is None:
            for line in text.split("\n"):
                click.echo(wording.shown(line))
        where_from = follow_up_screen.where_from(material, len(chosen)) if is_draft else ()
        for line in (*follow_up_screen.remarks(text), *where_from):
            self.session.note(line)
        if saved is not None:
            self.session.note(f"Saved: {saved}")
        if interview.follow_up:
            for line in follow_up_screen.kept(interview, material.today):
                self.session.note(line)
        else:
            self.session.note(f"To keep it with {name(interview)}, add --yes, or --save FILE.")

    def _saved(self, text: str, path: Path) -> Path:
        if blanks := placeholders(text):
            asked = f"{follow_up_screen.still_in_it(blanks)} Save it like this?"
            self.session.confirm(asked, yes=self.yes, otherwise="To save it all the same, add --yes.")
        outgoing.save(mail_of(text), path, self.session.now(), over=self.yes)
        return path


def check_sent(interview: Interview, on: date | None) -> None:
    """Raises InterviewInvalid where the mail would have been sent before the interview."""
    if on is not None and interview.on is not None and on < interview.on:
        raise InterviewInvalid(
            f"{on:%d %b %Y} is before the interview.", f"When was that?  rehearse debrief --edit {interview.id}"
        )


def follow_up_json(material: Material, interview: Interview, text: str, saved: Path | None) -> dict[str, Any]:
    mail = mail_of(text)
    return {
        "interview": interview.id,
        "to": mail.to,
        "subject": mail.subject,
        "body": mail.body,
        "word_count": mail.word_count,
        "words_suggested": MOST_WORDS,
        "placeholders": list(placeholders(text)),
        "attempt": material.attempt_id,
        "sentences": list(material.sentences),
        "no_sentences": material.missing,
        "kept": bool(interview.follow_up),
        "saved": str(saved.absolute()) if saved else None,
        "sent_on": interview.sent_on.isoformat() if interview.sent_on else None,
    }
