"""Model folders on disk: bringing one in from elsewhere, finding those already on this machine, taking one away."""

import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.audio.disk import secure
from rehearse.errors import ModelUnavailable, ModelUnusable, StorageFailed
from rehearse.home_folder import with_home
from rehearse.transcription.known_models import TEST_MODEL, known_model
from rehearse.transcription.model_files import missing_files
from rehearse.transcription.models import choose_model, chosen_name, note_source, note_speed
from rehearse.transcription.whisper_model import WINDOW_S, WindowTime

if TYPE_CHECKING:
    from rehearse.transcription.model_download import RemoteModel

_FILES = ("config.json", "model.bin", "preprocessor_config.json", "tokenizer.json", "vocabulary.*")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

#: Where an unfinished download waits to go on. It begins with a point, so it is never taken for a model.
_PARTIAL = ".partial"

_STRAY_S = 86_400.0

#: How fast the model in a folder is with so many threads; whisper_model.window_time, but for tests.
TimeWindow = Callable[[Path, int], WindowTime]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundModel:
    """A complete model somewhere on this machine, outside the models folder.

    name  what it would be called there
    """

    name: str
    folder: Path
    size_bytes: int


def add(source: Path, models: Path, *, name: str, threads: int, time_window: TimeWindow) -> Path:
    """Copy the model in a folder to models/name, once it has shown that it loads and how fast it is; its new folder.

    The copy is seen under its name only when it is whole.

    Raises ModelUnusable where the source is no CTranslate2 Whisper model, EngineFailed where it does not load,
    StorageFailed where the name is taken or the disk refuses.
    """
    if TEST_MODEL in (name, usual_name(source), source.resolve().name):
        raise ModelUnusable(
            f"{TEST_MODEL} is there for tests of this program: it makes up words, whatever you say.",
            "Fetch one that hears you:  rehearse models pull",
        )
    target = _free_place(models, name)
    check_format(source)
    took = time_window(source, threads)
    try:
        models.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(models)
        incoming = Path(tempfile.mkdtemp(dir=models, prefix=".incoming-"))
    except OSError as error:
        raise _not_written(models) from error
    try:
        for file in _model_files(source):
            _copy(file, incoming / file.name)
        note_speed(incoming, took.seconds / WINDOW_S, threads, took.hardware)
        incoming.rename(target)
    except OSError as error:
        raise _not_written(models) from error
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
    return target


def pull(
    remote: "RemoteModel",
    models: Path,
    *,
    name: str,
    hub: str,
    on_bytes: Callable[[int], None],
    threads: int,
    time_window: TimeWindow,
) -> Path:
    """Fetch a model to models/name, and time it; its new folder.

    Raises what `model_download.download` raises, EngineFailed where it does not load here, StorageFailed where the
    name is taken or the disk refuses. Nothing is seen under the name before everything is there.
    """
    # Only here, so that nothing else loads what can open a connection.
    from rehearse.transcription.model_download import download

    target = _free_place(models, name)
    _sweep(models)
    staging = _staging(models, name, remote.revision)
    download(remote, staging, hub, on_bytes)
    took = time_window(staging, threads)
    note_speed(staging, took.seconds / WINDOW_S, threads, took.hardware)
    note_source(staging, repository=remote.repository, revision=remote.revision, licence=remote.licence)
    try:
        staging.rename(target)
        # Whatever another revision left half-done is of no use any more.
        _forget_partial(models, name)
    except OSError as error:
        raise _not_written(models) from error
    return target


def already_here(models: Path, name: str, revision: str) -> int:
    """Bytes that an unfinished download of that revision left."""
    staging = _staging(models, name, revision)
    return sum(file.stat().st_size for file in staging.iterdir()) if staging.is_dir() else 0


def unfinished(models: Path) -> dict[str, int]:
    """The bytes that are here of each model whose download was cut, by its name."""
    here: dict[str, int] = {}
    for staging in sorted((models / _PARTIAL).glob("*@*")):
        name = staging.name.rpartition("@")[0]
        here[name] = here.get(name, 0) + sum(file.stat().st_size for file in staging.iterdir())
    return here


def remove(name: str, models: Path) -> None:
    """Delete the model models/name, and what an unfinished download of it left; where the person had chosen it, the
    choice is the program's again.

    Raises ModelUnavailable where there is none of that name, StorageFailed.
    """
    folder = models / name
    if not _NAME.fullmatch(name) or not (folder.is_dir() or name in unfinished(models)):
        raise ModelUnavailable(f"There is no model '{name}' in {models}.", "See:  rehearse models list")
    try:
        # Out of sight first, so that it is never half there.
        going = Path(tempfile.mkdtemp(dir=models, prefix=".removed-"))
        if folder.is_dir():
            folder.rename(going / name)
        shutil.rmtree(going)
        _forget_partial(models, name)
    except OSError as error:
        raise StorageFailed(f"{folder} could not be deleted.", "Is a file of it open elsewhere?") from error
    if chosen_name(models) == name:
        choose_model(None, models)


