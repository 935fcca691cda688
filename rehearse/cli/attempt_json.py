"""What every listing of attempts and every result says of an attempt in JSON."""

from typing import Any

from rehearse.measurement.attempt import Timed


def timed_json(timed: Timed | None) -> dict[str, Any]:
    if timed is None:
        return {"limit_s": None, "drill_round": None, "ran_out": False}
    return {"limit_s": round(timed.limit_s, 3), "drill_round": timed.drill_round, "ran_out": timed.ran_out}
