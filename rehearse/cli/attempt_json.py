"""What every listing of attempts and every result says of an attempt in JSON."""

from typing import Any

from rehearse.measurement.attempt import Attempt, AttemptLine, CutShort, Timed


def limits_json(attempt: Attempt | AttemptLine) -> dict[str, Any]:
    """What held the answer, or what is known of it, to a length that says little: a limit, or a recording cut short."""
    return _timed_json(attempt.timed) | {"cut_short": _cut_short_json(attempt.cut_short)}


def _timed_json(timed: Timed | None) -> dict[str, Any]:
    if timed is None:
        return {"limit_s": None, "drill_round": None, "ran_out": False}
    return {"limit_s": round(timed.limit_s, 3), "drill_round": timed.drill_round, "ran_out": timed.ran_out}


def _cut_short_json(cut_short: CutShort | None) -> dict[str, float] | None:
    if cut_short is None:
        return None
    return {"read_s": round(cut_short.read_s, 3), "whole_s": round(cut_short.whole_s, 3)}
