"""Children that open sound devices, sounds to tell apart from any other, and an ear for them.

PortAudio looks at the machine once a process, so each test of a device opens it in a child process of its own, which
says what happens in lines of JSON and goes on when a line comes in.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile


class Child:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def says(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the child process said nothing: {self._process.communicate(timeout=60)[1]}"
        said: dict[str, Any] = json.loads(line)
        return said

    def hears_a_line(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """Stopped as a whole, as by a computer that sleeps, until the end of the context."""
        self._process.send_signal(signal.SIGSTOP)
        yield
        self._process.send_signal(signal.SIGCONT)

    def ends_saying(self) -> dict[str, Any]:
        """What it says before it ends, which it must do by itself and soon."""
        said: dict[str, Any] = json.loads(self._process.communicate(timeout=60)[0].splitlines()[-1])
        return said

    def noise(self) -> str:
        """All that it wrote on standard error, once it has ended."""
        return self._process.communicate(timeout=60)[1]


@contextmanager
def _child(script: str, environment: dict[str, str], *arguments: object) -> Iterator[Child]:
    process = subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Child(process)
        process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def child() -> Callable[..., AbstractContextManager[Child]]:
    """child(script, environment, argument ...): a context with the running Child."""
    return _child


@pytest.fixture
def spoken(tmp_path: Path) -> Path:
    """Half a second of deep noise: like nothing but itself, and untouched by a change of rate."""
    path = tmp_path / "spoken.wav"
    noise = np.convolve(np.random.default_rng(11).normal(size=8_000), np.hanning(16), mode="same")
    soundfile.write(path, 0.5 * noise / np.abs(noise).max(), 16_000)
    return path


def _likeness(heard: np.ndarray, spoken: np.ndarray) -> float:
    power = np.concatenate([[0.0], np.cumsum(heard**2)])
    loudest_part = (power[len(spoken) :] - power[: -len(spoken)]).max()
    # By their spectra: sample by sample a recording of a busy machine, which is long, would take minutes.
    spectrum = np.fft.rfft(heard) * np.conj(np.fft.rfft(spoken, len(heard)))
    alike = np.fft.irfft(spectrum, len(heard))[: len(heard) - len(spoken) + 1]
    return float(alike.max() / np.sqrt(loudest_part * np.sum(spoken**2)))


@pytest.fixture
def likeness() -> Callable[[Path, Path], float]:
    """likeness(heard, spoken): the largest correlation, -1..1, of `spoken` with a part of `heard` of its length."""
    return lambda heard, spoken: _likeness(soundfile.read(heard)[0], soundfile.read(spoken)[0])
