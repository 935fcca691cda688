"""Engines that go to another process and do there what a test tells them to, by the name of the recording."""

import os
import time
from collections.abc import Iterator, Sequence

from rehearse.audio.recording import Recording
from rehearse.errors import EngineFailed
from rehearse.transcription.transcript import EngineIdentity, Span, Word


class ScriptedEngine:
    """Says `text` in every chunk; fails, dies or hears without end where a recording is called so."""

    language = "en"

    def __init__(self, text: str) -> None:
        self._text = text
        self.identity = EngineIdentity(name="whisper", model="another", version="1")

    def decode(self, chunks: Sequence[Span], recording: Recording) -> Iterator[tuple[Word, ...]]:
        for chunk in chunks:
            if recording.path.stem == "fails":
                raise EngineFailed("It cannot.", "Leave it.")
            if recording.path.stem == "dies":
                os._exit(1)
            if recording.path.stem == "endless":
                time.sleep(3600)
            step = chunk.duration_s / max(1, len(self._text.split()))
            yield tuple(
                Word(text=word, start_s=chunk.start_s + n * step, end_s=chunk.start_s + (n + 0.9) * step)
                for n, word in enumerate(self._text.split())
            )

    def close(self) -> None:
        pass
