import pytest

from rehearse.presentation.trend_words import first_to_last, length_trend, of_figure, short
from rehearse.progress.trend import question_trend
from rehearse.question import Target

AIM = Target(low_s=60, high_s=120)


@pytest.mark.parametrize(
    ("lengths", "said"),
    [
        ([150], ""),
        ([150, 140], "Too few to see a trend yet: 2 attempts; it takes 4."),
        ([220, 205, 190, 175], "Improving: about 15 s shorter each time (4 attempts)."),
        ([20, 30, 40, 50], "Improving: about 10 s longer each time (4 attempts)."),
        ([110, 100, 90, 80], "Inside your aim, and about 10 s shorter each time (4 attempts)."),
        ([110, 130, 150, 170], "About 20 s longer each time, away from your aim (4 attempts)."),
        ([100, 104, 99, 101], "About the same length each time (4 attempts)."),
        ([37, 74, 47, 37], "Up and down, from 0:37 to 1:14, with no clear direction (4 attempts)."),
    ],
)
def test_a_trend_is_said_with_what_it_rests_on(attempts, lengths, said):
    trend = question_trend(attempts(*lengths, hours_apart=1), "answer_s", None)
    assert length_trend(trend, AIM) == said


def test_first_attempts_of_a_day_are_named_as_such(attempts):
    trend = question_trend(attempts(220, 205, 190, 175), "answer_s", None)
    assert length_trend(trend, AIM) == "Improving: about 15 s shorter each time (4 first attempts of a day)."


def test_answers_of_several_recognisers_are_not_compared_silently(answer, attempts, engines):
    mixed = attempts(answer(220, engine=engines["draft"]), 205, 190, 175)
    assert length_trend(question_trend(mixed, "answer_s", None), AIM).endswith("lengths come from the sound alone.")


def test_figures_that_go_up_and_down_are_not_called_alike(answer, attempts):
    spread = question_trend(attempts(*(answer(60, fillers_per_min=n) for n in (2, 10, 3, 2))), "fillers_per_min", None)
    assert of_figure(spread) == "up and down, no clear direction (4 first attempts of a day)"
    assert first_to_last(spread) == "2 to 10 a minute" and short(spread, AIM) == "up and down (4)"
    alike = question_trend(attempts(*(answer(60, fillers_per_min=n) for n in (2, 3, 2, 3))), "fillers_per_min", None)
    assert of_figure(alike).startswith("about the same") and first_to_last(alike) == "2 → 3 a minute"
