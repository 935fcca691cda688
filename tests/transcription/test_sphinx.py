"""The draft engine: PocketSphinx itself, in processes of its own, on a synthetic voice."""

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import pytest

from rehearse.audio.recording import Recording
from rehearse.errors import EngineFailed, RecordingUnreadable
from rehearse.transcription.sphinx import SphinxEngine, deaf_to_interrupts
from rehearse.transcription.transcript import Span

SENTENCE = "nobody had asked the customer what they wanted"


def whole(recording: Recording) -> Span:
    return Span(start_s=0.0, end_s=recording.recording_s)


@pytest.fixture(scope="module")
def engine() -> Iterator[SphinxEngine]:
    hearing = SphinxEngine(worker_count=2)
    yield hearing
    hearing.close()


@pytest.fixture(scope="module")
def sentence(speak: Callable[[str], Any]) -> Any:
    return speak(SENTENCE)


def test_a_plain_sentence_is_roughly_understood(
    engine: SphinxEngine, sentence: Any, record: Callable[..., Recording]
) -> None:
    recording = record(sentence)
    (words,) = engine.decode([whole(recording)], recording)
    assert jiwer.wer(SENTENCE, " ".join(word.text for word in words)) <= 0.4


def test_words_are_plain_and_their_times_lie_in_order_inside_the_chunk(
    engine: SphinxEngine, sentence: Any, record: Callable[..., Recording]
) -> None:
    recording = record(np.concatenate((np.zeros(16_000, dtype=np.float32), sentence)))
    chunk = Span(start_s=0.9, end_s=2.5)
    (words,) = engine.decode([chunk], recording)
    assert words and all(word.text.replace("'", "").isalpha() for word in words)
    times = [time for word in words for time in (word.start_s, word.end_s)]
    assert times == sorted(times)
    assert chunk.start_s <= times[0] and times[-1] <= chunk.end_s


def test_um_between_words_is_heard(
    engine: SphinxEngine, speak: Callable[[str], Any], record: Callable[..., Recording]
) -> None:
    recording = record(speak("i asked them, um, what they wanted"))
    (words,) = engine.decode([whole(recording)], recording)
    assert "um" in [word.text for word in words]


def test_chunks_come_in_order_and_none_depends_on_another(
    engine: SphinxEngine, speak: Callable[[str], Any], record: Callable[..., Recording]
) -> None:
    loud, quiet = speak("nobody had asked"), (speak("they were late") * 0.05).astype(np.float32)
    recording = record(np.concatenate((loud, quiet)))
    seam_s = len(loud) / 16_000
    first, second = Span(start_s=0.0, end_s=seam_s), Span(start_s=seam_s, end_s=recording.recording_s)
    shared_out = list(engine.decode([first, second, first], recording))
    assert shared_out[0] == shared_out[2] != shared_out[1] != ()
    alone = SphinxEngine(worker_count=1)
    try:
        assert list(alone.decode([second, first], recording)) == shared_out[1::-1]
    finally:
        alone.close()


@pytest.fixture(scope="module")
def long_sound(speak: Callable[[str], Any]) -> Any:
    return speak(f"{SENTENCE}, so i asked them, um, and this is what they said to me")


@pytest.mark.parametrize("seed", range(2))
def test_a_chunk_heard_while_it_is_spoken_has_the_words_it_has_afterwards(
    long_sound: Any, record: Callable[..., Recording], seed: int
) -> None:
    recording = record(long_sound)
    chunk = Span(start_s=0.1, end_s=recording.recording_s)
    random = np.random.default_rng(seed)
    places = [0.1, *np.sort(random.uniform(0.1, recording.recording_s, 6)).tolist()]
    listening = SphinxEngine(worker_count=0)
    for start_s, end_s in pairwise(places):
        listening.listen(Span(start_s=0.1, end_s=end_s), recording.samples(start_s, end_s))
    heard = next(listening.decode([chunk], recording))
    assert heard == next(SphinxEngine(worker_count=0).decode([chunk], recording)) != ()


