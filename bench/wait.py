"""How long somebody waits between 'stop' and the measures of an answer: heard live, and heard afterwards (batch).

    python bench/wait.py [--long] [--engine draft|base] [--pause 0.8] [--whole] [--json FILE]

Real: the journal, the live process, speech detection, both engines' code, everything `rehearse practice` does between
the key and the numbers but for the database and the screen. Simulated: the microphone. The bundled example answers,
said over and over, are written into a journal in blocks of 32 ms; all but the last 30 s at once, and once these have
been heard, the last 30 s at the speed of speech (--whole: all of it at the speed of speech). 'stop' comes --pause
seconds after the sound breaks off, in the middle of a word or not.

draft is the built-in recogniser. base is a Whisper model of base.en's shape (6 + 6 layers, 8 heads, width 512, int8)
that writes the same 40 words for any sound: as much work as base.en has with a chunk of 16 s, and no accuracy.
Batch includes loading the model, as a person waits for that too, and not the imports.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rehearse.audio.journal import Journal
from rehearse.audio.recording import Recording, Samples, open_recording
from rehearse.practice import Listener, hear
from rehearse.settings import FillerSettings
from rehearse.transcription.engines import Engine
from rehearse.transcription.live import LiveHearing
from rehearse.transcription.speech_activity import detect_speech
from rehearse.transcription.sphinx import SphinxEngine
from rehearse.transcription.whisper import WhisperEngine

DEMO = Path(__file__).resolve().parents[1] / "fixtures" / "demo"
RATE_HZ = 16_000
BLOCK = 512
SPOKEN_S = 30.0
THREADS = 2
QUIET_S, START_S = 15.0, 5.0

WIDTH, LAYERS, HEADS, MELS, VOCABULARY = 512, 6, 8, 80, 51_864
WORDS = 40
SPECIALS = (
    "<|endoftext|>", "<|startoftranscript|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>",
    "<|nospeech|>", "<|notimestamps|>",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One answer; *_s are seconds after 'stop', sound_s those until its length and pauses are known."""

    engine: str
    answer_s: float
    live_sound_s: float
    live_s: float
    batch_s: float
    words: int

    def __str__(self) -> str:
        return (
            f"{self.engine:6} {self.answer_s:6.0f} s   {self.live_sound_s:6.2f} {self.live_s:6.2f}"
            f" {self.live_s / self.answer_s:7.3f}   {self.batch_s:6.2f} {self.batch_s / self.answer_s:7.3f}"
            f" {self.words:6}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_true", help="answers of 5 and 10 minutes too")
    parser.add_argument("--engine", choices=("draft", "base"), action="append", help="both where not given")
    parser.add_argument("--pause", type=float, default=0.8, metavar="S", help="seconds from the last sound to 'stop'")
    parser.add_argument("--whole", action="store_true", help="everything at the speed of speech")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()

    import faster_whisper  # noqa: F401 - so that no batch run has to

    rows: list[Row] = []
    print(f"'stop' {options.pause} s after the last sound; seconds, and ratio to the answer's length\n")
    print("engine    answer    live: sound all   ratio    batch   ratio  words")
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base.en-shape"
        write_base(base)
        engines: dict[str, Callable[[], Engine]] = {
            "draft": lambda: SphinxEngine(worker_count=THREADS),
            "base": lambda: WhisperEngine(base, language="en", prompt="", threads=THREADS),
        }
        for name in options.engine or engines:
            for answer_s in (30.0, 120.0, *((300.0, 600.0) if options.long else ())):
                spoken_s = answer_s if options.whole else SPOKEN_S
                rows.append(measured(name, engines[name], answer_s, spoken_s, options.pause, Path(folder)))
                print(rows[-1], flush=True)
    if options.json is not None:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")


def measured(
    name: str, engine: Callable[[], Engine], answer_s: float, spoken_s: float, pause_s: float, folder: Path
) -> Row:
    sound = answer(answer_s)
    with closing(LiveHearing(engine())) as live:
        journal = Journal(folder, RATE_HZ)
        live.follow(journal.path, RATE_HZ)
        before = len(sound) - round(spoken_s * RATE_HZ)
        write(journal, sound[:before], at_speed=False)
        until_quiet(live)
        write(journal, np.concatenate([sound[before:], np.zeros(round(pause_s * RATE_HZ), np.float32)]), at_speed=True)
        stopped = time.perf_counter()
        live.let_go()
        recording = open_recording(journal.finish())
        live.finish(recording)
        live_sound_s, live_s, live_words = waited(recording, live.engine, live.detect, stopped)
    batch = engine()
    with closing(batch):
        _, batch_s, batch_words = waited(recording, batch, detect_speech, time.perf_counter())
    assert live_words == batch_words, "live and batch hear different words"
    recording.path.unlink()
    return Row(
        engine=name,
        answer_s=answer_s,
        live_sound_s=round(live_sound_s, 2),
        live_s=round(live_s, 2),
        batch_s=round(batch_s, 2),
        words=len(live_words),
    )


def waited(recording: Recording, engine: Engine, detect: Any, since: float) -> tuple[float, float, Any]:
    sound_s: list[float] = []
    ear = Listener(
        engine=engine,
        fillers=FillerSettings(),
        detect=detect,
        on_length=lambda _: sound_s.append(time.perf_counter() - since),
    )
    heard = hear(recording, ear)
    assert heard.transcript is not None
    return sound_s[0], time.perf_counter() - since, heard.transcript.words


