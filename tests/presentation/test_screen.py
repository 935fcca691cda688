import re
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from answers import line_of
from rich.console import Console

from rehearse.measurement.attempt import Timed
from rehearse.measurement.fillers import Filler
from rehearse.measurement.key_points import KeyPoint
from rehearse.measurement.landing import Landing
from rehearse.measurement.pauses import Pause
from rehearse.presentation import live_screen, screen, tables
from rehearse.progress.comparison import cold_attempts, compare
from rehearse.progress.verdict import judge
from rehearse.question import Question, Target
from rehearse.transcription.transcript import Doubt, Transcript, Word

TARGET = Target(low_s=60, high_s=120)
HOSTILE = "[bold]x[/bold] \x1b[31m <script>"
SHOWN = "[bold]x[/bold] \u241b[31m <script>"
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def text_of(renderable, width=80):
    console = Console(width=width, file=StringIO(), markup=False, highlight=False, emoji=False)
    console.print(renderable)
    return console.file.getvalue()


def question(text="Tell me about a time you disagreed.", **more):
    return Question(id=3, text=text, created_at=NOW, **more)


def card(answer, attempts, now, earlier=(), text="Tell me about a time you disagreed.", transcript=None):
    history = attempts(*earlier, now)
    attempt = history[-1]
    comparison = compare(now, history[:-1])
    verdict = judge(now, comparison, TARGET)
    return text_of(screen.result(question(text), attempt, comparison, verdict, TARGET, history[:-1], transcript))


def test_the_result_says_the_verdict_first_then_keep_then_one_next_step(answer, attempts):
    shown = card(answer, attempts, answer(98), (151, 124, 160, 116))
    lines = [line.strip() for line in shown.splitlines() if line.strip()]
    assert lines[0].startswith("Attempt 5 · Tell me")
    assert lines[1] == "Shorter than usual, and inside your aim. 1:38, your aim is 1:00-2:00."
    assert "median of 4" in lines[2]
    keep = next(n for n, line in enumerate(lines) if line.startswith("Keep"))
    following = next(n for n, line in enumerate(lines) if line.startswith("Next"))
    assert keep < following
    assert sum(line.startswith("Next") for line in lines) == 1


def test_the_result_shows_the_length_of_every_attempt_so_far(answer, attempts):
    shown = card(answer, attempts, answer(98), (151, 124))
    assert "2:31 2:04 1:38" in shown and "█" in shown


def test_draft_words_are_labelled(answer, attempts, engines):
    shown = card(answer, attempts, answer(98, engine=engines["draft"]))
    assert "Draft words, from the rough built-in recogniser: counts are approximate" in shown and "roughly" in shown


def test_speech_without_words_is_said_instead_of_no_words(answer, attempts):
    shown = card(answer, attempts, answer(98, engine=None))
    assert "no words could be made out" in shown and "not counted" in shown and "0 words" not in shown


def doubtful(engines, *doubts):
    words = (Word(text="Yes.", start_s=0.0, end_s=0.2),)
    marked = tuple(Doubt(start_s=start_s, end_s=end_s, why=why) for start_s, end_s, why in doubts)
    return Transcript(language="en", words=words, engine=engines["whisper"], doubts=marked)


def test_words_not_to_be_trusted_are_said_to_be_so(answer, attempts, engines):
    transcript = doubtful(engines, (41, 65, "in circles"), (70, 72, "no words"))
    now = answer(98)
    for shown in (card(answer, attempts, now, transcript=transcript), text_of(screen.measured(now, transcript), 120)):
        said = " ".join(shown.split())
        assert "Between 0:41 and 1:05 the recogniser went round in circles; the words there may be wrong." in said
        assert "There is speech between 1:10 and 1:12, but the recogniser could make out no words." in said


def test_where_there_are_no_words_at_all_that_is_said_once(answer, attempts, engines):
    transcript = replace(doubtful(engines, (1, 98, "no words")), words=())
    now = replace(answer(98), word_count=None, speech_rate_wpm=None, filler_count=None, fillers_per_min=None)
    shown = " ".join(card(answer, attempts, now, (151, 124, 160), transcript=transcript).split())
    assert "only the sound was measured" in shown and "could make out" not in shown
    assert "53 s shorter than your usual (median of 3), which is 2:31." in shown
    assert " 0 w" not in shown and "not counted" in shown


def test_another_language_is_said_once_and_the_engine_not_blamed(answer, attempts, engines):
    german = replace(engines["whisper"], options={"language": "de"})
    shown = card(answer, attempts, answer(98, engine=german), (answer(90, engine=engines["draft"]),))
    assert "in another language" in shown and "another recogniser" not in shown and "transcribe --all" not in shown


