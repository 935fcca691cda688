"""Interviews that were gone on with on two machines: which gives way, and that nothing said here is ever lost."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from homes import MADE_AT, TODAY, blank_homes, bring, export, opened, rows
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rehearse.interview import AskedQuestion, Interview, Reason
from rehearse.next_interview import NextInterview
from rehearse.question import QuestionDraft
from rehearse.storage.bringing_up import Standing, brought_up, next_standing, note_standing, standing

HERE, FULLER, OTHER = Standing.HERE, Standing.FULLER, Standing.OTHER

ASKED = AskedQuestion(text="Why us?")
HARD = replace(ASKED, hard=True, why=(Reason.RAMBLED,), what_happened="Lost the thread.")
STOPPED = Interview(id=1, company="Northwind", started_at=MADE_AT, at="hard 0", asked=(ASKED,), acknowledgement=3)
FINISHED = replace(
    STOPPED,
    who="Ms Okafor",
    went_well=("", "the numbers"),
    asked=(replace(HARD, question_id=7, noted="rambled (Northwind)"), AskedQuestion(text="Any questions?")),
    notes="They call on Monday",
    at="",
    finished_at=MADE_AT + timedelta(minutes=9),
)


@pytest.mark.parametrize(
    "more",
    [
        {"notes": "They call on Monday"},
        {"on": TODAY},
        {"went_well": ("", "", "calm")},
        {"asked": (ASKED, AskedQuestion(text="Any questions?"))},
        {"asked": (AskedQuestion(text="Any questions?"), ASKED)},
        {"asked": (HARD,)},
        {"asked": (replace(ASKED, again=True),)},
        {"asked": (replace(ASKED, question_id=7),)},
        {"follow_up": "Dear Ms Okafor"},
        {"sent_on": TODAY},
        {"finished_at": MADE_AT, "at": ""},
        {"at": ""},
    ],
)
def test_what_was_only_added_to_there_is_brought_up_to_it(more):
    told = replace(STOPPED, **more)
    assert standing(STOPPED, told) is FULLER
    now = brought_up(STOPPED, told)
    assert now == told and standing(now, told) is HERE
    if set(more) != {"at"}:
        assert standing(told, STOPPED) is HERE, "the other way round nothing is taken back"


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ({"notes": "They call on Monday"}, {"notes": "They call on Tuesday"}),
        ({"notes": "They call on Monday"}, {"follow_up": "Dear Ms Okafor"}),
        ({"went_well": ("calm",)}, {"went_well": ("the numbers",)}),
        ({"sent_on": TODAY}, {"sent_on": TODAY - timedelta(days=1)}),
        ({"asked": (ASKED, AskedQuestion(text="And then?"))}, {"asked": (ASKED, AskedQuestion(text="Any questions?"))}),
        ({"asked": (HARD,)}, {"asked": (replace(HARD, why=(Reason.NERVES,)),)}),
        # Marked, and the mark taken off again: that is said.
        ({"asked": (HARD,)}, {"asked": (replace(HARD, hard=False),), "notes": "They call on Monday"}),
        ({"asked": (replace(HARD, hard=False),)}, {"asked": (HARD,)}),
        # Not brought in yet: once the debrief is at its end, nobody would.
        ({"asked": (replace(HARD, recording="/home/me/answer.m4a"),)}, {"asked": (HARD,), "notes": "Monday"}),
        # Here more was said and not finished, there it was finished without that.
        ({"notes": "They call on Monday"}, {"at": "", "finished_at": MADE_AT}),
    ],
)  # fmt: skip
def test_where_each_says_something_that_the_other_does_not_they_differ(here, there):
    assert standing(replace(STOPPED, **here), replace(STOPPED, **there)) is OTHER


def test_finished_on_both_machines_with_the_same_words_nothing_differs():
    there = replace(FINISHED, finished_at=MADE_AT + timedelta(hours=1), acknowledgement=0)
    there = replace(there, asked=(replace(FINISHED.asked[0], question_id=9, noted=""), FINISHED.asked[1]))
    assert standing(FINISHED, there) is HERE
    # Then the mail was written there: the rest stays as this library has it.
    told = replace(there, follow_up="Dear Ms Okafor")
    assert standing(FINISHED, told) is FULLER
    assert brought_up(FINISHED, told) == replace(FINISHED, follow_up="Dear Ms Okafor")


def test_a_debrief_opened_again_here_and_added_to_is_not_closed_by_an_older_document():
    assert standing(replace(FINISHED, at="notes 0", follow_up="Dear Ms Okafor"), FINISHED) is HERE


@pytest.mark.parametrize(
    ("here", "told", "expected"),
    [
        (("2026-12-02", "Fabrikam"), ("2026-12-02", "Fabrikam"), HERE),
        (("2026-12-02", "Fabrikam"), ("2026-12-02", ""), HERE),
        (("2026-12-02", ""), ("2026-12-02", "Fabrikam"), FULLER),
        (("2026-12-02", "Fabrikam"), ("2026-12-02", "Contoso"), OTHER),
        (("2026-12-02", "Fabrikam"), ("2026-12-09", "Fabrikam"), OTHER),
        (("2026-11-26", "Today"), ("2026-12-09", "Fabrikam"), OTHER),
        (("2026-11-25", "Yesterday"), ("2026-12-09", "Fabrikam"), FULLER),
        (("2026-11-20", "Gone"), ("2026-11-25", "Yesterday"), FULLER),
        (("2026-11-25", "Yesterday"), ("2026-11-20", "Older"), OTHER),
    ],
)
def test_the_next_interview_gives_way_once_it_has_gone_by(here, told, expected):
    one, other = (NextInterview(on=date.fromisoformat(day), company=company) for day, company in (here, told))
    assert next_standing(one, other, TODAY) is expected


#: Few of each, so that both machines often say the same.
texts = st.sampled_from(["", "one", "two"])
flags = st.booleans()
asked_questions = st.builds(
    AskedQuestion,
    text=st.sampled_from(["Why us?", "And then?", "Any questions?"]),
    hard=flags,
    why=st.sampled_from([(), (Reason.RAMBLED,)]),
    what_happened=texts,
    roughly_s=st.sampled_from([None, 90.0]),
    again=flags,
    question_id=st.sampled_from([None, 1, 2]),
    noted=texts,
)
changes = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("company", "role", "who", "in_my_control", "not_in_my_control", "notes", "follow_up"), texts),
        "on": st.sampled_from([None, TODAY]),
        "went_well": st.lists(texts, max_size=3).map(tuple),
        "asked": st.lists(asked_questions, max_size=3).map(tuple),
        "finished_at": st.sampled_from([None, MADE_AT, MADE_AT + timedelta(hours=1)]),
        "at": st.sampled_from(["", "hard 0", "notes 0"]),
        "acknowledgement": st.integers(0, 2),
        "sent_on": st.sampled_from([None, TODAY]),
    },
)  # fmt: skip


@st.composite
def grown(draw: st.DrawFn, start: Interview) -> Interview:
    """What may have become of it: what was empty is filled, or anything is changed."""
    drawn = draw(changes)
    if draw(st.integers(0, 3)) == 0:
        return replace(start, **drawn)
    asked = [_filled(each, draw(asked_questions)) for each in start.asked]
    filled = _filled(start, replace(start, **drawn | {"at": start.at}))
    return replace(filled, asked=(*asked, *drawn.get("asked", ())), at=draw(st.sampled_from(["", start.at])))


def _filled(start: Any, other: Any) -> Any:
    names = [each.name for each in fields(start)]
    return replace(start, **{name: getattr(start, name) or getattr(other, name) for name in names})


def said(interview: Interview) -> list[tuple[object, ...]]:
    """Every text of it that is not empty, and where it stands."""
    names = ("company", "role", "who", "in_my_control", "not_in_my_control", "notes", "follow_up", "on", "sent_on")
    found: list[tuple[object, ...]] = [(name, getattr(interview, name)) for name in names]
    found += [("went_well", place, text) for place, text in enumerate(interview.went_well)]
    for each in interview.asked:
        found += [("asked", each.text, name, getattr(each, name)) for name in ("text", "what_happened", "noted")]
        found += [("why", each.text, reason) for reason in each.why]
        found += [("roughly_s", each.text, each.roughly_s), ("link", each.text, each.question_id)]
    return [each for each in found if each[-1] not in ("", None)]


@given(st.data())
@settings(max_examples=400)
def test_being_brought_up_loses_nothing_and_is_done_once(data):
    start = replace(STOPPED, **data.draw(changes))
    here, told = data.draw(st.just(start) | grown(start)), replace(data.draw(grown(start)), id=2)
    assert standing(here, here) is HERE
    if standing(here, told) is FULLER:
        now = brought_up(here, told)
        assert set(said(here)) <= set(said(now))
        assert now.id == here.id and standing(now, told) is HERE
        assert {each for each in said(told) if each[0] != "link" and "noted" not in each} <= set(said(now))


@given(st.data())
@settings(suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate), max_examples=30)
def test_whatever_two_machines_made_of_it_an_import_loses_nothing_and_is_the_same_twice(data):
    nexts = st.sampled_from([None, *range(-3, 4)])
    with blank_homes(3) as (start, there, here):
        with opened(start) as store:
            for text in ("Why us?", "And then?"):
                store.add_question(QuestionDraft(text=text), MADE_AT)
            for nth in range(2):
                moment = MADE_AT + timedelta(days=nth)
                store.keep_interview(replace(STOPPED, id=0, started_at=moment, **data.draw(changes)))
        export(start, start / "start.json")
        for home in (there, here):
            bring(start / "start.json", home)
            with opened(home) as store:
                for interview in store.interviews():
                    store.keep_interview(data.draw(st.just(interview) | grown(interview)))
                if (days := data.draw(nexts)) is not None:
                    coming = NextInterview(on=TODAY + timedelta(days=days), company=data.draw(texts))
                    store.keep_next_interview(coming, MADE_AT)
        with opened(here) as store:
            before, next_before = {each.id: said(each) for each in store.interviews()}, store.next_interview()
        export(there, there / "library.json")
        brought = bring(there / "library.json", here)
        assert brought.added["interviews"] == 0
        with opened(here) as store:
            for number, texts_before in before.items():
                assert set(texts_before) <= set(said(store.interview(number)))
                if number in brought.differing["interviews"]:
                    assert said(store.interview(number)) == texts_before
            if next_before is not None and next_before.on >= TODAY:
                now = store.next_interview()
                assert now is not None and now.on == next_before.on
                assert now.company == next_before.company or not next_before.company
        once = rows(here)
        again = bring(there / "library.json", here)
        assert not any(again.renewed.values()) and set(again.added.values()) == {0}
        assert rows(here) == once


def test_a_debrief_finished_on_the_other_machine_is_finished_here_with_its_links(place):
    there, here = place / "there", place / "here"
    with opened(there) as store:
        store.keep_interview(replace(STOPPED, id=0))
    export(there, place / "1.json")
    with opened(here) as store:
        # Numbers are others here, and one of the questions is here already.
        for text in ("Something else?", "Why us?"):
            store.add_question(QuestionDraft(text=text), MADE_AT)
    bring(place / "1.json", here)
    with opened(here) as store:
        store.keep_next_interview(NextInterview(on=TODAY - timedelta(days=1), company="Contoso"), MADE_AT)
    with opened(there) as store:
        unlinked = replace(FINISHED, id=1, asked=(HARD, replace(FINISHED.asked[1], again=True)))
        store.finish_debrief(unlinked, MADE_AT)
        store.keep_follow_up(1, "Dear Ms Okafor", TODAY)
        store.keep_next_interview(NextInterview(on=TODAY, company="Fabrikam"), MADE_AT)
        expected = store.interview(1)
    export(there, place / "2.json")
    brought = bring(place / "2.json", here)
    assert (brought.renewed["interviews"], brought.renewed["next_interview"]) == ([1], [1])
    assert brought.added["interviews"] == brought.here["interviews"] == 0 and not brought.differing["interviews"]
    with opened(here) as store:
        links = [each.question_id for each in store.interview(1).asked]
        assert [store.question(number).text for number in links] == ["Why us?", "Any questions?"] and links == [2, 3]
        same = tuple(replace(each, question_id=link) for each, link in zip(expected.asked, links, strict=True))
        assert store.interview(1) == replace(expected, asked=same)
        assert set(store.hard_questions()) == {2, 3}
        assert store.next_interview() == NextInterview(on=TODAY, company="Fabrikam")
    once = rows(here)
    again = bring(place / "2.json", here)
    assert not any(again.renewed.values()) and again.here["interviews"] == again.here["next_interview"] == 1
    assert rows(here) == once


def test_stopped_half_way_through_an_import_an_interview_is_as_it_was(place, monkeypatch):
    there, here = place / "there", place / "here"
    for home, interview in ((there, replace(FINISHED, asked=(ASKED,))), (here, STOPPED)):
        with opened(home) as store:
            store.keep_interview(replace(interview, id=0))
    export(there, place / "library.json")
    before = rows(here)

    def stop(self: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rehearse.storage.sound_files.Incoming.move", stop)
    with pytest.raises(KeyboardInterrupt):
        bring(place / "library.json", here)
    assert rows(here) == before


@pytest.mark.parametrize(
    ("here", "told", "expected"),
    [
        ("", "", HERE),
        ("rambled", "", HERE),
        ("", "rambled", FULLER),
        ("rambled", "nerves (Northwind); earlier: rambled", FULLER),
        ("nerves (Northwind); earlier: rambled", "rambled", HERE),
        ("rambled; earlier: nerves", "nerves; earlier: rambled", HERE),
        ("mine", "rambled", OTHER),
        ("mine; earlier: rambled", "nerves; earlier: rambled", OTHER),
    ],
)
def test_a_note_gives_way_only_to_one_that_holds_all_of_it(here, told, expected):
    assert note_standing(here, told) is expected
