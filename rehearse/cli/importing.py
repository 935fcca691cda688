"""A recording that a person brings along, taken into the folder of recordings."""

from datetime import datetime
from pathlib import Path

from rehearse.audio.claim import Claim, Label
from rehearse.audio.decoding import decode
from rehearse.audio.disk import secure
from rehearse.cli.session import Session
from rehearse.cli.steps_bar import reading
from rehearse.practice import Answer


def imported(
    session: Session, file: Path, start_s: float, end_s: float | None, when: datetime, baseline: bool
) -> Answer:
    """The sound of the file copied into the recordings folder; the file itself is only read."""
    folder = session.settings.recordings
    claim = Claim.make(folder, Label(recorded_at=when, source=file.name))
    copy = folder / f"{claim.stem}.wav"
    try:
        with reading(session):
            recording = decode(file, copy, start_s=start_s, end_s=end_s)
            secure(copy)
        # Where a part of it was chosen, what was read is that part, however the file ends.
        missing = None if end_s is not None or start_s else session.note_missing_end(file, recording)
    except BaseException:
        copy.unlink(missing_ok=True)
        claim.settle()
        raise
    return Answer(
        recording=recording,
        claim=claim,
        recorded_at=when,
        source=file.name,
        baseline=baseline,
        whole_s=missing[1] if missing else None,
    )
