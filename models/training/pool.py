"""A pool of training examples, made once by a few processes, and batches of like length from it."""

import multiprocessing
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.training.examples import Batch, Example, batch, example
from models.training.network import MOST_POSITIONS
from models.training.speech import TRAINED_VOICES, Voice, voice
from models.training.vocabulary import Vocabulary
from models.training.windows import LONGEST_S, compose, quiet

#: Lengths aimed at, in seconds; windows are spread evenly over them.
LENGTHS_S = (2.0, LONGEST_S)
QUIET_SHARE = 0.04
#: Windows of about the same length share a batch.
_BUCKET_POSITIONS = 100


def make_pool(count: int, seed: int, processes: int) -> list[Example]:
    """Examples in all trained voices; the same for the same count, seed and processes."""
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder, spawn.Pool(processes) as pool:
        voices = pool.map(voice, TRAINED_VOICES, chunksize=1)
        spoken = Path(folder) / "voices.npy"
        np.save(spoken, np.array(voices, dtype=object), allow_pickle=True)
        share = count // processes
        jobs = [(str(spoken), share, seed + number) for number in range(processes)]
        return [each for part in pool.map(_examples, jobs, chunksize=1) for each in part]


def _examples(job: tuple[str, int, int]) -> list[Example]:
    from faster_whisper.feature_extractor import FeatureExtractor

    spoken, count, seed = job
    voices: list[Voice] = list(np.load(spoken, allow_pickle=True))
    random, extract = np.random.default_rng(seed), FeatureExtractor()
    made: list[Example] = []
    for _ in range(count):
        if random.random() < QUIET_SHARE:
            window = quiet(random, random.uniform(1.0, LONGEST_S))
        else:
            window = compose(voices[random.integers(len(voices))], random, random.uniform(*LENGTHS_S))
        made.append(example(window, extract))
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Diet:
    """What is fed: how often windows of up to 8, up to 16 and more seconds, and how often with zeros up to 30 s."""

    short: float
    middle: float
    long: float
    padded: float


def batches(
    pool: list[Example], vocabulary: Vocabulary, random: np.random.Generator, positions: int
) -> Iterator[tuple[Batch, Diet]]:
    """Endless; each time, send() the Diet of the next batch. positions: of the encoder in a batch, in all."""
    buckets = _buckets(pool)
    lengths = np.array(sorted(buckets))
    diet = yield None  # type: ignore[misc]
    while True:
        kind = random.choice(3, p=np.array([diet.short, diet.middle, diet.long]))
        low, high = ((0, 400), (400, 800), (800, MOST_POSITIONS))[kind]
        fitting = lengths[(lengths >= low) & (lengths < high)]
        bucket = buckets[random.choice(fitting)]
        longest = max(each.positions for each in bucket)
        held = MOST_POSITIONS if random.random() < diet.padded else min(MOST_POSITIONS, longest + random.integers(80))
        chosen = random.integers(len(bucket), size=max(1, positions // held))
        diet = yield batch([bucket[number] for number in chosen], vocabulary, int(held), random), diet


def _buckets(pool: list[Example]) -> dict[int, list[Example]]:
    buckets: dict[int, list[Example]] = {}
    for each in pool:
        buckets.setdefault(each.positions // _BUCKET_POSITIONS * _BUCKET_POSITIONS, []).append(each)
    return buckets
