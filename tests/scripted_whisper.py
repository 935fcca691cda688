"""A tiny Whisper model that says what a test tells it to: fixtures for every room that hears words."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest


@pytest.fixture(scope="session")
def scripted_whisper(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """scripted_whisper("so", "I", ...): the folder of a real, tiny Whisper model that writes these words for any sound.

    Every layer adds nothing to its input, each place in the text has a code of its own, and the output layer knows
    which word belongs to which code. Its cross-attention is random, so word times are noise. prompt_words is the
    number of words in the prompt without which it would not find its place; unprompted is what it writes then. A
    multilingual one has a vocabulary of the size and order of OpenAI's, with its 99 languages.
    """

    def write(*words: str, prompt_words: int = 0, unprompted: Sequence[str] = (), multilingual: bool = False) -> Path:
        folder = tmp_path_factory.mktemp("whisper") / "scripted"
        return write_whisper(folder, words, prompt_words, unprompted, multilingual)

    return write


_WIDTH = 64
_MULTILINGUAL_TEXT = 50_257
_SPECIALS = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
_TIMES = tuple(f"<|{step * 0.02:.2f}|>" for step in range(1501))


def write_whisper(
    folder: Path,
    words: Sequence[str],
    prompt_words: int = 0,
    unprompted: Sequence[str] = (),
    multilingual: bool = False,
) -> Path:
    """The new folder, with the model that the fixture `scripted_whisper` describes in it."""
    from ctranslate2.specs import WhisperSpec
    from faster_whisper.tokenizer import _LANGUAGE_CODES
    from tokenizers.pre_tokenizers import ByteLevel

    text = [*sorted(ByteLevel.alphabet()), *dict.fromkeys(_token(word) for word in (*words, *unprompted))]
    languages = [f"<|{language}|>" for language in _LANGUAGE_CODES[:99]] if multilingual else []
    specials = [*_SPECIALS[:2], *languages, *_SPECIALS[2:]]
    if multilingual:
        # CTranslate2 tells a multilingual model by the empty entry that only OpenAI's multilingual vocabularies have.
        text += [*(f"unused{number}" for number in range(_MULTILINGUAL_TEXT - len(text) - 1)), ""]
    tokens = [*text, *specials, *_TIMES]
    ids = {token: index for index, token in enumerate(tokens)}
    script, without = _script(words), _script(unprompted) if unprompted else []

    random = np.random.default_rng(1)
    places = _place_codes()
    assert len(script) + prompt_words < _WIDTH, "there are no codes for more places"
    assert len(without) <= prompt_words + 1, "the two texts would stand at the same places"
    spec = WhisperSpec(1, 2, 1, 2)
    _fill_encoder(spec.encoder, random)
    _fill_decoder(spec.decoder, random, len(tokens), places)
    # A prompt stands before the text, with a token of its own to announce it; then the language and the task.
    before = (prompt_words + 1 if prompt_words else 0) + (2 if languages else 0)
    for place, token in enumerate(script, start=before):
        spec.decoder.projection.weight[ids[token]] += places[place]
    for place, token in enumerate(without):
        spec.decoder.projection.weight[ids[token]] += places[place]
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = [ids[language] for language in languages]
    spec.config.alignment_heads = [(0, 0), (0, 1)]
    spec.register_vocabulary(tokens)
    spec.validate()
    folder.mkdir()
    spec.save(str(folder))
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer(text, specials)), encoding="utf-8")
    return folder


def _script(words: Sequence[str]) -> list[str]:
    return ["<|0.00|>", *(_token(word) for word in words), f"<|{0.5 * len(words):.2f}|>", "<|endoftext|>"]


def _token(word: str) -> str:
    """A word comes with the space before it, but for what goes on the word before: '-known'."""
    return word if word.startswith("-") else f"Ġ{word}"


def _place_codes() -> npt.NDArray[np.float32]:
    """Shape (448, _WIDTH): rows of a Hadamard matrix, at right angles to each other, of mean 0; the rest is empty."""
    hadamard = np.ones((1, 1))
    while len(hadamard) < _WIDTH:
        hadamard = np.block([[hadamard, hadamard], [hadamard, -hadamard]])
    return np.concatenate((hadamard[1:], np.zeros((449 - _WIDTH, _WIDTH)))).astype(np.float32)


def _tokenizer(text: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
    specials = [
        {"id": len(text) + index, "content": content, "special": content in names, "normalized": False}
        | {"single_word": False, "lstrip": False, "rstrip": False}
        for index, content in enumerate((*names, *_TIMES))
    ]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    vocabulary = {token: index for index, token in enumerate(text)}
    return {
        "version": "1.0",
        "added_tokens": specials,
        "pre_tokenizer": byte_level,
        "decoder": byte_level,
        "model": {"type": "BPE", "vocab": vocabulary, "merges": [], "ignore_merges": True},
    }


def _noise(random: np.random.Generator, *shape: int) -> npt.NDArray[np.float32]:
    return random.normal(0, 0.3, shape).astype(np.float32)


def _fill_encoder(encoder: Any, random: np.random.Generator) -> None:
    encoder.conv1.weight, encoder.conv1.bias = _noise(random, _WIDTH, 80, 3), _noise(random, _WIDTH)
    encoder.conv2.weight, encoder.conv2.bias = _noise(random, _WIDTH, _WIDTH, 3), _noise(random, _WIDTH)
    encoder.position_encodings.encodings = _noise(random, 1500, _WIDTH)
    _fill_norm(encoder.layer_norm)
    _fill_layer(encoder.layer[0], random)


def _fill_decoder(decoder: Any, random: np.random.Generator, vocabulary: int, places: npt.NDArray[np.float32]) -> None:
    decoder.embeddings.weight = np.zeros((vocabulary, _WIDTH), dtype=np.float32)
    decoder.position_encodings.encodings = places
    decoder.projection.weight = np.zeros((vocabulary, _WIDTH), dtype=np.float32)
    _fill_norm(decoder.layer_norm)
    _fill_layer(decoder.layer[0], random)
    attention = decoder.layer[0].attention
    _fill_norm(attention.layer_norm)
    _fill_linear(attention.linear[0], _noise(random, _WIDTH, _WIDTH))
    _fill_linear(attention.linear[1], _noise(random, 2 * _WIDTH, _WIDTH))
    _fill_linear(attention.linear[2], np.zeros((_WIDTH, _WIDTH), dtype=np.float32))


def _fill_layer(layer: Any, random: np.random.Generator) -> None:
    nothing = np.zeros((_WIDTH, _WIDTH), dtype=np.float32)
    for norm in (layer.self_attention.layer_norm, layer.ffn.layer_norm):
        _fill_norm(norm)
    _fill_linear(layer.self_attention.linear[0], _noise(random, 3 * _WIDTH, _WIDTH))
    _fill_linear(layer.self_attention.linear[1], nothing)
    _fill_linear(layer.ffn.linear_0, _noise(random, _WIDTH, _WIDTH))
    _fill_linear(layer.ffn.linear_1, nothing)


def _fill_norm(norm: Any) -> None:
    norm.gamma, norm.beta = np.ones(_WIDTH, dtype=np.float32), np.zeros(_WIDTH, dtype=np.float32)


def _fill_linear(linear: Any, weight: npt.NDArray[np.float32]) -> None:
    linear.weight, linear.bias = weight, np.zeros(len(weight), dtype=np.float32)
