"""The process in which PocketSphinx listens: it holds Python's lock while it works, so it gets a Python of its own.

The only module of the draft engine that knows PocketSphinx. It is started by `rehearse.transcription.sphinx`.
"""

import re
import signal
import tempfile
from collections.abc import Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.audio.recording import ANALYSIS_RATE_HZ
from rehearse.transcription.transcript import Word

if TYPE_CHECKING:
    from pocketsphinx import Decoder

#: 'uh' is heard as what the acoustic model knows as a filled pause, a noise that may stand between any two words.
#: Noises have one phone only, so 'um' is a word of the language model, with this weight over an even share.
HESITATION_PHONE = "+SPN+"
UM_PHONES = "AH M"
UM_WEIGHT = 8000.0

#: A filled pause shorter than this is mostly a breath or part of a word.
LEAST_HESITATION_S = 0.2

_UH, _UM = "[UH]", "[UM]"
# The stock noise +NSN+ is left out: made as likely as a filled pause it swallows words.
#: A chunk is heard in pieces of a second, as it may still be spoken; but the acoustic model needs the mean of its
#: cepstra, which is taken over its beginning first and moves from there.
_PIECE_BYTES = 2 * ANALYSIS_RATE_HZ
MEAN_OVER_S = 4
_MEAN_BYTES = MEAN_OVER_S * _PIECE_BYTES
_MEAN = "mean"

_SILENCES = {"<s>": "SIL", "</s>": "SIL", "<sil>": "SIL"}
_PRONUNCIATION_VARIANT = re.compile(r"\(\d+\)$")
_FRAMES_PER_S = 100


def serve(connection: Connection, options: Mapping[str, str | int | float | bool]) -> None:
    """Answers each chunk of 16-bit mono sound at 16 kHz with a tuple of Words, timed from its start, or with None
    where PocketSphinx fails; ends when the other side is closed or gone, or where PocketSphinx cannot be started.
    """
    # Ctrl-C reaches every process of the terminal; the one that started this one decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        decoder = decoder_with(options)
        while True:
            connection.send(heard_by(decoder, connection.recv_bytes()))
    except (EOFError, OSError, ImportError, RuntimeError):
        # Nobody reads a traceback here: the other side sees the pipe close and says what that means.
        connection.close()


def decoder_with(options: Mapping[str, str | int | float | bool]) -> "Decoder":
    """A decoder that knows 'um' and 'uh'; raises RuntimeError or ImportError where PocketSphinx cannot be started."""
    from pocketsphinx import Decoder

    with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
        dictionary = Path(folder) / "noisedict"
        entries = (f"{word} {phone}\n" for word, phone in {**_SILENCES, _UH: HESITATION_PHONE}.items())
        dictionary.write_text("".join(entries), encoding="ascii")
        decoder = Decoder(samprate=ANALYSIS_RATE_HZ, fdict=str(dictionary), loglevel="FATAL", **options)
    decoder.get_lm(decoder.current_search()).add_word(_UM, UM_WEIGHT)
    decoder.add_word(_UM, UM_PHONES, True)
    # Any search would do: nothing is searched for where only the mean is wanted.
    decoder.add_keyphrase(_MEAN, "mean")
    return decoder


def heard_by(decoder: "Decoder", samples: bytes) -> tuple[Word, ...] | None:
    """The words of one chunk, timed from its start; None where PocketSphinx fails."""
    try:
        utterance = Utterance(decoder)
        utterance.feed(samples)
        return utterance.finish()
    except RuntimeError:
        return None


class Utterance:
    """One chunk that is heard as its sound comes; its words depend on that sound alone, not on how it came.

    fed_bytes  of it so far, 16-bit mono at 16 kHz

    One at a time for each decoder: finish or leave one before the next is fed. Raises RuntimeError where PocketSphinx
    fails.
    """

    def __init__(self, decoder: "Decoder") -> None:
        self.fed_bytes = 0
        self._decoder = decoder
        self._waiting = b""
        self._begun = False

    def feed(self, samples: bytes) -> None:
        self.fed_bytes += len(samples)
        self._waiting += samples
        if self._begun or len(self._waiting) >= _MEAN_BYTES:
            self._hear(len(self._waiting) // _PIECE_BYTES * _PIECE_BYTES)

    def finish(self) -> tuple[Word, ...]:
        """The words, timed from the start of the chunk."""
        if not self.fed_bytes:
            return ()
        self._hear(len(self._waiting))
        self._decoder.end_utt()
        return tuple(_words(self._decoder)) if self._decoder.hyp() else ()

    def leave(self) -> None:
        """Ends it where nobody wants its words."""
        if self._begun:
            self._decoder.end_utt()

    def _hear(self, size: int) -> None:
        if not self._begun:
            mean = _cepstral_mean(self._decoder, self._waiting[:_MEAN_BYTES])
            self._decoder.start_utt()
            self._decoder.set_cmn(mean)
            self._begun = True
        for start in range(0, size, _PIECE_BYTES):
            # PocketSphinx moves the mean as it goes: by whole seconds of the chunk, however its sound came.
            self._decoder.process_raw(self._waiting[start : min(start + _PIECE_BYTES, size)])
        self._waiting = self._waiting[size:]


def _cepstral_mean(decoder: "Decoder", samples: bytes) -> str:
    """Leaves the decoder as new: nothing it knows of the noise or the mean before stays."""
    words = decoder.current_search()
    decoder.activate_search(_MEAN)
    decoder.reinit_feat()
    decoder.start_utt()
    decoder.process_raw(samples, no_search=True, full_utt=True)
    mean: str = decoder.get_cmn()
    decoder.end_utt()
    decoder.activate_search(words)
    decoder.reinit_feat()
    return mean


def _words(decoder: "Decoder") -> Iterator[Word]:
    for segment in decoder.seg():
        start_s, end_s = segment.start_frame / _FRAMES_PER_S, (segment.end_frame + 1) / _FRAMES_PER_S
        text = _PRONUNCIATION_VARIANT.sub("", segment.word)
        if text in _SILENCES:
            continue
        if text in (_UM, _UH):
            if end_s - start_s < LEAST_HESITATION_S:
                continue
            text = text.strip("[]").lower()
        # The posterior of the word among all that the search kept; rounding takes it over 1 at times.
        yield Word(text=text, start_s=start_s, end_s=end_s, probability=min(1.0, segment.prob))
