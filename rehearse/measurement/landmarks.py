"""The places of a recording that are worth going to when it is heard again."""

from dataclasses import dataclass
from itertools import pairwise

from rehearse.measurement.fillers import Filler
from rehearse.measurement.landing import sentence_ends
from rehearse.measurement.measures import Measures
from rehearse.measurement.pauses import Pause
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Span, Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmarks:
    """Places in seconds of the recording, each kind in order of time; None where that was never looked for.

    speech     where somebody speaks, apart by silent pauses; None where the sound was never measured
    sentences  where sentences begin: by punctuation, else by pauses; empty without either
    """

    length_s: float
    speech: tuple[Span, ...] | None = None
    sentences: tuple[float, ...] = ()
    fillers: tuple[Filler, ...] | None = None
    pauses: tuple[Pause, ...] | None = None
    landing_s: float | None = None

    @property
    def long_pauses(self) -> tuple[Pause, ...]:
        return tuple(pause for pause in self.pauses or () if pause.is_long)


def landmarks(recording_s: float, measures: Measures | None, transcript: Transcript | None) -> Landmarks:
    """What is known of the places of a recording of that length; of one that was not measured, nothing."""
    if measures is None:
        return Landmarks(length_s=recording_s)
    speech = _speech(measures)
    return Landmarks(
        length_s=recording_s,
        speech=speech,
        sentences=_sentences(transcript, measures.pauses, speech),
        fillers=measures.fillers,
        pauses=measures.pauses,
        landing_s=measures.landing_s,
    )


def _speech(measures: Measures) -> tuple[Span, ...] | None:
    if measures.pauses is None:
        return None
    start_s = measures.response_latency_s
    edges_s = [start_s, *(edge for p in measures.pauses for edge in (p.start_s, p.end_s)), start_s + measures.answer_s]
    return tuple(Span(start_s=a, end_s=b) for a, b in zip(edges_s[::2], edges_s[1::2], strict=True))


def _sentences(
    transcript: Transcript | None, pauses: tuple[Pause, ...] | None, speech: tuple[Span, ...] | None
) -> tuple[float, ...]:
    tokens = tokens_of(transcript.words) if transcript else ()
    if not tokens:
        return tuple(span.start_s for span in speech or ())
    ends = set(sentence_ends(tokens, pauses))
    later = [after.start_s for place, (_, after) in enumerate(pairwise(tokens)) if place in ends]
    return (tokens[0].start_s, *later)
