"""`--language`: for one command, and only where whoever listens knows it."""

import json

import pytest


@pytest.fixture
def multilingual(temporary_home, scripted_whisper):
    """A model that a person installed whose files say that it knows German and English; it cannot be loaded."""
    folder = temporary_home / "models" / "mine"
    folder.mkdir(parents=True)
    for name in ("config.json", "model.bin", "tokenizer.json"):
        (folder / name).write_text("{}")
    entries = ["<|en|>", "<|de|>", *(f"t{number}" for number in range(51_863))]
    (folder / "vocabulary.json").write_text(json.dumps(entries))


@pytest.mark.parametrize("command", ["practice", "measure"])
def test_a_language_the_model_does_not_know_is_refused_before_anything_is_kept(
    rehearse, multilingual, short_answer, command
):
    rehearse("add", "Why?")
    arguments = ("1", "--from", short_answer) if command == "practice" else (short_answer,)
    ran = rehearse(command, *arguments, "--language", "tlh", "--json")
    assert ran.code == 1 and "knows no language 'tlh'" in ran.json["error"]
    assert "de (German)" in ran.json["hint"]
    assert rehearse("attempts", "--json").json == []


def test_it_is_refused_before_anybody_speaks(rehearse, multilingual):
    rehearse("add", "Why?")
    ran = rehearse("practice", "1", "--language", "tlh")
    assert ran.code == 1 and "knows no language 'tlh'" in ran.err and "keyboard" not in ran.err


def test_the_rough_recogniser_says_what_would_know_it(rehearse, short_answer):
    ran = rehearse("measure", short_answer, "--language", "German")
    assert ran.code == 1 and "knows only English, and the language is set to de (German)" in " ".join(ran.err.split())
    assert "rehearse models pull" in ran.err


@pytest.mark.parametrize(
    ("written", "told"), [("xx", "Languages go by their short codes"), ("germna", "Did you mean de")]
)
def test_a_language_that_there_is_not_sends_nobody_to_fetch_a_model(rehearse, short_answer, written, told):
    ran = rehearse("measure", short_answer, "--language", written)
    assert ran.code == 1 and f"No recogniser knows a language '{written}'." in ran.err and told in ran.err
    assert "models pull" not in ran.err


def test_it_goes_before_the_settings(rehearse, practised, tmp_path):
    (tmp_path / "settings.toml").write_text('[transcription]\nprompt = "none"\nlanguage = "German"\n')
    refused = rehearse("transcribe", "1", "--json")
    assert refused.code == 1 and "set to de (German)" in refused.json["error"]
    again = rehearse("transcribe", "1", "--language", "EN", "--json")
    assert again.json["transcript"]["language"] == "en"


def test_a_transcript_that_names_no_language_has_that_one(rehearse, tmp_path):
    words = [{"word": f" {text}", "start": n, "end": n + 0.5} for n, text in enumerate(("Also,", "ähm,", "da"))]
    (tmp_path / "words.json").write_text(json.dumps({"segments": [{"words": words}]}))
    german = rehearse("measure", tmp_path / "words.json", "--language", "de", "--json").json
    assert german["transcript"]["language"] == "de" and german["filled_pause_count"] == 1
    assert rehearse("measure", tmp_path / "words.json", "--json").json["filled_pause_count"] == 0
