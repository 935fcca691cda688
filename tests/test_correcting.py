"""A person's word on single fillers, through the whole story: kept, counted at once, and still there after the next
hearing; and what their own fillers teach the check."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile
from aligning_engine import SHORT_ANSWER, UM, AligningEngine

from rehearse.audio.decoding import decode
from rehearse.audio.recording import open_recording, pcm_blocks, write_sound
from rehearse.correcting import correct, own_fillers, remeasure, weigh_again
from rehearse.errors import NotFound
from rehearse.hearing import Heard, Listener
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.corrections import Correction
from rehearse.measurement.fillers import Filler
from rehearse.measurement.held_sounds import Held, HeldSound
from rehearse.measurement.measures import measure
from rehearse.measurement.own_fillers import LEAST_CONFIRMED
from rehearse.practice import hear_attempt
from rehearse.question import QuestionDraft
from rehearse.settings import FillerSettings
from rehearse.storage.store import Store
from rehearse.transcription.transcript import EngineIdentity, Span, SpeechActivity, Transcript, Word

START = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
FILLERS = FillerSettings()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "recordings").mkdir()
    with Store.open(tmp_path / "rehearse.db", tmp_path / "recordings") as store:
        yield store


@pytest.fixture
def attempt(store: Store, tmp_path: Path) -> Attempt:
    question = store.add_question(QuestionDraft(text="Why this job?", points=("the river project",)), START)
    return store.add_attempt(question.id, decode(SHORT_ANSWER, tmp_path / "recordings" / "0.wav"), START)


def hear(attempt: Attempt, store: Store, engine: AligningEngine | None = None) -> Heard:
    ear = Listener(engine=engine or AligningEngine("we did it all again"), fillers=FILLERS)
    return hear_attempt(attempt, listener=ear, store=store, now=lambda: START)


def say(attempt: Attempt, filler: Filler, verdict, store: Store):
    return correct(attempt.id, filler, verdict, fillers=FILLERS, store=store, now=lambda: START)


def the_sound(heard: Heard) -> Filler:
    (found,) = (filler for filler in heard.measures.fillers or () if filler.source == "sound")
    return found


def test_a_rejected_sound_leaves_the_stored_numbers_at_once_and_comes_back_when_taken_back(store, attempt):
    heard = hear(attempt, store)
    before = heard.measures
    after = say(attempt, the_sound(heard), "rejected", store)
    assert store.attempt(attempt.id).measures == after
    assert after.filler_count == (before.filler_count or 0) - 1
    assert after.fillers_per_min is not None and after.fillers_per_min < (before.fillers_per_min or 0)
    assert [filler.confirmed for filler in after.fillers_left_out or ()] == [False]
    assert say(attempt, the_sound(heard), None, store) == before
    assert store.corrections(attempt.id) == ()


def test_the_sound_is_not_read_for_it_and_the_numbers_are_those_of_measuring_anew(store, attempt):
    heard = hear(attempt, store)
    assert attempt.recording is not None
    path, away = attempt.recording.path, attempt.recording.path.with_suffix(".away")
    path.rename(away)
    after = say(attempt, the_sound(heard), "confirmed", store)
    away.rename(path)
    assert remeasure(store.attempt(attempt.id), fillers=FILLERS, store=store) == after


def test_a_recording_at_another_rate_has_the_same_numbers_when_it_is_measured_again(store, attempt):
    assert attempt.recording is not None
    path = attempt.recording.path.with_name("48-khz.wav")
    write_sound(path, 48_000, pcm_blocks(attempt.recording, 48_000))
    spoken = store.add_attempt(attempt.question_id, open_recording(path), START)
    heard = hear(spoken, store)
    assert remeasure(spoken, fillers=FILLERS, store=store) == heard.measures


def test_numbers_of_an_older_version_are_measured_anew_with_the_correction(store, attempt):
    heard = hear(attempt, store)
    old = replace(heard.measures, fillers_left_out=None, answer_s=1.0)
    store.keep_measures(attempt.id, old)
    after = say(attempt, the_sound(heard), "rejected", store)
    assert after.answer_s == heard.measures.answer_s and after.fillers_left_out


def test_it_survives_another_engine_that_writes_the_um_or_does_not_hear_it(store, attempt):
    sound = the_sound(hear(attempt, store))
    say(attempt, sound, "confirmed", store)
    deaf = hear(attempt, store, AligningEngine("we did it", model="deaf", aligns=False)).measures
    assert [(filler.text, filler.confirmed) for filler in deaf.fillers or ()] == [(sound.text, True)]
    assert store.attempt(attempt.id).measures == deaf
    # Taken back, nothing is left of it: this engine has nothing there.
    assert say(attempt, (deaf.fillers or ())[0], None, store).fillers == ()


def test_a_rejected_one_stays_away_whoever_hears_the_answer_next(store, attempt):
    say(attempt, the_sound(hear(attempt, store)), "rejected", store)
    again = hear(attempt, store, AligningEngine("we did it once more", model="other")).measures
    assert again.filler_count == 0 and len(again.fillers_left_out or ()) == 1


def test_an_answer_without_words_is_heard_again_all_the_same(store, attempt):
    say(attempt, the_sound(hear(attempt, store)), "confirmed", store)
    assert hear(attempt, store, AligningEngine("", aligns=False)).measures.fillers is None


def test_where_only_numbers_are_left_nothing_can_be_corrected(store, attempt):
    sound = the_sound(hear(attempt, store))
    store.delete_attempt(attempt.id, keep_numbers=True)
    with pytest.raises(NotFound, match="was deleted"):
        say(attempt, sound, "rejected", store)


def test_numbers_that_do_not_hold_where_a_sound_came_from_are_not_drawn_from(store, attempt):
    heard = hear(attempt, store)
    elsewhere = replace(the_sound(heard), start_s=2.0, end_s=2.3)
    strange = replace(heard, measures=replace(heard.measures, fillers=(elsewhere,)))
    assert weigh_again(heard, FILLERS, (), ()) is not None
    assert weigh_again(strange, FILLERS, (), ()) is None


@pytest.mark.parametrize("verdict", ["confirmed", "rejected"])
def test_what_was_told_by_a_held_vowel_alone_is_drawn_from_the_sound_once_something_was_said_of_it(verdict):
    """Without an aligner's places it looks like one that only a person heard, and taking a word back would lose it."""
    words = tuple(Word(text=text, start_s=1 + 0.5 * n, end_s=1.4 + 0.5 * n) for n, text in enumerate(["so", "wir"]))
    engine = EngineIdentity(name="whisper", model="base", version="1")
    transcript = Transcript(language="de", words=words, engine=engine)
    speech = SpeechActivity(recording_s=9.0, spans=(Span(start_s=1.0, end_s=2.0), Span(start_s=5.0, end_s=8.0)))
    vowel = HeldSound(
        start_s=5.0, end_s=5.4, change_db=1.0, first_hz=600.0, second_hz=1500.0, high_db=-4.0, apart_db=20.0
    )
    held = Held(sounds=(vowel,), lengths_s=(0.1,) * 9)
    draw = partial(measure, speech=speech, transcript=transcript, level=None, held=held)
    (heard,) = draw().fillers or ()
    said = draw(corrections=(Correction.of(heard, verdict),))
    assert heard.source == "sound" and said.filler_count == (verdict == "confirmed")
    assert weigh_again(Heard(speech=speech, transcript=transcript, measures=said), FILLERS, (), ()) is None