@pytest.mark.slow
def test_what_was_heard_of_a_chunk_that_came_otherwise_is_forgotten(
    long_sound: Any, record: Callable[..., Recording]
) -> None:
    recording = record(long_sound)
    short, other = Span(start_s=0.0, end_s=2.0), Span(start_s=1.0, end_s=recording.recording_s)
    plain = list(SphinxEngine(worker_count=0).decode([short, other], recording))
    listening = SphinxEngine(worker_count=0)
    listening.listen(Span(start_s=0.0, end_s=4.5), recording.samples(0.0, 4.5))
    assert next(listening.decode([short], recording)) == plain[0], "it was cut shorter"
    listening.listen(Span(start_s=0.0, end_s=4.5), recording.samples(0.0, 4.5))
    listening.listen(Span(start_s=1.0, end_s=2.0), recording.samples(1.0, 2.0))
    listening.listen(Span(start_s=1.0, end_s=4.0), recording.samples(3.0, 4.0))
    assert next(listening.decode([other], recording)) == plain[1], "another chunk began, and a piece of it was missing"


def test_a_chunk_without_any_sound_gives_no_words(engine: SphinxEngine, record: Callable[..., Recording]) -> None:
    recording = record(np.zeros(16_000, dtype=np.float32))
    assert list(engine.decode([Span(start_s=1.0, end_s=1.0)], recording)) == [()]


def test_nothing_to_hear_starts_no_process(record: Callable[..., Recording]) -> None:
    before = set(multiprocessing.active_children())
    assert list(SphinxEngine(worker_count=2).decode([], record(np.zeros(100, dtype=np.float32)))) == []
    assert set(multiprocessing.active_children()) == before


def test_a_killed_worker_is_a_failure_in_words_and_the_engine_can_start_again(
    sentence: Any, record: Callable[..., Recording]
) -> None:
    recording = record(np.tile(sentence, 2))
    half_s = recording.recording_s / 2
    chunks = [Span(start_s=0.0, end_s=half_s), Span(start_s=half_s, end_s=2 * half_s)]
    before = set(multiprocessing.active_children())
    engine = SphinxEngine(worker_count=1)
    heard = engine.decode(chunks, recording)
    first = next(heard)
    (worker,) = set(multiprocessing.active_children()) - before
    worker.kill()
    with pytest.raises(EngineFailed, match="stopped in the middle"):
        next(heard)
    assert next(engine.decode(chunks, recording)) == first
    engine.close()
    assert set(multiprocessing.active_children()) == before


def test_a_recording_that_vanishes_is_reported_as_such_and_ends_the_processes(
    sentence: Any, record: Callable[..., Recording]
) -> None:
    recording = record(sentence)
    before = set(multiprocessing.active_children())
    recording.path.unlink()
    with pytest.raises(RecordingUnreadable):
        list(SphinxEngine(worker_count=1).decode([whole(recording)], recording))
    assert set(multiprocessing.active_children()) == before


def test_it_works_from_a_program_of_its_own_without_a_word_on_the_terminal(
    sentence: Any, record: Callable[..., Recording], tmp_path: Path
) -> None:
    recording = record(sentence)
    program = tmp_path / "program"
    program.write_text(
        textwrap.dedent(f"""\
            import sys
            from pathlib import Path
            from rehearse.audio.recording import open_recording
            from rehearse.transcription.sphinx import SphinxEngine
            from rehearse.transcription.transcript import Span
            if __name__ == "__main__":
                recording = open_recording(Path({str(recording.path)!r}))
                hearing = SphinxEngine(worker_count=1).decode([Span(start_s=0.0, end_s=2.0)], recording)
                sys.exit(0 if next(hearing) else 1)
            """)
    )
    ended = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, timeout=120)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_the_identity_says_what_was_set(engine: SphinxEngine) -> None:
    identity = engine.identity
    assert (identity.name, identity.model, engine.language) == ("draft", "en-us", "en")
    assert identity.version.startswith("pocketsphinx 5")
    assert (identity.options["uh"], identity.options["um"]) == ("+SPN+", "AH M")


@pytest.mark.skipif(sys.platform == "win32", reason="holds signals back as only POSIX does")
def test_ctrl_c_while_a_process_is_started_reaches_this_one_alone_and_is_not_lost() -> None:
    look = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))"
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), deaf_to_interrupts():
            os.kill(os.getpid(), signal.SIGINT)
            held_back = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True).stdout
        with deaf_to_interrupts():
            pass
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert held_back == "True\n"
