"""Home, the plan and the next interview, as a person has them, and as a script does."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from answers import WHISPER, answer
from at_a_terminal import ended

from rehearse.audio.recording import Recording
from rehearse.cli.home_standing import THANKS_WITHIN_DAYS
from rehearse.interview import AskedQuestion, Interview, Reason
from rehearse.measurement.attempt import Timed
from rehearse.next_interview import NextInterview
from rehearse.question import QuestionDraft
from rehearse.storage.store import Store
from rehearse.transcription.transcript import Span, SpeechActivity, Transcript

LEAVE, FAILURE, WEAK = "Why do you want to leave?", "Tell me about a failure.", "What are your weaknesses?"


def now():
    return datetime.now(UTC)


def today():
    return now().astimezone().date()


def add(store, question_id, length_s, days_ago, timed=None):
    """An answer of that length, so many days ago, as practising would keep it but without its sound."""
    at = now() - timedelta(days=days_ago)
    path = store._recordings / f"{at.timestamp()}.wav"
    recording = Recording(path=path, sample_rate_hz=16_000, recording_s=length_s + 2)
    kept = store.add_attempt(question_id, recording, at, timed=timed)
    speech = SpeechActivity(recording_s=length_s + 2, spans=(Span(start_s=1.0, end_s=length_s),))
    store.keep_heard(kept.id, Transcript(language="en", words=(), engine=WHISPER), speech, answer(length_s), at)
    return kept.id


@pytest.fixture
def store(temporary_home):
    with Store.open(temporary_home / "rehearse.db", temporary_home / "recordings") as store:
        yield store


@pytest.fixture
def three(store):
    """Three questions: the first was hard in an interview three days ago, and answered too long the day after."""
    began = now() - timedelta(days=9)
    for text in (LEAVE, FAILURE, WEAK):
        store.add_question(QuestionDraft(text=text), began)
    asked = AskedQuestion(text=LEAVE, hard=True, why=(Reason.RAMBLED,))
    held = Interview(company="Contoso", on=today() - timedelta(days=3), asked=(asked,), started_at=began)
    store.finish_debrief(held, began)
    add(store, 1, 200.0, 2)


def test_what_is_due_comes_with_why_and_how_it_went(rehearse, three):
    shown = " ".join(rehearse().out.split())
    assert f"Due today {LEAVE} hard: rambled last: 3:20 on " in shown and "1:20 over" in shown
    assert "Then Tell me about a failure · What are your weaknesses" in shown
    assert "You practised on 1 of the last 7 days." in shown and "rehearse practice 1" in shown
    home = rehearse("--json").json
    assert [(due["question_id"], due["why"]) for due in home["due"]] == [
        (1, "hard: rambled"),
        (2, "not answered yet"),
        (3, "not answered yet"),
    ]
    assert (home["last_attempt"], home["last_answer_s"], home["trend"], home["days_practised"]) == (
        1,
        200.0,
        "too few",
        1,
    )


def test_the_last_result_has_its_trend_in_a_word(rehearse, three, store):
    for place, length_s in enumerate((180.0, 150.0, 130.0, 100.0)):
        add(store, 1, length_s, 1 - place / 100)
    assert re.search(rf"Last time\s+1:40 .*inside your aim, improving \(5\): {re.escape(LEAVE)}", rehearse().out)


def test_a_surprise_is_what_home_calls_due_ratings_and_all(rehearse, store):
    for text in (LEAVE, FAILURE):
        store.add_question(QuestionDraft(text=text), now())
    # Both fit the aim; only how the first one felt brings it back so soon.
    add(store, 1, 90.0, 2)
    add(store, 2, 90.0, 1)
    rehearse("rate", "1", "again")
    assert [due["question_id"] for due in rehearse("--json").json["due"]] == [1]
    assert "rehearse practice 1 --from FILE" in rehearse("practice", "--surprise").err


def test_a_round_of_a_drill_is_told_against_its_own_limit(rehearse, three, store):
    add(store, 1, 230.0, 0, Timed(limit_s=240.0, drill_round=1))
    shown = " ".join(rehearse().out.split())
    assert f"Last time 3:50 today, drill 1, limit 4:00, inside its limit: {LEAVE}" in shown
    assert "last: 3:50 today, drill 1, limit 4:00, inside its limit" in shown


def test_a_very_long_question_is_named_by_its_beginning(rehearse, store):
    store.add_question(QuestionDraft(text=LEAVE), now())
    long = "Tell me about a time when " + "something that you had planned did not go well, " * 8 + "please"
    store.add_question(QuestionDraft(text=long), now())
    named = "Tell me about a time when something that you had planned"
    for ran in (
        rehearse().out,
        rehearse("plan").out,
        rehearse("attempts", "did not go").out,
        rehearse("show", "did not go").err,
        rehearse("report", "did not go").err,
    ):
        assert "please" not in " ".join(ran.split())
    assert f"{named}…" in " ".join(rehearse().out.split())
    assert f"'{named} did not go well, something that you had…'" in " ".join(rehearse("show", "did not go").err.split())
    assert long in rehearse("plan", "--json").out, "for a script it is whole"


def test_nothing_due_names_what_comes_next(rehearse, store):
    store.add_question(QuestionDraft(text=LEAVE), now())
    add(store, 1, 90.0, 0)
    home = rehearse("--json").json
    assert home["due"][0]["on"] > today().isoformat()
    shown = rehearse().out
    assert "Nothing is due today." in shown and LEAVE in shown and "rehearse practice 1" in shown


def test_the_next_interview_counts_down_with_how_ready_it_is(rehearse, three, store):
    assert "No interview is planned" in rehearse("next-interview").err
    on = today() + timedelta(days=6)
    said = rehearse("next-interview", on.isoformat(), "--company", "Northwind", "--json").json
    assert said == {"on": on.isoformat(), "company": "Northwind", "days": 6}
    assert "Interview at Northwind in 6 days." in rehearse().out
    wanted = "1 hard question, to be answered on 2 days before the interview. So far: 1 of 2 answers."
    assert wanted in " ".join(rehearse().out.split())
    add(store, 1, 100.0, 1)
    home = rehearse("--json").json
    assert home["next_interview"]["days"] == 6
    assert home["readiness"] == {
        "hard": True,
        "question_count": 1,
        "times": 2,
        "answer_count": 2,
        "ready_count": 1,
        "inside_count": 1,
    }
    assert rehearse("next-interview", "--company", "Fabrikam", "--json").json["company"] == "Fabrikam"
    assert rehearse("next-interview", "--clear", "--json").json["on"] is None
    assert "Interview" not in rehearse().out


def test_on_the_day_of_the_interview_nobody_is_told_what_they_have_not_done(rehearse, three):
    rehearse("next-interview", today().isoformat())
    assert "So far:" not in rehearse().out and "So far:" not in rehearse("plan").out
    rehearse("next-interview", (today() + timedelta(days=1)).isoformat())
    assert "So far:" in rehearse().out and "So far:" in rehearse("plan").out


def test_a_debrief_only_begun_takes_nothing_away(rehearse, store):
    question = store.add_question(QuestionDraft(text=LEAVE), now())
    for days_ago in (4, 2):
        add(store, question.id, 90.0, days_ago)
    given = rehearse("--json").json["readiness"]["answer_count"]
    begun = store.keep_interview(Interview(started_at=now(), at="company"))
    assert rehearse("--json").json["readiness"]["answer_count"] == given == 1
    store.finish_debrief(begun, now())
    assert rehearse("--json").json["readiness"]["answer_count"] == 0


def test_a_day_gone_by_is_refused_with_the_way_to_put_it_down(rehearse):
    ran = rehearse("next-interview", "yesterday")
    assert ran.code == 1 and "has gone by" in ran.err and "rehearse debrief" in ran.err
    assert rehearse("next-interview", "--company", "Northwind").code == 1
    assert rehearse("next-interview", "tomorrow", "--clear").code == 2


def test_an_interview_that_was_asks_to_be_put_down_until_it_is(rehearse, three, store):
    was = today() - timedelta(days=1)
    store.keep_next_interview(NextInterview(on=was, company="Northwind"), now())
    asked = "Interview at Northwind was yesterday. Write it down while it is fresh: rehearse debrief"
    assert asked in " ".join(rehearse().out.split())
    store.finish_debrief(Interview(company="Northwind", on=was, started_at=now()), now())
    assert "was yesterday" not in rehearse().out


def test_what_was_left_open_is_named(rehearse, three, store):
    store.keep_interview(Interview(company="North\x1bwind", started_at=now(), at="asked:0"))
    store.add_attempt(1, Recording(path=store._recordings / "x.wav", sample_rate_hz=16_000, recording_s=9.0), now())
    shown = rehearse().out
    assert "A debrief of North␛wind is not finished:  rehearse debrief" in shown
    assert "1 answer is still to be written down:  rehearse transcribe --all" in shown
    assert rehearse("--json").json["waiting_attempts"] == [2]


def test_a_thank_you_mail_is_brought_to_mind_for_some_days_until_it_is_sent(rehearse, three, store):
    (held,) = store.interviews()
    line = "A short thank-you mail for Contoso can still go out:  rehearse followup 1"
    assert line in rehearse().out and rehearse("--json").json["to_thank"] == held.id
    store.keep_follow_up(held.id, "Thank you.", None)
    assert "Your thank-you mail for Contoso is written, not yet sent:  rehearse followup 1" in rehearse().out
    store.keep_follow_up(held.id, "Thank you.", today())
    assert "thank-you" not in rehearse().out and rehearse("--json").json["to_thank"] is None
    store.keep_follow_up(held.id, "", None)
    for days_ago, expected in ((THANKS_WITHIN_DAYS, held.id), (THANKS_WITHIN_DAYS + 1, None)):
        store.keep_interview(replace(store.interview(held.id), on=today() - timedelta(days=days_ago)))
        assert rehearse("--json").json["to_thank"] == expected


def test_with_nothing_kept_the_first_step_is_a_friendly_one(rehearse):
    shown = rehearse().out
    assert "That does not say who you are" in shown and "rehearse debrief" in shown and "rehearse demo" in shown
    assert rehearse("--json").json["due"] == []
    assert rehearse("plan").code == 1


@pytest.mark.parametrize("width", [40, 80])
def test_it_fits_a_narrow_screen(rehearse, three, monkeypatch, width):
    rehearse("next-interview", "tomorrow", "--company", "Northwind")
    monkeypatch.setenv("COLUMNS", str(width))
    for shown in (rehearse().out, rehearse("plan").out):
        assert max(map(len, shown.splitlines())) <= width and "\x1b" not in shown


def test_the_plan_has_each_hard_question_twice_before_the_interview(rehearse, three):
    on = today() + timedelta(days=5)
    rehearse("next-interview", on.isoformat())
    plan = rehearse("plan", "--json").json
    days = [day["on"] for day in plan["days"]]
    assert days == sorted(days) and days[0] == today().isoformat() and days[-1] < on.isoformat()
    hard = [day["on"] for day in plan["days"] if 1 in [each["question_id"] for each in day["questions"]]]
    counted = 1  # the answer of two days ago, after the interview in which it was hard
    assert len(hard) + counted >= 2
    assert [day["on"] for day in rehearse("plan", "--days", "1", "--json").json["days"]] == days[:1]
    assert "today" in rehearse("plan").out and "hard: rambled" in rehearse("plan").out


def test_the_plan_in_a_calendar_is_read_back_by_one(rehearse, three, store, tmp_path):
    from icalendar import Calendar

    store.change_question(replace(store.question(2), text="Why, of all; us?"))
    rehearse("next-interview", "tomorrow", "--company", "Nord, West")
    file = tmp_path / "plan.ics"
    ran = rehearse("plan", "--ics", file)
    assert ran.code == 0 and "nothing was sent anywhere" in ran.err
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [today(), today() + timedelta(days=1)]
    assert all(event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1) for event in events)
    assert events[-1]["SUMMARY"] == "Interview at Nord, West" and events[0]["TRANSP"] == "TRANSPARENT"
    assert "Why, of all; us? (not answered yet)\nrehearse practice 2" in events[0]["DESCRIPTION"]
    before = [event["UID"] for event in events]
    assert rehearse("plan", "--ics", file).code == 0, "one of ours is written anew"
    assert [event["UID"] for event in Calendar.from_ical(file.read_bytes()).walk("VEVENT")] == before
    assert len(set(before)) == len(before)


def test_another_file_of_that_name_is_not_written_over(rehearse, three, tmp_path):
    file = tmp_path / "diary.ics"
    file.write_text("mine")
    ran = rehearse("plan", "--ics", file)
    assert ran.code == 1 and "--yes" in ran.err and file.read_text() == "mine"
    assert rehearse("plan", "--ics", file, "--yes").code == 0 and file.read_text() != "mine"


@pytest.fixture
def terminal(program, temporary_home, tmp_path):
    """terminal(): home at a terminal of 80x24, where the microphone that is set does not exist."""
    (tmp_path / "settings.toml").write_text('[microphone]\ndevice = "nowhere"\n')
    temporary_home.mkdir(exist_ok=True)
    (temporary_home / "model-offer-declined").touch()

    def start(*arguments):
        return program(*arguments, NO_COLOR="1")

    return start


def test_every_step_is_one_key_away_and_leads_back(terminal, three):
    child = terminal()
    child.expect(r"Enter.*practise it.*prepare it.*thank-you mail.*\n.*debrief an interview.*look back.*quit")
    child.send("xl")
    child.expect("too few to tell")
    child.expect("Due today")
    child.expect("quit")
    child.send("p")
    child.expect("What you want to say")
    child.expect("> $")
    child.sendline("q")
    child.expect("Due today")
    child.expect("quit")
    child.send("f")
    child.expect("Which name")
    child.expect("> $")
    child.sendline("")
    child.expect("conversation at Contoso|Thank you")
    child.expect("q  leave")
    child.send("q")
    child.expect("Due today")
    child.expect("quit")
    child.send("d")
    child.expect("Which company")
    child.expect("> $")
    child.sendline("q")
    child.expect("Due today")
    child.expect("quit")
    child.send("q")
    assert ended(child) == 0


def test_after_an_interview_with_nothing_hard_the_mail_is_one_key_away(terminal, store):
    store.finish_debrief(Interview(company="Contoso", on=today(), started_at=now()), now())
    child = terminal()
    child.expect("Enter.*debrief an interview.*thank-you mail.*quit")
    child.send("f")
    child.expect("Which name")
    child.expect("> $")
    child.sendline("q")


def test_enter_and_practice_alone_take_the_question_that_is_due(terminal, three):
    child = terminal()
    child.expect("quit")
    child.send("\r")
    child.expect("nowhere|PortAudio|microphone")
    ended(child)
    child = terminal("practice")
    child.expect(re.escape(f"Due today, question 1 (hard: rambled): {LEAVE}"))
    child.expect("rehearse practice QUESTION")
