"""`calibrate`: read a known text aloud, and see what this microphone, room and recogniser hear of it."""

import contextlib
import shlex
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import click
from rich.text import Text

from rehearse.audio.capturing import Source
from rehearse.audio.decoding import decode
from rehearse.audio.devices import find_device
from rehearse.audio.microphone import Microphone
from rehearse.audio.recording import Recording
from rehearse.cli.keys import Keys
from rehearse.cli.listening import chosen_engine, engine_option, language_option, listener, live_hearing
from rehearse.cli.model_timing import time_at_first_use
from rehearse.cli.outcome_json import calibration_json
from rehearse.cli.recording import record_aloud
from rehearse.cli.session import Session, json_option, pass_session, yes_option
from rehearse.cli.steps_bar import reading
from rehearse.cli.taken import Taken
from rehearse.cli.without_microphone import or_else
from rehearse.errors import (
    MicrophoneUnavailable,
    ModelUnavailable,
    NoSpeechHeard,
    NotAsWritten,
    RecordingTooLong,
    RehearseError,
)
from rehearse.hearing import hear
from rehearse.measurement.calibration import LANGUAGE, Calibrated, Calibration, calibrate, marked
from rehearse.presentation import wording
from rehearse.presentation.calibration import calibration_card
from rehearse.presentation.live_screen import DISCARD_TWICE, THROWN_AWAY, Showing, reading_card
from rehearse.presentation.screen import indented, said
from rehearse.settings import EngineChoice, FillerSettings, text_to_read
from rehearse.storage.store import Store
from rehearse.transcription.languages import language_name
from rehearse.transcription.live import LiveHearing

#: The text takes 45 s; whatever is longer than this holds something else.
_LONGEST_READING_S = 300.0
_RECORDED_INSTEAD = "You can also record the text elsewhere and bring it: rehearse calibrate --from FILE"


