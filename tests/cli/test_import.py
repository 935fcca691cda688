"""`export --format json` and `import`, as a person uses them on two machines."""

import json

import pytest


@pytest.fixture
def elsewhere(rehearse, tmp_path, monkeypatch):
    """elsewhere("import", file) runs it on another machine, whose home is empty at first."""

    def call(*arguments):
        with monkeypatch.context() as there:
            there.setenv("REHEARSE_HOME", str(tmp_path / "other-home"))
            return rehearse(*arguments)

    return call


@pytest.fixture
def library_file(rehearse, practised, tmp_path):
    file = tmp_path / "my library.json"
    assert rehearse("export", "--format", "json", "--with-sound", "-o", file).code == 0
    return file


def shown(rehearse, *arguments):
    return rehearse(*arguments, "--json").json


def test_the_same_library_on_another_machine(rehearse, elsewhere, library_file):
    ran = elsewhere("import", library_file)
    assert ran.code == 0 and "Added: 1 question, 1 attempt, 1 recording." in ran.err and ran.out == ""
    for command in (("questions",), ("attempts",), ("show", "1")):
        assert shown(elsewhere, *command) == shown(rehearse, *command)
    assert elsewhere("transcribe", "1", "--json").json["word_count"] == shown(rehearse, "show", "1")["word_count"]


def test_a_second_time_it_says_that_everything_is_there(elsewhere, library_file):
    elsewhere("import", library_file)
    ran = elsewhere("import", library_file)
    assert ran.code == 0 and "Nothing to add" in ran.err
    told = shown(elsewhere, "import", library_file)
    assert told["already_here"]["attempts"] == 1 and told["recordings_added"] == 0


def test_into_a_library_with_something_it_asks_first(elsewhere, library_file):
    elsewhere("add", "Why us?")
    ran = elsewhere("import", library_file)
    assert ran.code == 1 and "Add 1 question and 1 attempt to your library?" in ran.err and "--yes" in ran.err
    assert len(shown(elsewhere, "questions")) == 1
    told = elsewhere("import", library_file, "--yes", "--json").json
    assert told["added"]["attempts"] == 1 and told["same_numbers"] is False


def test_without_sound_it_is_said_what_is_missing_and_how_to_have_it(rehearse, practised, elsewhere, tmp_path):
    file = tmp_path / "words.json"
    ran = rehearse("export", "--format", "json", "-o", file)
    assert "does not hold them" in ran.err and f"rehearse import {file}" in ran.err.replace("\n", "")
    ran = elsewhere("import", file)
    assert ran.code == 0 and "Attempt 1 (" in ran.err and "words.json-sound" in ran.err
    assert "I said" in elsewhere("show", "1").out
    assert "did not come with an import" in elsewhere("replay", "1").err
    assert "no sound" in elsewhere("attempts").out
    rehearse("export", "--format", "json", "--with-sound", "-o", file, "--yes")
    assert "Added: 1 recording." in elsewhere("import", file, "--yes").err
    assert "no sound" not in elsewhere("attempts").out


def test_to_a_pipe_it_is_json_and_nothing_else(rehearse, practised):
    ran = rehearse("export", "--format", "json")
    document = json.loads(ran.out)
    assert document["made_by"].startswith("rehearse ") and len(document["attempts"]) == 1 and ran.err == ""
    assert document["attempts"][0]["measures"]["answer_s"] == pytest.approx(practised["answer_s"], abs=0.001)


def test_one_question_by_some_of_its_words(rehearse, practised):
    rehearse("add", "Why us?")
    document = json.loads(rehearse("export", "first job", "--format", "json").out)
    assert [each["text"] for each in document["questions"]] == ["Tell me about your first job."]
    assert json.loads(rehearse("export", "2", "--format", "json").out)["attempts"] == []


def test_sound_needs_a_file_to_lie_beside_and_json_to_tell_of_it(rehearse, practised, tmp_path):
    ran = rehearse("export", "--format", "json", "--with-sound")
    assert ran.code == 2 and "-o library.json" in ran.err
    ran = rehearse("export", "--format", "csv", "--with-sound", "-o", tmp_path / "a.csv")
    assert ran.code == 2 and not (tmp_path / "a.csv").exists()


def test_nothing_is_written_over_without_a_yes(rehearse, library_file):
    folder = library_file.with_name("my library.json-sound")
    before = library_file.read_bytes()
    ran = rehearse("export", "--format", "json", "--with-sound", "-o", library_file)
    assert ran.code == 1 and "json-sound" in ran.err and "--yes" in ran.err and library_file.read_bytes() == before
    (folder / "holiday.jpg").touch()
    ran = rehearse("export", "--format", "json", "--with-sound", "-o", library_file, "--yes")
    assert (
        ran.code == 1
        and "other things than recordings" in " ".join(ran.err.split())
        and (folder / "holiday.jpg").exists()
    )


def test_what_is_wrong_with_a_file_is_a_sentence(elsewhere, library_file, tmp_path):
    document = json.loads(library_file.read_bytes())
    document["questions"][0]["text"] = ["\x1b[31m[b]"]
    library_file.write_text(json.dumps(document))
    ran = elsewhere("import", library_file)
    assert ran.code == 1 and "questions[0].text" in ran.err and "\x1b" not in ran.err
    assert "There is no file" in shown(elsewhere, "import", tmp_path / "none.json")["error"]
    assert shown(elsewhere, "questions") == []


def test_text_from_a_file_is_shown_and_never_obeyed(elsewhere, library_file):
    document = json.loads(library_file.read_bytes())
    document["questions"][0]["text"] = "Why [b]\x1b[31m us?"
    library_file.write_text(json.dumps(document))
    assert elsewhere("import", library_file).code == 0
    out = elsewhere("questions").out
    assert "Why [b]␛[31m us?" in out and "\x1b" not in out
