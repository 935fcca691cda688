"""Bringing in a recording that was made elsewhere."""

import secrets
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from rehearse.audio.journal import secure
from rehearse.audio.recording import decode
from rehearse.cli.session import Session
from rehearse.practice import Answer


def brought(
    session: Session, file: Path, when: datetime, *, start_s: float = 0.0, end_s: float | None = None, baseline: bool
) -> Answer:
    """The sound of the file copied into the recordings folder; the file itself is only read."""
    folder = session.settings.recordings
    folder.mkdir(parents=True, exist_ok=True)
    stamp = session.now().strftime("%Y%m%dT%H%M%SZ")
    copy = folder / f"{stamp}-{secrets.token_hex(4)}.wav"
    with session.notes.status("Reading the recording") if session.notes.is_terminal else nullcontext():
        recording = decode(file, copy, start_s=start_s, end_s=end_s)
        secure(copy)
    return Answer(recording=recording, recorded_at=when, source=file.name, baseline=baseline)
