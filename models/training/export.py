"""Writes a trained network as a CTranslate2 Whisper model, in int8."""

from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import WhisperSpec
from torch import nn

from models.training.network import DECODER_LAYERS, ENCODER_LAYERS, HEADS, Attention, Layer, Network
from models.training.vocabulary import Vocabulary


def export(network: Network, vocabulary: Vocabulary, folder: Path) -> None:
    """config.json, model.bin, vocabulary.json and tokenizer.json; files of these names there are replaced."""
    spec = WhisperSpec(ENCODER_LAYERS, HEADS, DECODER_LAYERS, HEADS)
    _conv(spec.encoder.conv1, network.conv1)
    _conv(spec.encoder.conv2, network.conv2)
    spec.encoder.position_encodings.encodings = _array(network.places)
    _norm(spec.encoder.layer_norm, network.encoder_norm)
    for theirs, ours in zip(spec.encoder.layer, network.encoder, strict=True):
        _layer(theirs, ours)
    spec.decoder.embeddings.weight = _array(network.embedding)
    spec.decoder.position_encodings.encodings = _array(network.token_places)
    spec.decoder.projection.weight = _array(network.embedding)
    _norm(spec.decoder.layer_norm, network.decoder_norm)
    for theirs, ours in zip(spec.decoder.layer, network.decoder, strict=True):
        _layer(theirs, ours)
    spec.config.suppress_ids = []
    # Else text could not be empty, and silence would have to be words.
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = []
    spec.config.alignment_heads = [(DECODER_LAYERS - 1, head) for head in range(HEADS)]
    spec.register_vocabulary(vocabulary.tokens)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    vocabulary.save(folder)


def _layer(theirs: Any, ours: Layer) -> None:
    _norm(theirs.self_attention.layer_norm, ours.self_norm)
    own = ours.self_attention
    _weights(theirs.self_attention.linear[0], *_fused(own.query, own.key, own.value))
    _linear(theirs.self_attention.linear[1], own.out)
    if ours.cross_attention is not None:
        _norm(theirs.attention.layer_norm, ours.cross_norm)
        _cross(theirs.attention, ours.cross_attention)
    _norm(theirs.ffn.layer_norm, ours.feed_norm)
    _linear(theirs.ffn.linear_0, ours.widen)
    _linear(theirs.ffn.linear_1, ours.narrow)


def _cross(theirs: Any, ours: Attention) -> None:
    _linear(theirs.linear[0], ours.query)
    _weights(theirs.linear[1], *_fused(ours.key, ours.value))
    _linear(theirs.linear[2], ours.out)


def _fused(*linears: nn.Linear) -> tuple[Any, Any]:
    weight = np.concatenate([_array(linear.weight) for linear in linears])
    bias = [
        np.zeros(len(linear.weight), np.float32) if linear.bias is None else _array(linear.bias) for linear in linears
    ]
    return weight, np.concatenate(bias)


def _linear(theirs: Any, ours: nn.Linear) -> None:
    _weights(theirs, _array(ours.weight), _array(ours.bias))


def _weights(theirs: Any, weight: Any, bias: Any) -> None:
    theirs.weight, theirs.bias = weight, bias


def _conv(theirs: Any, ours: nn.Conv1d) -> None:
    theirs.weight, theirs.bias = _array(ours.weight), _array(ours.bias)


def _norm(theirs: Any, ours: nn.LayerNorm) -> None:
    theirs.gamma, theirs.beta = _array(ours.weight), _array(ours.bias)


def _array(tensor: Any) -> Any:
    return tensor.detach().float().numpy()
