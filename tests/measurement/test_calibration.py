from dataclasses import replace

import numpy as np
import pytest
from answers import WHISPER, answer

from fixtures.reading import read_aloud, text
from fixtures.voices import RATE_HZ, SpeechNotMade
from rehearse.measurement.calibration import LEAST_FILLERS, MOST_ERRORS, calibrate, marked
from rehearse.measurement.filled_pauses import filled_pauses_in
from rehearse.measurement.fillers import Filler, filled_pauses, fillers_in
from rehearse.measurement.sound_shapes import loudness
from rehearse.measurement.words import tokens_of
from rehearse.settings import text_to_read
from rehearse.transcription.aligner import Aligner
from rehearse.transcription.transcript import Transcript, Word

TEXT = "We sold, um, cheap tickets on Monday and, uh, all of them went, um, before the next day was over."
STEP_S = 0.5


def words_of(said):
    """One word each half a second, in the way of an engine; '(um)' was said and not written."""
    return [
        Word(text=word, start_s=STEP_S * place, end_s=STEP_S * (place + 1))
        for place, word in enumerate(said.split())
        if not word.startswith("(")
    ]


def sounds_of(said):
    return [
        Filler(text=word.strip("()"), start_s=STEP_S * at, end_s=STEP_S * (at + 1), kind="sound", source="sound")
        for at, word in enumerate(said.split())
        if word.startswith("(")
    ]


def read(said, meant=TEXT, *, sounds=(), looked=True, **changes):
    measures = replace(answer(45.0, fillers=()), **changes)
    transcript = Transcript(language="en", words=tuple(words_of(said)), engine=WHISPER)
    return calibrate(meant, transcript, measures, [*sounds_of(said), *sounds] if looked else None)


def heard(found):
    return found.fillers_heard_text, found.fillers_heard_sound, found.fillers_heard, found.false_fillers


def test_a_text_heard_as_it_stands_has_no_errors_and_all_its_fillers():
    found = read(TEXT)
    assert (found.text_words, found.words_read, found.words_heard, found.word_error_ratio) == (17, 17, 17, 0.0)
    assert found.fillers_spoken == 3 and heard(found) == (3, 0, 3, 0)
    assert found.was_read and found.is_enough and found.is_whole


def test_case_and_punctuation_and_spelling_of_an_um_are_no_errors():
    found = read(TEXT.replace(",", "").lower().replace(" um ", " ummm "))
    assert found.word_error_ratio == 0.0 and found.fillers_heard == 3


@pytest.mark.parametrize(
    ("said", "errors", "alike"),
    [
        (TEXT.replace("cheap", "sheep"), 1, 16),
        (TEXT.replace("cheap ", ""), 1, 16),
        (TEXT.replace("cheap", "very cheap"), 1, 17),
        (TEXT.replace("cheap", "sheep").replace("Monday ", ""), 2, 15),
    ],
)
def test_words_replaced_left_out_and_added_are_errors_and_cost_no_filler(said, errors, alike):
    found = read(said)
    assert found.word_error_ratio == pytest.approx(errors / 17) and found.words_heard == alike
    assert heard(found) == (3, 0, 3, 0)


def test_a_filler_that_only_the_sound_gives_away_counts_as_heard_apart():
    assert heard(read(TEXT.replace(" uh, ", " (uh) "))) == (2, 1, 3, 0)


def test_where_nobody_looked_in_the_sound_nothing_is_said_of_it():
    found = read(TEXT.replace(" uh, ", " "), looked=False)
    assert heard(found) == (2, None, 2, 0)


def test_one_filler_heard_both_ways_is_one():
    (um,) = [word for word in words_of(TEXT) if word.text == "uh,"]
    again = Filler(text="uh", start_s=um.start_s + 0.2, end_s=um.end_s + 0.2, kind="sound", source="sound")
    assert heard(read(TEXT, sounds=[again])) == (3, 0, 3, 0)


def test_a_filler_heard_elsewhere_is_false_and_makes_up_for_none():
    said = TEXT.replace(" uh, ", " ").replace("tickets on", "tickets um on")
    assert heard(read(said)) == (2, 0, 2, 1)
    assert heard(read(TEXT.replace(" uh, ", " ").replace("tickets on", "tickets (um) on"))) == (2, 0, 2, 1)


def test_a_filler_whose_end_was_taken_for_the_word_before_it_is_that_filler():
    said = TEXT.replace(" uh, ", " (uh) ")
    (after,) = [word for word in words_of(said) if word.text == "and,"]
    early = Filler(text="uh", start_s=after.start_s - 0.4, end_s=after.start_s, kind="sound", source="sound")
    transcript = Transcript(language="en", words=tuple(words_of(said)), engine=WHISPER)
    assert heard(calibrate(TEXT, transcript, answer(45.0, fillers=()), [early])) == (2, 1, 3, 0)


