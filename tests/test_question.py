import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.errors import QuestionInvalid
from rehearse.question import QuestionDraft, Target, parse_target, shortened


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("90", 45, 90),
        ("90s", 45, 90),
        ("1:30", 45, 90),
        (" 60 - 120 ", 60, 120),
        ("1:00–2:00", 60, 120),
        ("0:30-90", 30, 90),
    ],
)
def test_a_target_is_read_as_people_write_it(text, low, high):
    assert parse_target(text) == Target(low_s=low, high_s=high)


@pytest.mark.parametrize(
    "text", ["", "soon", "-5", "1:60", "90-60", "60-60", "0", "2000", "1:2:3", "60-", "60,120", "1e3", "1", "9", "2-9"]
)
def test_what_is_no_length_to_aim_for_is_refused(text):
    with pytest.raises(QuestionInvalid):
        parse_target(text)


@given(st.text(max_size=20))
def test_any_text_is_a_target_or_a_clear_refusal(text):
    try:
        target = parse_target(text)
    except QuestionInvalid as error:
        assert error.message and error.hint
    else:
        assert 0 <= target.low_s < target.high_s and 10 <= target.high_s <= 1800


def test_strongly_over_is_half_as_much_again():
    assert Target(low_s=60, high_s=120).strongly_over_s == 180


def test_a_draft_is_tidied():
    draft = QuestionDraft(text=" Why \n us? ", points=("a ", "", "a", "b"), tags=("x", "x"), note="  ").checked()
    assert (draft.text, draft.points, draft.tags, draft.note) == ("Why us?", ("a", "b"), ("x",), "")


def test_a_draft_without_words_is_refused():
    with pytest.raises(QuestionInvalid, match="needs some words"):
        QuestionDraft(text=" \n").checked()


def test_a_question_named_in_passing_is_no_longer_than_two_lines():
    usual = "Tell me about a time you disagreed with your manager."
    assert shortened(usual) == usual
    long = shortened("Tell me about a time when " + "something, as it were, did not go well, " * 12)
    assert len(long) <= 100 and long.startswith("Tell me about a time when something") and long.endswith("did not…")
    # One word, as text without spaces is.
    assert shortened("面" * 300) == "面" * 99 + "…"
    assert shortened("a " + "b" * 300, 50) == "a " + "b" * 47 + "…"
