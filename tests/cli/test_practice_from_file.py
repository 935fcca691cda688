import os
import shutil
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import soundfile

from rehearse.audio.decoding import decode
from rehearse.storage.store import Store

MEASURED_KEYS = [
    "recording_s", "answer_s", "response_latency_s", "tail_silence_s", "phonation_s", "word_count",
    "speech_rate_wpm", "articulation_rate_wpm", "silent_pause_count", "silent_pause_s", "median_pause_s",
    "long_pause_count", "longest_pause_s", "mean_length_of_run_words", "filler_count", "filled_pause_count",
    "discourse_marker_count", "fillers_per_min", "fillers_per_100_words", "fillers", "pauses", "repetitions",
    "restarts", "repeated_phrases", "landing_s", "new_after_landing_ratio", "landing", "ending", "key_points",
    "level_dbfs", "level_spread_db", "noise_floor_dbfs", "pitch_median_hz", "pitch_range_semitones", "clipped",
    "engine", "transcript", "measures_version",
]  # fmt: skip


def test_the_json_of_an_attempt_has_every_key_of_the_contract(practised):
    assert [key for key in practised if key in MEASURED_KEYS] == MEASURED_KEYS
    assert practised["attempt"] == 1 and practised["question"] == "Tell me about your first job."
    assert set(practised["comparison"]) >= {
        "earlier_count", "median_answer_s", "change_s", "change_ratio", "same_engine", "why",
    }  # fmt: skip
    assert set(practised["verdict"]) == {"long_winded", "reasons", "keep", "next"}
    assert set(practised["engine"]) == {"name", "model", "version"}
    assert set(practised["transcript"]["words"][0]) == {"word", "start_s", "end_s", "probability"}


def test_the_length_and_the_pauses_are_true(practised, truth):
    assert practised["answer_s"] == pytest.approx(truth["answer_end_s"] - truth["answer_start_s"], abs=0.06)
    assert practised["response_latency_s"] == pytest.approx(truth["answer_start_s"], abs=0.06)
    pauses = [(pause["start_s"], pause["end_s"]) for pause in truth["pauses"]]
    assert len(practised["pauses"]) == len(pauses)
    for found, (start_s, end_s) in zip(practised["pauses"], pauses, strict=True):
        assert (found["start_s"], found["end_s"]) == (pytest.approx(start_s, abs=0.05), pytest.approx(end_s, abs=0.05))


def test_a_second_attempt_is_compared_with_the_first(rehearse, practised, short_answer):
    again = rehearse("practice", "1", "--from", short_answer, "--json").json
    comparison = again["comparison"]
    assert (again["attempt"], comparison["earlier_count"], comparison["same_engine"]) == (2, 1, True)
    assert comparison["change_s"] == 0 and comparison["why"] == {"words_s": 0, "pace_s": 0, "pauses_s": 0}
    # The first may be of yesterday, should it be just after midnight: of the last two one is the first of no day.
    rehearse("practice", "1", "--from", short_answer)
    cold = [row["cold"] for row in rehearse("attempts", "--json").json]
    assert cold[0] and not cold[2]


def test_an_old_recording_keeps_its_date_and_comes_first(rehearse, practised, short_answer):
    old = rehearse("practice", "1", "--from", short_answer, "--date", "2025-11-03", "--as-baseline", "--json").json
    assert old["baseline"] is True and old["comparison"]["earlier_count"] == 0
    moment = datetime.fromisoformat(old["recorded_at"])
    assert moment.astimezone().date().isoformat() == "2025-11-03" and moment.tzinfo is not None
    assert [row["attempt"] for row in rehearse("attempts", "--json").json] == [2, 1]


def test_a_part_of_a_longer_recording_can_be_taken(rehearse, practised, short_answer, truth):
    part = rehearse("practice", "1", "--from", short_answer, "--start", "0:03", "--end", "8", "--json").json
    assert part["recording_s"] == pytest.approx(5.0)


def test_the_file_itself_is_left_alone_and_its_sound_is_kept(rehearse, practised, short_answer, temporary_home):
    assert short_answer.exists()
    (copy,) = (temporary_home / "recordings").iterdir()
    kept, rate = soundfile.read(copy, dtype="int16")
    original, _ = soundfile.read(short_answer, dtype="int16")
    assert rate == 16_000 and np.array_equal(kept, original)
    assert copy.stat().st_mode & 0o077 == 0


