"""What a person said of single fillers: kept as a fact of the attempt, and gone with it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rehearse.errors import NotFound
from rehearse.measurement.corrections import Correction

UM = Correction(start_s=1 / 3, end_s=0.75, text="um", kind="sound", verdict="confirmed")
LIKE = Correction(start_s=0.2, end_s=0.5, text="like", kind="word", verdict="rejected")


def test_it_comes_back_as_it_was_given_in_order_of_time(store, an_attempt, now):
    first, second = an_attempt("a.wav"), an_attempt("b.wav")
    store.keep_correction(first, UM, now)
    store.keep_correction(first, LIKE, now)
    assert store.corrections(first) == (LIKE, UM)
    assert store.corrections(second) == ()


def test_a_second_word_on_the_same_sound_replaces_the_first(store, an_attempt, now):
    attempt_id = an_attempt()
    store.keep_correction(attempt_id, UM, now)
    moved = replace(UM, start_s=0.4, end_s=0.8, text="uh", verdict="rejected")
    store.keep_correction(attempt_id, moved, now)
    assert store.corrections(attempt_id) == (moved,)


def test_it_can_be_taken_back(store, an_attempt, now):
    attempt_id = an_attempt()
    store.keep_correction(attempt_id, UM, now)
    store.keep_correction(attempt_id, LIKE, now)
    store.drop_correction(attempt_id, UM)
    store.drop_correction(attempt_id, UM)
    assert store.corrections(attempt_id) == (LIKE,)


@pytest.mark.parametrize("keep_numbers", [True, False])
def test_deleting_the_sound_deletes_what_was_said_of_it(store, an_attempt, now, beside, keep_numbers):
    attempt_id = an_attempt()
    store.keep_correction(attempt_id, UM, now)
    store.delete_attempt(attempt_id, keep_numbers=keep_numbers)
    assert beside.execute("SELECT count(*) FROM correction").fetchone() == (0,)
    with pytest.raises(NotFound):
        store.keep_correction(attempt_id, UM, now)


def test_hearing_an_attempt_again_leaves_it_alone(store, an_attempt, transcript, speech, measures, now):
    attempt_id = an_attempt()
    store.keep_correction(attempt_id, UM, now)
    store.keep_heard(attempt_id, transcript, speech, measures, now)
    assert store.corrections(attempt_id) == (UM,)


def test_confirmed_sounds_are_those_whose_recording_is_kept_the_newest_first(store, an_attempt, now):
    numbers = [an_attempt(f"{number}.wav") for number in range(4)]
    for days, number in enumerate(numbers):
        store.keep_correction(number, UM, now + timedelta(days=days))
        store.keep_correction(number, LIKE, now)
    store.keep_correction(numbers[1], replace(UM, verdict="rejected"), now)
    store.delete_attempt(numbers[2], keep_numbers=True)
    found = store.confirmed_sounds(limit=10)
    assert [each.attempt_id for each in found] == [numbers[3], numbers[0]]
    assert found[0].correction == UM and found[0].recording == store.attempt(numbers[3]).recording
    assert [each.attempt_id for each in store.confirmed_sounds(limit=1)] == [numbers[3]]
