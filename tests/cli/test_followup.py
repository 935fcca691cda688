"""The follow-up as a person has it: in a script, and at a terminal with an editor of their own."""

import email
import email.policy
import json
import os
import shlex
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from answers import DRAFT
from at_a_terminal import ended
from practised_library import BEGAN, FIXTURES, LISTED, add

from rehearse.storage.store import Store

FILE = """
company = "Northwind"
role = "data analyst"
on = 2026-11-03
who = "Ms Okafor <okafor@northwind.example>"
went_well = ["the numbers question", "they laughed"]

[[question]]
text = "Tell me about a time you disagreed with your manager."
why = ["rambled"]
again = true
"""
SENTENCE = "I once disagreed with my manager about the opening hours of our shop."
DEMO = FIXTURES.parents[1] / "fixtures" / "demo" / "1-rambling.flac"


@pytest.fixture
def northwind(rehearse, tmp_path):
    """The interview, and question 1 to answer again; nothing answered yet."""
    (tmp_path / "northwind.toml").write_text(FILE)
    assert rehearse("debrief", "--from", tmp_path / "northwind.toml").code == 0
    return rehearse


@pytest.fixture
def answered(northwind, temporary_home):
    """Attempt 1 is near the aim, attempt 2 inside it; attempt 3, the real answer, is what they want to say better."""
    with Store.open(temporary_home / "rehearse.db", temporary_home / "recordings") as store:
        question = store.question(1)
        add(store, question, LISTED, BEGAN, end_s=44.0)
        add(store, question, DEMO, BEGAN + timedelta(days=1))
        add(store, question, LISTED, BEGAN - timedelta(days=9), baseline=True)
    return northwind


def kept(rehearse):
    return rehearse("interviews", "Northwind", "--json").json["follow_up"]


def test_the_draft_is_made_of_the_best_attempt_and_shown_not_kept(answered):
    shown = answered("followup")
    assert shown.code == 0 and "Hello Ms Okafor," in shown.out and "at Northwind." in shown.out
    assert "add this: A time I disagreed with my manager. So I used to work" in shown.out
    assert " um " not in shown.out and "you know" not in shown.out
    assert "from attempt 2" in shown.err and "--yes" in shown.err
    assert kept(answered) == "" and "rehearse followup 1" in answered("interviews", "1").out
    as_json = answered("followup", "--json").json
    assert (as_json["attempt"], as_json["interview"], as_json["kept"]) == (2, 1, False)
    assert as_json["to"] == "okafor@northwind.example" and as_json["placeholders"] == []
    assert as_json["word_count"] == len(as_json["body"].split()) <= as_json["words_suggested"]


def test_another_attempt_or_none_can_be_named(answered):
    assert SENTENCE in answered("followup", "--attempt", "1").out
    assert "In addition" not in answered("followup", "--attempt", "none").out
    assert "no attempt 9" in answered("followup", "--attempt", "9").err


def test_words_of_the_rough_recogniser_are_not_taken(northwind, temporary_home):
    with Store.open(temporary_home / "rehearse.db", temporary_home / "recordings") as store:
        add(store, store.question(1), LISTED, BEGAN, engine=DRAFT)
    shown = northwind("followup")
    assert "In addition" not in shown.out and "rough recogniser" in shown.err
    assert "In addition to what I said about a time I disagreed with my manager, ..." in shown.err
    assert northwind("followup", "--json").json["no_sentences"] == "draft"


def test_without_an_attempt_it_thanks_alone_and_says_how_to_add_one(northwind):
    shown = northwind("followup")
    assert "In addition" not in shown.out and "rehearse practice 1" in shown.err


def test_yes_keeps_it_and_it_is_kept_until_written_anew(answered):
    assert answered("followup", "--yes").code == 0
    before = kept(answered)
    assert before == "\n".join(line for line in answered("followup").out.strip("\n").split("\n"))
    assert "add --yes" in answered("followup", "--attempt", "1").err and kept(answered) == before
    assert answered("followup", "--attempt", "1", "--yes").code == 0
    assert SENTENCE in kept(answered)
    assert "A thank-you mail is kept" in answered("interviews", "1").out


