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


INTERVIEW = """
company = "Northwind"
role = "data analyst"
on = 2026-11-24
who = "Ms Okafor"
went_well = ["the numbers question"]
notes = "They call on Monday"

[[question]]
text = "Why do you want to leave your job?"
why = ["rambled", "nerves"]
again = true

[[question]]
text = "Where are you from?"
"""


@pytest.fixture
def interviewed(rehearse, practised, tmp_path):
    """A library with an interview, its mail and the day of the next one; the document of it."""
    (tmp_path / "northwind.toml").write_text(INTERVIEW)
    assert rehearse("debrief", "--from", tmp_path / "northwind.toml").code == 0
    assert rehearse("followup", "1", "--yes").code == 0
    assert rehearse("next-interview", "2999-12-02", "--company", "Fabrikam").code == 0
    file = tmp_path / "library.json"
    ran = rehearse("export", "--format", "json", "-o", file)
    assert ran.code == 0 and "In it: 1 interview and your next one, with names" in ran.err
    assert "--no-interviews" in ran.err
    return file


def test_interviews_are_the_same_elsewhere(rehearse, elsewhere, interviewed):
    ran = elsewhere("import", interviewed)
    assert ran.code == 0
    assert "Added: 2 questions, 1 attempt, 1 interview, your next interview." in ran.err
    assert "rehearse interviews" in ran.err
    for command in (("interviews",), ("interviews", "1"), ("next-interview",), ("plan",), ("followup", "1"), ()):
        assert shown(elsewhere, *command) == shown(rehearse, *command)
    assert shown(elsewhere, "interviews", "1")["follow_up"] != ""
    told = shown(elsewhere, "import", interviewed)
    assert set(told["added"].values()) == {0} and told["already_here"]["interviews"] == 1
    # Only the interviews are new: the person is asked all the same.
    elsewhere("interviews", "delete", "1", "--yes")
    ran = elsewhere("import", interviewed)
    assert ran.code == 1 and "Add 1 interview to your library?" in ran.err
    assert shown(elsewhere, "interviews") == []


def test_an_interview_gone_on_with_there_is_brought_up_to_date(rehearse, elsewhere, interviewed):
    elsewhere("import", interviewed)
    rehearse("followup", "1", "--sent", "--yes")
    fuller = shown(rehearse, "interviews", "1")
    assert rehearse("export", "--format", "json", "-o", interviewed, "--yes").code == 0
    ran = elsewhere("import", interviewed)
    assert ran.code == 1 and "Bring 1 interview up to date?" in ran.err
    assert shown(elsewhere, "interviews", "1")["sent_on"] is None
    ran = elsewhere("import", interviewed, "--yes")
    assert ran.code == 0 and "Brought up to date: 1 interview." in ran.err and "Nothing to add" not in ran.err
    assert shown(elsewhere, "interviews", "1") == fuller and fuller["sent_on"] is not None
    told = shown(elsewhere, "import", interviewed)
    assert told["brought_up_to_date"] == {"questions": [], "interviews": [], "next_interview": False}
    assert told["already_here"]["interviews"] == told["already_here"]["next_interview"] == 1


def test_where_both_machines_say_something_else_it_stays_and_is_named(elsewhere, interviewed):
    elsewhere("import", interviewed)
    document = json.loads(interviewed.read_bytes())
    document["interviews"][0]["notes"] = "They call on Tuesday"
    interviewed.write_text(json.dumps(document))
    before = shown(elsewhere, "interviews", "1")
    ran = elsewhere("import", interviewed)
    assert ran.code == 0 and "Northwind differs here and was left as it was." in ran.err
    assert "everything" not in ran.err and shown(elsewhere, "interviews", "1") == before
    document["next_interview"][0]["company"] = "Contoso"
    document["interviews"].append(
        document["interviews"][0] | {"id": 2, "company": "", "role": "", "started_at": "2026-11-20T08:00:00Z"}
    )
    interviewed.write_text(json.dumps(document))
    assert elsewhere("import", interviewed, "--yes").code == 0
    document["interviews"][1]["held_on"] = "2026-11-19"
    interviewed.write_text(json.dumps(document))
    said = " ".join(elsewhere("import", interviewed).err.split())
    assert "The interview of 24 Nov, Northwind and your next interview differ here and were left as they were." in said
    differing = {"questions": [], "interviews": [1, 2], "next_interview": True}
    assert shown(elsewhere, "import", interviewed)["differing"] == differing


