"""The bundled example answers as one long speech: what the other benchmarks let somebody say."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import soundfile

from rehearse.audio.recording import Samples

DEMO = Path(__file__).resolve().parents[1] / "fixtures" / "demo"
RATE_HZ = 16_000
#: Samples that a microphone delivers at once.
BLOCK = 512


def demo_files() -> list[Path]:
    return sorted(DEMO.glob("*.flac"))


def sounds_of(files: Iterable[Path]) -> list[Samples]:
    """Each of the answers, at RATE_HZ."""
    return [soundfile.read(path, dtype="float32")[0] for path in files]


def over_and_over(length_s: float) -> Samples:
    """So many seconds of them, one after the other and again from the first."""
    speech: Samples = np.resize(np.concatenate(sounds_of(demo_files())), round(length_s * RATE_HZ))
    return speech
