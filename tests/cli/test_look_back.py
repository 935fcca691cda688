import sqlite3

import pytest


def test_show_gives_the_result_and_the_words(rehearse, practised):
    shown = rehearse("show")
    assert shown.code == 0
    assert "Attempt 1" in shown.out and "Keep" in shown.out and "had seen." in shown.out
    assert rehearse("show", "first job", "--json").json == practised


def test_show_explains_every_number_in_plain_text(rehearse, practised, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    told = rehearse("show", "--explain")
    assert told.code == 0 and told.out.startswith("  Attempt 1 · Tell me about your first job.")
    assert "answer duration   13." in told.out and "De Jong & Wempe (2009)" in told.out
    assert max(len(line) for line in told.out.splitlines()) <= 80 and "\x1b" not in told.out


def test_show_explains_every_number_as_json(rehearse, practised):
    told = rehearse("show", "--explain", "--json").json
    assert {key: value for key, value in told.items() if key != "explanations"} == practised
    keys = {key.partition(".")[0] for key in told["explanations"]}
    assert keys == set(told)
    assert set(told["explanations"]["answer_s"]) == {"definition", "formula", "threshold", "source"}


def test_attempts_are_listed_with_their_bars(rehearse, practised):
    shown = rehearse("attempts").out
    assert "0:14" in shown and "█" in shown and "whisper scripted" in shown


def test_an_attempt_that_is_not_there_says_so(rehearse, practised):
    ran = rehearse("show", "7", "--json")
    assert ran.code == 1 and "no attempt 7" in ran.json["error"] and "rehearse attempts" in ran.json["hint"]


def test_deleting_needs_a_yes(rehearse, practised):
    ran = rehearse("delete", "1")
    assert ran.code == 1 and "--yes" in ran.err
    assert len(rehearse("attempts", "--json").json) == 1


def test_the_way_to_say_yes_keeps_the_numbers_where_that_was_asked(rehearse, practised):
    assert "rehearse delete 1 --keep-numbers --yes" in rehearse("delete", "1", "--keep-numbers").err


def test_numbers_that_cannot_be_read_are_drawn_anew(rehearse, practised, temporary_home):
    with sqlite3.connect(temporary_home / "rehearse.db") as library:
        library.execute("UPDATE measures SET record = '{}'")
    library.close()
    assert rehearse("attempts").code == 0
    assert rehearse("remeasure", "--json").json == {"done": 1, "failed": []}
    assert rehearse("show", "--json").json == practised


def test_deleting_leaves_nothing(rehearse, practised, temporary_home):
    assert rehearse("delete", "1", "--yes").code == 0
    assert rehearse("attempts", "--json").json == []
    assert list((temporary_home / "recordings").iterdir()) == []


def test_numbers_can_be_kept_without_sound_and_words(rehearse, practised, temporary_home):
    rehearse("delete", "1", "--keep-numbers", "--yes")
    (row,) = rehearse("attempts", "--json").json
    assert row["answer_s"] == pytest.approx(practised["answer_s"], abs=0.001) and not row["has_sound"]
    assert list((temporary_home / "recordings").iterdir()) == []
    assert rehearse("show", "1", "--json").json["transcript"] is None
    replay = rehearse("replay", "1")
    assert replay.code == 1 and "was deleted" in replay.err


def test_a_kept_attempt_can_be_heard_again(rehearse, practised):
    again = rehearse("transcribe", "1", "--json").json
    assert again["transcript"] == practised["transcript"]


def test_nothing_to_transcribe_is_said(rehearse, practised):
    assert "up to date" in rehearse("transcribe", "--all").err
    assert rehearse("transcribe", "--all", "--json").json == {"done": 0, "failed": []}


def test_remeasuring_follows_the_settings(rehearse, practised, tmp_path):
    (tmp_path / "settings.toml").write_text('[fillers]\nalso = ["said"]\n')
    assert rehearse("remeasure", "--json").json == {"done": 1, "failed": []}
    assert rehearse("show", "--json").json["filler_count"] > practised["filler_count"]


def test_a_recording_that_was_moved_away_is_named(rehearse, practised, temporary_home):
    for recording in (temporary_home / "recordings").iterdir():
        recording.unlink()
    ran = rehearse("transcribe", "1")
    assert ran.code == 1 and "not there any more" in ran.err
    assert rehearse("show").code == 0
