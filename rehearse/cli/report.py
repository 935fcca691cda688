"""`report`: everything practised on one page, to look at, listen to, print or give to a coach."""

import itertools
from collections.abc import Sequence
from pathlib import Path

import click

from rehearse.cli.completion import complete_question
from rehearse.cli.place_for_file import check_folder
from rehearse.cli.session import Session, json_option, pass_session, yes_option
from rehearse.cli.steps_bar import steps_bar
from rehearse.errors import NotFound, StorageFailed
from rehearse.measurement.attempt import Attempt
from rehearse.question import Question, shortened
from rehearse.storage.store import Store
from rehearse.transcription.models import write_private

_DEFAULT = Path("rehearse-report.html")


@click.command("report")
@click.argument("question", required=False, shell_complete=complete_question)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=_DEFAULT,
    show_default=True,
    help="The file to save it in.",
)
@click.option("--open", "open_it", is_flag=True, help="Show it in your browser.")
@click.option("--link-audio", is_flag=True, help="All sound in a folder beside the page, not inside it.")
@yes_option
@json_option
@pass_session
def report_command(
    session: Session, question: str | None, output: Path, open_it: bool, link_audio: bool, yes: bool, as_json: bool
) -> None:
    """Make a page of your answers: how they change, what to keep, and their sound with every word to click on.

    One file, for any browser. It loads nothing from a network; the newest answers can be heard from it (60 MB at most).
    Whoever has the file can read and hear them.

    \b
    Examples:
      rehearse report --open
      rehearse report "disagreed" -o coach.html
    """
    _check_free(session, output, yes)
    with session.store() as store:
        asked = _asked(store, question)
        html, heard = _made(session, store, asked, output if link_audio else None)
    write_private(output, html)
    attempts = sum(len(attempts) for _, attempts in asked)
    if as_json:
        size = len(html.encode())
        session.show_json(
            {"path": str(output.absolute()), "attempts": attempts, "embedded_audio": heard, "bytes": size}
        )
    else:
        session.note(_told(output, attempts, heard, link_audio, open_it))
    if open_it:
        _open(session, output)


def _asked(store: Store, typed: str | None) -> list[tuple[Question, Sequence[Attempt]]]:
    """The questions with their attempts, earliest first; the one practised last comes first."""
    if typed is not None:
        question = store.find_question(typed)
        attempts = store.attempts(question.id)
        if not attempts:
            raise NotFound(
                f"There is no attempt at '{shortened(question.text)}' yet.",
                f"Begin with: rehearse practice {question.id}",
            )
        return [(question, attempts)]
    by_question: dict[int, list[Attempt]] = {}
    for attempt in store.attempts():
        by_question.setdefault(attempt.question_id, []).append(attempt)
    if not by_question:
        raise NotFound("There are no attempts yet.", "Begin with: rehearse practice")
    asked = [(q, by_question[q.id]) for q in store.questions(include_archived=True) if q.id in by_question]
    return sorted(asked, key=lambda each: each[1][-1].recorded_at, reverse=True)


def _made(
    session: Session, store: Store, asked: Sequence[tuple[Question, Sequence[Attempt]]], beside: Path | None
) -> tuple[str, int]:
    """The page, and how many attempts can be heard from it alone."""
    from rehearse.cli import report_sound
    from rehearse.cli.report_values import gathered
    from rehearse.presentation.report import report

    attempts = [attempt for _, practised in asked for attempt in practised]
    # Its sound, its figures, and, last and all at once, its part of the page.
    steps = itertools.count(1)
    with steps_bar(session, "Making the page") as on_steps:

        def done() -> None:
            on_steps(next(steps), 3 * len(attempts))

        if beside is None:
            sounds = report_sound.embedded(attempts, done)
        else:
            sounds = report_sound.beside(attempts, beside, done)
        parts = gathered(session, store, asked, sounds, done)
        html = report(parts, made_at=session.now(), timezone=None, sound_beside=beside is not None)
    return html, 0 if beside else sum(bool(sound.href) for sound in sounds.values())


def _check_free(session: Session, output: Path, yes: bool) -> None:
    """A page of ours is made anew; anything else that has this name only with a yes."""
    from rehearse.presentation.report_values import is_report

    check_folder(output)
    try:
        with output.open(encoding="utf-8", errors="replace") as file:
            beginning = file.read(500)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StorageFailed(f"{output} cannot be written.", "Choose another name with -o.") from error
    if not is_report(beginning):
        question = f"{output} is there already, and is not a page of rehearse. Replace it?"
        session.confirm(question, yes=yes, otherwise="To replace it, add --yes, or choose another name with -o.")


def _told(output: Path, attempts: int, heard: int, link_audio: bool, open_it: bool) -> str:
    from rehearse.presentation.wording import count

    sound = (
        f"their sound is in {output.stem}-audio beside it" if link_audio else f"{heard} of them can be heard from it"
    )
    how = "" if open_it else " Open it in a browser, or add --open."
    return f"Saved: {output}, {count(attempts, 'attempt')}; {sound}.{how}"


def _open(session: Session, page: Path) -> None:
    from rehearse.presentation.screen import said

    if not session.interactive:
        session.note("It was not opened, as nobody is at the screen. It is here:")
        # Never broken into lines: it is to be copied.
        session.notes.print(said(str(page.absolute())), soft_wrap=True)
        return
    import webbrowser

    if not webbrowser.open(page.absolute().as_uri()):
        session.note(f"No browser was found. Open this file yourself: {page.absolute()}")
