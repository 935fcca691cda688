"""Subtitles and TextGrids, read back by readers that are not ours."""

import io
import itertools
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st
from praatio import textgrid as praat

from rehearse.measurement.fillers import Filler
from rehearse.measurement.pauses import Pause
from rehearse.presentation.transcript_files import srt, textgrid, vtt
from rehearse.transcription.transcript import EngineIdentity, Transcript, Word

ENGINE = EngineIdentity(name="whisper", model="small.en", version="1")
SAID = 'Um, I said "no" & <left>. After that we had a long talk about the opening hours of our shop in the old town.'

texts = st.text(
    alphabet=st.characters(blacklist_categories=("Cs",), blacklist_characters=" \n\r\t"), min_size=1, max_size=12
)
times = st.floats(min_value=0, max_value=500)


def transcript(text: str = SAID, step_s: float = 0.4) -> Transcript:
    words = text.split()
    return said([(n * step_s, n * step_s + 0.3, word) for n, word in enumerate(words)])


def said(words) -> Transcript:
    made = tuple(Word(text=text, start_s=start_s, end_s=end_s) for start_s, end_s, text in words)
    return Transcript(language="en", words=made, engine=ENGINE)


def cues(text: str, form: str):
    """Start, end and text of each cue, as FFmpeg's demuxer reads them."""
    with av.open(io.BytesIO(text.encode()), format=form) as container:
        return [
            (float(p.pts * p.time_base), float((p.pts + p.duration) * p.time_base), bytes(p).decode())
            for p in container.demux()
            if p.size
        ]


@pytest.mark.parametrize(("write", "form"), [(srt, "srt"), (vtt, "webvtt")])
def test_ffmpeg_reads_every_word_at_its_time(write, form):
    given_words = transcript()
    read = cues(write(given_words), form)
    text = " ".join(" ".join(line for line in cue[2].splitlines()) for cue in read)
    plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert plain.split() == SAID.split()
    assert read[0][0] == pytest.approx(0.0, abs=0.001) and read[-1][1] == pytest.approx(
        given_words.words[-1].end_s, abs=0.001
    )
    assert all(one[1] <= other[0] + 1e-6 for one, other in itertools.pairwise(read))


def test_cues_are_short_enough_to_be_read():
    read = cues(srt(transcript(" ".join(["responsibility"] * 60))), "srt")
    assert len(read) > 5
    for start_s, end_s, text in read:
        assert end_s - start_s <= 6.0 and len(text.splitlines()) <= 2
        assert all(len(line) <= 42 for line in text.splitlines())


def test_an_answer_of_over_an_hour_keeps_its_times():
    (cue,) = cues(srt(said([(3725.5, 3726.25, "Yes.")])), "srt")
    assert cue[:2] == (pytest.approx(3725.5), pytest.approx(3726.25))


def test_no_words_are_no_cues():
    assert srt(said([])) == "" and vtt(said([])) == "WEBVTT\n"


def grid(answer, words, fillers=(), pauses=(), folder: Path | None = None):
    measures = answer(98, fillers=fillers, pauses=pauses)
    path = folder / "answer.TextGrid"
    path.write_text(textgrid(said(words), measures), encoding="utf-8")
    return praat.openTextgrid(str(path), includeEmptyIntervals=True)


def test_praat_s_format_is_read_by_an_independent_reader(answer, tmp_path):
    words = [(1.0, 1.4, 'say "no"'), (1.4, 1.9, "Ünal,"), (4.2, 4.5, "left.")]
    pause = Pause(start_s=1.9, end_s=4.2)
    um = Filler(text="um", start_s=2.5, end_s=2.9, kind="sound", source="sound")
    read = grid(answer, words, (um,), (pause,), tmp_path)
    assert read.tierNames == ("words", "pauses", "fillers") and read.maxTimestamp == 100
    labelled = [tuple(entry) for entry in read.getTier("words").entries if entry.label]
    assert labelled == [(1.0, 1.4, 'say "no"'), (1.4, 1.9, "Ünal,"), (4.2, 4.5, "left.")]
    assert [tuple(e) for e in read.getTier("pauses").entries if e.label] == [(1.9, 4.2, "long pause")]
    assert [tuple(e) for e in read.getTier("fillers").entries if e.label] == [(2.5, 2.9, "um")]


@given(words=st.lists(st.tuples(times, times, texts), max_size=12))
def test_intervals_cover_the_answer_without_a_gap_whatever_the_words(tmp_path_factory, words):
    from answers import answer

    ordered = [(min(a, b), max(a, b), text) for a, b, text in words]
    read = grid(answer, ordered, folder=tmp_path_factory.mktemp("grid"))
    entries = read.getTier("words").entries
    assert entries[0].start == 0 and entries[-1].end == pytest.approx(read.maxTimestamp, abs=0.002)
    assert all(one.end == other.start for one, other in itertools.pairwise(entries))
    assert all(entry.end > entry.start for entry in entries)


@given(words=st.lists(st.tuples(times, texts), max_size=12))
def test_subtitles_survive_any_text(words):
    ordered = sorted(words)
    given_words = said([(start_s, start_s + 0.2, text) for start_s, text in ordered])
    for text in (srt(given_words), vtt(given_words)):
        assert "\x00" not in text and text.count("-->") >= (1 if ordered else 0)
