"""Frozen settings from a TOML file and the environment, and every path of the program."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

import platformdirs

from rehearse.errors import SettingsInvalid
from rehearse.home_folder import with_home
from rehearse.toml_faults import toml_fault

EngineChoice: TypeAlias = Literal["auto", "whisper", "draft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeSettings:
    """
    target_low_s, target_high_s  the length to aim for where a question has none of its own; see docs/measures.md
    countdown_s                  0..30 seconds to breathe before the recording starts
    quiet_clock                  show no running clock while recording
    """

    target_low_s: float = 60.0
    target_high_s: float = 120.0
    countdown_s: int = 3
    quiet_clock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrophoneSettings:
    """
    device  part of the input device's name; '' for the system's own choice
    """

    device: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingSettings:
    """
    pack  keep measured answers as FLAC, which takes about half the room and loses nothing
    """

    pack: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptionSettings:
    """
    engine    auto takes whisper where a model is installed, else the rough built-in recogniser
    model     name or folder of a Whisper model; '' for the best one installed
    language  ISO 639-1 code of the language spoken
    prompt    shown to Whisper before each piece, so that it writes 'um' and 'uh' down; '' for the one of the
              language, 'none' for none
    threads   processor threads for recognition; 0 to decide by the machine
    graphics_card  whether Whisper may run on an NVIDIA card
    """

    engine: EngineChoice = "auto"
    model: str = ""
    language: str = "en"
    prompt: str = ""
    threads: int = 0
    graphics_card: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FillerSettings:
    """
    also   words or phrases of the person's own that count as filler words
    never  words or phrases that never count as a filler
    """

    also: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a person can set, and where the program keeps things.

    home         data folder: the library, recordings and models
    config_file  the TOML file these were read from, whether it exists or not
    """

    home: Path
    config_file: Path
    practice: PracticeSettings = field(default_factory=PracticeSettings)
    microphone: MicrophoneSettings = field(default_factory=MicrophoneSettings)
    transcription: TranscriptionSettings = field(default_factory=TranscriptionSettings)
    fillers: FillerSettings = field(default_factory=FillerSettings)
    keeping: RecordingSettings = field(default_factory=RecordingSettings)

    @property
    def database(self) -> Path:
        return self.home / "rehearse.db"

    @property
    def recordings(self) -> Path:
        return self.home / "recordings"

    @property
    def models(self) -> Path:
        return self.home / "models"


def bundled_demo() -> Path:
    """The folder of the bundled example answers: inside the installed package, or in a checkout beside it."""
    package = Path(__file__).parent
    installed = package / "bundled" / "demo"
    return installed if installed.is_dir() else package.parent / "fixtures" / "demo"


