"""The whole journey is walked at a pseudo-terminal, and docs/journey.md shows it as it is."""

import email
import email.policy
import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from at_a_terminal import pexpect_or_skip

TESTS = Path(__file__).parents[1]
DOCS = TESTS.parent / "docs"


def unwrapped(text):
    return " ".join(text.split())


@pytest.fixture(scope="module")
def journey():
    pexpect_or_skip()
    return runpy.run_path(str(DOCS / "journey.py"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("journey")


@pytest.fixture(scope="module")
def steps(journey, folder):
    return list(journey["walked"](folder))


@pytest.fixture(scope="module")
def shown(steps):
    return {each.step.title: unwrapped(each.shown) for each in steps}


@pytest.fixture
def read(steps, folder):
    """read("plan", at="2026-11-26T08:50"): the JSON of a command in the home that the journey left behind."""

    def run(*arguments, at="2026-11-26T08:50"):
        environment = {
            "REHEARSE_HOME": str(folder / "home"),
            "REHEARSE_CONFIG": str(folder / "settings.toml"),
            "TZ": "UTC",
        }
        command = [sys.executable, str(TESTS / "with_clock.py"), at, *arguments, "--json"]
        return json.loads(subprocess.run(command, env=os.environ | environment, capture_output=True, check=True).stdout)

    return run


def test_the_page_shows_the_journey_as_it_is(journey, steps):
    def but_for_figures(page):
        # Another processor may hear a word a little earlier.
        return re.sub(r"[ █▁▂▃▄▅▆▇]+", " ", re.sub(r"\d+", "0", page))

    written = (DOCS / "journey.md").read_text(encoding="utf-8")
    assert but_for_figures(journey["page"](steps)) == but_for_figures(written), "write it anew: python docs/journey.py"


def test_every_line_fits_the_terminal(journey, steps):
    assert max(len(line) for each in steps for line in each.shown.splitlines()) <= journey["COLUMNS"]


def test_each_sentence_of_the_advice_is_met_on_the_way(journey, shown):
    everything = unwrapped(" ".join(shown.values()))
    advice = journey["ADVICE"]
    assert len(advice) == 10
    assert [words for _, _, words in advice if words not in everything] == []


def test_the_debrief_is_stopped_in_the_middle_and_goes_on_there(steps, shown, read):
    assert [each.exit_code for each in steps] == [130, *[0] * (len(steps) - 1)]
    assert "Go on whenever you like: rehearse debrief" in shown["Out of the interview"]
    later = shown["Later that evening"]
    assert "A debrief of Northwind is not finished" in later and "stopped a debrief" not in later
    assert "2 Why should we hire you?" in later and "Which company" not in later
    (held,) = read("interviews")
    assert held["finished"] and held["went_well"] == ["the question about weekends", "they laughed once"]
    assert [asked["hard"] for asked in held["questions"]] == [True, True, False]


def test_home_shows_what_is_due_and_why(shown):
    assert re.search(r"Due today Tell me about a time .* hard: rambled", shown["Two days later"])
    now = shown["Where this stands"]
    assert "Harbour Books in 6 days" in now and "Due today Why should we hire you? hard: could not explain" in now


def test_three_answers_on_two_days_each_shorter_than_the_one_before(read):
    attempts = read("attempts")
    assert sorted(each["recorded_at"][:10] for each in attempts) == ["2026-11-24", "2026-11-24", "2026-11-26"]
    lengths = [each["answer_s"] for each in sorted(attempts, key=lambda each: each["recorded_at"])]
    assert lengths == sorted(lengths, reverse=True) and len(set(lengths)) == 3


def test_the_mail_is_checked_and_holds_the_persons_own_sentences(folder, shown, read):
    told = shown["A short thank-you mail"]
    assert "Still to fill in: [number]. Go on all the same?" in told and "Noted: sent on 26 Nov." in told
    mail = email.message_from_bytes((folder / "thanks.eml").read_bytes(), policy=email.policy.default)
    body = unwrapped(mail.get_content())
    assert "In addition to what I said about" in body and "She read the list and she changed her mind." in body
    assert "07700 900123" in body and not re.search(r"\[|\]|\bu[mh]\b", body)
    (held,) = read("interviews")
    assert held["sent_on"] == "2026-11-26"


def test_each_hard_question_is_answered_cold_twice_before_the_interview(read):
    days = read("plan")["days"]
    assert all("2026-11-26" <= day["on"] < "2026-12-02" for day in days)
    # The first question was answered cold on both days already.
    assert sum(each["question_id"] == 2 for day in days for each in day["questions"]) >= 2
    assert read(at="2026-11-26T08:50")["readiness"]["answer_count"] == 2
