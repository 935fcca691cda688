"""The real faster-whisper, from sound to words with times, on a model small enough to live in the repository.

The tiny model knows the sentences of models/training/sentences.txt; the fixtures 'listed-*' are made of them.
"""

import json
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import pytest

from rehearse.audio.recording import Recording, open_recording
from rehearse.transcription.engines import transcribe
from rehearse.transcription.segmenter import chunk_spans
from rehearse.transcription.speech_activity import detect_speech
from rehearse.transcription.transcript import Span, Transcript, Word
from rehearse.transcription.whisper import WhisperEngine

FIXTURES = Path(__file__).parents[1] / "fixtures"
PROMPT = "Um, uh, hmm, er, ah."
#: What is asked of the model, and of 90 of 100 word starts.
LISTED, HELD_OUT = 0.05, 0.10
ON_TIME_S, ON_TIME_SHARE = 0.2, 0.9

ANSWERS = [("listed-answer", LISTED), ("listed-other-voice", LISTED), ("listed-held-out-voice", HELD_OUT)]


@pytest.fixture(scope="module")
def transcripts(tiny_model: Path) -> dict[str, Transcript]:
    engine = WhisperEngine(tiny_model, language="en", prompt=PROMPT, threads=1)
    with closing(engine):
        return {name: heard(engine, open_recording(FIXTURES / f"{name}.flac")) for name, _ in ANSWERS}


def heard(engine: WhisperEngine, recording: Recording) -> Transcript:
    probabilities, speech = detect_speech(recording)
    chunks = chunk_spans(probabilities, recording.recording_s)
    return transcribe(engine, recording, chunks, speech, lambda _: None)


def truth_of(name: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    return truth


def plain(text: str) -> str:
    return re.sub(r"[^\w' ]", "", text).lower()


@pytest.mark.parametrize(("name", "most_wrong"), ANSWERS)
def test_it_writes_down_what_was_said(transcripts: dict[str, Transcript], name: str, most_wrong: float) -> None:
    said, written = plain(truth_of(name)["text"]), plain(transcripts[name].text)
    assert jiwer.wer(said, written) <= most_wrong, f"\nsaid:    {said}\nwritten: {written}"


def test_numbers_are_written_as_figures(transcripts: dict[str, Transcript]) -> None:
    assert {"40", "2019"} <= set(plain(transcripts["listed-answer"].text).split())


@pytest.mark.parametrize(("name", "_"), ANSWERS)
def test_every_um_and_uh_is_found_where_it_was_said_and_no_other(
    transcripts: dict[str, Transcript], name: str, _: float
) -> None:
    said = [filler for filler in truth_of(name)["fillers"] if filler["kind"] == "sound"]
    found = [word for word in transcripts[name].words if plain(word.text) in ("um", "uh")]
    assert [plain(word.text) for word in found] == [filler["text"] for filler in said]
    for word, filler in zip(found, said, strict=True):
        assert word.start_s < filler["end_s"] and word.end_s > filler["start_s"], (word, filler)


@pytest.mark.parametrize(("name", "_"), ANSWERS)
def test_words_start_when_they_are_said(transcripts: dict[str, Transcript], name: str, _: float) -> None:
    late = [abs(mine["start_s"] - word.start_s) for mine, word in same_words(truth_of(name), transcripts[name].words)]
    assert np.mean(np.array(late) <= ON_TIME_S) >= ON_TIME_SHARE


def same_words(truth: dict[str, Any], words: Sequence[Word]) -> list[tuple[dict[str, Any], Word]]:
    said = [plain(word["word"]) for word in truth["words"]]
    compared = jiwer.process_words(" ".join(said), " ".join(plain(word.text) for word in words))
    pairs = [
        (truth["words"][chunk.ref_start_idx + step], words[chunk.hyp_start_idx + step])
        for chunk in compared.alignments[0]
        if chunk.type == "equal"
        for step in range(chunk.ref_end_idx - chunk.ref_start_idx)
    ]
    assert len(pairs) > len(said) / 2
    return pairs


@pytest.mark.parametrize(("level", "length_s"), [(0.0, 5.0), (1e-4, 1.0), (1e-4, 28.0), (1e-2, 5.0)])
def test_silence_is_no_words(tiny_model: Path, record: Callable[..., Recording], length_s: float, level: float) -> None:
    noise = np.random.default_rng(int(length_s)).normal(0, 1, int(length_s * 16_000)) * level
    recording = record(noise.astype(np.float32))
    engine = WhisperEngine(tiny_model, language="en", prompt=PROMPT, threads=1)
    assert list(engine.decode((Span(start_s=0.0, end_s=length_s),), recording)) == [()]


def test_the_prompt_changes_no_words_that_are_clear(tiny_model: Path, transcripts: dict[str, Transcript]) -> None:
    engine = WhisperEngine(tiny_model, language="en", prompt="", threads=1)
    without = heard(engine, open_recording(FIXTURES / "listed-other-voice.flac"))
    assert plain(without.text) == plain(transcripts["listed-other-voice"].text)


def test_a_chunk_is_heard_alike_wherever_it_stands(tiny_model: Path, transcripts: dict[str, Transcript]) -> None:
    recording = open_recording(FIXTURES / "listed-answer.flac")
    chunks = chunk_spans(detect_speech(recording)[0], recording.recording_s)
    assert len(chunks) > 2
    engine = WhisperEngine(tiny_model, language="en", prompt=PROMPT, threads=1)
    backwards = [words for chunk in reversed(chunks) for words in engine.decode((chunk,), recording)]
    assert list(engine.decode(chunks, recording)) == backwards[::-1]
