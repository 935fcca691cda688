"""The Whisper engine: faster-whisper itself, on a tiny model that writes what it is told."""

import json
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recording import Recording, open_recording
from rehearse.errors import EngineFailed, ModelUnavailable, RecordingUnreadable
from rehearse.transcription.aligner import Aligner
from rehearse.transcription.engines import transcribe
from rehearse.transcription.languages import known_languages
from rehearse.transcription.transcript import AlignedWords, Doubt, Span, SpeechActivity
from rehearse.transcription.whisper import WhisperEngine
from rehearse.transcription.whisper_model import NotWanted
from rehearse.transcription.word_times import lasts_too_long

SAID = ("So", "I", "led", "the", "team,", "um,", "and", "we", "finished", "early.")
CHUNKS = (Span(start_s=0.5, end_s=3.0), Span(start_s=3.5, end_s=4.5))


@pytest.fixture(scope="module")
def model(scripted_whisper: Callable[..., Path]) -> Path:
    return scripted_whisper(*SAID)


@pytest.fixture
def copied(model: Path, tmp_path: Path) -> Path:
    return shutil.copytree(model, tmp_path / "models" / "copied")


@pytest.fixture
def noise(record: Callable[..., Recording]) -> Recording:
    return record(np.random.default_rng(0).normal(0, 0.1, 5 * 16_000).astype(np.float32))


def engine(folder: Path, language: str = "en", prompt: str = "") -> WhisperEngine:
    return WhisperEngine(folder, language=language, prompt=prompt, threads=1)


def test_the_words_of_each_chunk_lie_inside_it(model: Path, noise: Recording) -> None:
    heard = list(engine(model).decode(CHUNKS, noise))
    assert [tuple(word.text for word in words) for words in heard] == [SAID, SAID]
    for words, chunk in zip(heard, CHUNKS, strict=True):
        times = [time for word in words for time in (word.start_s, word.end_s)]
        assert times == sorted(times)
        assert chunk.start_s <= times[0] < times[-1] <= chunk.end_s


def test_words_carry_plain_numbers_that_can_be_stored(model: Path, noise: Recording) -> None:
    (words,) = engine(model).decode(CHUNKS[:1], noise)
    for word in words:
        assert type(word.start_s) is type(word.end_s) is type(word.probability) is float
        assert word.probability is not None and 0 <= word.probability <= 1


def test_decoding_ends_early_where_its_words_are_not_wanted_and_the_engine_goes_on(
    model: Path, noise: Recording
) -> None:
    hearing = engine(model)
    answers = iter([True, False])
    heard = hearing.decode(CHUNKS, noise, wanted=lambda: next(answers))
    first = next(heard)
    with pytest.raises(NotWanted):
        next(heard)
    assert next(hearing.decode(CHUNKS[:1], noise)) == first != ()


def test_the_same_chunk_gives_the_same_words_whatever_was_heard_before(model: Path, noise: Recording) -> None:
    after_another = list(engine(model).decode(CHUNKS, noise))[1]
    assert list(engine(model).decode(CHUNKS[1:], noise)) == [after_another]


DEMO = Path(__file__).parents[2] / "fixtures" / "demo"
FIRST = ("Okay,", "so", "a", "time", "I", "disagreed", "with", "my", "manager.")


def test_a_filled_pause_that_whisper_leaves_out_is_looked_for_in_the_sound(
    scripted_whisper: Callable[..., Path],
) -> None:
    sound = open_recording(DEMO / "1-rambling.flac")
    said = json.loads((DEMO / "1-rambling.json").read_text(encoding="utf-8"))
    hearing = WhisperEngine(scripted_whisper(*FIRST), language="en", prompt="", threads=1, aligner=Aligner())
    (words,) = hearing.decode([Span(start_s=0.8, end_s=5.6)], sound)
    assert isinstance(words, AlignedWords)
    assert tuple(word.text for word in words) == FIRST
    (um,) = words.hesitations
    assert um.start_s == pytest.approx(said["fillers"][0]["start_s"], abs=0.05)
    assert um.end_s == pytest.approx(said["fillers"][0]["end_s"], abs=0.05)


def test_a_word_longer_than_it_can_be_is_put_where_it_is_said(scripted_whisper: Callable[..., Path]) -> None:
    sound = open_recording(DEMO / "1-rambling.flac")
    chunk = Span(start_s=0.8, end_s=5.6)
    folder = scripted_whisper(*FIRST)
    (plain,) = engine(folder).decode([chunk], sound)
    (words,) = WhisperEngine(folder, language="en", prompt="", threads=1, aligner=Aligner()).decode([chunk], sound)
    said = json.loads((DEMO / "1-rambling.json").read_text(encoding="utf-8"))["words"][1:10]
    stretched = [place for place, word in enumerate(plain) if lasts_too_long(word)]
    assert stretched, "the model's random times have no word that is too long"
    for place, word in enumerate(words):
        if place in stretched:
            assert word.start_s == pytest.approx(said[place]["start_s"], abs=0.1)
        else:
            assert word == plain[place]


