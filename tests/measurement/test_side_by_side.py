import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.measurement.side_by_side import side_by_side

WORDS = st.lists(st.sampled_from("abcde"), max_size=12)


def shown(meant, heard):
    """'a b-x -c d+': as it is, replaced, left out, added."""
    aligned = side_by_side(meant.split(), heard.split())
    parts = []
    for pair in aligned.pairs:
        written = "" if pair.meant is None else meant.split()[pair.meant]
        other = "" if pair.heard is None else heard.split()[pair.heard]
        parts.append(other if pair.same else f"{written}>{other}")
    return " ".join(parts), aligned.length, aligned.errors


@pytest.mark.parametrize(
    ("meant", "heard", "expected"),
    [
        ("we sold it all", "we sold it all", ("we sold it all", 4, 0)),
        ("we sold it all", "we told it all", ("we sold>told it all", 4, 1)),
        ("we sold it all", "we it all", ("we sold> it all", 4, 1)),
        ("we sold it all", "we sold of it all", ("we sold >of it all", 4, 1)),
        ("we sold it all", "we sold", ("we sold", 2, 0)),
        ("we sold it all", "", ("", 0, 0)),
        ("", "we sold", (">we >sold", 0, 2)),
    ],
)
def test_every_word_is_replaced_left_out_added_or_as_it_is(meant, heard, expected):
    assert shown(meant, heard) == expected


@given(WORDS, WORDS)
def test_what_was_said_is_compared_at_the_cost_that_another_program_finds(meant, heard):
    aligned = side_by_side(meant, heard)
    said = meant[: aligned.length]
    if said:
        found = jiwer.process_words(" ".join(said), " ".join(heard)) if heard else None
        assert aligned.errors == (
            len(said) if found is None else found.substitutions + found.deletions + found.insertions
        )
    assert all(aligned.errors <= side_by_side(meant[:count], heard).errors for count in range(len(meant) + 1))


@given(WORDS, WORDS)
def test_all_that_was_heard_stands_in_it_once_and_in_order(meant, heard):
    aligned = side_by_side(meant, heard)
    assert [pair.heard for pair in aligned.pairs if pair.heard is not None] == list(range(len(heard)))
    assert [pair.meant for pair in aligned.pairs if pair.meant is not None] == list(range(aligned.length))
    assert sum(not pair.same for pair in aligned.pairs) == aligned.errors
