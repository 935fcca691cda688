"""Where in a recording somebody speaks: Silero's probabilities, and spans whose edges are good to some hundredths.

Silero (v6, the ONNX file that ships inside faster-whisper) says how likely each 32 ms hold speech. It keeps state from
frame to frame, so feeding it while somebody speaks gives, bit for bit, what one pass over the finished file gives.
`speech_edges` then finds the silences between, which on Silero's grid are too coarse to be measured.
"""

import importlib.util
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Recording, Samples
from rehearse.errors import EngineFailed
from rehearse.transcription.onnx_models import opened
from rehearse.transcription.speech_edges import speech_spans
from rehearse.transcription.speech_levels import Levels, band_levels
from rehearse.transcription.transcript import FRAME_SAMPLES, Probabilities, SpeechActivity

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

#: Silero looks at each frame together with the last samples of the one before it.
_CONTEXT_SAMPLES = 64

_BLOCK_S = 10.0


class SpeechDetector:
    """Silero over sound that arrives piece by piece. Not for use from two threads at once.

    Every whole frame of 512 samples gives one probability; what is left over waits for the next piece.
    Raises EngineFailed where the model is missing or cannot be run.
    """

    def __init__(self) -> None:
        self._session = _session()
        self._hidden = np.zeros((1, 1, 128), np.float32)
        self._cell = np.zeros((1, 1, 128), np.float32)
        self._context = np.zeros(_CONTEXT_SAMPLES, np.float32)
        self._waiting = np.zeros(0, np.float32)

    def feed(self, samples: Samples) -> Probabilities:
        """Speech probabilities (0..1) of the frames that these samples complete, shape (n,), perhaps empty.

        samples  mono at 16 kHz, shape (m,), -1.0..1.0, of any length
        """
        sound = np.concatenate([self._waiting, samples.astype(np.float32, copy=False)])
        whole = len(sound) // FRAME_SAMPLES * FRAME_SAMPLES
        self._waiting = sound[whole:].copy()
        return self._run(sound[:whole].reshape(-1, FRAME_SAMPLES))

    def finish(self) -> Probabilities:
        """The probability of the last, incomplete frame, filled up with silence: shape (1,), or (0,) without one.

        The detector must not be fed any more after this.
        """
        if not len(self._waiting):
            return np.zeros(0, np.float32)
        frame = np.zeros(FRAME_SAMPLES, np.float32)
        frame[: len(self._waiting)] = self._waiting
        # faster-whisper blanks the end of its last frame (it reuses that memory as context); so do we, to equal it.
        frame[-_CONTEXT_SAMPLES:] = 0.0
        self._waiting = np.zeros(0, np.float32)
        return self._run(frame[np.newaxis])

    def _run(self, frames: Samples) -> Probabilities:
        if not len(frames):
            return np.zeros(0, np.float32)
        before = np.vstack([self._context[np.newaxis], frames[:-1, -_CONTEXT_SAMPLES:]])
        self._context = frames[-1, -_CONTEXT_SAMPLES:].copy()
        inputs = {"input": np.hstack([before, frames]), "h": self._hidden, "c": self._cell}
        probabilities, self._hidden, self._cell = self._session.run(None, inputs)
        result: Probabilities = probabilities.reshape(-1)
        return result


def detect_speech(
    recording: Recording, on_progress: Callable[[float], None] | None = None
) -> tuple[Probabilities, SpeechActivity]:
    """The speech probabilities of a recording at 16 kHz and the spans of speech they lead to.

    on_progress  called now and then with the part done, 0..1

    Raises RecordingUnreadable where the file cannot be read, EngineFailed where the model cannot be run.
    """
    probabilities = speech_probabilities(recording, on_progress)
    return probabilities, find_speech(recording, probabilities)


def speech_probabilities(recording: Recording, on_progress: Callable[[float], None] | None = None) -> Probabilities:
    """One speech probability (0..1) for every 512 samples begun, shape (ceil(samples / 512),).

    recording    at 16 kHz; read in blocks, so that its length does not decide how much memory is needed
    on_progress  called after each block with the part done, 0..1

    Raises RecordingUnreadable where the file cannot be read, EngineFailed where the model cannot be run.
    """
    _check_rate(recording)
    detector = SpeechDetector()
    parts: list[Probabilities] = []
    done = 0
    for block in recording.blocks(_BLOCK_S):
        parts.append(detector.feed(block))
        done += len(block)
        if on_progress is not None:
            on_progress(min(1.0, done / ANALYSIS_RATE_HZ / recording.recording_s))
    parts.append(detector.finish())
    return np.concatenate(parts)


def find_speech(recording: Recording, probabilities: Probabilities, levels: Levels | None = None) -> SpeechActivity:
    """Spans of speech: gaps of at least 100 ms between them, each at least 60 ms long, nothing added at their ends.

    recording      at 16 kHz; read in blocks
    probabilities  of this recording, as `speech_probabilities` gives them
    levels         of this recording, as `band_levels` gives them; None to work them out here

    Raises RecordingUnreadable where the file cannot be read.
    """
    _check_rate(recording)
    if levels is None:
        levels = band_levels(recording.blocks(_BLOCK_S))
    spans, silences = speech_spans(levels, probabilities, recording.samples)
    return SpeechActivity(recording_s=recording.recording_s, spans=spans, silences=silences)


def _check_rate(recording: Recording) -> None:
    if recording.sample_rate_hz != ANALYSIS_RATE_HZ:
        raise ValueError(f"speech is looked for at {ANALYSIS_RATE_HZ} Hz, not at {recording.sample_rate_hz} Hz")


@lru_cache(maxsize=1)
def _session() -> "InferenceSession":
    """The model, loaded once. The file is found without importing faster-whisper, which would take far longer."""
    again = "Install rehearse again; the model comes with its faster-whisper package."
    package = importlib.util.find_spec("faster_whisper")
    if package is None or package.origin is None:
        raise EngineFailed("The model that finds speech is not installed.", again)
    return opened(Path(package.origin).parent / "assets" / "silero_vad_v6.onnx", "finds speech", again)