def text_to_read() -> Path:
    """The bundled English text that is read aloud to calibrate, 'um' and 'uh' written where they are to be said."""
    return Path(__file__).parent / "bundled" / "read-aloud-en.txt"


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from `settings.toml`, then from the environment, which wins.

    REHEARSE_HOME names the data folder, REHEARSE_CONFIG the settings file; REHEARSE_ENGINE, REHEARSE_MODEL,
    REHEARSE_LANGUAGE and REHEARSE_DEVICE override the settings of those names.

    Raises SettingsInvalid naming every fault at once; an unknown name comes with the nearest known one.
    """
    environment = os.environ if environment is None else environment
    home = Path(environment.get("REHEARSE_HOME") or platformdirs.user_data_path("rehearse", appauthor=False))
    config_file = Path(
        environment.get("REHEARSE_CONFIG")
        or platformdirs.user_config_path("rehearse", appauthor=False) / "settings.toml"
    )
    reader = _Reader(_tables(config_file), config_file)
    for variable, section, key in _OVERRIDES:
        if value := environment.get(variable):
            reader.override(section, key, value, variable)
    return reader.settings(with_home(home), config_file)


_OVERRIDES = (
    ("REHEARSE_ENGINE", "transcription", "engine"),
    ("REHEARSE_MODEL", "transcription", "model"),
    ("REHEARSE_LANGUAGE", "transcription", "language"),
    ("REHEARSE_DEVICE", "microphone", "device"),
)

_SECTIONS: dict[str, type[Any]] = {
    "practice": PracticeSettings,
    "microphone": MicrophoneSettings,
    "transcription": TranscriptionSettings,
    "fillers": FillerSettings,
    "recordings": RecordingSettings,
}

_BOUNDS = {"countdown_s": (0, 30), "threads": (0, 256), "target_low_s": (0, 1800), "target_high_s": (10, 1800)}


def _tables(config_file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(config_file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsInvalid(
            f"The settings in {config_file} cannot be used. {toml_fault(error)}",
            'Each line looks like: language = "en", under a heading such as [transcription].',
        ) from error
    except OSError as error:
        raise SettingsInvalid(
            f"The settings in {config_file} cannot be read.", "Are you allowed to open that file?"
        ) from error


class _Reader:
    """Turns tables of TOML into settings, collecting every fault before it speaks."""

    def __init__(self, tables: dict[str, Any], source: Path) -> None:
        self._tables = {name: dict(t) if isinstance(t, dict) else t for name, t in tables.items()}
        self._origin: dict[tuple[str, str], str] = {}
        self._source = source
        self._faults: list[str] = []

    def override(self, section: str, key: str, value: str, variable: str) -> None:
        table = self._tables.setdefault(section, {})
        if isinstance(table, dict):
            table[key] = value
            self._origin[section, key] = variable

    def settings(self, home: Path, config_file: Path) -> Settings:
        for name, table in self._tables.items():
            if name not in _SECTIONS:
                self._faults.append(f"[{name}] is not a section{_nearest(name, _SECTIONS)}")
            elif not isinstance(table, dict):
                self._faults.append(f"{name} must be a section, written [{name}].")
        read = {name: self._section(name, cls) for name, cls in _SECTIONS.items()}
        practice = read["practice"]
        if not practice.target_low_s < practice.target_high_s:
            self._faults.append("[practice] target_low_s must be less than target_high_s.")
        if self._faults:
            raise SettingsInvalid(
                "\n".join(self._faults), f"Correct them in {self._source}, or delete a line to go back to its default."
            )
        # The folder of the recordings has that name already.
        keeping = read.pop("recordings")
        return Settings(home=home, config_file=config_file, keeping=keeping, **read)

    def _section(self, name: str, cls: type[Any]) -> Any:
        table = self._tables.get(name, {})
        defaults = cls()
        values: dict[str, Any] = {}
        for key, value in table.items() if isinstance(table, dict) else ():
            if key not in cls.__slots__:
                self._faults.append(f"[{name}] has no setting {key!r}{_nearest(key, cls.__slots__)}")
                continue
            where = self._origin.get((name, key), f"[{name}] {key}")
            fault, values[key] = _checked(key, value, getattr(defaults, key))
            if fault:
                self._faults.append(f"{where} {fault}.")
        return defaults if self._faults else cls(**values)


def _checked(key: str, value: Any, default: Any) -> tuple[str, Any]:
    """A fault ('' where there is none) and the value as the settings hold it; the default shows what is wanted."""
    if isinstance(default, tuple):
        fine = isinstance(value, list) and all(isinstance(entry, str) for entry in value)
        return ("", tuple(value)) if fine else ('must be a list of words, such as ["basically", "right"]', None)
    if type(value) is int and isinstance(default, float):
        value = float(value)
    if type(value) is not type(default):
        kind = {bool: "true or false", int: "a whole number", float: "a number", str: 'text in "quotes"'}[type(default)]
        return f"must be {kind}", None
    if key == "engine" and value not in get_args(EngineChoice):
        return f"must be one of {', '.join(get_args(EngineChoice))}", None
    low, high = _BOUNDS.get(key, (None, None))
    if low is not None and high is not None and not low <= value <= high:
        return f"must be between {low} and {high}", None
    return "", value


def _nearest(name: str, known: Any) -> str:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(known)}."
