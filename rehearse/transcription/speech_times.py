"""From runs of 5 ms to spans of speech in seconds: what smears edges is taken off, what noise hides is given back."""

from collections.abc import Iterable
from dataclasses import dataclass

from rehearse.transcription.speech_levels import HOP_S
from rehearse.transcription.transcript import Span

#: Gaps shorter than this are closures inside a word; spans shorter than this are clicks.
MIN_SILENCE_S = 0.1
MIN_SPEECH_S = 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class Smear:
    """How far what is found reaches over the true edges, and how much of them noise hides, which is given back.

    from_margin_db  clear speech less than this above the threshold has its soft beginnings and ends hidden; 6 dB less,
                    wholly
    """

    start_s: float
    end_s: float
    hidden_start_s: float
    hidden_end_s: float
    from_margin_db: float


#: Of the levels' window; and of the course through evidence from spectra, which is smoothed.
WINDOW_SMEAR = Smear(start_s=0.011, end_s=0.011, hidden_start_s=0.02, hidden_end_s=0.025, from_margin_db=16.0)
COURSE_SMEAR = Smear(start_s=0.02, end_s=0.01, hidden_start_s=0.01, hidden_end_s=0.02, from_margin_db=12.0)


def spans_from(whole: Iterable[tuple[int, int]], smear: Smear, margin_db: float, hops: int) -> tuple[Span, ...]:
    """Spans in order, apart, and long enough; of runs of hops in order, first and the one after the last.

    margin_db  clear speech above what sets it apart from noise
    hops       of the whole recording
    """
    hidden = min(max((smear.from_margin_db - margin_db) / 6.0, 0.0), 1.0)
    start_later_s = smear.start_s - hidden * smear.hidden_start_s
    end_sooner_s = smear.end_s - hidden * smear.hidden_end_s
    spans: list[Span] = []
    for first, last in whole:
        # Speech under way where the recording begins or ends has no edge there.
        start_s = max(0.0, first * HOP_S + start_later_s) if first else 0.0
        end_s = min(hops * HOP_S, last * HOP_S - end_sooner_s) if last < hops else hops * HOP_S
        if spans and start_s - spans[-1].end_s < MIN_SILENCE_S:
            spans[-1] = Span(start_s=spans[-1].start_s, end_s=max(end_s, spans[-1].end_s))
        else:
            spans.append(Span(start_s=start_s, end_s=end_s))
    return tuple(span for span in spans if span.duration_s >= MIN_SPEECH_S)
