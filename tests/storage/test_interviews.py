from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehearse.debrief import back, begun, said
from rehearse.errors import InterviewInvalid, NotFound
from rehearse.interview import AskedQuestion, Interview, Reason
from rehearse.question import QuestionDraft
from rehearse.storage.store import Store

TODAY = date(2026, 11, 3)
texts = st.text(max_size=30) | st.sampled_from(["'; DROP TABLE interview; --", "\x1b[31m", "a\x00b", "[bold]x[/bold]"])
asked = st.builds(
    AskedQuestion,
    text=texts,
    hard=st.booleans(),
    why=st.lists(st.sampled_from(Reason), unique=True).map(tuple),
    what_happened=texts,
    roughly_s=st.none() | st.floats(1, 3600),
    again=st.booleans(),
    recording=texts,
    noted=texts,
)
many = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def northwind(now) -> Interview:
    return Interview(
        started_at=now,
        company="Northwind",
        role="data analyst",
        on=TODAY,
        asked=(
            AskedQuestion(text="Why this job?", hard=True, why=(Reason.RAMBLED,), roughly_s=210.0),
            AskedQuestion(text="Where are you from?"),
            AskedQuestion(text="What is your weakness?", again=True),
        ),
    )


@many
@given(
    told=st.tuples(texts, texts, texts, texts, texts, texts, texts),
    well=st.lists(texts, max_size=4).map(tuple),
    questions=st.lists(asked, max_size=4).map(tuple),
    on=st.none() | st.dates(),
)
def test_an_interview_comes_back_as_it_was_given(store, now, told, well, questions, on):
    company, role, who, control, not_control, notes, follow_up = told
    given_ = Interview(
        started_at=now,
        company=company,
        role=role,
        who=who,
        in_my_control=control,
        not_in_my_control=not_control,
        notes=notes,
        follow_up=follow_up,
        went_well=well,
        asked=questions,
        on=on,
        at="questions 0",
    )
    kept = store.keep_interview(given_)
    assert kept == replace(given_, id=kept.id) == store.interview(kept.id)
    changed = replace(kept, asked=questions[1:], company=role)
    assert store.keep_interview(changed) == changed


typed = st.lists(
    st.sampled_from(
        ["Northwind", "", "", "", "24 Oct", "Why us?", "why us", "How?", "1 2", "all", "1", "-", "<", "3 min"]
    ),
    max_size=40,
)


@many
@given(lines=typed, stops=st.sets(st.integers(0, 39)))
def test_a_debrief_that_is_stopped_anywhere_comes_to_the_same_interview(store, database, recordings, now, lines, stops):
    def step(interview: Interview, line: str) -> Interview:
        try:
            return back(interview) if line == "<" else said(interview, line, TODAY)
        except InterviewInvalid:
            return interview

    straight = stopped = store.keep_interview(begun(now, 0))
    for number, line in enumerate(lines):
        straight, stopped = step(straight, line), store.keep_interview(step(stopped, line))
        if number in stops:
            # As another run of the program, after this one was killed.
            with Store.open(database, recordings) as later:
                stopped = later.interview(stopped.id)
    assert store.interview(stopped.id) == straight
    finished = store.finish_debrief(store.interview(stopped.id), now).interview
    assert store.finish_debrief(finished, now + timedelta(days=1)).interview == finished


def test_hard_questions_and_the_one_to_answer_again_are_practised(store, now, northwind):
    finished = store.finish_debrief(northwind, now)
    first, second = finished.added
    assert (first.text, first.note, first.tags) == (
        "Why this job?",
        "rambled, about 3:30 (Northwind, 3 Nov)",
        ("Northwind",),
    )
    assert (second.text, second.note) == ("What is your weakness?", "")
    assert finished.interview.again_question_id == second.id
    assert [each.question_id for each in finished.interview.asked] == [first.id, None, second.id]
    assert store.hard_questions().keys() == {first.id, second.id}
    assert (finished.interview.at, finished.interview.finished_at) == ("", now)


def test_a_question_that_is_there_already_is_used_again(store, now, northwind):
    mine = store.add_question(QuestionDraft(text="why THIS job", note="too fast", tags=("northwind",)), now)
    store.archive_question(mine.id, now)
    finished = store.finish_debrief(northwind, now)
    (kept,) = finished.extended
    assert (kept.id, kept.archived_at, kept.tags) == (mine.id, None, ("northwind",))
    assert kept.note == "rambled, about 3:30 (Northwind, 3 Nov); earlier: too fast"
    assert len(store.questions()) == 2


