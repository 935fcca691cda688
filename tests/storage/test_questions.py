from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehearse.errors import NotFound
from rehearse.question import QuestionDraft, Target

#: Anything a person or a paste may bring: quotes, emoji, control characters, NUL, markup.
texts = st.text(max_size=40) | st.sampled_from(
    [
        "'; DROP TABLE question; --",
        "[bold]x[/bold]",
        "<script>",
        "\x1b[31mred",
        "a\x00b",
        "👩‍👩‍👧",
        '"quoted"',
        "e\u0301",
    ]
)
times = st.datetimes(
    min_value=datetime(1990, 1, 1),
    max_value=datetime(2200, 1, 1),
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
lists = st.lists(texts, max_size=4).map(tuple)
targets = st.none() | st.tuples(st.floats(0, 900), st.floats(901, 1800)).map(lambda t: Target(low_s=t[0], high_s=t[1]))
drafts = st.builds(
    QuestionDraft, text=texts, target=targets, points=lists, tags=lists, note=texts, opening=texts, landing=texts
)
many = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def three(store, now):
    for text in ("Tell me about a conflict.", "What’s your  weakness?", "Tell me about a failure."):
        store.add_question(QuestionDraft(text=text), now)
    return store


@many
@given(draft=drafts, created_at=times)
def test_a_question_comes_back_as_it_was_given(store, draft, created_at):
    question = store.add_question(draft, created_at)
    assert store.question(question.id) == question
    assert question.created_at == created_at
    for field in fields(draft):
        assert getattr(question, field.name) == getattr(draft, field.name)


@many
@given(draft=drafts)
def test_a_changed_question_comes_back_as_it_was_changed(store, question, draft):
    changed = replace(question, **{field.name: getattr(draft, field.name) for field in fields(draft)})
    assert store.change_question(changed) == changed == store.question(question.id)


def test_half_a_character_is_kept_as_the_replacement_character(store, now):
    question = store.add_question(QuestionDraft(text="caf\udce9", points=("\ud83d",), note="x\udc00"), now)
    assert (question.text, question.points, question.note) == ("caf\ufffd", ("\ufffd",), "x\ufffd")


def test_a_time_without_a_zone_is_refused(store, now):
    with pytest.raises(ValueError, match="no time zone"):
        store.add_question(QuestionDraft(text="Why us?"), now.replace(tzinfo=None))


def test_changing_a_question_leaves_its_times_alone(store, question, now):
    store.archive_question(question.id, now)
    changed = store.change_question(
        replace(question, text="Why?", created_at=now - timedelta(days=9), archived_at=None)
    )
    assert (changed.created_at, changed.archived_at) == (question.created_at, now)


def test_a_question_that_is_not_there_cannot_be_changed_or_put_away(store, question, now):
    for attempted in (
        lambda: store.change_question(replace(question, id=99)),
        lambda: store.archive_question(99, now),
        lambda: store.restore_question(99),
        lambda: store.question(99),
    ):
        with pytest.raises(NotFound, match="There is no question 99"):
            attempted()


def test_a_question_put_away_is_listed_only_where_asked_for(three, now):
    archived = three.archive_question(2, now)
    assert archived.archived_at == now
    assert [question.id for question in three.questions()] == [1, 3]
    assert [question.id for question in three.questions(include_archived=True)] == [1, 2, 3]


def test_a_question_taken_up_again_is_listed(three, now):
    three.archive_question(2, now)
    assert three.restore_question(2).archived_at is None
    assert [question.id for question in three.questions()] == [1, 2, 3]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1", 1),
        (" 3 ", 3),
        ("failure", 3),
        ("CONFLICT", 1),
        ("what's your weakness", 2),
        ("tell me  about a failure.", 3),
    ],
)
def test_a_question_is_found_by_number_or_part_of_its_text(three, typed, found):
    assert three.find_question(typed).id == found


def test_a_whole_text_wins_over_a_part_of_another(three, now):
    whole = three.add_question(QuestionDraft(text="Weakness"), now)
    assert three.find_question("weakness") == whole


def test_a_number_as_listed_wins_over_a_text_that_is_one(three, now):
    first, number = three.question(1), three.add_question(QuestionDraft(text="1"), now)
    assert three.find_question("1") == first and three.find_question(str(number.id)) == number


def test_several_that_fit_are_named(three):
    with pytest.raises(NotFound) as several:
        three.find_question("tell me")
    assert several.value.message == (
        "'tell me' fits 2 questions: 1 'Tell me about a conflict.', 3 'Tell me about a failure.'."
    )
    assert "number" in several.value.hint


def test_only_the_first_of_very_many_are_named(store, now):
    for number in range(9):
        store.add_question(QuestionDraft(text=f"Why {number}?"), now)
    with pytest.raises(NotFound, match="and 4 more"):
        store.find_question("why")


def test_two_with_the_same_text_are_told_apart_by_number(three, now):
    again = three.add_question(QuestionDraft(text="Tell me about a failure."), now)
    with pytest.raises(NotFound, match="fits 2 questions"):
        three.find_question("Tell me about a failure.")
    assert three.find_question(str(again.id)) == again


def test_the_nearest_is_offered_for_a_slip_of_the_pen(three):
    with pytest.raises(NotFound) as unknown:
        three.find_question("conflcit")
    assert unknown.value.message == "No question fits 'conflcit'."
    assert "Did you mean 1 'Tell me about a conflict.'?" in unknown.value.hint


def test_nothing_far_off_is_offered(three):
    with pytest.raises(NotFound) as unknown:
        three.find_question("zebra")
    assert unknown.value.hint == "See them all with: rehearse questions"


@pytest.mark.parametrize("typed", ["99", "9" * 40, "-1", "²"])
def test_a_number_that_is_not_there_fits_nothing(three, typed):
    with pytest.raises(NotFound, match=f"No question fits '{typed}'"):
        three.find_question(typed)


def test_a_blank_fits_nothing(three):
    with pytest.raises(NotFound, match="No question was named"):
        three.find_question("  ")


def test_without_any_question_the_first_step_is_shown(store):
    with pytest.raises(NotFound, match="no questions yet") as none:
        store.find_question("conflict")
    assert "rehearse add" in none.value.hint


def test_a_question_put_away_is_found_where_no_other_fits(three, now):
    three.archive_question(1, now)
    assert three.find_question("conflict").id == 1
    assert three.find_question("1").id == 1
    assert three.find_question("tell me").id == 3


def test_a_question_put_away_is_not_found_where_it_does_not_count(three, now):
    three.archive_question(1, now)
    with pytest.raises(NotFound):
        three.find_question("conflict", include_archived=False)