def confirm(store: Store, attempt: Attempt, count: int, made_at: datetime = START) -> None:
    """So many confirmed fillers, all of them the one um of the recording, an attempt for each."""
    assert attempt.recording is not None
    um = Correction(start_s=UM["start_s"], end_s=UM["end_s"], text="um", kind="sound", verdict="confirmed")
    for number in range(count):
        path = attempt.recording.path.with_name(f"copy-{len(store.attempts())}.wav")
        path.write_bytes(attempt.recording.path.read_bytes())
        copy = store.add_attempt(attempt.question_id, replace(attempt.recording, path=path), START)
        store.keep_correction(copy.id, um, made_at + timedelta(seconds=number))


def test_ten_confirmed_ones_make_the_persons_own_and_a_deleted_sound_leaves_them(store, attempt):
    confirm(store, attempt, LEAST_CONFIRMED - 1)
    assert own_fillers(store) is None
    confirm(store, attempt, 1)
    assert own_fillers(store) is not None
    store.delete_attempt(store.attempts()[-1].id, keep_numbers=True)
    assert own_fillers(store) is None


def test_a_recording_that_is_gone_from_the_disk_is_passed_over(store, attempt):
    confirm(store, attempt, LEAST_CONFIRMED + 1)
    own = own_fillers(store)
    last = store.attempts()[-1]
    assert last.recording is not None
    last.recording.path.unlink()
    left = own_fillers(store)
    assert own is not None and left is not None and left.mean_db == pytest.approx(own.mean_db)


def test_a_microphone_at_another_rate_gives_nearly_the_same(store, attempt):
    confirm(store, attempt, LEAST_CONFIRMED)
    own = own_fillers(store)
    sound, rate = soundfile.read(SHORT_ANSWER)
    spectrum = np.pad(np.fft.rfft(sound), (0, len(sound)))
    fast = np.fft.irfft(spectrum, 3 * len(sound)) * 3
    for each in store.attempts():
        if each.recording and each.recording.path.name.startswith("copy"):
            soundfile.write(each.recording.path, fast, 3 * rate, subtype="PCM_16")
            assert open_recording(each.recording.path).sample_rate_hz == 48_000
    rates = store._tables  # the rate is a fact of the attempt, which nothing but a test changes
    with rates.writing():
        rates.write("UPDATE attempt SET sample_rate_hz = 48000 WHERE recording_file LIKE 'copy%'")
    other = own_fillers(store)
    assert own is not None and other is not None
    assert own.distance(other.mean_db) < 0.5


def test_their_own_fillers_are_known_to_the_next_hearing(store, attempt):
    um = the_sound(hear(attempt, store))
    confirm(store, attempt, LEAST_CONFIRMED)
    # All of them sound like this one: it stays, and is not confirmed by that.
    assert the_sound(hear(attempt, store)) == um


def test_hm_has_no_vowel_to_learn_from(store, attempt):
    hm = Correction(start_s=UM["start_s"], end_s=UM["end_s"], text="hm", kind="sound", verdict="confirmed")
    confirm(store, attempt, LEAST_CONFIRMED)
    for each in store.attempts()[1:]:
        store.keep_correction(each.id, hm, START)
    assert own_fillers(store) is None
