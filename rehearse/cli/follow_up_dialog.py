"""The follow-up mail at a keyboard: looked through, changed, and taken out of here by its writer."""

from collections.abc import Sequence
from pathlib import Path

import click

from rehearse.cli import outgoing
from rehearse.cli.app import EXIT_INTERRUPTED
from rehearse.cli.clipboard import copied
from rehearse.cli.conversation import Conversation, Wish
from rehearse.cli.follow_up_material import keep_name
from rehearse.cli.keys import Keys
from rehearse.cli.own_editor import edited, left_behind, own_editor
from rehearse.cli.session import Session
from rehearse.debrief import numbers_in
from rehearse.errors import InterviewInvalid, RehearseError
from rehearse.home_folder import with_home
from rehearse.presentation import follow_up_screen
from rehearse.presentation.conversation import Page
from rehearse.presentation.follow_up import mail_of, mailto, placeholders
from rehearse.presentation.follow_up_material import Material
from rehearse.presentation.screen import said
from rehearse.storage.store import Store

_OTHERWISE = "Without one:  rehearse followup --save FILE"


def ask_name(session: Session) -> None:
    """Ask once which name to put under mails; an empty line leaves it out from then on."""
    reply = Conversation(session, "A follow-up", _OTHERWISE).ask(follow_up_screen.NAME_PAGE)
    keep_name(session, reply if isinstance(reply, str) else "")


