"""What a person needs of a table stays whole however narrow the screen is."""

import io
from dataclasses import replace
from datetime import UTC

import pytest
from answers import line_of
from rich.console import Console

from rehearse.measurement.attempt import Timed
from rehearse.presentation.narrow import packed
from rehearse.presentation.screen import figures
from rehearse.presentation.tables import attempts_table
from rehearse.progress.comparison import compare
from rehearse.question import Question, Target

AIM = Target(low_s=60, high_s=120)


def shown(renderable, width):
    console = Console(width=width, file=io.StringIO())
    console.print(renderable)
    return console.file.getvalue().splitlines()


@pytest.fixture
def listed(attempts):
    """listed(40): the lines of the list of two attempts of the year before, the second a round of a drill."""
    one, other = attempts(114, 95)
    other = replace(other, id=1234, timed=Timed(limit_s=160, drill_round=1))
    question = Question(id=1, text="Why us?", created_at=one.recorded_at)
    now = one.recorded_at.replace(year=2027)
    lines = [line_of(one), line_of(other)]
    return lambda width: shown(attempts_table(question, AIM, lines, frozenset({1}), UTC, now), width)


@pytest.mark.parametrize("width", [40, 59, 79])
def test_number_day_and_length_of_each_attempt_stay_whole(listed, width):
    lines = [" ".join(line.split()) for line in listed(width)]
    assert "1 4 Nov 2026 1:54 150 2" in lines and "1234 5 Nov 2026 1:35 150 2" in lines
    assert "cold, inside, whisper small.en" in lines and "…" not in "".join(lines)
    assert any("drill 1, limit 2:40" in line for line in lines)


def test_where_there_is_room_they_have_bars(listed):
    lines = [" ".join(line.split()) for line in listed(80)]
    assert any(line.startswith("1 4 Nov 2026") and "█ inside 150 2 whisper" in line for line in lines)


@pytest.mark.parametrize("width", [36, 40, 50])
def test_each_figure_keeps_its_name_and_all_its_values(answer, attempts, width):
    now = replace(answer(74), pitch_range_semitones=6.0)
    earlier = attempts(replace(answer(47), pitch_range_semitones=5.0))
    told = "\n".join(shown(figures(now, compare(now, earlier), AIM, [each.measures for each in earlier]), width))
    assert "…" not in told
    for part in ("length", "now 1:14", "before 0:47", "shortest 0:47", "aim 1:00-2:00", "melody", "now 6 semitones"):
        assert part in told, part
    wide = "\n".join(shown(figures(now, compare(now, earlier), AIM), 80))
    assert "now 1:14" not in wide and "shortest" in wide


def test_parts_stand_beside_each_other_as_far_as_they_fit():
    assert packed(["now 1:14", "before 0:47", "aim 1:00-2:00"], 22) == ["now 1:14   before 0:47", "aim 1:00-2:00"]
    assert packed(["longer than that"], 4) == ["longer than that"]
