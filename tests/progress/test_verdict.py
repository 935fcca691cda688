from dataclasses import replace

import pytest

from rehearse.measurement.ending import Ending
from rehearse.measurement.key_points import KeyPoint
from rehearse.measurement.landing import Landing
from rehearse.measurement.pauses import Pause
from rehearse.progress.comparison import compare
from rehearse.progress.verdict import Keep, Next, Reason, judge
from rehearse.question import Target

TARGET = Target(low_s=60, high_s=120)
TRAILING = Ending(kind="trailing off", text="so yeah")
MISSED = KeyPoint(text="we kept the client", said=False, start_s=None)
MADE = KeyPoint(text="the disagreement", said=True, start_s=5.0)
OPEN = KeyPoint(text="what came of it", said=None, start_s=None)


def landed(at_s: float) -> Landing:
    return Landing(landing_s=at_s, sentence="And we kept the client", new_words=("calm",), repeated_count=14)


def stop_inside(start_s: float) -> Pause:
    return Pause(start_s=start_s, end_s=start_s + 2.4, where="inside")


@pytest.mark.parametrize(
    ("length", "long_winded", "reason"),
    [
        (45, "no", Reason.UNDER_TARGET),
        (60, "no", Reason.INSIDE_TARGET),
        (120, "no", Reason.INSIDE_TARGET),
        (59.7, "no", Reason.INSIDE_TARGET),
        (120.4, "no", Reason.INSIDE_TARGET),
        (120.6, "a bit", Reason.OVER_TARGET),
        (180, "a bit", Reason.OVER_TARGET),
        (181, "yes", Reason.STRONGLY_OVER_TARGET),
    ],
)
def test_a_first_answer_is_judged_against_its_target(answer, length, long_winded, reason):
    now = answer(length)
    verdict = judge(now, compare(now, []), TARGET)
    assert (verdict.long_winded, verdict.reasons[0], verdict.reasons[1]) == (long_winded, reason, Reason.FIRST)


@pytest.mark.parametrize(
    ("earlier", "now", "reason", "long_winded"),
    [
        ((70, 70, 70), 87, Reason.LONGER_THAN_USUAL, "no"),
        ((70, 70, 70), 88, Reason.MUCH_LONGER_THAN_USUAL, "a bit"),
        ((70, 70), 104, Reason.LONGER_THAN_USUAL, "no"),
        ((70, 70), 106, Reason.MUCH_LONGER_THAN_USUAL, "a bit"),
        ((70,), 106, Reason.MUCH_LONGER_THAN_USUAL, "a bit"),
        ((70, 70, 70), 76, Reason.ABOUT_AS_USUAL, "no"),
        ((100, 100, 100), 70, Reason.SHORTER_THAN_USUAL, "no"),
        ((70, 70, 70), 130, Reason.MUCH_LONGER_THAN_USUAL, "yes"),
        ((37,), 74, Reason.LONGER_THAN_USUAL, "no"),
        ((37, 37, 37), 120.4, Reason.LONGER_THAN_USUAL, "no"),
        ((59.6, 59.6, 59.6), 110, Reason.MUCH_LONGER_THAN_USUAL, "a bit"),
        ((37, 37, 37), 130, Reason.MUCH_LONGER_THAN_USUAL, "yes"),
    ],
)
def test_one_two_and_many_earlier_attempts_each_have_their_limit(answer, attempts, earlier, now, reason, long_winded):
    verdict = judge(answer(now), compare(answer(now), attempts(*earlier)), TARGET)
    assert (verdict.reasons[1], verdict.long_winded) == (reason, long_winded)


def test_who_has_come_into_the_target_is_not_sent_back_under_it(answer, attempts):
    now = answer(74)
    assert judge(now, compare(now, attempts(37)), TARGET).next is Next.AGAIN_COLD
    now = answer(110)
    assert judge(now, compare(now, attempts(70)), TARGET).next is Next.BACK_TO_USUAL


