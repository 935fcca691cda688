"""`rehearse backup` and `rehearse restore`, as typed."""

import pytest


@pytest.fixture
def file(tmp_path):
    return tmp_path / "all of it.zip"


def test_there_and_back_on_another_machine(rehearse, practised, file, tmp_path, monkeypatch):
    made = rehearse("backup", file)
    assert made.code == 0 and "1 recording" in made.err and "rehearse restore" in made.err
    before = rehearse("show", "1", "--json").json
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path / "another"))
    monkeypatch.setenv("REHEARSE_CONFIG", str(tmp_path / "another.toml"))
    ran = rehearse("restore", file, "--json")
    assert ran.code == 0 and ran.json["recordings"] == 1 and ran.json["aside"] is None
    assert rehearse("show", "1", "--json").json == before
    assert rehearse("transcribe", "1", "--json").json["answer_s"] == before["answer_s"]


def test_nothing_is_replaced_without_a_yes(rehearse, practised, file):
    told = rehearse("backup", file, "--json").json
    assert told["recordings"] == 1 and told["missing"] == [] and told["bytes"] == file.stat().st_size
    again = rehearse("backup", file)
    assert again.code == 1 and "--yes" in again.err
    assert rehearse("backup", file, "--yes").code == 0
    assert "--yes" in rehearse("restore", file).err
    ran = rehearse("restore", file, "--yes")
    assert ran.code == 0 and "What was there before is in" in ran.err
    assert len(rehearse("attempts", "--json").json) == 1


def test_what_is_not_there_is_said_plainly(rehearse, temporary_home, file, tmp_path):
    nothing = rehearse("backup", file)
    assert nothing.code == 1 and "nothing to back up yet" in nothing.err
    assert "There is no file" in rehearse("restore", file).err
    assert f"{tmp_path} is a folder" in " ".join(rehearse("restore", tmp_path).err.split())
    file.write_text("a letter")
    ran = rehearse("restore", file, "--json")
    assert ran.code == 1 and "is not a backup of rehearse" in ran.json["error"]
    rehearse("add", "Why?")
    there = rehearse("backup", f"{tmp_path}/").err
    assert f"{tmp_path} is a folder." in there and "rehearse-backup.zip" in there
    nowhere = rehearse("backup", tmp_path / "no" / "such.zip").err
    assert f"There is no folder {tmp_path / 'no'}." in nowhere and "Make that folder first" in nowhere
