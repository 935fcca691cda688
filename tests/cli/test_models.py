"""`rehearse models` as a person or a script uses it, with a hub on this machine and one tiny real model."""

import json
import os
import shutil
from functools import partial

import pytest
from at_a_terminal import ended, killed
from pretend_hub import REVISION

from rehearse.cli.model_fetch import offer_model
from rehearse.cli.session import Session

KNOWN_NAMES = ["tiny", "tiny.en", "base", "base.en", "distil-small.en", "small", "small.en", "large-v3-turbo"]


@pytest.fixture(autouse=True)
def wide(rehearse, monkeypatch):
    """Paths of tests are long, and what is looked for is not to be broken into lines."""
    monkeypatch.setenv("COLUMNS", "300")


@pytest.fixture
def model(scripted_whisper):
    return scripted_whisper("So", "yes.")


def row(listed, name):
    (found,) = [each for each in listed if each["name"] == name]
    return found


def test_the_list_names_what_can_be_fetched_and_never_a_test_model(rehearse):
    listed = rehearse("models", "list", "--json").json
    assert [each["name"] for each in listed] == KNOWN_NAMES
    assert not any(each["installed"] or each["in_use"] for each in listed)
    assert row(listed, "small.en") | {"revision": "", "tested_on": ""} == {
        "name": "small.en",
        "installed": False,
        "in_use": False,
        "reason": None,
        "english_only": True,
        "download_bytes": 486_098_798,
        "size_bytes": None,
        "real_time_factor": None,
        "hardware": None,
        "word_error_percent": 3.1,
        "tested_on": "",
        "licence": "MIT",
        "repository": "Systran/faster-whisper-small.en",
        "revision": "",
        "folder": None,
    }


def test_the_list_fits_80_columns_and_gives_each_figure_its_source(rehearse, monkeypatch, model):
    rehearse("models", "add", model, "--name", "small.en")
    monkeypatch.setenv("COLUMNS", "80")
    shown = rehearse("models", "list").out
    lines = shown.splitlines()
    assert max(len(line) for line in lines) <= 80 and "…" not in shown
    (line,) = [line for line in lines if " small.en " in line]
    assert line.split()[0] == "*" and line.split()[-1] == "here" and "3.1 %" in line and " s  MIT" in line
    assert "Radford et al. 2022" in shown and "not to compare" in shown


def test_the_list_says_what_to_do_where_there_is_no_model(rehearse):
    said = rehearse("models", "list").err
    assert "No Whisper model is on this machine yet." in said and "rehearse models pull base" in said


def test_a_folder_brought_by_hand_is_timed_and_listens(rehearse, model, temporary_home):
    added = rehearse("models", "add", model, "--name", "mine", "--json").json
    assert added["installed"] and added["in_use"] and added["real_time_factor"] > 0
    assert added["reason"] == "The Whisper model mine is the only one installed."
    assert added["folder"] == str(temporary_home / "models" / "mine")
    listed = rehearse("models", "list", "--json").json
    assert [each["name"] for each in listed] == [*KNOWN_NAMES, "mine"]


def test_a_model_put_there_without_us_can_be_timed_later(rehearse, model, temporary_home):
    (temporary_home / "models").mkdir(parents=True)
    model_in_place = temporary_home / "models" / "base.en"
    model_in_place.symlink_to(model, target_is_directory=True)
    before = rehearse("models", "list")
    assert "rehearse models list --measure" in before.err
    assert row(rehearse("models", "list", "--measure", "--json").json, "base.en")["real_time_factor"] > 0
    assert "--measure" not in rehearse("models", "list").err
    (model / "rehearse.json").unlink()


def test_a_folder_that_is_no_model_is_a_sentence(rehearse, tmp_path):
    (tmp_path / "model.safetensors").write_text("")
    ran = rehearse("models", "add", tmp_path)
    assert ran.code == 1 and "in the format of transformers" in ran.err and "ct2-transformers-converter" in ran.err


def test_models_of_other_programs_are_found_and_taken_by_name(rehearse, model, tmp_path, monkeypatch):
    snapshots = tmp_path / "hub" / "models--Systran--faster-whisper-tiny.en" / "snapshots"
    snapshots.mkdir(parents=True)
    (snapshots / REVISION).symlink_to(model, target_is_directory=True)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    assert "rehearse models add tiny.en" in rehearse("models", "add").err
    assert [each["name"] for each in rehearse("models", "add", "--find", "--json").json] == ["tiny.en"]
    assert rehearse("models", "add", "tiny.en", "--json").json["installed"]


def test_where_nothing_is_found_the_next_step_is_said(rehearse, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "nowhere"))
    assert "rehearse models pull" in rehearse("models", "add", "--find").err


