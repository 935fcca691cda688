"""Which model listens, and how models come and go: real files, a hub on this machine, and one tiny real model."""

import hashlib
import json
import os
import platform
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pretend_hub import REVISION, PretendHub

from rehearse.errors import DownloadFailed, EngineFailed, ModelUnavailable, ModelUnusable, StorageFailed
from rehearse.settings import Settings, load_settings
from rehearse.transcription.known_models import KNOWN, known_model, recommended
from rehearse.transcription.model_download import RemoteModel, hub_address, look_up
from rehearse.transcription.model_folder import add, already_here, find, hub_cache, pull, remove, unfinished, usual_name
from rehearse.transcription.models import (
    choose_model,
    chosen_name,
    in_use,
    installed,
    note_speed,
)
from rehearse.transcription.whisper_model import WindowTime, window_time

FILES = ("config.json", "model.bin", "tokenizer.json", "vocabulary.json")


def nothing(_: int) -> None:
    pass


def quick(folder: Path, threads: int) -> WindowTime:
    """Stands for timing a model that needs 6 s for 30 s of talk."""
    assert all((folder / file).is_file() for file in FILES)
    return WindowTime(seconds=6.0, hardware="cpu")


@pytest.fixture
def settings(temporary_home: Path) -> Settings:
    return load_settings()


@pytest.fixture
def models(settings: Settings) -> Path:
    return settings.models


