"""One display over many attempts that are heard again, and what is said when they are done or stopped."""

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, closing

from rich.progress import BarColumn, Progress, TextColumn

from rehearse.cli.session import Session
from rehearse.cli.steps_bar import bar_beside
from rehearse.errors import RehearseError
from rehearse.jobs import hear_attempts
from rehearse.measurement.attempt import Attempt
from rehearse.presentation import wording
from rehearse.storage.store import Store
from rehearse.transcription.engines import Engine


def transcribe_many(
    session: Session, store: Store, attempts: Sequence[Attempt], engines: Sequence[Engine], to_go_on: str
) -> list[tuple[Attempt, RehearseError]]:
    """Hear the attempts, as many at once as there are engines, showing how far it is; those that could not be heard.

    to_go_on  the command that hears what is left where the person stops it
    """
    failed: list[tuple[Attempt, RehearseError]] = []
    course, began = Course(attempts), time.monotonic()
    with _bar(session) as progress:
        task = progress.add_task("", total=course.total_s, left="")

        def show() -> None:
            left = wording.time_left(course.left_s(time.monotonic() - began))
            progress.update(task, completed=course.heard_s, description=course.where, left=left)

        def on_share(attempt: Attempt, share: float) -> None:
            course.hears(attempt, share)
            show()

        fillers = session.settings.fillers
        heard = hear_attempts(
            attempts, engines=engines, fillers=fillers, store=store, now=session.now, on_share=on_share
        )
        try:
            with closing(heard):
                for attempt, fault in heard:
                    course.has(attempt)
                    show()
                    if fault is not None:
                        failed.append((attempt, fault))
                    if not session.notes.is_terminal:
                        session.note(_line(attempt, fault, course, time.monotonic() - began))
        except KeyboardInterrupt:
            progress.stop()
            session.note(_stopped(course, len(failed), to_go_on))
            raise
    # Several at once fail in any order; people read in one.
    return sorted(failed, key=lambda each: each[0].id)


class Course:
    """How far it is with many recordings, counted in seconds of sound.

    total_s, heard_s  of all of them, and of what has been heard by now
    done, count       of the attempts
    """

    def __init__(self, attempts: Sequence[Attempt]) -> None:
        self._lengths_s = {a.id: a.recording.recording_s if a.recording else 0.0 for a in attempts}
        self._at_work: dict[int, float] = {}
        self._done_s = 0.0
        self.total_s = sum(self._lengths_s.values())
        self.done, self.count = 0, len(attempts)

    def hears(self, attempt: Attempt, share: float) -> None:
        self._at_work[attempt.id] = share

    def has(self, attempt: Attempt) -> None:
        self._at_work.pop(attempt.id, None)
        self._done_s += self._lengths_s[attempt.id]
        self.done += 1

    @property
    def heard_s(self) -> float:
        return self._done_s + sum(self._lengths_s[number] * share for number, share in self._at_work.items())

    @property
    def where(self) -> str:
        """'Attempt 7 (3 of 12)', 'Attempts 7, 8 (3-4 of 12)'."""
        at_work = sorted(self._at_work)
        if not at_work:
            return f"{self.done} of {self.count}"
        first, last = self.done + 1, self.done + len(at_work)
        numbers = ", ".join(map(str, at_work))
        which = f"{first}" if first == last else f"{first}-{last}"
        return f"Attempt{'s' if len(at_work) > 1 else ''} {numbers} ({which} of {self.count})"

    def left_s(self, elapsed_s: float) -> float | None:
        """Seconds that the rest will take if it goes on as so far; None where nothing has been heard yet."""
        heard_s = self.heard_s
        return elapsed_s * (self.total_s - heard_s) / heard_s if heard_s else None


def _line(attempt: Attempt, fault: RehearseError | None, course: Course, elapsed_s: float) -> str:
    """What happened to one attempt, where no bar can be drawn."""
    left = wording.time_left(course.left_s(elapsed_s)) if course.done < course.count else ""
    what = "written down" if fault is None else "could not be written down"
    return f"Attempt {attempt.id} {what} ({course.done} of {course.count}{', ' + left if left else ''})"


def _stopped(course: Course, failed: int, to_go_on: str) -> str:
    left = course.count - course.done
    return (
        f"{wording.count(course.done - failed, 'attempt')} done; {left} left, as "
        f"{'it was' if left == 1 else 'they were'}. To go on:  {to_go_on}"
    )


def _bar(session: Session) -> AbstractContextManager[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=20), TextColumn("{task.fields[left]}"))
    return bar_beside(session, *columns)
