"""Whisper on an NVIDIA card where there is one, and on the processor where it fails; a real model either way."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearse.audio.recording import Recording, open_recording
from rehearse.errors import EngineFailed
from rehearse.settings import Settings, load_settings
from rehearse.transcription.engines import choose
from rehearse.transcription.models import Hardware, hardware_of, installed, note_speed
from rehearse.transcription.transcript import Span
from rehearse.transcription.whisper import WhisperEngine
from rehearse.transcription.whisper_model import graphics_card, window_time

LISTED = Path(__file__).parents[1] / "fixtures" / "listed-answer.flac"

with_card = pytest.mark.skipif(not graphics_card(), reason="this machine has no NVIDIA card with cuBLAS 12")
without_card = pytest.mark.skipif(graphics_card(), reason="this machine has an NVIDIA card")


@pytest.fixture
def answer() -> tuple[Recording, tuple[Span, ...]]:
    recording = open_recording(LISTED)
    return recording, (Span(start_s=0.0, end_s=min(20.0, recording.recording_s)),)


def heard_on(hardware: Hardware, model: Path, answer: tuple[Recording, tuple[Span, ...]]) -> tuple[list[str], object]:
    recording, chunks = answer
    engine = WhisperEngine(model, language="en", prompt="", threads=1, hardware=hardware)
    words = [word.text for chunk in engine.decode(chunks, recording) for word in chunk]
    ran_on = engine.identity.options["hardware"]
    engine.close()
    return words, ran_on


@without_card
def test_a_card_that_is_not_there_any_more_costs_no_words(
    tiny_model: Path, answer: tuple[Recording, tuple[Span, ...]]
) -> None:
    words, ran_on = heard_on("cuda", tiny_model, answer)
    assert ran_on == "cpu"
    assert words == heard_on("cpu", tiny_model, answer)[0] != []


@without_card
def test_the_process_that_hears_live_ends_rather_than_hear_otherwise_than_it_says(
    tiny_model: Path, answer: tuple[Recording, tuple[Span, ...]]
) -> None:
    recording, chunks = answer
    engine = WhisperEngine(tiny_model, language="en", prompt="", threads=1, hardware="cuda").alone()
    with pytest.raises(EngineFailed):
        list(engine.decode(chunks, recording))
    assert engine.identity.options["hardware"] == "cuda"


@without_card
def test_a_model_is_timed_on_the_processor_where_there_is_no_card(tiny_model: Path) -> None:
    assert window_time(tiny_model, 1).hardware == "cpu"


@with_card
def test_the_card_hears_what_the_processor_hears(tiny_model: Path, answer: tuple[Recording, tuple[Span, ...]]) -> None:
    words, ran_on = heard_on("cuda", tiny_model, answer)
    assert ran_on == "cuda"
    assert words == heard_on("cpu", tiny_model, answer)[0] != []


@with_card
def test_a_model_is_timed_on_the_card(tiny_model: Path) -> None:
    assert window_time(tiny_model, 1).hardware == "cuda"
    assert window_time(tiny_model, 1, card=False).hardware == "cpu"


@pytest.mark.parametrize(
    ("hardware", "allowed", "runs_on"), [("cuda", True, "cuda"), ("cuda", False, "cpu"), ("cpu", True, "cpu")]
)
def test_a_model_runs_where_it_was_timed_unless_the_card_is_ruled_out(
    hardware: Hardware,
    allowed: bool,
    runs_on: str,
    temporary_home: Path,
    scripted_whisper: Callable[..., Path],
) -> None:
    temporary_home.mkdir(exist_ok=True)
    settings_file = temporary_home / "settings.toml"
    settings_file.write_text(f"[transcription]\ngraphics_card = {str(allowed).lower()}\n", encoding="utf-8")
    settings: Settings = load_settings({"REHEARSE_HOME": str(temporary_home), "REHEARSE_CONFIG": str(settings_file)})
    folder = Path(shutil.copytree(scripted_whisper("Yes."), settings.models / "base.en"))
    assert hardware_of(folder) == "cpu"
    note_speed(folder, 0.01, 1, hardware)
    assert choose("whisper", settings).engine.identity.options["hardware"] == runs_on


def test_where_the_card_is_ruled_out_its_speed_says_nothing(
    tmp_path: Path, scripted_whisper: Callable[..., Path]
) -> None:
    """It counts as not timed here: else a model is said to keep up that the processor does not keep up with."""
    note_speed(Path(shutil.copytree(scripted_whisper("Yes."), tmp_path / "large-v3-turbo")), 0.05, 1, "cuda")
    (on_card,), (not_timed,) = installed(tmp_path), installed(tmp_path, card=False)
    assert (on_card.hardware, on_card.keeps_up) == ("cuda", True)
    assert (not_timed.hardware, not_timed.keeps_up) == ("cpu", None)


def test_a_model_timed_on_the_card_of_another_machine_runs_on_the_processor(tmp_path: Path) -> None:
    note_speed(tmp_path, 0.01, 1, "cuda")
    record = tmp_path / "rehearse.json"
    record.write_text(record.read_text().replace('"machine": "', '"machine": "not-'), encoding="utf-8")
    assert hardware_of(tmp_path) == "cpu"
