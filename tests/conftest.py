"""Every test sees only a temporary home; what a machine may lack is asked for here, in one place."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings
from virtual_microphone import VirtualMicrophone, missing_for_it, plugged_in

# On a slow or busy machine an example may take any time, and the same examples are tried on every machine.
settings.register_profile("rehearse", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("rehearse")

#: Set to 'all' where everything must be there (CI): what would be skipped then fails.
REQUIRED = os.environ.get("REHEARSE_REQUIRE", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if REQUIRED != "all" and item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="takes ten seconds or more; runs with REHEARSE_REQUIRE=all"))


@pytest.fixture(autouse=True)
def temporary_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    home = tmp_path / "rehearse-home"
    for name in list(os.environ):
        if name.startswith("REHEARSE_") and name != "REHEARSE_REQUIRE":
            monkeypatch.delenv(name)
    monkeypatch.setenv("REHEARSE_HOME", str(home))
    monkeypatch.setenv("REHEARSE_CONFIG", str(tmp_path / "settings.toml"))
    yield home


@pytest.fixture(scope="session")
def tiny_model() -> Path:
    """The Whisper model that this project trained on sentences of its own; a real one, which knows nothing else."""
    return Path(__file__).parents[1] / "models" / "tiny-test"


@pytest.fixture(scope="session")
def need() -> Callable[..., None]:
    """need("flite", "pactl"): skip with the reason where a program is missing, or fail where all are required."""

    def check(*programs: str) -> None:
        missing = [program for program in programs if shutil.which(program) is None]
        if not missing:
            return
        _not_here(", ".join(missing))

    return check


@pytest.fixture(scope="session")
def cannot() -> Callable[[str], NoReturn]:
    """cannot("needs ..."): skip with that reason, or fail where everything is required."""
    return _cannot


def _not_here(what: str) -> NoReturn:
    _cannot(f"needs {what}, not installed here")


def _cannot(reason: str) -> NoReturn:
    if REQUIRED == "all":
        pytest.fail(f"REHEARSE_REQUIRE=all, but this test {reason}")
    pytest.skip(reason)


@pytest.fixture
def virtual_microphone() -> Iterator[VirtualMicrophone]:
    """A microphone to speak into, for a child process with its `environment`: PulseAudio on Linux, no hardware."""
    if missing := missing_for_it():
        _not_here(missing)
    with plugged_in() as microphone:
        yield microphone


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """small_disk(8_000_000): the folder of a disk with so many bytes; skips where none may be mounted."""
    mounted: list[Path] = []

    def mount(size: int) -> Path:
        folder = tmp_path / f"disk-{len(mounted)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(folder)]
        if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("needs to mount a small disk, which only an administrator of Linux may")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
