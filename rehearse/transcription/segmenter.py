"""Where to cut a recording into chunks: at pauses, so that each can be transcribed by itself.

Pure and causal: what is decided at a moment depends only on the sound before it, so the chunks of a recording that
still grows are the chunks of the finished file.
"""

import math
from dataclasses import dataclass, field

import numpy as np

from rehearse.transcription.transcript import FRAME_S, Probabilities, Span

#: Speech begins at the first probability and goes on until one falls under the second: Silero's own two thresholds.
SPEECH_BEGINS = 0.5
SPEECH_GOES_ON = 0.35

#: Whisper's window is 30 s; the rest is room for its time stamps to err.
LONGEST_CHUNK_S = 28.0
#: Of a silence, so much goes along with the speech after it and before it; both fit into any silence that closes a
#: chunk. From TAIL_S of silence on, a chunk ends where it ends whatever comes, so that it can be heard.
LEAD_IN_S = 0.2
TAIL_S = 0.3
#: Less speech than this is a click or a cough; recognisers make words up for it.
LEAST_SPEECH_S = 0.3

# A chunk closes where one of these silences follows: a short one once it is long enough to be worth a pass of the
# encoder, which costs the same for 3 s as for 30; a longer one once a sentence or so has been said; any long pause.
_LONG_ENOUGH_S, _SHORT_SILENCE_S = 12.0, 0.5
_SENTENCE_S, _MIDDLING_SILENCE_S = 5.0, 1.2
_LONG_SILENCE_S = 2.0

_LEAD_IN_FRAMES, _TAIL_FRAMES = int(LEAD_IN_S / FRAME_S), int(TAIL_S / FRAME_S)

# Where nobody pauses for 28 s, the cut falls into the deepest dip of the last 10 s.
_DIP_SEARCH_S = 10.0
_DIP_FRAMES = 3
_AS_DEEP = 0.02


def chunk_spans(probabilities: Probabilities, recording_s: float) -> tuple[Span, ...]:
    """The chunks of a whole recording, in order, apart from each other, each of 28 s at most, inside 0..recording_s.

    probabilities  shape (n,), 0..1, one for each FRAME_S of the recording
    """
    segmenter = Segmenter()
    return (*segmenter.feed(probabilities), *segmenter.finish(recording_s))


def _frames(seconds: float) -> int:
    return math.ceil(seconds / FRAME_S - 1e-9)


@dataclass(slots=True)
class _OpenChunk:
    """A chunk that may still grow; times are in frames.

    goes_on        it begins where the last one was cut inside speech, so it is kept however short it is
    probabilities  from start on
    speech_end     end of the last frame of speech
    """

    start: int
    goes_on: bool
    speech_end: int
    speech_frames: int = 0
    probabilities: list[float] = field(default_factory=list)

    @property
    def worth_hearing(self) -> bool:
        return self.goes_on or self.speech_frames * FRAME_S >= LEAST_SPEECH_S


