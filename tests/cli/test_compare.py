"""`compare` on real answers that the tiny model hears word for word."""

import json
import shutil
from pathlib import Path

import pytest
from children import child_json

LISTED = Path(__file__).parents[1] / "fixtures" / "listed-answer.flac"


@pytest.fixture(scope="module")
def compared_home(tmp_path_factory, tiny_model):
    home = tmp_path_factory.mktemp("compared") / "home"
    whisper = {"REHEARSE_MODEL": str(tiny_model)}
    child_json(home, "add", "Tell me about a time you disagreed with your manager.")
    child_json(home, "practice", "1", "--from", str(LISTED), **whisper)
    child_json(home, "practice", "1", "--from", str(LISTED), "--start", "0:00", "--end", "0:30", **whisper)
    return home


@pytest.fixture
def two_attempts(compared_home, temporary_home):
    shutil.copytree(compared_home, temporary_home)


def test_the_shorter_attempt_is_explained(rehearse, two_attempts):
    shown = rehearse("compare", "2", "1").out
    assert "Attempt 1 and attempt 2" in shown and "shorter than attempt 1" in shown and "words fewer" in shown
    assert "main words of it, in" in shown and "Dropped:" in shown
    assert "(- " in shown and "word for word" not in shown, "it was only cut"


def test_the_parts_of_why_sum_to_the_change(rehearse, two_attempts):
    told = rehearse("compare", "1", "--json").json
    comparison = told["comparison"]
    assert told["earlier"]["attempt"] == 1 and told["later"]["attempt"] == 2
    assert sum(comparison["why"].values()) == pytest.approx(comparison["change_s"], abs=0.01)
    assert comparison["change_s"] == pytest.approx(told["later"]["answer_s"] - told["earlier"]["answer_s"], abs=0.01)
    assert told["content"]["new"] == [] and told["content"]["word_for_word_ratio"] == 1
    assert not told["content"]["is_recited"]


def test_an_attempt_is_not_compared_with_itself(rehearse, two_attempts):
    ran = rehearse("compare", "2")
    assert ran.code == 1 and "both attempt 2" in ran.err and "rehearse compare 2" in ran.err


def test_different_engines_compare_lengths_alone(rehearse, two_attempts, short_answer):
    rehearse("practice", "1", "--from", short_answer, "--engine", "draft", "--json")
    shown = rehearse("compare", "1", "3")
    assert "Different recognisers heard them" in shown.out and "(- " not in shown.out
    assert json.loads(rehearse("compare", "1", "3", "--json").out)["comparison"]["why"] is None


def test_words_that_were_deleted_leave_the_figures(rehearse, two_attempts):
    rehearse("delete", "1", "--keep-numbers", "--yes")
    shown = rehearse("compare", "1", "2")
    assert shown.code == 0 and "shorter than attempt 1" in shown.out and "(- " not in shown.out


def test_an_attempt_that_is_not_there_says_so(rehearse, two_attempts):
    ran = rehearse("compare", "1", "9", "--json")
    assert ran.code == 1 and "no attempt 9" in ran.json["error"]
