"""Every test sees only a temporary home; what a machine may lack is asked for here, in one place."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

#: Set to 'all' where everything must be there (CI): what would be skipped then fails.
REQUIRED = os.environ.get("REHEARSE_REQUIRE", "")


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
def need() -> Callable[..., None]:
    """need("flite", "pactl"): skip with the reason where a program is missing, or fail where all are required."""

    def check(*programs: str) -> None:
        missing = [program for program in programs if shutil.which(program) is None]
        if not missing:
            return
        reason = f"needs {', '.join(missing)}, not installed here"
        if REQUIRED == "all":
            pytest.fail(f"REHEARSE_REQUIRE=all, but this test {reason}")
        pytest.skip(reason)

    return check
