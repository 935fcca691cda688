"""What is not to be trusted is said, kept and said again: words in circles, and speech without words."""

import pytest

WORD_NUMBERS = str.split(
    "word_count speech_rate_wpm articulation_rate_wpm mean_length_of_run_words filler_count filled_pause_count "
    "discourse_marker_count fillers_per_min fillers_per_100_words fillers repetitions"
)


@pytest.fixture
def with_model(temporary_home, scripted_whisper, monkeypatch):
    """with_model("words", ...): from now on a Whisper model listens that writes these words for any sound."""
    temporary_home.parent.joinpath("settings.toml").write_text('[transcription]\nprompt = "none"\n')

    def choose(*words):
        monkeypatch.setenv("REHEARSE_MODEL", str(scripted_whisper(*words)))

    return choose


def test_words_in_circles_are_marked_and_stay_marked(rehearse, short_answer, with_model):
    with_model(*("la" * length for length in range(20, 36)))
    rehearse("add", "Why?")
    shown = rehearse("practice", "1", "--from", short_answer)
    told = "went round in circles; the words there may be wrong."
    assert shown.code == 0 and told in " ".join(shown.out.split())
    assert told in " ".join(rehearse("show").out.split())
    kept = rehearse("show", "--json").json
    assert {doubt["why"] for doubt in kept["transcript"]["doubts"]} == {"in circles"}
    measured = rehearse("measure", short_answer, "--json").json
    assert measured["transcript"]["doubts"] == kept["transcript"]["doubts"]
    assert told in " ".join(rehearse("measure", short_answer).out.split())


def test_an_answer_without_words_is_judged_by_its_length_alone(rehearse, short_answer, with_model):
    with_model("So", "I", "said", "what", "I", "had", "seen.")
    rehearse("add", "Why?", "--target", "10-20")
    rehearse("practice", "1", "--from", short_answer)
    with_model()
    shown = rehearse("practice", "1", "--from", short_answer)
    assert shown.code == 0
    assert "no words could be made out: only the sound was measured" in " ".join(shown.out.split())
    assert " 0 wpm" not in shown.out and " 0 words" not in shown.out and "not counted" in shown.out
    for command in (("show",), ("attempts",), ()):
        assert rehearse(*command).code == 0
    kept = rehearse("show", "--json").json
    assert {key: kept[key] for key in WORD_NUMBERS} == dict.fromkeys(WORD_NUMBERS)
    (doubt,) = kept["transcript"]["doubts"]
    assert doubt["why"] == "no words"
    assert doubt["start_s"] == pytest.approx(kept["response_latency_s"], abs=0.002)
    assert kept["comparison"]["change_s"] == 0 and kept["comparison"]["why"] is None
    assert kept["verdict"]["long_winded"] == "no" and kept["verdict"]["keep"] == ["The length: it fits your aim."]
    assert "there is no more to say" in kept["verdict"]["next"]