class Segmenter:
    """Cuts at pauses as speech probabilities arrive, in pieces of any size."""

    def __init__(self) -> None:
        self._frame = 0
        self._speaking = False
        self._open: _OpenChunk | None = None
        # The end of the last chunk: nothing before it is taken again.
        self._floor = 0
        # Frames before a chunk opens that would be its lead-in.
        self._lead_in: list[float] = []
        self._cut_at: int | None = None

    def feed(self, probabilities: Probabilities) -> tuple[Span, ...]:
        """The chunks that these further probabilities close, in order; often none."""
        closed: list[Span] = []
        for probability in probabilities.tolist():
            closed.extend(self._step(probability))
        return tuple(closed)

    def finish(self, recording_s: float) -> tuple[Span, ...]:
        """The chunk that is still open when the recording ends at recording_s, or nothing."""
        chunk, self._open = self._open, None
        if chunk is None:
            return ()
        return _kept(chunk, self._end_of(chunk), recording_s)

    def settled(self) -> Span | None:
        """What is sure to belong to the chunk being spoken: up to now, or to TAIL_S of silence; None where too little
        was said. Only the cut of a chunk without a pause may still take away some of its last 10 s."""
        kept = _kept(self._open, self._end_of(self._open), math.inf) if self._open else ()
        return kept[0] if kept else None

    def _end_of(self, chunk: _OpenChunk) -> int:
        return min(chunk.speech_end + _TAIL_FRAMES, self._frame)

    def _step(self, probability: float) -> tuple[Span, ...]:
        self._speaking = probability >= (SPEECH_GOES_ON if self._speaking else SPEECH_BEGINS)
        if self._speaking and self._open is None:
            self._begin()
        self._frame += 1
        chunk = self._open
        if chunk is None:
            self._lead_in = [*self._lead_in, probability][-_LEAD_IN_FRAMES:]
            return ()
        chunk.probabilities.append(probability)
        if self._speaking:
            chunk.speech_frames += 1
            chunk.speech_end = self._frame
        if self._frame - chunk.start >= _frames(LONGEST_CHUNK_S):
            return self._cut(chunk)
        silence = self._frame - chunk.speech_end
        if _closes(chunk, self._frame, silence):
            return self._close(chunk, self._end_of(chunk))
        return ()

    def _begin(self) -> None:
        start = max(self._floor, self._frame - len(self._lead_in))
        held = self._lead_in[len(self._lead_in) - (self._frame - start) :]
        goes_on = self._cut_at == self._frame
        self._open = _OpenChunk(start=start, goes_on=goes_on, speech_end=self._frame, probabilities=list(held))

    def _close(self, chunk: _OpenChunk, end: int) -> tuple[Span, ...]:
        self._open = None
        self._floor = end
        # The silence since then may become the lead-in of the next chunk.
        since = chunk.probabilities[end - chunk.start :]
        self._lead_in = since[-_LEAD_IN_FRAMES:]
        return _kept(chunk, end, math.inf)

    def _cut(self, chunk: _OpenChunk) -> tuple[Span, ...]:
        cut = chunk.start + _deepest_dip(chunk.probabilities)
        after = chunk.probabilities[cut - chunk.start :]
        self._open, self._lead_in = None, []
        self._frame, self._floor, self._cut_at = cut, cut, cut
        self._speaking = False
        closed = _kept(chunk, cut, math.inf)
        for probability in after:
            closed += self._step(probability)
        return closed


def _closes(chunk: _OpenChunk, frame: int, silence: int) -> bool:
    return (
        silence >= _frames(_LONG_SILENCE_S)
        or (silence >= _frames(_MIDDLING_SILENCE_S) and chunk.speech_frames >= _frames(_SENTENCE_S))
        or (silence >= _frames(_SHORT_SILENCE_S) and frame - chunk.start >= _frames(_LONG_ENOUGH_S))
    )


def _deepest_dip(probabilities: list[float]) -> int:
    """The middle of the least speech-like stretch of at least 96 ms in the last 10 s, in frames from the first."""
    searched = np.asarray(probabilities[-_frames(_DIP_SEARCH_S) :])
    means = np.convolve(searched, np.full(_DIP_FRAMES, 1 / _DIP_FRAMES), mode="valid")
    deep = np.concatenate(([False], means <= means.min() + _AS_DEEP, [False]))
    begins, ends = np.flatnonzero(np.diff(deep.astype(np.int8))).reshape(-1, 2).T
    longest = int(np.argmax(ends - begins))
    middle = (int(begins[longest]) + int(ends[longest]) - 1 + _DIP_FRAMES) // 2
    return len(probabilities) - len(searched) + middle


def _kept(chunk: _OpenChunk, end: int, recording_s: float) -> tuple[Span, ...]:
    """The chunk up to that frame, or nothing where too little was said in it."""
    start_s, end_s = chunk.start * FRAME_S, min(end * FRAME_S, recording_s)
    return (Span(start_s=start_s, end_s=end_s),) if chunk.worth_hearing and start_s < end_s else ()
