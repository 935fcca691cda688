import json
from pathlib import Path

import pytest

from rehearse.transcription.doubts import echoes
from rehearse.transcription.languages import (
    NAMES,
    filler_prompt,
    known_languages,
    language_code,
    language_name,
    no_such_language,
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("de", "de"), (" DE ", "de"), ("de-AT", "de"), ("pt_BR.UTF-8", "pt"), ("German", "de"), ("deutsch", "de"),
        ("Français", "fr"), ("yue", "yue"), ("klingon", "klingon"), ("", ""),
    ],
)  # fmt: skip
def test_a_language_is_understood_as_people_write_it(written: str, code: str) -> None:
    assert language_code(written) == code


def test_every_language_that_whisper_knows_is_one() -> None:
    tokenizer = pytest.importorskip("faster_whisper.tokenizer")
    assert [code for code in (*tokenizer._LANGUAGE_CODES, *NAMES) if no_such_language(code)] == []
    assert no_such_language("xx") and no_such_language("klingon")


def test_a_language_has_its_name_where_that_is_known() -> None:
    assert (language_name("nl"), language_name("yue")) == ("nl (Dutch)", "yue")


@pytest.mark.parametrize("language", NAMES)
def test_a_prompt_is_short_and_long_enough_to_be_recognised_when_it_comes_back(language: str) -> None:
    prompt = filler_prompt("", language)
    assert len(prompt) <= 32
    assert not prompt or echoes(prompt, prompt)


def test_a_vocabulary_of_lines_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.txt").write_text("\n".join(["<|fr|>", "<|en|>", *map(str, range(51_863))]))
    assert known_languages(tmp_path) == {"fr", "en"}


@pytest.mark.parametrize("content", ["{}", "not json", json.dumps("text"), ""])
def test_a_vocabulary_that_does_not_tell_is_not_believed(tmp_path: Path, content: str) -> None:
    (tmp_path / "vocabulary.json").write_text(content)
    assert known_languages(tmp_path) is None


def test_without_a_vocabulary_nothing_is_known(tmp_path: Path) -> None:
    assert known_languages(tmp_path) is None
