"""This answer against the person's own earlier ones at the same question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from statistics import median
from typing import Protocol

from rehearse.measurement.attempt import Attempt
from rehearse.measurement.measures import Measures

#: A change in length smaller than both of these is no change. Own choice: no study gives a figure.
SAME_RATIO = 0.10
SAME_S = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The change in answer duration in three parts that sum to it, in seconds; negative is shorter.

    words_s      from saying more or fewer words, at the mean pace of the two
    pace_s       from saying them faster or slower
    pauses_s     from silent pauses
    usual_words  the words of the usual answer that all this is reckoned from
    """

    words_s: float
    pace_s: float
    pauses_s: float
    usual_words: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """
    earlier_count      attempts compared with; 0 where this is the first
    median_answer_s    the person's usual answer duration: the median of those
    change_s           this answer minus the usual one; negative is shorter
    change_ratio       change_s over the usual one: -0.25 is a quarter shorter
    same_engine        False where only attempts heard by another engine or model were there to compare with;
                       lengths still compare then, words do not. None without earlier attempts
    same_language      the same for attempts in another language
    why                None without words on both sides, or where engines or languages differ
    left_out_count     earlier attempts not compared with because another engine heard them or in another language
    left_out_language_count  those of them that are in another language
    with_real_answer   True where the only earlier answer is the real one of the interview
    only_timed         True where this is not the first, or is not one to compare with, and there is nothing to compare
                       it with all the same: rounds of drills and answers that the time cut off do not count
    cut_short          True where only a part of this answer could be read, so that nothing is compared with it
    with_round_before  True where it is the round before this one in a drill
    usual_pitch_range_semitones  median of the attempts compared with, from their sound, whoever heard their words
    usual_wpm, usual_fillers_per_min  medians of the same attempts, None where engines or languages differ
    """

    earlier_count: int
    median_answer_s: float | None = None
    change_s: float | None = None
    change_ratio: float | None = None
    same_engine: bool | None = None
    same_language: bool | None = None
    why: Why | None = None
    left_out_count: int = 0
    left_out_language_count: int = 0
    with_real_answer: bool = False
    with_round_before: bool = False
    only_timed: bool = False
    cut_short: bool = False
    usual_pitch_range_semitones: float | None = None
    usual_wpm: float | None = None
    usual_fillers_per_min: float | None = None

    @property
    def heard_alike(self) -> bool | None:
        """Whether words may be compared: the same engine and the same language; None without earlier attempts."""
        return None if self.same_engine is None else self.same_engine and self.same_language is not False

    @property
    def in_other_language(self) -> bool:
        """True where that keeps earlier attempts, or their words, from being compared with."""
        return self.same_language is False or self.left_out_language_count > 0

    @property
    def by_other_engine(self) -> bool:
        """The same of another engine; where all of them differ in both, the language is what counts."""
        only_others = self.same_engine is False and self.same_language is not False
        return only_others or self.left_out_count > self.left_out_language_count

    @property
    def about_the_same(self) -> bool:
        """True where there is something to compare with and the change is too small to mean anything."""
        return (
            self.change_s is not None
            and self.median_answer_s is not None
            and abs(self.change_s) < max(SAME_RATIO * self.median_answer_s, SAME_S)
        )


def compare(now: Measures, earlier: Sequence[Attempt]) -> Comparison:
    """This answer against earlier attempts at the same question, oldest first.

    Practised attempts count; the real answer (baseline) is compared with only while it is the only one. Attempts
    heard by the same engine and model in the same language are preferred and the others counted as left out.
    """
    measured = [attempt for attempt in earlier if attempt.measures is not None]
    practised = [attempt for attempt in measured if not attempt.baseline]
    chosen = [attempt.measures for attempt in practised or measured if attempt.measures is not None]
    if not chosen:
        return Comparison(earlier_count=0)
    alike = [measures for measures in chosen if heard_alike(measures, now)]
    used = alike or chosen
    left_out = [measures for measures in chosen if alike and not heard_alike(measures, now)]
    usual_s = median(measures.answer_s for measures in used)
    change_s = now.answer_s - usual_s
    return Comparison(
        earlier_count=len(used),
        median_answer_s=usual_s,
        change_s=change_s,
        change_ratio=change_s / usual_s if usual_s else None,
        same_engine=all(_same_engine(measures, now) for measures in used),
        same_language=all(_same_language(measures, now) for measures in used),
        why=_why(now, used) if alike else None,
        left_out_count=len(left_out),
        left_out_language_count=sum(not _same_language(measures, now) for measures in left_out),
        with_real_answer=not practised,
        usual_pitch_range_semitones=_median([m.pitch_range_semitones for m in used]),
        usual_wpm=_median([m.speech_rate_wpm for m in alike]),
        usual_fillers_per_min=_median([m.fillers_per_min for m in alike]),
    )


