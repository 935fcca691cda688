"""The screen of an answer heard again: it fits, it says where one is, and nothing in it rests on colour alone."""

import io
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from rehearse.measurement.fillers import Filler
from rehearse.measurement.landmarks import Landmarks, landmarks
from rehearse.measurement.pauses import Pause
from rehearse.presentation.replay_screen import ReplayView, replay
from rehearse.presentation.subtitles import pieces, window
from rehearse.transcription.transcript import EngineIdentity, Transcript, Word

UM = Filler(text="um", start_s=10.0, end_s=10.4, kind="sound")
I_MEAN = Filler(text="i mean", start_s=30.0, end_s=30.9, kind="word")
ER = Filler(text="er", start_s=44.6, end_s=44.9, kind="sound", source="sound")
TEXT = (
    "So I asked him for ten minutes before um the meeting and I said what I had seen in the numbers he was not happy "
    "I mean he was but he listened and we kept the client in the end because of that one talk we had had"
)
SIZES = [(80, 24), (120, 40), (40, 24), (40, 12), (200, 60), (30, 9), (80, 6)]


@pytest.fixture
def view(answer: Any) -> ReplayView:
    times = iter(range(2, 200))
    words = []
    for text in TEXT.split():
        start_s = float(next(times))
        words.append(Word(text=text, start_s=start_s, end_s=start_s + 0.6))
    words[8] = Word(text="um", start_s=10.0, end_s=10.4)
    transcript = Transcript(
        language="en", words=tuple(words), engine=EngineIdentity(name="whisper", model="m", version="1")
    )
    i_mean = replace(I_MEAN, start_s=words[25].start_s, end_s=words[26].end_s)
    assert [words[n].text for n in (8, 25, 26)] == ["um", "I", "mean"]
    measures = replace(
        answer(
            45.0, fillers=(UM, i_mean, ER), pauses=(Pause(start_s=20.7, end_s=20.9), Pause(start_s=40.7, end_s=43.1))
        ),
        landing_s=35.7,
    )
    return ReplayView(
        name="Attempt 5",
        question="Tell me about a time you disagreed with your manager.",
        position_s=10.2,
        marks=landmarks(47.0, measures, transcript),
        levels_dbfs=[-60.0 + 40 * (n % 20 > 4) for n in range(940)],
        pieces=pieces(transcript, measures),
    )


def lines(view: ReplayView, width: int = 80, height: int = 24, **console: Any) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width, height=height, markup=False, highlight=False, emoji=False, **console).print(
        replay(view, width=width, height=height)
    )
    return out.getvalue().splitlines()


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("helping", [False, True])
def test_it_never_asks_for_more_room_than_there_is(view: ReplayView, width: int, height: int, helping: bool) -> None:
    for position_s in (0.0, 10.2, 46.9):
        shown = lines(replace(view, position_s=position_s, helping=helping), width, height)
        assert len(shown) <= height
        assert max(cell_len(line) for line in shown) <= width


@pytest.mark.parametrize("width", [40, 80, 120])
def test_it_says_where_one_is_and_how_fast(view: ReplayView, width: int) -> None:
    shown = "\n".join(lines(replace(view, speed=1.25), width))
    assert "Attempt 5" in shown and "0:10 / 0:47   1.25x" in shown and "? all keys" in shown
    assert shown.count("●") == 1


def test_the_place_moves_along_the_bar(view: ReplayView) -> None:
    columns = []
    for position_s in (0.0, 11.75, 23.5, 47.0):
        (line,) = [line for line in lines(replace(view, position_s=position_s)) if "●" in line]
        columns.append(line.index("●") - 4)
    assert columns == [0, 18, 36, 71]


def test_every_filler_has_a_tick_and_fillers_pauses_and_landing_are_named_in_their_columns(view: ReplayView) -> None:
    shown = lines(replace(view, position_s=0.0))
    bar = next(n for n, line in enumerate(shown) if "●" in line)
    assert shown[bar].count("┬") == 3
    column = 4 + int(10.0 / 47 * 72)
    assert shown[bar][column] == "┬" and shown[bar + 1][column : column + 2] == "um"
    under = "\n".join(shown[bar + 1 : bar + 3])
    assert "I mean" in under and "er?" in under and "(2.4 s)" in under and "landed" in under
    assert all(line[4 + int(35.7 / 47 * 72)] == "┃" for line in shown[bar - 2 : bar])


