"""The debrief as a person has it: at a terminal, stopped and gone on with; and from a file, with nobody there."""

from datetime import UTC, datetime

import numpy
import pytest
import soundfile
from at_a_terminal import ended, interrupted, killed

from rehearse.interview import AskedQuestion, Interview
from rehearse.storage.store import Store

#: The scripted model counts the words before its own.
NO_PROMPT = '[transcription]\nprompt = "none"\n'

FILE = """
company = "Northwind"
role = "data analyst"
on = 2026-11-03
who = "Ms Okafor"
went_well = ["the numbers question", "they laughed"]
in_my_control = "I spoke too long"
notes = "They call on Monday"

[[question]]
text = "Why do you want to leave?"
why = ["rambled", "nerves"]
roughly = "3:30"

[[question]]
text = "Tell me about your first job."
again = true
recording = "answer.flac"

[[question]]
text = "Where do you live?"
"""


@pytest.fixture
def file(tmp_path, short_answer):
    (tmp_path / "answer.flac").write_bytes(short_answer.read_bytes())
    path = tmp_path / "northwind.toml"
    path.write_text(FILE)
    return path


@pytest.fixture
def heard(scripted_whisper, tmp_path, monkeypatch):
    """A model that hears any answer at once."""
    (tmp_path / "settings.toml").write_text(NO_PROMPT)
    monkeypatch.setenv("REHEARSE_MODEL", str(scripted_whisper("So", "yes.")))


@pytest.fixture
def terminal(program, read):
    """start("debrief"): the command at a terminal of 80x24; and `read`."""
    return program, read


def typed(child, *steps):
    """Each step is what to wait for, and the line to type then."""
    for expected, line in steps:
        child.expect_exact(expected)
        child.expect(r"(> |\d  )$")
        child.sendline(line)


def test_a_debrief_is_stopped_gone_on_with_and_practised(terminal):
    start, read = terminal
    child = start("debrief")
    typed(
        child,
        ("Which company", "Northwind"),
        ("which role", "data analyst"),
        ("When was it", "someday"),
        ("is not a day", "yesterday"),
        ("speak to", "Ms Okafor"),
        ("It is disappointing", "x"),
        ("Type b to breathe first", "b"),
    )
    child.expect("Breathe in")
    child.send("x")
    typed(
        child,
        ("Which answer went well", "the numbers question"),
        ("that helped", "<"),
        ("Now: the numbers question", ""),
    )
    typed(
        child,
        ("that helped", ""),
        ("nod, smile", "they laughed"),
        ("Which questions do you remember", "Why do you want to leave?"),
    )
    child.expect_exact("2  ")
    interrupted(child)
    child.expect_exact("Kept: Northwind, up to where you stopped.")
    assert ended(child) == 130
    (kept,) = read("interviews")
    assert kept["went_well"] == ["the numbers question", "they laughed"] and not kept["finished"]

    child = start("debrief")
    typed(
        child,
        ("stopped a debrief of Northwind after question 1", ""),
        ("1  Why do you want to leave?", "Tell me about yourself"),
        ("Tell me about yourself", ""),
        ("Which of them were hard", "1"),
        ("What made it hard", "1 3"),
        ("how long", "400"),
        ("About 6:40.", "<"),
        ("Now: about 6:40", "3 min"),
        ("recorded", ""),
        ("in your control?", "too long-winded"),
    )
    child.expect_exact("And what was not")
    # Power lost, the terminal closed: nothing of what was said is lost by it.
    killed(child)

    child = start("debrief")
    typed(
        child,
        ("at 'Your part and theirs'", ""),
        ("And what was not", ""),
        ("answer again", "2"),
        ("Anything else", "q"),
    )
    child.expect_exact("up to where you stopped")
    assert ended(child) == 0
    child = start("debrief")
    typed(child, ("go on with it", ""), ("Anything else", ""))
    child.expect_exact("Kept: Northwind. Questions 1 and 2 are ready to practise.")
    child.expect_exact("rehearse practice 2")
    assert ended(child) == 0
    (interview,) = read("interviews")
    first, second = interview["questions"]
    assert (first["hard"], first["why"], first["roughly_s"]) == (True, ["rambled", "could not explain my value"], 180.0)
    assert second["again"] and interview["again_question_id"] == 2 and interview["finished"]
    assert interview["in_my_control"] == "too long-winded"
    first, _ = read("questions")
    assert first["note"].startswith("rambled, could not explain my value, about 3:00 (Northwind, ")
    assert first["tags"] == ["Northwind"]