@pytest.mark.parametrize("width", [40, 80, 120])
def test_text_of_a_question_is_shown_literally(answer, attempts, width):
    assert SHOWN in card(answer, attempts, answer(98), text=HOSTILE)
    listed = text_of(tables.questions_table([(question(HOSTILE, note=HOSTILE, tags=(HOSTILE,)), TARGET, 0)]), 200)
    assert listed.count(SHOWN) == 3
    assert "\x1b" not in text_of(live_screen.question_card(question(HOSTILE, points=(HOSTILE,)), TARGET), width)


def test_fillers_and_long_pauses_are_marked_in_the_transcript(answer, engines):
    words = (
        Word(text="I", start_s=0.0, end_s=0.2),
        Word(text="um,", start_s=0.3, end_s=0.6),
        Word(text="\x1bleft", start_s=3.0, end_s=3.4),
    )
    transcript = Transcript(language="en", words=words, engine=engines["whisper"])
    measured = answer(
        98,
        fillers=(Filler(text="um", start_s=0.3, end_s=0.6, kind="sound"),),
        pauses=(Pause(start_s=0.6, end_s=3.0),),
    )
    assert text_of(screen.marked_transcript(transcript, measured)).strip() == "I [um,] (2.4 s pause) \u241bleft"


def test_attempts_are_listed_with_cold_ones_marked_and_lengths_as_bars(answer, attempts):
    listed = [line_of(attempt) for attempt in attempts(220, 151, 98, baseline_first=True, hours_apart=2)]
    shown = text_of(tables.attempts_table(question(), TARGET, listed, cold_attempts(listed, UTC), UTC, NOW))
    assert "the real one" in shown and "inside" in shown and "whisper small.en" in shown
    assert [line.split()[0] for line in shown.splitlines() if line.strip()[:1].isdigit()] == ["1", "2", "3"]
    assert shown.count("cold") == 1


def test_rounds_and_exams_are_named_with_their_limit_and_are_no_length_of_the_person(attempts):
    free, rounded, exam = attempts(120, 150, 119, hours_apart=2)
    rounded = replace(rounded, timed=Timed(limit_s=160, drill_round=1))
    exam = replace(exam, timed=Timed(limit_s=120, ran_out=True))
    listed = [line_of(each) for each in (free, rounded, exam)]
    table = tables.attempts_table(question(), TARGET, listed, frozenset({1}), UTC, NOW)
    shown = text_of(table, width=100)
    first, second, third = (line for line in shown.splitlines() if line.strip()[:1].isdigit())
    assert "3 Nov cold" in first and "3 Nov drill 1, limit 2:40" in second and "3 Nov exam, limit 2:00" in third
    # The aim stands above the table: a round inside its own limit is not inside that.
    assert "inside" in first and "inside" not in second
    # One length alone makes no picture of the lengths, and no trend.
    assert not re.search("length +[▁-█]", shown) and "each time" not in shown
    narrow = text_of(table)
    assert narrow.count("whisper small.en") == 3 and "drill 1," in narrow and "limit 2:40" in narrow


def test_a_result_says_that_it_was_a_round(answer, attempts):
    (attempt,) = attempts(98)
    attempt = replace(attempt, timed=Timed(limit_s=160, drill_round=1))
    comparison = compare(attempt.measures, [])
    verdict = judge(attempt.measures, comparison, TARGET)
    shown = text_of(screen.result(question("Why us?"), attempt, comparison, verdict, TARGET, [], None))
    assert shown.split("\n")[0].strip() == "Attempt 1 · drill 1, limit 2:40 · Why us?"


def test_an_attempt_not_heard_yet_says_how_to_hear_it(attempts, answer):
    listed = [line_of(replace(attempts(98)[0], measures=None))]
    shown = text_of(tables.attempts_table(question(), TARGET, listed, frozenset(), UTC, NOW))
    assert "not yet" in shown and "rehearse transcribe --all" in shown


def test_of_many_attempts_the_latest_are_listed_and_the_way_to_all_is_shown(attempts):
    listed = [line_of(attempt) for attempt in attempts(*range(60, 100))]
    shown = text_of(tables.attempts_table(question(), TARGET, listed, frozenset(), UTC, NOW, at_most=5, all_count=300))
    assert "The latest 5 of 300." in shown and "rehearse attempts" in shown and "--all" in shown
    assert [line.split()[0] for line in shown.splitlines() if line.strip()[:1].isdigit()] == [
        "36",
        "37",
        "38",
        "39",
        "40",
    ]


@pytest.mark.parametrize(("lengths", "bars"), [((), ""), ((5,), "█"), ((1, 2, 4), "▂▄█"), ((0, 0), "")])
def test_a_sparkline_has_a_bar_for_each_length(lengths, bars):
    assert screen.sparkline(lengths) == bars


