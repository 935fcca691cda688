"""A microphone without hardware, for tests and benchmarks: PulseAudio on Linux, with devices that nobody else sees."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

_PROGRAMS = ("pulseaudio", "pactl", "pacat", "parec", "paplay")
_PLUGIN = "alsa-lib/libasound_module_pcm_pulse.so"

#: Longer than sound is on its way from a player through the server to a recorder.
IN_FLIGHT_S = 0.4


def missing_for_it() -> str:
    """What this machine lacks for a virtual microphone, '' where it lacks nothing."""
    missing = [program for program in _PROGRAMS if shutil.which(program) is None]
    if not any(next(Path("/usr").glob(f"{place}/{_PLUGIN}"), None) for place in ("lib", "lib64", "lib/*")):
        missing.append("the PulseAudio plugin of ALSA (libasound2-plugins)")
    return ", ".join(missing)


@contextmanager
def plugged_in() -> Iterator["VirtualMicrophone"]:
    """A microphone that works, until the end of the context."""
    # A short folder of its own: the path of a socket may be 107 characters long, and pytest's are longer.
    home = Path(tempfile.mkdtemp(prefix="rehearse-"))
    microphone = VirtualMicrophone(home)
    try:
        microphone.start()
        yield microphone
    finally:
        microphone.stop()
        shutil.rmtree(home)


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
        self._keep_awake()

    def speak(self, sound: Path, wait: bool = False) -> "subprocess.Popen[bytes]":
        """The player that speaks a sound file into the microphone; all of it was heard there where asked to wait."""
        speaker = self._run("paplay", "-d", "vspk", str(sound))
        if wait:
            assert speaker.wait(timeout=120) == 0, f"paplay could not play {sound}"
            time.sleep(IN_FLIGHT_S)
        return speaker

    @contextmanager
    def overheard(self, sound: Path) -> Iterator[None]:
        """Record what is played on the output meanwhile into a mono WAV file at 16 kHz."""
        listener = self._run(
            "pacat", "--record", "-d", "vspk.monitor", "--latency-msec=20", "--file-format=wav",
            "--format=s16le", "--rate=16000", "--channels=1", str(sound),
        )  # fmt: skip
        _wait_until(lambda: sound.exists() and sound.stat().st_size > 44, listener)
        yield
        time.sleep(IN_FLIGHT_S)
        _end(listener)

    @contextmanager
    def listening(self) -> Iterator["Heard"]:
        """What is played on the output meanwhile, with the moment at which each sample was played."""
        command = ("parec", "-d", "vspk.monitor", "--latency-msec=10", "--format=s16le", "--rate=16000", "--channels=1")
        listener = self._run(*command, stdout=subprocess.PIPE)
        heard = Heard()
        reader = threading.Thread(target=heard.read, args=[listener.stdout])
        reader.start()
        _wait_until(lambda: len(heard.samples), listener)
        yield heard
        time.sleep(IN_FLIGHT_S)
        _end(listener)
        reader.join()

    def unplug(self) -> None:
        """Take every device away while it may be in use; were one left, the server would move the streams there."""
        assert self._tell("unload-module", "module-null-sink") is not None

    def plug_in_again(self) -> None:
        """A new output, and a new microphone that hears it, after unplug()."""
        assert self._tell("load-module", "module-null-sink", "sink_name=vspk", "rate=48000") is not None
        assert self._tell("set-default-sink", "vspk") is not None
        assert self._tell("load-module", "module-remap-source", "master=vspk.monitor", "source_name=vmic") is not None
        self._tell("set-default-source", "vmic")
        self._keep_awake()

    def switch_default(self) -> None:
        """The system prefers another, silent microphone from now on; the server may move who listens there."""
        assert self._tell("load-module", "module-null-sink", "sink_name=other") is not None
        assert self._tell("set-default-source", "other.monitor") is not None

    def kill(self) -> None:
        """The server ends without a word, as one that crashes."""
        self._processes[0].kill()

    def mute(self, muted: bool = True) -> None:
        """It goes on and delivers zeros."""
        assert self._tell("set-source-mute", "vmic", str(int(muted))) is not None

    def suspend(self, suspended: bool = True) -> None:
        """It delivers nothing at all, and nobody is told."""
        assert self._tell("suspend-source", "vmic", str(int(suspended))) is not None
        assert self._tell("suspend-sink", "vspk", str(int(suspended))) is not None

    @contextmanager
    def struck_dumb(self) -> Iterator[None]:
        """The server does nothing and says nothing to anybody until the end of the context."""
        server = self._processes[0]
        server.send_signal(signal.SIGSTOP)
        yield
        server.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        while self._processes:
            _end(self._processes.pop())

    def _keep_awake(self) -> None:
        # Without sound the monitor of a null sink delivers its first block only after two seconds.
        silence = self._run("pacat", "--latency-msec=20", "-d", "vspk", "/dev/zero")
        _wait_until(lambda: self._tell("list", "short", "sink-inputs"), silence)
        self._tell("suspend-sink", "vspk", "1")
        self._tell("suspend-sink", "vspk", "0")

    def _run(self, *command: str, stdout: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(process)
        return process

    def _tell(self, *command: str) -> str | None:
        """What the server answers, None where it refuses."""
        done = subprocess.run(
            ["pactl", *command], env=self.environment, capture_output=True, text=True, check=False, timeout=60
        )
        return done.stdout if done.returncode == 0 else None


class Heard:
    """Sound at RATE_HZ as it comes in; moments are those of time.monotonic(), one clock for all processes on Linux."""

    RATE_HZ = 16_000

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._began = float("inf")

    def read(self, stream: Any) -> None:
        with stream:
            while block := stream.read1(4096):
                self._bytes += block
                # The sample that waited least tells best when the first one was played.
                self._began = min(self._began, time.monotonic() - len(self._bytes) // 2 / self.RATE_HZ)

    @property
    def samples(self) -> "np.ndarray[Any, np.dtype[np.int16]]":
        """int16, shape (n,)."""
        return np.frombuffer(bytes(self._bytes[: len(self._bytes) // 2 * 2]), np.int16)

    def around(self, moment: float, width_s: float = 0.1) -> "np.ndarray[Any, np.dtype[np.int16]]":
        """The sound of that width in the middle of which the moment lies; shorter where it is not all there."""
        middle, half = round((moment - self._began) * self.RATE_HZ), round(width_s * self.RATE_HZ / 2)
        return self.samples[max(0, middle - half) : max(0, middle + half)]


def _wait_until(there: Callable[[], object], process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
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
