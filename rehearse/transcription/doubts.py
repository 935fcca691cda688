"""What in a recogniser's text is not to be trusted: circles, its own prompt, speech without words. Pure."""

import re
import zlib
from collections.abc import Iterator, Sequence

from rehearse.transcription.transcript import Doubt, Span, SpeechActivity, Word

#: Text that compresses better than this goes round in circles (Radford et al. 2022, section 4.5).
CIRCLES_COMPRESSION_RATIO = 2.4

#: So much speech without one word is no cough and no laugh any more. Own choice.
LEAST_WORDLESS_S = 1.0

#: Of a prompt of one word nobody can tell whether it was said.
_LEAST_ECHO_WORDS = 2

#: [Music], *sighs* and song between notes are no words; [UH] and [UM], as CrisperWhisper writes them, are said.
_TAG = re.compile(r"\[(?!u[hm]\])[^\]]*\]|\*[^*]*\*|♪[^♪]*", re.IGNORECASE)


def goes_in_circles(text: str) -> bool:
    """Whether the text says the same over and over, as recognisers do on sound that they cannot make out."""
    written = text.encode("utf-8", "replace")
    return len(written) > CIRCLES_COMPRESSION_RATIO * len(zlib.compress(written))


def echoes(text: str, prompt: str) -> bool:
    """Whether the text begins with all the words of the prompt, two or more, in their order: nobody talks like that."""
    shown = _plain(prompt)
    return len(shown) >= _LEAST_ECHO_WORDS and _plain(text)[: len(shown)] == shown


def doubts_of(
    chunks: Sequence[Span], heard: Sequence[Sequence[Word]], kept: Sequence[Sequence[Word]], speech: SpeechActivity
) -> tuple[Doubt, ...]:
    """The doubtful stretches of a transcript, in order and apart, each from the first speech in it to the last.

    heard  what the engine wrote for each chunk, after all its tries
    kept   what of that stands in the transcript

    A chunk is doubtful where its text goes in circles, or where there is a second of speech in it and no word. Where
    no word was made out at all, that is one doubt about all the speech, however short.
    """
    if speech.spans and not any(map(_says_something, kept)):
        return (Doubt(start_s=speech.spans[0].start_s, end_s=speech.spans[-1].end_s, why="no words"),)
    found: list[Doubt] = []
    before = None
    for number, doubt in _by_chunk(chunks, heard, kept, speech):
        if found and before == number - 1 and found[-1].why == doubt.why:
            found[-1] = Doubt(start_s=found[-1].start_s, end_s=doubt.end_s, why=doubt.why)
        else:
            found.append(doubt)
        before = number
    return tuple(found)


def _by_chunk(
    chunks: Sequence[Span], heard: Sequence[Sequence[Word]], kept: Sequence[Sequence[Word]], speech: SpeechActivity
) -> Iterator[tuple[int, Doubt]]:
    for number, (chunk, written, left) in enumerate(zip(chunks, heard, kept, strict=True)):
        spoken = _speech_in(chunk, speech)
        start_s, end_s = (spoken[0].start_s, spoken[-1].end_s) if spoken else (chunk.start_s, chunk.end_s)
        if not _says_something(left):
            if sum(part.duration_s for part in spoken) >= LEAST_WORDLESS_S:
                yield number, Doubt(start_s=start_s, end_s=end_s, why="no words")
        elif goes_in_circles(_text(written)):
            yield number, Doubt(start_s=start_s, end_s=end_s, why="in circles")


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _says_something(words: Sequence[Word]) -> bool:
    return any(sign.isalnum() for sign in _TAG.sub("", _text(words)))


def _speech_in(chunk: Span, speech: SpeechActivity) -> list[Span]:
    return [
        Span(start_s=max(chunk.start_s, span.start_s), end_s=min(chunk.end_s, span.end_s))
        for span in speech.spans
        if span.start_s < chunk.end_s and span.end_s > chunk.start_s
    ]
