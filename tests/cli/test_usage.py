"""What cannot be meant is said in words, and never in those of the library that reads the command line."""

import pytest


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("export --format pdf", "--format takes csv, markdown, srt, vtt, textgrid or json."),
        ("rate last meh", "Choose again, hard, good or easy."),
        ("plan --days soon", "--days takes a whole number from 1 to 60."),
        ("plan --days 99", "--days takes a whole number from 1 to 60."),
        ("replay 1 --speed 9", "--speed takes a number from 0.5 to 2."),
        ("transcribe --all --jobs two", "--jobs takes a whole number."),
        (
            "add Why? --target soon",
            "'soon' is not a length. Write seconds or minutes:seconds, such as 90, 1:30 or 60-120.",
        ),
        ("attempts --jsno", "There is no option --jsno. Did you mean --json?"),
        ("attempts --unheard-of", "There is no option --unheard-of."),
        ("prepare", "QUESTION is missing."),
        ("practice 1 us", "Too much was typed: us. Words that belong together go into quotes."),
        ("practice 1 --from", "--from needs something after it."),
        ("debrief --from gone.toml", "There is no file gone.toml."),
        ("practise", "There is no command 'practise'. Did you mean 'practice'?"),
    ],
)
def test_it_says_what_cannot_be_meant_and_where_to_look(rehearse, typed, said):
    ran = rehearse(*typed.split())
    told, hint = ran.err.splitlines()[:2]
    assert (ran.code, ran.out, told) == (2, "", said)
    assert hint.startswith("What it takes, with examples:  rehearse ") and hint.endswith("--help")


def test_a_script_gets_it_as_json(rehearse):
    ran = rehearse("plan", "--days", "99", "--json")
    assert ran.code == 2 and ran.json["error"] == "--days takes a whole number from 1 to 60."
    assert ran.json["hint"].endswith("rehearse plan --help")
