"""How an answer felt: said in a script, and by a key after the answer."""

from datetime import date, timedelta

import pytest
from at_a_terminal import ended


@pytest.fixture
def heard(scripted_whisper, tmp_path, monkeypatch):
    (tmp_path / "settings.toml").write_text('[transcription]\nprompt = "none"\n')
    monkeypatch.setenv("REHEARSE_MODEL", str(scripted_whisper("So", "yes.")))


def test_a_rating_says_when_the_question_comes_again(rehearse, practised):
    assert rehearse("show", "1", "--json").json["rating"] is None
    dues = [date.fromisoformat(rehearse("rate", "1", word, "--json").json["due"]) for word in ("easy", "good", "again")]
    assert dues == sorted(dues, reverse=True) and dues[0] > dues[2] > date.today() - timedelta(days=1)
    assert rehearse("show", "1", "--json").json["rating"] == "again"
    assert rehearse("attempts", "--json").json[0]["rating"] == "again"
    told = rehearse("rate", "first job", "hard").err
    assert told.startswith("Kept: hard. The question comes again ")


def test_only_the_first_answer_of_a_day_says_so(rehearse, practised, short_answer):
    # The attempt kept already may be of yesterday, should it be just after midnight.
    for _ in range(2):
        rehearse("practice", "1", "--from", short_answer)
    assert rehearse("rate", "3", "easy", "--json").json["due"] is None
    assert "first answer of a day" in rehearse("rate", "3", "easy").err
    assert [row["rating"] for row in rehearse("attempts", "--json").json] == [None, None, "easy"]


def test_the_real_answer_is_not_rated(rehearse, heard, short_answer):
    rehearse("add", "Why?")
    rehearse("practice", "1", "--from", short_answer, "--as-baseline")
    ran = rehearse("rate", "1", "good")
    assert ran.code == 1 and "real answer" in ran.err
    assert rehearse("show", "1", "--json").json["rating"] is None


def test_another_word_is_refused_and_the_four_are_named(rehearse, practised):
    ran = rehearse("rate", "1", "fine")
    assert ran.code == 2 and "Choose again, hard, good or easy." in ran.err
    assert rehearse("rate", "7", "good").code == 1


def test_after_an_answer_a_key_rates_it_and_another_one_changes_that(
    program, rehearse, practised, short_answer, temporary_home
):
    (temporary_home / "model-offer-declined").touch()
    child = program("practice", "1", "--from", short_answer)
    child.expect_exact("How did it feel?   1 again   2 hard   3 good   4 easy")
    child.expect("Enter keep")
    child.send("2")
    child.expect("Kept: hard")
    child.expect("Enter keep")
    child.send("4")
    child.expect("Kept: easy")
    child.expect("Enter keep")
    child.send("\r")
    ended(child)
    assert rehearse("show", "2", "--json").json["rating"] == "easy"
