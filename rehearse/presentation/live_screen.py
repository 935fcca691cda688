"""The moving screen of answering a question, or of reading a text aloud. Pure: a state in, a picture out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.constrain import Constrain
from rich.padding import Padding
from rich.segment import Segment
from rich.text import Text

from rehearse.presentation import wording
from rehearse.presentation.screen import said
from rehearse.question import Question, Target

#: Said wherever a recording is not kept.
THROWN_AWAY = "Thrown away. Nothing was kept."
#: Said where one slip of a finger would lose what was said, after the first d.
DISCARD_TWICE = "Press d again to discard it. It cannot be brought back."

_METER = " ▁▂▃▄▅▆▇█"
#: From a whisper into a laptop to a shout: what the meter's height spans.
_METER_FLOOR_DBFS = -60.0
_METER_WIDTH = 40
#: Without a clock, so long before the end of the time it is said that it is near. Own choice.
_WARNED_WITH_S = 10
#: Empty lines above and below, and the one that the cursor stands on.
_LINES_AROUND = 3
#: Short lines are easier to read aloud, where the screen has room for them above the level and the keys.
_READING_WIDTH, _READING_LINES, _LINES_BELOW_READING = 54, 16, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What stands on the screen while somebody speaks.

    card       the question, or the text to read
    target     the length to aim for; None for no clock
    spoken     what is being said: 'answer', 'reading'
    think      the seconds before it are for thinking, not for breathing
    once       there is no starting over
    ends_at_s  the recording ends by itself there, seconds; None where only the person ends it
    """

    card: RenderableType
    target: Target | None
    spoken: str = "answer"
    quiet_clock: bool = False
    countdown_s: int
    think: bool = False
    once: bool = False
    ends_at_s: float | None = None

    def is_over(self, elapsed_s: float) -> bool:
        return self.ends_at_s is not None and elapsed_s >= self.ends_at_s


def time_notice(showing: Showing, elapsed_s: float) -> str:
    """What is to be said of the time that is left, '' while there is enough."""
    if showing.ends_at_s is None:
        return ""
    left_s = max(1, math.ceil(showing.ends_at_s - elapsed_s))
    if showing.target is not None and elapsed_s > showing.target.high_s:
        return f"Time is up. Finish your sentence: recording stops by itself in {left_s} s."
    nearly_up = showing.target is None and left_s <= _WARNED_WITH_S
    return f"{left_s} s left, then recording stops by itself." if nearly_up else ""


def question_card(question: Question, target: Target) -> RenderableType:
    """The question in full, what went wrong last time, the aim, how to open, the points to make, and where to land."""
    parts: list[RenderableType] = [Text(f"Question {question.id}", style="dim"), Text(), said(question.text, "bold")]
    aim = f"Aim: {wording.target_band(target)}."
    parts += [Text(), said(f"Last time: {question.note.rstrip('.')}. {aim}" if question.note else aim)]
    if question.opening:
        parts.append(said(f"Begin: {question.opening}"))
    parts += [said(f"· {point}") for point in question.points]
    if question.landing:
        parts.append(said(f"End: {question.landing}"))
    return Group(*parts)


def reading_card(text: str) -> RenderableType:
    """A text to read aloud, its paragraphs parted by empty lines, what stands in [brackets] lit."""
    paragraphs = [Text(" ".join(paragraph.split())) for paragraph in text.split("\n\n")]
    for paragraph in paragraphs:
        paragraph.highlight_regex(r"\[\w+\]", "bold yellow")
    return _Reading([Text("Read this aloud, with every [um] and [uh].", "dim"), *paragraphs])


class _Reading:
    def __init__(self, paragraphs: Sequence[Text]) -> None:
        self._paragraphs = paragraphs

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        roomy = console.size.height - _LINES_BELOW_READING >= _READING_LINES
        gap = [Text()] if roomy else []
        parts = [part for paragraph in self._paragraphs for part in (*gap, paragraph)]
        yield Constrain(Group(*parts[len(gap) :]), _READING_WIDTH if roomy else None)


def countdown(card: RenderableType, seconds: int, *, think: bool = False) -> RenderableType:
    starts = (
        f"Think. Recording starts in {wording.clock(seconds)}" if think else f"Breathe. Recording starts in {seconds}"
    )
    return _page(card, Text(starts, style="bold"), Text("Enter  start now      q  leave", "dim"))


