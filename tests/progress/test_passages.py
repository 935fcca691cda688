from dataclasses import replace

import pytest

from rehearse.progress.passages import PASSAGE_S, same_passage
from rehearse.transcription.transcript import EngineIdentity, Transcript, Word

TAIL = "We kept every angry customer after that meeting because the report showed what the delay had cost."


def heard(answer, text, *, language="en", latency_s=1.0, word_s=0.5):
    words = tuple(
        Word(text=word, start_s=latency_s + n * word_s, end_s=latency_s + n * word_s + 0.8 * word_s)
        for n, word in enumerate(text.split())
    )
    engine = EngineIdentity(name="whisper", model="m", version="1")
    measures = replace(answer(len(words) * word_s), response_latency_s=latency_s)
    return latency_s + len(words) * word_s + 1, measures, Transcript(language=language, words=words, engine=engine)


def said_in(heard_answer, span):
    return " ".join(w.text for w in heard_answer[2].words if span.start_s <= w.start_s < span.end_s)


def test_the_passage_is_where_both_say_the_same_though_at_different_times(answer):
    rambling = "I used to live near a harbour with many boats. It was a quiet town. My brother sold fish there. " * 2
    first = heard(answer, rambling + TAIL)
    second = heard(answer, "Let me think. " + TAIL + " That taught me to bring numbers early.", word_s=0.6)
    passage = same_passage(first, second)
    assert passage.shared_words >= 5
    assert "angry customer" in said_in(first, passage.first) and "angry customer" in said_in(second, passage.second)
    assert said_in(first, passage.first) == TAIL, "nothing else is in the way"


def test_a_passage_holds_whole_sentences_of_ten_to_twenty_seconds(answer):
    text = "We kept the client and the budget. " * 3 + TAIL
    passage = same_passage(heard(answer, text), heard(answer, text))
    assert passage.first == passage.second
    assert 10.0 <= passage.first.duration_s <= 20.5


def test_it_is_the_same_whichever_comes_first(answer):
    first, second = heard(answer, "Yes. " + TAIL), heard(answer, TAIL + " No.")
    one, other = same_passage(first, second), same_passage(second, first)
    assert (one.first, one.second, one.shared_words) == (other.second, other.first, other.shared_words)


@pytest.mark.parametrize("other", ["Nothing of the kind was ever mentioned by anybody else over lunch.", "Yes."])
def test_without_enough_words_in_common_both_begin_at_their_beginning(answer, other):
    passage = same_passage(heard(answer, TAIL * 3), heard(answer, other, latency_s=3.0))
    assert passage.shared_words == 0
    assert passage.first.start_s == pytest.approx(0.85) and passage.second.start_s == pytest.approx(2.85)
    assert passage.first.duration_s == PASSAGE_S


def test_another_language_has_no_words_in_common(answer):
    assert same_passage(heard(answer, TAIL), heard(answer, TAIL, language="de")).shared_words == 0


def test_a_recording_that_was_not_heard_is_played_from_its_beginning(answer):
    passage = same_passage((8.0, None, None), heard(answer, TAIL))
    assert (passage.first.start_s, passage.first.end_s) == (0.0, 8.0)
