"""Two answers heard one against the other. Pure: a state and a size in, lines out."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text

from rehearse.measurement.landmarks import Landmarks
from rehearse.measurement.preference import Preference
from rehearse.presentation import wording
from rehearse.presentation.lines import indented
from rehearse.presentation.screen import said
from rehearse.presentation.sound_words import OUTPUT_GONE
from rehearse.presentation.subtitles import Piece, window
from rehearse.presentation.waveform import bar, wave

_WIDEST = 100
_LETTERS = ("A", "B")
#: From this height on each side has its words.
_WITH_WORDS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two passages.

    name         'attempt 7, 3 Nov'; not shown while it is hidden
    start_s      where the passage begins in its recording
    length_s     of the passage
    levels_dbfs  loudness of equal stretches of the passage
    """

    name: str
    start_s: float
    length_s: float
    levels_dbfs: Sequence[float]
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SidesView:
    """Everything that the screen shows.

    places_s      how far each passage has been heard, in seconds of the passage
    now           which of the two is playing, 0 or 1
    shared_words  of the two passages; 0 where each is just how its answer begins
    hidden        which attempt is which is not to be seen yet
    chosen        the side that was preferred; 2 for no difference; None before that
    """

    question: str
    sides: tuple[Side, Side]
    places_s: tuple[float, float]
    now: int
    shared_words: int
    hidden: bool = False
    chosen: int | None = None
    playing: bool = True
    ended: bool = False
    lost: bool = False
    told: str = ""


def side_by_side(view: SidesView, *, width: int, height: int) -> RenderableType:
    """The whole screen: never more lines than height, none wider than width."""
    margin = 4 if width >= 60 else 1
    inner = max(10, min(_WIDEST, width - 2 * margin))
    lines = [Text("Which one do you prefer?", style="bold"), said(view.question, "dim")]
    lines.append(Text(_passage(view), style="dim"))
    for number in (0, 1):
        lines += [Text(), *_side(view, number, inner, words=height >= _WITH_WORDS)]
    foot = [Text(), _status(view), Text(_keys(view, inner), style="dim")]
    if height >= _WITH_WORDS:
        lines.insert(0, Text())
    lines = [*lines[: max(0, height - len(foot))], *foot]
    return Group(*(indented(line, margin, inner + 1) for line in lines[:height]))


def choice_told(view: SidesView) -> str:
    """What was chosen, and which was which: 'You prefer A, attempt 7; B was attempt 2.'"""
    if view.chosen is None:
        return ""
    names = [f"{letter} is {side.name}" for letter, side in zip(_LETTERS, view.sides, strict=True)]
    if view.chosen == 2:
        return f"You hear no difference. {'; '.join(names)}."
    better, other = view.sides[view.chosen], view.sides[1 - view.chosen]
    return f"You prefer {_LETTERS[view.chosen]}, {better.name}; {_LETTERS[1 - view.chosen]} is {other.name}."


def preferred(attempt_id: int, preferences: Sequence[Preference]) -> str:
    """'Heard against attempt 2, you preferred this one.'; the last choice for each other attempt, '' for none."""
    last = {(p.other_id if p.attempt_id == attempt_id else p.attempt_id): p for p in preferences}
    told = []
    for other_id, choice in last.items():
        better = "this one" if choice.preferred_id == attempt_id else "that one"
        liked = f"you preferred {better}" if choice.preferred_id is not None else "you heard no difference"
        blind = ", not knowing which was which" if choice.blind else ""
        told.append(f"Heard against attempt {other_id}, {liked}{blind}.")
    return " ".join(told)


def _passage(view: SidesView) -> str:
    if view.shared_words:
        return f"The same passage in both, by {wording.count(view.shared_words, 'word')} they share."
    return "How each of them begins."


def _side(view: SidesView, number: int, width: int, *, words: bool) -> list[Text]:
    side, place_s, here = view.sides[number], view.places_s[number], view.now == number
    name = f"{_LETTERS[number]}   {'' if view.hidden else side.name}".rstrip()
    clocks = f"{wording.clock(int(place_s))} / {wording.clock(side.length_s)}"
    title = said(f"{'▶' if here else ' '} {name}", "bold" if here else "")
    title.truncate(max(1, width - len(clocks) - 2), overflow="ellipsis")
    title = (
        title + Text(" " * max(2, width - title.cell_len - len(clocks))) + Text(clocks, style="bold" if here else "")
    )
    marks = Landmarks(length_s=side.length_s)
    shape = [*wave(side.levels_dbfs, marks, place_s, width=width, rows=1), bar(marks, place_s, width=width)]
    if not words or not side.pieces:
        return [title, *shape]
    shown = window(side.pieces, side.start_s + place_s, width=width, rows=2)
    if not here:
        shown = [Text(line.plain.replace("[", " ").replace("]", " "), style="dim") for line in shown]
    return [title, *shape, *shown]


def _status(view: SidesView) -> Text:
    if view.lost:
        why = view.told or OUTPUT_GONE
        return Text(f"{why} space: try again", style="bold yellow")
    state = "" if view.playing else "both heard" if view.ended else "paused"
    return Text(" · ".join(part for part in (state, view.told or choice_told(view)) if part), style="bold")


def _keys(view: SidesView, width: int) -> str:
    choose = [] if view.chosen is not None else ["a b the better one", "= no difference"]
    keys = ["Tab the other", *choose, "space pause", "← again", "q close"]
    while len("   ".join(keys)) > width and len(keys) > 2:
        keys.pop()
    return "   ".join(keys)