def test_a_debrief_in_which_nothing_is_said_leaves_nothing(terminal):
    start, read = terminal
    child = start("debrief", "--no-breathing")
    typed(child, ("Which company", ""), ("which role", ""), ("When was it", ""), ("speak to", ""))
    child.expect_exact("Press Enter to go on.")
    # Before the line can be typed on, the end of the input is lost.
    child.expect(r"> $")
    child.sendeof()
    child.expect_exact("nothing was kept")
    assert ended(child) == 0
    assert read("interviews") == []


def test_no_breathing_is_remembered_and_no_sentence_comes_twice_in_a_row(terminal, temporary_home):
    start, _ = terminal
    for options in (("--no-breathing",), ()):
        child = start("debrief", *options)
        if options:
            child.expect_exact("rehearse debrief --breathing")
        else:
            typed(child, ("You stopped", "n"))
        typed(child, ("Which company", "Northwind"), ("which role", ""), ("When was it", ""), ("speak to", ""))
        child.expect_exact("It is disappointing" if options else "An interview is a short part")
        child.expect_exact("Press Enter to go on.")
        child.sendline("q")
        assert ended(child) == 0
    child = start("debrief", "--breathing")
    typed(child, ("at 'Before we begin'", ""))
    child.expect_exact("Type b for yes")


def test_an_edit_offers_what_is_there_and_rewrites_the_note(terminal, rehearse, file):
    file.write_text(FILE.replace('recording = "answer.flac"', ""))
    assert rehearse("debrief", "--from", file).code == 0
    start, read = terminal
    child = start("debrief", "--edit")
    typed(
        child,
        ("Now: Northwind", ""),
        ("Now: data analyst", "-"),
        ("Now: Tuesday, 3 Nov 2026", ""),
        ("Now: Ms Okafor", ""),
    )
    typed(child, ("Now: the numbers question", ""), ("Now: they laughed", ""), ("nod, smile", ""))
    typed(
        child,
        ("Which questions do you remember", ""),
        ("Now: 1", ""),
        ("Now: rambled, nerves", "2"),
        ("Now: about 3:30", ""),
    )
    typed(child, ("recorded", ""), ("Now: I spoke", ""), ("what was not", ""), ("Now: 2", ""), ("Now: They call", ""))
    child.expect_exact("ready to practise")
    assert ended(child) == 0
    (interview,) = read("interviews")
    assert interview["role"] == "" and interview["questions"][0]["why"] == ["blanked"]
    assert read("questions")[0]["note"] == "blanked, about 3:30 (Northwind, 3 Nov)"


def kept_interview(temporary_home, at, **said):
    """An interview in the library whose debrief stands there."""
    (temporary_home / "recordings").mkdir(parents=True, exist_ok=True)
    with Store.open(temporary_home / "rehearse.db", temporary_home / "recordings") as store:
        begun_at = datetime(2026, 11, 3, 9, tzinfo=UTC)
        return store.keep_interview(Interview(started_at=begun_at, at=at, **said))


def test_a_pasted_list_goes_on_after_an_empty_line_in_it(terminal, temporary_home):
    kept_interview(temporary_home, "questions 0", company="Northwind")
    start, read = terminal
    child = start("debrief", "--edit")
    child.expect_exact("Which questions do you remember")
    child.expect(r"\d  $")
    child.send("Why us?\r\r\rWhy now?\r\rWhat then?\r")
    typed(child, ("What then?", ""), ("Which of them were hard", "q"))
    assert ended(child) == 0
    assert [each["text"] for each in read("interviews")[0]["questions"]] == ["Why us?", "Why now?", "What then?"]


def test_a_recording_is_looked_into_at_once(terminal, temporary_home, tmp_path, short_answer):
    hard = AskedQuestion(text="Why?", hard=True)
    kept_interview(temporary_home, "recordings 0", company="Northwind", asked=(hard,))
    (tmp_path / "answer.wav").write_text("no sound")
    (tmp_path / "real.flac").write_bytes(short_answer.read_bytes())
    start, read = terminal
    child = start("debrief", "--edit")
    typed(
        child,
        ("Is one of your real answers recorded", f"1 {tmp_path / 'answer.wav'}"),
        ("answer.wav is not a sound file", "1 ~nobody-here/answer.wav"),
        ("There is no file ~nobody-here", f"1 {tmp_path / 'real.flac'}"),
        ("real.flac, 0:1", "q"),
    )
    assert ended(child) == 0
    assert read("interviews")[0]["questions"][0]["hard"]


