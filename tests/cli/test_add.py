import pytest


def test_a_question_is_kept_with_all_that_was_said_of_it(rehearse):
    added = rehearse(
        "add", "Why  us?", "--target", "60-90", "--point", "one", "--point", "two", "--tag", "hr", "--note", "rambled",
        "--json",
    ).json  # fmt: skip
    (listed,) = rehearse("questions", "--json").json
    assert listed == added
    assert (listed["text"], listed["target_low_s"], listed["target_s"]) == ("Why us?", 60, 90)
    assert (listed["points"], listed["tags"], listed["note"]) == (["one", "two"], ["hr"], "rambled")


@pytest.mark.parametrize(
    ("written", "low", "high"), [("90", 45, 90), ("1:30", 45, 90), ("1:00-2:30", 60, 150), ("30-40", 30, 40)]
)
def test_a_target_is_a_length_or_two(rehearse, written, low, high):
    added = rehearse("add", "Why?", "--target", written, "--json").json
    assert (added["target_low_s"], added["target_s"]) == (low, high)


@pytest.mark.parametrize("written", ["soon", "90-60", "0", "-5", "1:75", "99999", ""])
def test_what_is_no_target_is_refused_with_an_example(rehearse, written):
    ran = rehearse("add", "Why?", f"--target={written}")
    assert ran.code == 2
    assert rehearse("questions", "--json").json == []


def test_a_question_without_a_target_has_the_one_of_the_settings(rehearse, tmp_path):
    (tmp_path / "settings.toml").write_text("[practice]\ntarget_low_s = 30\ntarget_high_s = 45\n")
    added = rehearse("add", "Why?", "--json").json
    assert (added["target_low_s"], added["target_s"], added["target_is_default"]) == (30, 45, True)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_a_question_needs_words(rehearse, text):
    assert rehearse("add", text).code == 1


def test_a_question_typed_without_quotes_is_one_question(rehearse):
    assert rehearse("add", "Why", "this", "job?", "--json").json["text"] == "Why this job?"


def test_a_question_that_is_there_already_is_named(rehearse):
    rehearse("add", "Why this job?")
    ran = rehearse("add", "why this job?")
    assert ran.code == 1 and "number 1" in ran.err and "rehearse practice 1" in ran.err
    assert len(rehearse("questions", "--json").json) == 1


def test_a_file_of_questions_is_kept_line_by_line(rehearse, tmp_path):
    (tmp_path / "mine.txt").write_text("# mine\nWhy?\n\n  How?  \n", encoding="utf-8")
    added = rehearse("add", "--file", tmp_path / "mine.txt", "--json").json
    assert [question["text"] for question in added] == ["Why?", "How?"]


def test_a_file_that_is_no_text_is_refused(rehearse, tmp_path):
    (tmp_path / "mine.txt").write_bytes(b"\xff\xfe\x00\xd8")
    ran = rehearse("add", "--file", tmp_path / "mine.txt")
    assert ran.code == 1 and "not plain text" in ran.err


def test_a_set_of_questions_comes_with_its_aims_and_tags(rehearse):
    added = rehearse("add", "--set", "sales", "--tag", "Northwind", "--json").json
    assert len(added) == 14 and added[0]["text"].startswith("Describe what you sell")
    assert added[0]["tags"] == ["sales", "opening", "Northwind"] and not added[0]["target_is_default"]
    again = rehearse("add", "--set", "sales")
    assert again.code == 1 and "all 14 of these" in again.err


def test_the_sets_are_listed_and_nothing_is_added(rehearse):
    listed = rehearse("add", "--sets", "--json").json
    assert listed[0]["name"] == "common" and sum(len(s["questions"]) for s in listed) == 120
    assert "students" in rehearse("add", "--sets").out and rehearse("questions", "--json").json == []


def test_a_shuffled_set_has_the_same_questions(rehearse):
    added = rehearse("add", "--set", "sales", "--shuffle", "--json").json
    (sales,) = [s for s in rehearse("add", "--sets", "--json").json if s["name"] == "sales"]
    assert sorted(q["text"] for q in added) == sorted(sales["questions"])


def test_only_one_source_of_questions_is_taken(rehearse):
    assert rehearse("add", "Why?", "--set", "sales").code == 2


def test_the_same_question_in_other_writing_is_kept_twice_only_on_request(rehearse, tmp_path):
    rehearse("add", "Why should we hire you?")
    again = rehearse("add", "why should  we hire you")
    assert again.code == 1 and "it is number 1" in again.err and "--anyway" in again.err
    assert rehearse("add", "why should we hire you", "--anyway").code == 0
    (tmp_path / "list.txt").write_text("Why now?\nwhy now\nWhy should we hire you\nWhy now?\n")
    ran = rehearse("add", "--file", tmp_path / "list.txt")
    assert ran.code == 0 and "Question 1 was there already" in ran.err
    assert [each["text"] for each in rehearse("questions", "--json").json] == [
        "Why should we hire you?", "why should we hire you", "Why now?",
    ]  # fmt: skip
    ran = rehearse("add", "--file", tmp_path / "list.txt")
    assert ran.code == 1 and "all 2 of these questions already: the first is number 3" in ran.err


def test_nobody_aims_for_less_than_ten_seconds(rehearse):
    ran = rehearse("add", "Why?", "--target", "1")
    assert ran.code == 2 and "between 10 seconds and half an hour" in ran.err
