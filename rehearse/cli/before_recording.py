"""What is settled before an answer is recorded: that there is room for it, and what a crash must not make unknown."""

from datetime import datetime
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from rehearse.audio.claim import Label
from rehearse.audio.disk import LEAST_ROOM_S, LITTLE_ROOM_S, room_s
from rehearse.errors import StorageFailed
from rehearse.presentation import wording
from rehearse.question import Question


def little_room(folder: Path) -> tuple[RenderableType, ...]:
    """A line on how much fits on the disk where that is little; raises StorageFailed where it is next to nothing."""
    seconds = room_s(folder)
    if seconds < LEAST_ROOM_S:
        raise StorageFailed(
            f"There is no room for even a minute of recording on the disk of {folder}.",
            "Make some room there and try again: an hour of recording needs about 115 MB.",
        )
    if seconds >= LITTLE_ROOM_S:
        return ()
    minutes = wording.count(int(seconds // 60), "minute")
    return Text(f"The disk is nearly full: there is room for about {minutes} of recording.", "yellow"), Text()


def label_for(question: Question, began: datetime) -> Label:
    """What has to be known of an answer to this question should the program not bring it to an end."""
    return Label(question_id=question.id, question=question.text, recorded_at=began)