def test_silent_pauses_are_dots_in_the_waveform(view: ReplayView) -> None:
    shown = lines(view)
    wave = next(line for number, line in enumerate(shown) if "●" in shown[number + 1])
    assert wave[4 + int(42.0 / 47 * 72)] == "·"
    assert wave[4 + int(15.0 / 47 * 72)] != "·"


def test_the_word_being_said_is_marked_without_colour_and_nothing_moves(view: ReplayView) -> None:
    said = "\n".join(lines(replace(view, position_s=6.3)))
    assert "him for ten" not in said and "him[for]ten" in "\n".join(lines(replace(view, position_s=6.3 - 0.3 + 0.2)))
    before, after = (lines(replace(view, position_s=p)) for p in (5.9, 7.0))
    plain = [[line.replace("[", " ").replace("]", " ") for line in shown[9:]] for shown in (before, after)]
    assert plain[0] == plain[1]


def test_a_word_is_reversed_where_there_is_no_colour(view: ReplayView) -> None:
    shown = "\n".join(lines(replace(view, position_s=6.2), force_terminal=True, no_color=True, color_system="standard"))
    assert "\x1b[1;7mfor" in shown and "\x1b[3" not in shown


def test_fillers_pauses_and_the_landing_are_written_out_among_the_words(view: ReplayView) -> None:
    shown = " ".join(" ".join(lines(view, 120, 40)).split())
    for text in ("‹um›", "‹I mean›", "(2.4 s pause)", "(point made)", "‹er?›"):
        assert text in shown


def test_the_words_scroll_so_that_the_one_being_said_is_in_view(view: ReplayView) -> None:
    for position_s in range(2, 46):
        text = window(view.pieces, position_s + 0.1, width=30, rows=3)
        assert len(text) <= 3
        current = max((piece for piece in view.pieces if piece.start_s <= position_s + 0.1), key=lambda p: p.start_s)
        assert any(current.text in line.plain for line in text)


def test_text_of_recognisers_and_people_is_shown_and_not_obeyed(view: ReplayView) -> None:
    evil = "\x1b]0;x\x07[red]<b>\u202e"
    words = (Word(text=evil, start_s=2.0, end_s=3.0),)
    transcript = Transcript(language="en", words=words, engine=EngineIdentity(name="whisper", model="m", version="1"))
    um = replace(UM, text=evil)
    from answers import answer

    marks = replace(view.marks, fillers=(um,))
    shown = lines(
        replace(
            view,
            question=evil,
            marks=marks,
            pieces=pieces(transcript, answer(45.0)),
            judging=True,
            meant=um,
            position_s=2.5,
        )
    )
    text = "\n".join(shown)
    assert "\x1b" not in text and "\x07" not in text and "\u202e" not in text
    assert text.count("␛]0;x␇[red]<b><U+202E>") >= 3


def test_without_words_there_is_still_the_waveform(view: ReplayView) -> None:
    bare = replace(view, pieces=(), marks=Landmarks(length_s=47.0))
    shown = "\n".join(lines(bare))
    assert "█" in shown and "●" in shown and "No words yet" in shown
    keys = shown.splitlines()[-1]
    assert "filler" not in keys and "skip" not in keys and "speed" in keys


def test_what_a_filler_is_is_asked_only_where_that_is_kept(view: ReplayView) -> None:
    assert "y yes, n no" not in "\n".join(lines(replace(view, meant=UM)))
    asked = "\n".join(lines(replace(view, meant=UM, judging=True)))
    assert "um at 0:10: a filler? y yes, n no" in asked and "y n" in asked.splitlines()[-1]
    gone_to = "\n".join(lines(replace(view, meant=UM, judging=True, told="um at 0:10, 1 of 3")))
    assert "um at 0:10, 1 of 3 · um: a filler? y yes, n no" in gone_to
    answered = "\n".join(lines(replace(view, meant=UM, judging=True, judged={UM: False, ER: True})))
    assert "a filler?" not in answered and "um ✗" in answered and "er ✓" in answered


def test_the_state_is_said_in_words(view: ReplayView) -> None:
    assert "paused" in "\n".join(lines(replace(view, playing=False)))
    assert "the end · pauses skipped" in "\n".join(lines(replace(view, playing=False, ended=True, skipping=True)))
    gone = "\n".join(lines(replace(view, playing=False, lost=True)))
    assert "The loudspeaker or headphones went away. space: try again" in gone


def test_all_keys_are_named_with_what_they_do(view: ReplayView) -> None:
    shown = "\n".join(lines(replace(view, helping=True, judging=True)))
    for text in ("space ", "shift-← →", "[ ]", "f F", "p P", "l ", "s ", "0-9", "y n", "q "):
        assert text in shown
