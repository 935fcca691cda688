"""Reading a transcript that somebody brings along: the JSON of openai-whisper, faster-whisper, whisperX or the API.

The file is a stranger's: whatever stands in it, the answer is a Transcript or one clear sentence.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from rehearse.errors import TranscriptUnreadable
from rehearse.transcription.languages import language_code
from rehearse.transcription.transcript import EngineIdentity, Transcript, Word

#: Three hours of talk with every token written out are about 10 MB.
_LARGEST_FILE = 64 * 1024 * 1024
#: Later than a day into a recording: not seconds.
_LATEST_S = 86_400.0
#: Recognisers let neighbouring words overlap a little; further back is another order of things.
_BACKWARD_S = 1.0
#: A transcript may run over the end of its sound by a rounding, not by a word.
_OVERRUN_S = 1.0

_WITHOUT_TIMES = "run whisper with --word_timestamps True, then use the new file."
_OTHER_SHAPE = "It should be the JSON that Whisper writes: segments, each with words, each with word, start and end."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """One word as it stands in the file; start_s and end_s are None where it has no times.

    segment  place of the segment it stands in, with the segment's own times where it has them
    """

    text: str
    start_s: float | None
    end_s: float | None
    probability: float | None
    segment: int
    segment_start_s: float | None
    segment_end_s: float | None


def read_whisper_json(path: Path, language: str = "en") -> Transcript:
    """The transcript in a Whisper JSON file: segments[].words[], or a list of words at the top.

    language  ISO 639-1 code for a file that does not name its own

    A word without times, as whisperX leaves numbers, gets an even share of the time between its timed neighbours,
    inside its segment. A word that continues the one before it (' well', '-known') is joined to it.
    Raises TranscriptUnreadable where the file is no such JSON, has no words, no word times or impossible ones.
    """
    content = _content(path)
    given = list(_given_words(content, path.name))
    if not given:
        raise TranscriptUnreadable(f"{path.name} holds no words: nothing was heard in that recording.", _OTHER_SHAPE)
    if all(word.start_s is None for word in given):
        raise TranscriptUnreadable(f"{path.name} was made without word times.", "Please " + _WITHOUT_TIMES)
    words = _joined(_in_order(_timed(given), path.name))
    named = content if isinstance(content, dict) else {}
    model = named.get("model")
    return Transcript(
        language=_language(named, language),
        words=tuple(words),
        engine=EngineIdentity(name="given", model=_clean(model) if isinstance(model, str) else "", version=""),
    )


def check_fits(transcript: Transcript, recording_s: float) -> None:
    """Raises TranscriptUnreadable where the words go on after the recording has ended: they are not of this sound."""
    last_s = max((word.start_s for word in transcript.words), default=0.0)
    if last_s > recording_s + _OVERRUN_S:
        raise TranscriptUnreadable(
            f"This transcript goes on until {last_s:.0f} s, but the recording ends at {recording_s:.0f} s.",
            "Name the transcript that was made from this recording.",
        )


def _content(path: Path) -> Any:
    try:
        if path.is_dir():
            raise TranscriptUnreadable(f"{path} is a folder, not a transcript.", "Name the file inside it.")
        if path.stat().st_size > _LARGEST_FILE:
            raise TranscriptUnreadable(
                f"{path.name} is far larger than the transcript of an answer.", "Is it the right file?"
            )
        return json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise TranscriptUnreadable(f"There is no file {path}.", "Check the name and the folder.") from error
    except OSError as error:
        raise TranscriptUnreadable(f"{path} cannot be opened.", "Are you allowed to read it?") from error
    except (ValueError, RecursionError) as error:
        raise TranscriptUnreadable(f"{path.name} is not JSON, or only a part of it.", _OTHER_SHAPE) from error


def _given_words(content: Any, name: str) -> Iterator[_Given]:
    """The words in whichever of the known places they stand."""
    segments = content.get("segments") if isinstance(content, dict) else content
    if isinstance(segments, list) and segments and all(_is_word(entry) for entry in segments):
        segments = [{"words": segments}]
    for key in ("words", "word_segments"):
        loose = content.get(key) if isinstance(content, dict) else None
        if isinstance(loose, list) and loose and not _any_words(segments):
            segments = [{"words": loose}]
    if not isinstance(segments, list):
        raise TranscriptUnreadable(f"{name} has no segments in it.", _OTHER_SHAPE)
    for number, segment in enumerate(segments):
        yield from _words_in(segment, number, name)


def _is_word(entry: Any) -> bool:
    return isinstance(entry, dict) and "word" in entry


def _any_words(segments: Any) -> bool:
    return isinstance(segments, list) and any(isinstance(entry, dict) and entry.get("words") for entry in segments)


def _words_in(segment: Any, number: int, name: str) -> Iterator[_Given]:
    if not isinstance(segment, dict):
        raise TranscriptUnreadable(
            f"Segment {number + 1} of {name} is not in a shape that rehearse knows.", _OTHER_SHAPE
        )
    entries = segment.get("words")
    if not entries and isinstance(segment.get("text"), str):
        entries = [{"word": " " + text} for text in segment["text"].split()]
    if not isinstance(entries or [], list):
        raise TranscriptUnreadable(f"The words of segment {number + 1} of {name} are not a list.", _OTHER_SHAPE)
    start_s, end_s = _time(segment.get("start"), name), _time(segment.get("end"), name)
    for entry in entries or []:
        text = entry.get("word", entry.get("text")) if isinstance(entry, dict) else None
        if not isinstance(text, str):
            raise TranscriptUnreadable(f"Segment {number + 1} of {name} holds a word without its text.", _OTHER_SHAPE)
        if not text.strip():
            continue
        times = _time(entry.get("start"), name), _time(entry.get("end"), name)
        timed = None not in times
        yield _Given(
            text=_clean(text),
            start_s=times[0] if timed else None,
            end_s=times[1] if timed else None,
            probability=_probability(entry),
            segment=number,
            segment_start_s=start_s,
            segment_end_s=end_s,
        )


def _time(value: Any, name: str) -> float | None:
    """Seconds; None where there is no number. Raises TranscriptUnreadable for a number that is no time."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not 0 <= value <= _LATEST_S:
        raise TranscriptUnreadable(
            f"{name} gives {str(value)[:20]} as a time: not a number of seconds into a recording.",
            "Times must be seconds from the start of the recording.",
        )
    return float(value)


