"""One minute of paced breathing, for whoever wants it."""

import time
from collections.abc import Callable
from pathlib import Path

from rich.live import Live

from rehearse.cli.keys import Keys
from rehearse.cli.session import Session
from rehearse.presentation.breathing import WHOLE_S, guide
from rehearse.presentation.debrief_words import BREATHING_OFF
from rehearse.transcription.models import write_private

_REFRESH_S = 0.2


def breathe(session: Session, clock: Callable[[], float] = time.monotonic) -> None:
    """Show the guide for a minute, or until any key. It leaves nothing on the screen."""
    began = clock()
    with Keys() as keys, Live(console=session.output, auto_refresh=False, transient=True) as live:
        while (elapsed_s := clock() - began) < WHOLE_S:
            live.update(guide(elapsed_s, width=session.output.width), refresh=True)
            if keys.press(within_s=_REFRESH_S, capitals=True):
                return


def offered(session: Session, wanted: bool | None) -> bool:
    """Whether breathing is offered: as the person said last, for good; never where nothing can move on the screen."""
    declined = _declined(session)
    if wanted is False:
        write_private(declined, "")
        session.note(BREATHING_OFF)
    elif wanted:
        declined.unlink(missing_ok=True)
    return not declined.exists() and not session.output.is_dumb_terminal


def _declined(session: Session) -> Path:
    return session.settings.home / "breathing-declined"
