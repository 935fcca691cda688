"""Points that were said and points that were not, in other forms and through a recogniser's mistakes."""

import pytest

from rehearse.measurement.fillers import filled_pauses
from rehearse.measurement.key_points import KeyPoint, key_points
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Word

ANSWER = """So, a time I disagreed with my manager. I was working on the checkout page of an online shop, and he
wanted to launch the new design two weeks before Christmas. I thought that was too risky. So I asked him for ten minutes
before the planning meeting, and I showed him the numbers from the year before: a single hour of downtime had cost us
forty thousand euros. We agreed to launch to five percent of the visitors first, and on the second day we found a bug
with gift cards. We fixed it, um, and we launched in January. What I learned is that a number persuades better than an
opinion, and the spread sheet hangs over my desk."""


def looked_for(*points: str, answer: str = ANSWER, language: str = "en") -> tuple[KeyPoint, ...]:
    words = [Word(text=piece, start_s=float(n), end_s=n + 1.0) for n, piece in enumerate(answer.split())]
    tokens = tokens_of(words)
    return key_points(points, tokens, filled_pauses(tokens, language), language)


@pytest.mark.parametrize(
    ("point", "first_words"),
    [
        ("the disagreement with my manager", "disagreed with my manager."),
        ("showed numbers from last year", "showed him the numbers"),
        ("downtime costs", "downtime had cost"),
        ("40 thousand euros", "forty thousand"),
        ("5 % of visitors first", "five percent of the visitors"),
        ("bug in the gift cards", "bug with gift cards."),
        ("January launch", "launched in January."),
        ("numbers persuade, opinions don't", "persuades better"),
        ("my spreadsheet", "spread sheet"),
        ("Christmas", "Christmas. I thought"),
        ("risk", "risky. So"),
    ],
)
def test_a_point_said_in_other_forms_is_found_where_its_words_begin(point: str, first_words: str) -> None:
    pieces, wanted = ANSWER.split(), first_words.split()
    starts = [n for n in range(len(pieces)) if pieces[n : n + len(wanted)] == wanted]
    assert looked_for(point) == (KeyPoint(text=point, said=True, start_s=float(starts[0])),)


@pytest.mark.parametrize(
    "point",
    [
        "we kept the client",
        "what the customer said",
        "budget",
        "gift for my manager",
        "Christmas bug",
        "the design was ugly",
        "50 thousand euros",
        "the shop closed in January",
        "trained the visitors myself",
        "opinion polls",
    ],
)
def test_a_point_is_not_said_because_some_of_its_words_are(point: str) -> None:
    assert looked_for(point) == (KeyPoint(text=point, said=False, start_s=None),)


@pytest.mark.parametrize(("heard", "said"), [("negociation", True), ("negation", False)])
def test_a_misheard_letter_is_forgiven_and_another_word_is_not(heard: str, said: bool) -> None:
    assert looked_for("negotiation", answer=f"and the {heard} took a week")[0].said is said


def test_a_point_without_a_word_to_look_for_stays_open() -> None:
    assert looked_for("what came of it", "...", "") == tuple(
        KeyPoint(text=text, said=None, start_s=None) for text in ("what came of it", "...", "")
    )


def test_in_a_language_without_stop_words_longer_words_are_looked_for() -> None:
    found = looked_for("el contrato", "la reunión", answer="al final firmamos los contratos", language="es")
    assert [point.said for point in found] == [True, False]


def test_an_answer_without_words_said_none_of_them() -> None:
    assert looked_for("budget", answer="um") == (KeyPoint(text="budget", said=False, start_s=None),)
