"""A recording belongs to the program that makes it for as long as that program lives, and to nobody after that."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.audio.claim import LABEL_SUFFIX, RESERVE_BYTES, Claim, Label, moment_in, new_stem
from rehearse.errors import StorageFailed

LABEL = Label(
    question_id=3,
    question="Why \u2028 us? 😀",
    recorded_at=datetime(2026, 11, 3, 18, 30, tzinfo=UTC),
    device="Built-in",
    sample_rate_hz=48_000,
)

HOLDS = """
import sys
from pathlib import Path
from rehearse.audio.claim import Claim, Label

claim = Claim.make(Path(sys.argv[1]), Label(question_id=3))
print(claim.path, flush=True)
sys.stdin.readline()
"""


def test_what_the_label_says_is_read_again_after_its_program_is_gone(tmp_path):
    made = Claim.make(tmp_path, LABEL)
    made.let_go()
    taken = Claim.take(made.path)
    assert taken is not None
    assert (taken.label, taken.stem) == (LABEL, made.stem)


def test_nobody_takes_what_another_holds_not_even_in_the_same_program(tmp_path):
    made = Claim.make(tmp_path, LABEL)
    assert Claim.take(made.path) is None
    made.let_go()
    first = Claim.take(made.path)
    assert first is not None and Claim.take(made.path) is None


def test_a_killed_program_holds_nothing(tmp_path):
    command = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        path = Path(child.stdout.readline().strip())
        while_alive = Claim.take(path)
        child.kill()
    assert while_alive is None
    taken = Claim.take(path)
    assert taken is not None and taken.label == Label(question_id=3)


def test_a_settled_label_is_gone_and_cannot_be_taken(tmp_path):
    claim = Claim.make(tmp_path, LABEL)
    claim.settle()
    assert list(tmp_path.iterdir()) == []
    assert Claim.take(claim.path) is None
    claim.settle()


def test_a_label_settled_while_somebody_waits_for_it_is_not_taken(tmp_path, monkeypatch):
    claim = Claim.make(tmp_path, LABEL)
    really_open = os.open

    def open_then_settle(path, *more):
        descriptor = really_open(path, *more)
        claim.settle()
        return descriptor

    monkeypatch.setattr(os, "open", open_then_settle)
    assert Claim.take(claim.path) is None


def test_a_label_that_was_torn_says_nothing(tmp_path):
    claim = Claim.make(tmp_path, LABEL)
    claim.let_go()
    claim.path.write_bytes(claim.path.read_bytes()[:40])
    taken = Claim.take(claim.path)
    assert taken is not None and taken.label is None


@pytest.mark.parametrize("told", [b"", b"[]", b'{"question_id": 1}', b"\xff\xfe", b'{"recorded_at": 7}'])
def test_a_label_of_something_else_says_nothing(tmp_path, told):
    path = tmp_path / f"{new_stem()}{LABEL_SUFFIX}"
    path.write_bytes(told)
    taken = Claim.take(path)
    assert taken is not None and taken.label is None


def test_room_is_kept_until_it_is_given_back(tmp_path):
    claim = Claim.make(tmp_path, LABEL)
    assert claim.path.stat().st_size > RESERVE_BYTES
    claim.ease()
    assert claim.path.stat().st_size < 1000
    claim.let_go()
    taken = Claim.take(claim.path)
    assert taken is not None and taken.label == LABEL


def test_without_a_label_only_a_recording_that_is_still_counts_as_left_behind(tmp_path):
    sound = tmp_path / "20261103T183000Z-abcdef.part.wav"
    sound.write_bytes(b"sound")
    claim = Claim.adopt(tmp_path, "20261103T183000Z-abcdef")
    assert claim is not None and claim.label is None
    assert not claim.is_left_behind(sound)
    os.utime(sound, (time.time() - 61, time.time() - 61))
    assert claim.is_left_behind(sound)
    assert Claim.adopt(tmp_path, claim.stem) is None


def test_a_name_tells_when_its_recording_began():
    stem = new_stem()
    moment = moment_in(stem)
    assert moment is not None and abs((datetime.now(UTC) - moment).total_seconds()) < 60
    assert moment_in("holiday") is None


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StorageFailed, match="No recording can be written to"):
        Claim.make(tmp_path / "file" / "recordings", LABEL)
