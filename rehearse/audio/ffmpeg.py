"""What FFmpeg does for us, through PyAV: decode any file, change a sample rate, change the speed and keep the pitch.

Blocks of sound are int16 arrays of shape (n,), mono. The program never runs FFmpeg's own commands: PyAV brings its
libraries along (docs/decisions/0011-playback-speed.md).
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rehearse.errors import RecordingUnreadable

if TYPE_CHECKING:
    from av import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.filter.context import FilterContext


#: Formats whose head counts the sound that follows; of others FFmpeg takes the file's size, or guesses.
_SAYS_ITS_LENGTH = frozenset({"flac", "mp4"})


def decoded(source: Path, rate_hz: int) -> Iterator[npt.NDArray[np.int16]]:
    """The sound of any audio or video file at rate_hz, all channels mixed; broken packets are passed over.

    Raises RecordingUnreadable where it holds no sound, or none that can be read.
    """
    import av

    try:
        # A whole path: FFmpeg takes '14:30.wav' for an address.
        with av.open(str(source.absolute()), metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise RecordingUnreadable(
                    f"{source.name} has no sound in it.",
                    "Choose a file with sound: wav, mp3, m4a, mp4 ...",
                )
            stream = container.streams.audio[0]
            # A file joined of two recordings may change its kind of sound in the middle; a resampler takes one kind.
            for _, frames in groupby(_frames(container, stream), key=_kind_of_sound):
                resampler = av.AudioResampler(format="s16", layout="mono", rate=rate_hz)
                for frame in chain(frames, [None]):
                    for resampled_frame in resampler.resample(frame):
                        yield resampled_frame.to_ndarray()[0]
    except (av.error.FFmpegError, ValueError) as error:
        raise RecordingUnreadable(
            f"{source.name} is not a sound file that rehearse can read, or it is damaged.",
            "Most formats work (wav, flac, mp3, m4a, ogg, webm, mp4). Try to save it again from your recorder.",
        ) from error


def declared_s(source: Path) -> float | None:
    """How long the file says that it is, in seconds; None where it does not say, or only guesses."""
    import av

    try:
        with av.open(str(source.absolute()), metadata_errors="ignore") as container:
            stream = container.streams.audio[0]
            if not _SAYS_ITS_LENGTH.intersection(container.format.name.split(",")) or not (
                stream.duration and stream.time_base
            ):
                return None
            return float(stream.duration * stream.time_base)
    except (av.error.FFmpegError, ValueError, IndexError):
        return None


class Resampler:
    """Takes sound at from_hz block by block and gives it at to_hz; some of it is held back until `rest`."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        import av

        self._from_hz = from_hz
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=to_hz)

    def feed(self, block: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
        """What can be given on after this block, which may be nothing."""
        return self._given(_frame(block, self._from_hz)) if len(block) else block

    def rest(self) -> npt.NDArray[np.int16]:
        """What was held back; nothing can be fed after that."""
        return self._given(None)

    def _given(self, frame: "AudioFrame | None") -> npt.NDArray[np.int16]:
        blocks = [resampled_frame.to_ndarray()[0] for resampled_frame in self._resampler.resample(frame)]
        return np.concatenate([np.zeros(0, np.int16), *blocks])


def resampled(blocks: Iterable[npt.NDArray[np.int16]], from_hz: int, to_hz: int) -> Iterator[npt.NDArray[np.int16]]:
    """The same sound at another rate."""
    resampler = Resampler(from_hz, to_hz)
    yield from map(resampler.feed, blocks)
    yield resampler.rest()


def stretched(blocks: Iterable[npt.NDArray[np.int16]], rate_hz: int, speed: float) -> Iterator[npt.NDArray[np.int16]]:
    """The same sound at `speed` times its pace and at its own pitch; speed is 0.5..100.

    What was at t seconds comes at t / speed, within 20 ms (measured on speech, 0.5x to 2x). Blocks come out as soon
    as FFmpeg has made them, a tenth of a second after their sound went in.
    """
    import av

    graph = av.filter.Graph()
    entry = graph.add_abuffer(sample_rate=rate_hz, format="s16", layout="mono", time_base=Fraction(1, rate_hz))
    tempo, leaving = graph.add("atempo", f"{speed:.6f}"), graph.add("abuffersink")
    entry.link_to(tempo)
    tempo.link_to(leaving)
    graph.configure()
    sent = 0
    for block in blocks:
        frame = _frame(block, rate_hz)
        frame.pts = sent
        sent += len(block)
        entry.push(frame)
        yield from _ready(leaving)
    entry.push(None)
    yield from _ready(leaving)


def _ready(leaving: "FilterContext") -> Iterator[npt.NDArray[np.int16]]:
    import av

    while True:
        try:
            frame = leaving.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        if isinstance(frame, av.AudioFrame):
            yield frame.to_ndarray()[0]


def _frame(block: npt.NDArray[np.int16], rate_hz: int) -> "AudioFrame":
    import av

    frame = av.AudioFrame.from_ndarray(block[np.newaxis, :], format="s16", layout="mono")
    frame.sample_rate = rate_hz
    return frame


def _kind_of_sound(frame: "AudioFrame") -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


def _frames(container: "InputContainer", stream: "AudioStream") -> Iterator["AudioFrame"]:
    import av

    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            continue
        for frame in frames:
            # Gaps in the time stamps are not filled: what was not recorded is not invented.
            frame.pts = None
            yield frame