def test_the_chosen_model_listens_and_a_setting_goes_before_it(rehearse, model, monkeypatch):
    for name in ("tiny.en", "base.en"):
        rehearse("models", "add", model, "--name", name)
    assert "tiny.en" in rehearse("models", "use", "tiny.en").err
    assert row(rehearse("models", "list", "--json").json, "tiny.en")["in_use"]
    monkeypatch.setenv("REHEARSE_MODEL", "base.en")
    assert "is used before that choice" in rehearse("models", "use", "tiny.en").err
    listed = rehearse("models", "list", "--json").json
    assert row(listed, "base.en")["reason"] == "The Whisper model base.en is set to listen."
    monkeypatch.delenv("REHEARSE_MODEL")
    assert rehearse("models", "use", "--auto", "--json").json["in_use"] == "base.en"


@pytest.mark.parametrize("arguments", [[], ["tiny.en", "--auto"]])
def test_use_wants_a_name_or_auto(rehearse, arguments):
    assert rehearse("models", "use", *arguments).code == 2


def test_a_named_model_that_is_missing_does_not_break_the_list(rehearse, monkeypatch):
    monkeypatch.setenv("REHEARSE_MODEL", "smal.en")
    ran = rehearse("models", "list")
    assert ran.code == 0 and "There is no Whisper model 'smal.en'." in ran.err


def test_a_model_is_removed_only_with_a_yes(rehearse, model, temporary_home):
    rehearse("models", "add", model, "--name", "mine")
    refused = rehearse("models", "remove", "mine")
    assert refused.code == 1 and "the one that listens now" in refused.err and "--yes" in refused.err
    assert (temporary_home / "models" / "mine").is_dir()
    done = rehearse("models", "remove", "mine", "--yes")
    assert done.code == 0 and "rough recogniser listens" in done.err
    assert not (temporary_home / "models" / "mine").exists()
    assert rehearse("models", "remove", "mine", "--yes").code == 1


def test_a_pull_says_from_where_and_how_much_and_fetches_nothing_without_a_yes(rehearse, pretend_hub, temporary_home):
    ran = rehearse("models", "pull", "base.en")
    host = pretend_hub.address.removeprefix("http://")
    assert ran.code == 1 and f"base.en: 148 MB from {host}, Systran/faster-whisper-base.en" in ran.err
    assert str(temporary_home / "models" / "base.en") in ran.err and "--yes" in ran.err
    assert pretend_hub.requests == []


def test_a_pulled_model_listens_and_writes_the_words_down(
    rehearse, pretend_hub, model, short_answer, tmp_path, monkeypatch
):
    (tmp_path / "settings.toml").write_text('[transcription]\nprompt = "none"\n')
    # As it is once a model was loaded in this process.
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    pretend_hub.publish("somebody/whisper-small-talk", model)
    pulled = rehearse("models", "pull", "somebody/whisper-small-talk", "--yes", "--json").json
    assert (pulled["name"], pulled["revision"], pulled["licence"]) == ("whisper-small-talk", REVISION, "mit")
    assert pulled["in_use"]
    measured = rehearse("measure", short_answer, "--json").json
    assert measured["engine"]["model"] == "whisper-small-talk"


def test_a_model_that_is_here_is_not_fetched_again(rehearse, pretend_hub, model):
    rehearse("models", "add", model, "--name", "base.en")
    ran = rehearse("models", "pull", "base.en")
    assert ran.code == 0 and "is on this machine already" in ran.err
    assert pretend_hub.requests == []


def test_a_known_model_must_be_the_one_that_is_pinned(rehearse, pretend_hub, model, temporary_home):
    pretend_hub.publish("Systran/faster-whisper-base.en", model)
    ran = rehearse("models", "pull", "base.en", "--yes", "--json")
    assert ran.code == 1 and "not the file that it should be" in ran.json["error"]
    assert not (temporary_home / "models" / "base.en").exists()


def test_a_broken_pull_is_an_error_with_the_next_step_and_goes_on_later(rehearse, pretend_hub, model):
    pretend_hub.publish("somebody/x", model)
    pretend_hub.cut_at = [10**6, 5000, 0]
    ran = rehearse("models", "pull", "somebody/x", "--yes")
    assert ran.code == 1 and "run the same command again" in ran.err and "rehearse models add FOLDER" in ran.err
    assert not any(each["installed"] for each in rehearse("models", "list", "--json").json)
    assert rehearse("models", "pull", "somebody/x", "--yes", "--json").json["installed"]


def test_a_download_that_was_cut_is_listed_with_both_ways_on(rehearse, pretend_hub, model, temporary_home):
    pretend_hub.publish("somebody/x", model)
    pretend_hub.cut_at = [10**6, 5000, 0]
    rehearse("models", "pull", "somebody/x", "--yes")
    said = rehearse("models", "list").err
    assert "x is not all here yet" in said and "rehearse models pull OWNER/x" in said
    assert "rehearse models remove x" in said
    assert "--yes" in rehearse("models", "remove", "x").err
    assert rehearse("models", "remove", "x", "--yes").code == 0
    assert "not all here" not in rehearse("models", "list").err
    assert list((temporary_home / "models").iterdir()) == []


