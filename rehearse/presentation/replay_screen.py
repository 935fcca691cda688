"""Hearing an answer again: its shape, its words as they come, and the keys. Pure: a state and a size in, lines out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from rehearse.measurement.fillers import Filler
from rehearse.measurement.landmarks import Landmarks
from rehearse.presentation import wording
from rehearse.presentation.lines import indented
from rehearse.presentation.screen import said
from rehearse.presentation.sound_words import OUTPUT_GONE
from rehearse.presentation.subtitles import Piece, window
from rehearse.presentation.waveform import bar, filler_label, labels, wave

#: More of the words at once is no help.
_MOST_WORD_LINES = 14
#: From this height on the waveform is two lines tall.
_TALL = 20
_WIDEST = 100

_KEYS = (
    ("space", "pause or go on"),
    ("← →", "5 s back or forward"),
    ("shift-← →", "a sentence back or forward (or , .)"),
    ("[ ]", "slower or faster, at the same pitch"),
    ("f F", "next or previous filler"),
    ("p P", "next or previous long pause"),
    ("l", "where your point was made"),
    ("s", "skip the pauses, or hear them"),
    ("0-9", "that many tenths of the way in"),
    ("q", "close"),
)
_JUDGING_KEYS = ("y n", "yes, that is a filler, or no")
_ALL_KEYS = "? all keys"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayView:
    """Everything that the screen shows.

    name         'Attempt 5'
    question     as the person wrote it
    levels_dbfs  loudness of equal stretches of the recording, from its beginning to its end
    pieces       the words and what stands between them; empty where nothing has been transcribed
    meant        the filler that y and n would speak of
    judging      whether they do
    told         one line about the last key, '' for none
    """

    name: str
    question: str
    position_s: float
    marks: Landmarks
    levels_dbfs: Sequence[float]
    pieces: Sequence[Piece]
    speed: float = 1.0
    skipping: bool = False
    playing: bool = True
    ended: bool = False
    lost: bool = False
    told: str = ""
    helping: bool = False
    judging: bool = False
    meant: Filler | None = None
    judged: Mapping[Filler, bool] = field(default_factory=dict)


def replay(view: ReplayView, *, width: int, height: int) -> RenderableType:
    """The whole screen: never more lines than height, none wider than width."""
    margin = 4 if width >= 60 else 1
    inner = max(10, min(_WIDEST, width - 2 * margin))
    foot = [Text(), _status(view), _key_line(view, inner)]
    top = _top(view, inner, height)
    keys = _all_keys(view) if view.helping else []
    if len(keys) > _room(height, top, foot):
        top = [_header(view, inner), Text()]
    room = _room(height, top, foot)
    middle = keys or _words(view, inner, min(_MOST_WORD_LINES, room))
    room = min(room, max(len(keys), _MOST_WORD_LINES))
    middle = [*middle[:room], *[Text()] * (room - len(middle))]
    # Words begin a column further left, with the space that becomes a mark.
    margins = [margin] * len(top) + [margin if view.helping else margin - 1] * room + [margin] * len(foot)
    lines = [indented(line, left, inner + 1) for line, left in zip([*top, *middle, *foot], margins, strict=True)]
    return Group(*lines[:height])


def _top(view: ReplayView, width: int, height: int) -> list[Text]:
    tall = height >= _TALL
    shape = [
        *wave(view.levels_dbfs, view.marks, view.position_s, width=width, rows=2 if tall else 1),
        bar(view.marks, view.position_s, width=width),
        *labels(view.marks, view.judged, width=width),
    ]
    header = _header(view, width)
    return [Text(), header, said(view.question, "dim"), Text(), *shape, Text()] if tall else [header, Text(), *shape]


def _room(height: int, top: Sequence[Text], foot: Sequence[Text]) -> int:
    return max(0, height - len(top) - len(foot))


def _header(view: ReplayView, width: int) -> Text:
    clocks = (
        f"{wording.clock(int(view.position_s))} / {wording.clock(view.marks.length_s)}   {wording.speed(view.speed)}"
    )
    name = said(view.name, "bold")
    name.truncate(max(1, width - cell_len(clocks) - 2), overflow="ellipsis")
    return name + Text(" " * max(2, width - name.cell_len - cell_len(clocks))) + Text(clocks, style="bold")


def _status(view: ReplayView) -> Text:
    if view.lost:
        why = view.told or OUTPUT_GONE
        return Text(f"{why} space: try again", style="bold yellow")
    parts = []
    if view.ended:
        parts.append("the end")
    elif not view.playing:
        parts.append("paused")
    if view.skipping:
        parts.append("pauses skipped")
    if view.told:
        parts.append(view.told)
    if view.judging and view.meant is not None and view.meant not in view.judged:
        label = filler_label(view.meant, {})
        place = "" if view.told else f" at {wording.moment(view.meant.start_s)}"
        parts.append(f"{label}{place}: a filler? y yes, n no")
    return Text(" · ".join(parts), style="bold")


def _key_line(view: ReplayView, width: int) -> Text:
    if view.helping:
        return Text("? close this list", style="dim")
    marks, gap = view.marks, "  "
    # The least needed last: what does not fit is left out.
    shown = ["space pause", "←→ 5 s", "[ ] speed"]
    shown += ["f filler"] if marks.fillers else []
    shown += ["y n judge"] if marks.fillers and view.judging else []
    shown += ["p pause"] if marks.pauses else []
    shown += ["s skip"] if marks.speech else []
    shown += ["l landing"] if marks.landing_s is not None else []
    shown += ["q close"]
    while shown and cell_len(gap.join([*shown, _ALL_KEYS])) > width:
        shown.pop()
    return Text(gap.join([*shown, _ALL_KEYS]), style="dim")


def _all_keys(view: ReplayView) -> list[Text]:
    keys = [*_KEYS[:7], *([_JUDGING_KEYS] if view.judging else []), *_KEYS[7:]]
    return [Text(f"{key:11}", style="bold") + Text(does) for key, does in keys]


def _words(view: ReplayView, width: int, room: int) -> list[Text]:
    if not view.pieces:
        return [Text("No words yet for this attempt.", style="dim")]
    return window(view.pieces, view.position_s, width=width, rows=room)
