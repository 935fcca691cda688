from dataclasses import replace

import pytest

from rehearse.presentation.cautions import doubts_told, hidden_pauses, uncounted_fillers
from rehearse.transcription.transcript import Doubt, Transcript


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


def test_noise_that_blurs_pauses_is_said_and_quiet_is_not(answer):
    now = answer(120)
    assert "roughly" in hidden_pauses(replace(now, pauses_heard="roughly"))
    assert "not measured" in hidden_pauses(replace(now, pauses_heard="cannot tell"))
    assert hidden_pauses(replace(now, pauses_heard="clearly")) == ""
    assert hidden_pauses(replace(now, pauses_heard=None)) == ""
