"""A transcript in the formats of other programs: subtitles (SubRip, WebVTT) and annotation tiers (Praat TextGrid)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rehearse.measurement.measures import Measures
from rehearse.presentation.wording import shown
from rehearse.transcription.transcript import Transcript, Word

#: A line of subtitles that people read at once; two of them make a cue. Usual limits of subtitle guidelines.
_LINE, _LINES = 42, 2
_LONGEST_CUE_S = 6.0
#: Whoever is silent this long has finished what he was saying.
_CUE_ENDS_AT_S = 0.7
#: A word of no length would not be seen; two intervals may not share a boundary twice.
_SHORTEST_S = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cue:
    start_s: float
    end_s: float
    lines: tuple[str, ...]


def srt(transcript: Transcript) -> str:
    """The words as SubRip subtitles: cues of at most two lines and six seconds, in order, never overlapping."""
    cues = [
        f"{number}\n{_time(cue.start_s, ',')} --> {_time(cue.end_s, ',')}\n" + "\n".join(cue.lines) + "\n"
        for number, cue in enumerate(_cues(transcript.words), start=1)
    ]
    return "\n".join(cues)


def vtt(transcript: Transcript) -> str:
    """The same as WebVTT, for a browser's own player."""
    cues = [
        f"{_time(cue.start_s, '.')} --> {_time(cue.end_s, '.')}\n" + "\n".join(map(_escaped, cue.lines)) + "\n"
        for cue in _cues(transcript.words)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def textgrid(transcript: Transcript, measures: Measures) -> str:
    """The answer as a Praat TextGrid in long text form, UTF-8: tiers of words, silent pauses and fillers.

    Source: Boersma & Weenink, Praat manual, 'TextGrid file formats'.
    """
    end_s = max(
        [measures.recording_s, *(word.end_s for word in transcript.words), *(f.end_s for f in measures.fillers or ())]
    )
    words = [(word.start_s, word.end_s, word.text) for word in transcript.words]
    pauses = [
        (pause.start_s, pause.end_s, "long pause" if pause.is_long else "pause") for pause in measures.pauses or ()
    ]
    fillers = [(filler.start_s, filler.end_s, filler.text) for filler in measures.fillers or ()]
    tiers = [("words", words), ("pauses", pauses), ("fillers", fillers)]
    lines = [
        'File type = "ooTextFile"',
        'Object class = "TextGrid"',
        "",
        "xmin = 0",
        f"xmax = {end_s:.6f}",
        "tiers? <exists>",
        f"size = {len(tiers)}",
        "item []:",
    ]
    for number, (name, marked) in enumerate(tiers, start=1):
        intervals = list(_covering(marked, end_s))
        lines += [
            f"    item [{number}]:",
            '        class = "IntervalTier"',
            f'        name = "{name}"',
            "        xmin = 0",
            f"        xmax = {end_s:.6f}",
            f"        intervals: size = {len(intervals)}",
        ]
        for place, (from_s, to_s, text) in enumerate(intervals, start=1):
            quoted = shown(text).replace('"', '""')
            lines += [
                f"        intervals [{place}]:",
                f"            xmin = {from_s:.6f}",
                f"            xmax = {to_s:.6f}",
                f'            text = "{quoted}"',
            ]
    return "\n".join(lines) + "\n"


def _covering(marked: Iterable[tuple[float, float, str]], end_s: float) -> Iterator[tuple[float, float, str]]:
    """The same intervals without overlap, and empty ones between them, from 0 to the end: Praat takes nothing else."""
    at_s = 0.0
    for start_s, until_s, text in sorted(marked):
        start_s = max(start_s, at_s)
        until_s = min(until_s, end_s)
        if until_s - start_s < _SHORTEST_S:
            continue
        if start_s - at_s >= _SHORTEST_S:
            yield at_s, start_s, ""
            at_s = start_s
        yield at_s, until_s, text
        at_s = until_s
    if end_s - at_s >= _SHORTEST_S or at_s == 0.0:
        yield at_s, max(end_s, at_s + _SHORTEST_S), ""


def _cues(words: Sequence[Word]) -> Iterator[_Cue]:
    waiting: list[Word] = []
    for word in words:
        if waiting and _is_full(waiting, word):
            yield _cue(waiting, word.start_s)
            waiting = []
        waiting.append(word)
    if waiting:
        yield _cue(waiting, None)


def _is_full(waiting: Sequence[Word], following: Word) -> bool:
    text = [shown(word.text) for word in (*waiting, following)]
    ends = following.start_s - waiting[-1].end_s >= _CUE_ENDS_AT_S or waiting[-1].text.endswith((".", "?", "!"))
    return ends or len(_broken(text)) > _LINES or following.end_s - waiting[0].start_s > _LONGEST_CUE_S


def _cue(words: Sequence[Word], next_start_s: float | None) -> _Cue:
    start_s = words[0].start_s
    # Rounded to thousandths a cue must still last, and end before the next one begins.
    end_s = max(words[-1].end_s, start_s + _SHORTEST_S)
    if next_start_s is not None and next_start_s > start_s:
        end_s = min(end_s, next_start_s)
    return _Cue(start_s=start_s, end_s=end_s, lines=tuple(_broken([shown(word.text) for word in words])))


def _broken(words: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= _LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _time(seconds: float, point: str) -> str:
    whole_ms = round(seconds * 1000)
    minutes, ms = divmod(whole_ms, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{ms // 1000:02}{point}{ms % 1000:03}"


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