@click.command("calibrate")
@click.option("--from", "file", type=click.Path(path_type=Path), help="A recording of you reading the text.")
@click.option("--device", help="Part of the microphone's name; with --from: what the recording was made with.")
@click.option("--text", "only_text", is_flag=True, help="Only show the text, to record it elsewhere.")
@engine_option
@language_option
@yes_option
@json_option
@pass_session
def calibrate_command(
    session: Session,
    file: Path | None,
    device: str | None,
    only_text: bool,
    engine: EngineChoice | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Read 45 seconds aloud and see how well you are heard.

    The text has 'um' and 'uh' at known places. You see how many of them are heard, how many words, and how good the
    sound is. It is shown beside later counts of fillers. Only the numbers are kept, not the sound.

    \b
    Examples:
      rehearse calibrate
      rehearse calibrate --device "USB"
      rehearse calibrate --from reading.m4a --device "my phone"
    """
    text = text_to_read().read_text(encoding="utf-8")
    if only_text:
        if as_json:
            session.show_json({"text": text})
        else:
            session.show(indented(Text(), reading_card(marked(text)), Text()))
        return
    _check_language(session)
    source = Microphone(device if device is not None else session.settings.microphone.device)
    if file is None and sys.stdin.isatty():
        # Before anything is timed, and before anybody takes a breath to read.
        with or_else(_RECORDED_INSTEAD):
            find_device(source.device)
    time_at_first_use(session, engine)
    chosen_engine(session, engine)
    with session.store() as store:
        room = _Room(session, store, text, engine, yes or as_json or not session.interactive, as_json)
        if file is not None:
            room.hear_file(file, _full_name(device) if device else "")
            return
        with or_else(_RECORDED_INSTEAD):
            while room.read_aloud(source):
                pass


def _check_language(session: Session) -> None:
    language = session.settings.transcription.language
    if language != LANGUAGE:
        raise ModelUnavailable(
            f"The text to read is English, and the language is set to {language_name(language)}.",
            "To see how well you are heard in English:  rehearse calibrate --language en",
        )


def _full_name(device: str) -> str:
    """As attempts name it, where it is plugged in; else as it was typed."""
    try:
        return find_device(device).name
    except MicrophoneUnavailable:
        return device


@dataclass(frozen=True, slots=True)
class _Room:
    """One sitting: everything that stays the same from reading to reading."""

    session: Session
    store: Store
    text: str
    engine: EngineChoice | None
    without_asking: bool
    as_json: bool

    @property
    def folder(self) -> Path:
        """Where a reading lies until it is heard: among the recordings it would be taken for an answer."""
        return self.session.settings.home / "calibration"

    def hear_file(self, file: Path, device: str) -> None:
        session = self.session
        with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
            with reading(session):
                recording = decode(file, Path(folder) / "reading.wav")
            calibrated = self._calibrated(recording, device)
        if file.absolute().parent == self.folder.absolute():
            self._remove(file)
        self._show(calibrated)
        self._decide(calibrated, again=False)

    def read_aloud(self, source: Source) -> bool:
        """Record one reading and show what was heard; True where the person wants another go."""
        taken = record_aloud(
            self.session,
            source,
            Showing(
                card=reading_card(marked(self.text)),
                target=None,
                spoken="reading",
                countdown_s=self.session.settings.practice.countdown_s,
            ),
            hear=lambda: live_hearing(self.session, self.engine),
            folder=self.folder,
            instead="rehearse calibrate --from FILE",
        )
        if taken is None:
            self._tidy()
            self.session.note(THROWN_AWAY)
            return False
        with closing(taken.hearing):
            if taken.notice and not taken.interrupted:
                self.session.note(taken.notice)
            calibrated = self._calibrated_from(taken)
        self._show(calibrated)
        return self._decide(calibrated, again=True)

    def _calibrated_from(self, taken: Taken) -> Calibrated:
        """What was heard; the sound goes with it, and stays where it could not be heard."""
        path = taken.recording.path
        try:
            if taken.interrupted:
                raise KeyboardInterrupt
            calibrated = self._calibrated(taken.recording, taken.device, taken.hearing)
        except (NoSpeechHeard, NotAsWritten, RecordingTooLong):
            self._remove(path)
            raise
        except (RehearseError, KeyboardInterrupt):
            self.session.note("The sound of your reading is safe. To hear it later:")
            device = f" --device {shlex.quote(taken.device)}" if taken.device else ""
            command = f"  rehearse calibrate --from {shlex.quote(str(path))}{device}"
            self.session.notes.print(said(command), soft_wrap=True)
            raise
        self._remove(path)
        return calibrated

    def _calibrated(self, recording: Recording, device: str, hearing: LiveHearing | None = None) -> Calibrated:
        """Raises NotAsWritten where it is not the text, and what `hear` raises."""
        if recording.recording_s > _LONGEST_READING_S:
            raise RecordingTooLong(
                f"This recording is {wording.clock(recording.recording_s)} long; the text takes 45 seconds.",
                "Record the text by itself. To see it:  rehearse calibrate --text",
            )
        session = self.session
        with listener(session, self.engine, hearing=hearing, say_length=False) as ear:
            # What is heard is the question here, not what this person counts as a filler.
            heard = hear(recording, replace(ear, fillers=FillerSettings()))
        assert heard.transcript is not None, "an engine always gives a transcript"
        found = calibrate(self.text, heard.transcript, heard.measures, heard.sounds_heard)
        _check_read(found)
        return Calibrated(made_at=session.now(), device=device, engine=heard.transcript.engine, found=found)

    def _show(self, calibrated: Calibrated) -> None:
        if self.as_json:
            self.session.show_json(calibration_json(calibrated))
            return
        self.session.show(Text())
        self.session.show(calibration_card(calibrated))

    def _decide(self, calibrated: Calibrated, *, again: bool) -> bool:
        if not self.without_asking:
            choices = f"Enter keep{'   a again' if again else ''}   d discard"
            asked = False
            with Keys() as keys:
                self.session.show(indented(Text(f"\n{choices}", style="dim")))
                while (key := keys.press()) not in ("enter", "k", "q", "escape", *("a" * again), *("d" * asked)):
                    # A reading takes most of a minute.
                    asked = key == "d"
                    if asked:
                        self.session.show(indented(Text(DISCARD_TWICE, style="dim")))
            if key == "a":
                return True
            if key == "d":
                self.session.note(THROWN_AWAY)
                return False
        self.store.keep_calibration(calibrated)
        self.session.note("Kept: it is shown beside the fillers of your answers.")
        return False

    def _remove(self, sound: Path) -> None:
        sound.unlink(missing_ok=True)
        self._tidy()

    def _tidy(self) -> None:
        with contextlib.suppress(OSError):
            # Only where no other reading lies in it.
            self.folder.rmdir()


def _check_read(found: Calibration) -> None:
    if not found.was_read:
        raise NotAsWritten(
            f"This does not sound like the text: {found.words_heard} of its {found.text_words} words were heard. "
            "Nothing was kept.",
            "Read it from the top, as it stands:  rehearse calibrate --text\n"
            "If you did, come closer to the microphone, or look for a quieter room, and read it again.",
        )
    if not found.is_enough:
        raise NotAsWritten(
            f"Only the first {wording.count(found.words_read, 'word')} of the text were heard, too few to tell "
            "anything. Nothing was kept.",
            "Read on to the end next time: it takes 45 seconds.",
        )
