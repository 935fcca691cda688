"""What cannot be meant is said in words, and never in those of the library that reads the command line."""

import click
import pytest

from rehearse.cli.app import rehearse as program

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
        ("prepare", "Which question? Give its number or some of its words.", "prepare"),
        ("compare", "Which attempts? Give two numbers, or one to see it beside your last.", "compare"),
        ("delete", "Which attempt? Give its number, or 'last'.", "delete"),
        ("interviews delete", "Which interview? Give its number, or 'last'.", "interviews delete"),
        ("measure", "Which file? Give the name of a recording or a transcript.", "measure"),
        ("import", "Which file? Give its name.", "import"),
        ("models remove", "Which model? Give its name; to see them all:  rehearse models list", "models remove"),
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
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [said, f"What it takes, with examples:  {f'rehearse {command}'.strip()} --help"]


def commands(group, context, path):
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, context, [*path, name])
        else:
            yield [*path, name], command


def test_every_argument_that_cannot_be_left_out_is_asked_for_in_words(rehearse):
    with click.Context(program) as context:
        lacking = [path for path, command in commands(program, context, []) if any(p.required for p in command.params)]
    assert len(lacking) > 10
    for path in lacking:
        ran = rehearse(*path)
        assert ran.code == 2 and ran.err.startswith("Which "), path


def test_a_file_that_is_no_library_is_not_called_damaged(rehearse, short_answer):
    ran = rehearse("import", short_answer)
    assert ran.code == 1 and f"{short_answer} is not a library that rehearse exported." in " ".join(ran.err.split())
    assert "rehearse export --format json" in ran.err and "object" not in ran.err


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (b"# mine\nwhy so", "Line 2 is not written as TOML."),
        (b'text = "Why', "A quote or a bracket in it is opened and not closed."),
        (b"[x]\n[x]", "Line 2 says something for the second time."),
        (b"a = 1\na = 2", "Its last line says something for the second time."),
        (b"\xff\xfe", "plain text"),
    ],
)
@pytest.mark.parametrize("command", ["debrief --from", "add --file", "settings"])
def test_a_file_that_is_not_toml_says_in_words_where(rehearse, tmp_path, written, told, command):
    file = tmp_path / ("settings.toml" if command == "settings" else "mine.toml")
    file.write_bytes(written)
    ran = rehearse("questions") if command == "settings" else rehearse(*command.split(), file)
    assert ran.code == 1 and told in " ".join(ran.err.split())
    assert not [word for word in ("Expected", "Cannot", "Unterminated", "codec", "column") if word in ran.err]
    assert "UTF-8" in ran.err or " = " in ran.err, "an example"


def test_a_command_that_is_not_there_names_one_that_is_like_it(rehearse):
    assert "There is no command 'practise'. Did you mean 'practice'?" in rehearse("practise").err


def test_a_script_gets_it_as_json(rehearse):
    ran = rehearse("plan", "--days", "99", "--json")
    assert ran.code == 2 and ran.json["error"] == "--days takes a whole number from 1 to 60."
    assert ran.json["hint"].endswith("  rehearse plan --help")
