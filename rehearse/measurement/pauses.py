"""The answer in its recording, and the silent pauses inside it. From voice activity, never from gaps between words."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from statistics import median
from typing import Literal, TypeAlias

from rehearse.errors import NoSpeechHeard
from rehearse.measurement.clauses import where_by_words
from rehearse.measurement.words import Token
from rehearse.transcription.transcript import Silences, Span, SpeechActivity

#: Studies have used 0.1 to 1 s, as De Jong & Bosker (2013) report; Gao, Sun & Li (2025) found 0.2 s best for
#: monologue and 0.35 s for how fluent dialogue sounds. 0.25 s lies between, and fluency studies use it often.
SILENT_PAUSE_S = 0.25
#: A neutral word, our own choice: speakers pause for 2-3 s on purpose.
LONG_PAUSE_S = 2.0

#: Whether pauses are counted as well as in quiet sound, less well, or not at all.
PausesHeard: TypeAlias = Literal["clearly", "roughly", "cannot tell"]
PAUSES_HEARD: Mapping[Silences, PausesHeard] = {"clear": "clearly", "rough": "roughly", "hidden": "cannot tell"}

#: Times come from sums of frames: a pause of exactly the threshold counts, whatever the rounding of its ends.
_ROUNDING_S = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """
    where  inside a clause, at a boundary between clauses, or None where the transcript cannot tell
    """

    start_s: float
    end_s: float
    where: Literal["inside", "boundary"] | None = None

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s

    @property
    def is_long(self) -> bool:
        return self.duration_s >= LONG_PAUSE_S - _ROUNDING_S


def answer_span(speech: SpeechActivity) -> Span:
    """From the first speech to the last, in seconds of the recording: what counts as the answer.

    The silence before it is the response latency, the silence after it the tail; neither is a pause.
    Raises NoSpeechHeard where nobody speaks.
    """
    if not speech.spans:
        raise NoSpeechHeard("No speech was heard in the recording.", "Listen to it: is your voice in it?")
    return Span(start_s=speech.spans[0].start_s, end_s=speech.spans[-1].end_s)


def silent_pauses(speech: SpeechActivity) -> tuple[Pause, ...]:
    """Silences between stretches of speech, each at least SILENT_PAUSE_S seconds long, in order; where is None.

    Source: De Jong & Bosker (2013), DiSS 2013, pp. 17-20, for the threshold's range.
    """
    return tuple(
        Pause(start_s=before.end_s, end_s=after.start_s)
        for before, after in pairwise(speech.spans)
        if after.start_s - before.end_s >= SILENT_PAUSE_S - _ROUNDING_S
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """The silent pauses of an answer taken together; every field None where they are not known.

    median_s, longest_s  None without a pause too
    """

    count: int | None = None
    sum_s: float | None = None
    median_s: float | None = None
    long_count: int | None = None
    longest_s: float | None = None


def silence_in(pauses: Sequence[Pause] | None) -> Silence:
    if pauses is None:
        return Silence()
    lengths_s = [pause.duration_s for pause in pauses]
    return Silence(
        count=len(pauses),
        sum_s=sum(lengths_s),
        median_s=median(lengths_s) if lengths_s else None,
        long_count=sum(pause.is_long for pause in pauses),
        longest_s=max(lengths_s, default=None),
    )


def located(
    pauses: Sequence[Pause], tokens: Sequence[Token], sounds: Collection[int], language: str
) -> tuple[Pause, ...]:
    """The same pauses, each said to lie inside a clause or at a boundary.

    tokens  the words spoken; sounds: places of filled pauses among them. A comma beside a filled pause is written
            because of it and is no boundary.

    The punctuation of the word before the pause decides; in a transcript without any, the words around it do, and
    where stays None if they do not tell. Without words all stay None.
    Source: Kahng (2018), Applied Psycholinguistics 39, and De Jong (2016), IRAL 54, for why it matters.
    """
    before = words_before(pauses, tokens)
    if any(token.ends_clause for token in tokens):
        return tuple(
            replace(pause, where="boundary" if _at_boundary(word, tokens, sounds) else "inside")
            for pause, word in zip(pauses, before, strict=True)
        )
    spoken = [place for place in range(len(tokens)) if place not in sounds]
    if not spoken:
        return tuple(pauses)
    return tuple(
        replace(pause, where=_where_by_words(word, tokens, spoken, language))
        for pause, word in zip(pauses, before, strict=True)
    )


def _where_by_words(
    word: int, tokens: Sequence[Token], spoken: Sequence[int], language: str
) -> Literal["inside", "boundary"] | None:
    split = bisect_right(spoken, word)
    previous = tokens[spoken[split - 1]].plain if split else ""
    following = tokens[spoken[split]].plain if split < len(spoken) else ""
    return where_by_words(previous, following, language)


def words_before(pauses: Sequence[Pause], tokens: Sequence[Token]) -> list[int]:
    """For each pause the place of the word before it, -1 where there is none.

    Middles are compared, since recognisers stretch the words beside a silence into it, on either side.
    """
    middles_s = list(accumulate(((token.start_s + token.end_s) / 2 for token in tokens), max))
    return [bisect_right(middles_s, (pause.start_s + pause.end_s) / 2) - 1 for pause in pauses]


def _at_boundary(word: int, tokens: Sequence[Token], sounds: Collection[int]) -> bool:
    beside_sound = word in sounds or word + 1 in sounds
    while word in sounds and not tokens[word].ends_sentence:
        word -= 1
    if word < 0:
        return True
    return tokens[word].ends_sentence if beside_sound else tokens[word].ends_clause
