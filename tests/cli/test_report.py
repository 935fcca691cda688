"""`report`, as a person uses it, on a library with real sound."""

import base64
import io
import re
import shutil
import sqlite3
from contextlib import closing

import numpy as np
import practised_library
import pytest
import soundfile

from rehearse.audio.recording import open_recording
from rehearse.cli import report_sound
from rehearse.cli.report_values import gathered
from rehearse.cli.session import Session
from rehearse.practice import outcome
from rehearse.presentation.report_values import Sound
from rehearse.progress.drill import aim_of
from rehearse.question import QuestionDraft
from rehearse.storage.store import Store


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    home = tmp_path_factory.mktemp("practised") / "home"
    practised_library.fill(home)
    return home


@pytest.fixture
def library(filled, temporary_home, tmp_path, monkeypatch):
    shutil.copytree(filled, temporary_home)
    monkeypatch.chdir(tmp_path)
    return temporary_home


def attempts(home):
    with Store.open(home / "rehearse.db", home / "recordings") as store:
        return store.attempts()


def test_one_file_with_everything_in_it(rehearse, library, tmp_path):
    ran = rehearse("report")
    page = tmp_path / "rehearse-report.html"
    assert ran.code == 0 and "Saved: rehearse-report.html, 12 attempts; 12 of them can be heard from it." in ran.err
    assert page.stat().st_mode & 0o777 == 0o600
    html = page.read_text(encoding="utf-8")
    assert html.count('src="data:audio/flac;base64,') == 12 and html.count("<details") == 12
    assert "43 s shorter than the real answer" in html
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("rehearse-report")] == [page.name]


def test_the_sound_in_it_is_the_recording_sample_for_sample(rehearse, library, tmp_path):
    rehearse("report", "mistake")
    (href,) = re.findall(r'src="data:audio/flac;base64,([^"]+)"', (tmp_path / "rehearse-report.html").read_text())
    heard, rate_hz = soundfile.read(io.BytesIO(base64.b64decode(href)), dtype="int16")
    (attempt,) = (a for a in attempts(library) if a.question_id == 3)
    kept, kept_hz = soundfile.read(attempt.recording.path, dtype="int16")
    assert rate_hz == kept_hz and np.array_equal(heard, kept)


def test_the_same_as_json(rehearse, library, tmp_path):
    told = rehearse("report", "disagreed", "-o", "coach.html", "--json").json
    page = tmp_path / "coach.html"
    assert told == {"path": str(page), "attempts": 8, "embedded_audio": 8, "bytes": page.stat().st_size}
    assert "Why do you want to leave" not in page.read_text()


def test_a_page_of_ours_is_made_anew_but_no_other_file(rehearse, library, tmp_path):
    assert rehearse("report", "mistake").code == 0
    assert rehearse("report", "mistake").code == 0
    mine = tmp_path / "rehearse-report.html"
    mine.write_text("<!doctype html><title>My own page</title>")
    ran = rehearse("report", "mistake")
    assert ran.code == 1 and "not a page of rehearse" in ran.err and "--yes" in ran.err and "My own" in mine.read_text()
    assert rehearse("report", "mistake", "--yes").code == 0 and "My own" not in mine.read_text()


def test_sound_beside_the_page(rehearse, library, tmp_path):
    told = rehearse("report", "disagreed", "-o", "my answers.html", "--link-audio", "--json").json
    folder = tmp_path / "my answers-audio"
    names = sorted(path.name for path in folder.iterdir())
    assert told["embedded_audio"] == 0 and names == [f"attempt-{n}.wav" for n in range(1, 9)]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    html = (tmp_path / "my answers.html").read_text()
    assert 'src="my%20answers-audio/attempt-8.wav"' in html and "base64,Zkx" not in html


def test_the_copy_of_a_deleted_sound_goes_with_the_next_page(rehearse, library, tmp_path):
    rehearse("report", "disagreed", "--link-audio")
    folder = tmp_path / "rehearse-report-audio"
    (folder / "notes.txt").write_text("mine")
    rehearse("delete", "8", "--keep-numbers", "--yes")
    assert rehearse("report", "disagreed", "--link-audio").code == 0
    assert not (folder / "attempt-8.wav").exists() and (folder / "attempt-7.wav").exists()
    assert (folder / "notes.txt").read_text() == "mine"
    assert "was deleted" in (tmp_path / "rehearse-report.html").read_text()


def test_the_newest_sound_goes_in_as_far_as_there_is_room(library):
    kept = attempts(library)
    steps = []
    whole = report_sound.embedded(kept, lambda: steps.append(1))
    newest = sorted(kept, key=lambda a: (a.recorded_at, a.id), reverse=True)
    room = sum(len(whole[a.id].href) for a in newest[:3])
    sounds = report_sound.embedded(kept, lambda: None, room + 1000)
    assert len(steps) == 12
    assert [bool(sounds[a.id].href) for a in newest] == [True] * 3 + [False] * 9
    assert sounds[newest[3].id].told.endswith(f"rehearse replay {newest[3].id}")


