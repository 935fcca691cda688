from datetime import date

import pytest

from rehearse.errors import InterviewInvalid
from rehearse.next_interview import parse_coming_day

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("today", TODAY),
        ("tomorrow", date(2026, 11, 27)),
        ("Tuesday", date(2026, 12, 1)),
        ("2 Dec", date(2026, 12, 2)),
        ("2026-12-02", date(2026, 12, 2)),
        ("5 Jan", date(2027, 1, 5)),
        ("24 Nov 2027", date(2027, 11, 24)),
    ],
)
def test_a_day_to_come_is_the_next_that_fits(written, meant):
    assert parse_coming_day(written, TODAY) == meant


@pytest.mark.parametrize("written", ["yesterday", "24 Nov", "2026-11-24", "24.11.2026", "last Tuesday"])
def test_a_day_gone_by_is_refused_with_the_way_to_put_it_down(written):
    with pytest.raises(InterviewInvalid) as refused:
        parse_coming_day(written, TODAY)
    assert "has gone by" in refused.value.message and "rehearse debrief" in refused.value.hint


def test_a_day_just_gone_by_can_be_meant_for_next_year():
    with pytest.raises(InterviewInvalid, match="24 Nov 2026 has gone by") as refused:
        parse_coming_day("24 Nov", TODAY)
    assert "2027-11-24" in refused.value.hint


@pytest.mark.parametrize("written", ["someday", "3/4/2027", ""])
def test_what_is_no_day_or_could_be_two_is_refused_as_everywhere(written):
    with pytest.raises(InterviewInvalid) as refused:
        parse_coming_day(written, TODAY)
    assert "debrief" not in refused.value.hint
