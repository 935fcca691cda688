import pytest
from at_a_terminal import ended, interrupted


@pytest.fixture
def question(rehearse):
    rehearse("add", "Tell me about a time you disagreed.", "--point", "the disagreement", "--note", "rambled")


def test_points_and_sentences_are_said_at_once(rehearse, question):
    ran = rehearse(
        "prepare", "1", "--point", "what I  did", "--point", "we kept the client", "--open", "It was about a date.",
        "--land", "We kept them.", "--json",
    )  # fmt: skip
    assert ran.json["points"] == ["what I did", "we kept the client"]
    assert (ran.json["opening"], ran.json["landing"]) == ("It was about a date.", "We kept them.")
    assert rehearse("questions", "--json").json == [ran.json]
    kept = rehearse("prepare", "1", "--land", "", "--json").json
    assert kept["landing"] == "" and kept["points"] == ["what I did", "we kept the client"]
    assert rehearse("edit", "1", "--open", "Earlier.", "--json").json["opening"] == "Earlier."
    assert rehearse("edit", "1", "--note", "", "--json").json["opening"] == "Earlier."


def test_what_is_prepared_is_shown_with_the_question(rehearse, question):
    shown = rehearse("prepare", "1", "--open", "It was about a date.", "--land", "We kept [bold]them[/bold].").out
    assert shown.index("Begin: It was") < shown.index("· the disagreement") < shown.index("End: We kept [bold]them")
    assert "Begin: It was about a date." in rehearse("questions").out
    assert "First sentence: It was about a date." in rehearse("export", "1").out


def test_the_points_of_a_file_come_with_their_sentences(rehearse, tmp_path):
    (tmp_path / "mine.toml").write_text('[[question]]\ntext = "Why?"\nopening = "Because."\nlanding = "That is why."\n')
    (added,) = rehearse("add", "--file", tmp_path / "mine.toml", "--json").json
    assert (added["opening"], added["landing"]) == ("Because.", "That is why.")


def test_without_a_terminal_it_says_how_to_do_it(rehearse, question):
    ran = rehearse("prepare", "1")
    assert ran.code == 1 and "keyboard" in ran.err and "rehearse prepare 1 --point" in ran.err
    assert rehearse("prepare", "1", "--kind", "odd").code == 2


def test_it_is_asked_part_by_part_stopped_and_gone_on_with(program, rehearse, question, temporary_home):
    def typed(child, *steps):
        for expected, line in steps:
            child.expect_exact(expected)
            child.expect(r"> $")
            child.sendline(line)

    child = program("prepare", "1")
    child.expect_exact("something you did")
    typed(
        child,
        ("Now: the disagreement", ""),
        ("Your task", "keep the client"),
        ("do first", "?"),
        ("stop, all is kept   ?  these keys", "x"),
    )
    typed(child, ("do then", "<"), ("Now: x", "-"), ("do then", "q"))
    child.expect_exact("Kept, up to where you stopped")
    assert ended(child) == 0
    (kept,) = rehearse("questions", "--json").json
    assert kept["points"] == ["the disagreement", "keep the client"] and kept["note"] == "rambled"

    child = program("prepare", "1", "--kind", "general")
    typed(child, ("Now: the disagreement", ""), ("Now: keep the client", ""), ("remember", "they stayed"))
    typed(child, ("first sentence", "It was about a date."), ("last sentence", "We kept them."))
    child.expect_exact("rehearse practice 1")
    ended(child)
    (kept,) = rehearse("questions", "--json").json
    assert kept["points"] == ["the disagreement", "keep the client", "they stayed"]
    assert (kept["opening"], kept["landing"]) == ("It was about a date.", "We kept them.")


def test_ctrl_c_keeps_what_was_said(program, rehearse, question):
    child = program("prepare", "1")
    child.expect_exact("Now: the disagreement")
    child.expect(r"> $")
    child.sendline("another one")
    child.expect_exact("Your task")
    child.expect(r"> $")
    interrupted(child)
    child.expect_exact("Kept, up to where you stopped")
    assert ended(child) == 130
    assert rehearse("questions", "--json").json[0]["points"] == ["another one"]
