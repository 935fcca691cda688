import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

FIXTURES = Path(__file__).parents[1] / "fixtures"


def test_a_sound_file_is_measured_and_nothing_is_kept(
    rehearse, short_answer, truth, temporary_home, library, monkeypatch
):
    monkeypatch.setenv("REHEARSE_MODEL", str(library.model))
    measured = rehearse("measure", short_answer, "--json").json
    assert measured["answer_s"] == pytest.approx(truth["answer_end_s"] - truth["answer_start_s"], abs=0.06)
    assert measured["engine"]["name"] == "whisper" and not temporary_home.exists()


def test_whisper_really_hears_what_is_measured(rehearse, tiny_model, monkeypatch):
    """The trained test model, not a script: 'I like my team' is in it, and 'it was, like, the worst week'."""
    monkeypatch.setenv("REHEARSE_MODEL", str(tiny_model))
    truth = json.loads((FIXTURES / "listed-answer.json").read_text(encoding="utf-8"))
    measured = rehearse("measure", FIXTURES / "listed-answer.flac", "--json").json
    sounds = [filler for filler in truth["fillers"] if filler["kind"] == "sound"]
    words = len(truth["words"]) - len(sounds)
    assert measured["word_count"] == pytest.approx(words, rel=0.03)
    assert measured["speech_rate_wpm"] == pytest.approx(
        words / (truth["answer_end_s"] - truth["answer_start_s"]) * 60, rel=0.03
    )
    assert [filler["text"] for filler in measured["fillers"]] == [filler["text"] for filler in truth["fillers"]]
    for mine, theirs in zip(truth["fillers"], measured["fillers"], strict=True):
        assert theirs["start_s"] == pytest.approx(mine["start_s"], abs=0.3)


def test_draft_words_are_roughly_those_that_were_said(drafted, truth):
    assert drafted["engine"]["name"] == "draft"
    assert drafted["word_count"] == pytest.approx(len(truth["words"]), rel=0.25)
    said = {word["word"].strip(".,").lower() for word in truth["words"]}
    heard = {word["word"] for word in drafted["transcript"]["words"]}
    assert len(said & heard) / len(said) > 0.6
    assert drafted["filled_pause_count"] == 1


def whisper_json(truth):
    words = [
        {"word": f" {w['word']}", "start": w["start_s"], "end": w["end_s"], "probability": 0.9} for w in truth["words"]
    ]
    return {"language": "en", "segments": [{"text": truth["text"], "words": words}]}


def test_a_whisper_transcript_is_measured_without_its_sound(rehearse, truth, tmp_path):
    (tmp_path / "answer.json").write_text(json.dumps(whisper_json(truth)))
    measured = rehearse("measure", tmp_path / "answer.json", "--json").json
    assert measured["filled_pause_count"] == 1 and measured["silent_pause_count"] is None
    assert measured["engine"]["name"] == "given"


def test_sound_and_a_transcript_brought_along_are_measured_together(rehearse, truth, tmp_path, short_answer):
    (tmp_path / "answer.json").write_text(json.dumps(whisper_json(truth)))
    measured = rehearse("measure", short_answer, "--transcript", tmp_path / "answer.json", "--json").json
    assert measured["word_count"] == len(truth["words"]) - 1
    assert measured["silent_pause_count"] == len(truth["pauses"])
    assert measured["engine"]["name"] == "given"
    true_rate = (len(truth["words"]) - 1) / (truth["answer_end_s"] - truth["answer_start_s"]) * 60
    assert measured["speech_rate_wpm"] == pytest.approx(true_rate, rel=0.01)


def without_sounds(name):
    """The true words of a fixture but for its filled pauses, as Whisper would give them, and those filled pauses."""
    truth = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    sounds = [filler for filler in truth["fillers"] if filler["kind"] == "sound"]
    starts = [filler["start_s"] for filler in sounds]
    words = [word for word in truth["words"] if min(abs(word["start_s"] - start) for start in starts) > 0.02]
    return whisper_json(truth | {"words": words}), sounds


@pytest.mark.parametrize("name", ["listed-held-out-voice", "another-voice"])
def test_fillers_that_a_transcript_lacks_are_found_in_its_sound(rehearse, tmp_path, name):
    given, sounds = without_sounds(name)
    (tmp_path / "words.json").write_text(json.dumps(given))
    sound = FIXTURES / f"{name}.flac"
    measured = rehearse("measure", sound, "--transcript", tmp_path / "words.json", "--json").json
    assert measured["sound_fillers"] == "counted"
    found = [filler for filler in measured["fillers"] if filler["source"] == "sound"]
    assert [filler["start_s"] for filler in found] == pytest.approx([each["start_s"] for each in sounds], abs=0.1)
    assert measured["word_count"] == len(given["segments"][0]["words"])
    assert "likely, listen" in rehearse("measure", sound, "--transcript", tmp_path / "words.json").out


