from datetime import date

from rehearse.next_interview import NextInterview


def test_there_is_none_until_it_is_said_and_the_next_one_takes_its_place(store, now, beside):
    assert store.next_interview() is None
    store.keep_next_interview(NextInterview(on=date(2026, 12, 2), company="Northwind"), now)
    later = NextInterview(on=date(2026, 12, 9))
    store.keep_next_interview(later, now)
    assert store.next_interview() == later
    assert beside.execute("SELECT count(*) FROM next_interview").fetchone() == (1,)
    assert store.interviews() == ()


def test_it_can_be_cleared_and_clearing_nothing_is_no_fault(store, now):
    store.keep_next_interview(NextInterview(on=date(2026, 12, 2)), now)
    store.clear_next_interview()
    store.clear_next_interview()
    assert store.next_interview() is None