def _probability(entry: dict[str, Any]) -> float | None:
    for key in ("probability", "prob", "score", "confidence"):
        value = entry.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
    return None


def _timed(given: Sequence[_Given]) -> Iterator[_Given]:
    """Every word with times: those without share the time between their timed neighbours evenly."""
    following = _following_starts(given)
    reached_s = 0.0
    position = 0
    for (untimed, _), group in groupby(given, key=lambda word: (word.start_s is None, word.segment)):
        run = list(group)
        position += len(run)
        if untimed:
            low_s = max(reached_s, run[0].segment_start_s or 0.0)
            bounds = (following[position], run[0].segment_end_s)
            high_s = max(low_s, min((bound for bound in bounds if bound is not None), default=low_s))
            step_s = (high_s - low_s) / len(run)
            for number, word in enumerate(run):
                yield replace(word, start_s=low_s + number * step_s, end_s=low_s + (number + 1) * step_s)
        else:
            yield from run
            reached_s = run[-1].end_s or reached_s


def _following_starts(given: Sequence[_Given]) -> list[float | None]:
    """For each place, when the first timed word from there on starts; one place more than there are words."""
    starts: list[float | None] = [None]
    for word in reversed(given):
        starts.append(word.start_s if word.start_s is not None else starts[-1])
    return starts[::-1]


def _in_order(given: Iterator[_Given], name: str) -> Iterator[_Given]:
    """The same, small overlaps straightened; TranscriptUnreadable where time runs backwards."""
    reached_s = 0.0
    for number, word in enumerate(given, start=1):
        assert word.start_s is not None and word.end_s is not None, "every word has its times by now"
        if word.end_s < word.start_s or word.start_s < reached_s - _BACKWARD_S:
            raise TranscriptUnreadable(
                f"The times in {name} run backwards at word {number}.",
                "The file may be damaged or put together from several; make it again.",
            )
        start_s = max(word.start_s, reached_s)
        reached_s = start_s
        yield replace(word, start_s=start_s, end_s=max(start_s, word.end_s))


def _joined(given: Iterator[_Given]) -> list[Word]:
    """Words as they are read: Whisper marks a new word by the space before it, where it writes such spaces at all."""
    entries = list(given)
    spaced = sum(entry.text[0].isspace() for entry in entries) > len(entries) / 2
    words: list[Word] = []
    for number, entry in enumerate(entries):
        assert entry.start_s is not None and entry.end_s is not None, "every word has its times by now"
        continues = spaced and not entry.text[0].isspace() and number > 0
        if continues and entry.segment == entries[number - 1].segment:
            words[-1] = replace(words[-1], text=words[-1].text + entry.text.strip(), end_s=entry.end_s)
        else:
            text = entry.text.strip()
            words.append(Word(text=text, start_s=entry.start_s, end_s=entry.end_s, probability=entry.probability))
    return words


def _language(named: dict[str, Any], default: str) -> str:
    """The file's own language as a code; the API writes its English name."""
    info = named.get("info")
    written = named.get("language") or (info.get("language") if isinstance(info, dict) else None)
    if not isinstance(written, str):
        return default
    code = language_code(written)
    return code if re.fullmatch(r"[a-z]{2,3}", code) else default


def _clean(text: str) -> str:
    """Text that can be written anywhere: half of a surrogate pair cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")
