"""What is said to somebody in the middle of an answer when something is wrong with the microphone. Pure."""

import sys

from rehearse.audio.devices import why_silent
from rehearse.audio.sound_watch import Fault
from rehearse.presentation import wording


def fault_notice(fault: Fault, device: str, recorded_s: float, dead_s: float, platform: str = sys.platform) -> str:
    """One or two short sentences: what is wrong, and the likely reason.

    device      the microphone's name
    recorded_s  how long the recording is
    dead_s      how much of its end is dead sound
    """
    if fault is Fault.NOT_STARTED:
        return f"Nothing comes from '{device}' yet. A headset may need a moment; trying once more."
    if fault is Fault.SILENT:
        reason = why_silent(platform)
        return f"No sound comes from '{device}': {reason}"
    if fault is Fault.FELL_SILENT:
        return f"No sound since {wording.clock(max(0.0, recorded_s - dead_s))}: is the microphone muted?"
    return gone(device, recorded_s)


def gone(device: str, recorded_s: float) -> str:
    """What happened, and what became of the words said until then."""
    if not recorded_s:
        return f"Nothing comes from '{device}'. Nothing is recorded yet."
    return f"The microphone went away at {wording.clock(int(recorded_s))}. What you said is kept."


def going_on(device: str) -> str:
    return f"Recording again, with '{device}'. Go on."


def opening(device: str) -> str:
    return f"Opening '{device}' ..."