def test_a_folder_that_was_half_copied_is_not_passed_over_in_silence(rehearse, temporary_home):
    (temporary_home / "models" / "base.en").mkdir(parents=True)
    (temporary_home / "models" / "base.en" / "model.bin").write_text("")
    assert "base.en is not a complete model: config.json, tokenizer.json, vocabulary.* missing." in (
        rehearse("models", "list").err
    )


def test_a_pull_without_a_terminal_tells_the_bytes_line_by_line(rehearse, pretend_hub, model):
    pretend_hub.publish("somebody/x", model)
    lines = rehearse("models", "pull", "somebody/x", "--yes").err.splitlines()
    told = [line for line in lines if line.startswith("x: ") and " of " in line]
    assert 1 <= len(told) <= 10
    have, _, all_of_it = told[-1].removeprefix("x: ").removesuffix(" MB").partition(" of ")
    assert have == all_of_it


def test_the_list_says_that_the_settings_ask_for_the_draft_engine(rehearse, model, monkeypatch):
    rehearse("models", "add", model, "--name", "mine")
    monkeypatch.setenv("REHEARSE_ENGINE", "draft")
    assert "no Whisper model listens" in rehearse("models", "list").err


def test_the_test_model_of_a_checkout_is_not_found_and_not_listed(rehearse, model, tmp_path, monkeypatch):
    shutil.copytree(model, tmp_path / "models" / "tiny-test")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "nowhere"))
    # As for somebody who keeps everything in a checkout.
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path))
    assert "tiny-test" not in rehearse("models", "list").out + rehearse("models", "add", "--find").err
    (words,) = [each for each in rehearse("doctor", "--json").json["findings"] if each["subject"] == "Words"]
    assert words["said"].startswith("No Whisper model")
    assert "makes up words" in rehearse("models", "add", tmp_path / "models" / "tiny-test").err
    monkeypatch.setenv("REHEARSE_MODEL", str(tmp_path / "models" / "tiny-test"))
    listed = rehearse("models", "list")
    assert "tiny-test is set to listen" in listed.err and "tiny-test" not in listed.out


def test_a_name_in_no_list_is_a_usage_error(rehearse):
    assert rehearse("models", "pull", "base.enn", "--yes").code == 2


class TestAtATerminal:
    """Someone sits there: questions are asked."""

    @pytest.fixture
    def at_terminal(self, program, rehearse):
        rehearse("add", "Tell me about your first job.")
        return partial(program, rows=40)

    def test_the_first_practice_offers_a_model_once_and_goes_on_with_the_draft(
        self, at_terminal, short_answer, temporary_home
    ):
        child = at_terminal("practice", "1", "--from", short_answer)
        child.expect(r"Fetch base.* now \(148 MB\)\? \[y/N\]|Fetch small.* now \(486 MB\)\? \[y/N\]")
        child.sendline("n")
        child.expect("you will not be asked again")
        child.expect("rough built-in recogniser listens")
        killed(child)
        assert (temporary_home / "model-offer-declined").exists()
        again = at_terminal("practice", "1", "--from", short_answer)
        assert again.expect(["Fetch", "rough built-in recogniser listens"]) == 1

    def test_an_offer_that_cannot_be_kept_does_not_stop_the_practice(self, at_terminal, short_answer, monkeypatch):
        monkeypatch.setitem(os.environ, "HF_ENDPOINT", "http://127.0.0.1:9")
        child = at_terminal("practice", "1", "--from", short_answer, columns=300)
        child.expect(r"\[y/N\]")
        child.sendline("y")
        child.expect("cannot be reached")
        child.expect("Going on with the rough recogniser")
        child.expect("rough built-in recogniser listens")
        killed(child)

    def test_a_model_copied_into_its_place_is_timed_once_at_the_first_practice(
        self, at_terminal, short_answer, model, temporary_home
    ):
        copied = shutil.copytree(model, temporary_home / "models" / "copied")
        child = at_terminal("practice", "1", "--from", short_answer)
        child.expect("how fast this machine is with copied")
        child.expect("copied is the only one installed")
        killed(child)
        assert json.loads((copied / "rehearse.json").read_text())["speed"]["real_time_factor"] > 0
        again = at_terminal("practice", "1", "--from", short_answer)
        assert again.expect(["how fast this machine is", "copied is the only one installed"]) == 1

    def test_a_pull_asks_and_shows_the_bytes(self, at_terminal, pretend_hub, model, temporary_home):
        pretend_hub.publish("somebody/x", model)
        child = at_terminal("models", "pull", "somebody/x", columns=300)
        child.expect(r"Fetch it\? \[y/N\]")
        child.sendline("y")
        child.expect("(Fetching|Trying) x")
        child.expect("[0-9.]+/[0-9.]+ [kM]B")
        child.expect("x is here")
        assert ended(child) == 0
        assert json.loads((temporary_home / "models" / "x" / "rehearse.json").read_text())["revision"] == REVISION


def test_no_offer_is_made_where_nobody_sits(rehearse, capsys, temporary_home):
    offer_model(Session(), unless=False, engine=None)
    assert capsys.readouterr() == ("", "")
    assert not temporary_home.exists()
