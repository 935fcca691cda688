"""Sound written on the spot."""

import shutil
import subprocess
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from rehearse.audio.recording import Recording, open_recording

RATE_HZ = 16_000


@pytest.fixture
def record(tmp_path: Path) -> Callable[[npt.NDArray[np.float32]], Recording]:
    """record(samples): a 16 kHz recording of them."""

    def write(samples: npt.NDArray[np.float32]) -> Recording:
        path = tmp_path / f"recording-{len(list(tmp_path.glob('recording-*')))}.wav"
        with wave.open(str(path), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE_HZ)
            sound.writeframes((samples * 32767).astype("<i2").tobytes())
        return open_recording(path)

    return write


@pytest.fixture(scope="session")
def speak(need: Callable[..., None], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    """speak(text): samples at 16 kHz of a synthetic voice saying it."""

    def synthesise(text: str) -> npt.NDArray[np.float32]:
        need("flite")
        path = tmp_path_factory.mktemp("flite") / "speech.wav"
        flite = shutil.which("flite")
        assert flite is not None
        subprocess.run([flite, "-voice", "rms", "-t", text, "-o", str(path)], check=True, capture_output=True)
        with wave.open(str(path), "rb") as sound:
            assert sound.getframerate() == RATE_HZ
            frames = sound.readframes(sound.getnframes())
        return (np.frombuffer(frames, dtype="<i2") / 32768).astype(np.float32)

    return synthesise
