from xml.etree import ElementTree

from rehearse.measurement.fillers import Filler
from rehearse.measurement.landmarks import Landmarks
from rehearse.measurement.pauses import Pause
from rehearse.presentation.wave_picture import COLUMNS, described_in_words, wave_picture

MARKS = Landmarks(
    length_s=100.0,
    pauses=(Pause(start_s=20.0, end_s=24.0), Pause(start_s=60.0, end_s=61.0)),
    fillers=(
        Filler(text="um", start_s=10.0, end_s=10.4, kind="sound"),
        Filler(text="uh", start_s=50.0, end_s=50.4, kind="sound", source="sound"),
    ),
    landing_s=80.0,
)
LEVELS = [-20.0 - n % 7 for n in range(400)]


def paths(marks=MARKS, levels=LEVELS):
    picture = ElementTree.fromstring(wave_picture("wave-5", "The sound of <attempt> 5", levels, marks))
    found: dict[str, list[str]] = {}
    for element in picture.iter():
        found.setdefault(element.get("class", ""), []).append(element.get("d", ""))
    return picture, found


def test_places_stand_where_they_are_in_the_recording():
    _, found = paths()
    assert found["filler"] == ["M20.00 112h0", "M100.00 112h0"]
    assert len(found["unsure"]) == 1 and found["unsure"][0].startswith("M100.00 ")
    assert found["landing"][0].startswith("M160.00 ")
    assert len(found["long"]) == 1 and found["long"][0].startswith("M40.00 50H48.00")


def test_there_are_bars_where_somebody_speaks_and_none_in_pauses():
    _, found = paths()
    columns = {float(bar.split(" ")[0]) for bar in found["bars"][0].split("M") if bar}
    assert 39.5 in columns and 48.5 in columns and not any(40 < column < 48 for column in columns)
    assert len(columns) == COLUMNS - 8 - 2


def test_what_is_drawn_is_told_in_words():
    told = described_in_words(MARKS)
    assert told == "1:40 long; 1 long pause, at 0:20; 2 fillers; the point was made by 1:20."
    picture, _ = paths()
    assert told in "".join(picture.itertext()) and "The sound of <attempt> 5" in "".join(picture.itertext())


def test_a_recording_of_which_nothing_is_known_is_still_drawn():
    _, found = paths(Landmarks(length_s=0.0))
    assert "filler" not in found and found["bars"][0].count("M") == COLUMNS
    _, silent = paths(Landmarks(length_s=10.0), levels=[])
    assert silent["bars"]