def test_a_transcript_in_another_language_is_taken_as_it_is(rehearse, tmp_path, short_answer, truth):
    (tmp_path / "words.json").write_text(json.dumps(whisper_json(truth) | {"language": "de"}))
    measured = rehearse("measure", short_answer, "--transcript", tmp_path / "words.json", "--json").json
    assert measured["sound_fillers"] is None and measured["transcript"]["language"] == "de"


def test_a_measured_transcript_is_explained(rehearse, truth, tmp_path):
    (tmp_path / "answer.json").write_text(json.dumps(whisper_json(truth)))
    told = rehearse("measure", tmp_path / "answer.json", "--explain").out
    assert told.startswith("  answer.json") and "60 × words / answer duration" in told
    assert "Not known for this answer: silence after, phonation time" in told
    measured = rehearse("measure", tmp_path / "answer.json", "--explain", "--json").json
    assert measured["explanations"]["word_count"]["definition"].startswith("Words said.")
    assert rehearse("measure", tmp_path / "answer.json", tmp_path / "answer.json", "--explain").code == 2


def test_several_files_give_a_table_and_one_fault_does_not_stop_the_others(rehearse, truth, tmp_path):
    (tmp_path / "one.json").write_text(json.dumps(whisper_json(truth)))
    (tmp_path / "two.json").write_text("{}")
    ran = rehearse("measure", tmp_path / "one.json", tmp_path / "two.json", tmp_path / "one.json")
    assert ran.code == 1 and ran.out.count("one.json") == 2 and "two.json" in ran.err
    rows = rehearse("measure", tmp_path / "one.json", tmp_path / "two.json", "--json").json
    assert "answer_s" in rows[0] and "error" in rows[1]


def test_one_transcript_belongs_to_one_file(rehearse, tmp_path, short_answer):
    assert rehearse("measure", short_answer, short_answer, "--transcript", tmp_path / "x.json").code == 2


def test_an_answer_is_heard_at_any_rate_and_in_any_number_of_channels(rehearse, short_answer, truth, tmp_path):
    (tmp_path / "words.json").write_text(json.dumps(whisper_json(truth)))
    sound, rate = soundfile.read(short_answer)
    for name, factor, channels in (("8k", 0.5, 1), ("192k", 12, 1), ("surround", 3, 6)):
        places = np.arange(int(len(sound) * factor)) / factor
        resampled = np.interp(places, np.arange(len(sound)), sound)
        soundfile.write(tmp_path / f"{name}.wav", np.column_stack([resampled] * channels), int(rate * factor))
        measured = rehearse("measure", tmp_path / f"{name}.wav", "--transcript", tmp_path / "words.json", "--json").json
        assert measured["answer_s"] == pytest.approx(truth["answer_end_s"] - truth["answer_start_s"], abs=0.1), name


def test_a_clipped_answer_is_measured_and_said_to_be_clipped(rehearse, short_answer, truth, tmp_path):
    (tmp_path / "words.json").write_text(json.dumps(whisper_json(truth)))
    sound, rate = soundfile.read(short_answer)
    soundfile.write(tmp_path / "loud.wav", np.clip(sound * 40, -1, 1), rate)
    measured = rehearse("measure", tmp_path / "loud.wav", "--transcript", tmp_path / "words.json", "--json").json
    assert measured["clipped"] is True
    assert measured["answer_s"] == pytest.approx(truth["answer_end_s"] - truth["answer_start_s"], abs=0.3)


@pytest.mark.slow
def test_a_file_that_is_cut_off_says_how_much_of_it_was_measured(rehearse, short_answer, tmp_path):
    whole = short_answer.read_bytes()
    cut = tmp_path / "cut.flac"
    cut.write_bytes(whole[: len(whole) // 2])
    assert "cut.flac ends early: 0:0" in " ".join(rehearse("measure", cut, "--engine", "draft").err.split())
    for file in (short_answer, cut):
        part = rehearse("measure", file, "--engine", "draft", "--end", "0:04")
        assert "ends early" not in part.err
    assert "ends early" not in rehearse("measure", short_answer, "--engine", "draft").err


def test_a_moment_has_no_more_than_59_seconds(rehearse, short_answer):
    assert rehearse("measure", short_answer, "--start", "0:75").code == 2