def test_it_is_saved_as_a_mail_or_as_text(answered, tmp_path):
    saved = answered("followup", "--save", tmp_path / "thanks.eml", "--json").json
    mail = email.message_from_bytes((tmp_path / "thanks.eml").read_bytes(), policy=email.policy.default)
    assert mail["To"] == "okafor@northwind.example" and mail["Subject"].startswith("Thank you for our conversation")
    assert mail.get_content().replace("\r", "").strip() == saved["body"]
    assert saved["saved"] == str(tmp_path / "thanks.eml") and saved["kept"] and "Hello Ms Okafor" in kept(answered)
    again = answered("followup", "--save", tmp_path / "thanks.eml")
    assert again.code == 1 and "already" in again.err
    assert answered("followup", "--save", tmp_path / "thanks.eml", "--yes").code == 0
    assert answered("followup", "--save", tmp_path / "thanks.txt").code == 0
    text = (tmp_path / "thanks.txt").read_text()
    assert text.startswith("To: okafor@northwind.example\nSubject: Thank you") and saved["body"] in text
    assert answered("followup", "--save", tmp_path / "more").code == 0 and (tmp_path / "more.eml").exists()
    assert answered("followup", "--save", tmp_path / "none" / "thanks.eml").code == 1
    if os.name != "nt":
        assert (tmp_path / "thanks.txt").stat().st_mode & 0o077 == 0


def test_a_blank_left_in_it_is_named_before_it_goes_out(northwind, tmp_path, temporary_home):
    with Store.open(temporary_home / "rehearse.db", temporary_home / "recordings") as store:
        store.keep_follow_up(1, "Subject: Thanks\n\nDear [name], I rambled, um, at {company}.", None)
    refused = northwind("followup", "--save", tmp_path / "thanks.txt")
    assert refused.code == 1 and "[name], {company}" in refused.err and not (tmp_path / "thanks.txt").exists()
    assert northwind("followup", "--json").json["placeholders"] == ["[name]", "{company}"]
    assert northwind("followup", "--save", tmp_path / "thanks.txt", "--yes").code == 0
    assert "Dear [name], I rambled, um, at {company}." in (tmp_path / "thanks.txt").read_text()


def test_the_day_it_was_sent_is_kept_with_the_interview(answered):
    assert answered("followup", "1", "--sent").code == 0
    assert answered("followup", "--json").json["sent_on"] is not None
    assert "Thank-you mail sent on" in answered("interviews", "1").out
    assert kept(answered) == ""
    assert answered("followup", "--sent", "none").code == 0
    assert answered("followup", "--json").json["sent_on"] is None
    before = answered("followup", "--sent", "2 Nov 2026")
    assert before.code == 1 and "before the interview" in before.err
    assert "not a day" in answered("followup", "--sent", "someday").err


def test_the_name_is_remembered_and_can_be_left_out_again(answered):
    assert answered("followup", "--name", "Ada\nByron").out.rstrip().endswith("Kind regards,\nAda Byron")
    assert answered("followup").out.rstrip().endswith("Kind regards,\nAda Byron")
    assert answered("followup", "--name", "").out.rstrip().endswith("Kind regards")


def test_without_an_interview_it_says_where_to_begin(rehearse):
    assert "rehearse debrief" in rehearse("followup").err


#: The command in a process that writes down each file it opens to write, each library and each touch of a network.
WATCHED = """
import os, sys
report = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def hear(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        os.write(report, f"wrote {os.path.abspath(arguments[0])}\\n".encode())
    elif event == "sqlite3.connect":
        os.write(report, f"wrote {os.path.abspath(arguments[0])}\\n".encode())
    elif event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"):
        os.write(report, f"{event} {arguments}\\n".encode())
sys.addaudithook(hear)
from rehearse.cli import run
run(sys.argv[2:])
"""

#: An editor that does, at each call, what the next line of its script says.
EDITOR = """
import json, os, pathlib, signal, sys
script, file = map(pathlib.Path, sys.argv[1:])
(do, text), *rest = json.loads(script.read_text())
script.write_text(json.dumps(rest))
if do == "interrupt":
    os.kill(os.getppid(), signal.SIGINT)
if do == "kill":
    file.write_text(text)
    os.kill(os.getppid(), signal.SIGKILL)
before = file.read_text()
file.write_text({"write": text, "add": before + text, "interrupt": before + text, "fail": before}[do])
sys.exit(do == "fail")
"""


