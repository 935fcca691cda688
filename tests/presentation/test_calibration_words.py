from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from answers import DRAFT, WHISPER
from rich.console import Console

from rehearse.measurement.calibration import Calibrated, Calibration
from rehearse.presentation import calibration_words as told
from rehearse.presentation import live_screen
from rehearse.presentation.calibration import calibration_card
from rehearse.settings import text_to_read

NOW = datetime(2026, 11, 23, tzinfo=UTC)
GOOD = Calibration(
    text_words=102,
    words_read=102,
    words_heard=96,
    word_error_ratio=0.07,
    fillers_spoken=8,
    fillers_heard_text=4,
    fillers_heard_sound=2,
    fillers_heard=6,
    false_fillers=0,
    level_dbfs=-23.2,
    noise_floor_dbfs=-64.0,
    snr_db=40.8,
    clipped=False,
)


def made(found, engine=WHISPER, device="Blue Yeti"):
    return Calibrated(made_at=datetime(2026, 11, 3, 12, tzinfo=UTC), device=device, engine=engine, found=found)


def lines(renderable, width=80, height=24):
    console = Console(width=width, height=height, file=StringIO(), markup=False, highlight=False, emoji=False)
    console.print(renderable)
    return [line.strip() for line in console.file.getvalue().splitlines()]


def test_what_was_heard_well_comes_first_then_what_it_means_then_the_figures():
    assert [line for line in lines(calibration_card(made(GOOD))) if line] == [
        "Calibration · whisper small.en, Blue Yeti",
        "About 9 in 10 words were heard as they are written.",
        "Of 8 ums you read, 6 were heard: later counts will likely be a little low.",
        "words    96 of 102 as written (7 in 100 misheard, missed or added)",
        "um, uh   6 of 8 heard: 4 in the words, 2 in the sound alone",
        "level    easy to hear (-23 dB)",
        "room     quiet (your voice is 41 dB louder)",
    ]


@pytest.mark.parametrize(
    ("heard", "false", "sentence"),
    [
        (8, 0, "All 8 ums you read were heard: few will be missing from later counts."),
        (4, 0, "Of 8 ums you read, 4 were heard: later counts will likely be a little low."),
        (1, 0, "Of 8 ums you read, 1 was heard: later counts will likely be far too low."),
        (0, 0, "None of the 8 ums you read was heard: if a later count is none, do not rely on it."),
        (
            8,
            2,
            "All 8 ums you read were heard: few will be missing from later counts. 2 were heard where the text has"
            " none, so listen before you believe one.",
        ),
    ],
)
def test_the_meaning_for_later_counts_is_one_line(heard, false, sentence):
    assert told.meaning(replace(GOOD, fillers_heard=heard, false_fillers=false)) == sentence


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"clipped": True}, "Move back a little"),
        ({"level_dbfs": -50.0}, "Come closer"),
        ({"snr_db": 8.0}, "Look for a quieter room"),
        ({"level_dbfs": None, "snr_db": None, "clipped": None}, ""),
    ],
)
def test_one_thing_to_do_is_said_where_the_sound_is_bad(changes, said):
    found = replace(GOOD, **changes)
    assert told.next_step(found).startswith(said) and bool(told.next_step(found)) == bool(said)
    assert ("Next" in "\n".join(lines(calibration_card(made(found))))) == bool(said)


def test_an_early_end_a_rough_recogniser_and_an_unknown_microphone_are_said():
    part = replace(GOOD, words_read=60, words_heard=40, fillers_heard_sound=None, snr_db=None)
    shown = lines(calibration_card(made(part, engine=DRAFT, device="")))
    assert "Calibration · draft" in shown and "um, uh   6 of 8 heard" in shown
    assert "You read the first 60 words of 102: only these are counted." in shown
    assert "Draft words, from the rough built-in recogniser: counts are approximate." in shown and not any(
        line.startswith("room") for line in shown
    )


def test_words_heard_are_said_in_tens_and_never_as_all_where_some_were_not():
    assert told.heard_well(replace(GOOD, words_heard=102)) == "Nearly every word was heard as it is written."
    assert told.heard_well(replace(GOOD, words_heard=45)).startswith("About 4 in 10")


def test_beside_a_later_count_it_says_what_was_not_there_too():
    assert told.heard_of_spoken(GOOD) == "in your calibration 6 of 8 were heard"
    assert told.heard_of_spoken(replace(GOOD, false_fillers=2)).endswith("were heard, and 2 where there were none")


def test_in_short_it_names_the_day_who_heard_and_what():
    short = told.in_short(made(GOOD), UTC, NOW)
    assert short == "3 Nov, whisper small.en, Blue Yeti: 6 of 8 ums heard, 7 in 100 words misheard, missed or added"


def test_the_name_of_a_microphone_is_shown_and_not_obeyed():
    assert "[bold]\u241b[31m" in told.in_short(made(GOOD, device="[bold]\x1b[31m"), UTC, NOW)
    assert "Calibration · whisper small.en, [bold]\u241b[31m" in lines(
        calibration_card(made(GOOD, device="[bold]\x1b[31m"))
    )


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 24), (80, 20)])
def test_the_whole_text_stands_on_the_screen_above_the_keys(size):
    from rehearse.measurement.calibration import marked

    width, height = size
    card = live_screen.reading_card(marked(text_to_read().read_text(encoding="utf-8")))
    for picture in (
        live_screen.countdown(card, 3),
        live_screen.recording(card, 1.0, None, (-20.0,), width=width),
    ):
        shown = lines(picture, width, height)
        assert len(shown) <= height
        text = " ".join(shown)
        assert text.count("[um]") + text.count("[uh]") + text.count("[Um]") + text.count("[Uh]") == 8 + 2
        assert "early what I do not know." in " ".join(text.split()) and "more lines" not in text
    assert "Enter  I am done" in text
