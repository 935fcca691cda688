"""What the progress bar says of the time that is left."""

from rehearse.cli.listening import TimeLeft


def left(*reports: tuple[float, float]) -> TimeLeft:
    time_left = TimeLeft()
    for now_s, done in reports:
        time_left.report(now_s, done)
    return time_left


def test_it_follows_from_what_has_been_done_so_far() -> None:
    assert left((100, 0), (103, 0.25)).in_words(103) == "about 9 s left"
    assert left((100, 0), (103, 0.25), (108, 0.5)).in_words(108) == "about 8 s left"


def test_it_gets_less_while_nothing_is_reported_and_the_last_second_is_not_counted() -> None:
    time_left = left((100, 0), (103, 0.25))
    assert time_left.in_words(107) == "about 5 s left"
    assert time_left.in_words(111.5) == time_left.in_words(120) == ""


def test_nothing_is_said_before_anything_is_known() -> None:
    assert left().in_words(100) == left((100, 0)).in_words(104) == ""


def test_words_that_were_known_already_tell_nothing_of_the_rest() -> None:
    known = [(100 + n / 100, n / 10) for n in range(9)]
    assert left(*known).in_words(100.1) == ""
    assert left(*known, (104.08, 0.85)).in_words(104.08) == "about 12 s left"


def test_a_new_stage_begins_anew() -> None:
    time_left = left((100, 0), (103, 0.25))
    time_left.start()
    time_left.report(104, 0)
    assert time_left.in_words(104) == ""