def test_what_is_typed_before_a_page_stands_answers_nothing(terminal):
    start, read = terminal
    child = start("debrief", "--no-breathing")
    child.send("Contoso\r\r\r")
    typed(child, ("Which company", "Northwind"), ("which role", "q"))
    assert ended(child) == 0
    assert read("interviews")[0]["company"] == "Northwind"


def test_lines_that_are_pasted_in_are_one_answer_to_the_page_that_was_seen(terminal, temporary_home):
    kept_interview(temporary_home, "well 0", company="Northwind")
    start, read = terminal
    child = start("debrief", "--edit")
    typed(child, ("Which answer went well", "the numbers question\r\r  they laughed\r\r"))
    typed(child, ("Those lines are taken together", ""), ("nod, smile", "<"), ("that helped", "<"))
    typed(child, ("Now: the numbers question they laughed", "q"))
    assert ended(child) == 0
    assert read("interviews")[0]["went_well"] == ["the numbers question they laughed"]


def test_pasted_recordings_are_all_looked_into_and_an_enter_meanwhile_ends_nothing(
    terminal, temporary_home, tmp_path, short_answer
):
    asked = tuple(AskedQuestion(text=text, hard=True) for text in ("Why?", "Why us?"))
    kept_interview(temporary_home, "recordings 0", company="Northwind", asked=asked)
    soundfile.write(tmp_path / "long.flac", numpy.zeros((300 * 48_000, 2), numpy.int16), 48_000)
    start, _ = terminal
    child = start("debrief", "--edit")
    child.delaybeforesend = None
    child.expect("Is one of your real answers recorded")
    child.expect("> $")
    child.send(f"1 {short_answer}\r\r2 {tmp_path / 'long.flac'}\r")
    child.expect(r"short-answer\.flac, 0:1\d\.")
    child.expect("Reading the recording")
    child.send("\r")
    child.expect(r"long\.flac, 5:00\.")
    child.expect("> $")
    child.send("q\r")
    child.expect_exact("Kept: Northwind, up to where you stopped.")
    assert "in your control" not in child.before


def test_home_goes_straight_on_and_names_every_debrief_that_was_stopped(terminal, temporary_home, rehearse):
    kept_interview(temporary_home, "role 0", company="Contoso")
    kept_interview(temporary_home, "who 0", company="Northwind")
    told = " ".join(rehearse().out.split())
    assert "A debrief of Northwind is not finished: rehearse debrief" in told
    assert "Not finished either: Contoso. To go on with it: rehearse debrief --edit 1" in told
    start, _ = terminal
    child = start()
    child.expect("go on with the debrief")
    child.send("\r")
    child.expect("Who did you speak to")
    assert "You stopped" not in child.before
    killed(child)
    child = start("debrief")
    child.expect("Not finished either: Contoso")
    child.expect("You stopped a debrief of Northwind")


def test_without_a_terminal_it_says_how_to_bring_one_in(rehearse):
    ran = rehearse("debrief")
    assert ran.code == 1 and "needs somebody at a keyboard" in ran.err and "--from FILE.toml" in ran.err


def test_a_file_is_brought_in_with_the_real_answer(rehearse, file, heard):
    ran = rehearse("debrief", "--from", file, "--json")
    assert ran.code == 0
    assert ran.json == rehearse("interviews", "--json").json[0]
    assert [(q["hard"], q["question_id"]) for q in ran.json["questions"]] == [(True, 1), (False, 2), (False, None)]
    (attempt,) = rehearse("attempts", "--json").json
    assert attempt["baseline"] and attempt["measured"] and attempt["question_id"] == 2
    assert attempt["recorded_at"].startswith("2026-11-03T")
    assert "The real answer to question 2 is kept as attempt 1" in ran.err


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (lambda path: path.write_text("no sound"), "There is no sound in answer.flac"),
        (lambda path: path.write_bytes(b""), "answer.flac is empty (0 bytes)"),
        (lambda path: path.mkdir(), "answer.flac is a folder, not a sound file"),
        (lambda path: None, "there is no file answer.flac"),
    ],
)
def test_a_file_that_names_a_recording_which_is_no_sound_is_refused_before_anything_is_kept(rehearse, file, made, told):
    recording = file.parent / "answer.flac"
    recording.unlink()
    made(recording)
    ran = rehearse("debrief", "--from", file, "--yes")
    assert ran.code == 1 and "northwind.toml, question 2: " in ran.err and told in " ".join(ran.err.split())
    assert rehearse("interviews", "--json").json == rehearse("questions", "--json").json == []
    file.write_text(FILE.replace("answer.flac", "a" * 300))
    assert "question 2: " in (error := rehearse("debrief", "--from", file, "--json").json)["error"]
    assert "Name another recording in northwind.toml, or take that line out." in error["hint"]


