"""`debrief`: put down what happened while it is fresh, what went well first; the hard questions are practised then."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import click

from rehearse.cli.app import EXIT_INTERRUPTED
from rehearse.cli.breathing import breathe, offered
from rehearse.cli.completion import complete_interview
from rehearse.cli.conversation import Conversation, Reply, Wish
from rehearse.cli.importing import imported
from rehearse.cli.interview_json import interview_json
from rehearse.cli.listening import listener
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.debrief import Place, Step, back, begun, place_of, reopened, said
from rehearse.errors import InterviewInvalid, RehearseError
from rehearse.interview import Interview
from rehearse.interview_file import interview_in
from rehearse.measurement.attempt import Attempt
from rehearse.practice import Outcome, keep_answer, practise
from rehearse.presentation import debrief_words, wording
from rehearse.presentation.conversation import Page
from rehearse.question import Question
from rehearse.storage.store import Store


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
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Bring one in from a TOML file; see the README.",
)
@click.option("--breathing/--no-breathing", "breathing", default=None, help="Offer a minute of breathing; remembered.")
@json_option
@pass_session
def debrief_command(
    session: Session, edit: str | None, file: Path | None, breathing: bool | None, as_json: bool
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
            interview: Interview | None = interview_in(file, session.now(), _today(session))
        else:
            interview = _Debrief(session, store, offered(session, breathing)).talked_through(edit)
        if interview is None:
            return
        finished = store.finish_debrief(interview, session.now())
        interview = _with_real_answers(session, store, finished.interview)
        if as_json:
            session.show_json(interview_json(interview))
            return
        questions = [store.question(number) for number in _practised(interview)]
        for line in debrief_words.finished(interview, questions):
            session.note(line)


def _today(session: Session) -> date:
    return session.now().astimezone().date()


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
        stopped = self._store.open_debrief()
        if stopped is not None:
            page = Page(section="", question=debrief_words.go_on(stopped), hint=debrief_words.GO_ON_OR_NEW)
            reply = self._talk.ask(page)
            if isinstance(reply, Wish):
                return None
            if reply.casefold() not in ("n", "no", "new"):
                return stopped
        last = self._store.last_acknowledgement()
        return begun(self._session.now(), debrief_words.next_acknowledgement(last))

    def _step(self, interview: Interview) -> Interview | None:
        """The interview after one line, and kept; None where the person stops."""
        place = place_of(interview)
        reply = self._reply(interview, again=place == self._on_screen)
        self._on_screen = None if reply is Wish.BACK else place
        if isinstance(reply, Wish):
            return self._kept(back(interview)) if reply is Wish.BACK else None
        try:
            further = _files_found(interview, said(interview, reply, _today(self._session)))
        except InterviewInvalid as error:
            self._talk.tell(f"{error.message} {error.hint}")
            return interview
        if told := debrief_words.understood(further, place.step) if reply else "":
            self._talk.tell(told)
        return self._kept(further)

    def _kept(self, interview: Interview) -> Interview:
        """One of which nothing is said yet is not kept: it would only be in the way."""
        return self._store.keep_interview(interview) if interview.id or not interview.is_blank else interview

    def _reply(self, interview: Interview, *, again: bool) -> Reply:
        step = place_of(interview).step
        page = debrief_words.page_of(interview)
        if step is Step.ACKNOWLEDGEMENT:
            offer = debrief_words.BREATHING_OFFER if self._breathing else debrief_words.NO_OFFER
            reply = self._talk.ask(replace(page, hint=offer))
            if isinstance(reply, str) and reply.casefold() in ("b", "y", "yes") and self._breathing:
                breathe(self._session)
            return "" if isinstance(reply, str) else reply
        prompt = f"{len(interview.asked) + 1:>5}  " if step is Step.QUESTIONS else "  > "
        return self._talk.ask(page, prompt, again=again)

    def _say_where_it_is(self, interview: Interview) -> None:
        for line in debrief_words.stopped(interview) if interview.id else (debrief_words.NOTHING_KEPT,):
            self._session.note(line)


def _files_found(before: Interview, interview: Interview) -> Interview:
    """The interview with recordings named by their whole paths; raises InterviewInvalid where one is not there."""
    known = {asked.recording for asked in before.asked}
    asked = []
    for each in interview.asked:
        if each.recording and each.recording not in known:
            path = Path(each.recording).expanduser()
            if not path.is_file():
                raise InterviewInvalid(f"There is no file {each.recording}.", "Press Enter to go on without one.")
            each = replace(each, recording=str(path.resolve()))
        asked.append(each)
    return replace(interview, asked=tuple(asked))


def _with_real_answers(session: Session, store: Store, interview: Interview) -> Interview:
    """The interview with the recordings named in it brought in, each as attempt 0 of its question, and measured.

    One that cannot be brought in is told of, and stays named: the next edit tries again.
    """
    for place, asked in enumerate(interview.asked):
        if not asked.recording or asked.question_id is None:
            continue
        question, file = store.question(asked.question_id), Path(asked.recording)
        try:
            answer = imported(session, file, 0.0, None, _when(session, interview), baseline=True)
            attempt = keep_answer(question, answer, store)
            done = replace(asked, recording="")
            rest = (*interview.asked[:place], done, *interview.asked[place + 1 :])
            interview = store.keep_interview(replace(interview, asked=rest))
            out = _measured(session, store, attempt, question)
        except RehearseError as error:
            session.note(f"{file.name}: {error.message} {error.hint}".strip())
        else:
            spoken = wording.clock(out.measures.answer_s)
            session.note(f"The real answer to question {question.id} is kept as attempt {attempt.id}: {spoken}.")
    return interview


def _measured(session: Session, store: Store, attempt: Attempt, question: Question) -> Outcome:
    try:
        with listener(session, say_reason=False, say_length=False) as ear:
            return practise(attempt, session.target(question), listener=ear, store=store, now=session.now)
    except KeyboardInterrupt:
        kept = f"The real answer is kept as attempt {attempt.id}. To measure it:  rehearse transcribe {attempt.id}"
        session.note(kept)
        raise


def _when(session: Session, interview: Interview) -> datetime:
    """Noon of the interview's day, so that no time zone moves it to another; never later than now."""
    now = session.now()
    if interview.on is None:
        return now
    return min(now, datetime.combine(interview.on, time(12)).astimezone().astimezone(UTC))
