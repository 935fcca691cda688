"""Which Whisper models there are, which of them are on this machine, and which one listens, and why.

Nothing here asks a network; `model_download` is the one module that does.
"""

import json
import os
import platform
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from rehearse.errors import ModelUnavailable, StorageFailed
from rehearse.home_folder import with_home
from rehearse.settings import Settings
from rehearse.transcription.known_models import KNOWN, english_only, known_model
from rehearse.transcription.model_files import installed_models

#: A model that needs more than this many seconds for a second of talk leaves the person waiting longer and longer.
KEEPS_UP_RTF = 0.8

#: What a model runs on: the processor, or an NVIDIA graphics card.
Hardware: TypeAlias = Literal["cpu", "cuda"]

#: Written into a model's folder: where it came from, and how fast it was on this machine.
_RECORD = "rehearse.json"
_IN_USE = "in-use"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledModel:
    """A complete model in the models folder.

    real_time_factor  seconds of work for a second of talk, measured on this machine; None before that
    hardware          what it was measured on, and so runs on
    repository        where it was fetched from, with the commit; '' where it was brought by hand
    """

    name: str
    folder: Path
    size_bytes: int
    real_time_factor: float | None = None
    hardware: Hardware = "cpu"
    repository: str = ""
    revision: str = ""
    licence: str = ""

    @property
    def keeps_up(self) -> bool | None:
        """Whether it is done before the person has spoken on; None where it was not measured here."""
        return None if self.real_time_factor is None else self.real_time_factor <= KEEPS_UP_RTF


@dataclass(frozen=True, slots=True, kw_only=True)
class InUse:
    """
    folder  the model that listens
    reason  one sentence for people: why this one
    """

    folder: Path
    reason: str


def installed(models: Path, *, card: bool = True) -> tuple[InstalledModel, ...]:
    """The complete models in the folder, the least accurate first as far as that is known.

    card  whether the graphics card may be used; where it may not, what was timed on it tells nothing
    """
    found = []
    for folder in installed_models(models):
        record = _record(folder)
        hardware = hardware_of(folder)
        timed = card or hardware == "cpu"
        found.append(
            InstalledModel(
                name=folder.name,
                folder=folder,
                size_bytes=sum(file.stat().st_size for file in folder.iterdir() if file.is_file()),
                real_time_factor=_speed_here(record) if timed else None,
                hardware=hardware if timed else "cpu",
                repository=str(record.get("repository", "")),
                revision=str(record.get("revision", "")),
                licence=str(record.get("licence", "")),
            )
        )
    return tuple(sorted(found, key=_accuracy))


def in_use(settings: Settings) -> InUse | None:
    """The Whisper model that listens where whisper does: the one in the settings, else the one the person chose with
    `use`, else the default; None where none is installed.

    Raises ModelUnavailable where a model is named that is not there: another never takes its place quietly.
    """
    if named := settings.transcription.model:
        folder = named_model(named, settings.models)
        return InUse(folder=folder, reason=f"The Whisper model {folder.name} is set to listen.")
    if chosen := chosen_name(settings.models):
        if chosen not in {folder.name for folder in installed_models(settings.models)}:
            raise ModelUnavailable(
                f"You chose the Whisper model '{chosen}', and it is not there any more.",
                "Choose another, or let the program choose:  rehearse models use --auto",
            )
        return InUse(folder=settings.models / chosen, reason=f"You chose the Whisper model {chosen} to listen.")
    there = installed(settings.models, card=settings.transcription.graphics_card)
    return _default(there, settings.transcription.language)


def named_model(name: str, models: Path) -> Path:
    """The folder of that name among the models, or at that path. Raises ModelUnavailable where there is none."""
    for folder in (models / name, with_home(Path(name))):
        if folder.is_dir():
            return folder
    there = ", ".join(folder.name for folder in installed_models(models))
    raise ModelUnavailable(
        f"There is no Whisper model '{name}'.",
        f"Installed: {there}. Set REHEARSE_MODEL, or model under [transcription], to one of them."
        if there
        else how_to_bring_one(),
    )


def how_to_bring_one() -> str:
    return (
        "Fetch one:  rehearse models pull\n"
        "Or bring the folder of a CTranslate2 Whisper model by hand:  rehearse models add FOLDER\n"
        "Or use --engine draft."
    )


