"""A Whisper model in memory, on this machine's processor or on its graphics card. The only module that loads one."""

import ctypes
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.errors import EngineFailed
from rehearse.transcription.model_files import check_tokenizer
from rehearse.transcription.models import Hardware

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

#: Whisper hears windows of this length, whatever is in them.
WINDOW_S = 30.0
#: Somebody who talks fast says 100 words in a window, about 130 tokens.
_WINDOW_TOKENS = 130

#: Kernels are chosen and memory is taken at the first call; the person waits for later ones.
_CARD_WARM_UPS = 1

#: On the card too: with 16-bit numbers between its layers, our own tiny model writes nothing at all there.
COMPUTE_TYPE = "int8"


class NotWanted(Exception):
    """Decoding ended early, as it was wished for no more."""


def always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowTime:
    """
    seconds   that a model needs for a full window of WINDOW_S, once it is loaded
    hardware  what it ran on
    """

    seconds: float
    hardware: Hardware


def window_time(folder: Path, threads: int, *, card: bool = True) -> WindowTime:
    """How fast the model is here: on the graphics card, if that is wished and one takes it, else on the processor.

    It hears quiet noise, so that nobody's voice is needed, and may not end its text before as many words as a fast
    speaker says in that time: encoding, decoding and alignment all take what they take for speech.

    Raises EngineFailed where the model does not load or breaks down.
    """
    if card and graphics_card():
        # What the card refuses, for want of memory or of a part of its software, the processor may still do.
        with suppress(EngineFailed):
            return WindowTime(seconds=_window_s(folder, threads, "cuda"), hardware="cuda")
    return WindowTime(seconds=_window_s(folder, threads, "cpu"), hardware="cpu")


def graphics_card() -> bool:
    """Whether there is an NVIDIA card, with a driver and the library of matrix products that CTranslate2 asks for."""
    with suppress(ImportError, RuntimeError):
        from ctranslate2 import get_cuda_device_count

        return get_cuda_device_count() > 0 and _matrix_products()
    return False


def load(folder: Path, threads: int, hardware: Hardware = "cpu", wanted: Callable[[], bool] = always) -> "WhisperModel":
    """The model in the folder; wanted is asked before each text, and NotWanted raised where it says no.

    Raises EngineFailed where a file of it is damaged, or the hardware does not take it.
    """
    from faster_whisper import WhisperModel

    class Leaving(WhisperModel):  # type: ignore[misc]
        """One call into CTranslate2 cannot be interrupted; between two of them is the place to leave."""

        def generate_with_fallback(self, *arguments: Any) -> Any:
            if not wanted():
                raise NotWanted
            return super().generate_with_fallback(*arguments)

    if hardware == "cuda":
        _matrix_products()
    try:
        check_tokenizer(folder)
        return Leaving(
            str(folder),
            device=hardware,
            compute_type=COMPUTE_TYPE,
            cpu_threads=threads,
            local_files_only=True,
        )
    except (RuntimeError, ValueError, OSError, MemoryError) as error:
        raise EngineFailed(
            f"The Whisper model in {folder} cannot be loaded: a file of it is damaged, or there is too little memory.",
            "Copy the model again, choose a smaller one, or use --engine draft.",
        ) from error


def _window_s(folder: Path, threads: int, hardware: Hardware) -> float:
    model = load(folder, threads, hardware)
    from faster_whisper.tokenizer import Tokenizer

    noise = np.random.default_rng(0).normal(0.0, 1e-3, int(WINDOW_S * 16_000)).astype(np.float32)
    try:
        tokenizer = Tokenizer(model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language="en")
        start = list(tokenizer.sot_sequence)
        for _ in range(1 + (_CARD_WARM_UPS if hardware == "cuda" else 0)):
            began = time.perf_counter()
            heard = model.encode(model.feature_extractor(noise)[:, :3000])
            written = model.model.generate(
                heard, [start], beam_size=5, max_length=len(start) + _WINDOW_TOKENS, suppress_tokens=[tokenizer.eot]
            )
            text = [token for token in written[0].sequences_ids[0] if token < tokenizer.eot]
            model.model.align(heard, start, [text], 3000)
        return time.perf_counter() - began
    except (RuntimeError, ValueError, OSError, MemoryError) as error:
        raise EngineFailed(
            f"The Whisper model {folder.name} broke down when it was tried.", "Choose a smaller one."
        ) from error


def _matrix_products() -> bool:
    """Whether cuBLAS is there, where the system finds it or in its Python package.

    CTranslate2 looks for it by name alone; one that is loaded already is found by that name.
    """
    name = "cublas64_12.dll" if sys.platform == "win32" else "libcublas.so.12"
    places = [name]
    with suppress(ImportError, ValueError):
        package = find_spec("nvidia.cublas")
        for place in (package.submodule_search_locations or ()) if package else ():
            places.append(str(Path(place) / ("bin" if sys.platform == "win32" else "lib") / name))
    for place in places:
        with suppress(OSError):
            ctypes.CDLL(place, mode=ctypes.RTLD_GLOBAL)
            return True
    return False
