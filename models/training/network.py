"""A Whisper-shaped network in PyTorch: small enough to be trained on two processor cores."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

MELS = 80
WIDTH = 128
HEADS = 4
ENCODER_LAYERS, DECODER_LAYERS = 3, 2
MOST_POSITIONS, MOST_TOKENS = 1500, 448


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the network makes of a batch.

    tokens     shape (batch, tokens, vocabulary): logits of the next token
    attention  shape (batch, heads, tokens, positions): of the last layer, log of the share given to each position
    frames     shape (batch, positions, texts + 1): logits of the word spoken there, the last of them for none
    """

    tokens: Tensor
    attention: Tensor
    frames: Tensor


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        # A bias of the keys changes nothing, and Whisper has none.
        self.key = nn.Linear(WIDTH, WIDTH, bias=False)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)

    def forward(self, x: Tensor, memory: Tensor, *, causal: bool = False) -> Tensor:
        q, k, v = _split(self.query(x)), _split(self.key(memory)), _split(self.value(memory))
        mixed = functional.scaled_dot_product_attention(q, k, v, is_causal=causal)
        out: Tensor = self.out(_joined(mixed))
        return out

    def shown(self, x: Tensor, memory: Tensor) -> tuple[Tensor, Tensor]:
        """The same, and the log of the attention itself, shape (batch, heads, tokens, positions)."""
        q, k, v = _split(self.query(x)), _split(self.key(memory)), _split(self.value(memory))
        logs = (q @ k.transpose(2, 3) / math.sqrt(WIDTH // HEADS)).float().log_softmax(-1)
        out: Tensor = self.out(_joined(logs.exp().to(v.dtype) @ v))
        return out, logs


class Layer(nn.Module):
    def __init__(self, *, reads: bool) -> None:
        super().__init__()
        self.self_norm, self.self_attention = nn.LayerNorm(WIDTH), Attention()
        self.cross_norm, self.cross_attention = (nn.LayerNorm(WIDTH), Attention()) if reads else (None, None)
        self.feed_norm = nn.LayerNorm(WIDTH)
        self.widen, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def fed(self, x: Tensor) -> Tensor:
        out: Tensor = x + self.narrow(functional.gelu(self.widen(self.feed_norm(x))))
        return out


class Network(nn.Module):
    """texts: how many tokens are text, the first of the vocabulary."""

    def __init__(self, vocabulary: int, texts: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(MELS, WIDTH, 3, padding=1)
        self.conv2 = nn.Conv1d(WIDTH, WIDTH, 3, stride=2, padding=1)
        self.register_buffer("places", sinusoids(MOST_POSITIONS))
        self.encoder = nn.ModuleList(Layer(reads=False) for _ in range(ENCODER_LAYERS))
        self.encoder_norm = nn.LayerNorm(WIDTH)
        self.embedding = nn.Parameter(torch.randn(vocabulary, WIDTH) * 0.05)
        self.token_places = nn.Parameter(torch.randn(MOST_TOKENS, WIDTH) * 0.02)
        self.decoder = nn.ModuleList(Layer(reads=True) for _ in range(DECODER_LAYERS))
        self.decoder_norm = nn.LayerNorm(WIDTH)
        self.frame_words = nn.Linear(WIDTH, texts + 1)
        with torch.no_grad():
            # Time stamps begin as the places they stand for, scaled to the other embeddings.
            self.embedding[-MOST_POSITIONS - 1 :] = sinusoids(MOST_POSITIONS + 1) * 0.07

    def heard(self, mels: Tensor) -> Tensor:
        """mels: shape (batch, MELS, 2 * positions). Gives shape (batch, positions, WIDTH)."""
        x = functional.gelu(self.conv2(functional.gelu(self.conv1(mels)))).transpose(1, 2)
        x = x + self.places[: x.shape[1]]
        for layer in self.encoder:
            normed = layer.self_norm(x)
            x = layer.fed(x + layer.self_attention(normed, normed))
        out: Tensor = self.encoder_norm(x)
        return out

    def forward(self, mels: Tensor, tokens: Tensor) -> Seen:
        """tokens: shape (batch, tokens), each the input of its place."""
        memory = self.heard(mels)
        x = self.embedding[tokens] + self.token_places[: tokens.shape[1]]
        attention = None
        for layer in self.decoder:
            normed = layer.self_norm(x)
            x = x + layer.self_attention(normed, normed, causal=True)
            mixed, attention = layer.cross_attention.shown(layer.cross_norm(x), memory)
            x = layer.fed(x + mixed)
        assert attention is not None, "a decoder has layers"
        logits = self.decoder_norm(x) @ self.embedding.T
        return Seen(tokens=logits, attention=attention, frames=self.frame_words(memory))


def sinusoids(count: int) -> Tensor:
    """Whisper's places of the encoder (Radford et al. 2022): shape (count, WIDTH)."""
    step = math.log(10_000) / (WIDTH // 2 - 1)
    angles = torch.arange(count)[:, None] * torch.exp(-step * torch.arange(WIDTH // 2))[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


def _split(x: Tensor) -> Tensor:
    return x.unflatten(2, (HEADS, WIDTH // HEADS)).transpose(1, 2)


def _joined(x: Tensor) -> Tensor:
    return x.transpose(1, 2).flatten(2)