def test_the_practice_screen_fits_a_small_terminal():
    long = question("Why? " * 30, note="rambled", points=("one", "two", "three"))
    shown = text_of(
        live_screen.recording(live_screen.question_card(long, TARGET), 67.0, TARGET, [-20.0] * 90, width=80)
    )
    assert len(shown.splitlines()) <= 24
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_the_clock_and_the_keys_stay_on_the_screen_however_many_points_there_are():
    long = question("Why? " * 60, note="rambled", points=tuple(f"point {n}" for n in range(14)))
    console = Console(width=80, height=24, file=StringIO())
    console.print(live_screen.recording(live_screen.question_card(long, TARGET), 67.0, TARGET, [-20.0] * 90, width=80))
    shown = console.file.getvalue()
    assert len(shown.splitlines()) <= 24
    assert "1:07" in shown and "I am done" in shown and "more lines" in shown


def test_sound_that_was_missed_is_said(answer, attempts):
    attempt = attempts(98)[0]
    attempt = replace(attempt, recording=replace(attempt.recording, overflow_count=2))
    comparison = compare(attempt.measures, [])
    verdict = judge(attempt.measures, comparison, TARGET)
    shown = text_of(screen.result(question(), attempt, comparison, verdict, TARGET, [], None))
    assert "too busy 2 times" in shown


def test_a_microphone_that_went_away_is_told_with_the_ways_on_however_long_the_question_is():
    long = live_screen.question_card(question("Tell me about your career. " * 60), TARGET)
    console = Console(width=80, height=24, file=StringIO())
    picture = live_screen.microphone_gone(
        long,
        42.0,
        TARGET,
        "It went away. " * 7,
        [f"Microphone {i} \x1b[31m" for i in range(5)],
        width=80,
        notice="Again?",
    )
    console.print(picture)
    lines = console.file.getvalue().splitlines()
    said = "\n".join(line.strip() for line in lines)
    assert len(lines) <= 24 and "Tell me about" in lines[3]
    assert "5  Microphone 4 ␛[31m\n\nEnter  I am done      1-5  go on      q  throw away\n\nAgain?" in said


def test_a_notice_moves_nothing_on_the_screen():
    calm, noticed = (
        text_of(live_screen.recording("Why?", 42.0, TARGET, [-20.0], width=80, notice=notice)).rstrip()
        for notice in ("", "No sound since 0:40.")
    )
    assert noticed.startswith(calm) and noticed.endswith("No sound since 0:40.")


def test_without_a_microphone_to_go_on_with_there_is_no_key_for_it():
    said = text_of(live_screen.microphone_gone("Why?", 42.0, TARGET, "It went away.", [], width=80))
    assert "Plug one in" in said and "go on" not in said
    assert "1  go on" in text_of(live_screen.microphone_gone("Why?", 42.0, TARGET, "It went away.", ["USB"], width=80))


def test_past_the_aim_the_clock_says_over():
    inside = text_of(live_screen.recording("", 67.0, TARGET, [], width=80))
    over = text_of(live_screen.recording("", 121.0, TARGET, [], width=80))
    assert "1:07  over" not in inside and "1:07" in inside and "2:01  over" in over


def test_a_quiet_clock_shows_no_time():
    assert "1:07" not in text_of(live_screen.recording("", 67.0, TARGET, [], width=80, quiet_clock=True))


def test_the_meter_is_flat_in_silence_and_full_at_full_scale():
    assert live_screen.meter([-90.0, -60.0, -30.0, 0.0]) == "  ▄█"


def test_the_landing_and_the_points_have_rows_of_their_own_and_a_place_in_the_transcript(answer, attempts, engines):
    landing = Landing(landing_s=2.0, sentence="I left", new_words=(), repeated_count=2)
    points = (KeyPoint(text="left", said=True, start_s=0.0),)
    now = answer(98, landing=landing, points=points)
    shown = card(answer, attempts, now)
    assert "landing" in shown and "0:02, then 1:37 with 0 new words and 2 repeated" in shown
    assert "points" in shown and "1 of 1 heard, the first at 0:00" in shown
    words = tuple(Word(text=text, start_s=n, end_s=n + 0.9) for n, text in enumerate(("I", "left.", "I", "left.")))
    transcript = Transcript(language="en", words=words, engine=engines["whisper"])
    assert text_of(screen.marked_transcript(transcript, now)).strip() == "I left. (point made) I left."


def test_without_a_landing_or_points_there_are_no_rows_for_them(answer, attempts):
    shown = card(answer, attempts, answer(98))
    assert "landing" not in shown and "points" not in shown


def test_the_range_of_the_voice_is_shown_against_ones_own_only(answer, attempts):
    now = replace(answer(98), pitch_range_semitones=7.6)
    assert "melody    8 semitones   6 semitones" in card(
        answer, attempts, now, (replace(answer(98), pitch_range_semitones=6.0),)
    )
    assert "melody" not in card(answer, attempts, now)


def test_the_card_shows_how_to_open_the_points_and_where_to_land():
    asked = question(opening="It was about a date.", points=("what I did",), landing="We kept [b]them[/b].")
    lines = [line.strip() for line in text_of(live_screen.question_card(asked, TARGET)).splitlines()]
    assert lines[-3:] == ["Begin: It was about a date.", "· what I did", "End: We kept [b]them[/b]."]
