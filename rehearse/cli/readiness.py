"""Whether this machine is ready to practise on: one finding for each thing that it takes."""

import os
import shlex
import shutil
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rehearse.audio.devices import choose_device, input_devices
from rehearse.audio.portaudio import answered, version
from rehearse.cli.model_timing import seconds_for_a_window
from rehearse.cli.session import Session
from rehearse.errors import MicrophoneUnavailable, RehearseError, SettingsInvalid
from rehearse.presentation import wording
from rehearse.presentation.calibration_words import in_short
from rehearse.settings import Settings, load_settings
from rehearse.transcription.engines import choose
from rehearse.transcription.models import installed

#: What a minute of recording takes: 16-bit sound at 16 kHz.
_BYTES_A_MINUTE = 16_000 * 2 * 60
_LITTLE_ROOM_MIN, _NO_ROOM_MIN = 60, 2
#: Loading PortAudio starts some sound systems first.
_ANSWERED_WITHIN_S = 10.0
#: The tables of results want so many columns, and the practice screen so many lines.
_LEAST_WIDTH, _LEAST_HEIGHT = 70, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    subject  what was looked at
    said     how it is, in one or two sentences
    next     what to do about it, '' where it is well
    stops    nobody can practise before that is done
    facts    what a script may want to know of it, by name
    """

    subject: str
    said: str
    next: str = ""
    stops: bool = False
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.next


def findings(session: Session) -> tuple[Settings, tuple[Finding, ...]]:
    """What was found, and the settings it was found with: plain ones where the person's own cannot be used."""
    session, of_settings = _with_settings(session)
    settings = session.settings
    home = _home(settings.home)
    return settings, (
        of_settings,
        home,
        room(settings.home, shutil.disk_usage(_nearest(settings.home)).free),
        *(() if home.stops else (_library(session),)),
        *_microphone(settings.microphone.device),
        _engine(settings),
        *(() if home.stops else _calibration(session)),
        _terminal(session),
    )


def _with_settings(session: Session) -> tuple[Session, Finding]:
    """A session whose settings can be used, and what is to be said of the person's own."""
    try:
        file = session.settings.config_file
    except SettingsInvalid as error:
        home = {name: os.environ[name] for name in ("REHEARSE_HOME",) if name in os.environ}
        plain = load_settings(home | {"REHEARSE_CONFIG": os.devnull})
        return Session(plain), Finding(subject="Settings", said=error.message, next=error.hint, stops=True)
    said = f"{file}, all of it understood" if file.exists() else f"none ({file} is not there): the defaults are used"
    named = sorted(name for name in os.environ if name.startswith("REHEARSE_") and os.environ[name])
    set_by = f"; set by the environment: {', '.join(named)}" if named else ""
    return session, Finding(subject="Settings", said=said + set_by)


def _home(home: Path) -> Finding:
    subject = "Data folder"
    if not home.exists():
        if not os.access(_nearest(home), os.W_OK | os.X_OK):
            return _not_writable(home)
        return Finding(subject=subject, said=f"{home}, to be made when you first keep something, for you alone")
    try:
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError:
        return _not_writable(home)
    if os.name == "posix" and (open_to_others := _open_to_others(home)):
        others = "others on this machine may be able to read it" if home in open_to_others else "not all for you alone"
        return Finding(
            subject=subject,
            said=f"{home}, {others}: {_some([path.name for path in open_to_others])}",
            next=f"To have it to yourself:  chmod -R go-rwx {shlex.quote(str(home))}",
        )
    return Finding(subject=subject, said=f"{home}, can be written to" + (", for you alone" * (os.name == "posix")))


def _not_writable(home: Path) -> Finding:
    return Finding(
        subject="Data folder",
        said=f"{home} cannot be written to.",
        next="Are you allowed to write there? To use another folder, set REHEARSE_HOME.",
        stops=True,
    )


def _open_to_others(home: Path) -> list[Path]:
    """Of the folder, its files and the recordings, what anybody but the owner may read or write."""
    there = [home, *sorted(home.iterdir()), *sorted((home / "recordings").glob("*"))]
    return [path for path in there if path.exists() and path.stat().st_mode & 0o077]


def room(home: Path, free_bytes: int) -> Finding:
    """How many minutes of recording fit on the disk of home, where so many bytes are free."""
    minutes = free_bytes // _BYTES_A_MINUTE
    facts = {"minutes": minutes}
    if minutes >= _LITTLE_ROOM_MIN:
        return Finding(subject="Disk", said=f"room for about {minutes:,} minutes of recording", facts=facts)
    return Finding(
        subject="Disk",
        said=f"room for about {wording.count(minutes, 'minute')} of recording only",
        next=f"Make some room on the disk of {home}.",
        stops=minutes < _NO_ROOM_MIN,
        facts=facts,
    )


