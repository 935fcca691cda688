import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehearse.errors import NotFound, RehearseError, StorageFailed
from rehearse.measurement.attempt import CutShort, Timed
from rehearse.measurement.drawn_out import StretchedWord
from rehearse.measurement.ending import Ending
from rehearse.measurement.landing import Landing
from rehearse.measurement.repetition import Repetition
from rehearse.measurement.restarts import RepeatedPhrase
from rehearse.measurement.without_words import without_words
from rehearse.question import QuestionDraft
from rehearse.storage.connection import connect
from rehearse.storage.store import Store
from rehearse.storage.tables import Tables
from rehearse.transcription.transcript import Doubt, EngineIdentity, Hesitation, Span, SpeechActivity, Transcript, Word

many = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
seconds = st.floats(0, 3600)
words = st.builds(
    Word, text=st.text(max_size=12), start_s=seconds, end_s=seconds, probability=st.none() | st.floats(0, 1)
)
options = st.dictionaries(
    st.text(max_size=8), st.text(max_size=8) | st.booleans() | st.integers() | st.floats(allow_nan=False), max_size=4
)
engines = st.builds(
    EngineIdentity,
    name=st.sampled_from(["whisper", "draft", "given"]),
    model=st.text(max_size=8),
    version=st.text(max_size=8),
    options=options,
)
doubts = st.builds(Doubt, start_s=seconds, end_s=seconds, why=st.sampled_from(["in circles", "no words"]))
hesitations = st.builds(Hesitation, start_s=seconds, vowel_end_s=seconds, end_s=seconds)
transcripts = st.builds(
    Transcript,
    language=st.sampled_from(["en", "de"]),
    words=st.lists(words, max_size=8).map(tuple),
    engine=engines,
    doubts=st.lists(doubts, max_size=3).map(tuple),
    hesitations=st.none() | st.lists(hesitations, max_size=3).map(tuple),
)
spans = st.builds(Span, start_s=seconds, end_s=seconds)
activities = st.builds(
    SpeechActivity,
    recording_s=seconds,
    spans=st.lists(spans, max_size=8).map(tuple),
    silences=st.sampled_from(["clear", "rough", "hidden"]),
)


@pytest.fixture
def kept(store, an_attempt, transcript, speech, measures, now):
    """The number of an attempt with everything that can be known of one."""
    attempt_id = an_attempt()
    store.keep_heard(attempt_id, transcript, speech, measures, now)
    return attempt_id


def test_an_attempt_comes_back_as_it_was_given(store, question, a_recording, now):
    recording = a_recording("2026/answer one.wav")
    attempt = store.add_attempt(question.id, recording, now, baseline=True, source="réel.m4a", device="Mic '1'")
    assert attempt == store.attempt(attempt.id)
    assert (attempt.question_id, attempt.recorded_at, attempt.baseline) == (question.id, now, True)
    assert (attempt.source, attempt.device) == ("réel.m4a", "Mic '1'")
    assert (attempt.recording, attempt.measures) == (recording, None)
    assert attempt.timed is None


@pytest.mark.parametrize("timed", [Timed(limit_s=400 / 3, drill_round=2), Timed(limit_s=90.0, ran_out=True)])
def test_the_limit_of_an_attempt_comes_back_as_it_was_given(store, question, a_recording, now, timed):
    attempt = store.add_attempt(question.id, a_recording(), now, timed=timed)
    assert store.attempt(attempt.id).timed == timed
    assert [line.timed for line in store.attempt_lines()] == [timed]


def test_a_recording_that_ends_early_is_remembered_as_such(store, question, a_recording, now):
    recording = a_recording()
    attempt = store.add_attempt(question.id, recording, now, whole_s=39.25)
    cut_short = CutShort(read_s=recording.recording_s, whole_s=39.25)
    assert store.attempt(attempt.id).cut_short == cut_short and not attempt.own_length
    assert [line.cut_short for line in store.attempt_lines()] == [cut_short]
    store.delete_attempt(attempt.id, keep_numbers=True)
    assert store.attempt(attempt.id).cut_short == cut_short


def test_a_new_attempt_has_no_words_yet(store, an_attempt):
    attempt_id = an_attempt()
    assert store.transcript(attempt_id) is None
    assert store.speech(attempt_id) is None


@many
@given(transcript=transcripts, speech=activities)
def test_what_was_heard_comes_back_as_it_was_given(store, an_attempt, now, measures, transcript, speech):
    [attempt] = store.attempts() or [store.attempt(an_attempt())]
    store.keep_heard(attempt.id, transcript, speech, measures, now)
    assert store.transcript(attempt.id) == transcript
    assert store.speech(attempt.id) == speech


