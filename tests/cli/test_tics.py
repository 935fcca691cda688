"""`tics`, as a person uses it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from answers import WHISPER, answer

from rehearse.audio.recording import Recording
from rehearse.question import QuestionDraft
from rehearse.storage.store import Store
from rehearse.transcription.transcript import Span, SpeechActivity, Transcript, Word

SAID = (
    "we honestly had a boat with a red roof",
    "honestly the garden was full of snow honestly",
    "they honestly painted every door before lunch",
    "my brother honestly cooked for forty guests honestly",
)


@pytest.fixture
def with_a_habit(temporary_home: Path) -> Path:
    """A library of four attempts at two questions, in each of which somebody says 'honestly'."""
    with Store.open(temporary_home / "rehearse.db", temporary_home / "recordings") as store:
        began = datetime(2026, 11, 2, 9, tzinfo=UTC)
        asked = [store.add_question(QuestionDraft(text=text), began) for text in ("Why us?", "What went wrong?")]
        for number, text in enumerate(SAID):
            path = temporary_home / "recordings" / f"{number}.wav"
            recording = Recording(path=path, sample_rate_hz=16_000, recording_s=10.0)
            kept = store.add_attempt(asked[number % 2].id, recording, began + timedelta(hours=number))
            words = tuple(Word(text=w, start_s=n * 0.4, end_s=n * 0.4 + 0.4) for n, w in enumerate(text.split()))
            speech = SpeechActivity(recording_s=10.0, spans=(Span(start_s=0.0, end_s=9.0),))
            transcript = Transcript(language="en", words=words, engine=WHISPER)
            store.keep_heard(kept.id, transcript, speech, answer(9.0), began)
    return temporary_home


def test_a_habit_is_named_with_its_evidence_and_the_line_to_write(rehearse, with_a_habit):
    ran = rehearse("tics")
    assert ran.code == 0
    assert "honestly" in ran.out and "in 4 of 4 attempts, 6 times" in ran.out and "the usual" in ran.out
    assert 'also = ["honestly"]' in ran.err and "settings.toml" in ran.err


def test_the_same_as_json(rehearse, with_a_habit):
    shown = rehearse("tics", "--json").json
    assert (shown["language"], shown["attempts"], shown["reason"]) == ("en", 4, None)
    (tic,) = shown["tics"]
    assert (tic["text"], tic["count"], tic["attempt_count"]) == ("honestly", 6, 4) and tic["times_usual"] > 8


def test_a_word_taken_in_is_not_proposed_again(rehearse, with_a_habit):
    (with_a_habit.parent / "settings.toml").write_text('[fillers]\nalso = ["honestly"]\n')
    ran = rehearse("tics")
    assert ran.code == 0 and ran.out == "" and "Nothing stands out" in ran.err


def test_with_too_few_attempts_it_says_so(rehearse):
    ran = rehearse("tics", "--json")
    assert ran.code == 0 and ran.json["tics"] == [] and "Too little to tell yet: 0 attempts" in ran.json["reason"]


def test_another_language_is_said_not_to_be_known(rehearse, with_a_habit):
    ran = rehearse("tics", "--language", "de")
    assert ran.code == 0 and "English only" in ran.err