def _library(session: Session) -> Finding:
    settings, subject = session.settings, "Library"
    if not settings.database.exists():
        return Finding(subject=subject, said="none yet; it begins with your first question")
    try:
        with session.store() as store:
            damage = store.damage()
            lines = store.attempt_lines()
            questions = len(store.questions(include_archived=True))
            kept = {line.id: store.recording(line.id) for line in lines if line.has_sound}
    except RehearseError as error:
        return Finding(subject=subject, said=error.message, next=error.hint or "See above.", stops=True)
    if damage:
        return Finding(
            subject=subject,
            said=f"{settings.database} is damaged: {damage[0]}",
            next="Copy the whole data folder away before you go on. New attempts may be lost.",
            stops=True,
        )
    holds = f"{wording.count(questions, 'question')}, {wording.count(len(lines), 'attempt')}"
    gone = [str(number) for number, recording in kept.items() if recording and not recording.path.exists()]
    if gone:
        return Finding(
            subject=subject,
            said=f"{holds}; the sound of {_some(gone)} is not in {settings.recordings} any more",
            next="Put the files back, or:  rehearse delete ATTEMPT --keep-numbers",
        )
    return Finding(subject=subject, said=f"{holds}, the file is in order")


def _microphone(wanted: str) -> tuple[Finding, ...]:
    """The sound system and the microphone."""
    try:
        library = answered(version, within_s=_ANSWERED_WITHIN_S)
        found = input_devices()
    except MicrophoneUnavailable as error:
        return (Finding(subject="Microphone", said=error.message, next=error.hint),)
    apis = list(dict.fromkeys(each.host_api for each in found))
    through = f", through {', '.join(apis)}" if apis else ""
    system = Finding(subject="Sound", said=f"{library}{through}", facts={"portaudio": library, "host_apis": apis})
    try:
        device = choose_device(wanted, found)
    except MicrophoneUnavailable as error:
        return system, Finding(subject="Microphone", said=error.message, next=error.hint)
    why = "as your settings say" if wanted.strip() else "the system's own choice"
    said = f"{device.name} ({device.host_api}, {device.default_rate_hz} Hz), {why}"
    return system, Finding(subject="Microphone", said=said, facts=asdict(device))


def _engine(settings: Settings) -> Finding:
    subject = "Words"
    try:
        chosen = choose(settings.transcription.engine, settings)
    except RehearseError as error:
        return Finding(subject=subject, said=error.message, next=error.hint or "See above.", stops=True)
    identity = chosen.engine.identity
    facts = {"name": identity.name, "model": identity.model}
    if identity.name == "draft":
        todo = "" if settings.transcription.engine == "draft" else "For better words:  rehearse models pull"
        return Finding(subject=subject, said=chosen.reason, next=todo, facts=facts)
    for model in installed(settings.models, card=settings.transcription.graphics_card):
        if model.name == identity.model and model.real_time_factor is not None:
            took = f"{chosen.reason} It needs {seconds_for_a_window(model)} for 30 s of talk."
            slower = (
                ""
                if model.keeps_up
                else "You would have to wait for your words. Choose a smaller one:  rehearse models list"
            )
            return Finding(subject=subject, said=took, next=slower, facts=facts)
    untimed = f"{chosen.reason} It was not timed here; to time it:  rehearse models list --measure"
    return Finding(subject=subject, said=untimed, facts=facts)


def _calibration(session: Session) -> tuple[Finding, ...]:
    """What is known of how well this person is heard; nothing where the library or the recogniser is not well."""
    settings, subject = session.settings, "Calibration"
    try:
        heard_by = choose(settings.transcription.engine, settings).engine.identity
        if not settings.database.exists():
            calibrated = None
        else:
            with session.store() as store:
                calibrated = store.calibration(heard_by)
    except RehearseError:
        return ()
    if calibrated is None:
        return (Finding(subject=subject, said=f"not yet with {wording.engine_name(heard_by)}: rehearse calibrate"),)
    return (Finding(subject=subject, said=in_short(calibrated, None, session.now())),)


def _terminal(session: Session) -> Finding:
    subject, console = "Terminal", session.output
    if not session.interactive:
        return Finding(subject=subject, said="this is a pipe or a file, so nothing is asked; speaking needs a terminal")
    colours = {None: "no colour", "standard": "16 colours", "256": "256 colours", "truecolor": "all colours"}
    colour = colours.get(console.color_system, "16 colours")
    facts = {"columns": console.width, "lines": console.height, "encoding": console.encoding, "colour": colour}
    size = f"{console.width} columns, {console.height} lines, {colour}, {console.encoding}"
    if console.is_dumb_terminal:
        plain = f"{size}, a plain one: no clock and no level while you speak, and Enter after each key"
        return Finding(subject=subject, said=plain, facts=facts)
    todo = ""
    if console.width < _LEAST_WIDTH:
        todo = f"Make the window wider: {_LEAST_WIDTH} columns or more."
    elif console.height < _LEAST_HEIGHT:
        todo = f"Make the window taller: {_LEAST_HEIGHT} lines or more."
    elif not console.encoding.lower().startswith("utf"):
        todo = "Bars and accents need UTF-8: set LANG to one, such as C.UTF-8."
    return Finding(subject=subject, said=f"{size}, single keys", next=todo, facts=facts)


def _nearest(path: Path) -> Path:
    """The path itself, or of the folders around it the first that there is."""
    return next(place for place in (path.absolute(), *path.absolute().parents) if place.exists())


def _some(names: list[str]) -> str:
    """The names, or the first three of many."""
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:3])} and {len(names) - 3} more"
