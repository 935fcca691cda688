import io

import pytest
from known_answer import everything_as_json
from rich.console import Console

from rehearse.presentation.explained import explained, in_words


def shown(answer: dict, width: int = 80) -> list[str]:
    console = Console(file=io.StringIO(), width=width, markup=False, highlight=False, emoji=False)
    console.print(explained(answer))
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


@pytest.mark.parametrize("width", [60, 80, 200])
def test_every_line_fits_and_none_is_too_long_to_read(width: int) -> None:
    lines = shown(everything_as_json(), width)
    assert max(map(len, lines)) <= min(width, 80)
    assert "…" not in "".join(lines)


def test_each_number_stands_with_its_value_formula_threshold_and_source() -> None:
    text = "\n".join(shown(everything_as_json()))
    rate = text[text.index("  speech rate") : text.index("  articulation rate")]
    assert "150 words a minute" in rate
    assert "formula    60 × words / answer duration" in rate
    assert "threshold  Between 110 and 180" in rate
    assert "De Jong & Wempe (2009)" in rate
    assert "`" not in text and "**" not in text and "null" not in text


def test_a_comparison_is_explained_with_its_values() -> None:
    text = " ".join(" ".join(shown(everything_as_json())).split())
    assert "change in length +50.0 s" in text and "change, as a share +50%" in text
    assert "your usual length 1:40 (100.0 s)" in text and "words +" in text


def test_what_is_unknown_is_named_and_not_explained() -> None:
    text = " ".join(" ".join(shown({"answer_s": 12.0, "word_count": None, "landing": None})).split())
    assert text.endswith("Not known for this answer: words, the landing in words.")
    assert "Words said" not in text


def test_what_only_says_which_answer_it_is_needs_no_words() -> None:
    assert "The number of the attempt" not in " ".join(shown(everything_as_json()))


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("answer_s", 98.34, "1:38 (98.3 s)"),
        ("answer_s", 9.0, "9.0 s"),
        ("comparison.change_s", -22.0, "-22.0 s"),
        ("comparison.change_s", -122.0, "-122.0 s"),
        ("clipped", False, "no"),
        ("word_count", 345, "345"),
        ("new_after_landing_ratio", 0.25, "25%"),
        ("fillers_per_min", 0.4, "<1"),
        ("level_dbfs", -23.14, "-23.1 dB under full scale"),
        ("pitch_median_hz", 118.4, "118 Hz"),
        ("fillers", [], "none"),
        ("fillers", [{"text": "um", "start_s": 12.0, "end_s": 12.3}], "um at 0:12"),
        ("repetitions", [{"text": "a", "start_s": n, "end_s": n} for n in range(9)], None),
        ("pauses", [{"start_s": 5.0, "end_s": 7.4, "where": "inside"}], "2.4 s at 0:05 inside"),
        ("pauses", [{"start_s": 5.0, "end_s": 7.4, "where": None}], "2.4 s at 0:05"),
        ("key_points", [{"text": "x", "said": False, "start_s": None}], "'x' not heard"),
        ("key_points", [{"text": "x", "said": None, "start_s": None}], "'x' cannot be looked for"),
        ("key_points", [{"text": "x", "said": True, "start_s": 4.0}], "'x' at 0:04"),
        ("ending", {"kind": "finished", "text": "that was it"}, "finished: 'that was it'"),
        ("engine", {"name": "given", "model": "", "version": ""}, "given"),
        ("comparison.why", {"words_s": -12.0, "pace_s": 0.5}, "words -12.0 s, pace +0.5 s"),
        ("verdict.keep", ["One.", "Two."], "One. · Two."),
    ],
)  # fmt: skip
def test_values_are_said_as_people_say_them(key: str, value: object, told: str | None) -> None:
    assert in_words(key, value) == (told or " · ".join([f"a at 0:0{n}" for n in range(6)] + ["3 more"]))


def test_of_many_pauses_the_longest_are_named_in_the_order_of_time() -> None:
    lengths = [3.0, 1.0, 4.0, 2.0, 5.0, 7.0, 6.0]
    pauses = [{"start_s": 10.0 * n, "end_s": 10.0 * n + length, "where": None} for n, length in enumerate(lengths)]
    assert in_words("pauses", pauses) == (
        "3.0 s at 0:00 · 4.0 s at 0:20 · 2.0 s at 0:30 · 5.0 s at 0:40 · 7.0 s at 0:50 · 6.0 s at 1:00 · 1 more"
    )


def test_text_of_people_is_shown_and_not_obeyed() -> None:
    assert "\x1b" not in in_words("key_points", [{"text": "\x1b[31mred", "said": False, "start_s": None}])
    assert "\x1b" not in in_words("engine", {"name": "given", "model": "\x1b[31m", "version": ""})
