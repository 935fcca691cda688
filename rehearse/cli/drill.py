"""`practice --drill 4-3-2`: the same answer again and again in less time."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import click
from rich.text import Text

from rehearse.audio.capturing import Source
from rehearse.cli.keys import Keys
from rehearse.cli.room import Room
from rehearse.measurement.attempt import Timed
from rehearse.practice import Outcome
from rehearse.presentation import drill_screen
from rehearse.presentation.live_screen import THROWN_AWAY, Showing
from rehearse.progress.comparison import compare
from rehearse.progress.content import ContentChange, content_change
from rehearse.progress.drill import GRACE_S, round_targets
from rehearse.question import Target

_FEWEST, _MOST = 2, 6


class DrillType(click.ParamType[tuple[int, ...]]):
    """Proportions of the limits, such as 4-3-2."""

    name = "drill"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        if isinstance(value, tuple):
            return value
        written = str(value).strip()
        if not re.fullmatch(r"[1-9]\d?(?:\s*[-/]\s*[1-9]\d?)+", written):
            self.fail(f"'{value}' is not a drill. Write numbers that get smaller, such as 4-3-2.", param, ctx)
        parts = tuple(int(part) for part in re.findall(r"\d+", written))
        if not _FEWEST <= len(parts) <= _MOST or any(b >= a for a, b in pairwise(parts)):
            self.fail(f"'{value}' must be {_FEWEST} to {_MOST} numbers that get smaller, such as 4-3-2.", param, ctx)
        return parts


def run_drill(room: Room, source: Source, proportions: Sequence[int], *, countdown_s: int, quiet_clock: bool) -> None:
    """All rounds, one after the other, and what became of the answer; what was done is kept whenever it ends."""
    targets = round_targets(room.target, proportions)
    done: list[Outcome] = []
    try:
        for number, target in enumerate(targets, start=1):
            showing = Showing(
                card=drill_screen.round_card(room.question, number, targets),
                target=target,
                quiet_clock=quiet_clock,
                countdown_s=countdown_s,
                ends_at_s=target.high_s + GRACE_S,
            )
            timed = Timed(limit_s=target.high_s, drill_round=number)
            out = room.spoken(source, showing, timed, say=not done)
            if out is None:
                room.session.note(f"Round {number} was thrown away." if done else THROWN_AWAY)
                break
            done.append(out)
            if number < len(targets) and not _goes_on(room, number, targets, out):
                break
    except BaseException:
        # What happened is told after this, by whoever catches it.
        if done:
            room.session.note(_kept(done))
        raise
    _finish(room, done)


def _goes_on(room: Room, number: int, targets: Sequence[Target], out: Outcome) -> bool:
    """Whether the person wants the next round: Enter, or q."""
    answer_s = out.measures.answer_s
    if room.session.interactive:
        with Keys() as keys:
            room.session.note(drill_screen.between(number, targets, answer_s, "Enter go on   q stop"))
            while (key := keys.press()) not in ("enter", "space", "q", "escape"):
                pass
        return key in ("enter", "space")
    # Where the result goes into a file or a pipe, keys cannot be had one by one.
    room.session.note(drill_screen.between(number, targets, answer_s, "Enter: go on   q and Enter: stop"))
    typed = room.session.line()
    return typed is not None and typed.casefold() not in ("q", "quit", "stop")


def _finish(room: Room, done: Sequence[Outcome]) -> None:
    if room.as_json:
        room.session.show_json([room.as_json_of(out) for out in done])
    elif done:
        first, last = done[0], done[-1]
        comparison = compare(last.measures, (first.attempt,)) if len(done) > 1 else None
        content = _content(first, last) if len(done) > 1 else None
        room.session.show(Text())
        room.session.show(drill_screen.drilled(room.question, [out.attempt for out in done], comparison, content))
    if room.fate == "discard":
        for out in done:
            room.discard(out)
    elif done:
        room.session.note(_kept(done))


def _content(first: Outcome, last: Outcome) -> ContentChange | None:
    if first.transcript is None or last.transcript is None:
        return None
    return content_change(last.transcript, first.transcript, last.measures.key_points, first.measures.key_points)


def _kept(done: Sequence[Outcome]) -> str:
    numbers = [str(out.attempt.id) for out in done]
    if len(numbers) == 1:
        return f"Kept as attempt {numbers[0]}."
    return f"Kept as attempts {', '.join(numbers[:-1])} and {numbers[-1]}. To hear one:  rehearse replay {numbers[-1]}"
