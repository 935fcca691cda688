"""The thank-you mail: only what is known, in the person's own words, with no blank left; and its files and links."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, date, datetime
from inspect import getmembers
from io import StringIO

import pytest
from answers import WHISPER
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from rehearse.interview import AskedQuestion, Interview
from rehearse.measurement.fillers import filled_pauses
from rehearse.measurement.measures import measure
from rehearse.measurement.own_sentences import own_sentences
from rehearse.measurement.words import tokens_of
from rehearse.presentation import follow_up_screen
from rehearse.presentation.follow_up import (
    LONGEST_LINK,
    Addition,
    Mail,
    draft,
    eml,
    fitting,
    mail_of,
    mailto,
    placeholders,
    what_was_said,
)
from rehearse.presentation.follow_up_material import Material, Missing, usable
from rehearse.presentation.follow_up_screen import keys, mail_page, remarks, where_from
from rehearse.transcription.transcript import Transcript, Word

TODAY = date(2026, 11, 26)
AT = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
BARE = Interview(id=3, started_at=AT)
FULL = replace(
    BARE,
    company="Northwind",
    role="data analyst",
    on=date(2026, 11, 24),
    who="Ms Okafor",
    went_well=("the numbers question", ""),
    asked=(AskedQuestion(text="Tell me about a time you disagreed with your manager.", again=True, question_id=7),),
)


def lines_of(renderable, width=80):
    console = Console(width=width, file=StringIO(), markup=False, highlight=False, emoji=False)
    console.print(renderable)
    return console.file.getvalue().splitlines()


def test_the_whole_mail():
    addition = Addition(question=FULL.asked[0].text, sentences=("We moved the date.", "She agreed in the end."))
    mail = draft(FULL, TODAY, name="Ada Byron", well="the numbers question", addition=addition)
    assert mail.text == (
        "To:\n"
        "Subject: Thank you for our conversation about the data analyst role\n"
        "\n"
        "Hello Ms Okafor,\n"
        "\n"
        "Thank you for taking the time to talk with me on 24 November about the data analyst role at Northwind.\n"
        "\n"
        "One thing that stayed with me: the numbers question.\n"
        "\n"
        "In addition to what I said about a time I disagreed with my manager, after further thought I would like to"
        " add this: We moved the date. She agreed in the end.\n"
        "\n"
        "I look forward to hearing from you.\n"
        "\n"
        "Kind regards,\n"
        "Ada Byron"
    )
    assert mail.word_count == 75
    assert mail_of(mail.text) == mail


def test_what_is_not_known_is_left_out():
    assert draft(BARE, TODAY).body == (
        "Hello,\n\nThank you for taking the time to talk with me.\n\n"
        "I look forward to hearing from you.\n\nKind regards"
    )
    assert draft(BARE, TODAY).subject == "Thank you for our conversation"
    assert "about the role at Northwind." in draft(replace(BARE, company="Northwind"), TODAY).body
    assert (
        "talk with me today about the sales position."
        in draft(replace(BARE, role="the sales position", on=TODAY), TODAY).body
    )
    assert "on 24 November 2025." in draft(replace(BARE, on=date(2025, 11, 24)), TODAY).body


@pytest.mark.parametrize(
    ("who", "greeting", "to"),
    [
        ("", "Hello,", ""),
        ("Ms Okafor and Tom Lee", "Hello Ms Okafor and Tom Lee,", ""),
        ("Ada, Dr. O'Neill & José", "Hello Ada, Dr. O'Neill and José,", ""),
        ("Ms Okafor (HR)", "Hello Ms Okafor,", ""),
        ("Tom from the sales team", "Hello Tom,", ""),
        ("Ms Okafor <okafor@northwind.example>", "Hello Ms Okafor,", "okafor@northwind.example"),
        ("the hiring manager, I forgot her name", "Hello,", ""),
        ("3 people", "Hello,", ""),
    ],
)
def test_whom_it_greets(who, greeting, to):
    mail = draft(replace(BARE, who=who), TODAY)
    assert mail.body.split("\n")[0] == greeting and mail.to == to


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Tell me about yourself.", "what I said about myself"),
        ("Can you tell us about a conflict at work?", "what I said about a conflict at work"),
        ("Tell me about a time a colleague lied to you", "what I said about a time a colleague lied to me"),
        ("Tell me about a job for you and what you’d change", "what I said about a job for me and what I'd change"),
        ("Why do you want to leave?", 'what I said to your question "Why do you want to leave?"'),
        ("Tell me about work you are proud of.", 'what I said to your question "Tell me about work you are proud of."'),
        ("Tell me about us.", 'what I said to your question "Tell me about us."'),
    ],
)
def test_what_was_said_before_is_named(question, said):
    assert what_was_said(question) == said


@pytest.mark.parametrize(
    "blank", ["[name]", "{company}", "{{ role }}", "XXX", "xxxx", "TODO", "TBD", "___", "<the role>", "[Your Name]"]
)
def test_a_blank_is_named(blank):
    assert [found.strip("{}") for found in placeholders(f"Dear {blank}, thank you.")] == [blank.strip("{}")]
    assert placeholders(f"{blank} and {blank}") == placeholders(blank)


def test_what_is_no_blank():
    text = "To: Ada <ada@x.example>\nSee <https://x.example/a>, A[1], 3 < 4 and 5 > 2, f(x), x_1, Xx, todo, I... wait"
    assert placeholders(text) == ("[1]",)


def test_sentences_that_fit_lead_up_to_the_landing():
    sentences = [" ".join(["word"] * length) for length in (60, 30, 20)]
    assert fitting(sentences, 70, landed=True) == (1, 2)
    assert fitting(sentences, 70, landed=False) == (0,)
    assert fitting(sentences, 20, landed=True) == (0, 1, 2)
    assert fitting(sentences, 500, landed=True) == (2,)
    assert fitting([], 0, landed=True) == ()


def test_the_file_is_a_mail():
    mail = Mail(
        to="okafor@northwind.example", subject="Thank you – Zoë\nBcc: x@y.example", body=f"Zoë,\n{'é' * 400}\n."
    )
    read = email.message_from_bytes(eml(mail, AT), policy=email.policy.default)
    assert read["To"] == "okafor@northwind.example" and read["Subject"] == "Thank you – Zoë Bcc: x@y.example"
    assert read["Bcc"] is None and read["X-Unsent"] == "1" and read["Date"].datetime == AT
    assert read.get_content_type() == "text/plain" and read.get_content().replace("\r", "") == f"{mail.body}\n"
    assert max(map(len, eml(mail, AT).split(b"\r\n"))) <= 78
    assert "To" not in email.message_from_bytes(eml(replace(mail, to="Ms Okafor"), AT))


def test_the_link_carries_the_mail_or_is_refused():
    mail = Mail(to="a@x.example", subject="Thank you & more", body="Zoë?\nYes.")
    assert mailto(mail) == "mailto:a@x.example?subject=Thank%20you%20%26%20more&body=Zo%C3%AB%3F%0D%0AYes."
    assert mailto(replace(mail, body="é" * (LONGEST_LINK // 6 + 1))) is None
    longest = replace(mail, to="", subject="", body="a" * (LONGEST_LINK - len("mailto:?body=")))
    assert len(mailto(longest)) == LONGEST_LINK and mailto(replace(longest, body=longest.body + "a")) is None


@given(st.text(), st.text(), st.text())
def test_whatever_is_typed_makes_a_mail_of_the_same_words(to, subject, body):
    mail = mail_of(f"To: {to}\nSubject: {subject}\n\n{body}")
    read = email.message_from_bytes(eml(mail, AT), policy=email.policy.default)
    assert set(read.keys()) <= {
        "To",
        "Subject",
        "Date",
        "X-Unsent",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    }
    assert "".join(read.get_content().split()) == "".join(mail.body.split())
    link = mailto(mail)
    assert link is None or (link.isascii() and " " not in link and link.startswith("mailto:"))
    assert mail_of(mail.text).body == mail.body


SPOKEN = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "we",
                "asked",
                "client",
                "team",
                "they",
                "kept",
                "us",
                "[name]",
                "XXX",
                "{role}",
                "date",
                "um,",
                "uh",
                "Um",
                "___",
            ]
        ),
        st.sampled_from(["", "", "", "", "", ",", ".", ".", "?", "..."]),
    ),
    min_size=20,
    max_size=60,
)


@given(SPOKEN, st.one_of(st.none(), st.floats(5, 30)), st.booleans())
def test_no_draft_holds_a_filler_a_blank_or_a_word_after_the_landing(said, landing_s, with_name):
    """Words after the landing are marked, so that one of them would be seen."""
    words = []
    for place, (word, mark) in enumerate(said):
        late = "late" if landing_s is not None and place / 2 >= landing_s and word.isalpha() else ""
        words.append(Word(text=late + word + mark, start_s=place / 2, end_s=place / 2 + 0.4))
    transcript = Transcript(language="en", words=tuple(words), engine=WHISPER)
    sentences = ()
    if tokens_of(transcript.words):
        measures = replace(measure(speech=None, transcript=transcript, level=None), landing_s=landing_s)
        sentences = usable(own_sentences(transcript, measures))
    interview = FULL if with_name else BARE
    material = Material(interview=interview, today=TODAY, question="Why?", sentences=sentences, name="Ada" * with_name)
    for text in (material.mail(material.chosen_at_first()).text, material.mail(range(len(sentences))).text):
        tokens = tokens_of([Word(text=word, start_s=0.0, end_s=0.0) for word in text.split()])
        assert placeholders(text) == () and not filled_pauses(tokens, "en") and "late" not in text
        assert "  " not in text and " ," not in text and text == text.strip()


def material(**more):
    return Material(interview=FULL, today=TODAY, question=FULL.asked[0].text, question_id=7, attempt_id=4, **more)


def test_the_mail_fits_the_screen_and_says_where_its_sentences_are_from():
    with_words = material(sentences=("We moved the date.",) * 3, landed=True)
    text = with_words.mail((0, 1, 2)).text
    shown = [*lines_of(mail_page(text, with_words, None)), *lines_of(keys(with_words, sent_on=None))]
    assert len(shown) <= 24 and max(map(len, shown)) <= 80
    assert "from attempt 4, up to where your point was made" in where_from(with_words, 3)[0]
    assert "2 of your 3 sentences" in where_from(with_words, 2)[1] and where_from(with_words, 0) == []


@pytest.mark.parametrize("missing", list(Missing))
def test_every_reason_for_no_sentence_is_said_but_the_persons_own(missing):
    told = where_from(material(missing=missing), 0)
    assert bool(told) == (missing is not Missing.NOT_WANTED)


def test_a_long_mail_and_its_blanks_are_remarked_on():
    assert remarks("Hello,\n\n" + "word " * 150) == ["151 words. Up to 150 are easier to read, but it is your mail."]
    assert remarks("Hello [name], XXX") == ["3 words.", "Still to fill in: [name], XXX."]


def test_control_characters_of_a_mail_are_shown_not_obeyed():
    assert "\x1b" not in "".join(lines_of(mail_page("Hello \x1b[2J", material(), None)))


def test_nothing_said_to_people_shouts():
    told = [text for _, text in getmembers(follow_up_screen) if isinstance(text, str) and "!" in text]
    assert [text for text in told if "\n" not in text] == []
