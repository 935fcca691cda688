import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile
from made_voices import vowel

from rehearse.audio.decoding import decode
from rehearse.audio.recording import Recording, open_recording
from rehearse.correcting import remeasure
from rehearse.errors import EngineFailed, NoSpeechHeard, NothingRecorded, RecordingTooLong
from rehearse.hearing import Listener, Stage, hear
from rehearse.practice import Answer, keep_answer, practise
from rehearse.question import QuestionDraft, Target
from rehearse.settings import FillerSettings
from rehearse.storage.store import Store
from rehearse.transcription.transcript import AlignedWords, EngineIdentity, Hesitation, Span, Word

TARGET = Target(low_s=5, high_s=20)
SHORT_ANSWER = Path(__file__).parent / "fixtures" / "short-answer.flac"
START = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


class ScriptedEngine:
    """Says the same words in every chunk, one each second: the seam that a recogniser fills."""

    identity = EngineIdentity(name="whisper", model="scripted", version="1", options={"beam": 5})
    language = "en"

    def __init__(self, text: str = "so um I said what I had seen", fault: Exception | None = None) -> None:
        self.text = text
        self.fault = fault
        self.closed = False

    def decode(self, chunks: Sequence[Span], recording: Recording) -> Iterator[tuple[Word, ...]]:
        for chunk in chunks:
            if self.fault:
                raise self.fault
            step = chunk.duration_s / max(1, len(self.text.split()))
            yield tuple(
                Word(text=word, start_s=chunk.start_s + n * step, end_s=chunk.start_s + (n + 0.9) * step)
                for n, word in enumerate(self.text.split())
            )

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "home" / "recordings").mkdir(parents=True)
    with Store.open(tmp_path / "home" / "rehearse.db", tmp_path / "home" / "recordings") as store:
        yield store


@pytest.fixture
def question(store):
    return store.add_question(QuestionDraft(text="Why this job?"), START)


@pytest.fixture
def answer(tmp_path):
    numbers = iter(range(100))

    def make(source: str = "answer.m4a", samples: np.ndarray | None = None, rate: int = 16_000) -> Answer:
        number = next(numbers)
        path = tmp_path / "home" / "recordings" / f"{number}.wav"
        if samples is None:
            recording = decode(SHORT_ANSWER, path)
        else:
            soundfile.write(path, samples, rate, subtype="PCM_16")
            recording = open_recording(path)
        return Answer(recording=recording, recorded_at=START + timedelta(days=number), source=source)

    return make


def listener(engine=None, **more):
    return Listener(engine=engine or ScriptedEngine(), fillers=FillerSettings(), **more)


def run(store, question, answer, engine=None):
    attempt = keep_answer(question, answer, store)
    return practise(attempt, TARGET, listener=listener(engine), store=store, now=lambda: START)


def test_an_answer_is_kept_heard_measured_and_judged(store, question, answer):
    out = run(store, question, answer())
    assert out.attempt.measures == out.measures
    assert store.transcript(out.attempt.id) == out.transcript
    assert out.measures.filled_pause_count is not None and out.measures.filled_pause_count >= 1
    assert out.measures.engine == ScriptedEngine.identity
    assert out.comparison.earlier_count == 0 and out.verdict.keep


def test_the_next_answer_is_compared_with_the_one_before(store, question, answer):
    first = run(store, question, answer())
    second = run(store, question, answer())
    assert [attempt.id for attempt in second.earlier] == [first.attempt.id]
    assert second.comparison.earlier_count == 1 and second.comparison.about_the_same


def test_an_old_recording_is_compared_with_what_came_before_it_only(store, question, answer):
    early, late = answer(), answer()
    run(store, question, late)
    assert run(store, question, early).comparison.earlier_count == 0


def test_a_failing_engine_loses_nothing_and_says_where_the_answer_is(store, question, answer):
    engine = ScriptedEngine(fault=EngineFailed("The recogniser stopped.", "Try again."))
    with pytest.raises(EngineFailed, match="kept as attempt 1") as caught:
        run(store, question, answer(source=""), engine)
    assert caught.value.hint == "Try again. Then: rehearse transcribe 1"
    (attempt,) = store.attempts()
    assert attempt.measures is None and attempt.recording is not None and attempt.recording.path.exists()
    assert store.unheard() == (attempt.id,)