def test_a_recording_that_is_gone_or_damaged_costs_only_its_sound(rehearse, library, tmp_path):
    first, second, *_ = attempts(library)
    first.recording.path.unlink()
    second.recording.path.write_bytes(b"RIFF, but no sound")
    assert rehearse("report").code == 0
    html = (tmp_path / "rehearse-report.html").read_text()
    assert "is not there any more" in html and "is damaged and cannot be read" in html
    assert html.count("data:audio/flac") == 10
    assert rehearse("report", "--link-audio").code == 0


def test_it_is_never_opened_where_nobody_sits_at_the_screen(rehearse, library, monkeypatch, tmp_path):
    import webbrowser

    monkeypatch.setattr(webbrowser, "open", lambda url: pytest.fail(f"{url} was opened"))
    ran = rehearse("report", "mistake", "--open")
    assert ran.code == 0 and "nobody is at the screen" in ran.err
    assert ran.err.splitlines()[-1] == str(tmp_path / "rehearse-report.html")


def test_without_answers_the_way_to_one_is_shown(rehearse):
    assert "rehearse practice" in rehearse("report").err
    rehearse("add", "Why?")
    ran = rehearse("report", "1", "--json")
    assert ran.code == 1 and ran.json["hint"] == "Begin with: rehearse practice 1"


def test_a_place_that_cannot_be_written_is_named(rehearse, library, tmp_path):
    (tmp_path / "file").write_text("")
    ran = rehearse("report", "mistake", "-o", "file/page.html")
    assert ran.code == 1 and f"There is no folder {tmp_path / 'file'}." in " ".join(ran.err.split())


def test_what_a_person_wrote_is_shown_as_it_was_written(rehearse, library, tmp_path):
    hostile = '</script><b>Why</b> & "so"?'
    with Store.open(library / "rehearse.db", library / "recordings") as store:
        asked = store.add_question(QuestionDraft(text=hostile), practised_library.BEGAN)
        practised_library.add(store, asked, practised_library.FIXTURES / "another-voice.flac", practised_library.BEGAN)
    ran = rehearse("report", "4", "--json")
    html = (tmp_path / "rehearse-report.html").read_text()
    assert ran.code == 0 and html.count("</script>") == 1 and "<b>Why</b>" not in html
    assert "&lt;/script&gt;&lt;b&gt;Why&lt;/b&gt; &amp; &#34;so&#34;?" in html


def test_flac_is_given_as_it_is(tmp_path):
    sound = tmp_path / "kept.flac"
    soundfile.write(sound, np.zeros(1600, dtype=np.int16), 16_000)
    assert report_sound.flac(open_recording(sound)) == sound.read_bytes()


def test_the_shortest_that_can_be_chosen_is_one_that_nobody_cut_short(library):
    with closing(sqlite3.connect(library / "rehearse.db")) as connection:
        connection.execute("UPDATE attempt SET limit_s = 40, drill_round = id WHERE id IN (7, 8)")
        connection.commit()
    with Store.open(library / "rehearse.db", library / "recordings") as store:
        many = [(store.question(1), store.attempts(1))] * 20
        sounds = {attempt.id: Sound() for attempt in store.attempts(1)}
        asked, *_ = gathered(Session(), store, many, sounds, lambda: None)
    chosen = {answer.attempt.id for pair in asked.pairs for answer in (pair.earlier, pair.later)}
    # Of many questions four each: the first, the shortest of those of their own length, and the last two.
    assert chosen == {1, 5, 7, 8}


def test_every_answer_is_judged_as_show_judges_it_also_against_the_clock(library):
    """Attempts 2 to 4 become rounds of a drill, 6 an exam whose time ran out."""
    with closing(sqlite3.connect(library / "rehearse.db")) as connection:
        for number in (2, 3, 4):
            limit = (number, 130.0 - 30 * number, number - 1)
            connection.execute("UPDATE attempt SET limit_s = ?2, drill_round = ?3 WHERE id = ?1", limit)
        connection.execute("UPDATE attempt SET limit_s = 40, ran_out = 1 WHERE id = 6")
        connection.commit()
    with Store.open(library / "rehearse.db", library / "recordings") as store:
        question = store.question(1)
        kept = store.attempts(1)
        sounds = {attempt.id: Sound() for attempt in kept}
        (asked,) = gathered(Session(), store, [(question, kept)], sounds, lambda: None)
        for answer in asked.answers:
            out = outcome(answer.attempt, aim_of(answer.attempt, asked.target), store)
            assert (answer.comparison, answer.verdict) == (out.comparison, out.verdict), answer.attempt.id
            best_s = min((each.measures.answer_s for each in out.earlier), default=None)
            assert (answer.best_before.answer_s if answer.best_before else None) == best_s
    # The pair that is shown first says what became of the person's own lengths.
    shown_first = asked.pairs[-1]
    assert (shown_first.earlier.attempt.id, shown_first.later.attempt.id) == (5, 8)


def test_a_folder_that_is_not_there_is_refused_and_not_made(rehearse, library, tmp_path):
    page = tmp_path / "nope" / "report.html"
    for command in (("report",), ("export", "--format", "csv"), ("export", "--format", "json")):
        ran = rehearse(*command, "-o", page)
        assert ran.code == 1 and "There is no folder" in ran.err
    assert not page.parent.exists()