def test_a_discarded_attempt_is_measured_shown_and_gone(rehearse, practised, short_answer, temporary_home):
    shown = rehearse("practice", "1", "--from", short_answer, "--discard")
    assert shown.code == 0 and "Attempt 2" in shown.out and "is gone" in shown.err
    assert len(rehearse("attempts", "--json").json) == 1
    assert len(list((temporary_home / "recordings").iterdir())) == 1


def write(path, samples, rate=16_000):
    soundfile.write(path, samples, rate, subtype="PCM_16")
    return path


@pytest.mark.parametrize("json_too", [True, False])
@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.wav", b"", "is empty"),
        ("letter.wav", b"Dear Sir, this is no sound at all." * 50, "not a sound file"),
        ("missing.wav", None, "There is no file"),
    ],
)
def test_a_file_that_is_no_sound_gives_a_sentence_and_loses_nothing(
    rehearse, tmp_path, temporary_home, name, content, says, json_too
):
    rehearse("add", "Why?")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ran = rehearse("practice", "1", "--from", tmp_path / name, *(["--json"] if json_too else []))
    assert ran.code == 1
    if json_too:
        assert set(ran.json) == {"error", "hint"} and says in ran.json["error"]
    else:
        assert says in ran.err and "Traceback" not in ran.err and ran.out == ""
    assert rehearse("attempts", "--json").json == []
    assert list((temporary_home / "recordings").iterdir()) == []


@pytest.mark.parametrize(
    ("samples", "says"),
    [(np.zeros(80_000), "silent"), (np.random.default_rng(0).normal(0, 0.003, 80_000), "No speech")],
)
def test_a_file_without_a_voice_is_refused_and_not_kept(rehearse, tmp_path, temporary_home, samples, says):
    rehearse("add", "Why?")
    ran = rehearse("practice", "1", "--from", write(tmp_path / "quiet.wav", samples))
    assert ran.code == 1 and says in ran.err
    assert rehearse("attempts", "--json").json == [] and list((temporary_home / "recordings").iterdir()) == []


def test_options_of_a_recording_need_a_recording(rehearse):
    rehearse("add", "Why?")
    assert rehearse("practice", "1", "--as-baseline").code == 2


def test_without_a_keyboard_it_says_how_to_bring_a_recording(rehearse):
    rehearse("add", "Why?")
    ran = rehearse("practice")
    assert ran.code == 1 and "needs a keyboard" in ran.err and "--from FILE" in ran.err


def test_a_date_to_come_is_refused(rehearse, short_answer):
    rehearse("add", "Why?")
    later = f"{datetime.now(UTC).year + 1}-01-01"
    ran = rehearse("practice", "1", "--from", short_answer, "--date", later)
    assert ran.code == 2 and "still to come" in ran.err


def test_today_is_now_at_the_latest(rehearse, practised, short_answer):
    today = datetime.now().astimezone().date().isoformat()
    imported = rehearse("practice", "1", "--from", short_answer, "--date", today, "--json").json
    assert datetime.fromisoformat(imported["recorded_at"]) <= datetime.now(UTC)


@pytest.mark.parametrize(("written", "days_ago"), [("today", 0), ("yesterday", 1), ("{weekday}", 2), ("{day}", 3)])
def test_a_day_is_written_as_in_a_debrief(rehearse, practised, short_answer, written, days_ago):
    day = datetime.now().astimezone().date() - timedelta(days=days_ago)
    written = written.format(weekday=f"{day:%A}", day=f"{day.day} {day:%b} {day.year}")
    imported = rehearse("practice", "1", "--from", short_answer, "--date", written, "--json").json
    assert datetime.fromisoformat(imported["recorded_at"]).astimezone().date() == day
    assert "is not a date" in rehearse("practice", "1", "--from", short_answer, "--date", "someday").err


def test_a_second_real_answer_is_refused_and_leaves_no_copy_behind(rehearse, practised, short_answer, temporary_home):
    rehearse("practice", "1", "--from", short_answer, "--as-baseline")
    before = set((temporary_home / "recordings").iterdir())
    ran = rehearse("practice", "1", "--from", short_answer, "--as-baseline")
    assert ran.code == 1 and "already has its real answer" in ran.err
    assert set((temporary_home / "recordings").iterdir()) == before


def test_a_missing_model_is_said_before_the_recording_is_read(rehearse, short_answer, monkeypatch, temporary_home):
    rehearse("add", "Why?")
    monkeypatch.setenv("REHEARSE_LANGUAGE", "de")
    ran = rehearse("practice", "1", "--from", short_answer)
    assert ran.code == 1 and "only English" in ran.err
    assert rehearse("attempts", "--json").json == []


