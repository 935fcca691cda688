"""docs/measures.md says all there is to say, and nothing that is not so."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from rehearse.measurement.calibration import END_WITHIN_WORDS, LEAST_FILLERS, MOST_ERRORS
from rehearse.measurement.corrections import SAME_WITHIN_S
from rehearse.measurement.delivery import CLIPPED_FROM, CLIPPED_SAMPLES, CLIPPED_TIMES
from rehearse.measurement.drawn_out import (
    CLOSED_HIGH_DB,
    CLOSED_HZ,
    HUM_APART_DB,
    LEAST_ROOM,
    STRETCHED_S,
    STRETCHED_SD,
)
from rehearse.measurement.held_sounds import HELD_S, STEADY_DB
from rehearse.measurement.landing import LARGEST_SHARE, LEAST_EVIDENCE, LEAST_TAIL_S, LEAST_WORDS_BEFORE
from rehearse.measurement.languages import FILLER_LISTS
from rehearse.measurement.measures import Measures
from rehearse.measurement.own_fillers import FAR, LEAST_CONFIRMED, MOST_CONFIRMED, NEAR, SPREAD_DB
from rehearse.measurement.pauses import LONG_PAUSE_S, SILENT_PAUSE_S
from rehearse.measurement.restarts import LONGEST_PHRASE, SHORTEST_PHRASE
from rehearse.measurement.voice import HIGHEST_HZ, LEAST_SILENCE_S, LEAST_VOICED_S, LOWEST_HZ
from rehearse.presentation.calibration_words import NOISY_DB, TOO_QUIET_DBFS
from rehearse.progress.verdict import LONG_PAUSES_INSIDE, LONG_TAIL_RATIO, LONG_TAIL_S
from rehearse.question import STRONGLY_OVER
from rehearse.settings import PracticeSettings
from rehearse.transcription.languages import NAMES

PAGE = (Path(__file__).parents[2] / "docs" / "measures.md").read_text(encoding="utf-8")
#: Each entry's text by its heading: `answer_s`, or 'About the same'.
ENTRIES = dict(re.findall(r"^###? ([^\n]+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
KEYS = {heading.strip("`") for heading in ENTRIES if heading.startswith("`")}


@pytest.mark.parametrize("measure", [field.name for field in fields(Measures)])
def test_every_measure_has_an_entry(measure: str) -> None:
    assert ENTRIES[f"`{measure}`"].strip()


def test_every_documented_key_exists() -> None:
    assert {field.name for field in fields(Measures)} | {"transcript"} == KEYS


def test_names_of_measures_in_the_text_exist() -> None:
    named = set(re.findall(r"`([a-z_0-9]+_(?:s|count|wpm|words|min|ratio|dbfs|db|hz|semitones|version))`", PAGE))
    assert named <= KEYS | {"start_s", "end_s", "again_s", "repeated_count", "new_words"}


def range_khz(limits_hz: tuple[float, float]) -> str:
    return f"{limits_hz[0] / 1000:.2f}-{limits_hz[1] / 1000:.2f} kHz"


HELD_VOWELS = [
    f"| {NAMES[code]} | {known.held_vowel.written} | {range_khz(known.held_vowel.first_hz)} "
    f"| {range_khz(known.held_vowel.second_hz)} |"
    for code, known in FILLER_LISTS.items()
    if known.held_vowel is not None
]


@pytest.mark.parametrize(
    ("entry", "figure"),
    [
        ("`silent_pause_count`", f"**{SILENT_PAUSE_S} s**"),
        ("`long_pause_count`", f"**{LONG_PAUSE_S} s**"),
        ("`pauses`", f"from **{LONG_PAUSES_INSIDE}** in an answer"),
        ("`stretched_words`", f"**{STRETCHED_S} s** or more"),
        ("`stretched_words`", f"**{STRETCHED_SD:.0f}** standard deviations"),
        ("`hums`", f"between {CLOSED_HZ[0]:.0f} and {CLOSED_HZ[1]:.0f} Hz"),
        ("`hums`", f"**{-CLOSED_HIGH_DB:.0f} dB** less above 1 kHz"),
        ("`hums`", f"**{HUM_APART_DB:.0f} dB** of quiet"),
        ("Filled pauses in the sound", f"keeps **{LEAST_ROOM}** of the time"),
        ("Filled pauses in the sound", f"less than **{STEADY_DB:.0f} dB** in 60 ms, for **{HELD_S} s** or more"),
        *(("Filled pauses in the sound", row) for row in HELD_VOWELS),
        ("`repeated_phrases`", f"**{SHORTEST_PHRASE}** to **{LONGEST_PHRASE}** words"),
        ("`landing_s`", f"**{LEAST_WORDS_BEFORE}** words"),
        ("`landing_s`", f"**{LEAST_TAIL_S:.0f} s** after"),
        ("`landing_s`", f"at most **{LARGEST_SHARE}**"),
        ("`landing_s`", f"is **{LEAST_EVIDENCE}** or more"),
        ("What you say of a filler", f"within **{SAME_WITHIN_S} s**"),
        ("What you say of a filler", f"After **{LEAST_CONFIRMED}** confirmed"),
        ("What you say of a filler", f"plus {SPREAD_DB:.0f} dB"),
        ("What you say of a filler", f"within **{NEAR}** such spreads"),
        ("What you say of a filler", f"beyond **{FAR}** is none"),
        ("What you say of a filler", f"The latest **{MOST_CONFIRMED}** in"),
        ("`level_spread_db`", f"**{LEAST_VOICED_S} s**"),
        ("`noise_floor_dbfs`", f"**{LEAST_SILENCE_S} s**"),
        ("`pitch_median_hz`", f"between **{LOWEST_HZ:.0f}** and **{HIGHEST_HZ:.0f}** Hz"),
        ("Long-winded", f"**{LONG_TAIL_S:.0f} s** and **{LONG_TAIL_RATIO:.0%}**".replace("%", " %")),
        ("`clipped`", f"**{CLIPPED_SAMPLES}** samples in a row at {CLIPPED_FROM}"),
        ("`clipped`", f"**{CLIPPED_TIMES}** times"),
        ("Long-winded", f"**{PracticeSettings().target_low_s:.0f} to {PracticeSettings().target_high_s:.0f} s**"),
        ("Calibration", f"up to **{END_WITHIN_WORDS}** words missing at the end"),
        ("Calibration", f"give or take **{SAME_WITHIN_S} s**"),
        ("Calibration", f"Under **{TOO_QUIET_DBFS:.0f} dBFS**"),
        ("Calibration", f"under **{NOISY_DB:.0f} dB**"),
        ("Calibration", f"word error over **{MOST_ERRORS:.0%}**".replace("%", " %")),
        ("Calibration", f"under **{LEAST_FILLERS}** fillers"),
        ("Long-winded", f"over {PracticeSettings().target_high_s * STRONGLY_OVER:.0f} s"),
    ],
)
def test_figures_are_those_of_the_program(entry: str, figure: str) -> None:
    assert figure in " ".join(ENTRIES[entry].split())


def test_every_discourse_marker_is_named_or_a_spelling_of_one() -> None:
    spellings = {"kinda", "sorta", "y'know", "yknow", "ok", "you know what i mean"}
    listed = ENTRIES["Fillers and repetitions"].lower()
    assert [m.phrase for m in FILLER_LISTS["en"].markers if m.phrase not in spellings and m.phrase not in listed] == []


TEXT, _, SOURCES = PAGE.partition("## Sources")


@pytest.mark.parametrize("year", sorted(set(re.findall(r"\b(?:19|20)\d\d\b", TEXT))))
def test_every_study_named_is_among_the_sources(year: str) -> None:
    assert f"({year})" in SOURCES


@pytest.mark.parametrize(
    ("author", "year"), re.findall(r"^- ([A-Z][\w ]+?)(?:,| &)? [^(]*\((\d{4})\)", SOURCES, re.MULTILINE)
)
def test_every_source_is_named_in_the_text(author: str, year: str) -> None:
    assert re.search(rf"{author}[\w ,.&\n]{{0,40}}\(?{year}", TEXT)


def test_languages_whose_sound_is_searched_for_fillers_are_no_others_than_those_listed() -> None:
    table = ENTRIES["Filled pauses in the sound"]
    assert len(re.findall(r"^\| [A-Z]", table, re.MULTILINE)) == len(HELD_VOWELS)
