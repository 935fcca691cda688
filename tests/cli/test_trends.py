"""`trends`, as a person uses it, on attempts of several days."""

from datetime import UTC, datetime, timedelta

import pytest
from answers import DRAFT, answer

from rehearse.audio.recording import Recording
from rehearse.question import QuestionDraft
from rehearse.storage.store import Store
from rehearse.transcription.transcript import Span, SpeechActivity, Transcript, Word


@pytest.fixture
def practised_for_days(temporary_home):
    """Two questions: one answered on six days, shorter each time; one answered once."""
    began = datetime(2026, 11, 2, 9, tzinfo=UTC)
    with Store.open(temporary_home / "rehearse.db", temporary_home / "recordings") as store:
        first = store.add_question(QuestionDraft(text="Tell me about a conflict."), began)
        other = store.add_question(QuestionDraft(text="Why us?"), began)
        for day, measures in enumerate(
            [answer(200, engine=DRAFT), *map(answer, (180, 165, 150, 135, 120)), answer(40)]
        ):
            path = temporary_home / "recordings" / f"{day}.wav"
            recording = Recording(path=path, sample_rate_hz=16_000, recording_s=300.0)
            asked = other if day == 6 else first
            kept = store.add_attempt(asked.id, recording, began + timedelta(days=day))
            transcript = Transcript(
                language="en", words=(Word(text="Yes.", start_s=1.0, end_s=2.0),), engine=measures.engine
            )
            speech = SpeechActivity(recording_s=300.0, spans=(Span(start_s=1.0, end_s=2.0),))
            store.keep_heard(kept.id, transcript, speech, measures, began)


def test_one_question_in_full(rehearse, practised_for_days):
    shown = " ".join(rehearse("trends", "conflict").out.split())
    assert "Improving: about 15 s shorter each time (6 first attempts of a day)." in shown
    assert "Different recognisers heard them" in shown and "1 heard by another recogniser" in shown
    assert shown.count("●") == 7 and "inside" in shown


def test_all_questions_at_a_glance(rehearse, practised_for_days):
    shown = rehearse("trends").out
    assert "improving (6)" in shown and "too few to tell (1)" in shown and "under 1:00-2:00" in shown


def test_the_same_as_json(rehearse, practised_for_days):
    told = rehearse("trends", "1", "--json").json
    length = told["trends"]["answer_s"]
    assert (length["direction"], length["attempt_count"], length["nears_target"]) == ("falling", 6, True)
    assert length["up_and_down"] is False
    assert length["per_attempt"] == pytest.approx(-15, abs=1.5) and length["engines_differ"]
    assert told["trends"]["speech_rate_wpm"]["left_out_count"] == 1
    assert [point["answer_s"] for point in told["attempts"]] == [200, 180, 165, 150, 135, 120]
    assert [row["trend"]["direction"] for row in rehearse("trends", "--json").json] == ["falling", "too few"]


def test_without_answers_the_way_to_one_is_shown(rehearse):
    assert "No answer has been measured yet." in rehearse("trends").err
    rehearse("add", "Why?")
    assert "rehearse practice 1" in rehearse("trends", "1").err
    assert rehearse("trends", "--json").json == []
