"""What else each command can do where there is no microphone: the hint that belongs to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from rehearse.errors import MicrophoneUnavailable

#: For where no question is named yet.
PRACTISE_RECORDINGS = "rehearse practice QUESTION --from FILE"


@contextmanager
def or_else(way: str) -> Iterator[None]:
    """Inside it, an error of the microphone also names this way, one sentence, to go on without one."""
    try:
        yield
    except MicrophoneUnavailable as error:
        raise MicrophoneUnavailable(error.message, f"{error.hint}\n{way}".strip()) from error


def recording_instead(question_id: int, *, drill: bool, exam: bool) -> str:
    """The way to answer this question without a microphone; a drill and an exam are spoken, whatever there is."""
    command = f"rehearse practice {question_id} --from answer.m4a"
    if drill or exam:
        spoken = "A drill" if drill else "An exam"
        return f"{spoken} is spoken. One answer can also come from a recording you have: {command}"
    return f"You can also use a recording you already have: {command}"
