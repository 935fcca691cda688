"""An answer heard while it is spoken is kept as it should be, whatever becomes of the process that hears.

`bench/kills.py` does the same fifty times and through the whole program.
"""

import multiprocessing
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer

import numpy as np
import pytest
import soundfile

from rehearse.audio.journal import Journal
from rehearse.audio.recording import open_recording
from rehearse.hearing import Listener, hear
from rehearse.practice import Answer, keep_answer, practise
from rehearse.question import QuestionDraft, Target
from rehearse.settings import FillerSettings
from rehearse.storage.store import Store
from rehearse.transcription.live import LiveHearing
from rehearse.transcription.whisper import WhisperEngine

SHORT_ANSWER = Path(__file__).parent / "fixtures" / "short-answer.flac"
RATE_HZ, BLOCK = 16_000, 1600
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
#: Longer than the process takes to be ready, and the answer to arrive, here; less is as good.
LATEST_S = 2.0


@pytest.mark.parametrize("seed", range(5))
def test_a_process_killed_at_any_moment_leaves_the_attempt_that_the_finished_file_gives(
    tmp_path: Path, scripted_whisper: Callable[..., Path], seed: int
) -> None:
    folder = scripted_whisper("So", "um", "I", "said", "what", "I", "had", "seen.")
    random = np.random.default_rng(seed)
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    with (
        Store.open(tmp_path / "rehearse.db", recordings) as store,
        closing(LiveHearing(WhisperEngine(folder, language="en", prompt="", threads=1))) as live,
    ):
        (worker,) = (child for child in multiprocessing.active_children() if child.name == "rehearse-live")
        killer = Timer(random.uniform(0, LATEST_S), worker.kill)
        killer.start()
        journal = Journal(recordings, RATE_HZ)
        live.follow(journal.path, RATE_HZ)
        sound = soundfile.read(SHORT_ANSWER, dtype="int16")[0]
        for first in range(0, len(sound), BLOCK):
            killer.join(LATEST_S * BLOCK / len(sound))
            journal.append(sound[first : first + BLOCK].astype("<i2").tobytes())
        live.let_go()
        recording = open_recording(journal.finish())
        live.finish(recording)
        question = store.add_question(QuestionDraft(text="Tell me about your first job."), NOW)
        attempt = keep_answer(question, Answer(recording=recording, recorded_at=NOW), store)
        ear = Listener(engine=live.engine, detect=live.detect, fillers=FillerSettings())
        out = practise(attempt, Target(low_s=10, high_s=20), listener=ear, store=store, now=lambda: NOW)
        killer.join()
        batch = WhisperEngine(folder, language="en", prompt="", threads=1)
        heard = hear(recording, Listener(engine=batch, fillers=FillerSettings()))
        assert store.transcript(attempt.id) == heard.transcript and out.measures == heard.measures
        assert heard.measures.word_count, "there is nothing to compare"
