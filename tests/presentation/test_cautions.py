from dataclasses import replace

import pytest

from rehearse.measurement.drawn_out import Hum, StretchedWord
from rehearse.measurement.fillers import Filler
from rehearse.measurement.languages import FILLER_LISTS
from rehearse.presentation.cautions import doubts_told, drawn_out, hidden_pauses, uncounted_fillers, unheard_fillers
from rehearse.transcription.transcript import Doubt, EngineIdentity, Transcript


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([(12, 20)], "between 0:12 and 0:20"),
        ([(12, 12.3)], "at 0:12"),
        ([(12, 20), (30, 31)], "between 0:12 and 0:20 and between 0:30 and 0:31"),
        ([(1, 1), (2, 2), (3, 3), (4, 4)], "at 0:01, at 0:02, at 0:03 and in 1 more place"),
        ([(n, n) for n in range(9)], "at 0:00, at 0:01, at 0:02 and in 6 more places"),
    ],
)
def test_every_place_that_is_doubtful_is_named(engines, places, said):
    doubts = tuple(Doubt(start_s=start_s, end_s=end_s, why="no words") for start_s, end_s in places)
    transcript = Transcript(language="en", words=(), engine=engines["whisper"], doubts=doubts)
    assert doubts_told(transcript) == [f"There is speech {said}, but the recogniser could make out no words."]


GIVEN = EngineIdentity(name="given", model="", version="")


def test_a_transcript_brought_along_is_called_yours():
    doubts = tuple(Doubt(start_s=30.0, end_s=40.0, why=why) for why in ("in circles", "no words"))
    assert doubts_told(Transcript(language="en", words=(), engine=GIVEN, doubts=doubts)) == [
        "Between 0:30 and 0:40 your transcript goes round in circles; the words there may be wrong.",
        "There is speech between 0:30 and 0:40, but your transcript has no words for it.",
    ]


def test_that_the_sound_could_not_be_searched_is_said_where_it_should_have_been(answer, engines):
    given = Transcript(language="en", words=(), engine=GIVEN)
    assert "could not be started" in unheard_fillers(answer(120, engine=GIVEN), given)
    searched, german = replace(given, hesitations=()), replace(given, language="de")
    without_sound = replace(answer(120, engine=GIVEN), phonation_s=None)
    whisper = replace(given, engine=engines["whisper"])
    assert unheard_fillers(without_sound, given) == ""
    for fine in (searched, german, whisper, None):
        assert unheard_fillers(answer(120), fine) == ""


def test_a_transcript_without_doubts_needs_no_sentence(engines):
    assert doubts_told(Transcript(language="en", words=(), engine=engines["whisper"])) == []


def test_a_language_without_a_list_is_said_to_have_none(answer, engines):
    finnish = replace(engines["whisper"], options={"language": "fi"})
    unknown = replace(answer(120, engine=finnish), discourse_marker_count=None)
    assert uncounted_fillers(unknown).startswith("Filler words are not counted in this language")
    assert "your own list" in uncounted_fillers(answer(120, engine=finnish))
    drawn_out = replace(answer(120), sound_fillers="cannot tell")
    assert "only the fillers in the text" in uncounted_fillers(drawn_out)
    um = Filler(text="um", start_s=1.0, end_s=1.5, kind="sound", source="sound", confirmed=True)
    assert "the text and those you confirmed are counted" in uncounted_fillers(replace(drawn_out, fillers=(um,)))
    for fine in (answer(120), answer(120, engine=None)):
        assert uncounted_fillers(fine) == ""


def test_where_the_sound_is_not_searched_for_fillers_that_is_said(engines, answer):
    for code, language in FILLER_LISTS.items():
        heard = answer(120, engine=replace(engines["whisper"], options={"language": code}))
        searched = code == "en" or language.held_vowel is not None
        assert uncounted_fillers(heard).startswith("Fillers that the recogniser left out") == (not searched)
        assert uncounted_fillers(replace(heard, sound_fillers="counted")) == ""
        given = replace(engines["whisper"], name="given", options={"language": code})
        assert uncounted_fillers(answer(120, engine=given)) == ""


def test_what_is_drawn_out_takes_one_line_and_is_said_not_to_count(answer):
    words = tuple(StretchedWord(text=text, start_s=at, end_s=at + 0.4) for text, at in (("so", 12.2), ("[b]a", 31.0)))
    hums = (Hum(start_s=40.0, end_s=40.3),)
    now = replace(answer(120), stretched_words=words, hums=hums)
    assert drawn_out(now) == 'drawn out: "so" at 0:12, "[b]a" at 0:31; "hm" at 0:40 - not counted as fillers'
    assert drawn_out(replace(now, stretched_words=())) == '"hm" at 0:40 - not counted as fillers'
    assert drawn_out(replace(now, stretched_words=words * 3, hums=())).endswith(
        '"[b]a" at 0:31, 2 more - not counted as fillers'
    )
    for nothing in (replace(now, stretched_words=(), hums=()), answer(120)):
        assert drawn_out(nothing) == ""
    escape = StretchedWord(text="a\x1b[31m", start_s=1.0, end_s=1.4)
    assert "\x1b" not in drawn_out(replace(now, stretched_words=(escape,)))


def test_noise_that_blurs_pauses_is_said_and_quiet_is_not(answer):
    now = answer(120)
    assert "roughly" in hidden_pauses(replace(now, pauses_heard="roughly"))
    assert "not measured" in hidden_pauses(replace(now, pauses_heard="cannot tell"))
    assert hidden_pauses(replace(now, pauses_heard="clearly")) == ""
    assert hidden_pauses(replace(now, pauses_heard=None)) == ""
