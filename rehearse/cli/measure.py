"""`measure`: the numbers of any recording or transcript; nothing is kept."""

import tempfile
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from rehearse.audio.decoding import decode
from rehearse.cli.explaining import explain_option, show_explained
from rehearse.cli.listening import engine_option, language_option, listener, listener_without_engine
from rehearse.cli.moments import MomentType
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.errors import RehearseError
from rehearse.hearing import Listener, hear
from rehearse.measurement.measures import Measures, measure
from rehearse.measurement.measures_json import answer_json
from rehearse.presentation.screen import indented, marked_transcript, said
from rehearse.presentation.screen import measured as measured_card
from rehearse.presentation.tables import measured_files
from rehearse.settings import EngineChoice
from rehearse.transcription.transcript import Transcript
from rehearse.transcription.whisper_json import check_fits, read_whisper_json


@click.command("measure")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--transcript",
    "words",
    type=click.Path(path_type=Path),
    help="A transcript of your own for the one sound file: Whisper JSON with word times.",
)
@click.option("--start", type=MomentType(), default=0.0, help="Where the answer begins in the file, such as 12:30.")
@click.option("--end", type=MomentType(), help="Where it ends.")
@engine_option
@language_option
@explain_option
@json_option
@pass_session
def measure_command(
    session: Session,
    files: tuple[Path, ...],
    words: Path | None,
    start: float,
    end: float | None,
    engine: EngineChoice | None,
    explain: bool,
    as_json: bool,
) -> None:
    """Measure sound files or Whisper transcripts; keep nothing.

    \b
    Examples:
      rehearse measure answer.m4a
      rehearse measure answer.wav --transcript answer.json --json
    """
    _check_options(files, words, start, end, explain)
    language = session.settings.transcription.language
    given = read_whisper_json(words, language) if words else None
    measured: list[tuple[Path, Measures, Transcript | None]] = []
    failed: list[tuple[Path, RehearseError]] = []
    needs_words = given is None and not all(map(_is_transcript, files))
    listening = listener(session, engine, say_length=False) if needs_words else listener_without_engine(session)
    with listening as ear:
        for file in files:
            try:
                measured.append((file, *_measured(session, file, start, end, given, ear, language)))
            except RehearseError as error:
                if len(files) == 1:
                    raise
                failed.append((file, error))
    if explain:
        show_explained(session, files[0].name, _row(*measured[0]), as_json)
    elif as_json:
        _show_json(session, len(files), measured, failed)
    elif len(files) == 1:
        _, measures, transcript = measured[0]
        session.show(indented(measured_card(measures, transcript)))
        if transcript and transcript.words:
            session.show(indented(Text(), marked_transcript(transcript, measures)))
    elif measured:
        session.show(measured_files([(file.name, measures) for file, measures, _ in measured]))
    if failed:
        for file, fault in failed if not as_json else []:
            session.notes.print(said(f"{file.name}: {fault.message} {fault.hint}".strip()))
        raise click.exceptions.Exit(1)


def _check_options(files: tuple[Path, ...], words: Path | None, start: float, end: float | None, explain: bool) -> None:
    if words is not None and len(files) != 1:
        raise click.UsageError("--transcript belongs to one sound file.")
    if explain and len(files) != 1:
        raise click.UsageError("--explain belongs to one file.")
    if words is not None and (start or end is not None):
        raise click.UsageError("--transcript has the times of the whole file: leave --start and --end out.")
    if any(map(_is_transcript, files)) and (start or end is not None or words is not None):
        raise click.UsageError("--start, --end and --transcript belong to sound, not to a transcript (.json).")


def _is_transcript(file: Path) -> bool:
    return file.suffix.lower() == ".json"


def _measured(
    session: Session,
    file: Path,
    start_s: float,
    end_s: float | None,
    given: Transcript | None,
    ear: Listener,
    language: str,
) -> tuple[Measures, Transcript | None]:
    if _is_transcript(file):
        transcript = read_whisper_json(file, language)
        return measure(
            speech=None, transcript=transcript, level=None, also=ear.fillers.also, never=ear.fillers.never
        ), transcript
    with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
        recording = decode(file, Path(folder) / "sound.wav", start_s=start_s, end_s=end_s)
        if not start_s and end_s is None:
            session.note_missing_end(file, recording)
        if given is not None:
            check_fits(given, recording.recording_s)
        heard = hear(recording, ear, given)
    return heard.measures, heard.transcript


def _show_json(
    session: Session,
    asked_for: int,
    measured: list[tuple[Path, Measures, Transcript | None]],
    failed: list[tuple[Path, RehearseError]],
) -> None:
    """One file gives its measures, several a list of them, each with the name of its file."""
    rows: list[dict[str, Any]] = [_row(*each) for each in measured]
    rows += [{"file": str(file), "error": error.message, "hint": error.hint} for file, error in failed]
    session.show_json(rows[0] if asked_for == 1 else rows)


def _row(file: Path, measures: Measures, transcript: Transcript | None) -> dict[str, Any]:
    return {"file": str(file)} | answer_json(measures, transcript)
