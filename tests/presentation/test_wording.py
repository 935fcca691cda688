import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.measurement.ending import Ending
from rehearse.measurement.fillers import Filler
from rehearse.measurement.key_points import KeyPoint
from rehearse.measurement.landing import Landing
from rehearse.measurement.pauses import Pause
from rehearse.presentation import advice, checking, verdict_words, wording
from rehearse.presentation.waveform import filler_label
from rehearse.progress.comparison import compare
from rehearse.progress.verdict import Keep, Next, Reason, judge
from rehearse.question import Target

TARGET = Target(low_s=60, high_s=120)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (7.4, "0:07"), (59.6, "1:00"), (102, "1:42"), (3750, "1:02:30")]
)
def test_a_length_is_said_as_minutes_and_seconds(seconds, text):
    assert wording.clock(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(22.4, "22 s"), (59.4, "59 s"), (59.6, "1:00"), (65, "1:05")])
def test_a_stretch_under_a_minute_is_said_in_seconds(seconds, text):
    assert wording.length(seconds) == text


def test_control_characters_are_shown_and_not_obeyed():
    assert wording.shown("a\x1b[31m\nb\x7f\x9b\u202ec") == "a\u241b[31m\u240ab\u2421<U+009B><U+202E>c"


def test_markup_and_html_stay_as_they_are_written():
    assert wording.shown("[bold]x[/bold] <script> 😀 é") == "[bold]x[/bold] <script> 😀 é"


@given(st.text())
def test_nothing_shown_can_move_the_cursor(text):
    shown = wording.shown(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in shown if c not in "\u200c\u200d")
    assert shown.splitlines() in ([], [shown])


def test_whisper_counts_are_a_lower_bound_and_draft_counts_are_rough(answer, engines):
    assert wording.filler_count(answer(120)) == "at least 4 (2 a minute)"
    assert wording.filler_count(answer(120, engine=engines["draft"])) == "roughly 4 (2 a minute)"
    assert wording.filler_count(answer(120, fillers_per_min=0.0)) == "none heard"
    assert wording.filler_count(answer(120, engine=None)) == "not counted"


def test_fillers_that_only_the_sound_gives_away_are_said_to_be_likely(answer):
    written = Filler(text="um", start_s=3.0, end_s=3.3, kind="sound")
    sounds = [
        Filler(text="uh", start_s=at, end_s=at + 0.3, kind="sound", source="sound") for at in (12, 65, 70, 80, 90)
    ]
    assert wording.filler_kinds(answer(120, fillers=(written,))) == "um 1"
    assert (
        wording.filler_kinds(answer(120, fillers=(written, sounds[0])))
        == "um 1 · uh 1   (from the sound alone; likely, listen: uh at 0:12)"
    )
    assert wording.filler_kinds(answer(120, fillers=tuple(sounds))).endswith("uh at 1:20 and 1 more)")


@pytest.mark.parametrize(
    ("kept", "written"), [("i mean", "I mean"), ("and i'm", "and I'm"), ("ai would", "ai would"), ("i tak", "i tak")]
)
def test_only_the_english_pronoun_is_written_with_a_capital(kept, written):
    assert wording.filler_name(kept) == written


def test_i_is_written_large_in_the_fillers_that_have_it(answer):
    said = ["i mean", "i mean", "you know what i mean", "hi", "i'd say", "i tak dalej"]
    fillers = tuple(
        Filler(text=text, start_s=float(at), end_s=at + 0.5, kind="word") for at, text in enumerate(said, start=5)
    )
    now = answer(120, fillers=fillers)
    kinds = "I mean 2 · you know what I mean 1 · hi 1 · I'd say 1 · i tak dalej 1"
    assert wording.filler_kinds(now) == kinds and now.fillers[0].text == "i mean"
    assert checking.places(now).startswith("Fillers by their time:  I mean 0:05 0:06 · ")
    assert filler_label(now.fillers[0], {}) == "I mean"
    told = advice.next_step(Next.WATCH_FILLERS, now, compare(now, ()), TARGET)
    assert "'I mean' 2 times, first at 0:05" in told


@pytest.mark.parametrize("keep", list(Keep))
def test_every_thing_to_keep_is_a_sentence(answer, attempts, keep):
    now = answer(100)
    text = advice.keep(keep, now, compare(now, attempts(130, 140)), TARGET)
    assert text.endswith(".") and "!" not in text