def test_finishing_again_rewrites_what_was_noted_and_doubles_nothing(store, now, northwind):
    once = store.finish_debrief(northwind, now).interview
    blanked = replace(once.asked[0], why=(Reason.BLANKED,), roughly_s=None)
    again = store.finish_debrief(replace(once, asked=(blanked, *once.asked[1:])), now)
    assert again.added == ()
    assert store.question(1).note == "blanked (Northwind, 3 Nov)"
    not_hard = replace(again.interview.asked[0], hard=False)
    store.finish_debrief(replace(again.interview, asked=(not_hard, *once.asked[1:])), now)
    assert store.question(1).note == "" and store.hard_questions().keys() == {2}
    assert len(store.questions()) == 2


def test_two_interviews_with_one_question_are_both_noted(store, now, northwind):
    store.finish_debrief(northwind, now)
    store.finish_debrief(replace(northwind, company="Contoso", on=TODAY + timedelta(days=1)), now)
    assert store.question(1).note == (
        "rambled, about 3:30 (Contoso, 4 Nov); earlier: rambled, about 3:30 (Northwind, 3 Nov)"
    )
    assert store.question(1).tags == ("Northwind", "Contoso")


def test_all_of_a_debrief_is_finished_or_nothing(store, now, northwind, beside):
    beside.execute("CREATE TRIGGER full BEFORE INSERT ON asked_question BEGIN SELECT raise(ABORT, 'full'); END")
    with pytest.raises(Exception, match="full"):
        store.finish_debrief(northwind, now)
    assert store.questions() == store.interviews() == ()


def test_the_debrief_begun_last_is_the_one_to_go_on_with(store, now, northwind):
    assert store.open_debriefs() == () and store.last_acknowledgement() is None
    first = store.keep_interview(replace(northwind, at="who 0", acknowledgement=3))
    second = store.keep_interview(replace(first, id=0, started_at=now + timedelta(hours=1), acknowledgement=4))
    assert store.open_debriefs() == (second, first) and store.last_acknowledgement() == 4
    store.finish_debrief(second, now)
    assert store.open_debriefs() == (first,)


def test_an_interview_is_found_by_number_company_or_last(store, now, northwind):
    with pytest.raises(NotFound, match="no interviews yet"):
        store.find_interview("1")
    later = store.keep_interview(replace(northwind, company="Contoso", on=TODAY + timedelta(days=2)))
    first = store.keep_interview(northwind)
    assert store.interviews() == (first, later)
    assert store.find_interview("NORTH") == store.find_interview(str(first.id)) == first
    assert store.find_interview("last") == later
    for unclear in ("data analyst", "Fabrikam", "", "99"):
        with pytest.raises(NotFound):
            store.find_interview(unclear)


def test_a_deleted_interview_leaves_its_practice_questions(store, now, northwind, beside):
    kept = store.finish_debrief(northwind, now).interview
    store.delete_interview(kept.id)
    assert store.interviews() == () and len(store.questions()) == 2 and store.hard_questions() == {}
    assert beside.execute("SELECT count(*) FROM asked_question").fetchone() == (0,)
    with pytest.raises(NotFound):
        store.keep_interview(kept)


def test_an_interview_without_a_day_counts_by_when_its_debrief_began(store, northwind):
    kept = store.finish_debrief(replace(northwind, on=None), northwind.started_at).interview
    began = northwind.started_at.date()
    assert store.unthanked(began).id == kept.id and store.unthanked(began + timedelta(days=1)) is None
    store.keep_interview(replace(kept, company="", who=""))
    assert store.unthanked(began) is None, "nothing is known that a mail could be written to"


def test_the_follow_up_is_kept_with_the_day_it_was_sent(store, northwind):
    kept = store.keep_interview(northwind)
    sent = store.keep_follow_up(kept.id, "Thank you.", TODAY)
    assert (sent.follow_up, sent.sent_on) == ("Thank you.", TODAY)
    with pytest.raises(NotFound):
        store.keep_follow_up(99, "", None)


def test_a_reason_that_is_not_known_is_another_one(store, now, northwind, beside):
    kept = store.keep_interview(northwind)
    beside.execute("UPDATE asked_question SET why = '[\"hungry\"]' WHERE place = 0")
    assert store.interview(kept.id).asked[0].why == (Reason.OTHER,)
