import pytest

HOSTILE = "[bold]x[/bold] \x1b[31m <script>"
SHOWN = "[bold]x[/bold] \u241b[31m <script>"


def test_a_question_can_be_changed_and_the_rest_of_it_stays(rehearse):
    rehearse("add", "Why us?", "--note", "rambled", "--tag", "hr")
    changed = rehearse("edit", "why us", "--target", "1:30", "--note", "", "--json").json
    assert (changed["target_s"], changed["note"], changed["tags"]) == (90, "", ["hr"])
    assert rehearse("edit", "1", "--no-target", "--json").json["target_is_default"] is True


def test_an_archived_question_is_off_the_list_until_it_is_restored(rehearse):
    rehearse("add", "Why?")
    rehearse("archive", "1")
    assert rehearse("questions", "--json").json == []
    assert len(rehearse("questions", "--all", "--json").json) == 1
    rehearse("archive", "1", "--restore")
    assert len(rehearse("questions", "--json").json) == 1


def test_a_word_that_fits_two_questions_names_both(rehearse):
    rehearse("add", "Why this job?")
    rehearse("add", "Why this town?")
    ran = rehearse("practice", "why this")
    assert ran.code == 1 and "job" in ran.err and "town" in ran.err


@pytest.mark.parametrize(
    "command",
    [("questions",), ("practice", "1"), (), ("edit", "1", "--note", HOSTILE), ("questions", "--tag", HOSTILE),
     ("practice", HOSTILE)],
)  # fmt: skip
def test_text_is_shown_literally_everywhere(rehearse, command):
    rehearse("add", HOSTILE, "--note", HOSTILE, "--tag", HOSTILE, "--point", HOSTILE)
    ran = rehearse(*command)
    assert "\x1b" not in ran.out + ran.err
    if command != ("practice", "1") and command != ("practice", HOSTILE):
        assert SHOWN in (ran.out + ran.err).replace("\n", " ")
