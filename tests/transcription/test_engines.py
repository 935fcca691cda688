"""Choosing an engine, and turning what it hears into a transcript."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recording import Recording
from rehearse.errors import EngineFailed, ModelUnavailable
from rehearse.settings import Settings, TranscriptionSettings, load_settings
from rehearse.transcription.engines import choose, transcribe
from rehearse.transcription.sphinx import SphinxEngine
from rehearse.transcription.transcript import EngineIdentity, Span, SpeechActivity, Word
from rehearse.transcription.whisper import WhisperEngine

IDENTITY = EngineIdentity(name="draft", model="told", version="1")


class ToldEngine:
    """An engine that hears what it is told."""

    identity = IDENTITY
    language = "en"

    def __init__(self, *heard: tuple[Word, ...]) -> None:
        self._heard = heard

    def decode(self, chunks: Sequence[Span], recording: Recording) -> Iterator[tuple[Word, ...]]:
        yield from self._heard

    def close(self) -> None:
        raise AssertionError("whoever made the engine closes it")


class BreakingEngine(ToldEngine):
    def decode(self, chunks: Sequence[Span], recording: Recording) -> Iterator[tuple[Word, ...]]:
        yield ()
        raise EngineFailed("It stopped.")


def word(text: str, start_s: float, end_s: float) -> Word:
    return Word(text=text, start_s=start_s, end_s=end_s)


def span(start_s: float, end_s: float) -> Span:
    return Span(start_s=start_s, end_s=end_s)


def nothing(_: float) -> None:
    pass


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    return Recording(path=tmp_path / "never-read.wav", sample_rate_hz=16_000, recording_s=10.0)


@pytest.fixture
def settings(temporary_home: Path) -> Settings:
    return load_settings()


def put_model(settings: Settings, name: str, size: int = 1) -> Path:
    folder = settings.models / name
    folder.mkdir(parents=True)
    for file in ("config.json", "tokenizer.json", "vocabulary.json"):
        (folder / file).write_text("{}")
    (folder / "model.bin").write_bytes(b"0" * size)
    return folder


def with_transcription(settings: Settings, **changes: object) -> Settings:
    return replace(settings, transcription=replace(TranscriptionSettings(), **changes))  # type: ignore[arg-type]


def test_words_of_all_chunks_make_one_transcript(recording: Recording) -> None:
    engine = ToldEngine((word("So", 1, 1.5),), (word("yes.", 5, 5.5),))
    speech = SpeechActivity(recording_s=10.0, spans=(span(1, 6),))
    transcript = transcribe(engine, recording, (span(0.8, 2), span(4.8, 6)), speech, nothing)
    assert (transcript.text, transcript.language, transcript.engine) == ("So yes.", "en", IDENTITY)


def test_words_written_into_silence_are_left_out(recording: Recording) -> None:
    engine = ToldEngine((word("Yes.", 1, 1.5), word("Thank", 3.0, 3.4), word("you.", 3.4, 3.8)))
    speech = SpeechActivity(recording_s=10.0, spans=(span(1, 1.6), span(6, 7)))
    assert transcribe(engine, recording, (span(0.8, 4),), speech, nothing).text == "Yes."


def test_words_a_little_outside_speech_are_kept(recording: Recording) -> None:
    engine = ToldEngine((word("so", 0.6, 0.9), word("yes", 1, 1.5), word("well", 1.8, 1.9)))
    speech = SpeechActivity(recording_s=10.0, spans=(span(1, 1.6),))
    assert transcribe(engine, recording, (span(0.5, 2),), speech, nothing).text == "so yes well"


def test_times_are_put_in_order_inside_the_recording(recording: Recording) -> None:
    engine = ToldEngine((word("a", 1, 2), word("b", 1.5, 1.8), word("c", 3, 2.5), word("d", 9.5, 10.4)))
    speech = SpeechActivity(recording_s=10.0, spans=(span(1, 10),))
    words = transcribe(engine, recording, (span(0.8, 10),), speech, nothing).words
    assert [(w.start_s, w.end_s) for w in words] == [(1, 2), (2, 2), (3, 3), (9.5, 10.0)]


def test_only_whisper_stretches_words_over_what_it_leaves_out(recording: Recording) -> None:
    speech = SpeechActivity(recording_s=10.0, spans=(span(1, 10),))
    for name, start_s in (("draft", 2.0), ("whisper", 3.64)):
        engine = ToldEngine((word("team", 2.0, 4.0),))
        engine.identity = replace(IDENTITY, name=name)  # type: ignore[arg-type]
        (heard,) = transcribe(engine, recording, (span(0.8, 10),), speech, nothing).words
        assert (heard.start_s, heard.end_s) == (pytest.approx(start_s), 4.0)


def test_progress_is_the_share_of_the_sound_that_has_been_heard(recording: Recording) -> None:
    told: list[float] = []
    speech = SpeechActivity(recording_s=10.0, spans=())
    transcribe(ToldEngine((), ()), recording, (span(0, 1), span(2, 5)), speech, told.append)
    assert told == [0.25, 1.0, 1.0]


def test_a_recording_without_speech_gives_a_transcript_without_words(recording: Recording) -> None:
    told: list[float] = []
    transcript = transcribe(ToldEngine(), recording, (), SpeechActivity(recording_s=10.0, spans=()), told.append)
    assert (transcript.words, told) == ((), [1.0])


def test_a_failing_engine_is_not_taken_for_a_silent_one(recording: Recording) -> None:
    speech = SpeechActivity(recording_s=10.0, spans=())
    with pytest.raises(EngineFailed):
        transcribe(BreakingEngine(), recording, (span(0, 1), span(1, 2)), speech, nothing)


def test_a_real_engine_makes_a_transcript(
    scripted_whisper: Callable[..., Path], record: Callable[..., Recording], settings: Settings
) -> None:
    model = scripted_whisper("So", "yes.")
    chosen = choose("auto", with_transcription(settings, model=str(model), prompt="none"))
    sound = record(np.random.default_rng(0).normal(0, 0.1, 3 * 16_000).astype(np.float32))
    speech = SpeechActivity(recording_s=3.0, spans=(span(0, 3),))
    assert transcribe(chosen.engine, sound, (span(0, 3),), speech, nothing).text == "So yes."


def test_auto_without_a_model_takes_the_draft_and_says_why(settings: Settings) -> None:
    chosen = choose("auto", settings)
    assert isinstance(chosen.engine, SphinxEngine)
    assert chosen.reason == "No Whisper model is installed, so the rough built-in recogniser listens."


def test_auto_takes_the_most_accurate_installed_model(settings: Settings) -> None:
    put_model(settings, "small.en", size=20)
    put_model(settings, "base.en", size=10)
    chosen = choose("auto", settings)
    assert isinstance(chosen.engine, WhisperEngine)
    assert chosen.engine.identity.model == "small.en"
    assert "the most accurate of 2" in chosen.reason


def test_a_model_named_in_the_settings_is_preferred(settings: Settings) -> None:
    put_model(settings, "small.en", size=20)
    put_model(settings, "base.en", size=10)
    assert choose("auto", with_transcription(settings, model="base.en")).engine.identity.model == "base.en"


def test_a_model_can_be_named_by_its_folder(settings: Settings, tmp_path: Path) -> None:
    folder = put_model(settings, "tiny.en").rename(tmp_path / "elsewhere")
    assert choose("whisper", with_transcription(settings, model=str(folder))).engine.identity.model == "elsewhere"


def test_draft_asked_for_is_draft_whatever_is_installed(settings: Settings) -> None:
    put_model(settings, "small.en")
    assert choose("draft", settings).engine.identity.name == "draft"


def test_whisper_without_a_model_says_how_to_bring_one(settings: Settings) -> None:
    with pytest.raises(ModelUnavailable, match="No Whisper model is installed") as caught:
        choose("whisper", settings)
    assert "rehearse models pull" in caught.value.hint and "--engine draft" in caught.value.hint


@pytest.mark.parametrize("choice", ["auto", "whisper"])
def test_a_named_model_that_is_not_there_is_not_quietly_replaced(settings: Settings, choice: str) -> None:
    put_model(settings, "small.en")
    with pytest.raises(ModelUnavailable, match=r"no Whisper model 'smal.en'") as caught:
        choose(choice, with_transcription(settings, model="smal.en"))  # type: ignore[arg-type]
    assert "small.en" in caught.value.hint


def test_the_draft_engine_is_not_used_for_a_language_it_does_not_know(settings: Settings) -> None:
    with pytest.raises(ModelUnavailable, match="only English"):
        choose("auto", with_transcription(settings, language="de"))


def vocabulary(settings: Settings, name: str, *tokens: str, size: int = 51_865) -> None:
    """A model of that name whose vocabulary has these tokens and others up to that size."""
    entries = [*tokens, *(f"t{number}" for number in range(size - len(tokens)))]
    (put_model(settings, name) / "vocabulary.json").write_text(json.dumps(entries))


def test_a_model_that_knows_only_english_is_not_asked_for_another_language(settings: Settings) -> None:
    vocabulary(settings, "mine", "<|en|>", "<|de|>", size=51_864)
    assert choose("auto", with_transcription(settings, language="en")).engine.language == "en"
    with pytest.raises(ModelUnavailable, match=r"mine knows only English, .* set to de \(German\)") as caught:
        choose("auto", with_transcription(settings, language="de"))
    assert "rehearse models pull" in caught.value.hint and "--language en" in caught.value.hint


def test_a_language_that_no_model_knows_is_named_with_some_that_are_known(settings: Settings) -> None:
    vocabulary(settings, "mine", "<|en|>", "<|de|>", "<|transcribe|>", "<|0.00|>")
    assert choose("auto", with_transcription(settings, language="de")).engine.language == "de"
    with pytest.raises(ModelUnavailable, match="knows no language 'xx'") as caught:
        choose("auto", with_transcription(settings, language="xx"))
    assert "de (German), en (English). It knows 2" in caught.value.hint


def test_each_language_has_a_prompt_of_its_own_unless_the_person_has(settings: Settings) -> None:
    put_model(settings, "base")

    def prompt(**changes: str) -> object:
        return choose("auto", with_transcription(settings, **changes)).engine.identity.options["initial_prompt"]

    assert prompt() == "Um, uh, hmm, er, ah."
    assert prompt(language="de") == "Äh, ähm, hm, öh."
    assert prompt(language="is") == ""
    assert prompt(language="de", prompt="Hm, tja.") == "Hm, tja."
    assert prompt(prompt="none") == ""


def test_the_settings_reach_the_engine(settings: Settings) -> None:
    put_model(settings, "base")
    options = choose(
        "auto", with_transcription(settings, language="de", prompt="Äh.", threads=3)
    ).engine.identity.options
    assert (options["language"], options["initial_prompt"], options["threads"]) == ("de", "Äh.", 3)
