"""Writing what `replay` would let a person hear to a file: for machines without a loudspeaker, and for sending."""

from pathlib import Path

import click
import numpy as np

from rehearse.audio.recording import pcm_blocks, write_sound
from rehearse.audio.rendering import Timeline, rendered
from rehearse.cli.session import Session
from rehearse.hearing import sound_of
from rehearse.measurement.attempt import Attempt
from rehearse.presentation import wording

_SUFFIXES = (".wav", ".flac")


def export_attempt(
    session: Session,
    attempt: Attempt,
    kept: tuple[tuple[float, float], ...] | None,
    speed: float,
    start_s: float,
    file: Path,
    *,
    replacing: bool,
    as_json: bool,
) -> None:
    """Write the attempt from start_s on, at that speed and only those parts of it (None for all).

    Raises click.BadParameter for a file that is neither WAV nor FLAC by its name, or a start after the end.
    """
    if file.suffix.lower() not in _SUFFIXES:
        raise click.BadParameter("The name of the file has to end in .wav or .flac.", param_hint="--export")
    recording = sound_of(attempt)
    timeline = Timeline(recording.recording_s, speed, kept)
    from_heard_s = timeline.heard_at(start_s)
    if from_heard_s >= timeline.heard_s:
        length = wording.clock(recording.recording_s)
        raise click.BadParameter(f"The recording ends at {length}, before that.", param_hint="--from")
    rate_hz = recording.sample_rate_hz
    sound = np.concatenate(list(pcm_blocks(recording, rate_hz)))
    written_s = write_sound(file, rate_hz, rendered(sound, rate_hz, timeline, from_heard_s), replacing=replacing)
    if as_json:
        session.show_json(
            {
                "attempt": attempt.id,
                "file": str(file.absolute()),
                "written_s": round(written_s, 3),
                "recording_s": round(recording.recording_s, 3),
                "from_s": start_s,
                "speed": speed,
                "pauses_skipped": kept is not None,
            }
        )
    else:
        session.note(f"Saved: {file}, {wording.clock(written_s)} long.")
