"""What a drill and an exam show, while somebody speaks and after it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console

from rehearse.measurement.attempt import Timed
from rehearse.presentation import drill_screen, live_screen
from rehearse.presentation.exam_screen import exam_card
from rehearse.presentation.live_screen import Showing, time_notice
from rehearse.progress.comparison import compare
from rehearse.progress.content import ContentChange
from rehearse.progress.drill import round_targets
from rehearse.question import Question, Target

TARGET = Target(low_s=60, high_s=120)
ROUNDS = round_targets(TARGET, (4, 3, 2))
QUESTION = Question(
    id=1, text="Why [b]this[/b] job?", created_at=datetime(2026, 11, 3, tzinfo=UTC), points=("I learn",), note="rambled"
)
CONTENT = ContentChange(
    shared_count=9,
    earlier_count=12,
    later_count=9,
    new=(),
    dropped=("shop", "queue", "boss"),
    points_kept=None,
    points_before=None,
    word_for_word_ratio=0.9,
    is_recited=True,
)


def shown(renderable):
    console = Console(width=80, height=24, markup=False, highlight=False)
    with console.capture() as captured:
        console.print(renderable)
    return " ".join(captured.get().split())


@pytest.fixture
def drilled(attempts):
    def make(*measures, content=None):
        rounds = [
            replace(attempt, timed=Timed(limit_s=target.high_s, drill_round=number))
            for number, (attempt, target) in enumerate(zip(attempts(*measures), ROUNDS, strict=False), start=1)
        ]
        first, last = rounds[0], rounds[-1]
        comparison = compare(last.measures, (first,)) if len(rounds) > 1 else None
        return shown(drill_screen.drilled(QUESTION, rounds, comparison, content))

    return make


def test_the_end_of_a_drill_has_every_round_and_why_the_last_is_shorter(answer, drilled):
    rounds = answer(200, words=500, pauses_s=20), answer(186, words=460), answer(110, words=275, pauses_s=11)
    told = drilled(*rounds, content=CONTENT)
    assert "1 4:00 3:20 500 150 wpm" in told and "2 3:00 3:06 over 460" in told and "3 2:00 1:50 275" in told
    assert "1:30 shorter than round 1, which is 3:20: 225 words fewer, the same speed between pauses" in told
    assert "9 of the 12 main words of round 1, in 45% less time. Left out: shop, queue, boss." in told
    assert "word for word" not in told and "speaking faster" not in told


def test_speaking_faster_is_called_that(answer, drilled):
    told = drilled(answer(200, words=400), answer(110, words=390))
    assert "said faster" in told and "Most of that is speaking faster." in told


def test_a_drill_that_was_stopped_after_one_round_compares_nothing(answer, drilled):
    told = drilled(answer(200, words=500))
    assert "1 4:00 3:20" in told and "round 1," not in told


def test_a_round_says_its_limit_and_what_to_do(answer):
    cards = [shown(drill_screen.round_card(QUESTION, number, ROUNDS)) for number in (1, 2, 3)]
    for card, number, limit in zip(cards, (1, 2, 3), ("4:00", "3:00", "2:00"), strict=True):
        assert f"round {number} of 3" in card and limit in card and "Why [b]this[/b] job? " in card
    assert drill_screen.between(1, ROUNDS, 192, "Enter") == "Round 1: 3:12 of 4:00. Next: the same in 3:00.   Enter"


def test_past_a_rounds_limit_the_clock_says_over_and_what_is_left():
    showing = Showing(card="", target=ROUNDS[2], countdown_s=3, ends_at_s=130.0)
    assert time_notice(showing, 119.0) == "" and not showing.is_over(129.9) and showing.is_over(130.0)
    assert time_notice(showing, 121.5) == "Time is up. Finish your sentence: recording stops by itself in 9 s."
    assert "2:01 over" in shown(live_screen.recording("", 121.5, ROUNDS[2], [], width=80))


def test_an_exam_shows_no_clock_until_its_time_is_nearly_up():
    showing = Showing(card="", target=None, countdown_s=30, think=True, once=True, ends_at_s=120.0)
    assert [time_notice(showing, at) for at in (0.0, 60.0, 109.9)] == ["", "", ""]
    assert time_notice(showing, 112.2) == "8 s left, then recording stops by itself."
    screen = shown(live_screen.recording(exam_card(QUESTION, 120), 63.0, None, [-20.0], width=80, once=True))
    assert "1:03" not in screen and "start over" not in screen and "q throw away" in screen
    assert "up to 2:00" in screen and "I learn" not in screen and "rambled" not in screen


def test_labels_of_the_clock_never_run_into_each_other():
    def labels(low_s):
        band = shown(live_screen.recording("", 3.0, Target(low_s=low_s, high_s=60), [], width=80))
        return band.partition("┤ ")[2].partition(" Enter")[0]

    assert (labels(30), labels(5), labels(0), labels(59)) == ("0:00 0:30 1:00", "0:00 1:00", "0:00 1:00", "0:00 1:00")


def test_without_a_limit_nothing_is_said_of_the_time():
    showing = Showing(card="", target=TARGET, countdown_s=3)
    assert time_notice(showing, 500.0) == "" and not showing.is_over(5000.0)