def test_measures_come_back_as_they_were_given(store, kept, measures):
    assert store.attempt(kept).measures == measures


def test_measures_without_words_come_back_as_they_were_given(store, kept, measures):
    wordless = replace(measures, word_count=None, speech_rate_wpm=None, fillers=None, repetitions=None, engine=None)
    store.keep_measures(kept, wordless)
    assert store.attempt(kept).measures == wordless


def test_new_words_and_numbers_replace_the_old_ones_together(store, kept, transcript, speech, measures, now):
    again, fewer = replace(transcript, words=transcript.words[:1]), replace(measures, word_count=1)
    store.keep_heard(kept, again, speech, fewer, now)
    assert store.transcript(kept) == again
    assert store.attempt(kept).measures == fewer


def test_words_are_not_kept_without_their_numbers(store, kept, transcript, speech, measures, now):
    again, unkeepable = replace(transcript, words=()), replace(measures, fillers=object())
    with pytest.raises(TypeError):
        store.keep_heard(kept, again, speech, unkeepable, now)
    assert store.transcript(kept) == transcript
    assert store.attempt(kept).measures == measures


def test_damaged_measures_can_be_put_right(store, kept, beside, measures):
    beside.execute("UPDATE measures SET record = '{}'")
    assert store.attempt(kept).measures is None
    assert store.attempt(kept).recording is not None
    store.keep_measures(kept, measures)
    assert store.attempt(kept).measures == measures


def test_an_attempt_with_damaged_measures_can_be_deleted(store, kept, beside):
    beside.execute("UPDATE measures SET record = 'not json'")
    store.delete_attempt(kept, keep_numbers=False)
    assert store.attempts() == ()


def test_nothing_is_kept_for_an_attempt_that_is_gone(store, transcript, speech, measures, now):
    with pytest.raises(NotFound, match="no attempt 99"):
        store.keep_heard(99, transcript, speech, measures, now)
    with pytest.raises(NotFound, match="no attempt 99"):
        store.keep_measures(99, measures)


def test_an_attempt_needs_a_question(store, a_recording, now):
    with pytest.raises(NotFound, match="no question 99"):
        store.add_attempt(99, a_recording(), now)
    assert store.attempts() == ()


def test_a_time_without_a_zone_is_refused(store, question, a_recording, now):
    with pytest.raises(ValueError, match="no time zone"):
        store.add_attempt(question.id, a_recording(), now.replace(tzinfo=None))


def test_a_recording_outside_its_folder_is_refused(store, question, a_recording, now, tmp_path):
    with pytest.raises(ValueError):
        store.add_attempt(question.id, replace(a_recording(), path=tmp_path / "elsewhere.wav"), now)


def test_a_question_has_one_real_answer(store, question, an_attempt, a_recording, now):
    first = an_attempt("real.wav", baseline=True)
    with pytest.raises(RehearseError, match=f"already has its real answer, attempt {first}") as refused:
        store.add_attempt(question.id, a_recording("again.wav"), now, baseline=True)
    assert f"rehearse delete {first}" in refused.value.hint
    assert [attempt.id for attempt in store.attempts()] == [first]


def test_a_real_answer_that_was_deleted_makes_room_for_another(store, an_attempt):
    store.delete_attempt(an_attempt("real.wav", baseline=True), keep_numbers=False)
    assert store.attempt(an_attempt("again.wav", baseline=True)).baseline


def test_a_recording_is_kept_once(store, question, an_attempt, a_recording, now):
    an_attempt("one.wav")
    with pytest.raises(RehearseError, match="already kept, as attempt 1"):
        store.add_attempt(question.id, a_recording("one.wav"), now)


def test_the_home_can_be_moved(store, kept, temporary_home, tmp_path):
    store.close()
    moved = temporary_home.rename(tmp_path / "moved home")
    with Store.open(moved / "rehearse.db", moved / "recordings") as store:
        recording = store.attempt(kept).recording
        assert recording.path == moved / "recordings" / "answer.wav"
        assert recording.path.exists()


