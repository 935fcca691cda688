"""The words of an answer, wrapped to a width, with the one being said lit and the lines around it in view."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

from rich.cells import cell_len
from rich.text import Text

from rehearse.measurement.fillers import Filler
from rehearse.measurement.measures import Measures
from rehearse.presentation import wording
from rehearse.presentation.screen import filler_of
from rehearse.transcription.transcript import Transcript

Kind: TypeAlias = Literal["word", "filler", "note"]

_STYLES = {"word": "", "filler": "yellow", "note": "dim"}
#: Recognisers end a word a little early; it stays lit until the next, but not through a pause.
_LIT_AFTER_S = 0.25


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a filler, or a note of what stands between the words, safe to show.

    A filler is set in ‹ ›, so that it is known without its colour; a note in ( ).
    """

    text: str
    start_s: float
    end_s: float
    kind: Kind = "word"


def pieces(transcript: Transcript, measures: Measures) -> tuple[Piece, ...]:
    """The words with their fillers, long pauses and landing, in order of time."""
    found: list[Piece] = []
    for filler, words in groupby(transcript.words, key=lambda word: filler_of(word, measures) or word):
        said_together = tuple(words)
        text = " ".join(wording.shown(word.text) for word in said_together)
        start_s, end_s = said_together[0].start_s, said_together[-1].end_s
        is_filler = isinstance(filler, Filler)
        found.append(Piece(f"‹{text}›" if is_filler else text, start_s, end_s, "filler" if is_filler else "word"))
    found += _notes(measures)
    return tuple(sorted(found, key=lambda piece: piece.start_s))


def _notes(measures: Measures) -> Iterator[Piece]:
    for filler in measures.fillers or ():
        if filler.source == "sound":
            yield Piece(f"‹{wording.filler_name(filler.text)}?›", filler.start_s, filler.end_s, "filler")
    for pause in measures.pauses or ():
        if pause.is_long:
            yield Piece(f"({wording.tenths(pause.duration_s)} pause)", pause.start_s, pause.end_s, "note")
    if measures.landing_s is not None:
        yield Piece("(point made)", measures.landing_s, measures.landing_s, "note")


def window(shown: Sequence[Piece], position_s: float, *, width: int, rows: int) -> list[Text]:
    """At most `rows` lines of them, none wider than width: what is being said, some lines before it and more after it.

    The piece that is being said stands in [ ] where it has spaces beside it, so that nothing moves when it is lit: each
    line begins with such a space.
    """
    lines = _wrapped(shown, width)
    now = max((n for n, piece in enumerate(shown) if piece.start_s <= position_s), default=-1)
    current = next((n for n, line in enumerate(lines) if line[-1] >= now), len(lines) - 1)
    first = max(0, min(current - min(2, rows // 3), len(lines) - rows))
    lit = now if now >= 0 and _is_said(shown, now, position_s) else -1
    return [_line(shown, line, now, lit) for line in lines[first : first + rows]]


def _is_said(shown: Sequence[Piece], now: int, position_s: float) -> bool:
    until_s = shown[now].end_s + _LIT_AFTER_S
    return position_s <= until_s and shown[now].end_s > shown[now].start_s


def _wrapped(shown: Sequence[Piece], width: int) -> list[list[int]]:
    """The places of the pieces in each line. A line has a column at each end for the marks of a lit piece."""
    lines: list[list[int]] = []
    used = width
    for place, piece in enumerate(shown):
        length = cell_len(piece.text)
        if used + 1 + length > width - 1 or not lines:
            lines.append([])
            used = 0
        lines[-1].append(place)
        used += 1 + length
    return lines


def _line(shown: Sequence[Piece], line: Sequence[int], now: int, lit: int) -> Text:
    text = Text(no_wrap=True)
    for place in line:
        text.append("[" if place == lit else "]" if place - 1 == lit and place != line[0] else " ")
        style = _STYLES[shown[place].kind]
        if place == lit:
            style = "bold reverse"
        elif place > now:
            style = f"{style} dim"
        text.append(shown[place].text, style=style)
    if line[-1] == lit:
        text.append("]")
    return text
