"""Trains the tiny test model: python -m models.training.train [--steps 4500] [--out models/tiny-test]

Run it from the checkout. It needs flite, espeak-ng and PyTorch (2.9 or newer) beside the packages of rehearse. On two
cores it takes under two hours, and every 500 steps it writes what it has to --work, from where --resume goes on.
"""

import argparse
import math
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.training.examples import NOTHING, NOWHERE, Batch
from models.training.export import export
from models.training.network import Network, Seen
from models.training.pool import Diet, batches, make_pool
from models.training.sentences import all_texts
from models.training.vocabulary import Vocabulary

POSITIONS = 8000
WARM_UP_STEPS = 100
#: A time stamp is right to within a step or two.
TIME_BLUR = (0.06, 0.22, 0.44, 0.22, 0.06)
GUIDE_WEIGHT, FRAME_WEIGHT = 0.3, 0.5
SAVE_EVERY, SAY_EVERY = 500, 25


def losses(seen: Seen, given: Batch, vocabulary: Vocabulary) -> dict[str, Tensor]:
    """tokens: of the text and its time stamps; guide: how little of the attention lies where a token is heard
    (after Tachibana et al. 2018); frames: of the word spoken at each position; right: share of tokens right."""
    logs = seen.tokens.float().log_softmax(-1)
    wanted = given.targets != NOTHING
    targets = given.targets.clamp(min=0)
    picked = logs.gather(2, targets[..., None])[..., 0]
    is_time = targets >= vocabulary.first_time
    around = torch.stack(
        [
            logs.gather(2, (targets + shift).clamp(vocabulary.first_time, len(vocabulary) - 1)[..., None])[..., 0]
            for shift in range(-2, 3)
        ],
        dim=-1,
    )
    blurred = (around * torch.tensor(TIME_BLUR)).sum(-1)
    token_loss = -torch.where(is_time, blurred, picked)[wanted].mean()
    right = (seen.tokens.argmax(-1) == given.targets)[wanted & ~is_time].float().mean()
    frames = functional.cross_entropy(seen.frames.float().flatten(0, 1), given.frames.flatten(), ignore_index=NOTHING)
    return {"tokens": token_loss, "guide": _guide(seen.attention, given.spans), "frames": frames, "right": right}


def _guide(attention: Tensor, spans: Tensor) -> Tensor:
    """attention: log shares, shape (batch, heads, tokens, positions)"""
    places = torch.arange(attention.shape[-1])
    inside = (places >= spans[..., :1] - 1) & (places < spans[..., 1:] + 1)
    heard = spans[..., 0] != NOWHERE
    mass = attention.masked_fill(~inside[:, None], -math.inf).logsumexp(-1)
    return -mass.clamp(min=-12.0).transpose(1, 2)[heard].mean()


def diet(done: float) -> Diet:
    """Short windows first; in the end as the program gives them: of all lengths, mostly long, always padded."""
    if done < 0.15:
        return Diet(short=0.7, middle=0.25, long=0.05, padded=0.05)
    if done < 0.4:
        return Diet(short=0.3, middle=0.4, long=0.3, padded=0.1)
    if done < 0.8:
        return Diet(short=0.2, middle=0.3, long=0.5, padded=0.2)
    return Diet(short=0.2, middle=0.3, long=0.5, padded=0.5)


def optimizers(network: Network, rate: float) -> list[torch.optim.Optimizer]:
    """Muon (Jordan et al. 2024) for the matrices inside the layers, AdamW for all else."""
    inside = [p for name, p in network.named_parameters() if p.ndim == 2 and ("coder." in name)]
    ids = {id(p) for p in inside}
    rest = [p for p in network.parameters() if id(p) not in ids]
    muon = torch.optim.Muon(inside, lr=rate, momentum=0.95, weight_decay=0.05, adjust_lr_fn="match_rms_adamw")
    return [muon, torch.optim.AdamW(rest, lr=rate, betas=(0.9, 0.98), weight_decay=0.01)]


def rate_at(step: int, steps: int) -> float:
    """Of the highest rate: up over the first steps, then down along a cosine."""
    up = min(1.0, (step + 1) / WARM_UP_STEPS)
    return up * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * step / steps)))


def train(options: argparse.Namespace) -> None:
    torch.manual_seed(options.seed)
    vocabulary = Vocabulary(all_texts())
    network = Network(len(vocabulary), len(vocabulary.text))
    began = time.monotonic()
    pool = make_pool(options.pool, options.seed, processes=2)
    hours = sum(each.positions for each in pool) * 0.02 / 3600
    print(f"{len(pool)} windows, {hours:.1f} hours, made in {time.monotonic() - began:.0f} s", flush=True)
    feed = batches(pool, vocabulary, np.random.default_rng(options.seed), POSITIONS)
    next(feed)
    both = optimizers(network, options.rate)
    first = 0
    if options.resume:
        first = _load(options.work, network, both)
    sums: dict[str, float] = {}
    for step in range(first, options.steps):
        for optimizer in both:
            for group in optimizer.param_groups:
                group["lr"] = options.rate * rate_at(step, options.steps)
        given, _ = feed.send(diet(step / options.steps))  # type: ignore[attr-defined]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            seen = network(given.mels, given.inputs)
        each = losses(seen, given, vocabulary)
        guide = GUIDE_WEIGHT if step < options.steps * 0.8 else GUIDE_WEIGHT / 3
        (each["tokens"] + guide * each["guide"] + FRAME_WEIGHT * each["frames"]).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        for optimizer in both:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        for name, value in each.items():
            sums[name] = sums.get(name, 0.0) + float(value.detach()) / SAY_EVERY
        if (step + 1) % SAY_EVERY == 0:
            said = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
            print(f"{step + 1:5} {time.monotonic() - began:6.0f} s  {said}", flush=True)
            sums = {}
        if (step + 1) % SAVE_EVERY == 0 or step + 1 == options.steps:
            _save(options.work, step + 1, network, both)
    export(network, vocabulary, options.out)


def _save(folder: Path, step: int, network: Network, both: list[torch.optim.Optimizer]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    state: dict[str, Any] = {"step": step, "network": network.state_dict(), "both": [o.state_dict() for o in both]}
    torch.save(state, folder / "last.part")
    (folder / "last.part").replace(folder / "last.pt")


def _load(folder: Path, network: Network, both: list[torch.optim.Optimizer]) -> int:
    state = torch.load(folder / "last.pt", weights_only=True)
    network.load_state_dict(state["network"])
    for optimizer, held in zip(both, state["both"], strict=True):
        optimizer.load_state_dict(held)
    step: int = state["step"]
    return step


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=4500)
    parser.add_argument("--pool", type=int, default=8000, help="windows made")
    parser.add_argument("--rate", type=float, default=2e-3, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, default=Path("build/tiny-test"))
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("models/tiny-test"))
    train(parser.parse_args())


if __name__ == "__main__":
    main()
