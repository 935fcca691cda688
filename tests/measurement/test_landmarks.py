import pytest

from rehearse.measurement.fillers import Filler
from rehearse.measurement.landmarks import landmarks
from rehearse.measurement.pauses import Pause
from rehearse.transcription.transcript import EngineIdentity, Span, Transcript, Word


def transcript(text: str) -> Transcript:
    words = tuple(Word(text=word, start_s=1.0 + n, end_s=1.5 + n) for n, word in enumerate(text.split()))
    return Transcript(language="en", words=words, engine=EngineIdentity(name="whisper", model="m", version="1"))


def test_of_a_recording_that_was_not_measured_only_its_length_is_known():
    marks = landmarks(12.5, None, None)
    assert (marks.length_s, marks.speech, marks.fillers, marks.sentences) == (12.5, None, None, ())


def test_speech_is_what_lies_between_the_pauses(answer):
    pauses = (Pause(start_s=3.0, end_s=3.5), Pause(start_s=6.0, end_s=8.5))
    marks = landmarks(14.0, answer(9.0, pauses=pauses), transcript("One two. Three"))
    assert marks.speech == (
        Span(start_s=1.0, end_s=3.0),
        Span(start_s=3.5, end_s=6.0),
        Span(start_s=8.5, end_s=10.0),
    )
    assert marks.long_pauses == pauses[1:]


def test_sentences_begin_after_the_marks_that_end_them(answer):
    marks = landmarks(14.0, answer(9.0), transcript("One two. Three four? Five six."))
    assert marks.sentences == (1.0, 3.0, 5.0)


def test_without_punctuation_sentences_begin_after_pauses(answer):
    pauses = (Pause(start_s=2.5, end_s=3.0), Pause(start_s=4.6, end_s=4.9))
    marks = landmarks(14.0, answer(9.0, pauses=pauses), transcript("one two three four five"))
    assert marks.sentences == (1.0, 3.0)


def test_without_words_they_begin_where_somebody_begins_to_speak(answer):
    marks = landmarks(14.0, answer(9.0, pauses=(Pause(start_s=3.0, end_s=3.5),)), None)
    assert marks.sentences == (1.0, 3.5)


def test_fillers_and_landing_are_those_of_the_measures(answer):
    um = Filler(text="um", start_s=2.0, end_s=2.4, kind="sound")
    marks = landmarks(14.0, answer(9.0, fillers=(um,)), None)
    assert marks.fillers == (um,) and marks.landing_s is None
    assert marks.length_s == pytest.approx(14.0)
