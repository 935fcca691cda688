"""What a model's folder holds: whether it is whole, and whether its files belong together."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearse.errors import EngineFailed
from rehearse.transcription.model_files import check_tokenizer, incomplete_models, installed_models, missing_files


@pytest.fixture
def copied(scripted_whisper: Callable[..., Path], tmp_path: Path) -> Path:
    return shutil.copytree(scripted_whisper("So", "yes."), tmp_path / "models" / "copied")


def test_only_complete_folders_count_as_installed(copied: Path) -> None:
    broken = shutil.copytree(copied, copied.parent / "broken")
    (broken / "tokenizer.json").unlink()
    (copied.parent / "notes.txt").write_text("not a model")
    assert installed_models(copied.parent) == (copied,)
    assert incomplete_models(copied.parent) == (broken,)
    assert missing_files(broken) == ("tokenizer.json",)


def test_no_models_folder_means_no_models(tmp_path: Path) -> None:
    assert installed_models(tmp_path / "models") == incomplete_models(tmp_path / "models") == ()


def test_the_test_model_is_never_among_them(copied: Path) -> None:
    shutil.copytree(copied, copied.parent / "tiny-test")
    assert installed_models(copied.parent) == (copied,)
    (copied.parent / "tiny-test" / "tokenizer.json").unlink()
    assert incomplete_models(copied.parent) == ()


def test_a_tokenizer_that_fits_the_vocabulary_is_right_however_that_is_written(copied: Path) -> None:
    check_tokenizer(copied)
    words = json.loads((copied / "vocabulary.json").read_text(encoding="utf-8"))
    (copied / "vocabulary.json").unlink()
    (copied / "vocabulary.txt").write_text("\n".join(words), encoding="utf-8")
    check_tokenizer(copied)


def test_the_tokenizer_of_another_whisper_model_is_refused(copied: Path, scripted_whisper: Callable[..., Path]) -> None:
    shutil.copy(scripted_whisper("One", "word", "more.") / "tokenizer.json", copied)
    with pytest.raises(EngineFailed, match="is that of another model") as caught:
        check_tokenizer(copied)
    assert "all of it from one place" in caught.value.hint


@pytest.mark.parametrize(
    "tokenizer",
    [
        [], {}, {"model": {}}, {"model": [], "added_tokens": []}, {"model": {"vocab": {}}, "added_tokens": [7]},
        {"model": {"vocab": {"[CLS]": 101}}, "added_tokens": [{"id": 101, "content": "[CLS]"}]},
    ],
)  # fmt: skip
def test_what_is_no_tokenizer_of_whisper_is_known(copied: Path, tokenizer: object) -> None:
    (copied / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    with pytest.raises(ValueError, match="not a tokenizer of Whisper"):
        check_tokenizer(copied)


def test_a_tokenizer_cut_short_is_known(copied: Path) -> None:
    text = (copied / "tokenizer.json").read_text(encoding="utf-8")
    (copied / "tokenizer.json").write_text(text[: len(text) // 2], encoding="utf-8")
    with pytest.raises(json.JSONDecodeError):
        check_tokenizer(copied)