def test_two_fillers_heard_where_one_was_read_are_one_and_one_false():
    assert heard(read(TEXT.replace("um, before", "um, um, before"))) == (3, 0, 3, 1)


def test_a_filler_word_heard_where_the_text_has_none_is_false():
    like = Filler(text="like", start_s=1.0, end_s=1.2, kind="word")
    assert heard(read(TEXT, fillers=(like,))) == (3, 0, 3, 1)


def test_a_filler_among_misheard_words_is_still_that_one():
    found = read(TEXT.replace("and, uh, all of", "end uh oil off"))
    assert heard(found) == (3, 0, 3, 0)
    assert heard(read(TEXT.replace("and, uh, all of", "end oil (uh) off"))) == (2, 1, 3, 0)


def test_a_filler_written_as_a_word_is_not_heard():
    found = read(TEXT.replace(", uh,", " a"))
    assert heard(found) == (2, 0, 2, 0) and found.word_error_ratio == pytest.approx(1 / 17)


def test_a_word_that_begins_where_the_filler_before_it_began_does_not_hide_it():
    words = words_of(TEXT.replace(" uh, ", " (uh) "))
    (after,) = [place for place, word in enumerate(words) if word.text == "all"]
    words[after] = replace(words[after], start_s=words[after].start_s - STEP_S)
    transcript = Transcript(language="en", words=tuple(words), engine=WHISPER)
    assert calibrate(TEXT, transcript, answer(45.0), sounds_of(TEXT.replace(" uh, ", " (uh) "))).fillers_heard == 3


def test_only_the_part_that_was_read_counts():
    found = read("We sold, um, cheap tickets on Monday")
    assert (found.words_read, found.text_words, found.fillers_spoken) == (6, 17, 1)
    assert found.word_error_ratio == 0.0 and found.fillers_heard == 1
    assert not found.is_whole and found.was_read and not found.is_enough and LEAST_FILLERS > 1


def test_a_misheard_last_word_is_an_error_and_no_early_end():
    for said in (TEXT.replace(" over.", " ova."), TEXT.replace(" over.", "")):
        found = read(said)
        assert found.is_whole and found.word_error_ratio == pytest.approx(1 / 17)


@pytest.mark.parametrize(
    "said",
    [
        "I have always wanted to work for a firm like yours because I enjoy hard problems and good people",
        "um uh um uh um uh",
        "",
    ],
)
def test_another_text_was_not_read(said):
    found = read(said)
    assert not found.was_read and (not said or found.word_error_ratio > MOST_ERRORS)


def test_level_and_noise_are_those_of_the_recording():
    found = read(TEXT, level_dbfs=-24.0, noise_floor_dbfs=-60.0, clipped=True)
    assert (found.level_dbfs, found.noise_floor_dbfs, found.snr_db, found.clipped) == (-24.0, -60.0, 36.0, True)
    assert read(TEXT, noise_floor_dbfs=None).snr_db is None


def test_marks_stand_around_the_fillers_and_nothing_else_changes():
    assert marked("Um, we sold,\nuh, it. Umbrellas!") == "[Um], we sold,\n[uh], it. Umbrellas!"


def test_the_bundled_text_takes_45_seconds_and_holds_eight_fillers_and_no_filler_word():
    whole = text_to_read().read_text(encoding="utf-8")
    tokens = tokens_of(Word(text=word, start_s=0.0, end_s=0.0) for word in whole.split())
    sounds = filled_pauses(tokens, "en")
    assert len(tokens) / 150 * 60 == pytest.approx(45, abs=3) and len(sounds) == 8
    assert [filler.kind for filler in fillers_in(tokens, sounds, "en", ())] == ["sound"] * 8
    last_words = {token.plain for token in tokens[-3:]}
    assert not last_words & {"um", "uh"}, "whoever misses the last words must have read all the fillers"
    apart = np.diff(sorted(sounds))
    assert apart.min() > 4, "fillers so near to each other could be taken for one another"


def test_fillers_left_out_of_the_words_are_credited_where_their_sound_is(cannot):
    meant = text(3)
    try:
        sound = read_aloud("flite slt", meant).astype(np.float32)
    except SpeechNotMade as error:
        cannot(f"needs {error}")
    tokens = [word for word in meant.split() if word.strip(",.").lower() not in ("um", "uh")]
    step_s = len(sound) / RATE_HZ / len(tokens)
    rough = [Word(text=word, start_s=step_s * at, end_s=step_s * (at + 1)) for at, word in enumerate(tokens)]
    aligned = Aligner().align(rough, sound, 0.0)
    hesitations = filled_pauses_in(
        aligned.hesitations,
        lambda start_s, end_s: sound[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)],
        loudness([sound]),
    )
    transcript = Transcript(language="en", words=aligned.words, engine=WHISPER)
    found = calibrate(meant, transcript, answer(20.0), hesitations)
    assert found.word_error_ratio == 0.0 and found.fillers_spoken == 3
    assert heard(found) == (0, 3, 3, 0)
