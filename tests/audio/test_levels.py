from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse.audio.levels import SILENCE_DBFS, levels_dbfs
from rehearse.audio.recording import open_recording


def test_each_stretch_has_its_own_level_and_the_last_may_be_shorter(tmp_path: Path) -> None:
    path = tmp_path / "steps.wav"
    steps = [np.zeros(800), np.full(800, 0.1), np.full(800, -1.0), np.full(400, 0.5)]
    soundfile.write(path, np.concatenate(steps), 16_000, subtype="FLOAT")
    levels = levels_dbfs(open_recording(path), 0.05)
    assert levels == pytest.approx((SILENCE_DBFS, -20.0, 0.0, -6.0206), abs=0.001)


def test_a_long_recording_is_read_in_blocks_without_a_seam(tmp_path: Path) -> None:
    path = tmp_path / "even.wav"
    soundfile.write(path, np.full(16_000 * 30 + 1, 0.25), 16_000, subtype="FLOAT")
    levels = levels_dbfs(open_recording(path), 0.05)
    assert len(levels) == 601
    assert levels == pytest.approx([-12.0412] * 601, abs=0.001)