def test_a_home_reached_through_a_link_keeps_its_recordings(store, question, a_recording, temporary_home, now):
    link = temporary_home.with_name("link")
    try:
        link.symlink_to(temporary_home, target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    recording = a_recording()
    through = replace(recording, path=link / "recordings" / "answer.wav")
    assert store.add_attempt(question.id, through, now).recording == recording


def test_attempts_are_in_the_order_they_were_given_in(store, an_attempt):
    late, early, middle = an_attempt("a", days=3), an_attempt("b", days=-3), an_attempt("c")
    assert [attempt.id for attempt in store.attempts()] == [early, middle, late]
    assert [attempt.id for attempt in store.attempts(newest_first=True)] == [late, middle, early]
    assert [attempt.id for attempt in store.attempts(newest_first=True, limit=2)] == [late, middle]
    assert [line.id for line in store.attempt_lines()] == [early, middle, late]


def test_attempts_at_the_same_moment_are_in_the_order_of_their_numbers(store, an_attempt):
    first, second = an_attempt("a"), an_attempt("b")
    assert [attempt.id for attempt in store.attempts()] == [first, second]
    assert store.last_attempt().id == second


def test_time_zones_do_not_disturb_the_order(store, question, a_recording, now):
    tokyo = timezone(timedelta(hours=9))
    later = store.add_attempt(question.id, a_recording("a"), now + timedelta(minutes=1))
    earlier = store.add_attempt(question.id, a_recording("b"), now.astimezone(tokyo))
    assert store.attempts() == (earlier, later)


def test_attempts_of_one_question_leave_out_the_others(store, an_attempt, question, now):
    other = store.add_question(QuestionDraft(text="Why us?"), now)
    mine, theirs = an_attempt("a"), an_attempt("b", question_id=other.id)
    assert [attempt.id for attempt in store.attempts(question.id)] == [mine]
    assert [line.id for line in store.attempt_lines(other.id)] == [theirs]


def test_the_latest_lines_of_each_question_come_with_the_day_before_the_first_of_them(store, an_attempt, question, now):
    other = store.add_question(QuestionDraft(text="Why us?"), now)
    mine = [an_attempt(f"a{place}", days=day) for place, day in enumerate((0, 5, 9, 9, 12))]
    theirs = an_attempt("b", question_id=other.id)
    assert [line.id for line in store.attempt_lines(latest=2)] == [theirs, *mine[2:]]
    assert [line.id for line in store.attempt_lines(question.id, latest=1)] == mine[4:]
    assert [line.id for line in store.attempt_lines(question.id, latest=9)] == mine


def test_attempts_are_counted_for_every_question(store, an_attempt, question, now):
    other = store.add_question(QuestionDraft(text="Why us?"), now)
    an_attempt("a"), an_attempt("b")
    assert store.attempt_counts() == {question.id: 2, other.id: 0}


def test_a_line_shows_what_the_measures_say(store, kept, measures, now):
    [line] = store.attempt_lines()
    assert (line.id, line.recorded_at, line.has_sound, line.recording_s) == (kept, now, True, 98.5)
    assert line.answer_s == measures.answer_s
    assert line.speech_rate_wpm == measures.speech_rate_wpm
    assert line.fillers_per_min == measures.fillers_per_min
    assert (line.engine_name, line.engine_model, line.measures_version) == ("whisper", "small.en", 1)


def test_a_line_of_an_attempt_not_measured_yet_has_no_numbers(store, an_attempt):
    an_attempt()
    [line] = store.attempt_lines()
    assert (line.answer_s, line.speech_rate_wpm, line.fillers_per_min, line.engine_name) == (None, None, None, None)


@pytest.fixture
def two_thousand(store, kept, beside):
    beside.execute("PRAGMA foreign_keys = ON")
    beside.execute("BEGIN")
    for number in range(2, 2001):
        beside.execute(
            "INSERT INTO attempt SELECT ?, question_id, recorded_at, baseline, source, device, ?, sample_rate_hz,"
            " recording_s, overflow_count, limit_s, drill_round, ran_out, whole_s FROM attempt WHERE id = 1",
            (number, f"{number}.wav"),
        )
        for table in ("transcript", "measures"):
            columns = ", ".join(row[1] for row in beside.execute(f"PRAGMA table_info({table})"))
            others = columns.removeprefix("attempt_id, ")
            beside.execute(
                f"INSERT INTO {table} (attempt_id, {others}) SELECT ?, {others} FROM {table} WHERE attempt_id = 1",
                (number,),
            )
    beside.execute("COMMIT")


def test_two_thousand_attempts_are_listed_without_their_transcripts(store, two_thousand, beside):
    beside.execute("UPDATE transcript SET words = 'cannot be read'")
    beside.execute("DELETE FROM measures")
    assert len(store.attempts()) == 2000


def test_two_thousand_lines_are_read_without_their_measures(store, two_thousand, beside):
    beside.execute("UPDATE measures SET record = 'cannot be read'")
    assert len(store.attempt_lines()) == 2000


def test_a_listing_asks_once_however_many_there_are(an_attempt, kept, database, recordings):
    an_attempt("b"), an_attempt("c")
    asked = []
    with closing(connect(database)) as connection:
        connection.set_trace_callback(asked.append)
        store = Store(Tables(connection, database), recordings)
        store.attempts()
        store.attempt_lines()
        store.attempt_counts()
        store.questions()
    assert len(asked) == 4
    assert not [sql for sql in asked if "transcript" in sql]


def test_what_waits_for_words_is_listed(store, an_attempt, kept):
    waiting = an_attempt("waiting.wav")
    assert [attempt.id for attempt in store.untranscribed()] == [waiting]


def test_what_another_engine_heard_can_count_as_waiting_for_words(
    store, an_attempt, kept, transcript, speech, measures, now
):
    draft = an_attempt("draft.wav")
    engine = EngineIdentity(name="draft", model="en-us", version="5.0.4")
    store.keep_heard(draft, replace(transcript, engine=engine), speech, measures, now)
    assert store.untranscribed() == ()
    whisper = EngineIdentity(name="whisper", model=transcript.engine.model, version="")
    assert [attempt.id for attempt in store.untranscribed(unlike=whisper)] == [draft]


@pytest.mark.parametrize(("language", "waiting"), [("en", 1), ("de", 0), (None, 1)])
def test_nothing_is_heard_again_in_a_language_that_nobody_spoke(store, kept, transcript, language, waiting):
    options = {"language": language} if language else {}
    other = EngineIdentity(name="whisper", model="another", version="", options=options)
    assert transcript.language == "en" and len(store.untranscribed(unlike=other)) == waiting


def test_the_files_of_the_recordings_kept_are_known(store, an_attempt, recordings):
    store.delete_attempt(an_attempt("gone.wav"), keep_numbers=True)
    an_attempt("here.wav")
    assert store.kept_recordings() == {recordings / "here.wav"}


def test_damage_in_the_file_is_found(store, kept, beside):
    assert store.damage() == ()
    beside.execute("PRAGMA ignore_check_constraints = ON")
    beside.execute("UPDATE attempt SET baseline = 7")
    assert store.damage() == ("CHECK constraint failed in attempt",)


def test_a_deleted_attempt_is_gone_with_its_sound(store, kept, recordings, beside):
    store.delete_attempt(kept, keep_numbers=False)
    assert store.attempts() == ()
    assert not (recordings / "answer.wav").exists()
    for table in ("transcript", "speech", "measures"):
        assert beside.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_numbers_can_outlive_the_sound_and_the_words(store, kept, recordings, measures):
    store.delete_attempt(kept, keep_numbers=True)
    attempt = store.attempt(kept)
    assert (attempt.recording, attempt.measures) == (None, without_words(measures))
    assert store.transcript(kept) is None
    assert store.speech(kept) is None
    assert not (recordings / "answer.wav").exists()
    assert store.untranscribed() == ()
    assert not store.attempt_lines()[0].has_sound


def test_what_the_numbers_quote_goes_with_the_words(store, kept, transcript, speech, measures, now, database):
    said = {"start_s": 0.5, "end_s": 0.9, "text": "xylophones"}
    quoting = replace(
        measures,
        stretched_words=(StretchedWord(**said),),
        repetitions=(Repetition(**said),),
        restarts=(Repetition(**said),),
        repeated_phrases=(RepeatedPhrase(text="xylophones all over", count=2, start_s=0.5, again_s=0.8),),
        landing=Landing(landing_s=0.9, sentence="Xylophones!", new_words=("xylophones", "drums"), repeated_count=3),
        ending=Ending(kind="finished", text="all xylophones"),
    )
    store.keep_heard(kept, transcript, speech, quoting, now)
    store.delete_attempt(kept, keep_numbers=True)
    left = store.attempt(kept).measures
    assert "xylophones" not in str(left).lower()
    assert left.landing.new_ratio == quoting.landing.new_ratio and left.repeated_phrases[0].count == 2
    assert (left.filler_count, left.fillers, left.key_points) == (
        measures.filler_count,
        measures.fillers,
        measures.key_points,
    )
    assert not any(b"xylophones" in path.read_bytes().lower() for path in database.parent.glob("rehearse.db*"))


def test_numbers_can_be_deleted_after_the_sound(store, kept):
    store.delete_attempt(kept, keep_numbers=True)
    store.delete_attempt(kept, keep_numbers=False)
    assert store.attempts() == ()


def test_words_do_not_come_back_once_the_sound_is_deleted(store, kept, transcript, speech, now, measures):
    store.delete_attempt(kept, keep_numbers=True)
    with pytest.raises(NotFound, match="has been deleted"):
        store.keep_heard(kept, transcript, speech, measures, now)
    assert store.transcript(kept) is None
    assert store.attempt(kept).measures == without_words(measures)


@pytest.mark.parametrize("keep_numbers", [True, False])
def test_deleted_words_are_nowhere_in_the_files(store, kept, database, keep_numbers):
    def on_disk():
        return b"".join(path.read_bytes() for path in database.parent.glob("rehearse.db*"))

    assert b"xylophones" in on_disk()
    store.delete_attempt(kept, keep_numbers=keep_numbers)
    assert b"xylophones" not in on_disk()


def test_a_sound_file_that_is_gone_already_is_no_fault(store, kept, recordings):
    (recordings / "answer.wav").unlink()
    store.delete_attempt(kept, keep_numbers=False)
    assert store.attempts() == ()


def test_a_sound_file_that_cannot_be_removed_is_named(store, kept, recordings):
    (recordings / "answer.wav").unlink()
    (recordings / "answer.wav").mkdir()
    with pytest.raises(StorageFailed, match="its sound could not be") as failed:
        store.delete_attempt(kept, keep_numbers=False)
    assert str(recordings / "answer.wav") in failed.value.message
    assert store.attempts() == ()


def test_the_sound_stays_while_the_library_still_names_it(store, kept, recordings, beside):
    beside.execute("CREATE TRIGGER stuck BEFORE DELETE ON attempt BEGIN SELECT RAISE(ABORT, 'stuck'); END")
    with pytest.raises(sqlite3.IntegrityError):
        store.delete_attempt(kept, keep_numbers=False)
    assert (recordings / "answer.wav").exists()
    assert store.transcript(kept) is not None


def test_an_attempt_that_is_gone_cannot_be_deleted(store):
    with pytest.raises(NotFound, match="no attempt 7"):
        store.delete_attempt(7, keep_numbers=False)


def test_a_number_is_never_given_twice(store, an_attempt):
    deleted = an_attempt("a")
    store.delete_attempt(deleted, keep_numbers=False)
    assert an_attempt("b") == deleted + 1


def test_the_last_attempt_is_none_before_the_first(store):
    assert store.last_attempt() is None


@pytest.mark.parametrize("typed", ["last", " Latest ", "3", "conflict", "tell me"])
def test_an_attempt_is_found_by_number_by_last_or_by_its_question(store, an_attempt, typed):
    an_attempt("a", days=-2), an_attempt("b", days=-1), an_attempt("c")
    assert store.find_attempt(typed).id == 3


def test_a_number_means_the_attempt_and_not_the_question(store, an_attempt, now):
    other = store.add_question(QuestionDraft(text="Why us?"), now)
    an_attempt("a", question_id=other.id)
    assert store.find_attempt("1").question_id == other.id


def test_nought_means_the_only_real_answer(store, an_attempt):
    real = an_attempt("real.wav", days=-1, baseline=True)
    an_attempt("a")
    assert store.find_attempt("0").id == real


def test_nought_is_not_enough_among_several_real_answers(store, an_attempt, now):
    other = store.add_question(QuestionDraft(text="Why us?"), now)
    an_attempt("a", baseline=True), an_attempt("b", question_id=other.id, baseline=True)
    with pytest.raises(NotFound, match="Several questions have an attempt 0: 1, 2"):
        store.find_attempt("0")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("last", "There are no attempts yet."),
        ("0", "No real answer (attempt 0) is kept yet."),
        ("5", "There is no attempt 5."),
        ("conflict", "There is no attempt at 'Tell me about a conflict.' yet."),
        ("zebra", "No question fits 'zebra'."),
    ],
)
def test_an_attempt_that_is_not_there_is_said_so(store, question, typed, message):
    with pytest.raises(NotFound) as unknown:
        store.find_attempt(typed)
    assert unknown.value.message == message
    assert unknown.value.hint


def test_a_copy_from_before_an_upgrade_does_not_keep_what_is_deleted(store, an_attempt, database):
    number = an_attempt()
    copy = database.with_name(f"{database.name}.v3.backup")
    copy.write_bytes(b"all the words")
    store.delete_attempt(number, keep_numbers=True)
    assert not copy.exists()
