"""Files that are no document of ours, or were one: refused with where it is wrong, and nothing is changed."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from any_library import fill
from homes import blank_homes, bring, export, opened, rows, sounds
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rehearse.errors import RehearseError, StorageFailed, StoreTooNew
from rehearse.storage import json_pieces
from rehearse.storage.document_file import DocumentFile

ANY = settings(suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate))


@pytest.fixture
def file(filled, place) -> Path:
    export(filled, place / "library.json")
    return place / "library.json"


@pytest.fixture
def document(file) -> Any:
    return json.loads(file.read_bytes())


def refused(file: Path) -> RehearseError:
    with pytest.raises(StorageFailed) as error, DocumentFile.checked(file):
        pass
    assert error.value.hint and str(file) in error.value.message
    return error.value


def rewritten(file: Path, document: Any) -> Path:
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def changed(document: Any, path: str, value: Any) -> Any:
    """changed(document, "attempts.0.baseline", 3)"""
    inner: Any = document
    *steps, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
    for step in steps:
        inner = inner[step]
    inner[last] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "where", "what"),
    [
        ("questions.0.text", 7, "questions[0].text", "7 is not text"),
        ("questions.0.text", " \t", "questions[0].text", "not text with a word"),
        ("questions.1.target_low_s", 99, "questions[1].target_low_s", "not below"),
        ("questions.1.target_low_s", None, "questions[1].target_low_s", "one end is missing"),
        ("questions.0.points", ["a", None], "questions[0].points[1]", "null is not text"),
        ("questions.0.created_at", "2026-11-03T18:30:15", "questions[0].created_at", "not a time"),
        ("questions.0.created_at", "9999-12-31T23:59:59+00:00", "questions[0].created_at", "not a time"),
        ("questions.1.id", 1, "questions[1].id", "the number of another one too"),
        ("questions.0.id", True, "questions[0].id", "not a whole number"),
        ("questions.0.id", 2**63, "questions[0].id", "not a whole number"),
        ("questions.0", [1], "questions[0]", "is not a set of names"),
        ("attempts.0.question_id", 9, "attempts[0].question_id", "there is no question 9"),
        ("attempts.1.baseline", True, "attempts[1].baseline", "question 1 has two"),
        ("attempts.0.recording_s", -1.0, "attempts[0].recording_s", "not a length in seconds"),
        ("attempts.0.recording_s", 1e300, "attempts[0].recording_s", "not a number"),
        ("attempts.0.recording_s", 10**400, "attempts[0].recording_s", "not a number"),
        ("attempts.0.measures.answer_s", 10**400, "attempts[0].measures", "cannot be meant here"),
        ("attempts.0.sample_rate_hz", 16000.0, "attempts[0].sample_rate_hz", "not a whole number"),
        ("attempts.0.sound.file", "../../x.wav", "attempts[0].sound.file", "no name of a recording"),
        ("attempts.0.sound.file", "x.part.wav", "attempts[0].sound.file", "no name of a recording"),
        ("attempts.0.sound.sha256", "abc", "attempts[0].sound.sha256", "no SHA-256"),
        ("attempts.0.sound.bytes", None, "attempts[0].sound", "belong together"),
        ("attempts.0.transcript.words.2.start_s", "1.1", "attempts[0].transcript.words[2].start_s", "not a number"),
        ("attempts.0.transcript.words.1", ["So"], "attempts[0].transcript.words[1]", "is not a set of names"),
        ("attempts.0.transcript.engine_name", "magic", "attempts[0].transcript.engine_name", "one of whisper"),
        ("attempts.0.transcript.engine_options", {"a": []}, "attempts[0].transcript.engine_options.a", "not text"),
        ("attempts.0.transcript.doubts", None, "attempts[0].transcript.doubts", "null is not a list"),
        ("attempts.0.speech.spans.0.end_s", None, "attempts[0].speech.spans[0].end_s", "not a number"),
        ("attempts.0.measures.answer_s", "long", "attempts[0].measures", "cannot be meant here"),
        ("attempts.0.measures.measures_version", 10**30, "attempts[0].measures", "not a whole number"),
        ("attempts.0.corrections.0.verdict", "maybe", "attempts[0].corrections[0].verdict", "one of confirmed"),
        ("attempts.0.corrections", {}, "attempts[0].corrections", "not a list"),
        ("attempts.0.mood", "good", "attempts[0]", '"mood" is not known here'),
        ("preferences.0.preferred_id", 3, "preferences[0].preferred_id", "none of the two"),
        ("preferences.0.other_id", 1, "preferences[0].other_id", "the same attempt"),
        ("calibrations.0.record", {}, "calibrations[0].record", "cannot be meant here"),
        ("numbers_given.attempt", -1, "numbers_given", "not a whole number"),
        ("made_at", "today", "made_at", "not a time"),
        ("version", 0, "version", "not a whole number"),
        ("interviews.0.company", None, "interviews[0].company", "null is not text"),
        ("interviews.0.held_on", "2026-02-30", "interviews[0].held_on", "not a day"),
        ("interviews.0.held_on", "9999-12-31", "interviews[0].held_on", "not a day"),
        ("interviews.0.held_on", 20261102, "interviews[0].held_on", "20261102 is not a day"),
        ("interviews.0.sent_on", "soon", "interviews[0].sent_on", "not a day"),
        ("interviews.0.started_at", None, "interviews[0].started_at", "null is not a time"),
        ("interviews.0.went_well.1", 7, "interviews[0].went_well[1]", "7 is not text"),
        ("interviews.0.acknowledgement", -1, "interviews[0].acknowledgement", "not a whole number"),
        ("interviews.0.mood", "good", "interviews[0]", '"mood" is not known here'),
        ("interviews.1.id", 1, "interviews[1].id", "the number of another one too"),
        ("interviews.0.asked_questions", None, "interviews[0].asked_questions", "not a list"),
        ("interviews.0.asked_questions.1.why", ["nerves", "luck"], "asked_questions[1].why[1]", "one of rambled"),
        ("interviews.0.asked_questions.1.question_id", 9, "asked_questions[1].question_id", "there is no question 9"),
        ("interviews.0.asked_questions.1.question_id", "2", "asked_questions[1].question_id", "not a whole number"),
        ("interviews.0.asked_questions.1.roughly_s", -1, "asked_questions[1].roughly_s", "not a length"),
        ("interviews.0.asked_questions.0.hard", 1, "asked_questions[0].hard", "1 is not true or false"),
        ("interviews.0.asked_questions.0.recording", "/dev/zero", "asked_questions[0]", '"recording" is not known'),
        ("next_interview.0.held_on", None, "next_interview[0].held_on", "null is not a day"),
        ("next_interview", {}, "'next_interview'", "not what it should be"),
        ("plans", [{}], "'plans'", "not known here"),
        ("attempts", None, "'attempts'", "not what it should be"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(file, document, path, value, where, what):
    error = refused(rewritten(file, changed(document, path, value)))
    assert f"{where}" in error.message and what in error.message and "Nothing was changed" in error.message


def test_there_is_one_next_interview_at_the_most(file, document):
    document["next_interview"] *= 2
    assert "next_interview[1]: there is one at the most" in refused(rewritten(file, document)).message


def test_however_much_is_wrong_the_sentence_is_short(file, document):
    changed(document, "attempts.0.measures.answer_s", "x" * 100_000)
    assert len(refused(rewritten(file, document)).message) < len(str(file)) + 150


@pytest.mark.parametrize("path", ["attempts.0.device", "questions.0.note", "attempts.0.transcript.words.0.word"])
def test_what_is_missing_is_named(file, document, path):
    inner: Any = document
    *steps, last = path.split(".")
    for step in steps:
        inner = inner[int(step) if step.isdecimal() else step]
    del inner[last]
    assert f"{last} is missing" in refused(rewritten(file, document)).message


def test_attempts_of_before_a_recording_was_known_to_end_early_are_whole(file, document, place):
    for attempt in document["attempts"]:
        del attempt["whole_s"]
    bring(rewritten(file, document), place / "there")
    with opened(place / "there") as store:
        assert store.attempts() and all(attempt.cut_short is None for attempt in store.attempts())


@pytest.mark.parametrize("key", ["version", "made_at", "made_by", "numbers_given"])
def test_a_head_that_lacks_something_is_refused(file, document, key):
    del document[key]
    assert f"'{key}' is missing" in refused(rewritten(file, document)).message


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "line 1, column 1: it ends too early"),
        (b"{", "it ends too early"),
        (b"[]", "is not a library that rehearse exported. Nothing was changed."),
        (b"{}", "is not a library that rehearse exported"),
        (b'{"name": "left-pad", "version": 12}', "is not a library that rehearse exported"),
        (b'{"format": "openai", "attempts": []}', "is not a library that rehearse exported"),
        (b'{"format": "rehearse-library" "version": 1}', "line 1, column 31: a ',' or '}' is missing"),
        (b'{"format": "rehearse-library",\n "version": 1,\n}', "line 3, column 1: something is missing before '}'"),
        (b'{"format": "rehearse-library"}}', "something follows its end"),
        (b'{"format": "rehearse-library", "format": "rehearse-library"}', "'format' stands in it twice"),
        (b'{"questions": [' + b"[" * 100_000, "no JSON that can be read"),
        (b'{"version": ' + b"9" * 5000 + b"}", "no JSON that can be read"),
        (b'{"made_by": NaN}', "no JSON that can be read"),
        (b"PK\x03\x04\xff\xfe\xfa", "is not a library that rehearse exported"),
        (b"not json at all", "is not a library that rehearse exported"),
    ],
)
def test_a_file_that_is_something_else_says_so(tmp_path, content, what):
    (tmp_path / "file.json").write_bytes(content)
    assert what in refused(tmp_path / "file.json").message


def test_no_file_and_a_folder(tmp_path):
    assert "There is no file" in refused(tmp_path / "none.json").message
    assert "is a folder" in refused(tmp_path).message


def test_a_document_of_a_newer_rehearse_is_refused_as_that(file, document):
    with pytest.raises(StoreTooNew, match="newer version"):
        DocumentFile.checked(rewritten(file, document | {"version": 3, "interviews": [1]}))


def test_a_file_cut_anywhere_is_refused(file):
    content = file.read_bytes()
    for end in range(0, len(content) - 2, 997):
        file.write_bytes(content[:end])
        assert "ends too early" in refused(file).message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_however_it_was_passed_on_it_is_the_same_document(file, document, place, encoding):
    # Sorted by another program, indented, or redirected by a shell of Windows.
    file.write_text(json.dumps(document, indent=3, sort_keys=True, ensure_ascii=False), encoding=encoding)
    bring(file, place / "there")
    assert export(place / "there", place / "again.json", with_sound=False) == document


@pytest.mark.parametrize("chunk", [1, 7, 1000])
def test_pieces_are_the_same_whatever_is_read_at_once(file, document, monkeypatch, chunk):
    monkeypatch.setattr(json_pieces, "_CHUNK", chunk)
    read: dict[str, Any] = {}
    seen: list[int] = []
    for key, place, value in json_pieces.pieces(file, seen.append):
        if place is None:
            read[key] = value
        else:
            read.setdefault(key, []).append(value)
    assert read == document
    assert seen[-1] == file.stat().st_size


def test_an_entry_without_an_end_is_not_read_on_and_on(tmp_path, monkeypatch):
    monkeypatch.setattr(json_pieces, "_CHUNK", 100)
    monkeypatch.setattr(json_pieces, "LONGEST_PIECE", 1000)
    (tmp_path / "file.json").write_text('{"questions": ["' + "x" * 1_000_000)
    read: list[int] = []
    with pytest.raises(StorageFailed):
        list(json_pieces.pieces(tmp_path / "file.json", read.append))
    assert max(read) < 100_000


def _places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything in it."""
    yield way
    for step, inner in (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    ):
        yield from _places(inner, (*way, step))


