"""Whatever a person brings becomes one plain recording, or one plain sentence saying why it cannot."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from steady_tone import PITCH_HZ, tone

from rehearse.audio.decoding import at_analysis_rate, decode
from rehearse.audio.recording import ANALYSIS_RATE_HZ, Recording, open_recording
from rehearse.errors import RecordingUnreadable, RehearseError, StorageFailed


def pitch_hz(recording: Recording) -> float:
    samples = recording.samples()
    strongest = int(np.argmax(np.abs(np.fft.rfft(samples))))
    return strongest * recording.sample_rate_hz / len(samples)


def assert_tone(recording: Recording, seconds: float, within_s: float = 0.01) -> None:
    assert recording.sample_rate_hz == ANALYSIS_RATE_HZ
    assert recording.recording_s == pytest.approx(seconds, abs=within_s)
    assert pitch_hz(recording) == pytest.approx(PITCH_HZ, abs=2)
    assert open_recording(recording.path) == recording


def film(path: Path, sound_codec: str | None, picture_codec: str, seconds: float = 2.0) -> Path:
    """A small film: a grey picture, and the tone where a sound codec is named."""
    with av.open(str(path), "w") as container:
        picture = container.add_stream(picture_codec, rate=10)
        picture.width = picture.height = 64
        picture.pix_fmt = "yuv420p"
        sound = container.add_stream(sound_codec, rate=48_000, layout="mono") if sound_codec else None
        for number in range(round(seconds * 10)):
            frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 128, np.uint8), format="rgb24")
            frame.pts = number
            frame.time_base = Fraction(1, 10)
            container.mux(picture.encode(frame))
        container.mux(picture.encode(None))
        if sound is not None:
            samples = (tone(seconds, 48_000) * 32767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(samples[np.newaxis, :], format="s16", layout="mono")
            frame.sample_rate = 48_000
            frame.pts = 0
            container.mux(sound.encode(frame))
            container.mux(sound.encode(None))
    return path


@pytest.fixture
def destination(tmp_path: Path) -> Path:
    return tmp_path / "decoded.wav"


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000])
def test_any_rate_becomes_16_khz(tmp_path: Path, destination: Path, rate_hz: int) -> None:
    source = tmp_path / "answer.wav"
    soundfile.write(source, tone(2, rate_hz), rate_hz)
    assert_tone(decode(source, destination), 2)


@pytest.mark.parametrize("channels", [2, 6])
def test_all_channels_are_mixed_into_one(tmp_path: Path, destination: Path, channels: int) -> None:
    source = tmp_path / "answer.wav"
    sound = np.zeros((2 * 48_000, channels), np.float32)
    sound[:, 1] = tone(2, 48_000)
    soundfile.write(source, sound, 48_000)
    assert_tone(decode(source, destination), 2)


@pytest.mark.parametrize("name", ["answer.flac", "answer.ogg", "answer.mp3", "answer.aiff", "answer.caf", "answer.au"])
def test_sound_files_of_many_kinds_are_read(tmp_path: Path, destination: Path, name: str) -> None:
    source = tmp_path / name
    soundfile.write(source, tone(2, 48_000), 48_000)
    assert_tone(decode(source, destination), 2, within_s=0.08)


@pytest.mark.parametrize(
    ("name", "sound_codec", "picture_codec"),
    [("call.mp4", "aac", "mpeg4"), ("call.webm", "libopus", "libvpx"), ("call.mkv", "pcm_s16le", "mpeg4")],
)
def test_the_sound_of_a_film_is_read(
    tmp_path: Path, destination: Path, name: str, sound_codec: str, picture_codec: str
) -> None:
    source = film(tmp_path / name, sound_codec, picture_codec)
    assert_tone(decode(source, destination), 2, within_s=0.08)


def test_a_name_that_lies_about_its_kind_does_not_matter(tmp_path: Path, destination: Path) -> None:
    source = tmp_path / "answer.mp3"
    soundfile.write(source, tone(2), ANALYSIS_RATE_HZ, format="WAV")
    assert_tone(decode(source, destination), 2)


@pytest.mark.parametrize("name", ["answer.wav", "answer.mp3", "answer.flac", "answer.ogg"])
def test_a_file_cut_in_half_gives_what_it_holds(tmp_path: Path, destination: Path, name: str) -> None:
    source = tmp_path / name
    soundfile.write(source, tone(10, 44_100), 44_100)
    source.write_bytes(source.read_bytes()[: source.stat().st_size // 2])
    # Half the bytes are less than half the sound where much stands in front of it, as in ogg.
    assert_tone(decode(source, destination), 4, within_s=1.5)


def test_damage_in_the_middle_costs_only_the_middle(tmp_path: Path, destination: Path) -> None:
    source = tmp_path / "answer.mp3"
    soundfile.write(source, tone(10, 44_100), 44_100)
    broken = bytearray(source.read_bytes())
    middle = len(broken) // 2
    broken[middle : middle + 2_000] = bytes(2_000)
    source.write_bytes(broken)
    assert_tone(decode(source, destination), 10, within_s=1.0)


def test_silence_is_a_recording_like_any_other(tmp_path: Path, destination: Path) -> None:
    source = tmp_path / "answer.wav"
    soundfile.write(source, np.zeros(48_000, np.float32), 48_000)
    recording = decode(source, destination)
    assert recording.recording_s == 1.0
    assert not recording.samples().any()


def test_clipped_sound_stays_clipped_and_does_not_wrap_around(tmp_path: Path, destination: Path) -> None:
    source = tmp_path / "answer.wav"
    clipped = np.sign(tone(1))
    soundfile.write(source, clipped, ANALYSIS_RATE_HZ, subtype="PCM_16")
    samples = decode(source, destination).samples()
    assert np.allclose(samples, clipped, atol=1 / 32_768)


def test_float_sound_over_full_scale_does_not_wrap_around(tmp_path: Path, destination: Path) -> None:
    source = tmp_path / "answer.wav"
    soundfile.write(source, tone(1, loudness=3.0), ANALYSIS_RATE_HZ, subtype="FLOAT")
    samples = decode(source, destination).samples()
    assert np.allclose(samples, np.clip(tone(1, loudness=3.0), -1, 1), atol=2 / 32_768)


@pytest.mark.parametrize(
    ("start_s", "end_s", "seconds"), [(0, None, 10), (2.5, None, 7.5), (0, 4, 4), (2.25, 4.5, 2.25), (9, 60, 1)]
)
def test_a_part_of_a_file_can_be_taken(
    tmp_path: Path, destination: Path, start_s: float, end_s: float | None, seconds: float
) -> None:
    source = tmp_path / "answer.wav"
    whole = tone(10) * np.linspace(0.1, 1, 10 * ANALYSIS_RATE_HZ, dtype=np.float32)
    soundfile.write(source, whole, ANALYSIS_RATE_HZ)
    recording = decode(source, destination, start_s=start_s, end_s=end_s)
    first = round(start_s * ANALYSIS_RATE_HZ)
    assert recording.recording_s == seconds
    assert np.allclose(recording.samples(), whole[first : first + round(seconds * ANALYSIS_RATE_HZ)], atol=1 / 32_768)


def empty(path: Path) -> None:
    path.touch()


def text(path: Path) -> None:
    path.write_text("My answer, written down.\n" * 50)


def header_only(path: Path) -> None:
    soundfile.write(path, np.zeros(0, np.float32), ANALYSIS_RATE_HZ, format="WAV")


def random_bytes(path: Path) -> None:
    path.write_bytes(np.random.default_rng(3).bytes(50_000))


def folder(path: Path) -> None:
    path.mkdir()


def missing(path: Path) -> None:
    assert not path.exists()


def silent_film(path: Path) -> None:
    film(path.with_suffix(".mp4"), None, "mpeg4").rename(path)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (empty, "answer.wav is empty"),
        (text, "answer.wav is not a sound file"),
        (header_only, "There is no sound in answer.wav"),
        (random_bytes, "answer.wav is not a sound file"),
        (folder, "is a folder"),
        (missing, "There is no file"),
        (silent_film, "answer.wav has no sound in it"),
    ],
)
def test_what_cannot_be_used_is_said_in_words(
    tmp_path: Path, destination: Path, make: Callable[[Path], None], message: str
) -> None:
    source = tmp_path / "answer.wav"
    make(source)
    with pytest.raises(RecordingUnreadable, match=message) as refusal:
        decode(source, destination)
    assert refusal.value.hint
    assert not destination.exists()


def test_a_part_after_the_end_is_said_in_words(tmp_path: Path, destination: Path) -> None:
    source = tmp_path / "answer.wav"
    soundfile.write(source, tone(1), ANALYSIS_RATE_HZ)
    with pytest.raises(RecordingUnreadable, match=r"answer\.wav ends before that part begins"):
        decode(source, destination, start_s=5)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_but_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    name = data.draw(st.sampled_from(["answer.wav", "answer.mp3", "answer.flac", "answer.ogg"]))
    source = folder / name
    soundfile.write(source, tone(0.5), ANALYSIS_RATE_HZ)
    content = bytearray(source.read_bytes())
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)))):
        content[place] = value
    source.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    try:
        recording = decode(source, folder / "decoded.wav")
    except RehearseError:
        assert not (folder / "decoded.wav").exists()
    else:
        assert recording.recording_s > 0


def test_the_source_is_only_read(tmp_path: Path, destination: Path) -> None:
    source = tmp_path / "answer.wav"
    soundfile.write(source, tone(1, 44_100), 44_100)
    before = source.read_bytes(), source.stat().st_mtime_ns
    decode(source, destination)
    assert (source.read_bytes(), source.stat().st_mtime_ns) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions in another way")
def test_the_copy_is_for_its_owner_alone(tmp_path: Path, destination: Path) -> None:
    source = tmp_path / "answer.wav"
    soundfile.write(source, tone(1), ANALYSIS_RATE_HZ)
    decode(source, destination)
    assert stat.S_IMODE(destination.stat().st_mode) == 0o600


def test_a_folder_that_takes_no_copy_is_said_in_words(tmp_path: Path) -> None:
    source = tmp_path / "answer.wav"
    soundfile.write(source, tone(1), ANALYSIS_RATE_HZ)
    with pytest.raises(StorageFailed, match="A copy of the sound could not be written"):
        decode(source, tmp_path / "nowhere" / "decoded.wav")


FULL_DISK = """
import resource, sys
from pathlib import Path
from rehearse.audio.decoding import decode
from rehearse.errors import StorageFailed

resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    decode(Path(sys.argv[1]), Path(sys.argv[2]))
except StorageFailed as error:
    print(error.message)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot limit the size of a file")
def test_a_full_disk_is_said_in_words_and_leaves_no_half_copy(tmp_path: Path, destination: Path) -> None:
    source = tmp_path / "answer.wav"
    soundfile.write(source, tone(5), ANALYSIS_RATE_HZ)
    child = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(source), str(destination)], capture_output=True, text=True, check=True
    )
    assert child.stdout == f"A copy of the sound could not be written to {tmp_path}.\n"
    assert not destination.exists()


def test_a_recording_at_16_khz_is_its_own_analysis_copy(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    soundfile.write(path, tone(1), ANALYSIS_RATE_HZ)
    recording = open_recording(path)
    assert at_analysis_rate(recording, tmp_path / "copy.wav") is recording
    assert not (tmp_path / "copy.wav").exists()


def test_an_analysis_copy_keeps_the_overflow_count(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    soundfile.write(path, tone(1, 44_100), 44_100)
    copy = at_analysis_rate(open_recording(path, overflow_count=3), tmp_path / "copy.wav")
    assert copy.path == tmp_path / "copy.wav"
    assert copy.overflow_count == 3
    assert copy.sample_rate_hz == ANALYSIS_RATE_HZ


LONG = """
import resource, sys
from pathlib import Path
from rehearse.audio.decoding import decode

def largest_kb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)

def go_through(name):
    recording = decode(Path(sys.argv[1], name), Path(sys.argv[1], "decoded.wav"))
    for block in recording.blocks():
        pass
    return recording.recording_s

assert go_through("short.wav") == 60
before = largest_kb()
assert go_through("long.wav") == 1200
print(largest_kb() - before)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows counts memory in another way")
def test_twenty_minutes_take_no_more_memory_than_one(tmp_path: Path) -> None:
    for name, minutes in (("short.wav", 1), ("long.wav", 20)):
        with soundfile.SoundFile(tmp_path / name, "w", 24_000, 1, subtype="PCM_16") as sound:
            minute = tone(60, 24_000)
            for _ in range(minutes):
                sound.write(minute)
    child = subprocess.run([sys.executable, "-c", LONG, str(tmp_path)], capture_output=True, text=True, check=True)
    assert int(child.stdout) < 8_000, "kB; the samples alone would be 38 400 as 16-bit and 76 800 as float"


def test_a_name_with_a_colon_is_a_file_and_no_address(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    soundfile.write("14:30.wav", np.zeros(1600), 16_000)
    assert decode(Path("14:30.wav"), tmp_path / "copy.wav").recording_s == 0.1


def test_a_file_that_changes_its_kind_of_sound_in_the_middle_is_read_to_its_end(tmp_path):
    tone = np.sin(np.arange(32_000) / 5) * 0.3
    soundfile.write(tmp_path / "mono.mp3", tone, 16_000, format="MP3")
    soundfile.write(tmp_path / "stereo.mp3", np.column_stack([tone, tone]), 16_000, format="MP3")
    joined = tmp_path / "joined.mp3"
    joined.write_bytes((tmp_path / "mono.mp3").read_bytes() + (tmp_path / "stereo.mp3").read_bytes())
    assert decode(joined, tmp_path / "copy.wav").recording_s == pytest.approx(4.0, abs=0.3)
