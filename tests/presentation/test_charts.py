"""Pictures are read back as XML: what a browser would draw."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.presentation import wording
from rehearse.presentation.charts import SECONDS_STEPS, Chart, Point, line_chart, signed, small_chart, why_bars

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</title><script>alert(1)</script> \" ' & \u2028\x1b[31m"


def chart(*values, kinds=(), band=(60.0, 120.0), trend=None, **others):
    points = [
        Point(name=f"attempt {n}", value=value, told=wording.clock(value), kind=kinds[n] if kinds else "cold")
        for n, value in enumerate(values)
    ]
    return Chart(
        key="q1-answer-s",
        title=others.pop("title", "Length"),
        description=others.pop("description", "4 answers."),
        ticks=others.pop("ticks", wording.clock),
        points=points,
        band=band,
        band_name="your aim",
        trend=trend,
        **({"steps": SECONDS_STEPS, "first_day": "3 Nov", "last_day": "7 Nov"} | others),
    )


def read(svg):
    return ElementTree.fromstring(svg)


def of_class(picture, name):
    return [element for element in picture.iter() if name in element.get("class", "").split()]


@pytest.mark.parametrize("draw", [line_chart, small_chart])
def test_a_picture_has_a_name_and_a_description(draw):
    picture = read(draw(chart(150, 130)))
    assert picture.get("role") == "img"
    titled, described = picture.get("aria-labelledby").split()
    by_id = {element.get("id"): element.text for element in picture.iter()}
    assert by_id[titled] == "Length" and by_id[described] == "4 answers."


@pytest.mark.parametrize("draw", [line_chart, small_chart])
def test_text_is_text_whatever_is_in_it(draw):
    hostile = chart(150, title=HOSTILE, description=HOSTILE, first_day=HOSTILE, last_day=HOSTILE)
    picture = read(draw(hostile))
    assert not picture.findall(f".//{SVG}script")
    assert picture.find(f"{SVG}title").text == wording.shown(HOSTILE)
    assert "\x1b" not in draw(hostile) and "\u2028" not in draw(hostile)


def test_kinds_of_answers_differ_in_shape():
    picture = read(line_chart(chart(200, 150, 140, kinds=("real", "cold", "warm"))))
    assert of_class(picture, "real")[0].tag == f"{SVG}path"
    (cold,), (warm,) = of_class(picture, "cold"), of_class(picture, "warm")
    assert cold.tag == warm.tag == f"{SVG}circle" and cold.get("r") != warm.get("r")
    assert cold.find(f"{SVG}title").text == "attempt 1: 2:30"


def test_lower_is_lower_and_the_band_lies_between_its_ends():
    picture = read(line_chart(chart(150, 90, 30)))
    over, inside, under = (float(dot.get("cy")) for dot in of_class(picture, "cold"))
    band = of_class(picture, "band")[0]
    top = float(band.get("y"))
    bottom = top + float(band.get("height"))
    assert over < top < inside < bottom < under


def test_the_axis_has_steps_a_person_can_read():
    ticks = [tick.text for tick in of_class(read(line_chart(chart(170, 95))), "tick")]
    assert ticks == ["0:00", "1:00", "2:00", "3:00", "3 Nov", "7 Nov"]
    by_tens = line_chart(chart(148, 152, band=(110.0, 180.0), from_zero=False, steps=(), ticks="{:.0f}".format))
    assert [tick.text for tick in of_class(read(by_tens), "tick")][:-2] == ["100", "120", "140", "160", "180"]


def test_the_trend_is_drawn_over_the_dots_it_rests_on():
    picture = read(line_chart(chart(200, 160, 140, 120, 100, trend=(1, 4, 160.0, 100.0))))
    line = of_class(picture, "trend")[0]
    dots = of_class(picture, "cold")
    assert [line.get("x1"), line.get("y1")] == [dots[1].get("cx"), dots[1].get("cy")]
    assert [line.get("x2"), line.get("y2")] == [dots[4].get("cx"), dots[4].get("cy")]


@given(st.lists(st.floats(min_value=0, max_value=4000), min_size=1, max_size=70), st.booleans())
def test_every_dot_lies_inside_the_picture(values, from_zero):
    for draw in (line_chart, small_chart):
        picture = read(draw(chart(*values, from_zero=from_zero, steps=())))
        _, _, width, height = map(float, picture.get("viewBox").split())
        dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in of_class(picture, "cold")]
        assert len(dots) == len(values)
        assert all(0 <= x <= width and 0 <= y <= height for x, y in dots)


@given(st.lists(st.floats(min_value=0, max_value=600), min_size=1, max_size=60))
def test_what_the_band_is_stands_clear_of_dots_lines_and_days(values):
    picture = read(line_chart(chart(*values)))
    (name,) = of_class(picture, "band-name")
    height = float(picture.get("viewBox").split()[3])
    lowest = max(
        [float(dot.get("cy")) + float(dot.get("r")) for dot in of_class(picture, "cold")]
        + [float(text.get("y")) for kind in ("tick", "latest") for text in of_class(picture, kind)]
    )
    assert lowest + 11 <= float(name.get("y")) <= height - 3


def test_bars_of_a_change_are_as_long_as_their_seconds_and_lie_on_their_side():
    parts = [("words", -17.2), ("speed between pauses", 0.4), ("pauses", -7.1)]
    picture = read(why_bars("why-5", parts, "24 s shorter."))
    middle = float(of_class(picture, "axis")[0].get("x1"))
    bars = picture.findall(f"{SVG}rect")
    sizes = [float(bar.get("width")) for bar in bars]
    assert sizes[0] / sizes[2] == pytest.approx(17.2 / 7.1, rel=0.02)
    assert sizes[3] == pytest.approx(sizes[0] - sizes[1] + sizes[2], abs=0.6)
    assert [float(bar.get("x")) < middle for bar in bars] == [True, False, True, True]
    told = [text.text for text in of_class(picture, "part")]
    assert told == ["−17.2 s", "+0.4 s", "−7.1 s", "−23.9 s"]


def test_getting_shorter_is_no_gain_where_the_answer_is_short_already():
    colours = [
        {bar.get("class").split()[0] for bar in read(drawn).findall(f"{SVG}rect")}
        for drawn in (
            why_bars("why-5", [("words", -17.2), ("pauses", 3.0)], ""),
            why_bars("why-5", [("words", -17.2), ("pauses", 3.0)], "", shorter_is_better=False),
        )
    ]
    assert colours == [{"less", "more"}, {"plain"}]


@given(st.lists(st.floats(min_value=-3000, max_value=3000), min_size=3, max_size=3))
def test_bars_of_any_change_stay_inside_the_picture(seconds):
    picture = read(why_bars("why", list(zip(("words", "speed between pauses", "pauses"), seconds, strict=True)), ""))
    for bar in picture.findall(f"{SVG}rect"):
        left, size = float(bar.get("x")), float(bar.get("width"))
        assert left >= 120 and left + size <= 361


def test_a_change_has_a_sign_unless_it_is_none():
    assert [signed(value) for value in (-17.24, 0.36, 0.0, -0.04)] == ["−17.2 s", "+0.4 s", "0.0 s", "0.0 s"]
    assert not re.search(r"-\d", signed(-3.0))
