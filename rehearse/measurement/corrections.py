"""What a person said of single fillers after listening, and what then counts. Pure.

A correction is about a moment of the recording, not about a word of a transcript: it is found again by its time, so
that it holds when another engine hears the answer, or when the rules change.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from rehearse.errors import NotFound
from rehearse.measurement.fillers import Filler, FillerKind

Verdict: TypeAlias = Literal["confirmed", "rejected"]

#: Two stretches are one event where they share at least so much of the shorter one. Engines put the edges of a word
#: some hundredths apart, and three 'uh' in a row touch each other: half keeps the neighbours apart.
SAME_SHARE = 0.5
#: Where nothing shares that much, the nearest one no further away is meant: times of rough engines drift.
SAME_WITHIN_S = 0.3
#: A moment typed by hand is at most so far off; one in hundredths, so far.
_BY_HAND_S, _AS_WRITTEN_S = 1.0 + 1e-6, 0.005 + 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """
    start_s, end_s  where the filler stood when the person listened
    text, kind      what it was taken for, as in Filler
    verdict         confirmed: it is a filler; rejected: it is none
    """

    start_s: float
    end_s: float
    text: str
    kind: FillerKind
    verdict: Verdict

    @classmethod
    def of(cls, filler: Filler, verdict: Verdict) -> "Correction":
        return cls(start_s=filler.start_s, end_s=filler.end_s, text=filler.text, kind=filler.kind, verdict=verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """
    fillers   those that count, in order; confirmed is True where a person said so
    left_out  those that were heard and do not count, in order: rejected by a person (confirmed False), or more than
              can be told from drawn-out words (None)
    """

    fillers: tuple[Filler, ...]
    left_out: tuple[Filler, ...]


def weigh(counted: Sequence[Filler], doubted: Sequence[Filler], corrections: Sequence[Correction]) -> Weighed:
    """What counts once a person has listened: never what they rejected, always what they confirmed.

    counted  what counts where nobody listened
    doubted  what was heard and is not counted by itself

    A confirmed filler that is in neither, as when another engine heard the answer since, counts all the same: a person
    heard it.
    """
    heard = [(filler, True) for filler in counted] + [(filler, False) for filler in doubted]
    heard.sort(key=lambda each: each[0].start_s)
    said = _matched([filler for filler, _ in heard], corrections)
    fillers: list[Filler] = []
    left_out: list[Filler] = []
    for place, (filler, counts) in enumerate(heard):
        confirmed = None if place not in said else said[place].verdict == "confirmed"
        kept = fillers if confirmed or (confirmed is None and counts) else left_out
        kept.append(replace(filler, confirmed=confirmed))
    for correction in corrections:
        if correction.verdict == "confirmed" and correction not in said.values():
            fillers.append(_by_ear(correction))
    return Weighed(fillers=tuple(sorted(fillers, key=lambda filler: filler.start_s)), left_out=tuple(left_out))


def filler_at(known: Sequence[Filler], moment_s: float) -> Filler:
    """The one of them meant by the moment it begins at, as a clock shows it or more exactly.

    A whole second means all of it, as on a clock: 0:59 is 59.0 to 59.99. What lies beside it, no further than a second
    away, is meant where nothing else can be. Raises NotFound where none begins there, or several do that the moment
    does not tell apart.
    """
    near = sorted((each for each in known if abs(each.start_s - moment_s) <= _BY_HAND_S), key=lambda each: each.start_s)
    exact = [each for each in near if abs(each.start_s - moment_s) <= _AS_WRITTEN_S]
    whole = moment_s == int(moment_s)
    in_that_second = [each for each in near if whole and int(each.start_s) == moment_s]
    for meant in (exact, in_that_second, near):
        if len(meant) == 1:
            return meant[0]
    if near:
        several = in_that_second or near
        places = ", ".join(f"{each.text} at {_on_a_clock(each.start_s, exactly=True)}" for each in several)
        raise NotFound(
            f"{len(several)} fillers begin near {_on_a_clock(moment_s)}: {places}.", "Write the time as it is here."
        )
    places = ", ".join(f"{each.text} at {_on_a_clock(each.start_s)}" for each in known)
    hint = f"Those heard: {places}" if known else "None was heard in this answer."
    raise NotFound(f"No filler begins at {_on_a_clock(moment_s)}.", hint)


def _on_a_clock(moment_s: float, *, exactly: bool = False) -> str:
    """'0:59' from 59.0 to 59.99, or '0:59.71'."""
    minutes, seconds = divmod(int(moment_s * 100 + 0.5) / 100 if exactly else int(moment_s), 60)
    return f"{int(minutes)}:{seconds:05.2f}" if exactly else f"{int(minutes)}:{int(seconds):02}"


def same_event(one: Correction | Filler, other: Correction | Filler) -> bool:
    """Whether both speak of the same stretch of sound as the same thing: of two words also the same word."""
    return _same_thing(one, other) and _shared(one, other) >= SAME_SHARE


def _matched(heard: Sequence[Filler], corrections: Sequence[Correction]) -> dict[int, Correction]:
    """For the place of each filler that a correction speaks of, that correction."""
    said: dict[int, Correction] = {}
    for place, filler in enumerate(heard):
        same = [each for each in corrections if same_event(filler, each)]
        if same:
            said[place] = max(same, key=lambda each: _shared(filler, each))
    homeless = [each for each in corrections if each not in said.values()]
    near = [
        (apart_s, place, each)
        for place, filler in enumerate(heard)
        for each in homeless
        if place not in said and _same_thing(filler, each) and (apart_s := _apart_s(filler, each)) <= SAME_WITHIN_S
    ]
    for _, place, each in sorted(near, key=lambda pair: pair[:2]):
        if place not in said and each not in said.values():
            said[place] = each
    return said


def _same_thing(one: Correction | Filler, other: Correction | Filler) -> bool:
    # Engines spell one sound 'um', 'uh' or 'erm'; a word is another event than the word beside it.
    return one.kind == other.kind and (one.kind == "sound" or one.text == other.text)


def _shared(one: Correction | Filler, other: Correction | Filler) -> float:
    """How much of the shorter one lies in the other, <= 1; at most 0 where they are apart."""
    shorter_s = min(one.end_s - one.start_s, other.end_s - other.start_s)
    shared_s = min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
    if shorter_s <= 0.0:
        # A rough engine may give a word no length at all.
        return 1.0 if shared_s >= 0.0 else 0.0
    return shared_s / shorter_s


def _apart_s(one: Correction | Filler, other: Correction | Filler) -> float:
    return max(0.0, one.start_s - other.end_s, other.start_s - one.end_s)


def _by_ear(correction: Correction) -> Filler:
    return Filler(
        text=correction.text,
        start_s=correction.start_s,
        end_s=correction.end_s,
        kind=correction.kind,
        source="sound",
        confirmed=True,
    )
