"""`debrief`: put down what happened while it is fresh, what went well first; the hard questions are practised then."""

from dataclasses import replace
from pathlib import Path

import click

from rehearse.cli.app import EXIT_INTERRUPTED
from rehearse.cli.breathing import breathe, offered
from rehearse.cli.completion import complete_interview
from rehearse.cli.conversation import Conversation, Reply, Wish
from rehearse.cli.interview_json import interview_json
from rehearse.cli.real_answers import check_recordings, files_found, with_real_answers
from rehearse.cli.session import Session, json_option, pass_session, yes_option
from rehearse.cli.typed_lines import more_is_waiting
from rehearse.debrief import Place, Step, back, begun, place_of, reopened, said
from rehearse.errors import InterviewInvalid
from rehearse.interview import Interview, same_interview
from rehearse.interview_file import interview_in
from rehearse.presentation import debrief_words
from rehearse.presentation.conversation import Page
from rehearse.storage.store import Store

_BREATHE = ("b", "y", "yes")
_NO_BREATHING = ("", "n", "no")


@click.command("debrief")
@click.option(
    "--edit",
    is_flag=False,
    flag_value="last",
    metavar="[INTERVIEW]",
    shell_complete=complete_interview,
    help="Go through one again: its number or company; without either, the last one.",
)
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    help="Bring one in from a TOML file; see the README.",
)
@click.option("--breathing/--no-breathing", "breathing", default=None, help="Offer a minute of breathing; remembered.")
@yes_option
@json_option
@pass_session
def debrief_command(
    session: Session, edit: str | None, file: Path | None, breathing: bool | None, yes: bool, as_json: bool
) -> None:
    """Write down what happened in an interview, while it is fresh.

    What went well first, then each question you remember. The hard ones are practised from then on. You can
    leave any step empty, go back, or stop and go on another day.

    \b
    Examples:
      rehearse debrief
      rehearse debrief --edit Northwind
    """
    if edit is not None and file is not None:
        raise click.UsageError("Choose one of the two: --edit or --from.")
    with session.store() as store:
        if file is not None:
            interview: Interview | None = _brought(session, store, file, yes=yes)
        else:
            interview = _Debrief(session, store, offered(session, breathing)).talked_through(edit)
        if interview is None:
            return
        finished = store.finish_debrief(interview, session.now())
        interview = with_real_answers(session, store, finished.interview)
        if as_json:
            session.show_json(interview_json(interview))
            return
        questions = [store.question(number) for number in _practised(interview)]
        for line in debrief_words.finished(interview, questions):
            session.note(line)


def _brought(session: Session, store: Store, file: Path, *, yes: bool) -> Interview:
    """The interview of the file. One that is kept already comes a second time only with a yes: what was said of it
    since, and the recording of its real answer, are not to be replaced behind anybody's back."""
    interview = interview_in(file, session.now(), session.today())
    check_recordings(session, interview, file)
    for kept in store.interviews():
        if same_interview(kept, interview):
            question, otherwise = debrief_words.kept_already(kept)
            session.confirm(question, yes=yes, otherwise=otherwise)
            break
    return interview


def _practised(interview: Interview) -> dict[int, None]:
    """The questions to practise, each once, in the order in which they were asked."""
    return dict.fromkeys(a.question_id for a in interview.asked if a.to_practise and a.question_id is not None)


