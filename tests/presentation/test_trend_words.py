import pytest

from rehearse.presentation.trend_words import length_trend
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