def heard_alike(one: Measures, other: Measures) -> bool:
    """True where the same engine heard both, with the same model, for the same language: their words compare."""
    return _same_engine(one, other) and _same_language(one, other)


def _same_engine(one: Measures, other: Measures) -> bool:
    if one.engine is None or other.engine is None:
        return one.engine is other.engine
    return (one.engine.name, one.engine.model) == (other.engine.name, other.engine.model)


def _same_language(one: Measures, other: Measures) -> bool:
    """True also where a language is not known: nothing is left out on a suspicion."""
    languages = {measures.engine.language for measures in (one, other) if measures.engine is not None} - {None}
    return len(languages) < 2


class Dated(Protocol):
    """An attempt, or what a listing shows of one."""

    @property
    def id(self) -> int: ...

    @property
    def recorded_at(self) -> datetime: ...

    @property
    def baseline(self) -> bool: ...

    @property
    def own_length(self) -> bool: ...


def held_against(attempt: Attempt, earlier: Sequence[Attempt]) -> tuple[Attempt, ...]:
    """The earlier attempts at the same question, oldest first, that an attempt is held against.

    A later round of a drill: the round before it alone. Any other: those whose length the person chose themselves.
    """
    number = attempt.timed.drill_round if attempt.timed else None
    if number is not None and number > 1 and earlier:
        before = earlier[-1].timed
        if before is not None and before.drill_round == number - 1:
            return (earlier[-1],)
    return tuple(each for each in earlier if each.own_length)


def compared_in_order(attempt: Attempt, before: Sequence[Attempt], earlier: Sequence[Attempt]) -> Comparison:
    """A measured attempt against earlier ones at the question, oldest first.

    before   all before it
    earlier  those of them that it is held against, as `held_against` gives them
    """
    assert attempt.measures is not None, "only measured attempts compare"
    if attempt.cut_short is not None:
        return Comparison(earlier_count=0, cut_short=True)
    compared = compare(attempt.measures, earlier)
    timed = not attempt.own_length or any(each.measures and not each.own_length for each in before)
    return replace(
        compared,
        with_round_before=any(not each.own_length for each in earlier),
        only_timed=timed and compared.earlier_count == 0,
    )


def cold_attempts(attempts: Sequence[Dated], timezone: tzinfo | None) -> frozenset[int]:
    """Ids of the first attempt of each day in the given time zone (None: this machine's), the real answer aside.

    A day that began with a drill, an exam whose time ran out or a recording that was cut short has none: what came
    after was warm.

    attempts  all at one question, in any order
    """
    first: dict[date, Dated] = {}
    for attempt in sorted(attempts, key=lambda a: a.recorded_at):
        if not attempt.baseline:
            first.setdefault(attempt.recorded_at.astimezone(timezone).date(), attempt)
    return frozenset(attempt.id for attempt in first.values() if attempt.own_length)


def _median(figures: Sequence[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return median(known) if known else None


def _why(now: Measures, earlier: Sequence[Measures]) -> Why | None:
    """The parts against the answer that stands at the median, or the mean of the two that stand around it.

    Duration = words x phonation time per word + pauses. The change of a product is split at the mean of both
    sides (the midpoint form, as in Bennet 1920 for price and quantity), which leaves no remainder.
    """
    ordered = sorted(earlier, key=lambda m: m.answer_s)
    middle = [_parts(measures) for measures in (ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2])]
    here = _parts(now)
    if here is None or middle[0] is None or middle[1] is None:
        return None
    words, phonation_s, pauses_s = here
    usual_words, usual_phonation_s, usual_pauses_s = (
        (one + other) / 2 for one, other in zip(middle[0], middle[1], strict=True)
    )
    per_word_s, usual_per_word_s = phonation_s / words, usual_phonation_s / usual_words
    return Why(
        words_s=(words - usual_words) * (per_word_s + usual_per_word_s) / 2,
        pace_s=(per_word_s - usual_per_word_s) * (words + usual_words) / 2,
        pauses_s=pauses_s - usual_pauses_s,
        usual_words=usual_words,
    )


def _parts(measures: Measures) -> tuple[float, float, float] | None:
    """Words, phonation time and pause time of an answer; None where one of them is not known."""
    if not measures.word_count or measures.phonation_s is None or measures.silent_pause_s is None:
        return None
    return float(measures.word_count), measures.phonation_s, measures.silent_pause_s
