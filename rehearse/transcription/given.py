"""A transcript that somebody brought along, laid along its sound: what it lacks or stretches is found there."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from importlib.metadata import version
from itertools import pairwise

from rehearse.audio.recording import Recording
from rehearse.errors import EngineFailed
from rehearse.transcription.aligner import LANGUAGE, Aligner
from rehearse.transcription.alignment import Alignment
from rehearse.transcription.doubts import doubts_of
from rehearse.transcription.segmenter import LONGEST_CHUNK_S
from rehearse.transcription.transcript import Hesitation, Span, SpeechActivity, Transcript, Word
from rehearse.transcription.word_times import believable, lasts_too_long

#: A piece for the aligner is cut within so much of its longest.
_LAST_PART_S = 14.0
#: Nobody talks that fast: a recogniser went round in circles, and laying its words along the sound would take minutes.
_MOST_WORDS_PER_S = 10.0


def with_sound(
    transcript: Transcript,
    recording: Recording,
    chunks: Sequence[Span],
    speech: SpeechActivity,
    on_progress: Callable[[float], None],
    aligner: Aligner | None = None,
) -> Transcript:
    """The transcript with what its sound adds to it; no word of it is lost or changed.

    recording    mono at 16 kHz, the one that the transcript is of
    speech       in it, one stretch at least
    chunks       of it, cut at pauses, as an engine would hear them
    on_progress  told the share of the work that is done, 0..1
    aligner      None for one of its own, given back at the end

    In every language it gets doubts, where somebody speaks and it has no words. In English it gets hesitations too,
    and words that last longer than anybody says them are put where the aligner found them, then cut to what can be
    believed; hesitations stay None where the aligner cannot be started. It holds Python's lock for half a second at
    a time, as it works in this process.
    """
    # Where no chunk is worth an engine's while, a word may have been made out by somebody all the same.
    chunks = chunks or (Span(start_s=speech.spans[0].start_s, end_s=speech.spans[-1].end_s),)
    laid = None
    if transcript.language == LANGUAGE:
        with closing(aligner or Aligner()) as ear:
            laid = _laid_along(ear, transcript.words, recording, _pieces(chunks, transcript.words), on_progress)
    if laid is None:
        heard = _in_each(chunks, believable(transcript.words, speech), transcript.words)
        return replace(transcript, doubts=doubts_of(chunks, heard, heard, speech))
    heard = _in_each(chunks, laid.words, laid.words)
    words = [
        there if found and lasts_too_long(word) else word
        for word, there, found in zip(transcript.words, laid.words, laid.found, strict=True)
    ]
    options = {"stretched_words": f"pocketsphinx {version('pocketsphinx')}"}
    return replace(
        transcript,
        words=believable(_in_order(words), speech),
        hesitations=laid.hesitations,
        doubts=doubts_of(chunks, heard, heard, speech),
        engine=replace(transcript.engine, options={**transcript.engine.options, **options}),
    )


def _pieces(chunks: Sequence[Span], words: Sequence[Word]) -> list[Span]:
    """The chunks put together to pieces as long as the aligner takes, so that few cuts depend on the times of words.

    A piece ends at the end of a chunk in its last part, the one that is furthest from where any word is thought to be.
    """
    middles_s = [(word.start_s + word.end_s) / 2 for word in words]
    pieces: list[Span] = []
    first = 0
    while first < len(chunks):
        start_s = chunks[first].start_s
        fitting = [last for last in range(first, len(chunks)) if chunks[last].end_s - start_s <= LONGEST_CHUNK_S]
        if not fitting or fitting[-1] == len(chunks) - 1:
            last = fitting[-1] if fitting else first
        else:
            late = [last for last in fitting if chunks[last].end_s - start_s >= LONGEST_CHUNK_S - _LAST_PART_S]
            last = max(late or fitting[-1:], key=lambda last: _apart_s(chunks, last, middles_s))
        pieces.append(Span(start_s=start_s, end_s=chunks[last].end_s))
        first = last + 1
    return pieces


def _apart_s(chunks: Sequence[Span], last: int, middles_s: Sequence[float]) -> float:
    """How far the middle of the silence after a chunk is from the middle of any word."""
    cut_s = (chunks[last].end_s + chunks[last + 1].start_s) / 2
    after = bisect_right(middles_s, cut_s)
    return min((abs(middle_s - cut_s) for middle_s in middles_s[max(0, after - 1) : after + 1]), default=0.0)


def _in_each(stretches: Sequence[Span], likely: Sequence[Word], words: Sequence[Word]) -> list[tuple[Word, ...]]:
    """The words of each stretch, in which the middle of what is likely their time lies; in the silence after it too."""
    bounds_s = [(before.end_s + after.start_s) / 2 for before, after in pairwise(stretches)]
    found: list[list[Word]] = [[] for _ in stretches]
    place = 0
    for word, there in zip(words, likely, strict=True):
        # Never back to a stretch before: words stay in their order.
        place = max(place, bisect_right(bounds_s, (there.start_s + there.end_s) / 2))
        found[place].append(word)
    return [tuple(each) for each in found]


def _laid_along(
    aligner: Aligner,
    words: Sequence[Word],
    recording: Recording,
    pieces: Sequence[Span],
    on_progress: Callable[[float], None],
) -> Alignment | None:
    """Where the aligner finds each word; None where it cannot be started."""
    timed: list[Word] = []
    found: list[bool] = []
    hesitations: list[Hesitation] = []
    for number, (piece, said) in enumerate(zip(pieces, _in_each(pieces, words, words), strict=True), start=1):
        if said and len(said) <= _MOST_WORDS_PER_S * piece.duration_s:
            try:
                aligned = aligner.align(said, recording.samples(piece.start_s, piece.end_s), piece.start_s)
            except EngineFailed:
                return None
            hesitations += aligned.hesitations
        else:
            aligned = Alignment(words=said, found=(False,) * len(said), hesitations=(), given_up=())
        timed += aligned.words
        found += aligned.found
        on_progress(number / len(pieces))
    return Alignment(words=tuple(timed), found=tuple(found), hesitations=tuple(hesitations), given_up=())


def _in_order(words: Sequence[Word]) -> list[Word]:
    said_until_s = 0.0
    ordered = []
    for word in words:
        start_s = max(word.start_s, said_until_s)
        said_until_s = max(word.end_s, start_s)
        ordered.append(replace(word, start_s=start_s, end_s=said_until_s))
    return ordered
