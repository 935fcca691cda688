"""What each key does while an attempt is heard again. Pure: a key and what is known in, what to do and say out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from rehearse.measurement.fillers import Filler
from rehearse.measurement.landmarks import Landmarks
from rehearse.presentation import wording

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
STEP_S = 5.0
#: A filler, a pause or a landing says nothing without the words before it.
LEAD_S = 0.8
#: So long after the place of a jump, 'previous' means the one before it, not the same again.
_JUST_JUMPED_S = 1.0
#: So long after a filler a person still answers for it.
_ANSWERS_FOR_S = 1.5
_HERE_S = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """Where the player stands, in seconds of the recording."""

    position_s: float
    playing: bool
    ended: bool = False
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """What the keys have set.

    jumped_to_s  the place last gone to by a key, None before the first
    for_s        the place it was for: the start of a filler that is only heard after its lead
    aimed_at     the filler last gone to
    judged       what the person said of fillers: True for 'it is one'
    told         one line for the person about the last key, '' for none
    helping      all keys are shown
    """

    speed: float = 1.0
    skipping: bool = False
    jumped_to_s: float | None = None
    for_s: float = 0.0
    aimed_at: Filler | None = None
    judged: Mapping[Filler, bool] = field(default_factory=dict)
    told: str = ""
    helping: bool = False


@dataclass(frozen=True, slots=True)
class Seek:
    to_s: float


@dataclass(frozen=True, slots=True)
class Play:
    pass


@dataclass(frozen=True, slots=True)
class Pause:
    pass


@dataclass(frozen=True, slots=True)
class Hear:
    """At the speed, and with the skipping, that the deck says."""


@dataclass(frozen=True, slots=True)
class Judge:
    filler: Filler
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Reopen:
    """Go on with the output device that is there now."""


@dataclass(frozen=True, slots=True)
class Close:
    pass


Action: TypeAlias = Seek | Play | Pause | Hear | Judge | Reopen | Close
Step: TypeAlias = tuple[Deck, Action | None]


def press(key: str, deck: Deck, now: Now, marks: Landmarks, *, judging: bool = False) -> Step:
    """What a key does, by the name that Keys.press gives it; an unknown key does nothing.

    judging  whether fillers can be confirmed and rejected
    """
    deck = replace(deck, told="", helping=key == "?" and not deck.helping)
    if len(key) == 1 and key in "0123456789":
        return _jump(deck, marks.length_s * int(key) / 10)
    if key in ("y", "n") and judging:
        return _judge(deck, now, marks, confirmed=key == "y")
    does = _KEYS.get(key)
    return does(deck, now, marks) if does else (deck, None)


def filler_meant(deck: Deck, position_s: float, marks: Landmarks) -> Filler | None:
    """The filler that y and n would speak of: the one gone to, else the last that was heard just now."""
    aimed = deck.aimed_at
    if aimed is not None and aimed.start_s - LEAD_S - _HERE_S <= position_s <= aimed.end_s + _ANSWERS_FOR_S:
        return aimed
    begun = [f for f in marks.fillers or () if f.start_s <= position_s <= f.end_s + _ANSWERS_FOR_S]
    return begun[-1] if begun else None


def _jump(deck: Deck, to_s: float, told: str = "", *, lead_s: float = 0.0, aimed_at: Filler | None = None) -> Step:
    start_s = max(0.0, to_s - lead_s)
    return replace(deck, jumped_to_s=start_s, for_s=to_s, told=told, aimed_at=aimed_at), Seek(start_s)


def _pause_or_play(deck: Deck, now: Now, marks: Landmarks) -> Step:
    if now.lost:
        return deck, Reopen()
    return deck, Pause() if now.playing else Play()


def _by(seconds: float) -> Callable[[Deck, Now, Landmarks], Step]:
    return lambda deck, now, marks: _jump(deck, min(now.position_s + seconds, marks.length_s))


def _speed(steps: int) -> Callable[[Deck, Now, Landmarks], Step]:
    def change(deck: Deck, now: Now, marks: Landmarks) -> Step:
        beyond = [s for s in SPEEDS if (s > deck.speed if steps > 0 else s < deck.speed)]
        if not beyond:
            return replace(deck, told=f"That is the {'fastest' if steps > 0 else 'slowest'}."), None
        return replace(deck, speed=beyond[0] if steps > 0 else beyond[-1]), Hear()

    return change


def _skip(deck: Deck, now: Now, marks: Landmarks) -> Step:
    if marks.speech is None:
        return replace(deck, told="The pauses are not known: this attempt has not been measured."), None
    told = "Pauses are heard again." if deck.skipping else ""
    return replace(deck, skipping=not deck.skipping, told=told), Hear()


def _place(deck: Deck, now: Now, places_s: Sequence[float], direction: int) -> int | None:
    """Which of the places comes next in that direction, seen from where the person thinks they are."""
    here_s = now.position_s
    if deck.jumped_to_s is not None and deck.jumped_to_s <= here_s < deck.for_s + _JUST_JUMPED_S:
        here_s = deck.for_s
    if direction > 0:
        return next((n for n, place in enumerate(places_s) if place > here_s + _HERE_S), None)
    return next((n for n in reversed(range(len(places_s))) if places_s[n] < here_s - _HERE_S), None)


def _filler(direction: int) -> Callable[[Deck, Now, Landmarks], Step]:
    def go(deck: Deck, now: Now, marks: Landmarks) -> Step:
        fillers = marks.fillers
        if not fillers:
            why = "Fillers are not counted in this attempt." if fillers is None else "No fillers were heard."
            return replace(deck, told=why), None
        found = _place(deck, now, [f.start_s for f in fillers], direction)
        if found is None:
            return replace(deck, told=f"No filler {_beyond(direction)} this one."), None
        filler = fillers[found]
        told = f"{wording.shown(filler.text)} at {wording.clock(filler.start_s)}, {found + 1} of {len(fillers)}"
        return _jump(deck, filler.start_s, told, lead_s=LEAD_S, aimed_at=filler)

    return go


def _pause(direction: int) -> Callable[[Deck, Now, Landmarks], Step]:
    def go(deck: Deck, now: Now, marks: Landmarks) -> Step:
        pauses = marks.long_pauses or marks.pauses
        if not pauses:
            why = "The pauses are not known: this attempt has not been measured."
            return replace(deck, told=why if marks.pauses is None else "There are no pauses in this answer."), None
        found = _place(deck, now, [p.start_s for p in pauses], direction)
        kind = "long pause" if marks.long_pauses else "pause"
        if found is None:
            return replace(deck, told=f"No {kind} {_beyond(direction)} this one."), None
        pause = pauses[found]
        told = f"{kind} of {wording.tenths(pause.duration_s)} at {wording.clock(pause.start_s)}"
        none_long = "" if marks.long_pauses else " (none of 2 s or more)"
        told = f"{told}, {found + 1} of {len(pauses)}{none_long}"
        return _jump(deck, pause.start_s, told, lead_s=LEAD_S)

    return go


def _sentence(direction: int) -> Callable[[Deck, Now, Landmarks], Step]:
    def go(deck: Deck, now: Now, marks: Landmarks) -> Step:
        found = _place(deck, now, marks.sentences, direction)
        if found is not None:
            return _jump(deck, marks.sentences[found])
        if direction < 0:
            return _jump(deck, 0.0)
        return replace(deck, told="This is the last sentence." if marks.sentences else "No sentences are known."), None

    return go


def _landing(deck: Deck, now: Now, marks: Landmarks) -> Step:
    if marks.landing_s is None:
        return replace(deck, told="No landing was found in this answer."), None
    told = f"Your point was made by {wording.clock(marks.landing_s)}."
    return _jump(deck, marks.landing_s, told, lead_s=LEAD_S)


def _judge(deck: Deck, now: Now, marks: Landmarks, *, confirmed: bool) -> Step:
    filler = filler_meant(deck, now.position_s, marks)
    if filler is None:
        return replace(deck, told="No filler here. f goes to the next one."), None
    place = f"{wording.shown(filler.text)} at {wording.clock(filler.start_s)}"
    told = f"{place}: yes, a filler." if confirmed else f"{place}: not a filler."
    return replace(deck, judged={**deck.judged, filler: confirmed}, told=told), Judge(filler, confirmed)


def _beyond(direction: int) -> str:
    return "after" if direction > 0 else "before"


_KEYS: Mapping[str, Callable[[Deck, Now, Landmarks], Step]] = {
    "space": _pause_or_play,
    "o": lambda deck, now, marks: (deck, Reopen() if now.lost else None),
    "left": _by(-STEP_S),
    "right": _by(STEP_S),
    "shift-left": _sentence(-1),
    ",": _sentence(-1),
    "shift-right": _sentence(1),
    ".": _sentence(1),
    "[": _speed(-1),
    "]": _speed(1),
    "f": _filler(1),
    "F": _filler(-1),
    "p": _pause(1),
    "P": _pause(-1),
    "l": _landing,
    "s": _skip,
    "q": lambda deck, now, marks: (deck, Close()),
    "escape": lambda deck, now, marks: (deck, Close()),
}
