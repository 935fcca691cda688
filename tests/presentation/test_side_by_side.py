"""Two answers on one screen: who is who is only seen where it may be."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len
from rich.console import Console

from rehearse.measurement.preference import Preference
from rehearse.presentation.side_by_side import Side, SidesView, choice_told, preferred, side_by_side
from rehearse.presentation.subtitles import Piece

WORDS = [Piece(text, 20.0 + n, 20.6 + n) for n, text in enumerate(["then", "I", "asked", "her"])]
VIEW = SidesView(
    question="Why \x1b[31mhere?",
    sides=(
        Side(name="attempt 7, 3 Nov", start_s=20.0, length_s=15.0, levels_dbfs=[-20.0] * 300, pieces=WORDS),
        Side(name="attempt 2, 1 Nov", start_s=4.0, length_s=12.0, levels_dbfs=[-30.0] * 240),
    ),
    places_s=(2.3, 0.0),
    now=0,
    shared_words=5,
)


def lines(view: SidesView, width: int = 80, height: int = 24) -> list[str]:
    out = io.StringIO()
    console = Console(file=out, width=width, height=height, markup=False, highlight=False, emoji=False)
    console.print(side_by_side(view, width=width, height=height))
    return out.getvalue().splitlines()


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (40, 24), (40, 10), (30, 6)])
def test_it_never_asks_for_more_room_than_there_is(width: int, height: int) -> None:
    for view in (VIEW, replace(VIEW, chosen=0), replace(VIEW, hidden=True, lost=True)):
        shown = lines(view, width, height)
        assert len(shown) <= height and max(cell_len(line) for line in shown) <= width


def test_each_side_has_its_clock_and_the_one_playing_is_marked() -> None:
    first, second = (line for line in lines(VIEW) if "attempt" in line)
    assert "▶ A   attempt 7, 3 Nov" in first and "0:02 / 0:15" in first
    assert "▶" not in second and "B   attempt 2, 1 Nov" in second and "0:00 / 0:12" in second
    shown = "\n".join(lines(VIEW))
    assert "by 5 words they share" in shown and " I[asked]" in shown
    assert "Why ␛[31mhere?" in shown and "\x1b" not in shown


def test_while_it_is_hidden_nothing_tells_the_attempts_apart() -> None:
    hidden = "\n".join(lines(replace(VIEW, hidden=True)))
    assert "attempt" not in hidden and "Nov" not in hidden and "▶ A" in hidden


def test_the_choice_names_both_and_is_made_once() -> None:
    for chosen, told in ((0, "You prefer A, attempt 7, 3 Nov; B is attempt 2"), (1, "You prefer B, attempt 2")):
        shown = lines(replace(VIEW, chosen=chosen))
        assert told in "\n".join(shown) and "better" not in shown[-1]
    assert choice_told(replace(VIEW, chosen=2)).startswith("You hear no difference. A is attempt 7")
    assert choice_told(VIEW) == "" and "a b the better one" in lines(VIEW)[-1]


def test_the_way_the_passage_was_found_is_said() -> None:
    assert "How each of them begins." in "\n".join(lines(replace(VIEW, shared_words=0)))


def test_what_a_person_preferred_is_told_of_the_last_choice_for_each_other_attempt() -> None:
    now = datetime(2026, 11, 3, tzinfo=UTC)
    blind = Preference(attempt_id=7, other_id=2, preferred_id=2, blind=True, made_at=now)
    choices = [replace(blind, preferred_id=7), blind, replace(blind, attempt_id=3, other_id=7, preferred_id=None)]
    assert preferred(7, choices) == (
        "Heard against attempt 2, you preferred that one, not knowing which was which. "
        "Heard against attempt 3, you heard no difference, not knowing which was which."
    )
    assert preferred(2, [blind]).startswith("Heard against attempt 7, you preferred this one")
    assert preferred(7, []) == ""
