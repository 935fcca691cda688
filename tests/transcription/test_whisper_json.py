"""A transcript brought along: every shape that Whisper's relatives write, and one sentence for everything else."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehearse.errors import TranscriptUnreadable
from rehearse.measurement.measures import measure
from rehearse.transcription.transcript import EngineIdentity, Transcript, Word
from rehearse.transcription.whisper_json import check_fits, read_whisper_json

TIMED = [
    {"word": " We", "start": 0.5, "end": 0.8, "probability": 0.9},
    {"word": " left.", "start": 0.8, "end": 1.2, "probability": 0.7},
]
WE_LEFT = (
    Word(text="We", start_s=0.5, end_s=0.8, probability=0.9),
    Word(text="left.", start_s=0.8, end_s=1.2, probability=0.7),
)


def read(folder: Path, content: Any, **options: str) -> Transcript:
    path = folder / "answer.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return read_whisper_json(path, **options)


def spans(transcript: Transcript) -> list[tuple[str, float, float]]:
    return [(word.text, round(word.start_s, 6), round(word.end_s, 6)) for word in transcript.words]


def segment(*words: dict[str, Any], start: float = 0.0, end: float = 10.0) -> dict[str, Any]:
    return {"segments": [{"start": start, "end": end, "words": list(words)}]}


def test_openai_whisper(tmp_path: Path) -> None:
    content = {
        "text": " We left.",
        "segments": [
            {"id": 0, "seek": 0, "start": 0.5, "end": 1.2, "text": " We left.", "tokens": [1], "words": TIMED}
        ],
        "language": "en",
    }
    assert read(tmp_path, content) == Transcript(
        language="en", words=WE_LEFT, engine=EngineIdentity(name="given", model="", version="")
    )


def test_faster_whisper_with_its_information(tmp_path: Path) -> None:
    content = {"segments": [{"start": 0.5, "words": TIMED}], "info": {"language": "de", "duration": 2.0}}
    transcript = read(tmp_path, content)
    assert (transcript.words, transcript.language) == (WE_LEFT, "de")


@pytest.mark.parametrize(
    "content",
    [
        [{"start": 0.5, "end": 1.2, "text": "We left.", "words": TIMED}],
        TIMED,
        {"words": TIMED},
        {"text": "We left.", "language": "english", "words": TIMED, "segments": [{"text": "We left."}]},
        {"word_segments": TIMED},
    ],
    ids=["a list of segments", "a list of words", "words at the top", "the API", "word segments"],
)
def test_other_shapes(tmp_path: Path, content: Any) -> None:
    assert read(tmp_path, content).words == WE_LEFT


@pytest.mark.parametrize("key", ["probability", "prob", "score", "confidence"])
def test_the_probability_has_several_names(tmp_path: Path, key: str) -> None:
    word = {"word": "We", "start": 0, "end": 1, key: 0.25}
    assert read(tmp_path, segment(word)).words[0].probability == 0.25


@pytest.mark.parametrize("value", [None, "high", 1.5, -1, True, float("nan")])
def test_a_probability_that_is_none_is_left_out(tmp_path: Path, value: Any) -> None:
    word = {"word": "We", "start": 0, "end": 1, "probability": value}
    assert read(tmp_path, segment(word)).words[0].probability is None


@pytest.mark.parametrize(
    ("named", "language"),
    [("en", "en"), ("EN-us", "en"), ("German", "de"), ("klingon", "fr"), ("", "fr"), (None, "fr"), (3, "fr")],
)
def test_the_language_is_the_files_own_or_the_one_given(tmp_path: Path, named: Any, language: str) -> None:
    assert read(tmp_path, {"words": TIMED, "language": named}, language="fr").language == language


def test_the_model_is_kept_where_the_file_names_it(tmp_path: Path) -> None:
    assert read(tmp_path, {"words": TIMED, "model": "small.en"}).engine.model == "small.en"
    assert read(tmp_path, {"words": TIMED, "model": {}}).engine.model == ""


def test_words_without_times_share_the_time_between_their_neighbours(tmp_path: Path) -> None:
    content = segment(
        {"word": "In", "start": 1.0, "end": 1.5},
        {"word": "2019"},
        {"word": "45", "start": None, "end": "?"},
        {"word": "people", "start": 2.5, "end": 3.0},
    )
    assert spans(read(tmp_path, content))[1:3] == [("2019", 1.5, 2.0), ("45", 2.0, 2.5)]


def test_words_without_times_stay_inside_their_segment(tmp_path: Path) -> None:
    content = {
        "segments": [
            {"start": 0.0, "end": 2.0, "words": [{"word": "We", "start": 0.0, "end": 1.0}, {"word": "won"}]},
            {"start": 5.0, "end": 9.0, "words": [{"word": "5"}, {"word": "times", "start": 6.0, "end": 7.0}]},
            {"start": 8.0, "end": 9.0, "text": "of course"},
        ]
    }
    assert spans(read(tmp_path, content)) == [
        ("We", 0.0, 1.0),
        ("won", 1.0, 2.0),
        ("5", 5.0, 6.0),
        ("times", 6.0, 7.0),
        ("of", 8.0, 8.5),
        ("course", 8.5, 9.0),
    ]


def test_words_without_times_and_without_anything_after_them_end_where_they_begin(tmp_path: Path) -> None:
    assert spans(read(tmp_path, [*TIMED, {"word": " then"}]))[-1] == ("then", 1.2, 1.2)


def test_a_word_that_continues_the_one_before_is_joined_to_it(tmp_path: Path) -> None:
    pieces = [(" a", 0, 1), (" well", 1, 2), ("-known", 2, 3), (" 80", 3, 4), ("%", 4, 5), (" team", 5, 6)]
    content = segment(*({"word": text, "start": start, "end": end} for text, start, end in pieces))
    assert spans(read(tmp_path, content)) == [("a", 0, 1), ("well-known", 1, 3), ("80%", 3, 5), ("team", 5, 6)]


def test_words_are_not_joined_in_a_file_that_writes_no_spaces(tmp_path: Path) -> None:
    words = [{"word": text, "start": place, "end": place + 1} for place, text in enumerate(["We", "left", "today"])]
    assert read(tmp_path, segment(*words)).text == "We left today"


def test_small_overlaps_are_straightened(tmp_path: Path) -> None:
    content = segment({"word": " We", "start": 1.0, "end": 1.6}, {"word": " left", "start": 0.9, "end": 0.95})
    assert spans(read(tmp_path, content)) == [("We", 1.0, 1.6), ("left", 1.0, 1.0)]


def test_empty_words_and_segments_are_passed_over(tmp_path: Path) -> None:
    content = {"segments": [{"words": []}, {"words": [*TIMED, {"word": " ", "start": 2, "end": 3}]}, {"text": ""}]}
    assert read(tmp_path, content).words == WE_LEFT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_any_unicode_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"words": TIMED}, ensure_ascii=False), encoding=encoding)
    assert read_whisper_json(path).words == WE_LEFT


def test_text_that_cannot_be_written_is_made_writable(tmp_path: Path) -> None:
    assert read(tmp_path, r'[{"word": "caf\ud800", "start": 0, "end": 1}]').text.encode() == b"caf?"


def times(start: object, end: object) -> str:
    return f'{{"segments": [{{"words": [{{"word": "We", "start": {start}, "end": {end}}}]}}]}}'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "not JSON"),
        ("We left.", "not JSON"),
        ('{"segments": [', "not JSON"),
        ("[" * 200_000, "not JSON"),
        ("1" * 10_000, "not JSON"),
        ("{}", "no segments"),
        ("null", "no segments"),
        ("3", "no segments"),
        ('"text"', "no segments"),
        ('{"segments": {}}', "no segments"),
        ('{"segments": []}', "no words"),
        ("[]", "no words"),
        ('{"text": "", "segments": [{"text": ""}]}', "no words"),
        ('{"segments": [{"text": " We left.", "start": 0, "end": 2}]}', "made without word times"),
        ('{"segments": [{"words": [{"word": "We"}]}]}', "made without word times"),
        ('{"segments": ["We left."]}', "Segment 1"),
        ('{"segments": [{"words": {"word": "We"}}]}', "not a list"),
        ('{"segments": [{"words": ["We"]}]}', "without its text"),
        ('{"segments": [{"words": [{"word": 3, "start": 0, "end": 1}]}]}', "without its text"),
        (times("NaN", 1), "as a time"),
        (times(0, "Infinity"), "as a time"),
        (times(-0.5, 1), "as a time"),
        (times(1000, 86_401), "as a time"),
        (times(0, "1" + "0" * 400), "as a time"),
        (times(2, 1), "backwards at word 1"),
        (json.dumps([*TIMED, *TIMED, {"word": "x", "start": 9, "end": 9}, *TIMED]), "backwards at word 6"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(TranscriptUnreadable, match=sentence) as caught:
        read(tmp_path, content)
    assert "answer.json" in caught.value.message
    assert caught.value.hint


def test_a_file_without_word_times_says_how_to_make_one_with_them(tmp_path: Path) -> None:
    with pytest.raises(TranscriptUnreadable) as caught:
        read(tmp_path, {"segments": [{"text": "We left."}]})
    assert "--word_timestamps True" in caught.value.hint


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(TranscriptUnreadable, match="no file"):
        read_whisper_json(tmp_path / "nowhere.json")
    with pytest.raises(TranscriptUnreadable, match="a folder"):
        read_whisper_json(tmp_path)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(TranscriptUnreadable, match="far larger"):
        read_whisper_json(path)


def test_a_transcript_of_another_recording_is_noticed(tmp_path: Path) -> None:
    transcript = read(tmp_path, {"words": [*TIMED, {"word": " then", "start": 61.5, "end": 62.0}]})
    check_fits(transcript, 62.0)
    check_fits(transcript, 60.6)
    with pytest.raises(TranscriptUnreadable, match="goes on until 62 s, but the recording ends at 60 s"):
        check_fits(transcript, 60.4)


KEYS = st.sampled_from(["segments", "words", "word", "text", "start", "end", "score", "language", "info", "model", "x"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10) | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)
WORDS = st.fixed_dictionaries(
    {"word": st.text(max_size=4) | VALUES},
    optional={"start": st.floats(0, 9) | VALUES, "end": st.floats(0, 9) | VALUES, "prob": VALUES},
)
SEGMENTS = st.fixed_dictionaries(
    {}, optional={"words": st.lists(WORDS) | VALUES, "text": st.text() | VALUES, "start": VALUES}
)
NEARLY = st.fixed_dictionaries({"segments": st.lists(SEGMENTS)}, optional={"language": VALUES, "words": VALUES})


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VALUES | NEARLY | st.lists(WORDS))
def test_whatever_the_json_there_is_a_transcript_or_a_sentence(tmp_path: Path, content: Any) -> None:
    try:
        transcript = read(tmp_path, content)
    except TranscriptUnreadable:
        return
    starts = [word.start_s for word in transcript.words]
    assert starts == sorted(starts)
    assert all(0 <= word.start_s <= word.end_s and word.text.strip() for word in transcript.words)
    assert transcript.text.encode()


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_whatever_the_bytes_there_is_a_transcript_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bytes.json"
    path.write_bytes(content)
    with pytest.raises(TranscriptUnreadable):
        read_whisper_json(path)


def test_a_transcript_alone_can_be_measured(tmp_path: Path) -> None:
    measures = measure(speech=None, transcript=read(tmp_path, {"words": TIMED}), level=None)
    assert (measures.word_count, measures.answer_s) == (2, pytest.approx(0.7))
