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
    return decoder


def heard_by(decoder: "Decoder", samples: bytes) -> tuple[Word, ...] | None:
    """The words of one chunk, timed from its start; None where PocketSphinx fails."""
    if not samples:
        return ()
    try:
        # Else the noise estimate of the chunk before lives on; and the whole chunk is given at once so that the
        # cepstral mean is its own too. A chunk's words depend on its sound alone.
        decoder.reinit_feat()
        decoder.start_utt()
        decoder.process_raw(samples, full_utt=True)
        decoder.end_utt()
        return tuple(_words(decoder)) if decoder.hyp() else ()
    except RuntimeError:
        return None


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
