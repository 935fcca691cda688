"""Whether a recording is lost when something goes wrong: a kill, a full disk, eight programs at one library.

    python bench/faults.py [--kills 100] [--disks 3] [--processes 8] [--seconds 60] [--cost 20] [--seed 1] [--json FILE]

Each part is a module of its own, says what is real in it and what is not, and can be left out with 0:

    kills      faults_program.py  `rehearse practice` killed (SIGKILL) at N random moments, then `rehearse recover`
    disks      faults_program.py  N answers that fill a disk of their own
    processes  faults_store.py    so many programs practising from files into one home, for so many seconds
    cost       faults_cost.py     processor time while recording, and memory over an hour

bench/faults_devices.py is about microphones that go away, and is run by itself.

Ends with 1 where anything is lost or a bar is not met.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(1, str(Path(__file__).resolve().parents[1] / "tests"))

from faults_cost import cost
from faults_program import full_disks, kills
from faults_store import many_processes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100, metavar="N")
    parser.add_argument("--disks", type=int, default=3, metavar="N")
    parser.add_argument("--processes", type=int, default=8, metavar="N")
    parser.add_argument("--seconds", type=float, default=60.0, metavar="S", help="that the processes practise")
    parser.add_argument("--cost", type=float, default=20.0, metavar="S", help="seconds recorded to measure its cost")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    random = np.random.default_rng(options.seed)
    parts: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.kills:
            parts["kills"] = kills(folder / "kills", options.kills, random)
        if options.disks:
            parts["disks"] = full_disks(folder / "disks", options.disks, random)
        if options.processes:
            parts["processes"] = many_processes(folder / "processes", options.processes, options.seconds)
        if options.cost:
            parts["cost"] = cost(folder / "cost", options.cost)
    if options.json is not None:
        options.json.write_text(json.dumps(parts, indent=1) + "\n", encoding="utf-8")
    faults = [f"{name}: {fault}" for name, part in parts.items() for fault in part.get("faults", ())]
    for fault in faults:
        print(f"FAILED  {fault}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
