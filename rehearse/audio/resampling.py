"""Sound that comes block by block at one rate, given on at another."""

from typing import Any

import numpy as np
import numpy.typing as npt


class Resampler:
    """Takes mono 16-bit sound at from_hz and gives it at to_hz; some of it is held back until `rest`."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        import av

        self._from_hz = from_hz
        self._resampler: Any = av.AudioResampler(format="s16", layout="mono", rate=to_hz)

    def feed(self, samples: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
        """What can be given on after these samples; all arrays are of shape (n,), n >= 0."""
        import av

        if not len(samples):
            return samples
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis, :], format="s16", layout="mono")
        frame.sample_rate = self._from_hz
        return self._given(frame)

    def rest(self) -> npt.NDArray[np.int16]:
        """What was held back; nothing can be fed after that."""
        return self._given(None)

    def _given(self, frame: Any) -> npt.NDArray[np.int16]:
        blocks = [resampled.to_ndarray()[0] for resampled in self._resampler.resample(frame)]
        return np.concatenate([np.zeros(0, np.int16), *blocks])