def put_model(place: Path, name: str, rtf: float | None = None, size: int = 1000) -> Path:
    folder = place / name
    folder.mkdir(parents=True)
    for file in FILES:
        (folder / file).write_bytes(f"{name} {file}".encode() * 50)
    (folder / "model.bin").write_bytes(b"0123456789" * (size // 10))
    if rtf is not None:
        note_speed(folder, rtf, 2)
    return folder


def listens(settings: Settings) -> tuple[str, str]:
    using = in_use(settings)
    assert using is not None
    return using.folder.name, using.reason


def leftovers(models: Path) -> list[str]:
    return sorted(path.name for path in models.iterdir()) if models.is_dir() else []


# Which one listens


def test_no_model_listens_where_none_is_installed(settings: Settings) -> None:
    assert in_use(settings) is None


def test_the_most_accurate_model_listens_while_none_was_timed(settings: Settings, models: Path) -> None:
    for name in ("tiny.en", "small.en", "base.en"):
        put_model(models, name)
    assert listens(settings) == ("small.en", "The Whisper model small.en is the most accurate of 3 installed here.")


def test_a_model_that_falls_behind_speech_makes_room_for_the_next(settings: Settings, models: Path) -> None:
    put_model(models, "large-v3-turbo", rtf=2.5)
    put_model(models, "small.en", rtf=0.81)
    put_model(models, "base.en", rtf=0.8)
    put_model(models, "tiny.en", rtf=0.1)
    name, reason = listens(settings)
    assert name == "base.en" and "keeps up with speech" in reason


def test_where_no_model_keeps_up_the_fastest_listens(settings: Settings, models: Path) -> None:
    put_model(models, "small.en", rtf=3.0)
    put_model(models, "tiny.en", rtf=1.2)
    name, reason = listens(settings)
    assert name == "tiny.en" and "none here keeps up" in reason


def test_a_speed_measured_on_another_machine_does_not_count(
    settings: Settings, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_model(models, "small.en", rtf=3.0)
    put_model(models, "tiny.en", rtf=1.2)
    monkeypatch.setattr("platform.node", lambda: "another-machine")
    assert [model.real_time_factor for model in installed(models)] == [None, None]
    assert listens(settings)[0] == "small.en"


def test_a_model_that_knows_the_language_goes_before_a_better_one_that_does_not(
    settings: Settings, models: Path
) -> None:
    put_model(models, "small.en")
    put_model(models, "base")
    german = replace(settings, transcription=replace(settings.transcription, language="de"))
    name, reason = listens(german)
    assert name == "base" and "knows your language" in reason


def test_a_model_in_no_list_stands_where_its_size_would(models: Path) -> None:
    put_model(models, "my-tuned", size=5000)
    put_model(models, "tiny.en")
    assert [model.name for model in installed(models)] == ["my-tuned", "tiny.en"]


def test_the_model_that_was_chosen_listens(settings: Settings, models: Path) -> None:
    put_model(models, "small.en")
    put_model(models, "tiny.en")
    choose_model("tiny.en", models)
    assert listens(settings) == ("tiny.en", "You chose the Whisper model tiny.en to listen.")
    assert (models / "in-use").stat().st_mode & 0o777 == 0o600


def test_a_choice_can_be_taken_back(settings: Settings, models: Path) -> None:
    put_model(models, "small.en")
    put_model(models, "tiny.en")
    choose_model("tiny.en", models)
    choose_model(None, models)
    choose_model(None, models)
    assert listens(settings)[0] == "small.en"


def test_the_settings_go_before_a_choice(settings: Settings, models: Path) -> None:
    put_model(models, "small.en")
    put_model(models, "tiny.en")
    choose_model("tiny.en", models)
    named = replace(settings, transcription=replace(settings.transcription, model="small.en"))
    assert listens(named) == ("small.en", "The Whisper model small.en is set to listen.")


def test_a_chosen_model_that_is_gone_is_not_quietly_replaced(settings: Settings, models: Path) -> None:
    put_model(models, "small.en")
    put_model(models, "tiny.en")
    choose_model("tiny.en", models)
    (models / "tiny.en" / "tokenizer.json").unlink()
    with pytest.raises(ModelUnavailable, match="not there any more") as caught:
        in_use(settings)
    assert "use --auto" in caught.value.hint


def test_a_model_that_is_not_installed_cannot_be_chosen(models: Path) -> None:
    put_model(models, "tiny.en")
    with pytest.raises(ModelUnavailable) as caught:
        choose_model("base.en", models)
    assert "Installed: tiny.en" in caught.value.hint and "pull base.en" in caught.value.hint
    assert chosen_name(models) == ""


@pytest.mark.parametrize(
    "note",
    [
        "{",
        "[]",
        '{"speed": 1}',
        '{"speed": {"machine": NODE}}',
        '{"speed": {"machine": NODE, "real_time_factor": "x"}}',
    ],
)
def test_a_damaged_note_beside_a_model_only_forgets_its_speed(models: Path, note: str) -> None:
    folder = put_model(models, "tiny.en", rtf=0.2)
    (folder / "rehearse.json").write_text(note.replace("NODE", json.dumps(platform.node())))
    assert [(m.name, m.real_time_factor) for m in installed(models)] == [("tiny.en", None)]


# The list


def test_every_known_model_is_pinned_and_none_is_a_test_model() -> None:
    assert all(re.fullmatch(r"[0-9a-f]{40}", known.revision) for known in KNOWN)
    assert all(re.fullmatch(r"[0-9a-f]{64}", known.weights_sha256) for known in KNOWN)
    assert len({known.revision for known in KNOWN}) == len({known.name for known in KNOWN}) == len(KNOWN)
    assert not any("test" in known.name for known in KNOWN)


@pytest.mark.parametrize(
    ("language", "processors", "name"),
    [("en", 2, "base.en"), ("en", 8, "small.en"), ("de", 2, "base"), ("de", 4, "small")],
)
def test_the_first_model_suits_machine_and_language(language: str, processors: int, name: str) -> None:
    assert recommended(language, processors).name == name
    assert recommended(language, processors, graphics_card=True).name == "large-v3-turbo"


def test_a_model_is_known_by_its_repository_too() -> None:
    assert (
        known_model("faster-whisper-base.en") == known_model("Systran/faster-whisper-base.en") == known_model("base.en")
    )
    assert known_model("tiny-test") is None


# Bringing one by hand


def test_a_folder_is_copied_under_its_name_for_its_owner_alone(models: Path, tmp_path: Path) -> None:
    source = put_model(tmp_path / "stick", "faster-whisper-base.en")
    (source / "README.md").write_text("not needed")
    folder = add(source, models, name=usual_name(source), threads=2, time_window=quick)
    assert folder == models / "base.en"
    assert {file.name for file in folder.iterdir()} == {*FILES, "rehearse.json"}
    assert all((folder / file).read_bytes() == (source / file).read_bytes() for file in FILES)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    (model,) = installed(models)
    assert model.real_time_factor == pytest.approx(0.2) and model.keeps_up


def test_a_model_that_does_not_load_is_not_copied(models: Path, tmp_path: Path) -> None:
    def breaks(folder: Path, threads: int) -> float:
        raise EngineFailed("It is damaged.")

    with pytest.raises(EngineFailed):
        add(put_model(tmp_path, "base.en"), models, name="base.en", threads=2, time_window=breaks)
    assert leftovers(models) == []


def test_a_copy_that_breaks_off_leaves_nothing(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(StorageFailed, match="cannot be written"):
        add(put_model(tmp_path, "base.en"), models, name="base.en", threads=2, time_window=quick)
    assert leftovers(models) == []


def test_what_a_killed_copy_left_is_swept_up_a_day_later(models: Path, tmp_path: Path) -> None:
    for name in (".incoming-old", ".incoming-new"):
        put_model(models, name)
    os.utime(models / ".incoming-old", (0, 0))
    add(put_model(tmp_path, "base.en"), models, name="base.en", threads=2, time_window=quick)
    assert leftovers(models) == [".incoming-new", "base.en"]
    assert [model.name for model in installed(models)] == ["base.en"]


def test_a_name_that_is_taken_is_not_overwritten(models: Path, tmp_path: Path) -> None:
    before = (put_model(models, "base.en") / "model.bin").read_bytes()
    with pytest.raises(StorageFailed, match=r"'base\.en' already"):
        add(put_model(tmp_path, "base.en", size=20), models, name="base.en", threads=2, time_window=quick)
    assert (models / "base.en" / "model.bin").read_bytes() == before


def test_a_half_copied_folder_is_in_the_way_and_said_to_be(models: Path, tmp_path: Path) -> None:
    (put_model(models, "base.en") / "model.bin").unlink()
    with pytest.raises(StorageFailed, match=r"model\.bin is missing") as caught:
        add(put_model(tmp_path, "base.en"), models, name="base.en", threads=2, time_window=quick)
    assert "rehearse models remove base.en" in caught.value.hint
    remove("base.en", models)
    assert leftovers(models) == []


@given(st.text(max_size=30).filter(lambda text: not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", text)))
def test_no_name_leads_out_of_the_models_folder(name: str) -> None:
    with pytest.raises(ModelUnusable):
        add(Path("anywhere"), Path("models"), name=name, threads=1, time_window=quick)
    with pytest.raises(ModelUnavailable):
        remove(name, Path("models"))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (("base.en.pt",), "openai-whisper"),
        (("ggml-base.en.bin",), "whisper.cpp"),
        (("config.json", "model.safetensors"), "transformers"),
        (("config.json", "tokenizer.json", "model.bin"), r"vocabulary\.\* is not in it"),
        (("notes.txt",), "model.bin, tokenizer.json, vocabulary"),
    ],
)
def test_another_kind_of_model_is_named(models: Path, tmp_path: Path, files: tuple[str, ...], said: str) -> None:
    for file in files:
        (tmp_path / file).write_text("{}")
    source = tmp_path / files[0] if files[0].endswith((".pt", ".bin")) else tmp_path
    with pytest.raises(ModelUnusable, match=said):
        add(source, models, name="mine", threads=2, time_window=quick)


def test_models_of_other_programs_are_found_and_test_models_are_not(tmp_path: Path) -> None:
    cache, checkout = tmp_path / "hub", tmp_path / "models"
    put_model(cache / "models--Systran--faster-whisper-base.en" / "snapshots", REVISION)
    put_model(cache / "models--somebody--whisper-swedish" / "snapshots", REVISION)
    (cache / "models--somebody--bert" / "snapshots" / REVISION).mkdir(parents=True)
    put_model(checkout, "tiny-test")
    assert [model.name for model in find(cache, checkout)] == ["base.en", "whisper-swedish"]
    assert find(tmp_path / "nowhere", tmp_path / "nowhere-else") == ()


@pytest.mark.parametrize(("folder", "name"), [("tiny-test", "mine"), ("elsewhere", "tiny-test")])
def test_the_test_model_cannot_be_brought_under_any_name(models: Path, tmp_path: Path, folder: str, name: str) -> None:
    with pytest.raises(ModelUnusable, match="makes up words"):
        add(put_model(tmp_path, folder), models, name=name, threads=2, time_window=quick)
    assert leftovers(models) == []


def test_the_test_model_listens_only_where_its_folder_is_named(settings: Settings, models: Path) -> None:
    folder = put_model(models, "tiny-test", rtf=0.01)
    assert installed(models) == () and in_use(settings) is None
    put_model(models, "tiny.en", rtf=0.5)
    assert listens(settings)[0] == "tiny.en"
    with pytest.raises(ModelUnavailable, match="not installed"):
        choose_model("tiny-test", models)
    named = replace(settings, transcription=replace(settings.transcription, model=str(folder)))
    assert listens(named) == ("tiny-test", "The Whisper model tiny-test is set to listen.")


def test_the_files_of_the_cache_are_copied_not_its_links(models: Path, tmp_path: Path) -> None:
    blobs = put_model(tmp_path, "blobs")
    snapshot = tmp_path / "hub" / "models--Systran--faster-whisper-base.en" / "snapshots" / REVISION
    snapshot.mkdir(parents=True)
    for file in FILES:
        (snapshot / file).symlink_to(blobs / file)
    (found,) = find(tmp_path / "hub")
    folder = add(found.folder, models, name=found.name, threads=2, time_window=quick)
    assert not any(file.is_symlink() for file in folder.iterdir())


@pytest.mark.parametrize(
    ("variable", "value", "cache"),
    [
        ("HF_HUB_CACHE", "/c/hub", "/c/hub"),
        ("HF_HOME", "/c/hf", "/c/hf/hub"),
        ("XDG_CACHE_HOME", "/c", "/c/huggingface/hub"),
    ],
)
def test_the_cache_is_where_the_hub_keeps_it(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, cache: str
) -> None:
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, value)
    assert hub_cache() == Path(cache)


def test_a_removed_model_is_gone_and_so_is_its_choice(settings: Settings, models: Path) -> None:
    put_model(models, "tiny.en")
    put_model(models, "base.en")
    choose_model("base.en", models)
    remove("base.en", models)
    assert leftovers(models) == ["tiny.en"]
    assert listens(settings)[0] == "tiny.en"


# Timing


def test_a_real_model_is_timed_by_decoding_a_whole_window(scripted_whisper: Callable[..., Path]) -> None:
    assert window_time(scripted_whisper("So", "yes."), 1).seconds > 0


def test_a_damaged_model_is_known_when_it_is_tried(models: Path, tmp_path: Path) -> None:
    source = put_model(tmp_path, "base.en")
    (source / "tokenizer.json").write_text('{"model": {}}')
    with pytest.raises(EngineFailed, match="cannot be loaded"):
        window_time(source, 1)


# Fetching


@pytest.fixture
def published(pretend_hub: PretendHub, tmp_path: Path) -> RemoteModel:
    """A model of 3 MB on the hub, as the hub tells of it."""
    pretend_hub.publish("somebody/whisper-x", put_model(tmp_path, "x", size=3_000_000), **{"README.md": b"read me"})
    return look_up("somebody/whisper-x", "main", pretend_hub.address)


def fetch(remote: RemoteModel, models: Path, hub: PretendHub, on_bytes: Callable[[int], None] = nothing) -> Path:
    return pull(remote, models, name="x", hub=hub.address, on_bytes=on_bytes, threads=2, time_window=quick)


def test_a_branch_stands_for_one_commit_and_only_a_models_files_are_wanted(published: RemoteModel) -> None:
    assert published.revision == REVISION and published.licence == "mit"
    assert {file.name for file in published.files} == set(FILES)


def test_a_fetched_model_is_whole_timed_and_says_where_it_is_from(
    published: RemoteModel, pretend_hub: PretendHub, models: Path
) -> None:
    fetch(published, models, pretend_hub)
    (model,) = installed(models)
    assert (model.name, model.repository, model.revision) == ("x", "somebody/whisper-x", REVISION)
    assert model.real_time_factor == pytest.approx(0.2)
    assert leftovers(models) == ["x"]
    assert hashlib.sha256((model.folder / "model.bin").read_bytes()).hexdigest() == pretend_hub.sha256(
        "somebody/whisper-x", "model.bin"
    )
    assert {path.stat().st_mode & 0o777 for path in model.folder.iterdir()} == {0o600}
    assert model.folder.stat().st_mode & 0o777 == 0o700


def test_the_bytes_are_told_as_they_come(published: RemoteModel, pretend_hub: PretendHub, models: Path) -> None:
    told: list[int] = []
    fetch(published, models, pretend_hub, told.append)
    assert told[0] == 0 and told[-1] == published.download_bytes
    assert told == sorted(told) and len(told) > 10


def test_a_cut_download_goes_on_where_it_stopped(published: RemoteModel, pretend_hub: PretendHub, models: Path) -> None:
    pretend_hub.cut_at = [10_000, 1_000_000, 500_000]
    fetch(published, models, pretend_hub)
    assert [request.partition(" ")[2] for request in pretend_hub.asked_for("model.bin")] == [
        "", "bytes=1000000-", "bytes=1500000-",
    ]  # fmt: skip


def test_a_download_that_stops_is_kept_apart_and_taken_up_by_the_next_pull(
    published: RemoteModel, pretend_hub: PretendHub, models: Path
) -> None:
    pretend_hub.cut_at = [10_000, 1_000_000, 0]
    with pytest.raises(DownloadFailed, match=r"cut before model\.bin") as caught:
        fetch(published, models, pretend_hub)
    assert "run the same command again" in caught.value.hint
    assert installed(models) == () and leftovers(models) == [".partial"]
    assert already_here(models, "x", REVISION) > 1_000_000
    pretend_hub.requests.clear()
    told: list[int] = []
    fetch(published, models, pretend_hub, told.append)
    assert pretend_hub.asked_for("config.json") == []
    assert told[0] > 1_000_000 and leftovers(models) == ["x"]


def test_a_pull_that_is_stopped_by_hand_leaves_nothing_that_looks_like_a_model(
    published: RemoteModel, pretend_hub: PretendHub, models: Path
) -> None:
    def stop(have: int) -> None:
        if have > 1_000_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(published, models, pretend_hub, stop)
    assert installed(models) == () and leftovers(models) == [".partial"]


def test_what_a_stopped_pull_left_is_known_and_can_be_deleted(
    published: RemoteModel, pretend_hub: PretendHub, models: Path
) -> None:
    assert unfinished(models) == {}
    pretend_hub.cut_at = [10_000, 1_000_000, 0]
    with pytest.raises(DownloadFailed):
        fetch(published, models, pretend_hub)
    assert unfinished(models) == {"x": already_here(models, "x", REVISION)}
    remove("x", models)
    assert unfinished(models) == {} and leftovers(models) == []


def test_a_hub_that_knows_no_ranges_sends_the_file_anew(
    published: RemoteModel, pretend_hub: PretendHub, models: Path
) -> None:
    pretend_hub.ranges = False
    pretend_hub.cut_at = [10_000, 1_000_000]
    fetch(published, models, pretend_hub)
    assert (models / "x" / "model.bin").stat().st_size == 3_000_000


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
def test_other_bytes_of_the_same_length_are_refused(
    published: RemoteModel, pretend_hub: PretendHub, models: Path, name: str
) -> None:
    length = next(file.size_bytes for file in published.files if file.name == name)
    pretend_hub.changed[name] = b"?" * length
    with pytest.raises(DownloadFailed, match=f"{name} came, but it is not the file"):
        fetch(published, models, pretend_hub)
    assert installed(models) == ()
    assert not list((models / ".partial").glob(f"*/{name}"))


@pytest.mark.parametrize("length", [10, 2_000_000, 4_000_000])
def test_a_file_of_another_length_is_refused(
    published: RemoteModel, pretend_hub: PretendHub, models: Path, length: int
) -> None:
    pretend_hub.changed["model.bin"] = b"0123456789" * (length // 10)
    with pytest.raises(DownloadFailed, match="not the file that it should be"):
        fetch(published, models, pretend_hub)
    assert installed(models) == ()


def test_weights_are_held_against_our_own_checksum_whatever_the_hub_says(
    published: RemoteModel, pretend_hub: PretendHub, models: Path
) -> None:
    pinned = look_up(published.repository, REVISION, pretend_hub.address, weights_sha256="0" * 64)
    with pytest.raises(DownloadFailed, match="not the file"):
        fetch(pinned, models, pretend_hub)


def test_a_fetched_model_that_does_not_load_is_not_installed(
    published: RemoteModel, pretend_hub: PretendHub, models: Path
) -> None:
    with pytest.raises(EngineFailed):
        pull(published, models, name="x", hub=pretend_hub.address, on_bytes=nothing, threads=1, time_window=window_time)
    assert installed(models) == ()


def test_a_repository_that_is_not_there_is_said_so(pretend_hub: PretendHub) -> None:
    with pytest.raises(DownloadFailed, match="has no public model nobody/nothing"):
        look_up("nobody/nothing", "main", pretend_hub.address)


def test_a_repository_of_something_else_is_said_so(pretend_hub: PretendHub, tmp_path: Path) -> None:
    (tmp_path / "bert").mkdir()
    (tmp_path / "bert" / "config.json").write_text("{}")
    pretend_hub.publish("somebody/bert", tmp_path / "bert")
    with pytest.raises(ModelUnusable, match=r"has no model\.bin, tokenizer\.json"):
        look_up("somebody/bert", "main", pretend_hub.address)


def test_a_hub_in_trouble_is_said_so(published: RemoteModel, pretend_hub: PretendHub, models: Path) -> None:
    pretend_hub.failing = 503
    with pytest.raises(DownloadFailed, match="error 503"):
        fetch(published, models, pretend_hub)


def test_without_a_network_the_next_step_is_to_copy_by_hand(pretend_hub: PretendHub) -> None:
    pretend_hub.stop()
    with pytest.raises(DownloadFailed, match="cannot be reached") as caught:
        look_up("somebody/whisper-x", "main", pretend_hub.address)
    assert "rehearse models add FOLDER" in caught.value.hint


@pytest.mark.parametrize("page", ["<html>Please log in</html>", "[]", '{"siblings": []}', '{"siblings": [{}]}'])
def test_a_log_in_page_is_not_taken_for_the_hub(pretend_hub: PretendHub, page: str) -> None:
    pretend_hub.page = page
    with pytest.raises(DownloadFailed, match="not a model hub"):
        look_up("somebody/whisper-x", "main", pretend_hub.address)


def test_a_full_disk_is_known_before_anything_is_fetched(
    published: RemoteModel, pretend_hub: PretendHub, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1_000_000}))
    with pytest.raises(StorageFailed, match="no room for 3 MB"):
        fetch(published, models, pretend_hub)
    assert pretend_hub.asked_for("model.bin") == []


def test_only_a_web_address_is_a_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "file:///etc")
    with pytest.raises(DownloadFailed, match="not a web address"):
        hub_address()
    monkeypatch.delenv("HF_ENDPOINT")
    assert hub_address() == "https://huggingface.co"