ODD = st.sampled_from(
    [None, True, 0, -1, 2**63, 10**400, 1e308, -0.5, "", "\ud800", "x" * 300, [], {}, [[]], {"id": 1}, "../x.wav",
     "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-02-30", "con.wav"]
)  # fmt: skip


@given(st.data())
@settings(ANY, max_examples=40)
def test_whatever_is_changed_in_a_document_it_comes_in_whole_or_not_at_all(data):
    with blank_homes(2) as (here, there):
        with opened(here) as store:
            fill(store, data.draw)
        document = export(here, here / "library.json")
        for _ in range(data.draw(st.integers(1, 2))):
            _mutate(document, data)
        content = json.dumps(document).encode()
        if data.draw(st.integers(0, 4)) == 0:
            place = data.draw(st.integers(0, len(content) - 1))
            content = content[:place] + data.draw(st.binary(max_size=3)) + content[place + 1 :]
        (here / "library.json").write_bytes(content)
        with opened(there):
            before = rows(there), sounds(there)
        try:
            bring(here / "library.json", there)
        except RehearseError as error:
            assert error.message and error.hint
            assert (rows(there), sounds(there)) == before
        else:
            # Whatever came in can be written and read again.
            export(there, there / "again.json")
            with DocumentFile.checked(there / "again.json"):
                pass


def _mutate(document: Any, data: st.DataObject) -> None:
    way = data.draw(st.sampled_from([way for way in _places(document) if way]))
    inner = document
    for step in way[:-1]:
        inner = inner[step]
    match data.draw(st.sampled_from(["replace", "replace", "delete", "double", "rename"])):
        case "replace":
            inner[way[-1]] = data.draw(ODD)
        case "delete":
            del inner[way[-1]]
        case "double" if isinstance(inner, list):
            inner.append(copy.deepcopy(inner[way[-1]]))
        case "rename" if isinstance(inner, dict):
            inner[data.draw(st.sampled_from(["", "id", "x", "\x1b[31m"]))] = inner.pop(way[-1])
