from dataclasses import replace

import pytest
from answers import DRAFT, line_of

from rehearse.progress.quoting import best_to_quote
from rehearse.question import Target

AIM = Target(low_s=60, high_s=120)


@pytest.fixture
def lines(answer, attempts):
    """lines((100, 5), (90, 2)): attempts of that length with so many fillers a minute, a day apart."""

    def make(*described):
        made = attempts(*(answer(length, fillers_per_min=fillers) for length, fillers in described), hours_apart=24)
        return [line_of(each) for each in made]

    return make


def best(lines):
    return best_to_quote(lines, AIM).id


def test_of_answers_inside_the_aim_the_one_with_the_fewest_fillers_the_latest_of_equals(lines):
    assert best(lines((74, 10), (100, 2), (90, 4))) == 2
    assert best(lines((74, 2), (100, 2), (90, 4))) == 2


def test_how_it_felt_goes_before_every_figure(lines):
    rambling, good, again = lines((74, 10), (37, 2), (80, 0))
    assert best([rambling, replace(good, rating="good"), replace(again, rating="again")]) == good.id
    assert best([replace(rambling, rating="hard"), good, replace(again, rating="again")]) == good.id


def test_the_nearer_to_the_aim_the_better(lines):
    assert best(lines((150, 0), (50, 5), (160, 0))) == 2
    assert best(lines((11, 0), (70, 5))) == 2


def test_the_real_answer_and_rough_words_are_not_quoted_where_there_is_another(lines, answer, attempts):
    real, tried = lines((70, 0), (110, 9))
    assert best([replace(real, baseline=True), tried]) == tried.id
    (draft,) = (line_of(each) for each in attempts(answer(70, engine=DRAFT)))
    assert best([draft, replace(tried, rating="again")]) == tried.id and best([draft]) == draft.id


def test_without_a_measured_attempt_there_is_none(lines):
    (line,) = lines((70, 0))
    assert best_to_quote([replace(line, answer_s=None), replace(line, baseline=True)], AIM) is None
