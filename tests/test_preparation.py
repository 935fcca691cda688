from datetime import UTC, datetime

import pytest

from rehearse.preparation import MOST_POINTS, Kind, kind_of
from rehearse.presentation.preparation_words import kind_told, point_page, prompts_for, sentence_page
from rehearse.question import Question
from rehearse.question_file import bundled_sets


def asked(text: str, *tags: str) -> Question:
    return Question(id=1, text=text, created_at=datetime(2026, 11, 26, tzinfo=UTC), tags=tags)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tell me about a time you disagreed with your manager.", Kind.BEHAVIOURAL),
        ("Give us an example of a conflict", Kind.BEHAVIOURAL),
        ("What's your biggest weakness?", Kind.STRENGTHS),
        ("why should we hire you", Kind.STRENGTHS),
        ("Why do you want to leave your job?", Kind.MOTIVATION),
        ("Why us?", Kind.MOTIVATION),
        ("How does an index work?", Kind.TECHNICAL),
        ("What would you do if a customer shouted at you?", Kind.SITUATIONAL),
        ("Tell me about yourself.", Kind.GENERAL),
        ("Where do you live?", Kind.GENERAL),
        ("", Kind.GENERAL),
    ],
)
def test_the_wording_tells_the_kind_where_no_tag_does(text, kind):
    assert kind_of(asked(text, "Northwind")) is kind


def test_a_tag_goes_before_the_wording():
    assert kind_of(asked("Tell me about a time you failed.", "Technical")) is Kind.TECHNICAL


def test_bundled_questions_are_seldom_taken_for_another_kind_without_their_tags():
    """The wordings were chosen on these very questions: they say how it fits them, not how it fits others."""
    questions = [q for each in bundled_sets() for q in each.questions]
    taken = [(kind_of(asked(q.text)), kind_of(asked(q.text, *q.tags))) for q in questions]
    right = sum(by_wording is by_tag for by_wording, by_tag in taken)
    wrong = sum(by_wording is not Kind.GENERAL for by_wording, by_tag in taken if by_wording is not by_tag)
    assert right >= 95 and wrong <= 6


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_asks_for_three_to_five_points(kind):
    for text in ("Why?", "What is your weakness?", "What are your strengths and weaknesses?"):
        assert 3 <= len(prompts_for(kind, text)) <= MOST_POINTS
        questions = [point_page(kind, text, number, "").question for number in range(MOST_POINTS)]
        assert all(question.endswith(("?", ".")) for question in questions)


@pytest.mark.parametrize(
    ("text", "weakness", "strength"),
    [
        ("Why should we hire you?", False, True),
        ("What is your greatest strength?", False, True),
        ("What's your biggest weakness?", True, False),
        ("What are your strengths and weaknesses?", True, True),
    ],
)
def test_nobody_is_asked_for_a_weakness_that_the_question_does_not_ask_for(text, weakness, strength):
    kind = kind_of(asked(text))
    told = " ".join(" ".join(each) for each in prompts_for(kind, text)) + kind_told(kind, text, list(Kind))
    assert ("not a strength in disguise" in told, "that they need" in told) == (weakness, strength)


def test_what_is_there_is_offered():
    assert point_page(Kind.GENERAL, "Why?", 0, "two years").present == "two years"
    assert sentence_page("opening", "We won.").present == sentence_page("landing", "We won.").present == "We won."
