from dataclasses import replace

import pytest

from rehearse.presentation.content_words import against_best, kept
from rehearse.progress.comparison import compare
from rehearse.progress.content import Content, ContentChange
from rehearse.question import Target

CHANGE = ContentChange(
    shared_count=28,
    earlier_count=34,
    later_count=30,
    new=("client",),
    dropped=("boat",),
    points_kept=None,
    points_before=None,
    word_for_word_ratio=0.4,
    is_recited=False,
)


@pytest.fixture
def told(answer, attempts):
    def tell(now_s, recited=None, **changes):
        best = attempts(150, 120)[1]
        content = Content(best=best, since_best=replace(CHANGE, **changes), recited=recited)
        return against_best(content, answer(now_s), Target(low_s=60, high_s=120))

    return tell


def test_the_same_content_in_less_time_is_said_against_the_best_before(told):
    assert told(90) == ["28 of the 34 main words of attempt 2, in 25% less time."]
    assert told(90, points_kept=1, points_before=1) == ["Your point of attempt 2, in 25% less time."]
    assert told(90, points_kept=3, points_before=3) == ["3 of the 3 points of attempt 2, in 25% less time."]


@pytest.mark.parametrize(
    ("kept_count", "of", "said"),
    [
        (1, 1, "Your point again, in 25% less time."),
        (0, 1, "Your point was not heard again."),
        (2, 3, "2 of the 3 points of it, in 25% less time."),
    ],
)
def test_one_point_is_your_point(answer, attempts, kept_count, of, said):
    change = replace(CHANGE, points_kept=kept_count, points_before=of, new=(), dropped=())
    assert kept(change, compare(answer(90), attempts(120))) == [said]


def test_nothing_is_said_where_time_was_saved_by_leaving_out_points_or_not_at_all(told):
    assert told(119) == [] and told(200) == []
    assert told(60) and told(59) == [], "shorter than the aim is no gain"
    assert told(90, points_kept=2, points_before=3) == [] and told(90, shared_count=5) == []


def test_a_recited_answer_is_told_kindly_with_something_to_try(told):
    (line,) = told(125, recited=0.92)
    assert line.startswith("92% of it is word for word") and line.endswith("another sentence.")
