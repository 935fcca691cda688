"""How one recording at the keyboard ends, and what is then in hand."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from rehearse.audio.capturing import Capturing
from rehearse.audio.claim import Claim
from rehearse.audio.recording import Recording
from rehearse.presentation import wording
from rehearse.transcription.live import LiveHearing

#: Starts an ear for the answer to come.
Hear: TypeAlias = Callable[[], LiveHearing]

#: Starts to record.
Start: TypeAlias = Callable[[], Capturing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A recording made at the keyboard; notice says what the person should know of how it ended, '' for nothing.

    claim    to be settled once the library has the recording
    hearing  has heard most of it already; whoever takes the recording closes it
    device   what it was recorded with, in order where it was more than one
    ran_out  it ended by itself, as the time was up
    """

    recording: Recording
    claim: Claim | None
    hearing: LiveHearing
    device: str
    notice: str = ""
    interrupted: bool = False
    ran_out: bool = False


class Ending(Enum):
    """How one recording came to its end."""

    DONE = "done"
    AGAIN = "start over"
    THROWN_AWAY = "throw away"
    INTERRUPTED = "interrupted"
    LOST = "device lost"
    FAILED = "cannot be written"
    TIME_UP = "time up"


def take(capture: Capturing, hearing: LiveHearing, ending: Ending) -> Taken:
    """Stop, and hear the rest of what was recorded."""
    hearing.let_go()
    recording = capture.stop()
    hearing.finish(recording)
    kept = f"What you said until then is kept ({wording.clock(recording.recording_s)})."
    notices = {
        Ending.INTERRUPTED: f"Stopped. {kept}",
        Ending.LOST: f"The microphone went away. {kept}",
        Ending.TIME_UP: f"Your time was up, so the recording stopped by itself. {kept}",
        # This one says itself what is kept.
        Ending.FAILED: f"{capture.failure.message} {capture.failure.hint}".strip() if capture.failure else "",
    }
    return Taken(
        recording=recording,
        claim=capture.claim,
        hearing=hearing,
        device=capture.heard_with,
        notice=notices.get(ending, ""),
        interrupted=ending is Ending.INTERRUPTED,
        ran_out=ending is Ending.TIME_UP,
    )