def test_an_answer_under_the_target_is_never_long_winded(answer, attempts):
    now = answer(50)
    verdict = judge(now, compare(now, attempts(20, 20, 20)), TARGET)
    assert verdict.long_winded == "no" and verdict.next is Next.SAY_MORE


def test_no_verdict_rests_on_attempts_heard_by_another_engine(answer, attempts, engines):
    now = answer(110)
    earlier = attempts(*(answer(30, engine=engines["draft"]) for _ in range(3)))
    verdict = judge(now, compare(now, earlier), TARGET)
    assert verdict.long_winded == "no"
    assert verdict.reasons[1:] == (Reason.LONGER_THAN_USUAL, Reason.OTHER_ENGINE)


def test_no_verdict_rests_on_attempts_in_another_language(answer, attempts, engines):
    german, english = (replace(engines["whisper"], options={"language": code}) for code in ("de", "en"))
    now = answer(110, engine=english)
    verdict = judge(now, compare(now, attempts(*(answer(30, engine=german) for _ in range(3)))), TARGET)
    assert verdict.long_winded == "no"
    assert verdict.reasons[1:] == (Reason.LONGER_THAN_USUAL, Reason.OTHER_LANGUAGE)


def test_it_says_where_attempts_of_another_engine_were_left_out(answer, attempts, engines):
    now = answer(100)
    verdict = judge(now, compare(now, attempts(100, answer(90, engine=engines["draft"]))), TARGET)
    assert Reason.OTHER_ENGINE in verdict.reasons


def test_shorter_and_inside_the_target_is_kept_first(answer, attempts):
    now = answer(98)
    verdict = judge(now, compare(now, attempts(150, 140)), TARGET)
    assert verdict.keep[0] is Keep.SHORTER_AND_INSIDE and verdict.next is Next.AGAIN_COLD


def test_there_is_always_something_to_keep_but_nothing_unearned(answer):
    now = answer(200, words=700, fillers_per_min=15)
    assert judge(now, compare(now, []), TARGET).keep == (Keep.SAID_IT,)


def test_fewer_fillers_than_usual_are_named(answer, attempts):
    now = answer(200, fillers_per_min=7)
    earlier = attempts(answer(200, fillers_per_min=11), answer(200, fillers_per_min=9))
    assert Keep.FEWER_FILLERS in judge(now, compare(now, earlier), TARGET).keep


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"answer_s": 150, "fillers_per_min": 20}, Next.SHORTEN_TO_TARGET),
        ({"answer_s": 100, "fillers_per_min": 12}, Next.FEWER_FILLERS),
        ({"answer_s": 100, "fillers_per_min": 5.5}, Next.WATCH_FILLERS),
        ({"answer_s": 100, "fillers_per_min": 5}, Next.AGAIN_COLD),
        ({"answer_s": 100, "words": 320}, Next.SLOWER),
        ({"answer_s": 100, "words": 160}, Next.FASTER),
        ({"answer_s": 30}, Next.SAY_MORE),
        ({"answer_s": 100, "words": 5}, Next.AGAIN_COLD),
    ],
)
def test_one_thing_to_change_length_first(answer, now, expected):
    measured = answer(**now)
    assert judge(measured, compare(measured, []), TARGET).next is expected


@pytest.mark.parametrize(("silence_s", "expected"), [(14.9, Next.AGAIN_COLD), (15.0, Next.BEGIN_SOONER)])
def test_a_long_silence_before_the_answer_is_mentioned(answer, silence_s, expected):
    now = replace(answer(100), response_latency_s=silence_s)
    assert judge(now, compare(now, []), TARGET).next is expected


def test_without_words_only_the_length_is_judged(answer):
    now = answer(150, engine=None)
    verdict = judge(now, compare(now, []), TARGET)
    assert (verdict.long_winded, verdict.keep, verdict.next) == ("a bit", (Keep.SAID_IT,), Next.SHORTEN_TO_TARGET)


