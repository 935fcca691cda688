import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rehearse.errors import InterviewInvalid
from rehearse.interview import AskedQuestion, Reason
from rehearse.interview_file import interview_in

NOW, TODAY = datetime(2026, 11, 26, 18, tzinfo=UTC), date(2026, 11, 26)


@pytest.fixture
def read(tmp_path):
    def read(text: str):
        (tmp_path / "one.toml").write_text(text, encoding="utf-8")
        return interview_in(tmp_path / "one.toml", NOW, TODAY)

    return read


def test_all_that_a_debrief_asks_can_be_written(read, tmp_path):
    (tmp_path / "a.wav").touch()
    interview = read(
        'company = "Northwind"\nrole = " data  analyst"\non = "24 Nov"\nwho = "Ms Okafor"\nwent_well = ["one", "two"]\n'
        'in_my_control = "a"\nnot_in_my_control = "b"\nnotes = "c"\n'
        '[[question]]\ntext = "Why?"\nwhy = ["nerves", "rambled"]\nroughly = 3\nagain = true\nrecording = "a.wav"\n'
        '[[question]]\ntext = "How?"\nwhat_happened = "lost the thread"\n[[question]]\ntext = "Who?"\nhard = true\n'
        '[[question]]\ntext = "When?"\nwhy = ["cut off"]\nhard = false\n'
        '[[question]]\ntext = "So?"\nwhy = ["too fast"]\n'
    )
    assert (interview.company, interview.role, interview.on) == ("Northwind", "data analyst", date(2026, 11, 24))
    assert (interview.who, interview.went_well, interview.notes) == ("Ms Okafor", ("one", "two"), "c")
    assert (interview.in_my_control, interview.not_in_my_control) == ("a", "b")
    assert interview.asked == (
        AskedQuestion(
            text="Why?",
            hard=True,
            why=(Reason.RAMBLED, Reason.NERVES),
            roughly_s=180.0,
            again=True,
            recording=str(tmp_path.resolve() / "a.wav"),
        ),
        AskedQuestion(text="How?", hard=True, what_happened="lost the thread"),
        AskedQuestion(text="Who?", hard=True),
        AskedQuestion(text="When?", why=(Reason.CUT_OFF,)),
        AskedQuestion(text="So?", hard=True, why=(Reason.OTHER,), what_happened="too fast"),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("company = Northwind", "not written as TOML"),
        ("", "says nothing"),
        ('compny = "x"', "'compny' is not known"),
        ("company = 3", "company must be text"),
        ("on = 3", "on must be a day"),
        ('on = "someday"', "is not a day"),
        ("on = 2030-01-01", "still to come"),
        ("went_well = 1", "went_well must be a list"),
        ('went_well = ["a", "b", 3]', "went_well is a list of texts in quotes; number 3 is not one"),
        ('question = "Why?"', "written as [[question]]"),
        ("[[question]]\nhard = true", "question 1 has no text"),
        ('[[question]]\ntext = "Why?"\nhard = "yes"', "hard must be true or false"),
        ('[[question]]\ntext = "Why?"\nroughly = true', "roughly must be a length"),
        ('[[question]]\ntext = "Why?"\nroughly = "ages"', "is not a length"),
        ('[[question]]\ntext = "Why?"\nrecording = "no.wav"', "there is no file no.wav"),
        ('[[question]]\ntext = "Why?"\nrecording = "~nobody-here/no.wav"', "there is no file ~nobody-here/no.wav"),
        ('[[question]]\ntext = "Why?"\nagain = true\n[[question]]\ntext = "How?"\nagain = true', "only one question"),
    ],
)
def test_what_cannot_be_meant_is_named(read, text, told):
    with pytest.raises(InterviewInvalid) as refused:
        read(text)
    assert told in refused.value.message and refused.value.hint


def test_a_recording_in_the_home_folder_is_found_from_any_folder(read, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "ada"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "ada"))
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "a.wav").touch()
    (asked,) = read('[[question]]\ntext = "Why?"\nrecording = "~/a.wav"').asked
    assert asked.recording == str((tmp_path / "ada" / "a.wav").resolve())


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "one.toml").write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(InterviewInvalid, match="not plain text"):
        interview_in(tmp_path / "one.toml", NOW, TODAY)


def test_the_example_of_the_readme_is_one(read, tmp_path):
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(company = .*?)```", readme, re.DOTALL)
    (tmp_path / "answer.m4a").touch()
    interview = read(example)
    (asked,) = interview.asked
    assert interview.company == "Northwind" and interview.on and interview.went_well
    assert asked.hard and asked.again and asked.recording and asked.roughly_s == 210.0
    for reason in Reason:
        assert reason.value in example or reason is Reason.OTHER
