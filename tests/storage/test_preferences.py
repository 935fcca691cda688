import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from rehearse.errors import NotFound
from rehearse.measurement.preference import Preference


@pytest.fixture
def two(an_attempt):
    return an_attempt("one.wav"), an_attempt("two.wav", days=1)


@pytest.fixture
def choice(two, now):
    first, second = two
    return Preference(attempt_id=first, other_id=second, preferred_id=second, blind=True, made_at=now)


def test_choices_are_kept_with_both_attempts_in_order(store, two, choice, now):
    later = replace(choice, preferred_id=None, blind=False, made_at=now + timedelta(days=1))
    store.add_preference(later)
    store.add_preference(choice)
    assert store.preferences(two[0]) == store.preferences(two[1]) == (choice, later)


def test_another_attempt_has_none_of_them(store, an_attempt, choice):
    store.add_preference(choice)
    assert store.preferences(an_attempt("three.wav", days=2)) == ()


def test_a_choice_goes_with_either_attempt(store, two, choice):
    store.add_preference(choice)
    store.delete_attempt(two[1], keep_numbers=False)
    assert store.preferences(two[0]) == ()


def test_a_choice_stays_where_only_the_sound_is_deleted(store, two, choice):
    store.add_preference(choice)
    store.delete_attempt(two[0], keep_numbers=True)
    assert store.preferences(two[1]) == (choice,)


def test_an_attempt_that_is_gone_is_refused(store, two, choice):
    store.delete_attempt(two[1], keep_numbers=False)
    with pytest.raises(NotFound):
        store.add_preference(choice)


def test_what_was_not_heard_cannot_be_preferred(store, choice, beside):
    with pytest.raises(ValueError):
        store.add_preference(replace(choice, preferred_id=99))
    with pytest.raises(sqlite3.IntegrityError):
        beside.execute("INSERT INTO preference VALUES (1, 1, 2, 3, 0, '')")
