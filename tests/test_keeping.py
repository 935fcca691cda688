"""A recording left behind becomes an attempt at its question, whatever became of that question meanwhile."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from answers import answer

from rehearse import keeping
from rehearse.audio import packing
from rehearse.audio.claim import Label
from rehearse.audio.journal import Journal
from rehearse.audio.packing import UNPROVEN_SUFFIX, pack
from rehearse.audio.recording import open_recording
from rehearse.audio.recovery import LeftBehind, find_left_behind
from rehearse.errors import StorageFailed
from rehearse.keeping import RECOVERED, bring_in, pack_recordings
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


@pytest.fixture
def measured(tmp_path, store, question) -> Callable[[], int]:
    """measured(): the number of a new attempt with a recording of a second and numbers."""

    def make() -> int:
        journal = Journal(tmp_path / "recordings", 16_000)
        journal.append(b"\x01\x02" * 16_000)
        attempt = store.add_attempt(question.id, open_recording(journal.finish()), BEGAN)
        store.keep_measures(attempt.id, answer(60))
        return attempt.id

    return make


def endings(tmp_path) -> list[str]:
    return sorted(path.suffix for path in (tmp_path / "recordings").iterdir())


def test_measured_answers_are_packed_and_read_as_before(tmp_path, store, measured):
    numbers = [measured(), measured()]
    before = [store.recording(number).samples() for number in numbers]
    assert pack_recordings(store, tmp_path / "recordings", lambda: True) == 2
    assert endings(tmp_path) == [".flac", ".flac"]
    for number, samples in zip(numbers, before, strict=True):
        assert (store.recording(number).samples() == samples).all() and store.recording(number).recording_s == 1.0
    assert pack_recordings(store, tmp_path / "recordings", lambda: True) == 0


def test_what_is_not_measured_yet_stays_as_it_is(tmp_path, store, question, left):
    bring_in(left(label(question)), store, now)
    assert pack_recordings(store, tmp_path / "recordings", lambda: True) == 0
    assert endings(tmp_path) == [".wav"]


def test_the_latest_comes_first_and_the_rest_another_time(tmp_path, store, measured):
    first, last = measured(), measured()
    answers = iter([True, False])
    assert pack_recordings(store, tmp_path / "recordings", lambda: next(answers)) == 1
    assert (store.recording(first).path.suffix, store.recording(last).path.suffix) == (".wav", ".flac")


class Killed(BaseException):
    """The end of the program, at a moment chosen."""


@pytest.mark.parametrize("moment", ["_copied", "_samples_in", "secure", "move_recording", "_forget"])
def test_killed_at_any_moment_there_is_a_recording_and_the_next_run_tidies_up(
    tmp_path, store, measured, monkeypatch, moment
):
    number = measured()
    before = store.recording(number).samples()

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        owner = {"move_recording": Store, "_forget": keeping}.get(moment, packing)
        patched.setattr(owner, moment, die)
        patched.setattr(Path, "unlink", lambda *_, **__: None)  # nothing is cleaned up by a program that is dead
        with pytest.raises(Killed):
            pack_recordings(store, tmp_path / "recordings", lambda: True)
    assert (store.recording(number).samples() == before).all()
    for path in (tmp_path / "recordings").glob(f"*{UNPROVEN_SUFFIX}"):
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    pack_recordings(store, tmp_path / "recordings", lambda: True)
    assert endings(tmp_path) == [".flac"]
    assert (store.recording(number).samples() == before).all()


def test_an_attempt_deleted_while_it_is_packed_leaves_nothing(tmp_path, store, measured, monkeypatch):
    number = measured()

    def deleted_then_packed(recording):
        store.delete_attempt(number, keep_numbers=False)
        journal = Journal(tmp_path / "recordings", 16_000)
        journal.append(b"\x01\x02")
        return pack(open_recording(journal.finish().rename(recording.path)))

    monkeypatch.setattr(keeping, "pack", deleted_then_packed)
    assert pack_recordings(store, tmp_path / "recordings", lambda: True) == 0
    assert endings(tmp_path) == [".wav"], "only what this test put there itself"


def test_deleting_an_attempt_takes_a_left_over_original_too(tmp_path, store, measured):
    number = measured()
    recording = store.recording(number)
    assert store.move_recording(number, recording, pack(recording))
    assert endings(tmp_path) == [".flac", ".wav"]
    store.delete_attempt(number, keep_numbers=False)
    assert endings(tmp_path) == []


def test_a_recording_that_cannot_be_packed_keeps_no_other_from_it(tmp_path, store, measured):
    measured()
    broken = measured()
    store.recording(broken).path.write_bytes(b"RIFF")
    assert pack_recordings(store, tmp_path / "recordings", lambda: True) == 1
