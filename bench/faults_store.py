"""Several programs practising from files into one home at the same time.

Real: every command is a process of its own, `rehearse practice 1 --from FILE --json`, one after the other in each lane;
`rehearse attempts` runs all the while in one more. Simulated: the model, which says the same words to anything.
"""

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

from scripted_whisper import write_whisper

SPOKEN = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "short-answer.flac"


def many_processes(folder: Path, count: int, for_s: float) -> dict[str, Any]:
    folder.mkdir(parents=True)
    home = folder / "home"
    write_whisper(folder / "scripted", ("So", "um", "yes."))
    (folder / "settings.toml").write_text('[transcription]\nprompt = ""\nthreads = 1\n')
    environment = os.environ | {
        "REHEARSE_HOME": str(home),
        "REHEARSE_CONFIG": str(folder / "settings.toml"),
        "REHEARSE_MODEL": str(folder / "scripted"),
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
    }
    told: list[int] = []
    lists: list[int] = []
    faults: list[str] = []

    def rehearse(*arguments: str) -> Any:
        command = [sys.executable, "-m", "rehearse", *arguments, "--json"]
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            faults.append(f"{arguments[0]} ended with {done.returncode}: {done.stdout[-300:]}{done.stderr[-300:]}")
            return None
        return json.loads(done.stdout)

    def practise() -> None:
        while time.monotonic() < until and not faults:
            if answered := rehearse("practice", "1", "--from", str(SPOKEN)):
                told.append(answered["attempt"])

    def look() -> None:
        while time.monotonic() < until and not faults:
            rows = rehearse("attempts")
            if rows is not None:
                lists.append(len(rows))

    rehearse("add", "Tell me about your first job.")
    until = time.monotonic() + for_s
    lanes = [Thread(target=practise) for _ in range(count)] + [Thread(target=look)]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    faults += looked_over(home, told, rehearse("attempts") or [])
    if lists != sorted(lists):
        faults.append(f"the list grew shorter: {lists}")
    print(
        f"processes: {count} at once for {for_s:.0f} s: {len(told)} attempts said to be kept, "
        f"{'every one' if not faults else 'NOT ALL'} there with its sound and its words; listed {len(lists)} times "
        f"meanwhile; integrity_check {'ok' if not faults else 'see below'}"
    )
    return {"attempts": len(told), "lists": len(lists), "faults": faults}


def looked_over(home: Path, told: list[int], rows: list[dict[str, Any]]) -> list[str]:
    """What is wrong with the library, against the attempts that were said to be in it."""
    faults = []
    if len(set(told)) != len(told) or {row["attempt"] for row in rows} != set(told):
        faults.append(f"said {sorted(told)}, there are {sorted(row['attempt'] for row in rows)}")
    with closing(sqlite3.connect(home / "rehearse.db")) as connection:
        (damage,) = connection.execute("PRAGMA integrity_check").fetchone()
        named = {row[0] for row in connection.execute("SELECT recording_file FROM attempt")}
        (transcripts,) = connection.execute("SELECT count(*) FROM transcript").fetchone()
    there = {path.name for path in (home / "recordings").iterdir()}
    if damage != "ok":
        faults.append(f"integrity_check: {damage}")
    if named != there:
        faults.append(f"recordings named and not there {named - there}, there and not named {there - named}")
    if transcripts != len(told):
        faults.append(f"{transcripts} transcripts of {len(told)} attempts")
    return faults
