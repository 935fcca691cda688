from dataclasses import replace

import pytest

from rehearse.presentation.cautions import doubts_told, uncounted_fillers, unheard_fillers
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
    assert doubts_told(transcript) == [f"I heard speech {said} but could make out no words there."]


GIVEN = EngineIdentity(name="given", model="", version="")


def test_a_transcript_brought_along_is_called_yours():
    doubts = tuple(Doubt(start_s=30.0, end_s=40.0, why=why) for why in ("in circles", "no words"))
    assert doubts_told(Transcript(language="en", words=(), engine=GIVEN, doubts=doubts)) == [
        "Between 0:30 and 0:40 your transcript goes round in circles; the words there may be wrong.",
        "I heard speech between 0:30 and 0:40 but your transcript has no words there.",
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
    finnish, german = (replace(engines["whisper"], options={"language": code}) for code in ("fi", "de"))
    unknown = replace(answer(120, engine=finnish), discourse_marker_count=None)
    assert uncounted_fillers(unknown).startswith("Filler words are not counted in this language")
    assert "your own list" in uncounted_fillers(answer(120, engine=finnish))
    drawn_out = replace(answer(120), sound_fillers="cannot tell")
    assert "only the fillers in the text" in uncounted_fillers(drawn_out)
    for fine in (answer(120), answer(120, engine=german), answer(120, engine=None)):
        assert uncounted_fillers(fine) == ""
