"""An answer as one line from its beginning to its end: how loud it was, what stood where, and where one is in it.

Every sign has a meaning without its colour: · a pause, ┃ the landing, ┬ a filler, ● the place that is heard.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from rehearse.measurement.fillers import Filler
from rehearse.measurement.landmarks import Landmarks
from rehearse.presentation import wording

_BLOCKS = " ▁▂▃▄▅▆▇█"
#: However even an answer is, a picture of less than this would show noise as speech.
_LEAST_SPAN_DB = 24.0
_QUIETEST_DBFS = -60.0
_LANES = 2


@dataclass(frozen=True, slots=True)
class _Label:
    column: int
    text: str
    style: str


def wave(levels_dbfs: Sequence[float], marks: Landmarks, position_s: float, *, width: int, rows: int) -> list[Text]:
    """The loudness in `rows` lines of blocks, `width` columns wide; what is still to come is dimmer.

    levels_dbfs  of equal stretches, from the beginning of the recording to its end
    """
    columns = heights(levels_dbfs, width, rows * (len(_BLOCKS) - 1))
    here = column_of(position_s, marks.length_s, width)
    landed = None if marks.landing_s is None else column_of(marks.landing_s, marks.length_s, width)
    silent = [is_silent(column, width, marks) for column in range(width)]
    lines = []
    for row in reversed(range(rows)):
        signs = [_BLOCKS[min(max(height - 8 * row, 0), 8)] for height in columns]
        for column in range(width):
            if silent[column]:
                signs[column] = "·" if row == 0 else " "
            if column == landed:
                signs[column] = "┃"
        line = Text("".join(signs), style="cyan", no_wrap=True)
        line.stylize("dim", here + 1)
        if landed is not None:
            line.stylize("bold green", landed, landed + 1)
        lines.append(line)
    return lines


def bar(marks: Landmarks, position_s: float, *, width: int) -> Text:
    """Where one is, how much is still to come, and a tick for every filler."""
    here = column_of(position_s, marks.length_s, width)
    ticks = {column_of(filler.start_s, marks.length_s, width) for filler in marks.fillers or ()}
    signs = [
        "●"
        if column == here
        else ("┯" if column in ticks else "━")
        if column < here
        else "┬"
        if column in ticks
        else "─"
        for column in range(width)
    ]
    line = Text("".join(signs), no_wrap=True)
    line.stylize("bold", here, here + 1)
    line.stylize("dim", here + 1)
    return line


def labels(marks: Landmarks, judged: Mapping[Filler, bool], *, width: int) -> list[Text]:
    """What the signs are: the landing, long pauses and fillers by name, in place, as many as there is room for."""
    named = [] if marks.landing_s is None else [(marks.landing_s, "landed", "green")]
    named += [(pause.start_s, f"({wording.tenths(pause.duration_s)})", "dim") for pause in marks.long_pauses]
    named += [(filler.start_s, filler_label(filler, judged), "yellow") for filler in marks.fillers or ()]
    lanes: list[list[_Label]] = [[] for _ in range(_LANES)]
    for place_s, text, style in named:
        column = min(column_of(place_s, marks.length_s, width), width - cell_len(text))
        placed = _Label(column, text, style)
        for lane in lanes:
            if column >= 0 and not any(_touch(placed, other) for other in lane):
                lane.append(placed)
                break
    return [_lane(lane) for lane in lanes]


def filler_label(filler: Filler, judged: Mapping[Filler, bool]) -> str:
    """'um', with what the person said of it: 'um ✓', 'um ✗'; 'um?' where only the sound gives it away."""
    said = judged.get(filler, filler.confirmed)
    verdict = "" if said is None else " ✓" if said else " ✗"
    return wording.filler_name(filler.text) + ("?" if filler.source == "sound" and said is None else "") + verdict


def column_of(place_s: float, length_s: float, width: int) -> int:
    return min(width - 1, max(0, int(place_s / length_s * width))) if length_s > 0 else 0


def _touch(one: _Label, other: _Label) -> bool:
    return one.column <= other.column + cell_len(other.text) and other.column <= one.column + cell_len(one.text)


def _lane(placed: Sequence[_Label]) -> Text:
    line = Text(no_wrap=True)
    for label in sorted(placed, key=lambda label: label.column):
        line.append(" " * (label.column - line.cell_len))
        line.append(label.text, style=label.style)
    return line


def is_silent(column: int, width: int, marks: Landmarks) -> bool:
    """Whether the middle of that column of so many lies in a pause."""
    middle_s = (column + 0.5) / width * marks.length_s
    return any(pause.start_s <= middle_s <= pause.end_s for pause in marks.pauses or ())


def heights(levels_dbfs: Sequence[float], width: int, tallest: int) -> list[int]:
    """How loud each column is, between the quiet and the loud parts of this recording: 0..tallest."""
    if not levels_dbfs:
        return [0] * width
    ordered = sorted(levels_dbfs)
    top = ordered[int(0.98 * (len(ordered) - 1))]
    floor = min(max(_QUIETEST_DBFS, ordered[int(0.1 * (len(ordered) - 1))]), top - _LEAST_SPAN_DB)
    count = len(levels_dbfs)
    found = []
    for column in range(width):
        first = column * count // width
        stretch = sorted(levels_dbfs[first : max(first + 1, (column + 1) * count // width)])
        # The louder half of it, not the loudest moment: every column of a second or more would be as tall.
        louder = stretch[len(stretch) // 2 :]
        share = (sum(louder) / len(louder) - floor) / (top - floor)
        found.append(max(0, min(tallest, round(share * tallest))))
    return found