@pytest.fixture
def terminal(program, answered, temporary_home, tmp_path):
    """terminal(steps, "--attempt", "1"): the follow-up at a terminal of 80x24; steps are what the editor does."""
    (tmp_path / "editor.py").write_text(EDITOR)
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, does in (
        ("wl-copy", f'cat > "{tmp_path}/clipboard"'),
        ("wl-paste", f'cat "{tmp_path}/clipboard"'),
        ("mailer", f'echo "$1" > "{tmp_path}/link"'),
    ):
        (tools / name).write_text(f"#!/bin/sh\n{does}\n")
        (tools / name).chmod(0o755)
    script = tmp_path / "steps.json"
    environment = {name: text for name, text in os.environ.items() if name not in ("VISUAL", "DISPLAY")} | {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "EDITOR": shlex.join([sys.executable, str(tmp_path / "editor.py"), str(script)]),
        "WAYLAND_DISPLAY": "wayland-9",
        "BROWSER": str(tools / "mailer"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def start(*options, steps=(), **more):
        script.write_text(json.dumps(steps))
        watched = ["-c", WATCHED, str(tmp_path / "report")]
        return program("followup", *options, python=watched, folder=tmp_path, environment=environment, **more)

    return start


def press(child, *steps):
    """Each step is what to wait for, with the keys after it, and what to type then."""
    for expected, typed in steps:
        child.expect_exact(expected)
        child.expect(r"(q  leave|> |\[y/N\] )(\x1b\[\d*m)?\s*$")
        child.send(typed)


@pytest.mark.skipif(sys.platform != "linux", reason="the clipboard is played by programs that only Linux asks for")
def test_it_is_looked_through_changed_and_taken_out_by_its_writer(terminal, answered, tmp_path, temporary_home):
    typed = "To: okafor@northwind.example\nSubject: Thanks\n\nDear [name],\n\nI, um, like XXX.\n"
    child = terminal("--attempt", "1", steps=[("write", typed), ("add", "Zoë\n"), ("write", "  \n")])
    press(
        child,
        ("Which name should your mail end with", "Ada Byron\n"),
        ("from attempt 1", "a"),
        ("Which of your sentences", "9-99\n"),
        ("not one of the numbers", "1 3\n"),
        ("It holds 2 of your", "g"),
        ("they laughed", "1\n"),
        ("stayed with me: the numbers question.", "e"),
        ("Still to fill in: [name], XXX.", "c"),
        ("Go on all the same?", "n\n"),
        ("I sent it", "c"),
        ("Go on all the same?", "y\n"),
        ("Copied. The subject is:  Thanks", "m"),
        ("Go on all the same?", "y\n"),
        ("Your mail program should open now", "e"),
        ("Zoë", "s"),
        ("Go on all the same?", "y\n"),
        ("What should the file be called", "\n"),
        ("Saved: ", "e"),
        ("The editor was left empty", "n"),
        ("You have changed this mail by hand", "n\n"),
        ("I sent it", "t"),
        ("Noted: sent on", "\r"),
    )
    child.expect_exact("Kept with Northwind. You sent it on")
    assert ended(child) == 0
    assert (tmp_path / "clipboard").read_text() == "Dear [name],\n\nI, um, like XXX."
    assert (tmp_path / "link").read_text().startswith("mailto:okafor@northwind.example?subject=Thanks&body=Dear%20%5B")
    mail = email.message_from_bytes((tmp_path / "thank-you-northwind.eml").read_bytes(), policy=email.policy.default)
    assert mail.get_content().replace("\r", "") == "Dear [name],\n\nI, um, like XXX.\nZoë\n"
    # What the person typed is theirs: blanks, fillers and all.
    assert kept(answered) == f"{typed}Zoë"
    report = (tmp_path / "report").read_text().splitlines()
    named = tmp_path / "thank-you-northwind.eml"
    allowed = (f"wrote {temporary_home}{os.sep}", f"wrote {named}", "wrote /dev/")
    assert report and [line for line in report if not line.startswith(allowed)] == []
    assert [path.name for path in temporary_home.glob("follow-up*")] == []


def test_only_a_yes_typed_at_a_question_is_one(terminal, answered, tmp_path):
    answered("followup", "--name", "Ada")
    there = tmp_path / "thank-you-northwind.eml"
    there.write_text("mine")
    child = terminal("--attempt", "1", steps=[("write", "Dear [name],")], columns=600)
    # The key, and at once one for the question that nobody has seen yet.
    press(child, ("from attempt 1", "e"), ("Still to fill in", "sy"), ("Go on all the same?", "\n"))
    press(child, ("I sent it", "s"), ("Go on all the same?", "yes\n"), ("What should the file be called", "\n"))
    press(child, ("Replace it?", "\n"), ("I sent it", "s"), ("Go on all the same?", "Y\n"))
    assert there.read_text() == "mine"
    press(child, ("What should the file be called", "\n"))
    press(child, ("Replace it?", "x\n"), ("Type y for yes", "yes\n"), ("Saved: ", "s"))
    press(child, ("Go on all the same?", "\x03"))
    child.expect_exact("Kept with Northwind.")
    assert ended(child) == 130 and "Dear [name]" in there.read_text()


def test_a_file_that_cannot_be_is_told_of_and_the_mail_stays(terminal, answered, tmp_path):
    answered("followup", "--name", "Ada")
    child = terminal("--attempt", "1", columns=600)
    for named, told in ((tmp_path, "is a folder, and a file is needed"), ("a" * 300, "cannot be written")):
        press(child, ("I sent it", "s"), ("What should the file be called", f"{named}\n"))
        child.expect_exact(told)
    press(child, ("I sent it", "q"))
    assert ended(child) == 0


def test_whatever_ends_it_what_was_changed_is_kept(terminal, answered, temporary_home):
    answered("followup", "--name", "Ada")
    child = terminal(steps=[("interrupt", "PS One more word.\n"), ("kill", "Half a mail")])
    press(child, ("from attempt 2", "e"), ("PS One more word.", "\x03"))
    child.expect_exact("Kept with Northwind.")
    assert ended(child) == 130 and kept(answered).endswith("Ada\nPS One more word.")
    child = terminal(steps=[("kill", "Half a mail")])
    press(child, ("PS One more word.", "e"))
    ended(child)
    child = terminal()
    press(child, ("cut short", "q"))
    assert ended(child) == 0 and kept(answered) == "Half a mail"
    assert not list(temporary_home.glob("follow-up*"))


def test_a_draft_that_is_only_looked_at_is_not_kept(terminal, answered):
    child = terminal(steps=[("fail", "")])
    press(child, ("Which name", "\n"), ("from attempt 2", "e"), ("Your editor could not be opened", "q"))
    child.expect_exact("Nothing was kept of this draft.")
    assert ended(child) == 0 and kept(answered) == ""


def test_what_cannot_be_done_here_is_said(terminal, answered):
    answered("followup", "--name", "Ada")
    child = terminal(
        steps=[("write", "long " * 500)],
        WAYLAND_DISPLAY="",
        BROWSER="",
        PATH=str(Path(sys.executable).parent),
        EDITOR="no-such",
    )
    press(
        child,
        ("from attempt 2", "m"),
        ("No mail program could be opened", "c"),
        ("No clipboard could be reached", "e"),
        ("Your editor could not be opened", "q"),
    )
    assert ended(child) == 0
    child = terminal(steps=[("write", "long " * 500)])
    press(child, ("Kind regards", "e"), ("500 words. Up to 150", "m"), ("too long for the mail program", "q"))
    assert ended(child) == 0


def test_before_an_editor_opens_that_nobody_chose_it_is_said_how_to_leave_it(terminal, tmp_path):
    nano = tmp_path / "tools" / "nano"
    nano.write_text('#!/bin/sh\necho "Hello." > "$1"\n')
    nano.chmod(0o755)
    child = terminal("--attempt", "1", EDITOR="")
    press(child, ("Which name", "\n"), ("from attempt 1", "e"))
    child.expect_exact("The editor nano opens when you press Enter.")
    child.expect_exact("Ctrl-X,")
    child.expect_exact("set EDITOR.")
    child.send("x")
    press(child, ("e  edit", "e"), ("Hello.", "q"))
    assert ended(child) == 0
