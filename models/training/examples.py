"""Windows as the network is trained on them: log-mel input, tokens in and out, and where each token is heard."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from faster_whisper.feature_extractor import FeatureExtractor
from torch import Tensor

from models.training.network import MELS, MOST_POSITIONS
from models.training.sentences import PROMPT, listed_sentences
from models.training.vocabulary import Vocabulary
from models.training.windows import TimedWord, Window

POSITION_S = 0.02
#: A begin later than this cannot be written: faster-whisper allows no later first time stamp.
LATEST_BEGIN_S = 1.0
NOWHERE = -1
NOTHING = -100


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """mels: shape (MELS, frames), float16"""

    mels: npt.NDArray[np.float16]
    words: tuple[TimedWord, ...]

    @property
    def positions(self) -> int:
        return (self.mels.shape[1] + 1) // 2


def example(window: Window, extract: FeatureExtractor) -> Example:
    """The input just as faster-whisper makes it of the same samples."""
    mels = extract(window.sound)
    return Example(mels=mels[:, : mels.shape[1] - 1].astype(np.float16), words=window.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """
    mels      shape (batch, MELS, 2 * positions)
    inputs    shape (batch, tokens)
    targets   shape (batch, tokens): the token that follows; NOTHING where nothing is to be learned
    spans     shape (batch, tokens, 2): positions, first and past the last, at which the target is heard; or NOWHERE
    frames    shape (batch, positions): the word spoken there, len(text) for none, NOTHING beyond the sound
    """

    mels: Tensor
    inputs: Tensor
    targets: Tensor
    spans: Tensor
    frames: Tensor


def batch(examples: Sequence[Example], vocabulary: Vocabulary, positions: int, random: np.random.Generator) -> Batch:
    """positions: of the encoder; at least those of the longest example, the rest is zeros as in faster-whisper."""
    positions = min(positions, MOST_POSITIONS)
    mels = np.zeros((len(examples), MELS, 2 * positions), np.float32)
    frames = np.full((len(examples), positions), NOTHING, np.int64)
    rows: list[tuple[list[int], list[int], list[tuple[int, int]]]] = []
    for number, each in enumerate(examples):
        count = min(each.mels.shape[1], 2 * positions)
        mels[number, :, :count] = _masked(each.mels[:, :count], random)
        frames[number] = _frame_words(each, vocabulary, positions)
        rows.append(_row(each, vocabulary, random))
    longest = max(len(inputs) for inputs, _, _ in rows)
    inputs = np.full((len(rows), longest), vocabulary.end, np.int64)
    targets = np.full((len(rows), longest), NOTHING, np.int64)
    spans = np.full((len(rows), longest, 2), NOWHERE, np.int64)
    for number, (given, wanted, heard) in enumerate(rows):
        inputs[number, : len(given)] = given
        targets[number, : len(given)] = wanted
        spans[number, : len(given)] = heard
    return Batch(
        mels=torch.from_numpy(mels),
        inputs=torch.from_numpy(inputs),
        targets=torch.from_numpy(targets),
        spans=torch.from_numpy(spans),
        frames=torch.from_numpy(frames),
    )


def _row(
    each: Example, vocabulary: Vocabulary, random: np.random.Generator
) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Input tokens, the token after each, and where that one is heard."""
    prompt = _prompt(vocabulary, random)
    tokens: list[int] = [*prompt, vocabulary.start]
    heard: list[tuple[int, int]] = [(NOWHERE, NOWHERE)] * len(tokens)
    with_times = random.random() < 0.6
    written = _written(each, vocabulary, with_times=with_times)
    if not with_times:
        tokens.append(vocabulary.no_times)
        heard.append((NOWHERE, NOWHERE))
    first_target = len(tokens)
    tokens += [token for token, _ in written] + [vocabulary.end]
    heard += [span for _, span in written] + [(NOWHERE, NOWHERE)]
    wanted = [token if place >= first_target else NOTHING for place, token in enumerate(tokens)]
    if not each.words:
        # What faster-whisper takes for the probability of no speech is that of this token after the start token.
        wanted[len(prompt) + 1] = vocabulary.no_speech
    return tokens[:-1], wanted[1:], heard[1:]


def _prompt(vocabulary: Vocabulary, random: np.random.Generator) -> list[int]:
    chance = random.random()
    if chance < 0.45:
        return []
    if chance < 0.85:
        return [vocabulary.previous, *vocabulary.encode(PROMPT)]
    sentences = listed_sentences()
    sentence = sentences[random.integers(len(sentences))]
    return [vocabulary.previous, *vocabulary.encode(" ".join(word for clause in sentence for word in clause.words))]


def _written(each: Example, vocabulary: Vocabulary, *, with_times: bool) -> list[tuple[int, tuple[int, int]]]:
    """The text as tokens, each with its positions; with times, one segment to a sentence or what is there of it."""
    if not each.words:
        return [(vocabulary.time(0.0), (NOWHERE, NOWHERE))] if with_times else []
    out: list[tuple[int, tuple[int, int]]] = []
    begins = True
    for number, word in enumerate(each.words):
        following_s = each.words[number + 1].start_s if number + 1 < len(each.words) else word.end_s + 0.3
        if begins and with_times:
            start_s = word.start_s if number else min(word.start_s, LATEST_BEGIN_S)
            out.append((vocabulary.time(start_s), _positions(word.start_s - 0.04, word.start_s + 0.08)))
        begins = word.last or number + 1 == len(each.words)
        letters = sum(character.isalnum() for character in word.text)
        for token in vocabulary.encode(word.text):
            is_sign = not any(character.isalnum() for character in vocabulary.tokens[token])
            # A sign takes the pause after its word, so that the word's own end is right.
            span = (word.end_s - 0.02, following_s) if is_sign and letters else (word.start_s, word.end_s)
            out.append((token, _positions(*span)))
        if begins and with_times:
            out.append((vocabulary.time(word.end_s), _positions(word.end_s - 0.08, word.end_s + 0.04)))
    return out


def _positions(start_s: float, end_s: float) -> tuple[int, int]:
    first = min(MOST_POSITIONS - 1, max(0, int(start_s / POSITION_S)))
    return first, min(MOST_POSITIONS, max(first + 1, int(np.ceil(end_s / POSITION_S))))


def _frame_words(each: Example, vocabulary: Vocabulary, positions: int) -> npt.NDArray[np.int64]:
    words = np.full(positions, NOTHING, np.int64)
    words[: each.positions] = len(vocabulary.text)
    for word in each.words:
        first, past = _positions(word.start_s, word.end_s)
        words[first : min(past, positions)] = vocabulary.encode(word.text)[0]
    return words


def _masked(mels: npt.NDArray[np.float16], random: np.random.Generator) -> npt.NDArray[np.float32]:
    """A few bands, and louder or softer bands, as other microphones would have them (after Park et al. 2019)."""
    out = mels.astype(np.float32)
    if random.random() < 0.5:
        first = int(random.integers(0, MELS - 10))
        out[first : first + int(random.integers(1, 10))] = out.mean()
    if random.random() < 0.5:
        tilt = random.uniform(-0.15, 0.15) * np.linspace(-1, 1, MELS) + random.uniform(-0.1, 0.1)
        out += tilt[:, None]
    return out