def test_nothing_opens_a_socket(model: Path, noise: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert all(engine(model).decode(CHUNKS, noise))


def test_the_prompt_is_shown_before_every_chunk(scripted_whisper: Callable[..., Path], noise: Recording) -> None:
    needs_prompt = scripted_whisper("Um", "yes.", prompt_words=1)
    heard = list(engine(needs_prompt, prompt="Um").decode(CHUNKS, noise))
    assert [[word.text for word in words] for words in heard] == [["Um", "yes."], ["Um", "yes."]]


def test_a_chunk_that_gives_the_prompt_back_is_heard_again_without_one(
    scripted_whisper: Callable[..., Path], noise: Recording
) -> None:
    echoing = scripted_whisper("Um", "uh", "hmm", prompt_words=3, unprompted=("Yes.",))
    (words,) = engine(echoing, prompt="Um uh hmm").decode(CHUNKS[:1], noise)
    assert [word.text for word in words] == ["Yes."]


def test_a_part_of_the_prompt_may_well_have_been_said(scripted_whisper: Callable[..., Path], noise: Recording) -> None:
    hesitating = scripted_whisper("Um", "uh", "so", prompt_words=3, unprompted=("Yes.",))
    (words,) = engine(hesitating, prompt="Um so uh").decode(CHUNKS[:1], noise)
    assert [word.text for word in words] == ["Um", "uh", "so"]


def test_text_that_goes_in_circles_is_heard_again_against_repeats(
    scripted_whisper: Callable[..., Path], noise: Recording
) -> None:
    circles = ("and", "then") * 20
    (words,) = engine(scripted_whisper(*circles)).decode(CHUNKS[:1], noise)
    assert words[0].text == "and"
    assert len(words) < len(circles)


def test_text_that_still_goes_in_circles_is_marked_in_the_transcript(
    scripted_whisper: Callable[..., Path], noise: Recording
) -> None:
    # No three of these tokens come twice, so that hearing it again against repeats changes nothing.
    circles = tuple("la" * length for length in range(20, 36))
    speech = SpeechActivity(recording_s=5.0, spans=(Span(start_s=0.6, end_s=2.8),))
    transcript = transcribe(engine(scripted_whisper(*circles)), noise, CHUNKS[:1], speech, lambda _: None)
    assert transcript.words
    assert transcript.doubts == (Doubt(start_s=0.6, end_s=2.8, why="in circles"),)


def test_ordinary_text_is_not_marked(model: Path, noise: Recording) -> None:
    speech = SpeechActivity(recording_s=5.0, spans=(Span(start_s=0.5, end_s=4.5),))
    assert transcribe(engine(model), noise, CHUNKS, speech, lambda _: None).doubts == ()


def test_a_word_written_in_two_pieces_is_one_word(scripted_whisper: Callable[..., Path], noise: Recording) -> None:
    (words,) = engine(scripted_whisper("a", "well", "-known", "firm")).decode(CHUNKS[:1], noise)
    assert [word.text for word in words] == ["a", "well-known", "firm"]


def test_each_chunk_is_decoded_only_when_it_is_asked_for(model: Path, noise: Recording) -> None:

    heard = engine(model).decode(CHUNKS, noise)
    assert next(heard)
    noise.path.unlink()
    with pytest.raises(RecordingUnreadable, match="not there any more"):
        next(heard)


def test_an_engine_can_be_used_again_after_it_was_closed(model: Path, noise: Recording) -> None:
    hearing = engine(model)
    first = list(hearing.decode(CHUNKS, noise))
    hearing.close()
    assert list(hearing.decode(CHUNKS, noise)) == first


@pytest.mark.parametrize("name", ["config.json", "model.bin", "tokenizer.json", "vocabulary.json"])
def test_a_folder_without_one_of_the_files_is_refused_by_name(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelUnavailable, match=f"{name.split('.')[0]}.* is not in it"):
        engine(copied)


def test_a_damaged_model_is_said_to_be_damaged(copied: Path, noise: Recording) -> None:
    whole = (copied / "model.bin").read_bytes()
    (copied / "model.bin").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(EngineFailed, match="damaged") as caught:
        list(engine(copied).decode(CHUNKS, noise))
    assert "Copy the model again" in caught.value.hint


@pytest.mark.parametrize("content", ["", '{"version": "1.0", "added', "[]"])
def test_a_damaged_tokenizer_is_said_to_be_damaged(copied: Path, noise: Recording, content: str) -> None:
    (copied / "tokenizer.json").write_text(content)
    with pytest.raises(EngineFailed, match="damaged"):
        list(engine(copied).decode(CHUNKS, noise))


def test_an_english_model_refuses_another_language(model: Path, noise: Recording) -> None:
    with pytest.raises(ModelUnavailable, match="does not know the language 'de'; it knows only English"):
        list(engine(model, language="de").decode(CHUNKS, noise))


def test_a_multilingual_model_hears_the_languages_it_says_it_knows(
    scripted_whisper: Callable[..., Path], noise: Recording
) -> None:
    folder = scripted_whisper("Ich", "hm", "war", "da.", multilingual=True)
    known = known_languages(folder)
    assert known is not None and len(known) == 99 and {"de", "en", "nl"} <= known
    speech = SpeechActivity(recording_s=5.0, spans=(Span(start_s=0.5, end_s=4.5),))
    transcript = transcribe(engine(folder, language="de"), noise, CHUNKS[:1], speech, lambda _: None)
    assert (transcript.language, transcript.text) == ("de", "Ich hm war da.")
    assert transcript.engine.language == "de"


def test_the_identity_is_known_before_anything_is_loaded_and_can_be_stored(copied: Path) -> None:
    (copied / "model.bin").write_bytes(b"")
    identity = engine(copied, prompt="Um, uh.").identity
    assert (identity.name, identity.model) == ("whisper", "copied")
    assert identity.version.startswith("faster-whisper 1") and "ctranslate2 4" in identity.version
    assert json.loads(json.dumps(dict(identity.options)))["initial_prompt"] == "Um, uh."