def test_plain_silence_is_refused_before_anything_is_transcribed_and_not_kept(store, question, answer):
    engine = ScriptedEngine(fault=AssertionError("must not be asked"))
    with pytest.raises(NothingRecorded, match="silent"):
        run(store, question, answer(source="", samples=np.zeros(48_000)), engine)
    assert store.attempts() == ()


def test_an_empty_recording_is_not_a_silent_one(store, question, answer):
    with pytest.raises(NothingRecorded, match="empty"):
        run(store, question, answer(source="", samples=np.zeros(800)))


def test_a_recording_without_a_voice_is_kept_if_it_was_spoken_here(store, question, answer):
    noise = np.random.default_rng(1).normal(0, 0.003, 48_000)
    with pytest.raises(NoSpeechHeard, match="is kept as attempt 1"):
        run(store, question, answer(source="", samples=noise))
    assert len(store.attempts()) == 1
    assert store.unheard() == (), "it was listened to; nobody is reminded of it at every start"
    assert len(store.untranscribed()) == 1, "another engine may still try"


def test_an_imported_file_without_a_voice_is_not_kept(store, question, answer):
    noise = np.random.default_rng(1).normal(0, 0.003, 48_000)
    with pytest.raises(NoSpeechHeard, match="No speech"):
        run(store, question, answer(samples=noise))
    assert store.attempts() == ()


def test_speech_without_words_is_measured_by_its_sound(store, question, answer):
    out = run(store, question, answer(), ScriptedEngine(text=""))
    assert out.measures.answer_s > 5
    assert out.measures.word_count is None and out.measures.fillers_per_min is None


def test_a_recording_at_another_rate_gives_the_same_length(store, question, answer):
    sound, rate = soundfile.read(SHORT_ANSWER)
    at_48k = np.interp(np.arange(len(sound) * 3) / 3, np.arange(len(sound)), sound)
    assert rate == 16_000
    usual = run(store, question, answer())
    resampled = run(store, question, answer(samples=at_48k, rate=48_000))
    assert resampled.measures.answer_s == pytest.approx(usual.measures.answer_s, abs=0.05)


def test_progress_goes_from_listening_to_transcribing_and_the_length_comes_early(store, question, answer):
    told: list[object] = []
    ear = listener(
        on_progress=lambda stage, done: told.append((stage, done)), on_length=lambda length: told.append("length")
    )
    practise(keep_answer(question, answer(), store), TARGET, listener=ear, store=store, now=lambda: START)
    stages = [entry[0] for entry in told if entry != "length"]
    assert stages == sorted(stages, key=[Stage.LISTENING, Stage.TRANSCRIBING].index)
    assert told[-1] == (Stage.TRANSCRIBING, 1.0)
    assert told.index("length") < next(n for n, e in enumerate(told) if e != "length" and e[0] is Stage.TRANSCRIBING)


def test_hours_of_sound_are_refused_with_the_way_out(tmp_path):
    day = Recording(path=tmp_path / "day.wav", sample_rate_hz=16_000, recording_s=3 * 3600.0)
    with pytest.raises(RecordingTooLong, match=r"3\.0 hours") as caught:
        hear(day, listener())
    assert "--start" in caught.value.hint


def test_remeasuring_counts_a_word_of_the_persons_own(store, question, answer):
    out = run(store, question, answer())
    before = out.measures.discourse_marker_count or 0
    measures = remeasure(out.attempt, fillers=FillerSettings(also=("seen",)), store=store)
    assert (measures.discourse_marker_count or 0) > before
    assert store.attempt(out.attempt.id).measures == measures


