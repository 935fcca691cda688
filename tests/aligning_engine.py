"""An engine that leaves the um of the short answer out of its words, and says where one may stand."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from rehearse.audio.recording import Recording
from rehearse.transcription.transcript import AlignedWords, EngineIdentity, Hesitation, Span, Word

SHORT_ANSWER = Path(__file__).parent / "fixtures" / "short-answer.flac"
UM = next(
    filler
    for filler in json.loads(SHORT_ANSWER.with_suffix(".json").read_text(encoding="utf-8"))["fillers"]
    if filler["kind"] == "sound"
)


class AligningEngine:
    """Says its words, one each second, in the first chunk.

    aligns  as Whisper does; else it does not look for filled pauses
    """

    language = "en"

    def __init__(self, text: str, *, model: str = "scripted", aligns: bool = True) -> None:
        self.identity = EngineIdentity(name="whisper", model=model, version="1", options={"language": "en"})
        self._texts = text.split()
        self._aligns = aligns

    def decode(self, chunks: Sequence[Span], recording: Recording) -> Iterator[tuple[Word, ...]]:
        vowel_end_s = UM["start_s"] + 0.4 * (UM["end_s"] - UM["start_s"])
        place = Hesitation(start_s=UM["start_s"], vowel_end_s=vowel_end_s, end_s=UM["end_s"])
        for number, chunk in enumerate(chunks):
            words = [
                Word(text=text, start_s=chunk.start_s + n, end_s=chunk.start_s + n + 0.5)
                for n, text in enumerate(self._texts if number == 0 else ())
            ]
            if self._aligns:
                yield AlignedWords.of(words, (place,) if number == 0 else ())
            else:
                yield tuple(words)

    def close(self) -> None: ...