def check_format(source: Path) -> None:
    """Raises ModelUnusable, naming the format where it is a known one, for what is no CTranslate2 Whisper model."""
    if source.is_file():
        if source.suffix == ".pt":
            raise _other_format(source, "in the format of openai-whisper")
        if source.suffix == ".gguf" or source.name.startswith("ggml"):
            raise _other_format(source, "in the format of whisper.cpp")
        raise ModelUnusable(
            f"{source} is a file. A model is a folder: config.json, model.bin, tokenizer.json and a vocabulary.",
            f"If it lies in such a folder:  rehearse models add {source.parent}",
        )
    if not source.is_dir():
        raise ModelUnusable(
            f"There is no folder {source}.", "Models already on this machine:  rehearse models add --find"
        )
    missing = missing_files(source)
    if missing and any((source / name).is_file() for name in ("model.safetensors", "pytorch_model.bin")):
        raise _other_format(source, "in the format of transformers")
    if missing:
        raise ModelUnusable(
            f"{source} is not a complete CTranslate2 Whisper model: {', '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} not in it.",
            "Copy the whole folder: config.json, model.bin, tokenizer.json and the vocabulary.",
        )


def usual_name(source: Path) -> str:
    """What a model in that folder is best called: base.en for faster-whisper-base.en, whatever the cache calls it."""
    source = with_home(source).absolute()
    cached = source.parent.parent.name if source.parent.name == "snapshots" else source.name
    last = cached.rpartition("--")[2] if cached.startswith("models--") else cached
    known = known_model(last)
    return known.name if known else last


def find(cache: Path, *more: Path) -> tuple[FoundModel, ...]:
    """Complete models in a cache of the Hugging Face Hub and in folders of models, by name; the test model left out."""
    found = []
    for folder in (*_snapshots(cache), *(child for place in more if place.is_dir() for child in place.iterdir())):
        name = usual_name(folder)
        if folder.is_dir() and not missing_files(folder) and name != TEST_MODEL:
            size = sum(file.stat().st_size for file in _model_files(folder))
            found.append(FoundModel(name=name, folder=folder, size_bytes=size))
    return tuple(sorted(found, key=lambda model: (model.name, str(model.folder))))


def hub_cache() -> Path:
    """Where tools that use the Hugging Face Hub keep what they fetched, by the Hub's own rules."""
    told = os.environ.get
    if given := told("HF_HUB_CACHE") or told("HUGGINGFACE_HUB_CACHE"):
        return with_home(Path(given))
    home = told("HF_HOME") or str(Path(told("XDG_CACHE_HOME") or "~/.cache") / "huggingface")
    return with_home(Path(home)) / "hub"


def _snapshots(cache: Path) -> Iterator[Path]:
    for repository in cache.glob("models--*") if cache.is_dir() else ():
        snapshots = [folder for folder in (repository / "snapshots").glob("*") if not missing_files(folder)]
        if snapshots:
            yield max(snapshots, key=lambda folder: folder.stat().st_mtime)


def _model_files(folder: Path) -> list[Path]:
    return [f for f in sorted(folder.iterdir()) if f.is_file() and any(fnmatch(f.name, name) for name in _FILES)]


def _staging(models: Path, name: str, revision: str) -> Path:
    return models / _PARTIAL / f"{name}@{revision[:12]}"


def _forget_partial(models: Path, name: str) -> None:
    partial = models / _PARTIAL
    for old in partial.glob(f"{name}@*"):
        shutil.rmtree(old)
    if partial.is_dir() and not any(partial.iterdir()):
        partial.rmdir()


def _sweep(models: Path) -> None:
    """Delete what a copy or removal that was killed left; a younger one may still be at work."""
    for stray in (*models.glob(".incoming-*"), *models.glob(".removed-*")):
        if time.time() - stray.stat().st_mtime > _STRAY_S:
            shutil.rmtree(stray)


def _free_place(models: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ModelUnusable(
            f"'{name}' cannot be the name of a model.", "Use letters, digits, points, '-' and '_', with --name."
        )
    if (models / name).exists():
        missing = missing_files(models / name)
        raise StorageFailed(
            f"There is a folder {models / name} already, but no complete model in it: {', '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} missing."
            if missing
            else f"There is a model '{name}' already.",
            f"{'' if missing else 'Use another name (--name), or '}remove it first:  rehearse models remove {name}",
        )
    return models / name


def _copy(file: Path, copy: Path) -> None:
    descriptor = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with file.open("rb") as source, os.fdopen(descriptor, "wb") as out:
        shutil.copyfileobj(source, out, 1 << 20)
    secure(copy)


def _other_format(source: Path, what: str) -> ModelUnusable:
    return ModelUnusable(
        f"{source} is a model {what}. Whisper runs here by CTranslate2, which has a format of its own.",
        "Take a model that is converted already:  rehearse models list\n"
        "Or convert one in the format of transformers:\n"
        "  ct2-transformers-converter --model NAME --output_dir FOLDER --copy_files tokenizer.json",
    )


def _not_written(models: Path) -> StorageFailed:
    return StorageFailed(
        f"The model cannot be written to {models}.", "Is the disk full? Are you allowed to write there?"
    )
