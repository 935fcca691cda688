from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from answers import DRAFT, WHISPER, answer, line_of
from hypothesis import given
from hypothesis import strategies as st

from rehearse.measurement.attempt import Attempt, Timed
from rehearse.measurement.landing import Landing
from rehearse.measurement.rating import RATINGS
from rehearse.progress.comparison import compare
from rehearse.progress.reviews import last_day, reviews_of, verdict_of
from rehearse.progress.schedule import Grade, Review
from rehearse.progress.verdict import judge
from rehearse.question import Target

TARGET = Target(low_s=60, high_s=120)
MORNING = datetime(2026, 11, 3, 9, tzinfo=UTC)
GERMAN = replace(WHISPER, options={"language": "de"})
ENGLISH = replace(WHISPER, options={"language": "en"})


def attempt(number, measures, *, hours=0.0, baseline=False):
    return Attempt(
        id=number,
        question_id=1,
        recorded_at=MORNING + timedelta(hours=hours),
        baseline=baseline,
        recording=None,
        measures=measures,
    )


def landed(answer_s, tail_s):
    landing_s = 1.0 + answer_s - tail_s
    return Landing(landing_s=landing_s, sentence="It worked.", new_words=(), repeated_count=9)


@st.composite
def histories(draw):
    """Attempts at one question by several engines in several languages, some not measured, one perhaps the real one."""
    made = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        length_s = draw(st.floats(20, 300))
        landing = landed(length_s, draw(st.floats(0, length_s / 2))) if draw(st.booleans()) else None
        engine = draw(st.sampled_from([WHISPER, DRAFT, GERMAN, ENGLISH, None]))
        measures = None if draw(st.integers(0, 4)) == 0 else answer(length_s, engine=engine, landing=landing)
        made.append(attempt(number, measures, hours=number * 5, baseline=number == 1 and draw(st.booleans())))
    return made


@given(histories())
def test_figures_alone_give_the_verdict_that_the_whole_attempt_has(history):
    for place, each in enumerate(history):
        from_figures = verdict_of(line_of(each), [line_of(earlier) for earlier in history[:place]], TARGET)
        if each.measures is None:
            assert from_figures is None
        else:
            judged = judge(each.measures, compare(each.measures, history[:place]), TARGET)
            assert from_figures == judged.long_winded


def test_only_the_first_answer_of_a_day_counts_and_never_the_real_one():
    history = [
        attempt(1, answer(300.0), hours=-24, baseline=True),
        attempt(2, answer(150.0)),
        attempt(3, answer(90.0), hours=2),
        attempt(4, answer(90.0), hours=26),
    ]
    reviews = reviews_of([line_of(each) for each in reversed(history)], TARGET, UTC)
    assert reviews == (
        Review(on=date(2026, 11, 3), grade=Grade.HARD),
        Review(on=date(2026, 11, 4), grade=Grade.GOOD),
    )


def test_days_are_those_of_the_person():
    late = line_of(attempt(1, answer(90.0), hours=14.5))
    (review,) = reviews_of([late], TARGET, timezone(timedelta(hours=1)))
    assert review.on == date(2026, 11, 4)


def test_a_rating_goes_before_the_verdict_and_stands_where_there_is_none():
    heard = replace(line_of(attempt(1, answer(200.0))), rating="easy")
    unheard = replace(line_of(attempt(2, None, hours=24)), rating="hard")
    silent = line_of(attempt(3, None, hours=48))
    assert [review.grade for review in reviews_of([heard, unheard, silent], TARGET, UTC)] == [Grade.EASY, Grade.HARD]


@given(histories(), st.lists(st.sampled_from([None, *RATINGS]), min_size=8, max_size=8))
def test_whatever_was_said_reviews_are_in_order_one_a_day(history, ratings):
    lines = [replace(line_of(each), rating=rating) for each, rating in zip(history, ratings, strict=False)]
    reviews = reviews_of(lines, TARGET, UTC)
    days = [review.on for review in reviews]
    assert days == sorted(set(days))
    by_day = {line.recorded_at.date(): line.rating for line in reversed(lines) if not line.baseline}
    for review in reviews:
        if said := by_day[review.on]:
            assert review.grade is Grade[said.upper()]


def test_the_last_day_is_that_of_any_attempt_but_the_real_answer(attempts):
    lines = [line_of(each) for each in attempts(300, 100, 90, baseline_first=True, hours_apart=24)]
    assert last_day(lines[:1], UTC) is None and last_day((), UTC) is None
    drilled = replace(lines[2], timed=Timed(limit_s=240, drill_round=1))
    assert last_day([lines[0], drilled, lines[1]], UTC) == drilled.recorded_at.date() > lines[1].recorded_at.date()
