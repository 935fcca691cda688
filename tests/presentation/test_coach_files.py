import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from answers import WHISPER

from rehearse.measurement.attempt import Timed
from rehearse.measurement.fillers import Filler
from rehearse.presentation.coach_files import Practised, notes, table
from rehearse.question import Question, Target
from rehearse.transcription.transcript import Transcript, Word

AIM = Target(low_s=60, high_s=120)


@pytest.fixture
def practised(answer, attempts):
    def make(text="Tell me about a conflict.", said="Um, we *led* the team.", lengths=(150, 120, 100, 90), points=()):
        words = tuple(Word(text=w, start_s=1 + n * 0.4, end_s=1.3 + n * 0.4) for n, w in enumerate(said.split()))
        um = Filler(text="um", start_s=1.0, end_s=1.3, kind="sound")
        made = attempts(*(answer(length, fillers=(um,)) for length in lengths))
        question = Question(
            id=1, text=text, created_at=datetime(2026, 11, 1, tzinfo=UTC), points=points, note="rambled"
        )
        transcripts = {a.id: Transcript(language="en", words=words, engine=WHISPER) for a in made}
        return Practised(question=question, target=AIM, attempts=made, transcripts=transcripts)

    return make


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_has_a_row_for_each_attempt(practised):
    read = rows(table([practised()], UTC))
    assert [row["attempt"] for row in read] == ["1", "2", "3", "4"]
    assert float(read[2]["answer_s"]) == 100 and read[0]["kind"] == "cold" and read[0]["model"] == "small.en"
    assert read[0]["landing_s"] == "" and read[0]["text"] == "Um, we *led* the team."


def test_the_table_tells_the_limit_of_a_drill_and_of_an_exam_and_whether_time_ran_out(practised):
    given = practised()
    limits = (None, Timed(limit_s=240, drill_round=1), Timed(limit_s=120, ran_out=True), Timed(limit_s=120))
    timed = tuple(replace(each, timed=limit) for each, limit in zip(given.attempts, limits, strict=True))
    read = rows(table([replace(given, attempts=timed)], UTC))
    told = [(row["kind"], row["limit_s"], row["ran_out"]) for row in read]
    assert told[:2] == [("cold", "", ""), ("drill", "240", "False")] and told[2][1:] == ("120", "True")
    assert told[3][1:] == ("120", "False")


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-2", "@SUM(A1)", "\t=x", "  =cmd|' /C calc'!A0"])
def test_no_text_is_taken_for_a_formula(practised, text):
    for row in rows(table([practised(text=text, said=text)], UTC)):
        for name in ("question", "text"):
            assert row[name][0] == "'" and row[name][1:].strip()


def test_text_of_several_lines_with_quotes_comes_back_on_one(practised):
    (row, *_) = rows(table([practised(text='Why "us"?\nReally, why?')], UTC))
    assert row["question"] == 'Why "us"? Really, why?'


def test_the_notes_can_be_read_by_a_coach(practised):
    read = notes([practised(points=("what I did",))], UTC)
    assert read.startswith("## Tell me about a conflict.\n")
    assert "In the interview: rambled" in read and "- what I did" in read and "Aim: 1:00-2:00." in read
    assert "Improving: about" in read and "| 4 | 7 Nov cold | 1:30 |" in read
    assert "> **Um,** we \\*led\\* the team." in read


def test_a_question_not_practised_says_so(practised):
    assert "Not practised yet." in notes([practised(lengths=())], UTC)


@pytest.mark.parametrize(
    ("text", "written"),
    [("1. Why?", "## 1\\. Why?"), ("# x", "## \\# x"), ("<script>", "## \\<script\\>"), ("a | b", "## a \\| b")],
)
def test_text_cannot_make_markdown_of_its_own(practised, text, written):
    assert notes([practised(text=text)], UTC).splitlines()[0] == written
