"""Questions from files, and the sets that come along."""

from pathlib import Path

import pytest

from rehearse.errors import QuestionInvalid
from rehearse.question import Target
from rehearse.question_file import bundled_set, bundled_sets, questions_in

KINDS = {"opening", "motivation", "strengths", "plans", "working", "background", "terms", "closing"} | {
    "behavioural",
    "situational",
    "technical",
}


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_sets_hold_120_questions_each_once_with_a_kind_and_an_aim():
    questions = [question for each in bundled_sets() for question in each.questions]
    assert len(questions) == len({question.text for question in questions}) == 120
    for each in bundled_sets():
        for question in each.questions:
            assert question.tags[0] == each.name and question.tags[-1] in KINDS
            assert question.target is not None and 15 <= question.target.low_s < question.target.high_s <= 150


def test_the_questions_are_plain_text_that_can_be_read_aloud():
    for each in bundled_sets():
        assert each.title and not each.title.endswith(".")
        for question in each.questions:
            assert question.text[-1] in ".?" and "!" not in question.text and question.text.isascii()
            assert len(question.text) <= 100


def test_a_set_is_found_whatever_its_case_and_a_wrong_name_names_the_right_ones():
    assert bundled_set("Sales").name == "sales"
    with pytest.raises(QuestionInvalid) as caught:
        bundled_set("dancing")
    assert "common" in caught.value.hint and "students" in caught.value.hint


def test_lines_are_questions_and_comments_are_not(tmp_path):
    drafts = questions_in(written(tmp_path, "mine.txt", "\ufeff# mine\nWhy  us?\n\n  Why now?\n"))
    assert [draft.text for draft in drafts] == ["Why us?", "Why now?"]


def test_toml_says_more_of_each(tmp_path):
    text = '[[question]]\ntext = "Why us?"\nkind = "motivation"\ntarget = "45-90"\npoints = ["a", "b"]\nnote = "x"\n'
    (draft,) = questions_in(written(tmp_path, "mine.toml", text + 'tags = ["Northwind"]\n'))
    assert draft.target == Target(low_s=45, high_s=90) and draft.points == ("a", "b")
    assert draft.tags == ("motivation", "Northwind") and draft.note == "x"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.txt", "  \n", "holds no questions"),
        ("a.toml", "", "holds no questions"),
        ("a.toml", "text =", "Its last line is not written as TOML"),
        ("a.toml", "question = 3", "something other"),
        ("a.toml", '[[question]]\ntekst = "Why?"', "'tekst' is not something"),
        ("a.toml", "[[question]]\ntext = 3", "text must be text"),
        ("a.toml", '[[question]]\ntext = "Why?"\npoints = "one"', "points must be a list"),
        ("a.toml", '[[question]]\ntext = "Why?"\ntarget = [60]', "target must be a length"),
        ("a.toml", '[[question]]\ntext = "Why?"\ntarget = "long"', "not a length"),
        ("a.toml", '[[question]]\nnote = "x"', "needs some words"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path, name, text, told):
    with pytest.raises(QuestionInvalid) as caught:
        questions_in(written(tmp_path, name, text))
    assert told in caught.value.message and caught.value.hint


def test_a_file_of_sound_is_no_text(tmp_path):
    (tmp_path / "answer.txt").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(QuestionInvalid, match="not plain text"):
        questions_in(tmp_path / "answer.txt")


def test_the_marks_of_a_list_are_no_part_of_a_question(tmp_path):
    text = "1. Why us?\n- Why now?\n* What else?\n2) And then?\n3 years from now?\n-5 degrees?\n"
    drafts = questions_in(written(tmp_path, "mine.txt", text))
    assert [draft.text for draft in drafts] == [
        "Why us?", "Why now?", "What else?", "And then?", "3 years from now?", "-5 degrees?"
    ]  # fmt: skip
