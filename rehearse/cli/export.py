"""`export`: what is in the library, for other programs and for a coach."""

from pathlib import Path

import click

from rehearse.cli.export_library import export_library
from rehearse.cli.session import Session, pass_session, yes_option
from rehearse.errors import NotFound
from rehearse.measurement.attempt import Attempt
from rehearse.presentation import coach_files, transcript_files
from rehearse.presentation.coach_files import Practised
from rehearse.question import Question
from rehearse.storage.store import Store
from rehearse.transcription.models import write_private

_OF_ATTEMPTS = ("srt", "vtt", "textgrid")
_OF_QUESTIONS = ("csv", "markdown")


@click.command("export")
@click.argument("what", required=False, metavar="[QUESTION|ATTEMPT]")
@click.option(
    "--format",
    "form",
    type=click.Choice([*_OF_QUESTIONS, *_OF_ATTEMPTS, "json"]),
    default="markdown",
    show_default=True,
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to save it in; without it, it is shown.",
)
@click.option("--with-sound", is_flag=True, help="With json: the recordings too, in a folder beside the file.")
@click.option(
    "--no-interviews", is_flag=True, help="With json: questions and answers only, for a coach or another program."
)
@yes_option
@pass_session
def export_command(
    session: Session,
    what: str | None,
    form: str,
    output: Path | None,
    with_sound: bool,
    no_interviews: bool,
    yes: bool,
) -> None:
    """Save your attempts for other programs, or for a coach to read.

    csv, markdown and json hold all questions, or the QUESTION you name; srt, vtt and textgrid hold one ATTEMPT, or the
    last. json holds everything there is, your interviews too: rehearse import FILE gives the same library elsewhere.
    To hand it to somebody else, leave the interviews out. Questions with their notes and tags, and what was said in
    answers, then stay as they are: look them through before you hand the file on.

    \b
    Examples:
      rehearse export --format csv -o attempts.csv
      rehearse export 5 --format srt -o answer.srt
      rehearse export --format json --with-sound -o library.json
      rehearse export --format json --no-interviews -o for-my-coach.json
    """
    if form == "json":
        export_library(session, what, output, with_sound=with_sound, interviews=not no_interviews, yes=yes)
        return
    for option, given in (("--with-sound", with_sound), ("--no-interviews", no_interviews)):
        if given:
            raise click.UsageError(f"{option} belongs to --format json.")
    with session.store() as store:
        if form in _OF_ATTEMPTS:
            text = _of_attempt(store, store.find_attempt(what or "last"), form)
        else:
            asked = [store.find_question(what)] if what else list(store.questions(include_archived=True))
            practised = [_practised(session, store, question) for question in asked]
            write = coach_files.table if form == "csv" else coach_files.notes
            text = write(practised, None)
    if output is None:
        click.echo(text, nl=False)
        return
    if output.exists():
        session.confirm(f"{output} is there already. Replace it?", yes=yes, otherwise="To replace it, add --yes.")
    write_private(output, text)
    session.note(f"Saved: {output}")


def _of_attempt(store: Store, attempt: Attempt, form: str) -> str:
    transcript = store.transcript(attempt.id)
    if transcript is None or attempt.measures is None:
        if attempt.recording is None:
            raise NotFound(f"The words of attempt {attempt.id} were deleted with its sound.", "See: rehearse attempts")
        raise NotFound(
            f"Attempt {attempt.id} has no words yet.",
            f"To write its words down: rehearse transcribe {attempt.id}",
        )
    if form == "textgrid":
        return transcript_files.textgrid(transcript, attempt.measures)
    return transcript_files.srt(transcript) if form == "srt" else transcript_files.vtt(transcript)


def _practised(session: Session, store: Store, question: Question) -> Practised:
    attempts = store.attempts(question.id)
    found = {attempt.id: store.transcript(attempt.id) for attempt in attempts}
    return Practised(
        question=question,
        target=session.target(question),
        attempts=attempts,
        transcripts={number: transcript for number, transcript in found.items() if transcript is not None},
    )
