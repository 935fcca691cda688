"""A Whisper model of base.en's shape that has never heard speech: as much work to run, and no weights to download."""

import json
from pathlib import Path
from typing import Any

import numpy as np

WIDTH, LAYERS, HEADS, MELS, VOCABULARY = 512, 6, 8, 80, 51_864
SPECIALS = (
    "<|endoftext|>", "<|startoftranscript|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>",
    "<|nospeech|>", "<|notimestamps|>",
)  # fmt: skip


def write_base(folder: Path, tokens: int) -> None:
    """A model that writes so many tokens for any sound, and then ends.

    Random, but for layers that add nothing and a code for each place in its text. Behind its text every place calls for
    the end: the search goes on until all its beams have ended, and would otherwise go on as long as it may.
    """
    from ctranslate2.specs import WhisperSpec
    from tokenizers.pre_tokenizers import ByteLevel

    times = [f"<|{step * 0.02:.2f}|>" for step in range(1501)]
    text = sorted(ByteLevel.alphabet())
    # Hashes, as text that repeats itself would be decoded twice.
    text += [f"Ġ{number * 2_654_435_761 % 2**32:x}" for number in range(VOCABULARY - 256 - len(SPECIALS) - len(times))]
    vocabulary = [*text, *SPECIALS, *times]
    ids = {token: number for number, token in enumerate(vocabulary)}
    script = ["<|0.00|>", *text[256 : 256 + tokens], "<|10.00|>"]
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
    decoder.embeddings.weight = np.zeros((len(vocabulary), WIDTH), np.float32)
    decoder.position_encodings.encodings = places
    decoder.projection.weight = np.zeros((len(vocabulary), WIDTH), np.float32)
    for place, token in enumerate(script):
        decoder.projection.weight[ids[token]] += places[place]
    decoder.projection.weight[ids["<|endoftext|>"]] = places[len(script) :].sum(axis=0)
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
    spec.register_vocabulary(vocabulary)
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
