"""A person's word on single fillers: what it counts for, and how it finds its filler again in another transcript."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.errors import NotFound
from rehearse.measurement.corrections import SAME_WITHIN_S, Correction, Verdict, filler_at, same_event, weigh
from rehearse.measurement.fillers import Filler, FillerKind


def um(start_s: float, end_s: float, text: str = "um", source: str = "sound", kind: FillerKind = "sound") -> Filler:
    return Filler(text=text, start_s=start_s, end_s=end_s, kind=kind, source="text" if source == "text" else "sound")


def said(filler: Filler, verdict: Verdict) -> Correction:
    return Correction.of(filler, verdict)


FIRST, SECOND, THIRD = um(1.0, 1.4), um(5.0, 5.3, "uh"), um(9.0, 9.6)


def confirmed(fillers: tuple[Filler, ...]) -> list[tuple[float, bool | None]]:
    return [(filler.start_s, filler.confirmed) for filler in fillers]


def test_without_a_word_from_anybody_everything_stays_as_it_was() -> None:
    weighed = weigh((FIRST, SECOND), (THIRD,), ())
    assert (weighed.fillers, weighed.left_out) == ((FIRST, SECOND), (THIRD,))


def test_a_rejected_one_does_not_count_and_is_kept_apart() -> None:
    weighed = weigh((FIRST, SECOND), (), (said(SECOND, "rejected"),))
    assert confirmed(weighed.fillers) == [(1.0, None)]
    assert confirmed(weighed.left_out) == [(5.0, False)]


def test_a_confirmed_one_counts_where_the_rest_is_too_much_to_be_believed() -> None:
    weighed = weigh((), (FIRST, SECOND, THIRD), (said(SECOND, "confirmed"),))
    assert confirmed(weighed.fillers) == [(5.0, True)]
    assert confirmed(weighed.left_out) == [(1.0, None), (9.0, None)]


def test_it_is_found_again_where_another_engine_puts_its_edges_elsewhere_and_spells_it_otherwise() -> None:
    moved = um(5.12, 5.5, "erm", source="text")
    assert confirmed(weigh((moved,), (), (said(SECOND, "confirmed"),)).fillers) == [(5.12, True)]
    assert weigh((moved,), (), (said(SECOND, "rejected"),)).fillers == ()


@pytest.mark.parametrize(("gap_s", "same"), [(SAME_WITHIN_S - 0.01, True), (SAME_WITHIN_S + 0.01, False)])
def test_a_time_that_drifted_is_followed_so_far_and_no_further(gap_s: float, same: bool) -> None:
    drifted = um(5.3 + gap_s, 5.7 + gap_s)
    assert bool(weigh((drifted,), (), (said(SECOND, "rejected"),)).left_out) is same


def test_of_three_in_a_row_only_the_one_that_was_meant_goes() -> None:
    row = (um(4.0, 4.2), um(4.21, 4.4), um(4.41, 4.6))
    weighed = weigh(row, (), (said(row[1], "rejected"),))
    assert confirmed(weighed.fillers) == [(4.0, None), (4.41, None)]
    # Its own filler is not there any more: the nearest takes its place, and only that one.
    assert len(weigh((row[0], row[2]), (), (said(row[1], "rejected"),)).left_out) == 1


def test_both_halves_of_what_was_rejected_as_one_go() -> None:
    laugh = um(3.0, 4.0)
    assert weigh((um(3.0, 3.4), um(3.6, 4.1)), (), (said(laugh, "rejected"),)).fillers == ()


def test_a_confirmed_one_that_the_new_engine_does_not_have_counts_all_the_same() -> None:
    weighed = weigh((FIRST,), (), (said(THIRD, "confirmed"),))
    assert confirmed(weighed.fillers) == [(1.0, None), (9.0, True)]
    assert weighed.fillers[1].source == "sound"


def test_a_word_beside_a_sound_is_another_event() -> None:
    like, you_know = (um(5.0, 5.3, text, "text", "word") for text in ("like", "you know"))
    weighed = weigh((SECOND, like), (), (said(like, "rejected"),))
    assert [filler.text for filler in weighed.fillers] == ["uh"]
    assert not same_event(like, you_know)


def test_a_word_without_any_length_is_found_again() -> None:
    point = um(5.0, 5.0, "like", "text", "word")
    assert weigh((point,), (), (said(point, "rejected"),)).fillers == ()


fillers = st.builds(um, st.floats(0, 50), st.floats(50, 60), st.sampled_from(["um", "uh"]))
corrections = st.lists(st.builds(said, fillers, st.sampled_from(["confirmed", "rejected"])), max_size=6)


@given(st.lists(fillers, max_size=6), st.lists(fillers, max_size=6), corrections)
def test_nothing_heard_is_lost_and_nothing_counts_that_was_rejected(
    counted: list[Filler], doubted: list[Filler], spoken: list[Correction]
) -> None:
    weighed = weigh(counted, doubted, spoken)
    added = len(weighed.fillers) + len(weighed.left_out) - len(counted) - len(doubted)
    assert 0 <= added <= sum(each.verdict == "confirmed" for each in spoken)
    assert all(filler.confirmed is not False for filler in weighed.fillers)
    assert all(filler.confirmed is not True for filler in weighed.left_out)
    assert [f.start_s for f in weighed.fillers] == sorted(f.start_s for f in weighed.fillers)


def test_the_moment_shown_finds_its_filler() -> None:
    assert filler_at((FIRST, SECOND, THIRD), 5.0) == SECOND
    assert filler_at((um(30.6, 31.0),), 31.0).start_s == 30.6
    # A clock shows 0:59 up to 59.99 s, and somebody who listens is a second late.
    assert filler_at((um(59.71, 59.9), um(60.2, 60.4)), 59.0).start_s == 59.71
    assert filler_at((um(59.71, 59.9),), 60.5).start_s == 59.71


def test_a_moment_that_fits_none_or_several_says_which_there_are() -> None:
    with pytest.raises(NotFound, match="No filler begins at 0:07") as caught:
        filler_at((FIRST, SECOND), 7.0)
    assert caught.value.hint == "Those heard: um at 0:01, uh at 0:05"
    both = (um(31.2, 31.4), um(31.8, 32.0))
    with pytest.raises(NotFound, match=r"2 fillers begin near 0:31: um at 0:31\.20, um at 0:31\.80"):
        filler_at(both, 31.0)
    assert filler_at(both, 31.2).start_s == 31.2
    with pytest.raises(NotFound) as nothing:
        filler_at((), 7.0)
    assert "None was heard" in nothing.value.hint
