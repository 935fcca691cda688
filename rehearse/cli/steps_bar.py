"""Bars for work that a person waits for: above them nothing is torn, and after them nothing is left of them."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn

from rehearse.cli.keys import keys_unseen
from rehearse.cli.session import Session

_PATIENCE_S = 1.0


@contextmanager
def bar_beside(session: Session, *columns: ProgressColumn) -> Iterator[Progress]:
    """A bar on stderr, where somebody looks; keys pressed meanwhile leave no trace in it.

    The result on stdout knows nothing of it: it is shown once this has been left, or it is torn.
    """
    bar = Progress(*columns, console=session.notes, transient=True, disable=not session.notes.is_terminal)
    with keys_unseen(), bar:
        yield bar


@contextmanager
def waiting(session: Session, what: str) -> Iterator[None]:
    """A sign in place of a bar, for work of which nobody knows how far it is; keys leave no trace in it either."""
    with keys_unseen(), session.notes.status(what) if session.notes.is_terminal else nullcontext():
        yield


def reading(session: Session) -> AbstractContextManager[None]:
    """The one for a recording that is being read."""
    return waiting(session, "Reading the recording")


@contextmanager
def steps_bar(session: Session, what: str, *, shown: bool = True) -> Iterator[Callable[[int, int], None]]:
    """One for work that may be over at once: it appears after a second.

    Gives what has to be told how many steps are done, of how many; shown is False where the screen is needed.
    """
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), TextColumn("{task.percentage:>3.0f} %"))
    progress = Progress(*columns, console=session.notes, transient=True)
    task = progress.add_task(what, total=None)
    began, seen = time.monotonic(), shown and session.notes.is_terminal

    def on_steps(done: int, total: int) -> None:
        if seen and time.monotonic() - began > _PATIENCE_S:
            progress.start()
            progress.update(task, completed=done, total=total)

    with keys_unseen():
        try:
            yield on_steps
        finally:
            if progress.live.is_started:
                progress.stop()
