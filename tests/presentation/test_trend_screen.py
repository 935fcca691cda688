import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from rehearse.presentation.trend_screen import AtAGlance, _Scale, all_trends, question_trends
from rehearse.progress.comparison import cold_attempts
from rehearse.progress.trend import question_trend
from rehearse.question import Question, Target

AIM = Target(low_s=60, high_s=120)
ASKED = Question(id=3, text="Tell me about a [bold]conflict[/bold].", created_at=datetime(2026, 11, 1, tzinfo=UTC))
FIGURES = ("answer_s", "speech_rate_wpm", "fillers_per_min", "after_landing_s")


def printed(picture, width=80):
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(picture)
    return console.file.getvalue()


def screen(attempts, width=80):
    trends = {figure: question_trend(attempts, figure, UTC) for figure in FIGURES}
    cold = cold_attempts(attempts, UTC)
    today = datetime(2026, 11, 20, tzinfo=UTC)
    picture = question_trends(ASKED, AIM, attempts, cold, trends, width=width, timezone=UTC, today=today)
    return printed(picture, width)


def test_bars_stand_against_the_aim_and_say_in_words_what_colour_would(attempts):
    shown = screen(attempts(240, 150, 100, 90, hours_apart=24))
    rows = [line for line in shown.splitlines() if "●" in line and "first of a day" not in line]
    assert len(rows) == 4 and [("inside" in row) for row in rows] == [False, False, True, True]
    assert "[bold]conflict[/bold]" in shown and "aim 1:00-2:00" in shown
    assert "Improving: about" in shown and "4 first attempts of a day" in shown


def test_the_ends_of_the_aim_stand_under_their_marks(attempts):
    lines = screen(attempts(30, 40, 20, 50)).splitlines()
    bar = next(line for line in lines if "┊" in line)
    aim = next(line for line in lines if "└" in line)
    assert [bar.index("┊"), bar.rindex("┊")] == [aim.index("└"), aim.index("┘")]


def test_cold_warm_and_real_answers_have_signs_of_their_own(attempts):
    shown = screen(attempts(200, 150, 140, baseline_first=True, hours_apart=1))
    assert "◆" in shown and "●" in shown and "○" in shown
    assert "◆ the real one" in shown and "○ later that day" in shown


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_it_fits_any_width(attempts, width):
    shown = screen(attempts(700, 150, 100, 90), width)
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= width
    assert "inside" in shown


def test_only_the_latest_answers_are_drawn(attempts):
    shown = screen(attempts(*range(100, 130)))
    assert "The latest 12 of 30 answers." in shown


def test_all_questions_stand_with_their_last_answer_and_where_it_goes(attempts):
    rows = [
        AtAGlance(
            question=ASKED, target=AIM, lengths_s=lengths, trend=question_trend(attempts(*lengths), "answer_s", UTC)
        )
        for lengths in ([240, 200, 170, 130], [90], [70, 72, 70, 71])
    ]
    shown = printed(all_trends(rows))
    assert "last 2:10, over 1:00-2:00   improving (4)" in shown
    assert "too few to tell (1)" in shown and "inside 1:00-2:00   about the same (4)" in shown


@given(
    st.lists(st.floats(min_value=0.5, max_value=4000), min_size=1, max_size=6),
    st.floats(min_value=1, max_value=900),
    st.floats(min_value=1.01, max_value=10),
    st.integers(min_value=12, max_value=200),
)
def test_bars_have_one_width_and_never_outgrow_it(lengths, low_s, ratio, columns):
    scale = _Scale.fitting(lengths, Target(low_s=low_s, high_s=low_s * ratio), columns)
    assert {len(scale.bar(length)) for length in lengths} == {columns}
    assert len(scale.aim()) <= columns + 1
