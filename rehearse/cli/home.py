"""`rehearse` alone: where the person stands, and what to do next."""

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.cli.session import Session
from rehearse.cli.unfinished import offer_left_behind
from rehearse.presentation import wording
from rehearse.presentation.screen import indented, said


def show_home(session: Session, as_json: bool = False) -> None:
    """The latest attempt in one line, and the next step."""
    with session.store() as store:
        offer_left_behind(session, store, unless=as_json)
        questions = {question.id: question for question in store.questions()}
        last = store.last_attempt()
        waiting = store.unheard()
        last_question = store.question(last.question_id) if last else None
    if as_json:
        session.show_json(
            {
                "question_count": len(questions),
                "last_attempt": last.id if last else None,
                "last_question": last_question.text if last_question else None,
                "last_answer_s": last.measures.answer_s if last and last.measures else None,
                "waiting_attempts": list(waiting),
            }
        )
        return
    parts: list[RenderableType] = [Text()]
    steps = Table.grid(padding=(0, 3))
    if last is not None and last_question is not None:
        when = wording.day(last.recorded_at, None, session.now())
        spoken = f", {wording.clock(last.measures.answer_s)}" if last.measures else ""
        parts += [Text(f"Last time ({when}{spoken})", style="dim"), said(last_question.text, "bold"), Text()]
        if last_question.id in questions:
            steps.add_row(f"rehearse practice {last_question.id}", "answer it again")
        steps.add_row(f"rehearse show {last.id}", "look at that answer")
        steps.add_row("rehearse attempts", "see how it changes")
    elif questions:
        first = next(iter(questions.values()))
        parts += [Text("You have a question waiting.", style="dim"), said(first.text, "bold"), Text()]
        steps.add_row(f"rehearse practice {first.id}", "answer it aloud")
    else:
        parts += [Text("An interview went badly? Take one question and answer it again, aloud.", style="bold"), Text()]
        steps.add_row('rehearse add "Why should we hire you?"', "keep the question")
        steps.add_row("rehearse practice", "answer it")
        steps.add_row("rehearse demo", "see how it works, in a minute")
    if waiting:
        steps.add_row("rehearse transcribe --all", f"{wording.count(len(waiting), 'answer')} still to be written down")
    steps.add_row("rehearse --help", "all commands")
    session.show(indented(*parts, steps, Text()))