def test_a_recording_that_went_away_is_told_of_and_the_rest_is_kept(terminal, temporary_home, tmp_path, short_answer):
    hard = AskedQuestion(text="Why?", hard=True, recording=str(tmp_path / "answer.flac"))
    kept_interview(temporary_home, "notes 0", company="Northwind", asked=(hard,))
    start, read = terminal
    child = start("debrief", "--edit")
    typed(child, ("Anything else", ""))
    child.expect_exact("There is no file")
    child.expect_exact("The real answer can come later:  rehearse practice 1 --from FILE --as-baseline")
    child.expect_exact("Question 1 is ready to practise.")
    assert ended(child) == 0 and read("attempts") == []


def test_the_same_interview_is_brought_in_twice_only_with_a_yes(rehearse, file):
    file.write_text(FILE.replace('recording = "answer.flac"', ""))
    assert rehearse("debrief", "--from", file).code == 0
    again = rehearse("debrief", "--from", file)
    assert (
        again.code == 1 and "Interview 1 is the same: Northwind, with the same day, role and 3 questions" in again.err
    )
    assert "rehearse debrief --edit 1" in again.err and len(rehearse("interviews", "--json").json) == 1
    file.write_text(file.read_text().replace("2026-11-03", "2026-11-04"))
    assert rehearse("debrief", "--from", file).code == 0
    assert rehearse("debrief", "--from", file, "--yes").code == 0
    assert len(rehearse("interviews", "--json").json) == 3


def test_a_file_that_is_not_there_is_told_of_as_everywhere(rehearse, tmp_path):
    rehearse("add", "Why?")
    for command in (("debrief", "--from"), ("add", "--file"), ("practice", "--from")):
        ran = rehearse(*command, tmp_path / "nope")
        assert ran.code == 1 and "There is no file" in ran.err and "Check the name and the folder." in ran.err
        assert "is a folder" in rehearse(*command, tmp_path).err


def test_interviews_are_listed_shown_and_deleted(rehearse, file):
    assert "rehearse debrief" in rehearse("interviews").err
    file.write_text(FILE.replace('recording = "answer.flac"', ""))
    rehearse("debrief", "--from", file)
    assert "Northwind" in rehearse("interviews").out
    shown = rehearse("interviews", "north").out
    assert shown.index("What went well") < shown.index("hard: rambled, nerves, about 3:30") < shown.index("In your con")
    assert rehearse("interviews", "1", "--json").json == rehearse("interviews", "show", "--json").json
    assert rehearse("interviews", "--json", "1").json["id"] == 1
    assert rehearse("interviews", "2").code == 1 and rehearse("interviews", "Contoso").code == 1
    assert rehearse("interviews", "delete", "1").code == 1
    assert rehearse("interviews", "delete", "1", "--yes", "--json").json == {"interview": 1, "deleted": True}
    assert rehearse("interviews", "--json").json == [] and len(rehearse("questions", "--json").json) == 2


def test_what_people_typed_is_shown_never_obeyed(rehearse, tmp_path):
    hostile = "[bold]x[/bold] \\u001b[31m"
    (tmp_path / "x.toml").write_text(
        f'company = "{hostile}"\nwho = "{hostile}"\nwent_well = ["{hostile}"]\n'
        f'[[question]]\ntext = "{hostile}"\nwhat_happened = "{hostile}"\n'
    )
    for command in (("debrief", "--from", tmp_path / "x.toml"), ("interviews",), ("interviews", "1"), ("questions",)):
        ran = rehearse(*command)
        assert ran.code == 0 and "\x1b" not in ran.out + ran.err
        assert "[bold]x[/bold] \u241b[31m" in ran.out + ran.err
