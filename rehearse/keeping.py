"""What happens to recordings outside an attempt's own story: brought into the library after a crash, packed into FLAC.

Killed at any moment, each attempt has a recording that can be read, and what lies about beside it is tidied up later.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from rehearse.audio.claim import Label
from rehearse.audio.packing import UNPROVEN_SUFFIX, pack
from rehearse.audio.recording import Recording
from rehearse.audio.recovery import LeftBehind
from rehearse.errors import NotFound, RehearseError
from rehearse.measurement.attempt import Attempt
from rehearse.question import Question, QuestionDraft
from rehearse.storage.store import Store

#: Whose answers are those of which nobody knows the question any more.
RECOVERED = "Recovered answers"

#: A copy that is being compared is never so old.
_FORGOTTEN_S = 3600.0


def bring_in(left: LeftBehind, store: Store, now: Callable[[], datetime]) -> Attempt:
    """The recording as an attempt at its question, to be transcribed; where that is gone, at one named RECOVERED.

    Where the library does not take it, the error says where its sound lies, and it can be brought in later.
    """
    recording = left.finished()
    left.claim.ease()
    try:
        question = question_of(left.label, store) or _recovered_question(store, now())
        attempt = store.add_attempt(question.id, recording, left.recorded_at, device=left.label.device)
    except RehearseError as error:
        raise type(error)(
            f"{error.message} The sound of your answer is safe, in {recording.path}.",
            f"{error.hint} Then: rehearse recover".strip(),
        ) from error
    left.settle()
    return attempt


def question_of(label: Label, store: Store) -> Question | None:
    """The question that a recording answers, by its number, or, in another library, by its words; None where gone."""
    numbered = None
    if label.question_id is not None:
        try:
            numbered = store.question(label.question_id)
        except NotFound:
            numbered = None
    if numbered is not None and numbered.text == label.question:
        return numbered
    worded = _worded(label.question, store)
    # Words may be edited, and a number may be another's where the library was replaced: the words go first.
    return worded or numbered


def _recovered_question(store: Store, now: datetime) -> Question:
    return _worded(RECOVERED, store) or store.add_question(QuestionDraft(text=RECOVERED), now)


def _worded(text: str, store: Store) -> Question | None:
    return next((question for question in store.questions(include_archived=True) if question.text == text), None)


def pack_recordings(store: Store, folder: Path, go_on: Callable[[], bool]) -> int:
    """Keep measured answers as FLAC instead of WAV, the latest first, and tidy up after earlier runs; how many.

    go_on  asked before each; False leaves the rest for another time

    One that cannot be packed stays as it is. Two programs may do this at once.
    """
    _tidy(store, folder)
    count = 0
    for attempt_id, recording in store.unpacked():
        if not go_on():
            break
        with suppress(RehearseError):
            count += _packed(attempt_id, recording, store)
    return count


def _packed(attempt_id: int, recording: Recording, store: Store) -> bool:
    packed = pack(recording)
    if store.move_recording(attempt_id, recording, packed):
        _forget(recording.path)
        return True
    # Deleted meanwhile, or packed by another program: then this very file is its recording.
    if packed.path not in store.kept_recordings():
        _forget(packed.path)
    return False


def _tidy(store: Store, folder: Path) -> None:
    """Remove copies that were never compared, and originals whose copy the library has."""
    with suppress(OSError):
        there = list(folder.iterdir())
        originals = {path for path in there if path.suffix == ".wav" and path.with_suffix(".flac") in there}
        for path in originals & {
            kept.with_suffix(".wav") for kept in store.kept_recordings() if kept.suffix == ".flac"
        }:
            _forget(path)
        for path in there:
            if path.name.endswith(UNPROVEN_SUFFIX) and time.time() - path.stat().st_mtime > _FORGOTTEN_S:
                _forget(path)


def _forget(path: Path) -> None:
    # Where something holds it open, as only Windows minds, it goes another time.
    with suppress(OSError):
        path.unlink(missing_ok=True)
