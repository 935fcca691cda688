"""What the sound adds to a transcript that was brought along."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse.audio.decoding import decode
from rehearse.audio.recording import Recording, Samples
from rehearse.errors import EngineFailed
from rehearse.transcription.aligner import Aligner
from rehearse.transcription.alignment import Alignment
from rehearse.transcription.given import with_sound
from rehearse.transcription.transcript import EngineIdentity, Span, SpeechActivity, Transcript, Word

FIXTURES = Path(__file__).parents[1] / "fixtures"
GIVEN = EngineIdentity(name="given", model="large-v3", version="")
#: Speech throughout, for what does not listen.
ALL = SpeechActivity(recording_s=15.0, spans=(Span(start_s=0.5, end_s=14.5),))


class Listening(Aligner):
    """Finds every word where it was said to be, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[int, float, float]] = []

    def align(self, words: Sequence[Word], samples: Samples, start_s: float) -> Alignment:
        self.asked.append((len(words), round(start_s, 2), round(start_s + len(samples) / 16_000, 2)))
        return Alignment(words=tuple(words), found=(True,) * len(words), hesitations=(), given_up=())


class Broken(Aligner):
    def align(self, words: Sequence[Word], samples: Samples, start_s: float) -> Alignment:
        raise EngineFailed("The program that finds each word in the sound could not be started.")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return decode(FIXTURES / "short-answer.flac", tmp_path_factory.mktemp("sound") / "sound.wav")


def said(language: str = "en") -> Transcript:
    """The words of the short answer without their 'um', as Whisper would leave it out."""
    truth = json.loads((FIXTURES / "short-answer.json").read_text(encoding="utf-8"))
    words = (
        Word(text=each["word"], start_s=each["start_s"], end_s=each["end_s"])
        for each in truth["words"]
        if each["word"] != "um"
    )
    return Transcript(language=language, words=tuple(words), engine=GIVEN)


def words_every(step_s: float, until_s: float, text: str = "so") -> tuple[Word, ...]:
    starts_s = [step_s * number for number in range(int(until_s / step_s))]
    return tuple(Word(text=text, start_s=start_s, end_s=start_s + 0.3) for start_s in starts_s)


@pytest.fixture
def silence(tmp_path: Path) -> Callable[[float], Recording]:
    def make(seconds: float) -> Recording:
        soundfile.write(tmp_path / "silence.wav", np.zeros(round(seconds * 16_000), dtype=np.float32), 16_000)
        return Recording(path=tmp_path / "silence.wav", sample_rate_hz=16_000, recording_s=seconds)

    return make


def ignore(done: float) -> None: ...


def test_a_filled_pause_that_the_transcript_lacks_has_its_place(sound: Recording) -> None:
    told: list[float] = []
    transcript = with_sound(said(), sound, (Span(start_s=0.3, end_s=15.0),), ALL, told.append)
    assert transcript.hesitations is not None and told[-1] == 1.0
    assert any(each.start_s == pytest.approx(3.22, abs=0.1) for each in transcript.hesitations)
    assert [word.text for word in transcript.words] == [word.text for word in said().words]
    assert str(transcript.engine.options["stretched_words"]).startswith("pocketsphinx")


def test_a_word_dragged_back_over_the_filled_pause_is_put_where_it_was_said(sound: Recording) -> None:
    given = said()
    at = next(place for place, word in enumerate(given.words) if word.start_s > 3.6)
    true = given.words[at]
    dragged = replace(true, start_s=given.words[at - 1].end_s)
    words = (*given.words[:at], dragged, *given.words[at + 1 :])
    placed = with_sound(replace(given, words=words), sound, (Span(start_s=0.3, end_s=15.0),), ALL, ignore).words[at]
    assert dragged.end_s - dragged.start_s > 0.9
    assert placed.start_s == pytest.approx(true.start_s, abs=0.15)


def test_words_with_likely_times_keep_them(sound: Recording) -> None:
    short = [word for word in said().words if word.end_s - word.start_s < 0.3]
    now = with_sound(said(), sound, (Span(start_s=0.3, end_s=15.0),), ALL, ignore).words
    assert set(short) <= set(now) and len(short) > 20


def test_in_another_language_the_words_stay_and_nobody_looked(sound: Recording) -> None:
    transcript = with_sound(said("de"), sound, (Span(start_s=0.3, end_s=15.0),), ALL, ignore, Broken())
    assert transcript.hesitations is None and transcript.words == said().words


def test_where_the_aligner_cannot_be_started_the_words_stay_and_nobody_looked(sound: Recording) -> None:
    transcript = with_sound(said(), sound, (Span(start_s=0.3, end_s=15.0),), ALL, ignore, Broken())
    assert transcript.hesitations is None and transcript.words == said().words


@pytest.mark.parametrize("language", ["en", "de"])
def test_speech_that_has_no_words_is_a_doubt(sound: Recording, language: str) -> None:
    chunks = (Span(start_s=0.3, end_s=7.0), Span(start_s=7.5, end_s=15.0))
    given = replace(said(language), words=tuple(word for word in said().words if word.end_s < 6.0))
    (doubt,) = with_sound(given, sound, chunks, ALL, ignore, Listening()).doubts
    assert doubt.why == "no words" and doubt.start_s == 7.5


def test_short_chunks_are_laid_along_the_sound_together(sound: Recording) -> None:
    aligner = Listening()
    chunks = tuple(Span(start_s=5.0 * n, end_s=5.0 * n + 4.0) for n in range(3))
    with_sound(replace(said(), words=words_every(0.5, 15.0)), sound, chunks, ALL, ignore, aligner)
    assert aligner.asked == [(30, 0.0, 14.0)]


def test_a_long_answer_is_cut_where_no_word_is_near(silence: Callable[[float], Recording]) -> None:
    aligner = Listening()
    chunks = tuple(Span(start_s=5.0 * n, end_s=5.0 * n + 4.0) for n in range(8))
    quiet = [word for word in words_every(0.5, 40.0) if not 18.0 < word.start_s < 21.0]
    activity = SpeechActivity(recording_s=40.0, spans=(Span(start_s=0.0, end_s=40.0),))
    with_sound(replace(said(), words=tuple(quiet)), silence(40.0), chunks, activity, ignore, aligner)
    assert [(start_s, end_s) for _, start_s, end_s in aligner.asked] == [(0.0, 19.0), (20.0, 39.0)]
    assert sum(count for count, *_ in aligner.asked) == len(quiet)


def test_more_words_than_anybody_can_say_are_not_looked_for(silence: Callable[[float], Recording]) -> None:
    aligner = Listening()
    given = replace(said(), words=words_every(0.01, 4.0, "on and on"))
    activity = SpeechActivity(recording_s=5.0, spans=(Span(start_s=0.0, end_s=5.0),))
    transcript = with_sound(given, silence(5.0), (Span(start_s=0.0, end_s=5.0),), activity, ignore, aligner)
    assert aligner.asked == [] and transcript.hesitations == () and len(transcript.words) == 400
    assert [doubt.why for doubt in transcript.doubts] == ["in circles"]


def test_speech_too_short_for_an_engine_is_heard_all_the_same(silence: Callable[[float], Recording]) -> None:
    aligner = Listening()
    activity = SpeechActivity(recording_s=5.0, spans=(Span(start_s=1.0, end_s=1.2),))
    given = replace(said(), words=(Word(text="yes", start_s=1.0, end_s=1.2),))
    assert with_sound(given, silence(5.0), (), activity, ignore, aligner).hesitations == ()
    assert aligner.asked == [(1, 1.0, 1.2)]
