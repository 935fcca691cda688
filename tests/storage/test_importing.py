"""Taking a document into a library: what is new, what was here, and that it is all or nothing."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from any_library import a_sound
from homes import MADE_AT, TODAY, bring, export, opened, rows, sounds, without_sound

from rehearse.errors import StorageFailed
from rehearse.interview import Interview
from rehearse.next_interview import NextInterview
from rehearse.question import QuestionDraft
from rehearse.storage.document_file import DocumentFile
from rehearse.storage.exporting import sound_folder
from rehearse.storage.importing import take_in
from rehearse.storage.sound_files import Incoming

#: How many entries each list of the small library has.
ALL = {
    "questions": 2,
    "attempts": 3,
    "preferences": 1,
    "calibrations": 1,
    "interviews": 2,
    "next_interview": 1,
}


@pytest.fixture
def file(filled, place) -> Path:
    export(filled, place / "library.json")
    return place / "library.json"


@pytest.fixture
def mine(place) -> Path:
    """A home with another question and an attempt at it, so that numbers 1 are taken."""
    home = place / "mine"
    with opened(home) as store:
        question = store.add_question(QuestionDraft(text="What is your weakness?"), MADE_AT)
        store.add_attempt(question.id, a_sound(store.recordings, b"mine", name="mine.wav"), MADE_AT)
    return home


def test_new_numbers_where_the_old_ones_are_taken_and_everything_still_fits(file, mine):
    brought = bring(file, mine)
    assert brought.added == ALL
    assert not brought.same_numbers and brought.sounds == 3
    with opened(mine) as store:
        assert [(a.id, store.question(a.question_id).text) for a in store.attempts(newest_first=False)] == [
            (2, "Tell me about a conflict."), (3, "Tell me about a conflict."), (4, "Why us?"),
            (1, "What is your weakness?"),
        ]  # fmt: skip
        (preference,) = store.preferences(2)
        assert (preference.attempt_id, preference.other_id, preference.preferred_id) == (2, 3, 3)
        assert store.corrections(2)[0].text == "um" and store.transcript(2) is not None
        assert [each.question_id for each in store.interview(1).asked] == [None, 3, None]
    assert sounds(mine) == {"mine.wav": b"mine"} | {f"answer-{n}.wav": b"sound %d" % n for n in range(3)}


def test_a_second_time_nothing_is_added_and_nothing_changes(file, mine):
    bring(file, mine)
    before = rows(mine), sounds(mine)
    brought = bring(file, mine)
    assert set(brought.added.values()) == {0} and brought.here["attempts"] == 3 and brought.sounds == 0
    assert (rows(mine), sounds(mine)) == before


def test_what_was_practised_since_comes_to_the_question_that_is_here(file, filled, mine):
    bring(file, mine)
    with opened(filled) as store:
        store.add_attempt(2, a_sound(store.recordings, b"later", name="later.wav"), MADE_AT + timedelta(days=9))
    with opened(mine) as store:
        # Capitals and spaces make no other question of it.
        question = store.find_question("Why us?")
        store.change_question(type(question)(id=question.id, text="why  US?", created_at=question.created_at))
    export(filled, file)
    brought = bring(file, mine)
    assert (brought.added["questions"], brought.added["attempts"], brought.sounds) == (0, 1, 1)
    with opened(mine) as store:
        assert len(store.attempts(question.id)) == 2
        assert store.question(question.id).text == "why  US?", "what is here stays as it is"


def test_a_question_that_was_reworded_is_known_by_its_attempts(file, mine):
    bring(file, mine)
    with opened(mine) as store:
        question = store.find_question("Why us?")
        store.change_question(type(question)(id=question.id, text="Why here?", created_at=question.created_at))
    before = rows(mine)
    assert set(bring(file, mine).added.values()) == {0}
    assert rows(mine) == before


def test_a_number_once_given_stays_given(filled, place):
    with opened(filled) as store:
        store.delete_attempt(3, keep_numbers=False)
    export(filled, place / "library.json")
    bring(place / "library.json", place / "there")
    with opened(place / "there") as store:
        assert store.add_attempt(2, a_sound(store.recordings, b"new"), MADE_AT).id == 4


@pytest.fixture
def with_an_interview(place) -> Path:
    """A home with an interview and the day of the next one, and no question."""
    home = place / "interviewed"
    with opened(home) as store:
        store.keep_interview(Interview(company="Northwind", started_at=MADE_AT, notes="mine"))
        store.keep_next_interview(NextInterview(on=date(2026, 11, 30), company="mine"), MADE_AT)
    return home


def test_interviews_come_to_those_that_are_here_and_the_next_one_stays(file, with_an_interview):
    brought = bring(file, with_an_interview)
    assert brought.added == ALL | {"next_interview": 0} and brought.differing["next_interview"] == [1]
    assert not brought.same_numbers
    with opened(with_an_interview) as store:
        assert [(each.id, each.company) for each in store.interviews()] == [
            (2, "Northwind"), (3, "Fabrikam"), (1, "Northwind"),
        ]  # fmt: skip
        assert store.interview(1).notes == "mine" and store.next_interview().company == "mine"
        assert store.interview(2).again_question_id == 2
    before = rows(with_an_interview)
    assert set(bring(file, with_an_interview).added.values()) == {0}
    assert rows(with_an_interview) == before


def test_an_interview_that_says_other_things_here_stays_as_it_is_and_is_named(file, mine):
    bring(file, mine)
    with opened(mine) as store:
        interview = store.interview(1)
        store.keep_interview(replace(interview, company="Northwind Ltd", on=None, asked=(), follow_up="mine"))
    before = rows(mine)
    brought = bring(file, mine)
    assert (brought.added["interviews"], brought.here["interviews"], brought.differing["interviews"]) == (0, 1, [1])
    assert rows(mine) == before


def test_two_interviews_put_down_at_one_moment_are_two(filled, place):
    with opened(filled) as store:
        store.keep_interview(replace(store.interview(1), id=0, company="Contoso"))
    export(filled, place / "library.json")
    for expected in (3, 0):
        assert bring(place / "library.json", place / "there").added["interviews"] == expected


def test_the_number_of_a_deleted_interview_stays_given(filled, place):
    with opened(filled) as store:
        store.delete_interview(2)
    export(filled, place / "library.json")
    bring(place / "library.json", place / "there")
    with opened(place / "there") as store:
        assert store.keep_interview(Interview(started_at=MADE_AT)).id == 3


def test_what_was_asked_is_practised_as_the_question_that_is_here(file, place):
    there = place / "there"
    with opened(there) as store:
        for text in ("Something else?", "Again?", "why  US?"):
            store.add_question(QuestionDraft(text=text), MADE_AT)
    bring(file, there)
    with opened(there) as store:
        assert store.interview(1).again_question_id == 3
        assert store.question(3).text == "why  US?", "what is here stays as it is"
        assert set(store.hard_questions()) == {3}


def test_without_its_sound_an_attempt_keeps_words_and_numbers_and_has_the_sound_later(file, filled, place):
    there = place / "there"
    aside = sound_folder(file).rename(place / "elsewhere")
    brought = bring(file, there)
    assert brought.missing == [(n + 1, f"answer-{n}.wav") for n in range(3)] and sounds(there) == {}
    with opened(there) as store:
        attempt = store.attempt(1)
        assert attempt.recording is None and attempt.measures is not None and store.transcript(1) is not None
        assert store.corrections(1) and not store.untranscribed()
    aside.rename(sound_folder(file))
    again = bring(file, there)
    assert (again.sounds, again.missing, set(again.added.values())) == (3, [], {0})
    assert rows(there) == rows(filled) and sounds(there) == sounds(filled)


def test_sound_that_was_deleted_here_does_not_come_back(file, filled, place):
    with opened(filled) as store:
        store.delete_attempt(1, keep_numbers=True)
    before = rows(filled), sounds(filled)
    brought = bring(file, filled)
    assert brought.sounds == 0 and brought.missing == []
    assert (rows(filled), sounds(filled)) == before


@pytest.mark.parametrize("content", [b"sound X", b"sound 0 and more", b""])
def test_a_recording_that_is_another_one_is_not_taken(file, place, content):
    (sound_folder(file) / "answer-0.wav").write_bytes(content)
    brought = bring(file, place / "there")
    assert brought.missing == [(1, "answer-0.wav")] and brought.sounds == 2
    assert set(sounds(place / "there")) == {"answer-1.wav", "answer-2.wav"}


def test_a_recording_whose_name_is_taken_has_another_one(file, mine):
    (mine / "recordings" / "ANSWER-0.wav").write_bytes(b"somebody's")
    bring(file, mine)
    assert sounds(mine)["ANSWER-0.wav"] == b"somebody's" and sounds(mine)["answer-0-2.wav"] == b"sound 0"


def test_of_two_real_answers_the_one_that_is_here_stays_the_real_one(file, place):
    there = place / "there"
    with opened(there) as store:
        question = store.add_question(QuestionDraft(text="Tell me about a conflict."), MADE_AT)
        store.add_attempt(question.id, a_sound(store.recordings, b"real"), MADE_AT, baseline=True)
    brought = bring(file, there)
    assert brought.ordinary == [2]
    with opened(there) as store:
        assert [attempt.id for attempt in store.baselines()] == [1]
    assert set(bring(file, there).added.values()) == {0}


def test_what_cannot_be_copied_leaves_everything_as_it_was(file, mine, monkeypatch):
    before = rows(mine), sounds(mine)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rehearse.storage.sound_files.secure", full)
    with pytest.raises(StorageFailed, match=r"could not be copied.*Nothing was changed"):
        bring(file, mine)
    assert (rows(mine), sounds(mine)) == before


@pytest.mark.parametrize("step", range(1, 14))
def test_stopped_at_any_step_nothing_is_left(file, mine, step):
    before = rows(mine), sounds(mine)

    def stop(done: int, total: int) -> None:
        if done == step:
            raise KeyboardInterrupt

    with DocumentFile.checked(file) as document, opened(mine) as store, pytest.raises(KeyboardInterrupt):
        take_in(store, document, sound_folder(file), TODAY, stop)
    assert (rows(mine), sounds(mine)) == before


def test_stopped_after_the_recordings_were_moved_they_are_gone_again(file, mine, monkeypatch):
    before = rows(mine), sounds(mine)
    move = Incoming.move

    def move_and_stop(self: Incoming) -> None:
        move(self)
        assert "answer-0.wav" in sounds(mine)
        raise KeyboardInterrupt

    monkeypatch.setattr(Incoming, "move", move_and_stop)
    with pytest.raises(KeyboardInterrupt):
        bring(file, mine)
    assert (rows(mine), sounds(mine)) == before


#: An import that is killed when so many steps are done, or once the recordings are moved and nothing is written yet.
KILLED = """
import os, signal, sys
from pathlib import Path
from homes import TODAY, opened
from rehearse.storage.document_file import DocumentFile
from rehearse.storage.exporting import sound_folder
from rehearse.storage.importing import take_in
from rehearse.storage.sound_files import Incoming

