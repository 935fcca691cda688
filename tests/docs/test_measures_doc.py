"""docs/measures.md says all there is to say, and nothing that is not so."""

import re
import runpy
from pathlib import Path

import pytest

from rehearse.cli.sitting import THINK_S
from rehearse.follow_ups import bundled_follow_ups
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
from rehearse.measurement.filled_pauses import CHANGE_DB, F1_HZ, F2_HZ, LEAST_VOWEL_S
from rehearse.measurement.held_sounds import HELD_S, STEADY_DB
from rehearse.measurement.landing import LARGEST_SHARE, LEAST_EVIDENCE, LEAST_TAIL_S, LEAST_WORDS_BEFORE
from rehearse.measurement.languages import FILLER_LISTS
from rehearse.measurement.own_fillers import FAR, LEAST_CONFIRMED, MOST_CONFIRMED, NEAR, SPREAD_DB
from rehearse.measurement.pauses import LONG_PAUSE_S, SILENT_PAUSE_S
from rehearse.measurement.restarts import LONGEST_PHRASE, SHORTEST_PHRASE
from rehearse.measurement.tics import LEAST_ATTEMPTS, LEAST_COUNT, LEAST_SHARE_OF_ATTEMPTS, TIMES_USUAL
from rehearse.measurement.voice import HIGHEST_HZ, LEAST_SILENCE_S, LEAST_VOICED_S, LOWEST_HZ
from rehearse.presentation.calibration_words import NOISY_DB, TOO_QUIET_DBFS
from rehearse.presentation.explanations import GROUPS, explanations
from rehearse.progress.drill import GRACE_S
from rehearse.progress.thresholds import (
    LATE_START_S,
    LONG_PAUSES_INSIDE,
    LONG_TAIL_RATIO,
    LONG_TAIL_S,
    LONGER_RATIO_OF_MANY,
    MANY_ATTEMPTS,
)
from rehearse.question import STRONGLY_OVER
from rehearse.settings import PracticeSettings
from rehearse.transcription.languages import NAMES

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "measures.md").read_text(encoding="utf-8")
REWRITTEN = runpy.run_path(str(DOCS / "measures.py"))["rewritten"]
#: Each entry's text by its heading: `answer_s`, or 'Languages'.
ENTRIES = dict(re.findall(r"^###? ([^\n]+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
HEADINGS = [heading.strip("`") for heading in ENTRIES if heading.startswith("`")]


def test_the_page_is_what_the_texts_of_the_program_give() -> None:
    assert REWRITTEN(PAGE) == PAGE, "write the entries anew: python docs/measures.py"


def test_entries_stand_in_the_order_of_the_program() -> None:
    shown = [entry.key for group in GROUPS if not group.for_scripts for entry in group.entries]
    assert shown == HEADINGS


def test_an_entry_that_is_missing_outdated_or_unknown_is_put_right() -> None:
    without = PAGE.replace("### `answer_s`\n", "### `answers_s`\n").replace("from **0.25 s**", "from **0.3 s**")
    assert REWRITTEN(without) == PAGE
    whole_group_gone = re.sub(r"## The recording\n.*?(?=^## )", "", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert all(f"### `{key}`\n" in REWRITTEN(whole_group_gone) for key in HEADINGS)


def test_names_of_measures_in_the_text_exist() -> None:
    named = set(re.findall(r"`([a-z_0-9]+_(?:s|count|wpm|words|min|ratio|dbfs|db|hz|semitones|version))`", PAGE))
    known = {entry.key for entry in explanations()}
    assert named <= known | {key.rpartition(".")[2] for key in known}


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
        ("`response_latency_s`", f"From **{LATE_START_S:.0f} s**"),
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
        ("Filled pauses in the sound", "**{:.0f} and {:.0f} Hz**".format(*F1_HZ)),
        ("Filled pauses in the sound", "**{:.0f} and {:.0f} Hz**".format(*F2_HZ)),
        ("Filled pauses in the sound", f"**{LEAST_VOWEL_S} s** or more"),
        ("Filled pauses in the sound", f"**{CHANGE_DB[1]} dB**"),
        ("Fillers and repetitions", f"at least **{LEAST_COUNT}** times"),
        ("Fillers and repetitions", f"**{LEAST_SHARE_OF_ATTEMPTS * 100:.0f} %** of at least **{LEAST_ATTEMPTS}**"),
        ("Fillers and repetitions", f"at least **{TIMES_USUAL:.0f}** times as often"),
        ("Long-winded", f"With **{MANY_ATTEMPTS} or more** of them: over **{LONGER_RATIO_OF_MANY}** times"),
        ("Drills, exams and follow-ups", f"**{GRACE_S:.0f} s** more"),
        ("Drills, exams and follow-ups", f"gives {THINK_S} s to think"),
        ("Drills, exams and follow-ups", f"from {sum(map(len, bundled_follow_ups().values()))} that come along"),
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
