from dataclasses import replace

import pytest

from rehearse.measurement.attempt import Timed
from rehearse.presentation import attempt_words


@pytest.mark.parametrize(
    ("timed", "label"),
    [
        (None, ""),
        (Timed(limit_s=80, drill_round=2), "drill 2, limit 1:20"),
        (Timed(limit_s=120), "exam, limit 2:00"),
        (Timed(limit_s=120, ran_out=True), "exam, limit 2:00"),
    ],
)
def test_an_answer_against_the_clock_has_one_label(attempts, timed, label):
    attempt = replace(attempts(98)[0], timed=timed)
    assert attempt_words.timed(timed) == label
    assert attempt_words.title(attempt) == ("Attempt 1 · " + label if label else "Attempt 1")
    assert attempt_words.title(replace(attempt, baseline=True, timed=None)) == "The real answer"