def test_the_note_of_a_question_comes_along_and_none_is_written_over(rehearse, elsewhere, interviewed):
    elsewhere("import", interviewed)
    note = shown(rehearse, "questions")[1]["note"]
    assert note and elsewhere("edit", "2", "--note", "").code == 0
    ran = elsewhere("import", interviewed)
    assert ran.code == 1 and "Bring the note of 1 question up to date?" in ran.err
    assert "Brought up to date: the note of 1 question." in elsewhere("import", interviewed, "--yes").err
    assert shown(elsewhere, "questions")[1]["note"] == note
    elsewhere("edit", "2", "--note", "mine")
    ran = elsewhere("import", interviewed)
    assert ran.code == 0 and "The note of question 2 was left as it is here." in ran.err
    assert f"In the file it is: {note}" in " ".join(ran.err.split()) and "rehearse edit 2 --note" in ran.err
    assert shown(elsewhere, "questions")[1]["note"] == "mine"
    assert shown(elsewhere, "import", interviewed)["differing"]["questions"] == [2]


def test_the_next_interview_gives_way_where_the_one_here_has_gone_by(elsewhere, interviewed):
    assert elsewhere("next-interview", "2998-12-02", "--company", "Contoso").code == 0
    document = json.loads(interviewed.read_bytes())
    document["next_interview"][0]["held_on"] = "2020-01-01"
    past = interviewed.with_name("past.json")
    past.write_text(json.dumps(document))
    said = " ".join(elsewhere("import", past, "--yes").err.split())
    assert "Your next interview differs here and was left as it was." in said
    assert elsewhere("next-interview", "--clear").code == 0
    assert elsewhere("import", past, "--yes").code == 0
    assert shown(elsewhere, "next-interview")["on"] == "2020-01-01"
    ran = elsewhere("import", interviewed)
    assert ran.code == 1 and "Bring your next interview up to date?" in ran.err
    assert "Brought up to date: your next interview." in elsewhere("import", interviewed, "--yes").err
    assert shown(elsewhere, "next-interview")["on"] == "2999-12-02"


def test_a_coach_gets_no_interviews_and_what_still_names_one_is_said(rehearse, elsewhere, interviewed, tmp_path):
    file = tmp_path / "for-my-coach.json"
    ran = rehearse("export", "--format", "json", "--no-interviews", "-o", file)
    said = " ".join(ran.err.split())
    assert "Left out: 1 interview and your next one." in said and "In it:" not in said
    assert "Question 2 still seems to tell of your interviews: by a company, a person you met, or a note" in said
    assert "Look through it before you hand the file on." in said
    assert "Okafor" not in file.read_text()
    assert "interview" not in elsewhere("import", file).err and shown(elsewhere, "interviews") == []


def test_questions_that_tell_of_a_deleted_interview_or_a_person_are_told_too(rehearse, interviewed, tmp_path):
    assert rehearse("interviews", "delete", "1", "--yes").code == 0
    rehearse("add", "What would you bring to Fabrikam?")
    rehearse("add", "What fabrikamming do you like?")
    said = " ".join(rehearse("export", "--format", "json", "--no-interviews", "-o", tmp_path / "x.json").err.split())
    assert "Questions 2 and 3 still seem to tell of your interviews" in said and "Look through them" in said


def test_one_question_takes_no_interview_along(rehearse, interviewed):
    ran = rehearse("export", "first job", "--format", "json")
    assert "interviews" not in json.loads(ran.out) and ran.err == ""


def test_to_a_pipe_it_is_said_that_interviews_are_in_it(rehearse, interviewed):
    ran = rehearse("export", "--format", "json")
    assert len(json.loads(ran.out)["interviews"]) == 1 and "--no-interviews" in ran.err


def test_interviews_are_in_no_other_format(rehearse, practised):
    ran = rehearse("export", "--no-interviews")
    assert ran.code == 2 and "--no-interviews belongs to --format json" in ran.err


def test_what_an_interview_is_told_to_be_is_shown_and_never_obeyed(elsewhere, interviewed):
    document = json.loads(interviewed.read_bytes())
    (interview,) = document["interviews"]
    interview["company"] = interview["who"] = "[b]\x1b[31mX"
    interview["asked_questions"][1] |= {"text": "\x1b]0;x\x07?", "hard": True, "roughly_s": 1e9}
    interview["held_on"], interview["at"] = "0002-01-01", "nowhere 99"
    document["next_interview"][0] |= {"held_on": "8999-12-31", "company": "\x1b[31m"}
    interviewed.write_text(json.dumps(document))
    assert elsewhere("import", interviewed).code == 0
    for command in (("interviews",), ("interviews", "1"), ("next-interview",), ("plan",), ("followup", "1"), ()):
        ran = elsewhere(*command)
        assert ran.code == 0 and "\x1b" not in ran.out + ran.err, command


def test_text_from_a_file_is_shown_and_never_obeyed(elsewhere, library_file):
    document = json.loads(library_file.read_bytes())
    document["questions"][0]["text"] = "Why [b]\x1b[31m us?"
    library_file.write_text(json.dumps(document))
    assert elsewhere("import", library_file).code == 0
    out = elsewhere("questions").out
    assert "Why [b]␛[31m us?" in out and "\x1b" not in out
