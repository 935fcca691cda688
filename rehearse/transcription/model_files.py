"""What a Whisper model's folder holds, whether it is whole, and whether its files belong together."""

import json
from pathlib import Path

from rehearse.errors import EngineFailed
from rehearse.transcription.known_models import TEST_MODEL

_FILES = ("config.json", "model.bin", "tokenizer.json")
_VOCABULARY = "vocabulary.*"
#: Two entries of every Whisper vocabulary, numbered differently in English-only and multilingual ones.
_MARKS = ("<|endoftext|>", "<|startoftranscript|>")


def missing_files(folder: Path) -> tuple[str, ...]:
    """Names of the files that a folder lacks to be a CTranslate2 Whisper model; empty where it has them all.

    A missing tokenizer.json would be fetched from the network by faster-whisper, so it counts like the rest.
    """
    missing = tuple(name for name in _FILES if not (folder / name).is_file())
    return missing if any(folder.glob(_VOCABULARY)) else (*missing, _VOCABULARY)


def installed_models(models: Path) -> tuple[Path, ...]:
    """The complete Whisper models among the folders in models, by name; empty where models does not exist."""
    return tuple(folder for folder in _folders(models) if not missing_files(folder))


def incomplete_models(models: Path) -> tuple[Path, ...]:
    """The other folders in models, by name: those that lack a file of a model."""
    return tuple(folder for folder in _folders(models) if missing_files(folder))


def check_tokenizer(folder: Path) -> None:
    """Raises ValueError for a tokenizer cut short or not of Whisper, for which libraries raise anything, and
    EngineFailed for that of another Whisper model, with which the words would be nonsense.
    """
    try:
        tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
        numbers = tokenizer["model"].get("vocab", {}) | {t["content"]: t["id"] for t in tokenizer["added_tokens"]}
        marks = {mark: int(numbers[mark]) for mark in _MARKS}
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError("not a tokenizer of Whisper") from error
    vocabulary = _vocabulary(folder)
    if vocabulary and any(vocabulary[number : number + 1] != [mark] for mark, number in marks.items()):
        raise EngineFailed(
            f"The tokenizer.json in {folder} is that of another model: it numbers the words differently.",
            "Copy the whole folder of a model again, all of it from one place.",
        )


def _folders(models: Path) -> list[Path]:
    """Folders whose name begins with a point are models on their way in or out; the test model is nobody's."""
    if not models.is_dir():
        return []
    folders = (folder for folder in models.iterdir() if folder.is_dir() and not folder.name.startswith("."))
    return sorted(folder for folder in folders if folder.name != TEST_MODEL)


def _vocabulary(folder: Path) -> list[str]:
    """The words of the model by their number; empty where they are written in a way unknown here."""
    file = next(iter(sorted(folder.glob(_VOCABULARY))))
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".json":
        return text.split("\n")
    words = json.loads(text)
    return words if isinstance(words, list) else []