def test_back_to_usual_is_asked_where_the_answer_grew_inside_its_target(answer, attempts):
    now = answer(110)
    verdict = judge(now, compare(now, attempts(70, 72, 71)), TARGET)
    assert verdict.next is Next.BACK_TO_USUAL and verdict.long_winded == "a bit"


@pytest.mark.parametrize(
    ("length", "landing_s", "long_winded"),
    [
        (100, 61, "a bit"),
        (100, 76, "a bit"),
        (100, 80, "no"),
        (64, 51, "no"),
        (140, 81, "yes"),
        (50, 21, "no"),
    ],
)
def test_a_long_tail_after_the_landing_makes_an_answer_more_long_winded(answer, length, landing_s, long_winded):
    # The fixture's answers begin at 1 s.
    now = answer(length, landing=landed(landing_s))
    verdict = judge(now, compare(now, []), TARGET)
    assert verdict.long_winded == long_winded


def test_the_landing_is_named_among_the_reasons(answer):
    now = answer(100, landing=landed(61))
    assert judge(now, compare(now, []), TARGET).reasons == (Reason.INSIDE_TARGET, Reason.FIRST, Reason.NOTHING_NEW)


def test_nothing_rests_on_a_landing_or_a_missing_point_in_draft_words(answer, engines):
    now = answer(100, engine=engines["draft"], landing=landed(41), points=(MISSED,))
    verdict = judge(now, compare(now, []), TARGET)
    assert (verdict.long_winded, verdict.next) == ("no", Next.AGAIN_COLD)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"answer_s": 150, "landing": landed(100)}, Next.STOP_AT_LANDING),
        ({"answer_s": 100, "landing": landed(80), "fillers_per_min": 20}, Next.STOP_AT_LANDING),
        ({"answer_s": 100, "points": (MADE, MISSED)}, Next.MAKE_POINT),
        ({"answer_s": 40, "points": (MADE, MISSED)}, Next.MAKE_POINT),
        ({"answer_s": 40, "points": (MADE, OPEN)}, Next.SAY_MORE),
        ({"answer_s": 150, "points": (MADE, MISSED)}, Next.SHORTEN_TO_TARGET),
        ({"answer_s": 100, "fillers_per_min": 15, "points": (MISSED,)}, Next.FEWER_FILLERS),
        ({"answer_s": 100, "pauses": (stop_inside(20), stop_inside(50))}, Next.PAUSE_BETWEEN),
        ({"answer_s": 100, "pauses": (stop_inside(20),)}, Next.AGAIN_COLD),
        ({"answer_s": 100, "pauses": (Pause(start_s=1, end_s=9, where="boundary"),) * 3}, Next.AGAIN_COLD),
        ({"answer_s": 100, "pauses": (Pause(start_s=1, end_s=9),) * 3}, Next.AGAIN_COLD),
        ({"answer_s": 100, "ending": TRAILING}, Next.FINISH),
        ({"answer_s": 100, "ending": TRAILING, "fillers_per_min": 6}, Next.WATCH_FILLERS),
    ],
)
def test_what_to_change_once_the_words_are_known(answer, now, expected):
    measured = answer(**now)
    assert judge(measured, compare(measured, []), TARGET).next is expected


def test_points_all_made_are_kept_before_fillers_and_pace(answer):
    now = answer(150, points=(MADE, MADE))
    assert judge(now, compare(now, []), TARGET).keep[0] is Keep.ALL_POINTS


@pytest.mark.parametrize("points", [(MADE, MISSED), (MADE, OPEN), (), None])
def test_points_not_all_heard_are_no_thing_to_keep(answer, points):
    now = answer(100, points=points)
    assert Keep.ALL_POINTS not in judge(now, compare(now, []), TARGET).keep


def test_a_finished_sentence_is_kept(answer):
    now = answer(100, ending=Ending(kind="finished", text="we kept the client"))
    assert judge(now, compare(now, []), TARGET).keep[-1] is Keep.FINISHED
