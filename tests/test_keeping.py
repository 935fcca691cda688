"""A recording left behind becomes an attempt at its question, whatever became of that question meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.audio.claim import Label
from rehearse.audio.journal import Journal
from rehearse.audio.recovery import LeftBehind, find_left_behind
from rehearse.errors import StorageFailed
from rehearse.keeping import RECOVERED, bring_in
from rehearse.question import Question, QuestionDraft
from rehearse.storage.store import Store

BEGAN = datetime(2026, 11, 3, 18, 30, tzinfo=UTC)


def now() -> datetime:
    return datetime(2026, 11, 4, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "rehearse.db", tmp_path / "recordings") as store:
        yield store


@pytest.fixture
def question(store) -> Question:
    return store.add_question(QuestionDraft(text="Tell me about a conflict."), now())


@pytest.fixture
def left(tmp_path, store) -> Callable[[Label | None], LeftBehind]:
    def make(label: Label | None) -> LeftBehind:
        journal = Journal(tmp_path / "recordings", 16_000, label)
        journal.append(b"\x01\x02" * 24_000)
        journal._close()
        journal.claim.let_go()
        (found,) = find_left_behind(tmp_path / "recordings", store.kept_recordings).recordings
        return found

    return make


def label(question: Question, **more) -> Label:
    return Label(question_id=question.id, question=question.text, recorded_at=BEGAN, device="Built-in", **more)


def test_it_is_kept_with_all_that_is_known_of_it_and_waits_to_be_transcribed(tmp_path, store, question, left):
    attempt = bring_in(left(label(question)), store, now)
    assert (attempt.question_id, attempt.recorded_at, attempt.device) == (question.id, BEGAN, "Built-in")
    assert attempt.recording.recording_s == 1.5 and attempt.recording.path.exists()
    assert store.untranscribed() == (attempt,)
    assert list((tmp_path / "recordings").iterdir()) == [attempt.recording.path]


def test_an_edited_question_is_still_its_question(store, question, left):
    found = left(label(question))
    store.change_question(replace(question, text="Tell me about a conflict with your manager."))
    assert bring_in(found, store, now).question_id == question.id


def test_in_another_library_the_words_of_the_question_count_and_not_its_number(store, question, left):
    other = store.add_question(QuestionDraft(text="Why us?"), now())
    found = left(Label(question_id=question.id, question=other.text, recorded_at=BEGAN))
    assert bring_in(found, store, now).question_id == other.id


@pytest.mark.parametrize("told", [Label(), Label(question_id=99, question="Gone?", recorded_at=BEGAN)])
def test_without_its_question_it_is_kept_all_the_same(store, question, left, told):
    first, second = bring_in(left(told), store, now), bring_in(left(told), store, now)
    assert first.question_id == second.question_id != question.id
    assert store.question(first.question_id).text == RECOVERED


def test_where_the_library_takes_nothing_it_is_offered_again(tmp_path, store, question, left):
    found = left(label(question))
    # The database as a file that cannot be written; the sound is not touched by that.
    store._tables.write("CREATE TRIGGER full BEFORE INSERT ON attempt BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(Exception, match="no"):
        bring_in(found, store, now)
    store._tables.write("DROP TRIGGER full")
    found.let_go()
    (again,) = find_left_behind(tmp_path / "recordings", store.kept_recordings).recordings
    assert bring_in(again, store, now).question_id == question.id


def test_a_library_that_another_program_holds_says_where_the_sound_is(tmp_path, store, question, left):
    found = left(label(question))
    with (
        Store.open(tmp_path / "rehearse.db", tmp_path / "recordings", busy_timeout_s=0.05) as hasty,
        store._tables.writing(),
        pytest.raises(StorageFailed) as caught,
    ):
        bring_in(found, hasty, now)
    assert "The sound of your answer is safe, in " in caught.value.message
    assert caught.value.hint.endswith("Then: rehearse recover")
    assert Path(caught.value.message.partition("safe, in ")[2].removesuffix(".")).exists()
