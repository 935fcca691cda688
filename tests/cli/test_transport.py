"""What each key does, without a player or a screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.cli.transport import (
    LEAD_S,
    SPEEDS,
    Close,
    Deck,
    Hear,
    Judge,
    Now,
    Pause,
    Play,
    Reopen,
    Seek,
    filler_meant,
    press,
)
from rehearse.measurement.fillers import Filler
from rehearse.measurement.landmarks import Landmarks
from rehearse.measurement.pauses import Pause as SilentPause
from rehearse.transcription.transcript import Span

UM = Filler(text="um", start_s=10.0, end_s=10.4, kind="sound")
UH = Filler(text="uh", start_s=10.9, end_s=11.2, kind="sound")
LIKE = Filler(text="like", start_s=30.0, end_s=30.3, kind="word")
MARKS = Landmarks(
    length_s=60.0,
    speech=(Span(start_s=1.0, end_s=20.0), Span(start_s=22.5, end_s=40.0), Span(start_s=40.5, end_s=58.0)),
    sentences=(1.0, 12.0, 22.5, 40.5),
    fillers=(UM, UH, LIKE),
    pauses=(SilentPause(start_s=20.0, end_s=22.5), SilentPause(start_s=40.0, end_s=40.5)),
    landing_s=45.0,
)
KEYS = [*"0123456789[]fFpPlsynqo?,.xZ", "space", "left", "right", "shift-left", "shift-right", "enter", ""]


def at(position_s: float, **more: bool) -> Now:
    return Now(position_s=position_s, playing=more.pop("playing", True), **more)


def sought(key: str, position_s: float, deck: Deck | None = None, marks: Landmarks = MARKS) -> float | None:
    action = press(key, deck or Deck(), at(position_s), marks)[1]
    assert action is None or isinstance(action, Seek)
    return action.to_s if action else None


def test_space_pauses_and_goes_on() -> None:
    assert press("space", Deck(), at(3.0), MARKS)[1] == Pause()
    assert press("space", Deck(), at(3.0, playing=False), MARKS)[1] == Play()
    assert press("space", Deck(), at(60.0, playing=False, ended=True), MARKS)[1] == Play()


def test_after_the_output_has_gone_space_tries_the_next_one() -> None:
    lost = at(3.0, playing=False, lost=True)
    assert press("space", Deck(), lost, MARKS)[1] == press("o", Deck(), lost, MARKS)[1] == Reopen()
    assert press("o", Deck(), at(3.0), MARKS)[1] is None


@pytest.mark.parametrize(
    ("key", "position_s", "to_s"),
    [
        ("left", 20.0, 15.0), ("left", 2.0, 0.0), ("right", 20.0, 25.0), ("right", 58.0, 60.0),
        ("0", 20.0, 0.0), ("5", 20.0, 30.0), ("9", 20.0, 54.0),
        ("shift-right", 5.0, 12.0), (".", 13.0, 22.5), ("shift-right", 50.0, None),
        ("shift-left", 15.0, 12.0), (",", 23.0, 22.5), ("shift-left", 0.5, 0.0),
        ("f", 0.0, 10.0 - LEAD_S), ("f", 12.0, 30.0 - LEAD_S), ("f", 30.0, None),
        ("f", 10.2, 10.9 - LEAD_S), ("F", 31.0, 30.0 - LEAD_S), ("F", 5.0, None),
        ("p", 0.0, 20.0 - LEAD_S), ("p", 25.0, None), ("P", 50.0, 20.0 - LEAD_S),
        ("l", 0.0, 45.0 - LEAD_S),
    ],
)  # fmt: skip
def test_a_key_goes_to_its_place(key: str, position_s: float, to_s: float | None) -> None:
    assert sought(key, position_s) == (None if to_s is None else pytest.approx(to_s))


def test_fillers_close_to_each_other_are_gone_through_one_by_one_in_both_directions() -> None:
    deck, action = press("f", Deck(), at(0.0), MARKS)
    assert action == Seek(UM.start_s - LEAD_S)
    deck, action = press("f", deck, at(UM.start_s - LEAD_S + 0.3), MARKS)
    assert action == Seek(UH.start_s - LEAD_S)
    deck, action = press("F", deck, at(UH.start_s - LEAD_S + 0.9), MARKS)
    assert action == Seek(UM.start_s - LEAD_S)
    assert "um at 0:10, 1 of 3" in deck.told


def test_after_listening_for_a_while_previous_means_the_one_just_heard() -> None:
    deck, _ = press("f", Deck(), at(12.0), MARKS)
    assert press("F", deck, at(31.5), MARKS)[1] == Seek(LIKE.start_s - LEAD_S)
    again, _ = press("shift-right", Deck(), at(5.0), MARKS)
    assert press("shift-left", again, at(12.4), MARKS)[1] == Seek(1.0)
    assert press("shift-left", again, at(14.0), MARKS)[1] == Seek(12.0)


def test_without_a_long_pause_p_goes_to_the_others_and_says_so() -> None:
    short = Landmarks(length_s=60.0, pauses=(SilentPause(start_s=40.0, end_s=40.5),))
    deck, action = press("p", Deck(), at(0.0), short)
    assert action == Seek(40.0 - LEAD_S)
    assert "none of 2 s or more" in deck.told


def test_what_is_not_there_is_said_and_nothing_moves() -> None:
    nothing = Landmarks(length_s=60.0)
    told = {key: press(key, Deck(), at(5.0), nothing) for key in ("f", "p", "l", "s", "shift-right")}
    assert all(deck.told and action is None for deck, action in told.values())
    assert "not counted" in told["f"][0].told
    assert "No fillers were heard" in press("f", Deck(), at(5.0), Landmarks(length_s=1.0, fillers=()))[0].told


def test_speed_goes_through_its_steps_and_stops_at_the_ends() -> None:
    deck, speeds = Deck(speed=1.1), []
    for _ in range(6):
        deck, action = press("]", deck, at(5.0), MARKS)
        speeds.append(deck.speed)
    assert speeds == [1.25, 1.5, 1.75, 2.0, 2.0, 2.0]
    assert action is None and deck.told == "That is the fastest."
    for _ in range(7):
        deck, action = press("[", deck, at(5.0), MARKS)
    assert deck.speed == SPEEDS[0] and deck.told == "That is the slowest."


def test_s_skips_the_pauses_and_hears_them_again() -> None:
    deck, action = press("s", Deck(), at(5.0), MARKS)
    assert deck.skipping and action == Hear()
    deck, action = press("s", deck, at(5.0), MARKS)
    assert not deck.skipping and action == Hear()


def test_y_and_n_speak_of_the_filler_gone_to_or_just_heard() -> None:
    aimed, _ = press("f", Deck(), at(10.2), MARKS)
    # 'um' has only just ended, but the person went to 'uh'.
    assert filler_meant(aimed, UH.start_s - LEAD_S, MARKS) == UH
    assert filler_meant(Deck(), UM.end_s + 0.4, MARKS) == UM
    assert filler_meant(Deck(), 20.0, MARKS) is None
    deck, action = press("n", aimed, at(UH.start_s - LEAD_S), MARKS, judging=True)
    assert action == Judge(UH, False) and deck.judged == {UH: False} and "not a filler" in deck.told
    deck, action = press("y", deck, at(UM.start_s + 0.1), MARKS, judging=True)
    assert action == Judge(UH, True), "the one gone to is still near"
    deck, action = press("y", Deck(), at(20.0), MARKS, judging=True)
    assert action is None and "No filler here" in deck.told


def test_y_and_n_do_nothing_where_nobody_keeps_it() -> None:
    assert press("y", Deck(), at(10.2), MARKS) == (Deck(), None)


def test_all_keys_are_shown_until_the_next_one() -> None:
    deck, _ = press("?", Deck(), at(5.0), MARKS)
    assert deck.helping and not press("?", deck, at(5.0), MARKS)[0].helping
    assert not press("space", deck, at(5.0), MARKS)[0].helping


def test_q_and_escape_close() -> None:
    assert press("q", Deck(), at(5.0), MARKS)[1] == press("escape", Deck(), at(5.0), MARKS)[1] == Close()


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.floats(0.0, 1.5)), max_size=30))
def test_no_sequence_of_keys_leads_outside_the_recording(presses: list[tuple[str, float]]) -> None:
    deck, position_s = Deck(), 0.0
    for key, passing_s in presses:
        deck, action = press(key, deck, at(position_s), MARKS, judging=True)
        if isinstance(action, Seek):
            assert 0.0 <= action.to_s <= MARKS.length_s
            position_s = action.to_s
        assert deck.speed in SPEEDS
        position_s = min(MARKS.length_s, position_s + passing_s)
