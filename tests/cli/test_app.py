import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rehearse.cli.app import SECTIONS

HEAVY = {
    "av", "blessed", "ctranslate2", "faster_whisper", "fsrs", "huggingface_hub", "icalendar", "jinja2", "onnxruntime",
    "pocketsphinx", "snowballstemmer", "sounddevice", "soundfile", "tomlkit",
}  # fmt: skip
#: Of our own: what a list has no use for, and what took a third of its time.
HEARING = {"rehearse.hearing", "rehearse.audio.playback", "rehearse.transcription.engines"}
COMMANDS = [name for commands in SECTIONS.values() for name in commands]


def child(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def loaded_by(arguments: list[str]) -> set[str]:
    code = (
        "import sys, json\nfrom rehearse.cli import run\n"
        f"try:\n    run({arguments!r})\nexcept SystemExit:\n    pass\n"
        "print('\\n' + json.dumps(sorted(name for name in sys.modules)))"
    )
    loaded = set(json.loads(child(code).splitlines()[-1]))
    assert "rehearse.cli.app" in loaded
    return loaded


@pytest.mark.parametrize("arguments", [[], ["--help"], ["practice", "--help"], ["debrief", "--help"]])
def test_quick_commands_load_no_heavy_package(arguments):
    assert HEAVY & loaded_by(arguments) == set()


@pytest.mark.parametrize("arguments", [["attempts", "--json"], ["questions"], ["interviews"], ["trends"]])
def test_lists_load_neither_a_heavy_package_nor_what_hears_and_plays(arguments):
    assert (HEAVY | HEARING) & loaded_by(arguments) == set()


def test_help_lists_every_command_by_section(rehearse):
    shown = rehearse("--help").out
    assert all(f"{section}:" in shown for section in SECTIONS)
    assert all(f"\n  {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(rehearse, command):
    ran = rehearse(command, "--help")
    assert ran.code == 0 and len(ran.out.splitlines()) > 5


@pytest.mark.parametrize(
    "command",
    [
        "add",
        "edit",
        "archive",
        "practice",
        "show",
        "replay",
        "report",
        "delete",
        "measure",
        "transcribe",
        "devices",
        "doctor",
        "calibrate",
        "export",
        "import",
    ],
)
def test_commands_that_take_something_have_an_example(rehearse, command):
    assert f"rehearse {command} " in rehearse(command, "--help").out.split("Options:")[0].split("\n", 1)[1]


def test_an_unknown_command_names_the_nearest_one(rehearse):
    ran = rehearse("practise")
    assert ran.code == 2 and "Did you mean 'practice'?" in ran.err


def test_a_usage_error_is_json_too(rehearse):
    ran = rehearse("add", "--json")
    assert ran.code == 2 and set(ran.json) == {"error", "hint"}


def test_a_fault_of_ours_is_a_sentence_with_a_file_to_send(rehearse, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr("rehearse.cli.add.question_json", lambda *a: 1 / 0)
    ran = rehearse("add", "Why?", "--json")
    assert ran.code == 1 and "should not have" in ran.json["error"]
    (details,) = tmp_path.glob("rehearse-fault-*.txt")
    assert "ZeroDivisionError" in details.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="there it is only a file that is not there")
@pytest.mark.parametrize("command", [("import",), ("restore",), ("add", "--file"), ("debrief", "--from")])
def test_a_file_that_cannot_be_looked_up_is_no_fault_of_ours(rehearse, command):
    ran = rehearse(*command, "a" * 300, "--json")
    assert ran.code == 1 and "aaa cannot be opened" in ran.json["error"] and "too long" in ran.json["hint"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may look everywhere")
def test_a_file_in_a_closed_folder_is_no_fault_of_ours(rehearse, tmp_path):
    (closed := tmp_path / "closed").mkdir(mode=0o600)
    ran = rehearse("import", closed / "library.json", "--json")
    assert ran.code == 1 and "library.json cannot be opened" in ran.json["error"] and "allowed" in ran.json["hint"]


def test_settings_with_faults_are_all_named_at_once(rehearse, tmp_path):
    (tmp_path / "settings.toml").write_text(
        '[practise]\n[practice]\ncoutdown_s = 3\n[transcription]\nengine = "best"\n'
    )
    ran = rehearse("questions")
    assert ran.code == 1
    assert ran.err.splitlines()[:3] == [
        "[practise] is not a section; did you mean 'practice'?",
        "[practice] has no setting 'coutdown_s'; did you mean 'countdown_s'?",
        "[transcription] engine must be one of auto, whisper, draft.",
    ]


def test_the_home_is_private(rehearse, temporary_home):
    rehearse("add", "Why?")
    assert temporary_home.stat().st_mode & 0o777 == 0o700
    assert (temporary_home / "rehearse.db").stat().st_mode & 0o777 == 0o600


def test_words_outside_the_character_set_of_a_pipe_are_written_all_the_same(temporary_home):
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    for arguments in (["add", "Why → here?"], ["questions"], ["questions", "--json"]):
        command = [sys.executable, "-m", "rehearse", *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, check=True, stdin=subprocess.DEVNULL)
    assert "Why → here?" in done.stdout.decode("utf-8")


def test_home_is_json_too(rehearse, practised):
    home = rehearse("--json").json
    assert (home["question_count"], home["last_attempt"], home["waiting_attempts"]) == (1, 1, [])


def test_with_nothing_kept_home_says_how_to_begin(rehearse):
    assert 'rehearse add "' in rehearse().out


def test_home_shows_the_last_attempt_and_the_next_step(rehearse, practised):
    shown = rehearse().out
    assert "Tell me about your first job." in shown and "rehearse practice 1" in shown


def test_a_pipe_that_closes_early_is_no_fault(practised):
    command = [sys.executable, "-m", "rehearse", "attempts", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""


def test_bash_completion_offers_commands_and_questions(rehearse):
    rehearse("add", "Why?")

    def offered(*words: str) -> str:
        environment = os.environ | {
            "_REHEARSE_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(("rehearse", *words)),
            "COMP_CWORD": str(len(words)),
        }
        return subprocess.run(
            ["rehearse"], executable=_script(), env=environment, capture_output=True, text=True
        ).stdout

    assert "plain,practice" in offered("pra")
    assert "plain,1" in offered("practice", "")


def _script() -> str:
    return str(Path(sys.executable).with_name("rehearse"))