def recording(
    card: RenderableType,
    elapsed_s: float,
    target: Target | None,
    levels_dbfs: Sequence[float],
    *,
    width: int,
    quiet_clock: bool = False,
    once: bool = False,
    notice: str = "",
) -> RenderableType:
    """The screen while somebody speaks: the card, a calm clock with the aim, the level, the keys.

    target       None for no clock at all, as with quiet_clock
    levels_dbfs  latest levels, oldest first, one for each moment shown
    once         there is no starting over
    notice       one sentence that matters now, '' for none
    """
    parts: list[RenderableType] = []
    if target is not None and not quiet_clock:
        parts += [_clock_line(elapsed_s, target, width), *_band(elapsed_s, target, width), Text()]
    parts.append(Text(meter(levels_dbfs[-_METER_WIDTH:]), style="cyan"))
    again = "" if once else "r  start over      "
    keys = Text(f"Enter  I am done      {again}q  throw away", style="dim")
    # Below the keys, so that nothing moves when it comes and goes.
    return _page(card, Group(*parts), Group(keys, Text(), said(notice, "bold yellow")) if notice else keys)


def microphone_gone(
    card: RenderableType,
    elapsed_s: float,
    target: Target | None,
    message: str,
    names: Sequence[str],
    *,
    width: int,
    notice: str = "",
) -> RenderableType:
    """The screen when nothing comes from the microphone any more: what is kept, and how to go on.

    message  what happened
    names    the microphones to go on with, each chosen by its place, from 1
    notice   one sentence that matters now, '' for none
    """
    keys = ["Enter  I am done", "q  throw away"]
    if names:
        choices = [Text("Go on in the same answer with:")]
        choices += [said(f"  {number}  {name}") for number, name in enumerate(names, start=1)]
        keys.insert(1, "1  go on" if len(names) == 1 else f"1-{len(names)}  go on")
    else:
        choices = [Text("No microphone is there now. Plug one in, and it appears here.")]
    clock = [_clock_line(elapsed_s, target, width), *_band(elapsed_s, target, width), Text()] if target else []
    middle = Group(*clock, said(message, "bold yellow"), Text(), *choices)
    foot = Text("      ".join(keys), style="dim")
    return _page(card, middle, Group(foot, Text(), said(notice, "bold yellow")) if notice else foot)


def meter(levels_dbfs: Sequence[float]) -> str:
    """One block a level, its height between -60 dBFS and full scale."""

    def height(level: float) -> int:
        share = (level - _METER_FLOOR_DBFS) / -_METER_FLOOR_DBFS
        return max(0, min(len(_METER) - 1, round(share * (len(_METER) - 1))))

    return "".join(_METER[height(level)] for level in levels_dbfs)


def _clock_line(elapsed_s: float, target: Target, width: int) -> Text:
    over = elapsed_s > target.high_s
    style = "yellow" if over else "green" if elapsed_s >= target.low_s else ""
    text = wording.clock(int(elapsed_s)) + ("  over" if over else "")
    return Text(" " * max(0, _column(elapsed_s, target, width, elapsed_s) - 2) + text, style=style)


def _column(seconds: float, target: Target, width: int, elapsed_s: float) -> int:
    whole = max(target.high_s, elapsed_s)
    return round(min(1.0, seconds / whole) * (_band_width(width) - 1))


def _band_width(width: int) -> int:
    return max(20, min(60, width - 10))


def _band(elapsed_s: float, target: Target, width: int) -> list[Text]:
    size = _band_width(width)
    here, low, high = (_column(s, target, width, elapsed_s) for s in (elapsed_s, target.low_s, target.high_s))
    line = ["─" if column < here else "·" for column in range(size)]
    line[low], line[0], line[high] = "┼", "├", "┤"
    line[min(here, size - 1)] = "█"
    labels = [" "] * (size + 8)
    for column, seconds in ((0, 0.0), (high, target.high_s), (low, target.low_s)):
        at = max(0, column - 2)
        written = wording.clock(seconds)
        # The lower end is the one that can be done without, where there is no room for it.
        if set(labels[max(0, at - 1) : at + len(written) + 1]) <= {" "}:
            labels[at : at + len(written)] = written
    return [Text("".join(line)), Text("".join(labels).rstrip(), style="dim")]


def _page(card: RenderableType, middle: RenderableType, foot: RenderableType) -> RenderableType:
    below = Group(Text(), middle, Text(), foot)
    return Padding(Group(_Cropped(card, below), below), (1, 2, 1, 6))


class _Cropped:
    """As much of the card as the screen has room for above what is below, which must never scroll away."""

    def __init__(self, card: RenderableType, below: RenderableType) -> None:
        self._card = card
        self._below = below

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        below = console.render_lines(self._below, options.update(height=None), pad=False)
        room = max(4, console.size.height - _LINES_AROUND - len(below))
        lines = console.render_lines(self._card, options.update(height=None), pad=False)
        left_out = len(lines) - room
        for line in lines if left_out <= 0 else lines[: room - 1]:
            yield from line
            yield Segment.line()
        if left_out > 0:
            yield Text(f"... and {left_out + 1} more lines", style="dim")
