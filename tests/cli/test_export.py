"""`export`, as a person uses it."""

import csv
import io


def test_the_last_attempt_becomes_subtitles(rehearse, practised, tmp_path):
    ran = rehearse("export", "--format", "srt", "-o", tmp_path / "a.srt")
    assert ran.code == 0 and "Saved" in ran.err
    assert "-->" in (tmp_path / "a.srt").read_text() and "had seen." in (tmp_path / "a.srt").read_text()
    assert rehearse("export", "1", "--format", "vtt").out.startswith("WEBVTT")
    assert 'Object class = "TextGrid"' in rehearse("export", "1", "--format", "textgrid").out


def test_a_table_and_notes_of_everything(rehearse, practised):
    (row,) = csv.DictReader(io.StringIO(rehearse("export", "--format", "csv").out))
    assert float(row["answer_s"]) == practised["answer_s"] and row["attempt"] == "1"
    assert rehearse("export", "first job").out.startswith("## ")


def test_a_file_that_is_there_is_not_written_over_without_a_yes(rehearse, practised, tmp_path):
    (tmp_path / "a.csv").write_text("mine")
    ran = rehearse("export", "--format", "csv", "-o", tmp_path / "a.csv")
    assert ran.code == 1 and "--yes" in ran.err and (tmp_path / "a.csv").read_text() == "mine"
    assert rehearse("export", "--format", "csv", "-o", tmp_path / "a.csv", "--yes").code == 0
    assert (tmp_path / "a.csv").read_text().startswith("question,")


def test_an_attempt_without_words_says_how_to_have_them(rehearse, practised):
    rehearse("delete", "1", "--keep-numbers", "--yes")
    ran = rehearse("export", "1", "--format", "srt")
    assert ran.code == 1 and "were deleted with its sound" in ran.err
    assert rehearse("export", "--format", "csv").code == 0
