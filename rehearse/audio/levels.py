"""How loud a recording is from moment to moment: what a picture of it is drawn from."""

import numpy as np

from rehearse.audio.recording import Recording

#: What silence is said to be.
SILENCE_DBFS = -120.0


def levels_dbfs(recording: Recording, every_s: float) -> tuple[float, ...]:
    """The RMS of each stretch of every_s seconds in order, the last one shorter; 0 dBFS is a square wave at full scale.

    Raises RecordingUnreadable where the file cannot be read.
    """
    size = max(1, round(every_s * recording.sample_rate_hz))
    found: list[float] = []
    for block in recording.blocks(size * 256 / recording.sample_rate_hz):
        squares = np.square(block, dtype=np.float64)
        power = np.add.reduceat(squares, np.arange(0, len(squares), size))
        counts = np.diff(np.append(np.arange(0, len(squares), size), len(squares)))
        found += (10 * np.log10(np.maximum(power / counts, 1e-12))).tolist()
    return tuple(found)
