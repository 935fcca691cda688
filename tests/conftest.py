"""Every test sees only a temporary home; what a machine may lack is asked for here, in one place."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

# On a slow or busy machine an example may take any time, and the same examples are tried on every machine.
settings.register_profile("rehearse", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("rehearse")

#: Set to 'all' where everything must be there (CI): what would be skipped then fails.
REQUIRED = os.environ.get("REHEARSE_REQUIRE", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if REQUIRED != "all" and item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="takes most of a minute; runs with REHEARSE_REQUIRE=all"))


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
        _not_here(", ".join(missing))

    return check


def _not_here(what: str) -> NoReturn:
    reason = f"needs {what}, not installed here"
    if REQUIRED == "all":
        pytest.fail(f"REHEARSE_REQUIRE=all, but this test {reason}")
    pytest.skip(reason)


# Longer than sound is on its way from a player through the server to a recorder.
_IN_FLIGHT_S = 0.4


class VirtualMicrophone:
    """A sound server of its own, whose only input hears what is played to its only output.

    environment  what a child process needs to see these devices and no other; PortAudio reads it once a process
    """

    def __init__(self, home: Path) -> None:
        self._processes: list[subprocess.Popen[bytes]] = []
        # Instead of the machine's own configuration, so that its devices are not seen.
        (home / "asound.conf").write_text("pcm.default{type pulse}\nctl.default{type pulse}\npcm.pulse{type pulse}\n")
        self.environment = os.environ | {
            "ALSA_CONFIG_PATH": str(home / "asound.conf"),
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home),
            "PULSE_SERVER": f"unix:{home}/pulse/native",
            "JACK_NO_START_SERVER": "1",
        }

    def start(self) -> None:
        server = self._run(
            "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
            "-L", "module-native-protocol-unix auth-anonymous=1",
            "-L", "module-null-sink sink_name=vspk rate=48000",
            "-L", "module-remap-source master=vspk.monitor source_name=vmic",
        )  # fmt: skip
        _wait_until(lambda: self._tell("info") is not None, server)
        self._tell("set-default-source", "vmic")
        # Without sound the monitor of a null sink delivers its first block only after two seconds.
        silence = self._run("pacat", "--latency-msec=20", "-d", "vspk", "/dev/zero")
        _wait_until(lambda: self._tell("list", "short", "sink-inputs"), silence)
        self._tell("suspend-sink", "vspk", "1")
        self._tell("suspend-sink", "vspk", "0")

    def speak(self, sound: Path, wait: bool = False) -> None:
        """Play a sound file into the microphone; wait until all of it was heard there where asked to."""
        speaker = self._run("paplay", "-d", "vspk", str(sound))
        if wait:
            assert speaker.wait(timeout=120) == 0, f"paplay could not play {sound}"
            time.sleep(_IN_FLIGHT_S)

    @contextmanager
    def overheard(self, sound: Path) -> Iterator[None]:
        """Record what is played on the output meanwhile into a mono WAV file at 16 kHz."""
        listener = self._run(
            "pacat", "--record", "-d", "vspk.monitor", "--latency-msec=20", "--file-format=wav",
            "--format=s16le", "--rate=16000", "--channels=1", str(sound),
        )  # fmt: skip
        _wait_until(lambda: sound.exists() and sound.stat().st_size > 44, listener)
        yield
        time.sleep(_IN_FLIGHT_S)
        _end(listener)

    def unplug(self) -> None:
        """Take every device away while it may be in use; were one left, the server would move the streams there."""
        assert self._tell("unload-module", "module-null-sink") is not None

    def stop(self) -> None:
        for process in reversed(self._processes):
            _end(process)

    def _run(self, *command: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(process)
        return process

    def _tell(self, *command: str) -> str | None:
        """What the server answers, None where it refuses."""
        done = subprocess.run(
            ["pactl", *command], env=self.environment, capture_output=True, text=True, check=False, timeout=30
        )
        return done.stdout if done.returncode == 0 else None


def _wait_until(there: Callable[[], object], process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 20
    while not there():
        assert process.poll() is None, f"{process.args} ended with {process.returncode}"
        assert time.monotonic() < deadline, f"{process.args} did not start"
        time.sleep(0.02)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture
def virtual_microphone(need: Callable[..., None]) -> Iterator[VirtualMicrophone]:
    """A microphone to speak into, for a child process with its `environment`: PulseAudio on Linux, no hardware."""
    need("pulseaudio", "pactl", "pacat", "paplay")
    plugin = "alsa-lib/libasound_module_pcm_pulse.so"
    if not any(next(Path("/usr").glob(f"{place}/{plugin}"), None) for place in ("lib", "lib64", "lib/*")):
        _not_here("the PulseAudio plugin of ALSA (libasound2-plugins)")
    # A short folder of its own: the path of a socket may be 107 characters long, and pytest's are longer.
    home = Path(tempfile.mkdtemp(prefix="rehearse-"))
    microphone = VirtualMicrophone(home)
    try:
        microphone.start()
        yield microphone
    finally:
        microphone.stop()
        shutil.rmtree(home)
