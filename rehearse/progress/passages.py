"""The same passage in two answers, so that they can be heard one against the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.measurement.content_words import content_stems
from rehearse.measurement.fillers import filled_pauses
from rehearse.measurement.landmarks import landmarks
from rehearse.measurement.measures import Measures
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Span, Transcript

#: Long enough to hear a difference, short enough to remember the first while the second is heard.
PASSAGE_S = 15.0
#: A passage ends with a sentence where one ends within this, and is cut where none does.
_SHORTEST_S, _LONGEST_S = 10.0, 20.0
#: Fewer words in common may stand together by chance. Own choice, like their share of the passage with fewer words.
_LEAST_SHARED = 4
_LEAST_SHARE = 0.3
#: Before the first word of a passage: its beginning is not cut off.
_BEFORE_S = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePassage:
    """A stretch of each of two recordings, in seconds of its own.

    shared_words  how many content words the two have in common; 0 where they were not chosen by their words, and are
                  the beginnings of both answers
    """

    first: Span
    second: Span
    shared_words: int = 0


@dataclass(frozen=True, slots=True)
class _Window:
    start_s: float
    end_s: float
    stems: frozenset[str]


def same_passage(
    first: tuple[float, Measures | None, Transcript | None], second: tuple[float, Measures | None, Transcript | None]
) -> SamePassage:
    """Where two answers, each given as (recording_s, measures, transcript), say the most alike, else how they begin.

    Stretches of one or more whole sentences, 10-20 s long, are compared by the stems of their content words; of those
    with equally many in common, the ones with the fewest others. Answers in different languages have none in common.
    """
    languages = {transcript.language for _, _, transcript in (first, second) if transcript is not None}
    alike: list[tuple[int, int, _Window, _Window]] = []
    if len(languages) == 1:
        others = _windows(*second)
        for one in _windows(*first):
            for other in others:
                shared = len(one.stems & other.stems)
                if shared >= max(_LEAST_SHARED, _LEAST_SHARE * min(len(one.stems), len(other.stems))):
                    alike.append((shared, len(one.stems | other.stems), one, other))
    if not alike:
        return SamePassage(first=_beginning(*first), second=_beginning(*second))
    shared, _, one, other = max(alike, key=lambda pair: (pair[0], -pair[1]))
    return SamePassage(
        first=Span(start_s=one.start_s, end_s=one.end_s),
        second=Span(start_s=other.start_s, end_s=other.end_s),
        shared_words=shared,
    )


def _beginning(recording_s: float, measures: Measures | None, transcript: Transcript | None) -> Span:
    start_s = max(0.0, measures.response_latency_s - _BEFORE_S) if measures else 0.0
    return Span(start_s=start_s, end_s=min(recording_s, start_s + PASSAGE_S))


def _windows(recording_s: float, measures: Measures | None, transcript: Transcript | None) -> Sequence[_Window]:
    if transcript is None or measures is None:
        return ()
    tokens = tokens_of(transcript.words)
    stems = content_stems(tokens, filled_pauses(tokens, transcript.language), transcript.language)
    starts_s = landmarks(recording_s, measures, transcript).sentences
    answer_end_s = measures.response_latency_s + measures.answer_s
    if stems is None:
        return ()
    found = []
    for start_s in starts_s:
        ends_s = [end_s for end_s in (*starts_s, answer_end_s) if _SHORTEST_S <= end_s - start_s <= _LONGEST_S]
        end_s = min(
            ends_s, key=lambda end: abs(end - start_s - PASSAGE_S), default=min(answer_end_s, start_s + PASSAGE_S)
        )
        within = frozenset(
            stem
            for stem, token in zip(stems, tokens, strict=True)
            if stem is not None and start_s <= token.start_s < end_s
        )
        found.append(_Window(max(0.0, start_s - _BEFORE_S), min(recording_s, end_s), within))
    return found
