"""Trains the network that finds pauses: python -m models.pauses.train [--steps 5000] [--work FOLDER] [--out FILE]

Run it from the checkout. README.md says what it needs. Everything random comes from seeds. The made-up answers are kept
in --work, 2 GB, and used again.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.pauses.answers import LENGTH_S, example, speakers
from models.pauses.export import export
from models.pauses.network import Network
from rehearse.transcription.speech_levels import HOP_S

#: Seeds of the parts of the pool. Each has speakers of its own, who say so many texts each.
PARTS = range(1, 11)
#: From this part on some speak as in another language.
ABROAD = 7
SPEAKERS, TEXTS, ANSWERS = 40, 24, 680
#: Answers of the first part that are never trained on.
HELD = 60

BATCH = 24
HOPS = round(6.0 / HOP_S)
LEARNING_RATE, WEIGHT_DECAY = 3e-3, 1e-3
SEED = 2
#: In so many examples Silero says nothing, so that its word is not all that counts.
SILERO_DROPPED = 0.1
SAY_EVERY = 100

Part = tuple[Tensor, Tensor]


def part_of_pool(number: int, work: Path) -> Part:
    """What is seen, shape (answers, hops, channels), and whether somebody speaks, shape (answers, hops)."""
    path = work / f"part-{number}.npz"
    if not path.exists():
        random = np.random.default_rng(number)
        said = speakers(SPEAKERS, TEXTS, random, abroad=number >= ABROAD)
        made = [example(said, random) for _ in range(ANSWERS)]
        np.savez(path, seen=np.array([each.seen for each in made]), spoken=np.array([each.spoken for each in made]))
    with np.load(path) as kept:
        return torch.from_numpy(kept["seen"]), torch.from_numpy(kept["spoken"])


def loss_of(odds: Tensor, spoken: Tensor) -> Tensor:
    return functional.binary_cross_entropy_with_logits(odds.float(), spoken.float())


def train(seen: Tensor, spoken: Tensor, steps: int) -> Network:
    torch.manual_seed(SEED)
    random = np.random.default_rng(SEED)
    network = Network()
    optimiser = torch.optim.AdamW(network.parameters(), weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=steps, pct_start=0.1)
    last_start = round(LENGTH_S / HOP_S) - HOPS
    began, lately = time.monotonic(), []
    for step in range(1, steps + 1):
        chosen = random.integers(HELD, len(seen), BATCH)
        starts = random.integers(0, last_start + 1, BATCH) // 2 * 2
        pairs = list(zip(chosen, starts, strict=True))
        given = torch.stack([seen[one, at : at + HOPS] for one, at in pairs])
        given[: round(BATCH * SILERO_DROPPED), :, -1] = 0.0
        # In short numbers it takes half as long.
        with torch.autocast("cpu", dtype=torch.bfloat16):
            odds = network(given.float())
        there = torch.stack([spoken[one, at : at + HOPS] for one, at in pairs])
        loss = loss_of(odds, there)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        lately.append(loss.item())
        if step % SAY_EVERY == 0 or step == steps:
            network.eval()
            with torch.no_grad():
                held = loss_of(network(seen[:HELD].float()), spoken[:HELD]).item()
            network.train()
            print(f"step {step}: {np.mean(lately):.4f}, held {held:.4f}, {time.monotonic() - began:.0f} s", flush=True)
            lately = []
    return network.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--work", type=Path, default=Path("pauses-work"))
    parser.add_argument("--out", type=Path, default=Path("rehearse/bundled/pauses.onnx"))
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    parts = [part_of_pool(number, options.work) for number in PARTS]
    network = train(torch.cat([seen for seen, _ in parts]), torch.cat([spoken for _, spoken in parts]), options.steps)
    torch.save(network.state_dict(), options.work / "network.pt")
    export(network, options.out)


if __name__ == "__main__":
    main()