class _Debrief:
    """The conversation. What was said is in the library after each step, so that it may end at any moment."""

    def __init__(self, session: Session, store: Store, breathing_offered: bool) -> None:
        self._session = session
        self._store = store
        self._breathing = breathing_offered
        self._on_screen: Place | None = None
        self._talk = Conversation(
            session, "A debrief", "Write it in a file instead, and bring that in: rehearse debrief --from FILE.toml"
        )

    def talked_through(self, edit: str | None) -> Interview | None:
        """The interview with all its steps gone through; None where the person stopped, or said nothing at all."""
        interview = reopened(self._store.find_interview(edit)) if edit is not None else self._gone_on_with()
        if interview is None:
            return None
        try:
            self._talk.explain_keys(debrief_words.BEGINNING)
            while place_of(interview).step is not Step.DONE:
                if (further := self._step(interview)) is None:
                    self._say_where_it_is(interview)
                    return None
                interview = further
        except KeyboardInterrupt:
            self._session.show("")
            self._say_where_it_is(interview)
            raise click.exceptions.Exit(EXIT_INTERRUPTED) from None
        if not interview.id:
            self._session.note(debrief_words.NOTHING_KEPT)
            return None
        return interview

    def _gone_on_with(self) -> Interview | None:
        """The debrief that was stopped, where the person wants to go on with it; else a new one. None to leave."""
        stopped, *others = self._store.open_debriefs() or (None,)
        if stopped is not None:
            for other in others:
                self._talk.tell(debrief_words.not_finished_either(other))
            page = Page(section="", question=debrief_words.go_on(stopped), hint=debrief_words.GO_ON_OR_NEW)
            reply = self._talk.ask(page)
            if isinstance(reply, Wish):
                return None
            if reply.casefold() not in ("n", "no", "new"):
                return stopped
        last = self._store.last_acknowledgement()
        return begun(self._session.now(), debrief_words.next_acknowledgement(last))

    def _step(self, interview: Interview) -> Interview | None:
        """The interview after what was typed at its place, and kept; None where the person stops."""
        place = place_of(interview)
        replies = self._replies(interview, again=place == self._on_screen)
        self._on_screen = None if replies is Wish.BACK else place
        if isinstance(replies, Wish):
            return self._kept(back(interview)) if replies is Wish.BACK else None
        for reply in replies:
            interview = self._said(interview, place, reply)
        return interview

    def _said(self, interview: Interview, place: Place, reply: str) -> Interview:
        """The interview after one line that was typed there, and kept; as it was where the line cannot be meant."""
        try:
            further = said(interview, reply, self._session.today())
            further, told = files_found(self._session, interview, further)
        except InterviewInvalid as error:
            self._talk.tell(f"{error.message} {error.hint}")
            return interview
        if told := told or (debrief_words.understood(further, place) if reply else ""):
            self._talk.tell(told)
        return self._kept(further)

    def _kept(self, interview: Interview) -> Interview:
        """One of which nothing is said yet is not kept: it would only be in the way."""
        return self._store.keep_interview(interview) if interview.id or not interview.is_blank else interview

    def _replies(self, interview: Interview, *, again: bool) -> tuple[str, ...] | Wish:
        """What the person types: one line for most, which may be empty; several where a list of files is pasted in."""
        step = place_of(interview).step
        page = debrief_words.page_of(interview)
        if step is Step.RECORDINGS:
            lines = self._talk.ask_list(page, again=again)
            return lines if isinstance(lines, Wish) else lines or ("",)
        if step is Step.ACKNOWLEDGEMENT:
            reply = self._acknowledged(page)
        elif step is Step.QUESTIONS:
            reply = self._further_question(page, f"{len(interview.asked) + 1:>5}  ", again=again)
        else:
            reply = self._talk.ask(page, again=again)
        return reply if isinstance(reply, Wish) else (reply,)

    def _further_question(self, page: Page, prompt: str, *, again: bool) -> Reply:
        while (reply := self._talk.ask_line(page, prompt, again=again)) == "" and more_is_waiting():
            # An empty line in the middle of a list that was pasted in does not end it.
            again = True
        return reply

    def _acknowledged(self, page: Page) -> Reply:
        """An empty line once the person has read it, and breathed where they wanted to."""
        page = replace(page, hint=debrief_words.BREATHING_OFFER if self._breathing else debrief_words.NO_OFFER)
        reply = self._talk.ask(page)
        while self._breathing and isinstance(reply, str) and reply.casefold() not in _BREATHE + _NO_BREATHING:
            self._talk.tell(debrief_words.BREATHING_CHOICES)
            reply = self._talk.ask(page, again=True)
        if isinstance(reply, Wish):
            return reply
        if self._breathing and reply.casefold() in _BREATHE:
            breathe(self._session)
        return ""

    def _say_where_it_is(self, interview: Interview) -> None:
        for line in debrief_words.stopped(interview) if interview.id else (debrief_words.NOTHING_KEPT,):
            self._session.note(line)
