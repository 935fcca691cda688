"""Forcing to the disk, as each system wants it asked, and how much fits."""

import errno
import os
import sys
from pathlib import Path

import pytest

from rehearse.audio import disk
from rehearse.audio.journal import Journal
from rehearse.errors import StorageFailed

fcntl = pytest.importorskip("fcntl", reason="needs a POSIX system")


@pytest.fixture
def asked(monkeypatch):
    """What the system is asked to force, as on macOS; put an error number in to have the stronger kind refused."""
    told: list[object] = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)

    def control(descriptor: int, command: int) -> None:
        if told and isinstance(told[0], int):
            raise OSError(told[0], "no")
        told.append(f"fcntl {command}")

    monkeypatch.setattr(fcntl, "fcntl", control)
    monkeypatch.setattr(os, "fsync", lambda descriptor: told.append("fsync"))
    return told


def test_macos_is_asked_to_empty_the_memory_of_the_disk_itself(asked):
    disk.force(1)
    assert asked == ["fcntl 51"]


def test_a_network_disk_gets_what_it_knows(asked):
    asked.append(errno.ENOTSUP)
    disk.force(1)
    assert asked[1:] == ["fsync"]


def test_a_disk_that_fails_is_no_disk_that_does_not_know(asked):
    asked.append(errno.EIO)
    with pytest.raises(OSError, match="no"):
        disk.force(1)
    assert asked[1:] == []


def test_a_recording_forces_its_name_as_well_as_its_sound(tmp_path, monkeypatch):
    forced: list[str] = []
    really_fsync = os.fsync

    def fsync(descriptor: int) -> None:
        forced.append("folder" if Path(f"/proc/self/fd/{descriptor}").is_dir() else "file")
        really_fsync(descriptor)

    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc to tell a folder from a file")
    monkeypatch.setattr(os, "fsync", fsync)
    journal = Journal(tmp_path, 16_000)
    assert forced == ["file", "folder"], "before the first sample there is a name to find it by"
    journal.append(b"\x01\x00" * 16_001)
    assert forced[2:] == ["file"]
    journal.finish()
    assert forced[3:] == ["file", "folder"]


def test_a_disk_that_does_not_answer_is_told(tmp_path, monkeypatch):
    def refuse(path):
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(disk.shutil, "disk_usage", refuse)
    with pytest.raises(StorageFailed, match="does not answer"):
        disk.room_s(tmp_path)
