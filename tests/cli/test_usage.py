"""What cannot be meant is said in words, and never in those of the library that reads the command line."""

import pytest

LENGTHS = "Write seconds or minutes:seconds, such as 90, 1:30 or 60-120."


@pytest.mark.parametrize(
    ("typed", "said", "command"),
    [
        ("export --format pdf", "--format takes csv, markdown, srt, vtt, textgrid or json.", "export"),
        ("rate last meh", "Choose again, hard, good or easy.", "rate"),
        ("rate last", "Say which: again, hard, good or easy.", "rate"),
        ("plan --days soon", "--days takes a whole number from 1 to 60.", "plan"),
        ("plan --days 99", "--days takes a whole number from 1 to 60.", "plan"),
        ("plan --days", "--days needs something after it.", "plan"),
        ("replay 1 --speed 9", "--speed takes a number from 0.5 to 2.", "replay"),
        ("transcribe --all --jobs two", "--jobs takes a whole number.", "transcribe"),
        ("add Why? --target soon", f"'soon' is not a length. {LENGTHS}", "add"),
        ("attempts --jsno", "There is no option --jsno. Did you mean --json?", "attempts"),
        ("attempts --unheard-of", "There is no option --unheard-of.", "attempts"),
        ("attempts --quiet=yes", "There is no option --quiet.", "attempts"),
        ("transcribe --all=yes", "--all stands alone: nothing goes after it.", "transcribe"),
        ("prepare", "QUESTION is missing.", "prepare"),
        ("practice 1 us", "Too much was typed: us. Words that belong together go into quotes.", "practice"),
        ("practice 1 --from", "--from needs something after it.", "practice"),
        ("report -o /", "/ is a folder, and a file is needed.", "report"),
        ("models list --json=yes", "--json stands alone: nothing goes after it.", "models list"),
        ("models heard", "There is no command 'heard' here.", "models"),
        ("--speed", "There is no option --speed.", ""),
    ],
)
def test_it_says_what_cannot_be_meant_and_where_to_look(rehearse, typed, said, command):
    ran = rehearse(*typed.split())
    program = f"rehearse {command}".strip()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [said, f"What it takes, with examples:  {program} --help"]


def test_a_command_that_is_not_there_names_one_that_is_like_it(rehearse):
    assert "There is no command 'practise'. Did you mean 'practice'?" in rehearse("practise").err


def test_a_script_gets_it_as_json(rehearse):
    ran = rehearse("plan", "--days", "99", "--json")
    assert ran.code == 2 and ran.json["error"] == "--days takes a whole number from 1 to 60."
    assert ran.json["hint"].endswith("  rehearse plan --help")
