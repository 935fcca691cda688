"""Several real processes at one library."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from rehearse.storage.connection import connect
from rehearse.storage.store import Store


@pytest.fixture
def writer(database):
    started = []

    def start(count: int, name: str) -> subprocess.Popen[str]:
        script = Path(__file__).with_name("writer.py")
        command = [sys.executable, str(script), str(database), str(count), name]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_processes_that_begin_a_library_together_lose_nothing(writer, database, recordings):
    processes = [writer(15, name) for name in ("one", "two", "three")]
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, "")
    with Store.open(database, recordings) as store:
        texts = {question.text for question in store.questions()}
    assert texts == {f"{name} {number}?" for name in ("one", "two", "three") for number in range(15)}


def test_what_was_said_to_be_kept_survives_a_process_that_is_killed(writer, database, recordings):
    process = writer(100_000, "doomed")
    said = [int(process.stdout.readline()) for _ in range(5)]
    process.kill()
    said += [int(line) for line in process.communicate()[0].splitlines() if line]
    with Store.open(database, recordings) as store:
        assert set(said) <= {question.id for question in store.questions()}
    with closing(connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