class AligningEngine(ScriptedEngine):
    """Leaves out every um, and says where one may stand: where there is one, and inside the first word."""

    def decode(self, chunks: Sequence[Span], recording: Recording) -> Iterator[tuple[Word, ...]]:
        truth = json.loads(SHORT_ANSWER.with_suffix(".json").read_text(encoding="utf-8"))
        um = next(filler for filler in truth["fillers"] if filler["kind"] == "sound")
        vowel_end_s = um["start_s"] + 0.4 * (um["end_s"] - um["start_s"])
        places = (
            Hesitation(start_s=um["start_s"], vowel_end_s=vowel_end_s, end_s=um["end_s"]),
            Hesitation(start_s=um["end_s"] + 0.4, vowel_end_s=um["end_s"] + 0.9, end_s=um["end_s"] + 0.9),
        )
        for words in super().decode(chunks, recording):
            yield AlignedWords.of(words, places)
            places = ()


def test_a_filled_pause_that_only_the_sound_gives_away_is_counted_as_such_and_so_it_stays(store, question, answer):
    out = run(store, question, answer(), AligningEngine("we did it all again"))
    assert out.transcript is not None and len(out.transcript.hesitations or ()) == 2
    assert out.measures.sound_fillers == "counted"
    assert [(filler.text, filler.source) for filler in out.measures.fillers or ()] == [("um", "sound")]
    assert remeasure(out.attempt, fillers=FillerSettings(), store=store) == out.measures


class FrenchEngine(ScriptedEngine):
    """Writes the words of the short answer where they were said, and not one hesitation, as Whisper does."""

    identity = EngineIdentity(name="whisper", model="scripted", version="1", options={"language": "fr"})
    language = "fr"

    def decode(self, chunks: Sequence[Span], recording: Recording) -> Iterator[tuple[Word, ...]]:
        truth = json.loads(SHORT_ANSWER.with_suffix(".json").read_text(encoding="utf-8"))
        words = [
            Word(text=word["word"], start_s=word["start_s"], end_s=word["end_s"])
            for word in truth["words"]
            if word["word"] != "um"
        ]
        for chunk in chunks:
            yield tuple(word for word in words if chunk.start_s <= word.start_s < chunk.end_s)


def test_in_a_language_without_an_aligner_a_vowel_between_the_words_is_counted(store, question, answer, tmp_path):
    samples = decode(SHORT_ANSWER, tmp_path / "plain.wav").samples()
    euh = vowel((500.0, 1450.0, 2500.0), 0.5)
    begin = round(11.8 * 16_000)
    samples[begin : begin + len(euh)] += euh.astype(np.float32)
    out = run(store, question, answer(samples=samples), FrenchEngine())
    assert out.measures.sound_fillers == "counted"
    (filler,) = [filler for filler in out.measures.fillers or () if filler.start_s > 11]
    assert (filler.text, filler.kind, filler.source) == ("euh", "sound", "sound")
    assert 11.75 < filler.start_s < 11.95 and 12.15 < filler.end_s < 12.35
    assert remeasure(out.attempt, fillers=FillerSettings(), store=store) == out.measures


def test_given_words_are_measured_in_place_of_an_engine_and_looked_for_in_the_sound(store, question, answer):
    transcript = run(store, question, answer()).transcript
    told = []
    ear = Listener(engine=None, fillers=FillerSettings(), on_progress=lambda stage, done: told.append((stage, done)))
    heard = hear(open_recording(SHORT_ANSWER), ear, transcript)
    assert heard.transcript.text == transcript.text and heard.measures.word_count
    assert heard.transcript.hesitations is not None
    assert told[-1] == (Stage.PLACING, 1.0)


def test_the_points_of_the_question_are_looked_for_and_follow_its_changes(store, answer):
    draft = QuestionDraft(text="Why this job?", points=("what I had seen there", "the river project"))
    question = store.add_question(draft, START)
    out = run(store, question, answer())
    assert out.measures.key_points is not None
    assert [point.said for point in out.measures.key_points] == [None, False]
    store.change_question(replace(question, points=("said and seen",)))
    measures = remeasure(out.attempt, fillers=FillerSettings(), store=store)
    assert [point.said for point in measures.key_points or ()] == [True]


def test_without_points_nothing_is_said_of_them(store, question, answer):
    assert run(store, question, answer()).measures.key_points is None
