"""Hearing with a progress bar: how the commands that transcribe show what they are waiting for."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from rehearse.cli.session import Session
from rehearse.practice import Listener, Stage
from rehearse.presentation import wording
from rehearse.settings import EngineChoice
from rehearse.transcription.engines import Chosen, choose
from rehearse.transcription.live import LiveHearing
from rehearse.transcription.speech_activity import detect_speech

engine_option = click.option(
    "--engine",
    type=click.Choice(["auto", "whisper", "draft"]),
    help="Who writes down the words; draft is the rough built-in recogniser.",
)


def _speak(ctx: click.Context, _: click.Parameter, written: str | None) -> None:
    if written:
        ctx.ensure_object(Session).speak(written)


#: The session knows of it before the command begins; whether the model knows the language, `chosen_engine` says.
language_option = click.option(
    "--language",
    metavar="CODE",
    expose_value=False,
    callback=_speak,
    help="The language spoken, such as de; else the one in the settings.",
)


def chosen_engine(session: Session, choice: EngineChoice | None) -> Chosen:
    """The engine asked for on the command line, or else by the settings; raises ModelUnavailable without one
    that knows the language."""
    return choose(choice or session.settings.transcription.engine, session.settings)


def live_hearing(session: Session, choice: EngineChoice | None) -> LiveHearing:
    """An ear for an answer that is about to be spoken, with the engine that `listener` would choose."""
    return LiveHearing(chosen_engine(session, choice).engine)


@contextmanager
def listener(
    session: Session,
    choice: EngineChoice | None = None,
    *,
    hearing: LiveHearing | None = None,
    say_length: bool = True,
    say_reason: bool = True,
) -> Iterator[Listener]:
    """A listener with the engine chosen (None: by the settings) and a progress bar on stderr while it works.

    hearing     what heard the answer while it was spoken; it is closed too
    say_length  write how long the answer is as soon as that is known, before the words are
    say_reason  write who listens and why
    """
    chosen = chosen_engine(session, choice)
    if say_reason and session.notes.is_terminal:
        session.note(chosen.reason)
    engine, detect = (hearing.engine, hearing.detect) if hearing else (chosen.engine, detect_speech)
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), TimeElapsedColumn())
    with Progress(*columns, console=session.notes, transient=True, disable=not session.notes.is_terminal) as progress:
        task = progress.add_task(Stage.LISTENING, total=1.0)

        def on_progress(stage: Stage, done: float) -> None:
            if done == 0.0:
                progress.reset(task, description=stage.value)
            # The first words take a while: until they are there the bar only moves to and fro.
            total = None if stage is Stage.TRANSCRIBING and done == 0.0 else 1.0
            progress.update(task, completed=done, total=total)

        def on_length(answer_s: float) -> None:
            if say_length and session.notes.is_terminal:
                progress.console.print(f"You spoke for {wording.clock(answer_s)}.")

        try:
            yield Listener(
                engine=engine,
                detect=detect,
                fillers=session.settings.fillers,
                on_progress=on_progress,
                on_length=on_length,
            )
        finally:
            engine.close()
