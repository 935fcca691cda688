"""Hearing an answer while it is spoken: the real engines, in their real process, on a journal that really grows."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse.audio.journal import Journal
from rehearse.audio.recording import Recording, Samples, open_recording
from rehearse.transcription.aligner import Aligner
from rehearse.transcription.engines import Engine, transcribe
from rehearse.transcription.live import LiveHearing
from rehearse.transcription.live_worker import Worker
from rehearse.transcription.segmenter import chunk_spans
from rehearse.transcription.speech_activity import detect_speech
from rehearse.transcription.sphinx import SphinxEngine
from rehearse.transcription.transcript import Probabilities, Span, SpeechActivity, Transcript
from rehearse.transcription.whisper import WhisperEngine

FIXTURES = Path(__file__).parents[1] / "fixtures"
RATE_HZ = 16_000
PATIENCE_S = 60.0

HeardAll = tuple[Probabilities, SpeechActivity, Transcript]


@pytest.fixture(scope="module")
def answer() -> Samples:
    """Two short answers one after the other, with a pause of 3 s between: several chunks, and no more than that."""
    first, second = (
        soundfile.read(FIXTURES / name, dtype="float32")[0] for name in ("short-answer.flac", "another-voice.flac")
    )
    silence = np.zeros(3 * RATE_HZ, np.float32)
    sound: Samples = np.concatenate([first, silence, second])
    return sound


@pytest.fixture(scope="module")
def whisper(scripted_whisper: Callable[..., Path]) -> Callable[[], WhisperEngine]:
    folder = scripted_whisper("So", "um", "I", "said", "what", "I", "had", "seen.")
    return partial(WhisperEngine, folder, language="en", prompt="", threads=1)


@dataclass
class Speaking:
    """Sound that arrives in a journal piece by piece, with somebody listening."""

    journal: Journal
    live: LiveHearing

    def say(self, samples: Samples, random: np.random.Generator | None = None) -> None:
        """In pieces of a few bytes to half a second, at odd times; at once without a random generator."""
        sound = np.rint(samples * 32768).clip(-32768, 32767).astype("<i2").tobytes()
        while sound and random is not None:
            size = int(random.choice([1, 7, 1024, 4_096, 16_000]))
            self.journal.append(sound[:size])
            sound = sound[size:]
            if random.random() < 0.1:
                time.sleep(float(random.uniform(0, 0.05)))
        self.journal.append(sound)

    def until_heard(self, count: int) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while len(self.live.heard_spans) < count:
            assert time.monotonic() < deadline, f"only {self.live.heard_spans} heard"
            time.sleep(0.02)

    def stop(self) -> Recording:
        self.live.let_go()
        recording = open_recording(self.journal.finish())
        self.live.finish(recording)
        return recording


@pytest.fixture
def speaking(tmp_path: Path) -> Callable[..., AbstractContextManager[Speaking]]:
    @contextmanager
    def begin(engine: Engine, patience_s: float = PATIENCE_S) -> Iterator[Speaking]:
        with closing(LiveHearing(engine, patience_s)) as live:
            journal = Journal(tmp_path, RATE_HZ)
            live.follow(journal.path, RATE_HZ)
            yield Speaking(journal, live)

    return begin


def heard_afterwards(engine: Engine, recording: Recording) -> HeardAll:
    probabilities, speech = detect_speech(recording)
    chunks = chunk_spans(probabilities, recording.recording_s)
    with closing(engine):
        return probabilities, speech, transcribe(engine, recording, chunks, speech, lambda _: None)


def heard_live(live: LiveHearing, recording: Recording) -> HeardAll:
    probabilities, speech = live.detect(recording)
    chunks = chunk_spans(probabilities, recording.recording_s)
    return probabilities, speech, transcribe(live.engine, recording, chunks, speech, lambda _: None)


def assert_the_same(live: HeardAll, afterwards: HeardAll) -> None:
    np.testing.assert_array_equal(live[0], afterwards[0])
    assert live[1:] == afterwards[1:]
    assert live[2].words, "there is nothing to compare"


def live_processes() -> list[multiprocessing.process.BaseProcess]:
    return [process for process in multiprocessing.active_children() if process.name == "rehearse-live"]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_heard_live_is_what_is_heard_afterwards_however_the_sound_arrives(speaking, whisper, answer, seed):
    random = np.random.default_rng(seed)
    with speaking(whisper()) as person:
        cut = int(random.integers(len(answer) // 2, len(answer)))
        person.say(answer[:cut], random)
        person.until_heard(1)
        person.say(answer[cut : len(answer) - int(random.integers(RATE_HZ))], random)
        recording = person.stop()
        chunks = chunk_spans(detect_speech(recording)[0], recording.recording_s)
        assert len(chunks) > 1
        assert len(list(person.live.heard(chunks, recording))) == len(chunks), "all chunks are heard by the process"
        assert_the_same(heard_live(person.live, recording), heard_afterwards(whisper(), recording))


@pytest.mark.parametrize("seed", range(4))
def test_real_words_and_times_are_the_same_live(speaking, tiny_model, seed):
    random = np.random.default_rng(seed)
    names = random.permutation(["listed-other-voice", "listed-held-out-voice", "listed-other-voice"])[: 2 + seed % 2]
    said = [soundfile.read(FIXTURES / f"{name}.flac", dtype="float32")[0] for name in names]
    pauses = [np.zeros(round(random.uniform(0, 3) * RATE_HZ), np.float32) for _ in names]
    sound = np.concatenate([part for pair in zip(said, pauses, strict=True) for part in pair])
    with speaking(trained(tiny_model)) as person:
        person.say(sound[: len(sound) - int(random.integers(2 * RATE_HZ))], random)
        recording = person.stop()
        chunks = chunk_spans(detect_speech(recording)[0], recording.recording_s)
        assert len(list(person.live.heard(chunks, recording))) == len(chunks), "all chunks are heard by the process"
        live = heard_live(person.live, recording)
        assert_the_same(live, heard_afterwards(trained(tiny_model), recording))
        assert "He stayed with us for 3 more years" in live[2].text


def trained(folder: Path) -> WhisperEngine:
    return WhisperEngine(folder, language="en", prompt="Um, uh, hmm, er, ah.", threads=1)


def test_the_draft_engine_hears_the_same_live(speaking, answer):
    with speaking(SphinxEngine(worker_count=1)) as person:
        person.say(answer[: 4 * RATE_HZ], np.random.default_rng(1))
        recording = person.stop()
        chunks = chunk_spans(detect_speech(recording)[0], recording.recording_s)
        assert len(list(person.live.heard(chunks, recording))) == len(chunks)
        afterwards = heard_afterwards(SphinxEngine(worker_count=1), recording)
        assert_the_same(heard_live(person.live, recording), afterwards)


@pytest.mark.parametrize("moment", ["before it is ready", "while speaking", "after the end", "while being waited for"])
def test_a_process_that_is_killed_costs_no_word(speaking, whisper, answer, moment):
    with speaking(whisper()) as person:
        (process,) = live_processes()
        if moment == "before it is ready":
            process.kill()
        person.say(answer[: len(answer) // 2])
        if moment == "while speaking":
            person.until_heard(1)
            process.kill()
        person.say(answer[len(answer) // 2 :])
        recording = person.stop()
        if moment == "after the end":
            process.kill()
        if moment == "while being waited for":
            probabilities, _ = person.live.detect(recording)
            chunks = chunk_spans(probabilities, recording.recording_s)
            words = person.live.engine.decode(chunks, recording)
            live = [next(words)]
            process.kill()
            live.extend(words)
            assert live == list(whisper().decode(chunks, recording))
        else:
            assert_the_same(heard_live(person.live, recording), heard_afterwards(whisper(), recording))


@pytest.mark.skipif(os.name != "posix", reason="stops as only POSIX does")
@pytest.mark.parametrize("moment", ["before it is ready", "with a chunk on its way", "while being waited for"])
def test_a_process_that_hangs_costs_no_word(speaking, whisper, answer, moment):
    with speaking(whisper(), patience_s=0.3) as person:
        (process,) = live_processes()
        if moment == "before it is ready":
            os.kill(process.pid, signal.SIGSTOP)
        if moment == "with a chunk on its way":
            person.say(np.concatenate([answer[: 3 * RATE_HZ], np.zeros(RATE_HZ, np.float32)]))
            person.until_heard(1)
            os.kill(process.pid, signal.SIGSTOP)
        person.say(np.concatenate([answer, answer]))
        recording = person.stop()
        os.kill(process.pid, signal.SIGSTOP)
        assert_the_same(heard_live(person.live, recording), heard_afterwards(whisper(), recording))
        assert live_processes() == []


@pytest.mark.skipif(os.name != "posix", reason="stops as only POSIX does")
def test_a_process_that_hangs_can_be_ended(speaking, whisper):
    with speaking(whisper()) as person:
        (process,) = live_processes()
        os.kill(process.pid, signal.SIGSTOP)
        person.live.close()
        assert live_processes() == []


def test_an_engine_that_fails_live_is_asked_once_more_and_says_why(speaking, scripted_whisper, answer):
    folder = scripted_whisper("So")
    (folder / "tokenizer.json").write_text("{}")
    engine = WhisperEngine(folder, language="en", prompt="", threads=1)
    with speaking(engine) as person:
        person.say(answer[: 4 * RATE_HZ])
        recording = person.stop()
        with pytest.raises(Exception, match="cannot be loaded"):
            heard_live(person.live, recording)


def test_a_pause_at_the_end_is_heard_before_stop_is_pressed(speaking, whisper, answer):
    with speaking(whisper()) as person:
        person.say(np.concatenate([answer[: 3 * RATE_HZ], np.zeros(RATE_HZ, np.float32)]))
        person.until_heard(1)
        recording = person.stop()
        chunks = chunk_spans(detect_speech(recording)[0], recording.recording_s)
        assert person.live.heard_spans == chunks


def test_filled_pauses_found_live_are_those_found_afterwards(speaking, scripted_whisper, answer):
    folder = scripted_whisper("So", "I", "said", "what", "I", "had", "seen.")
    whisper = partial(WhisperEngine, folder, language="en", prompt="", threads=1)
    with speaking(whisper(aligner=Aligner())) as person:
        person.say(answer)
        recording = person.stop()
        live = heard_live(person.live, recording)
    assert live[2].hesitations, "there is nothing to compare"
    assert_the_same(live, heard_afterwards(whisper(aligner=Aligner()), recording))
    assert heard_afterwards(whisper(), recording)[2].hesitations is None


def test_a_guess_is_thrown_away_when_speech_goes_on(speaking, whisper, answer):
    with speaking(whisper()) as person:
        person.say(np.concatenate([answer[: 3 * RATE_HZ], np.zeros(RATE_HZ, np.float32)]))
        person.until_heard(1)
        (guess,) = person.live.heard_spans
        person.say(answer[3 * RATE_HZ : 6 * RATE_HZ])
        recording = person.stop()
        chunks = chunk_spans(detect_speech(recording)[0], recording.recording_s)
        assert guess not in chunks and guess.start_s == chunks[0].start_s
        assert_the_same(heard_live(person.live, recording), heard_afterwards(whisper(), recording))


def test_a_guess_that_was_given_up_does_no_harm_to_what_is_heard_next(whisper, answer):
    guess, chunk = Span(start_s=0.0, end_s=3.0), Span(start_s=0.0, end_s=4.0)
    with closing(Worker(whisper())) as worker:
        for wanted in (guess, chunk):
            while not worker.idle:
                worker.take(PATIENCE_S)
            worker.give(wanted, answer[: round(wanted.end_s * RATE_HZ)])
            if wanted == guess:
                worker.give_up()
        while not worker.idle:
            worker.take(PATIENCE_S)
        assert worker.heard[chunk] and worker.heard[chunk][-1].end_s > guess.end_s


def test_a_recording_without_speech_has_no_words(speaking, whisper):
    with speaking(whisper()) as person:
        person.say(np.zeros(RATE_HZ, np.float32))
        recording = person.stop()
        probabilities, speech, transcript = heard_live(person.live, recording)
        assert len(probabilities) == 32
        assert speech.spans == () and transcript.words == ()


def test_a_recording_that_ends_at_once_is_no_trouble(speaking, whisper):
    with speaking(whisper()) as person:
        recording = person.stop()
        assert person.live.heard_spans == () and recording.recording_s == 0.0


def test_a_recording_at_another_rate_is_left_for_afterwards(whisper, tmp_path, answer):
    with closing(LiveHearing(whisper())) as live:
        journal = Journal(tmp_path, 48_000)
        live.follow(journal.path, 48_000)
        journal.append(b"\0\0" * 48_000)
        live.finish(open_recording(journal.finish()))
        sound = tmp_path / "sound.wav"
        soundfile.write(sound, answer[: 3 * RATE_HZ], RATE_HZ)
        recording = open_recording(sound)
        assert list(live.heard((Span(start_s=0.5, end_s=2.0),), recording)) == []
        assert_the_same(heard_live(live, recording), heard_afterwards(whisper(), recording))


def test_nothing_is_left_running_after_close(speaking, whisper, answer):
    with speaking(whisper()) as person:
        (process,) = live_processes()
        person.say(answer)
        pid = process.pid
    assert live_processes() == []
    if os.name == "posix":
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_the_file_can_be_deleted_after_close(speaking, whisper, answer):
    with speaking(whisper()) as person:
        person.say(answer[:RATE_HZ])
        person.live.close()
        person.journal.discard()
        assert not person.journal.path.exists()


def test_ending_the_process_leaves_nothing_on_the_terminal(tmp_path, scripted_whisper):
    program = tmp_path / "program.py"
    program.write_text(
        "import sys, time\n"
        "from pathlib import Path\n"
        "from rehearse.transcription.live import LiveHearing\n"
        "from rehearse.transcription.whisper import WhisperEngine\n"
        "if __name__ == '__main__':\n"
        "    live = LiveHearing(WhisperEngine(Path(sys.argv[1]), language='en', prompt='', threads=1))\n"
        "    journal, rate_hz = Path(sys.argv[2]), 16_000\n"
        "    live.follow(journal, rate_hz)\n"
        "    while not live.heard_spans:\n"
        "        time.sleep(0.02)\n"
        "    live.close()\n"
    )
    journal = Journal(tmp_path, RATE_HZ)
    sound = soundfile.read(FIXTURES / "short-answer.flac", dtype="int16")[0][: 4 * RATE_HZ]
    journal.append(sound.tobytes() + bytes(2 * RATE_HZ))
    command = [sys.executable, str(program), str(scripted_whisper("So")), str(journal.path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    journal.discard()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(os.name != "posix", reason="kills as only POSIX does")
def test_the_process_ends_with_a_program_that_is_killed(tmp_path):
    script = (
        "import multiprocessing, sys, time\n"
        "from rehearse.transcription.live import LiveHearing\n"
        "from rehearse.transcription.sphinx import SphinxEngine\n"
        "if __name__ == '__main__':\n"
        "    live = LiveHearing(SphinxEngine(worker_count=1))\n"
        "    print(multiprocessing.active_children()[0].pid, flush=True)\n"
        "    time.sleep(600)\n"
    )
    program = tmp_path / "program.py"
    program.write_text(script)
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        os.kill(parent.pid, signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE_S
    while _is_running(pid):
        assert time.monotonic() < deadline, "the process outlived the program"
        time.sleep(0.05)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # One that has ended but whose end nobody has asked for is a zombie here, where the parent is gone.
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")
