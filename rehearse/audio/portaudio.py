"""The PortAudio library: loading it, keeping it quiet, and making it look for devices again."""

import os
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from types import ModuleType

_streams: "weakref.WeakSet[Any]" = weakref.WeakSet()


def portaudio(unavailable: type[RehearseError]) -> "ModuleType":
    """The sounddevice module; raises the given error where the PortAudio library it needs is missing."""
    try:
        with quiet_stderr():
            import sounddevice
    except OSError as error:
        hint = "Install it with: python -m pip install --force-reinstall sounddevice"
        if sys.platform.startswith("linux"):
            hint = (
                "Install it with: sudo apt install libportaudio2\n"
                "(Fedora: sudo dnf install portaudio; Arch: sudo pacman -S portaudio)"
            )
        raise unavailable("Sound needs the PortAudio library, and it is not installed.", hint) from error
    return sounddevice  # type: ignore[no-any-return]


def in_use(stream: Any) -> None:
    """Remember a stream, so that devices are not counted anew under its feet."""
    _streams.add(stream)


def look_again(sounddevice: Any) -> None:
    """Find devices that came or went since the start, unless a stream is open.

    PortAudio knows the devices of the moment it was started and offers no other way than to start it again, which
    would pull every open stream away.
    """
    if all(stream.closed for stream in _streams):
        sounddevice._terminate()
        sounddevice._initialize()


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """Keep ALSA and JACK, which write straight to the terminal, from tearing up a screen."""
    try:
        kept = os.dup(2)
    except OSError:
        # A program without a terminal may have no standard error at all.
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