def test_an_attempt_that_cannot_be_heard_is_discarded_where_that_was_asked(
    rehearse, practised, short_answer, tmp_path, monkeypatch
):
    broken = shutil.copytree(os.environ["REHEARSE_MODEL"], tmp_path / "broken")
    (broken / "model.bin").write_bytes(b"no model")
    monkeypatch.setenv("REHEARSE_MODEL", str(broken))
    ran = rehearse("practice", "1", "--from", short_answer, "--discard")
    assert ran.code == 1 and "damaged" in ran.err and "kept" not in ran.err
    assert len(rehearse("attempts", "--json").json) == 1
    ran = rehearse("practice", "1", "--from", short_answer)
    assert ran.code == 1 and "kept as attempt 3" in " ".join(ran.err.split()) and "rehearse transcribe 3" in ran.err


@pytest.mark.parametrize(
    ("options", "says"), [(["--start", "1:00"], "ends before"), (["--start", "8", "--end", "3"], "--end")]
)
def test_a_part_that_is_not_there_is_said_to_be_not_there(rehearse, short_answer, options, says):
    rehearse("add", "Why?")
    ran = rehearse("practice", "1", "--from", short_answer, *options)
    assert ran.code == 1 and says in ran.err


def test_a_measured_answer_is_kept_packed_unless_the_settings_say_otherwise(
    rehearse, practised, short_answer, temporary_home
):
    (packed,) = (temporary_home / "recordings").iterdir()
    assert packed.suffix == ".flac"
    before = rehearse("show", "1", "--json").json
    assert rehearse("remeasure").code == 0 and rehearse("transcribe", "1", "--json").code == 0
    after = rehearse("show", "1", "--json").json
    assert (after["answer_s"], after["level_dbfs"]) == (before["answer_s"], before["level_dbfs"])
    settings = temporary_home.parent / "settings.toml"
    settings.write_text(settings.read_text() + "[recordings]\npack = false\n")
    rehearse("practice", "1", "--from", short_answer, "--json")
    assert sorted(path.suffix for path in (temporary_home / "recordings").iterdir()) == [".flac", ".wav"]


def test_answers_that_were_never_written_down_are_mentioned_at_the_next_start(
    rehearse, practised, short_answer, temporary_home
):
    copy = temporary_home / "recordings" / "later.wav"
    with Store.open(temporary_home / "rehearse.db", copy.parent) as store:
        store.add_attempt(1, decode(short_answer, copy), datetime(2026, 11, 3, tzinfo=UTC))
    assert rehearse("--json").json["waiting_attempts"] == [2]
    assert "1 answer is still to be written down" in rehearse().out
    ran = rehearse("practice", "1")
    assert "1 answer is still to be written down:  rehearse transcribe --all" in ran.err
    assert rehearse("transcribe", "--all").code == 0
    assert "written down" not in rehearse("practice", "1").err


def test_a_recording_that_ends_early_is_not_judged_by_its_length(rehearse, practised, tmp_path, short_answer):
    whole, cut = short_answer.read_bytes(), tmp_path / "cut.flac"
    cut.write_bytes(whole[: len(whole) // 2])
    brought = rehearse("practice", "1", "--from", cut)
    out, told = " ".join(brought.out.split()), brought.err
    assert "cut.flac ends early" in told
    for judged in ("Short", "There is room for", "shorter than", "under your aim"):
        assert judged not in out
    assert "Only a part" in out and "bring that one" in out and "counts in no trend" in out
    row = rehearse("show", "2", "--json").json
    read_s, whole_s = row["cut_short"]["read_s"], row["cut_short"]["whole_s"]
    assert read_s < 0.7 * whole_s and whole_s == pytest.approx(practised["recording_s"], abs=0.01)
    assert row["verdict"]["long_winded"] == "no" and row["comparison"]["earlier_count"] == 0
    for command in (("show", "2"), ("attempts",), ()):
        assert "cut short: 0:0" in " ".join(rehearse(*command).out.split()), command
    assert [each["cut_short"] is None for each in rehearse("attempts", "--json").json] == [True, False]
    assert len(rehearse("trends", "1", "--json").json["attempts"]) == 1
    # What comes after is held against the whole one alone.
    rehearse("practice", "1", "--from", short_answer)
    assert rehearse("show", "3", "--json").json["comparison"]["earlier_count"] == 1


def test_a_part_chosen_of_a_file_is_the_whole_answer(rehearse, practised, tmp_path, short_answer):
    cut = tmp_path / "cut.flac"
    cut.write_bytes(short_answer.read_bytes()[:-4000])
    assert rehearse("practice", "1", "--from", cut, "--end", "0:04", "--json").json["cut_short"] is None
