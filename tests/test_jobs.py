"""Many attempts heard again, in real processes, by engines that do what they are told."""

import multiprocessing
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile
from engines_by_script import ScriptedEngine

from rehearse.audio.decoding import decode
from rehearse.audio.recording import open_recording
from rehearse.hearing import Listener, hear
from rehearse.jobs import hear_attempts
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.corrections import Correction
from rehearse.question import QuestionDraft
from rehearse.settings import FillerSettings
from rehearse.storage.store import Store
from rehearse.transcription.transcript import Transcript

SHORT_ANSWER = Path(__file__).parent / "fixtures" / "short-answer.flac"
START = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
OLD, NEW = "so I said what I had seen", "quite another answer"


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    (tmp_path / "home" / "recordings").mkdir(parents=True)
    return tmp_path / "home" / "recordings"


@pytest.fixture
def store(recordings: Path) -> Iterator[Store]:
    with Store.open(recordings.parent / "rehearse.db", recordings) as store:
        yield store


@pytest.fixture
def kept(store: Store, recordings: Path) -> Callable[..., tuple[Attempt, ...]]:
    """kept("a", "b"): attempts whose recordings are called so, heard before as OLD."""
    question = store.add_question(QuestionDraft(text="Why this job?"), START)

    def keep(*names: str) -> tuple[Attempt, ...]:
        first = decode(SHORT_ANSWER, recordings.parent / "first.wav", end_s=5.0)
        heard = hear(first, Listener(engine=ScriptedEngine(OLD), fillers=FillerSettings()))
        assert heard.transcript is not None
        for number, name in enumerate(names):
            recorded = open_recording(shutil.copy(first.path, recordings / f"{name}.wav"))
            attempt = store.add_attempt(question.id, recorded, START + timedelta(hours=number))
            store.keep_heard(attempt.id, heard.transcript, heard.speech, heard.measures, START)
        return store.attempts()

    return keep


def heard_again(
    attempts: tuple[Attempt, ...], store: Store, jobs: int = 1, on_share: Callable[[Attempt, float], None] | None = None
) -> dict[int, str]:
    """Hears them as NEW; by the number of the attempt what went wrong, '' for nothing."""
    generator = hear_attempts(
        attempts,
        engines=[ScriptedEngine(NEW) for _ in range(jobs)],
        fillers=FillerSettings(),
        store=store,
        now=lambda: START,
        on_share=on_share or (lambda attempt, share: None),
    )
    with closing(generator) as done:
        return {attempt.id: fault.message if fault else "" for attempt, fault in done}


def text(store: Store, attempt_id: int) -> str:
    transcript = store.transcript(attempt_id)
    measures = store.attempt(attempt_id).measures
    assert transcript is not None and measures is not None
    # Words and numbers are those of one hearing, never half of each.
    assert measures.engine == transcript.engine and measures.word_count == len(transcript.words)
    return transcript.text


def transcripts(store: Store) -> list[Transcript | None]:
    return [store.transcript(attempt.id) for attempt in store.attempts()]


def test_the_words_are_the_same_however_many_are_heard_at_once(
    kept: Callable[..., tuple[Attempt, ...]], store: Store
) -> None:
    attempts = kept("a", "b", "c")
    assert heard_again(attempts, store) == {1: "", 2: "", 3: ""}
    one_by_one = transcripts(store)
    assert one_by_one[0] is not None and one_by_one[0].text == NEW
    assert sorted(heard_again(attempts, store, jobs=2)) == [1, 2, 3]
    assert transcripts(store) == one_by_one


def test_the_points_of_the_question_are_looked_for_there_too(
    kept: Callable[..., tuple[Attempt, ...]], store: Store
) -> None:
    attempts = kept("a")
    question = store.question(attempts[0].question_id)
    store.change_question(replace(question, points=("my thesis",)))
    heard_again(attempts, store)
    measures = store.attempt(attempts[0].id).measures
    assert measures is not None
    assert [point.said for point in measures.key_points or ()] == [False]


def test_what_goes_wrong_with_one_attempt_does_not_stop_the_others(
    kept: Callable[..., tuple[Attempt, ...]], store: Store
) -> None:
    attempts = kept("fails", "dies", "b")
    faults = heard_again(attempts, store)
    assert faults[1] == "It cannot." and "stopped before it was done" in faults[2] and faults[3] == ""
    assert [text(store, number) for number in (1, 2, 3)] == [OLD, OLD, NEW]


