"""Everything that can go wrong in words a person can act on.

Each error carries what happened and what to do next, both as plain sentences. Library errors are caught in the
one module that imports the library and raised again as one of these; `rehearse.cli` shows them, once, at the edge.

    RehearseError
    ├── SettingsInvalid          the settings file says something that cannot be meant
    ├── NotFound                 no question or attempt fits what was typed, or several do
    ├── QuestionInvalid          a question, target or file of questions that cannot be used
    ├── InterviewInvalid         something said of an interview that cannot be meant
    ├── RecordingUnreadable      a file that is missing, empty, not sound, or broken
    ├── RecordingTooLong         far longer than one answer
    ├── NoSpeechHeard            too quiet, or no voice: nothing to transcribe
    │   └── NothingRecorded      empty or plain silence: nothing that anybody could want back
    ├── NotAsWritten             something else was read than the text, or too little of it
    ├── MicrophoneUnavailable    no PortAudio, no device, a refused rate, a device that vanished
    ├── PlaybackUnavailable      no output device
    ├── TranscriptUnreadable     a transcript file that is not in a shape we know
    ├── ModelUnavailable         no Whisper model where one was asked for
    ├── ModelUnusable            what was brought as a Whisper model is none that runs here
    ├── DownloadFailed           a model could not be fetched; what came so far is kept
    ├── EngineFailed             a recogniser stopped; the sound is safe
    ├── StorageFailed            the library cannot be read or written
    │   └── StoreTooNew          it was written by a newer rehearse
    ├── EditorUnavailable        no editor to be opened, or one that failed
    └── NeedsTerminal            something that only works with a person at a keyboard
"""


class RehearseError(Exception):
    """What happened, and what to do next.

    message  one or more plain sentences
    hint     the next step, or "" where there is none to give
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class SettingsInvalid(RehearseError):
    """The settings file says something that cannot be meant; all faults are reported together."""


class NotFound(RehearseError):
    """No question or attempt fits what was typed, or several do."""


class QuestionInvalid(RehearseError):
    """A question, a target or a file of questions that cannot be used as it stands."""


class InterviewInvalid(RehearseError):
    """Something said of an interview that cannot be meant: a day, a length, a number, a file of it."""


class RecordingUnreadable(RehearseError):
    """A sound file that is missing, empty, not sound, or broken."""


class RecordingTooLong(RehearseError):
    """A sound file far longer than one answer."""


class NoSpeechHeard(RehearseError):
    """Too quiet, or no voice in it: nothing that could be transcribed."""


class NothingRecorded(NoSpeechHeard):
    """Empty or plain silence: nothing that anybody could want back."""


class NotAsWritten(RehearseError):
    """Something else was read aloud than the text, or too little of it to tell anything."""


class MicrophoneUnavailable(RehearseError):
    """No PortAudio, no input device, a refused sample rate, or a device that vanished."""


class PlaybackUnavailable(RehearseError):
    """No way to play sound on this machine."""


class TranscriptUnreadable(RehearseError):
    """A transcript file that is not in a shape we know."""


class ModelUnavailable(RehearseError):
    """A Whisper model was asked for and none is installed."""


class ModelUnusable(RehearseError):
    """What was brought as a Whisper model is incomplete, or in another program's format."""


class DownloadFailed(RehearseError):
    """A model could not be fetched; nothing of it is installed, and what came so far is kept for another try."""


class EngineFailed(RehearseError):
    """A recogniser stopped while working; the recording is untouched."""


class StorageFailed(RehearseError):
    """The library of attempts cannot be read or written."""


class StoreTooNew(StorageFailed):
    """The library was written by a newer rehearse than this one."""


class EditorUnavailable(RehearseError):
    """No editor could be opened, or it ended with an error."""


class NeedsTerminal(RehearseError):
    """Something that only works with a person at a keyboard."""