@pytest.mark.parametrize("next_step", list(Next))
def test_every_next_step_is_one_thing_to_do(answer, attempts, next_step):
    now = answer(130, fillers=(Filler(text="um", start_s=3.2, end_s=3.5, kind="sound"),))
    text = advice.next_step(next_step, now, compare(now, attempts(130, 140)), TARGET)
    assert text[-1] in ".?" and "!" not in text


def test_cutting_is_said_in_words_too(answer):
    now = answer(150, words=375)
    text = advice.next_step(Next.SHORTEN_TO_TARGET, now, compare(now, []), TARGET)
    assert text == "Leave out 30 s, about 75 of your 375 words. Which part would nobody miss?"


def test_a_day_of_another_year_names_the_year():
    today = datetime(2026, 11, 23, tzinfo=UTC)
    assert wording.day(datetime(2026, 11, 3, tzinfo=UTC), UTC, today) == "3 Nov"
    assert wording.day(datetime(2025, 11, 3, tzinfo=UTC), UTC, today) == "3 Nov 2025"


LANDING = Landing(
    landing_s=82.0,
    sentence="So we talked to them and we kept the client",
    new_words=("calm",),
    repeated_count=14,
)
ENDING = Ending(kind="trailing off", text="so yeah")
POINTS = (
    KeyPoint(text="the disagreement", said=True, start_s=14.2),
    KeyPoint(text="we kept [the] client", said=False, start_s=None),
    KeyPoint(text="what came of it", said=None, start_s=None),
)


def test_the_landing_says_when_what_followed_and_where_to_stop(answer):
    now = answer(119, landing=LANDING)
    assert advice.next_step(Next.STOP_AT_LANDING, now, compare(now, []), TARGET) == (
        "Your point was made by 1:22; the last 38 s add 1 new word and repeat 14. "
        "Try stopping after 'them and we kept the client'."
    )
    assert wording.landing(now) == "1:22, then 38 s with 1 new word and 14 repeated"
    assert (
        verdict_words.reason(Reason.NOTHING_NEW, now, compare(now, []), TARGET) == "Nothing new after 1:22; 38 s more."
    )
    verdict = judge(now, compare(now, []), TARGET)
    assert (
        verdict_words.headline(now, verdict, compare(now, []), TARGET)
        == "1:59, inside your 1:00-2:00, but nothing new after 1:22."
    )


def test_nobody_is_told_to_stop_before_their_aim_without_a_word_on_what_else_to_say(answer):
    now = answer(90, landing=replace(LANDING, landing_s=50.0))
    text = advice.next_step(Next.STOP_AT_LANDING, now, compare(now, []), TARGET)
    assert text.endswith("Try stopping after 'them and we kept the client', or add one example there.")


def test_a_landing_heard_in_draft_words_is_rough(answer, engines):
    assert wording.landing(answer(119, landing=LANDING, engine=engines["draft"])).startswith("roughly 1:22")
    assert wording.landing(answer(119)) == ""


def test_points_are_counted_without_those_that_nobody_can_look_for(answer):
    told = wording.points(answer(119, points=POINTS))
    assert told == "1 of 2 heard, the first at 0:14; 1 without a word to listen for"
    assert wording.points(answer(119, points=POINTS[1:2])) == "0 of 1 heard"
    assert wording.points(answer(119, points=POINTS[2:])) == wording.points(answer(119)) == ""


def test_a_missing_point_is_named_as_the_person_wrote_it(answer):
    now = answer(100, points=POINTS)
    text = advice.next_step(Next.MAKE_POINT, now, compare(now, []), TARGET)
    assert text.startswith("This point of yours was not heard: 'we kept [the] client'.")


def test_only_long_pauses_inside_a_clause_are_counted_as_something_to_work_on(answer):
    pauses = (
        Pause(start_s=3.0, end_s=9.0, where="boundary"),
        Pause(start_s=31.0, end_s=33.4, where="inside"),
        Pause(start_s=40.0, end_s=40.5, where="inside"),
        Pause(start_s=51.0, end_s=54.0, where="inside"),
    )
    now = answer(100, pauses=pauses)
    text = advice.next_step(Next.PAUSE_BETWEEN, now, compare(now, []), TARGET)
    assert text.startswith("You stopped 2 times for 2 s or more inside a sentence, first at 0:31.")


def test_trailing_off_is_quoted(answer):
    now = answer(100, ending=ENDING)
    text = advice.next_step(Next.FINISH, now, compare(now, []), TARGET)
    assert text == "It trails off: 'so yeah'. Stop after the sentence before."
