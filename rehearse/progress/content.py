"""What one answer says that another does not: by the stems of its content words, and passage by passage. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from rehearse.measurement.attempt import Attempt
from rehearse.measurement.content_words import content_stems
from rehearse.measurement.fillers import filled_pauses
from rehearse.measurement.key_points import KeyPoint
from rehearse.measurement.words import Token, tokens_of
from rehearse.progress.comparison import heard_alike
from rehearse.question import Target
from rehearse.transcription.transcript import Transcript

#: Fewer words in a row than this meet by chance in any two answers to one question. Own choice.
LEAST_RUN = 5
#: A passage in common shorter than this between two others only makes both hard to read.
_LEAST_PASSAGE = 3
#: So much in common, word for word, of the longer of two answers makes the later one recited. Own choice: no study
#: gives a figure.
RECITED_SHARE = 0.75
#: Shorter than this share of the earlier answer, and made of it to this share, it was cut: what was asked for.
CUT_SHARE = 0.9
#: A short answer has few ways to be said.
LEAST_WORDS_TO_RECITE = 40


class Kind(StrEnum):
    COMMON = "common"
    DROPPED = "dropped"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """
    kind   COMMON to both answers, DROPPED since the earlier one, or NEW in the later one
    words  of the later answer; where dropped, of the earlier one
    """

    kind: Kind
    words: tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentChange:
    """What became of the content of an earlier answer in a later one. Content words are counted once by their stems.

    shared_count, earlier_count, later_count  content words in both, in the earlier and in the later answer
    new, dropped             the words that only one of them has, as they were first said there, in its order
    points_kept, points_before  of the key points made earlier, how many were made again; None where none were looked
                             for in both
    word_for_word_ratio      0..1: how much of the later answer stands in runs of 5 words or more that the earlier one
                             has too, in the same order
    is_recited               whether they are almost the same, word for word: one that was only cut is not
    """

    shared_count: int
    earlier_count: int
    later_count: int
    new: tuple[str, ...]
    dropped: tuple[str, ...]
    points_kept: int | None
    points_before: int | None
    word_for_word_ratio: float
    is_recited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """
    best       the best attempt before this one: the nearest to the target, and of several inside it the shortest
    since_best what became of its content
    recited    where this answer is almost word for word the attempt before it: how much of it, 0..1; else None
    """

    best: Attempt
    since_best: ContentChange
    recited: float | None


def content_against(
    now: Attempt,
    transcript: Transcript,
    earlier: Sequence[Attempt],
    target: Target,
    words_of: Callable[[int], Transcript | None],
) -> Content | None:
    """An attempt against the best of those before it and against the last one, of those that were heard as it was.

    earlier   attempts at the same question, oldest first
    words_of  gives the transcript of an attempt by its number
    """
    heard = [
        attempt
        for attempt in earlier
        if now.measures and attempt.measures and not attempt.baseline and heard_alike(attempt.measures, now.measures)
    ]
    if not heard:
        return None
    best = best_of(heard, target)
    points = now.measures.key_points if now.measures else None
    since_best, since_last = (
        content_change(transcript, before, points, attempt.measures.key_points if attempt.measures else None)
        if (before := words_of(attempt.id))
        else None
        for attempt in (best, heard[-1])
    )
    if since_best is None:
        return None
    recited = since_last.word_for_word_ratio if since_last is not None and since_last.is_recited else None
    return Content(best=best, since_best=since_best, recited=recited)


def best_of(attempts: Sequence[Attempt], target: Target) -> Attempt:
    """Of attempts that were measured the one nearest to the target; of several inside it the shortest."""
    return min(attempts, key=lambda attempt: _off_target(attempt, target))


def content_change(
    later: Transcript,
    earlier: Transcript,
    later_points: Sequence[KeyPoint] | None = None,
    earlier_points: Sequence[KeyPoint] | None = None,
) -> ContentChange | None:
    """The content of two answers held against each other; None between languages, or in one without stop words."""
    if later.language != earlier.language:
        return None
    now, before = _content(later), _content(earlier)
    if now is None or before is None:
        return None
    kept, of = _points_kept(later_points, earlier_points)
    spoken, spoken_before = _spoken(later), _spoken(earlier)
    alike = _word_for_word(spoken, spoken_before)
    return ContentChange(
        shared_count=len(now.keys() & before.keys()),
        earlier_count=len(before),
        later_count=len(now),
        new=tuple(word for stem, word in now.items() if stem not in before),
        dropped=tuple(word for stem, word in before.items() if stem not in now),
        points_kept=kept,
        points_before=of,
        word_for_word_ratio=alike / len(spoken) if spoken else 0.0,
        is_recited=_is_recited(alike, len(spoken), len(spoken_before)),
    )


def passages(later: Transcript, earlier: Transcript) -> tuple[Passage, ...]:
    """Both answers laid side by side, word by word, in the order of the later one; fillers are words like any other.

    Fewer than 3 words in common between two passages that differ are shown as dropped and said again.
    """
    now, before = tokens_of(later.words), tokens_of(earlier.words)
    blocks = [
        block
        for block in _matcher(before, now).get_matching_blocks()
        if block.size >= _LEAST_PASSAGE or not block.size or block.size in (len(now), len(before))
    ]
    found: list[Passage] = []
    at_before = at_now = 0
    for block in blocks:
        found += [
            Passage(kind=kind, words=words)
            for kind, words in (
                (Kind.DROPPED, before[at_before : block.a]),
                (Kind.NEW, now[at_now : block.b]),
                (Kind.COMMON, now[block.b : block.b + block.size]),
            )
            if words
        ]
        at_before, at_now = block.a + block.size, block.b + block.size
    return tuple(found)


def _off_target(attempt: Attempt, target: Target) -> tuple[float, float]:
    length_s = attempt.measures.answer_s if attempt.measures else 0.0
    return max(0.0, length_s - target.high_s, target.low_s - length_s), length_s


def _content(transcript: Transcript) -> dict[str, str] | None:
    """Each content word by its stem, as it was first said; None for a language without stop words."""
    tokens = tokens_of(transcript.words)
    stems = content_stems(tokens, filled_pauses(tokens, transcript.language), transcript.language)
    if stems is None:
        return None
    first: dict[str, str] = {}
    for token, stem in zip(tokens, stems, strict=True):
        if stem is not None:
            first.setdefault(stem, token.written)
    return first


def _spoken(transcript: Transcript) -> tuple[Token, ...]:
    tokens = tokens_of(transcript.words)
    sounds = filled_pauses(tokens, transcript.language)
    return tuple(token for place, token in enumerate(tokens) if place not in sounds)


def _is_recited(alike: int, count: int, count_before: int) -> bool:
    was_cut = count < CUT_SHARE * count_before and alike >= CUT_SHARE * count
    return count >= LEAST_WORDS_TO_RECITE and alike >= RECITED_SHARE * max(count, count_before) and not was_cut


def _word_for_word(now: Sequence[Token], before: Sequence[Token]) -> int:
    """So many words stand in runs that both have."""
    blocks = _matcher(before, now).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= LEAST_RUN)


def _matcher(before: Sequence[Token], now: Sequence[Token]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [token.plain for token in before], [token.plain for token in now], autojunk=False)


def _points_kept(later: Sequence[KeyPoint] | None, earlier: Sequence[KeyPoint] | None) -> tuple[int | None, int | None]:
    if later is None or earlier is None:
        return None, None
    looked_for = {point.text for point in later if point.said is not None}
    before = {point.text for point in earlier if point.said and point.text in looked_for}
    again = {point.text for point in later if point.said} & before
    return len(again), len(before)