def answer(length_s: float) -> Samples:
    once = np.concatenate([soundfile.read(path, dtype="float32")[0] for path in sorted(DEMO.glob("*.flac"))])
    sound: Samples = np.resize(once, round(length_s * RATE_HZ))
    return sound


def write(journal: Journal, sound: Samples, *, at_speed: bool) -> None:
    began = time.perf_counter()
    for first in range(0, len(sound), BLOCK):
        block = sound[first : first + BLOCK]
        if at_speed:
            time.sleep(max(0.0, (first + len(block)) / RATE_HZ - (time.perf_counter() - began)))
        journal.append((block * 32767).astype("<i2").tobytes())


def until_quiet(live: LiveHearing) -> None:
    """Until nothing more has been heard for a while: longer than any chunk takes."""
    heard, since = 0, time.perf_counter()
    while time.perf_counter() - since < (QUIET_S if heard else START_S):
        if len(live.heard_spans) > heard:
            heard, since = len(live.heard_spans), time.perf_counter()
        time.sleep(0.05)


def write_base(folder: Path) -> None:
    """A model of base.en's shape: random, but for layers that add nothing and a code for each place in its text."""
    from ctranslate2.specs import WhisperSpec
    from tokenizers.pre_tokenizers import ByteLevel

    times = [f"<|{step * 0.02:.2f}|>" for step in range(1501)]
    text = sorted(ByteLevel.alphabet())
    # Hashes, as text that repeats itself would be decoded twice.
    text += [f"Ġ{number * 2_654_435_761 % 2**32:x}" for number in range(VOCABULARY - 256 - len(SPECIALS) - len(times))]
    tokens = [*text, *SPECIALS, *times]
    ids = {token: number for number, token in enumerate(tokens)}
    script = ["<|0.00|>", *text[256 : 256 + WORDS], "<|10.00|>", "<|endoftext|>"]
    hadamard = np.ones((1, 1), np.float32)
    while len(hadamard) < WIDTH:
        hadamard = np.block([[hadamard, hadamard], [hadamard, -hadamard]]).astype(np.float32)
    places = hadamard[1:449]

    random = np.random.default_rng(1)
    spec = WhisperSpec(LAYERS, HEADS, LAYERS, HEADS)
    encoder, decoder = spec.encoder, spec.decoder
    encoder.conv1.weight, encoder.conv1.bias = noise(random, WIDTH, MELS, 3), noise(random, WIDTH)
    encoder.conv2.weight, encoder.conv2.bias = noise(random, WIDTH, WIDTH, 3), noise(random, WIDTH)
    encoder.position_encodings.encodings = noise(random, 1500, WIDTH)
    decoder.embeddings.weight = np.zeros((len(tokens), WIDTH), np.float32)
    decoder.position_encodings.encodings = places
    decoder.projection.weight = np.zeros((len(tokens), WIDTH), np.float32)
    for place, token in enumerate(script):
        decoder.projection.weight[ids[token]] += places[place]
    fill_norm(encoder.layer_norm)
    fill_norm(decoder.layer_norm)
    for layer in (*encoder.layer, *decoder.layer):
        fill_attention(layer.self_attention, random, (3 * WIDTH, WIDTH))
        fill_norm(layer.ffn.layer_norm)
        fill_linear(layer.ffn.linear_0, noise(random, 4 * WIDTH, WIDTH))
        fill_linear(layer.ffn.linear_1, np.zeros((WIDTH, 4 * WIDTH), np.float32))
    for layer in decoder.layer:
        fill_attention(layer.attention, random, (WIDTH, 2 * WIDTH, WIDTH))
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = []
    spec.config.alignment_heads = [(layer, head) for layer in range(LAYERS // 2, LAYERS) for head in range(HEADS)]
    spec.register_vocabulary(tokens)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer(text, times)), encoding="utf-8")


def tokenizer(text: list[str], times: list[str]) -> dict[str, Any]:
    added = [
        {"id": len(text) + number, "content": content, "special": content in SPECIALS, "normalized": False}
        | {"single_word": False, "lstrip": False, "rstrip": False}
        for number, content in enumerate((*SPECIALS, *times))
    ]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    model = {"type": "BPE", "vocab": {token: number for number, token in enumerate(text)}, "merges": []}
    return {
        "version": "1.0",
        "added_tokens": added,
        "pre_tokenizer": byte_level,
        "decoder": byte_level,
        "model": model | {"ignore_merges": True},
    }


def noise(random: np.random.Generator, *shape: int) -> Any:
    return random.normal(0, 0.05, shape).astype(np.float32)


def fill_attention(attention: Any, random: np.random.Generator, outputs: tuple[int, ...]) -> None:
    """Its last layer is zero, so that it adds nothing."""
    fill_norm(attention.layer_norm)
    for linear, size in zip(attention.linear, outputs, strict=True):
        fill_linear(linear, noise(random, size, WIDTH))
    attention.linear[-1].weight[:] = 0.0


def fill_norm(norm: Any) -> None:
    norm.gamma, norm.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)


def fill_linear(linear: Any, weight: Any) -> None:
    linear.weight, linear.bias = weight, np.zeros(len(weight), np.float32)


if __name__ == "__main__":
    main()