file, home, where = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
kill = lambda: os.kill(os.getpid(), signal.SIGKILL)
if where == "moved":
    move = Incoming.move
    Incoming.move = lambda self: (move(self), kill())
with DocumentFile.checked(file) as document, opened(home) as store:
    on_steps = lambda done, total: kill() if str(done) == where else None
    take_in(store, document, sound_folder(file), TODAY, on_steps)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("where", ["2", "5", "13", "moved"])
def test_killed_anywhere_the_library_is_as_it_was_and_the_next_import_tidies_up(file, mine, where):
    before = rows(mine)
    tests = str(Path(__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (tests, os.environ.get("PYTHONPATH"))))}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(file), str(mine), where], env=environment)
    assert killed.returncode == -signal.SIGKILL
    assert rows(mine) == before
    assert ("answer-0.wav" in sounds(mine)) == (where == "moved")
    shutil.rmtree(sound_folder(file))
    bring(file, mine)
    assert sounds(mine) == {"mine.wav": b"mine"}


def test_two_imports_at_once_are_one_after_the_other(file, mine):
    with (
        Incoming(mine / "recordings", frozenset),
        pytest.raises(StorageFailed, match="Another import"),
    ):
        bring(file, mine)
    assert bring(file, mine).sounds == 3


def test_where_the_disk_is_too_small_nothing_is_copied(file, mine, monkeypatch):
    usage = shutil.disk_usage(mine)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(StorageFailed, match=r"has 0 MB free\. Nothing was changed"):
        bring(file, mine)


def test_a_document_of_before_interviews_comes_in_as_it_did(filled, place):
    document = export(filled, place / "library.json", with_interviews=False)
    assert document["version"] == 1
    brought = bring(place / "library.json", place / "there")
    assert brought.added == ALL | {"interviews": 0, "next_interview": 0} and brought.same_numbers
    assert export(place / "there", place / "again.json", with_interviews=False) == document


def test_older_documents_may_lack_a_list(file, place):
    document = json.loads(without_sound(file).read_bytes())
    del document["calibrations"], document["preferences"]
    file.write_text(json.dumps(document))
    assert bring(file, place / "there").added == ALL | {"preferences": 0, "calibrations": 0}