class Dialog:
    """What the person changes is in the library after each key, so that it may end at any moment.

    anew  whether to begin with a new draft where a mail is kept; that one stays until something is done with the draft
    """

    def __init__(self, session: Session, store: Store, material: Material, *, anew: bool) -> None:
        self._session = session
        self._store = store
        self._material = material
        self._interview = material.interview
        self._talk = Conversation(session, "A follow-up", _OTHERWISE)
        self._chosen: tuple[int, ...] = material.chosen_at_first()
        self._well = ""
        self._editor_told = False
        self._text = self._drafted()
        if self._interview.follow_up and not anew:
            self._text = self._interview.follow_up

    def run(self) -> None:
        """Show the mail and take keys until the person leaves."""
        try:
            if (typed := left_behind(self._file)) and typed != self._text:
                self._talk.tell(follow_up_screen.CUT_SHORT)
                self._keep(typed)
            self._show()
            while self._take(self._press()):
                pass
        except (KeyboardInterrupt, click.Abort) as stop:
            if isinstance(stop, KeyboardInterrupt):
                self._session.show("")
            self._say_where_it_is()
            raise click.exceptions.Exit(EXIT_INTERRUPTED) from None
        self._say_where_it_is()

    def _take(self, key: str) -> bool:
        """Do what the key asks for; False to leave."""
        if key == "enter":
            self._keep(self._text)
        if key in ("enter", "q", "escape"):
            return False
        doing = {
            "e": self._edit, "a": self._choose, "g": self._thank_for, "n": self._begin_anew,
            "c": self._copy, "s": self._save, "m": self._open, "t": self._sent,
        }.get(key)  # fmt: skip
        if doing is not None:
            try:
                doing()
            except RehearseError as error:
                self._talk.tell(f"{error.message} {error.hint}".strip())
            self._show_keys()
        return True

    def _edit(self) -> None:
        if not self._editor_told and not self._goes_to_editor():
            return
        typed = edited(self._text, self._file)
        if not typed:
            self._talk.tell(follow_up_screen.EMPTY)
        elif typed == self._text:
            self._talk.tell(follow_up_screen.UNCHANGED)
        else:
            self._keep(typed)
            self._show_mail()

    def _goes_to_editor(self) -> bool:
        """Once, where the person never chose an editor: how to leave it, before it covers the screen."""
        self._editor_told = True
        editor = own_editor()
        if editor.chosen:
            return True
        self._talk.tell(follow_up_screen.editor_opens(editor.name, editor.leaving))
        return self._press() in ("enter", "space", "e")

    def _choose(self) -> None:
        if self._material.sentences and self._may_write_anew():
            chosen = self._numbers(follow_up_screen.sentences_page(self._material, self._chosen))
            self._write_anew(self._chosen if chosen is None else chosen, self._well)

    def _thank_for(self) -> None:
        if self._material.well and self._may_write_anew():
            chosen = self._numbers(follow_up_screen.well_page(self._material, self._well), one=True)
            well = self._well if chosen is None else "".join(self._material.well[place] for place in chosen)
            self._write_anew(self._chosen, well)

    def _begin_anew(self) -> None:
        if self._may_write_anew():
            self._write_anew(self._material.chosen_at_first(), "")

    def _copy(self) -> None:
        if self._may_go_out():
            mail = mail_of(self._text)
            self._keep(self._text)
            self._talk.tell(follow_up_screen.copied(mail) if copied(mail.body) else follow_up_screen.NO_CLIPBOARD)

    def _save(self) -> None:
        if not self._may_go_out():
            return
        proposed = outgoing.proposed_name(self._interview)
        reply = self._talk.ask(follow_up_screen.file_page(proposed))
        if isinstance(reply, Wish):
            return
        path = outgoing.with_suffix(with_home(Path(reply or proposed)))
        over = outgoing.is_there(path)
        if over and not self._session.agreed(f"{path} is there already. Replace it?"):
            return
        outgoing.save(mail_of(self._text), path, self._session.now(), over=over)
        self._keep(self._text)
        self._talk.tell(f"Saved: {path.absolute()}")

    def _open(self) -> None:
        link = mailto(mail_of(self._text))
        if link is None:
            self._talk.tell(follow_up_screen.TOO_LONG_FOR_A_LINK)
        elif self._may_go_out():
            self._keep(self._text)
            opened = outgoing.open_mail_program(link)
            self._talk.tell(follow_up_screen.OPENED if opened else follow_up_screen.NO_MAIL_PROGRAM)

    def _sent(self) -> None:
        if self._interview.sent_on is None:
            today = self._material.today
            self._interview = self._store.keep_follow_up(self._interview.id, self._text, today)
            self._talk.tell(follow_up_screen.sent_noted(self._interview, today))

    def _may_write_anew(self) -> bool:
        """A mail that the person has changed by hand is only replaced with their yes."""
        return self._text == self._drafted() or self._session.agreed(follow_up_screen.WRITTEN_ANEW)

    def _may_go_out(self) -> bool:
        blanks = placeholders(self._text)
        return not blanks or self._session.agreed(f"{follow_up_screen.still_in_it(blanks)} Go on all the same?")

    def _numbers(self, page: Page, *, one: bool = False) -> tuple[int, ...] | None:
        """The places chosen; None to leave what is there."""
        again = False
        while True:
            reply = self._talk.ask(page, again=again)
            if isinstance(reply, Wish) or not reply:
                return None
            try:
                chosen = numbers_in(reply, len(page.options), only_one=one)
            except InterviewInvalid as error:
                self._talk.tell(f"{error.message} {error.hint}".strip())
                again = True
            else:
                return tuple(sorted(chosen))

    def _write_anew(self, chosen: Sequence[int], well: str) -> None:
        self._chosen, self._well = tuple(chosen), well
        self._keep(self._drafted())
        self._show_mail()

    def _drafted(self) -> str:
        return self._material.mail(self._chosen, self._well).text

    def _keep(self, text: str) -> None:
        self._text = text
        self._interview = self._store.keep_follow_up(self._interview.id, text, self._interview.sent_on)

    def _show(self) -> None:
        self._show_mail()
        self._show_keys()

    def _show_mail(self) -> None:
        self._session.show(follow_up_screen.mail_page(self._text, self._material, self._interview.sent_on))
        if self._text == self._drafted():
            told = follow_up_screen.where_from(self._material, len(self._chosen))
            self._talk.show(*(said(line, "dim") for line in told))

    def _show_keys(self) -> None:
        self._session.show(follow_up_screen.keys(self._material, sent_on=self._interview.sent_on))

    def _press(self) -> str:
        with Keys(going_on=True) as keys:
            return keys.press()

    def _say_where_it_is(self) -> None:
        if not self._interview.follow_up:
            self._session.note(follow_up_screen.NOT_KEPT)
            return
        for line in follow_up_screen.kept(self._interview, self._material.today):
            self._session.note(line)

    @property
    def _file(self) -> Path:
        return self._session.settings.home / f"follow-up-{self._interview.id}.txt"
