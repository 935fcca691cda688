"""Hearing with a progress bar: how the commands that transcribe show what they are waiting for."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from rehearse.cli.session import Session
from rehearse.cli.steps_bar import bar_beside
from rehearse.hearing import Listener, OnProgress, Stage
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
    help="The language you speak, such as de; without it, the one in the settings.",
)

#: Steps nearer to each other than this took no work: their words were known already.
_AT_ONCE_S = 0.05
#: Less than this is not worth saying.
_LEAST_LEFT_S = 1.0


class TimeLeft:
    """How long something still takes that reports how much of it is done, 0..1.

    What is done when it begins to take time counts for nothing: words heard while somebody spoke come at once.
    """

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        self._from: tuple[float, float] | None = None
        self._last: tuple[float, float] | None = None

    def report(self, now_s: float, done: float) -> None:
        if self._last is None or now_s - self._last[0] < _AT_ONCE_S:
            self._from = (now_s, done)
        self._last = (now_s, done)

    def in_words(self, now_s: float) -> str:
        """'about 12 s left'; '' where it cannot be known yet, or is no more than a second."""
        if self._from is None or self._last is None or self._last == self._from:
            return ""
        took_s, did = self._last[0] - self._from[0], self._last[1] - self._from[1]
        left_s = took_s * (1.0 - self._last[1]) / did - (now_s - self._last[0]) if did > 0.0 else 0.0
        return f"about {wording.length(left_s)} left" if left_s > _LEAST_LEFT_S else ""


class _TimeLeftColumn(ProgressColumn):
    max_refresh = 0.5

    def __init__(self, left: TimeLeft) -> None:
        super().__init__()
        self._left = left

    def render(self, task: Task) -> Text:
        return Text(self._left.in_words(time.monotonic()))


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
    with _progress_bar(session) as (progress, on_progress):

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


@contextmanager
def listener_without_engine(session: Session) -> Iterator[Listener]:
    """One for words that are brought along, with the same progress bar."""
    with _progress_bar(session) as (_, on_progress):
        yield Listener(engine=None, fillers=session.settings.fillers, on_progress=on_progress)


@contextmanager
def _progress_bar(session: Session) -> Iterator[tuple[Progress, OnProgress]]:
    left = TimeLeft()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TimeElapsedColumn(),
        _TimeLeftColumn(left),
    )
    with bar_beside(session, *columns) as progress:
        task = progress.add_task(Stage.LISTENING, total=1.0)

        def on_progress(stage: Stage, done: float) -> None:
            if done == 0.0:
                progress.reset(task, description=stage.value)
                left.start()
            left.report(time.monotonic(), done)
            # The first words take a while: until they are there the bar only moves to and fro.
            total = None if stage is Stage.TRANSCRIBING and done == 0.0 else 1.0
            progress.update(task, completed=done, total=total)

        yield progress, on_progress