def test_an_attempt_without_a_voice_is_named_and_known_to_have_been_listened_to(
    store: Store, kept: Callable[..., tuple[Attempt, ...]], recordings: Path
) -> None:
    kept()
    noise = np.random.default_rng(1).normal(0, 0.003, 48_000)
    soundfile.write(recordings / "noise.wav", noise, 16_000, subtype="PCM_16")
    attempt = store.add_attempt(1, open_recording(recordings / "noise.wav"), START)
    assert store.unheard() == (attempt.id,)
    assert "No speech" in heard_again(store.attempts(), store)[attempt.id]
    assert store.unheard() == ()


def test_what_is_stopped_half_way_keeps_what_is_done_and_leaves_the_rest_as_it_was(
    kept: Callable[..., tuple[Attempt, ...]], store: Store
) -> None:
    attempts = kept("a", "endless", "c")

    def stop(attempt: Attempt, share: float) -> None:
        if attempt.id == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        heard_again(attempts, store, on_share=stop)
    assert [text(store, number) for number in (1, 2, 3)] == [NEW, OLD, OLD]
    assert multiprocessing.active_children() == []


def test_ctrl_c_while_a_process_is_started_leaves_none_behind(
    kept: Callable[..., tuple[Attempt, ...]], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def pressed() -> Iterator[None]:
        yield
        raise KeyboardInterrupt

    attempts = kept("a")
    monkeypatch.setattr("rehearse.jobs.deaf_to_interrupts", pressed)
    # The error is held, and all that was in hand with it, as it is until the program has ended.
    with pytest.raises(KeyboardInterrupt) as held:
        heard_again(attempts, store)
    for process in multiprocessing.active_children():
        process.join(60)
    assert multiprocessing.active_children() == [], held


def test_no_process_is_left_behind_while_one_is_still_hearing(
    kept: Callable[..., tuple[Attempt, ...]], store: Store
) -> None:
    attempts = kept("a", "endless")
    generator = hear_attempts(
        attempts,
        engines=[ScriptedEngine(NEW), ScriptedEngine(NEW)],
        fillers=FillerSettings(),
        store=store,
        now=lambda: START,
        on_share=lambda attempt, share: None,
    )
    attempt, fault = next(generator)
    assert (attempt.id, fault) == (1, None) and len(multiprocessing.active_children()) == 2
    generator.close()
    assert multiprocessing.active_children() == []
    assert [text(store, number) for number in (1, 2)] == [NEW, OLD]


def test_an_attempt_whose_sound_was_deleted_meanwhile_is_named(
    kept: Callable[..., tuple[Attempt, ...]], store: Store
) -> None:
    attempts = kept("a", "b")

    def delete(attempt: Attempt, share: float) -> None:
        if share == 1.0 and len(store.attempts()) == 2:
            store.delete_attempt(1, keep_numbers=True)
            store.delete_attempt(2, keep_numbers=False)

    faults = heard_again(attempts, store, on_share=delete)
    # Found when it is kept, or already when its sound is looked at once more.
    assert any(told in faults[1] for told in ("has been deleted", "is not there any more")) and faults[2]
    assert [attempt.id for attempt in store.attempts()] == [1]


def test_how_far_each_is_is_told_from_its_beginning_to_its_end(
    kept: Callable[..., tuple[Attempt, ...]], store: Store
) -> None:
    told: list[tuple[int, float]] = []
    heard_again(kept("a", "b"), store, on_share=lambda attempt, share: told.append((attempt.id, share)))
    assert told[0] == (1, 0.0) and told[-1] == (2, 1.0)
    assert told == sorted(told)


def test_nothing_to_hear_starts_nothing(store: Store) -> None:
    assert heard_again((), store, jobs=2) == {}
    assert multiprocessing.active_children() == []


def test_what_a_person_said_of_a_filler_still_counts_after_it(kept, store):
    (attempt,) = kept("a")
    said = Correction(start_s=1.0, end_s=1.3, text="um", kind="sound", verdict="confirmed")
    store.keep_correction(attempt.id, said, START)
    assert heard_again((attempt,), store) == {attempt.id: ""}
    measures = store.attempt(attempt.id).measures
    assert measures is not None
    assert [(filler.text, filler.confirmed) for filler in measures.fillers or ()] == [("um", True)]