def chosen_name(models: Path) -> str:
    """The name of the model that the person chose with `use`; '' where the choice is left to the program."""
    try:
        return (models / _IN_USE).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise StorageFailed(f"{models / _IN_USE} cannot be read.", "Delete that file, then choose again.") from error


def choose_model(name: str | None, models: Path) -> None:
    """From now on the installed model of that name listens; None leaves the choice to the program again.

    Raises ModelUnavailable where it is not installed, StorageFailed where the choice cannot be written down.
    """
    if name is None:
        with suppress(FileNotFoundError):
            (models / _IN_USE).unlink()
        return
    there = [folder.name for folder in installed_models(models)]
    if name not in there:
        known = f"Fetch it:  rehearse models pull {name}" if known_model(name) else "See:  rehearse models list"
        installed_ones = f"Installed: {', '.join(there)}.\n" if there else ""
        raise ModelUnavailable(f"The Whisper model '{name}' is not installed.", f"{installed_ones}{known}")
    write_private(models / _IN_USE, f"{name}\n")


def hardware_of(folder: Path) -> Hardware:
    """What the model in the folder runs on: the graphics card where it was timed on this machine's, else the processor.

    A model that was never timed here runs on the processor, which every machine has.
    """
    record = _record(folder)
    on_card = _speed_here(record) is not None and record["speed"].get("hardware") == "cuda"
    return "cuda" if on_card else "cpu"


def note_source(folder: Path, *, repository: str, revision: str, licence: str) -> None:
    """Keep in the model's folder where it came from."""
    _add_to_record(folder, {"repository": repository, "revision": revision, "licence": licence})


def note_speed(folder: Path, real_time_factor: float, threads: int, hardware: Hardware = "cpu") -> None:
    """Keep in the model's folder how many seconds of work it needs on this machine for a second of talk."""
    speed = {
        "real_time_factor": round(real_time_factor, 6),
        "threads": threads,
        "hardware": hardware,
        "machine": platform.node(),
    }
    _add_to_record(folder, {"speed": speed})


def write_private(path: Path, text: str) -> None:
    """Replace a small file in one step, for its owner alone; its folder is made where it is missing.

    Raises StorageFailed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StorageFailed(
            f"{path} cannot be written.", "Is the disk full? Are you allowed to write there?"
        ) from error


def _default(models: Sequence[InstalledModel], language: str) -> InUse | None:
    """The most accurate model that knows the language and was not measured to fall behind; else the fastest."""
    fitting = [m for m in models if language == "en" or not english_only(m.name)] or models
    if not fitting:
        return None
    if len(fitting) == 1:
        only = fitting[0]
        fits = " that knows your language" if len(models) > 1 else ""
        return InUse(folder=only.folder, reason=f"The Whisper model {only.name} is the only one installed{fits}.")
    for model in reversed(fitting):
        if model.keeps_up is not False:
            keeps_up = "that keeps up with speech" if model.keeps_up else f"of {len(fitting)} installed"
            return InUse(
                folder=model.folder, reason=f"The Whisper model {model.name} is the most accurate {keeps_up} here."
            )
    fastest = min(fitting, key=lambda model: model.real_time_factor or 0.0)
    return InUse(
        folder=fastest.folder,
        reason=f"The Whisper model {fastest.name} is the fastest; none here keeps up with speech.",
    )


def _accuracy(model: InstalledModel) -> tuple[float, int]:
    """Sorts by the place in KNOWN; a model that is not in it stands where its size would."""
    for place, known in enumerate(KNOWN):
        if known.name == model.name:
            return place, 0
    smaller = [place for place, known in enumerate(KNOWN) if known.download_bytes <= model.size_bytes]
    return max(smaller, default=-1) + 0.5, model.size_bytes


def _record(folder: Path) -> dict[str, Any]:
    try:
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        # Only notes beside the model: without them it is a model that was never measured.
        return {}
    return record if isinstance(record, dict) else {}


def _speed_here(record: dict[str, Any]) -> float | None:
    match record.get("speed"):
        case {"machine": machine, "real_time_factor": float() | int() as factor} if machine == platform.node():
            return float(factor)
    return None


def _add_to_record(folder: Path, entries: dict[str, Any]) -> None:
    write_private(folder / _RECORD, json.dumps(_record(folder) | entries, indent=2) + "\n")
