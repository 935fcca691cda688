"""What the numbers say of one answer: is it long-winded, what to keep, and the one thing to change.

A verdict names its reasons; presentation puts them into words, with the figures of the measures and the comparison.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from rehearse.measurement.attempt import Attempt
from rehearse.measurement.measures import Measures
from rehearse.progress.comparison import Comparison
from rehearse.progress.thresholds import (
    FEW_WORDS,
    FEWER_FILLERS_PER_MIN,
    FINE_FILLERS_PER_MIN,
    FINISHED_SILENCE_S,
    FLAGGED_FILLERS_PER_MIN,
    LATE_START_S,
    LONG_PAUSES_INSIDE,
    LONG_TAIL_RATIO,
    LONG_TAIL_S,
    LONGER_RATIO_OF_FEW,
    LONGER_RATIO_OF_MANY,
    MANY_ATTEMPTS,
    PACE_WPM,
)
from rehearse.question import Target

LongWinded: TypeAlias = Literal["no", "a bit", "yes"]


class Reason(StrEnum):
    """What the length was held against, and how it came out."""

    FIRST = "first"
    INSIDE_TARGET = "inside target"
    UNDER_TARGET = "under target"
    OVER_TARGET = "over target"
    STRONGLY_OVER_TARGET = "strongly over target"
    CUT_OFF = "cut off"
    CUT_SHORT = "cut short"
    LONGER_THAN_USUAL = "longer than usual"
    MUCH_LONGER_THAN_USUAL = "much longer than usual"
    ABOUT_AS_USUAL = "about as usual"
    SHORTER_THAN_USUAL = "shorter than usual"
    NOTHING_NEW = "nothing new after the landing"
    OTHER_ENGINE = "other engine"
    OTHER_LANGUAGE = "other language"


#: How long the answer would have been, and how it ended, is not known.
_UNFINISHED = (Reason.CUT_OFF, Reason.CUT_SHORT)


class Keep(StrEnum):
    """What went well, each borne out by a figure."""

    SHORTER_AND_INSIDE = "shorter and inside target"
    INSIDE_TARGET = "inside target"
    SHORTER = "shorter than usual"
    FEWER_FILLERS = "fewer fillers than usual"
    FEW_FILLERS = "few fillers"
    EASY_PACE = "easy pace"
    ALL_POINTS = "all points made"
    FINISHED = "finished sentence"
    SAID_IT = "said it aloud"


class Next(StrEnum):
    """The one thing to change."""

    SHORTEN_TO_TARGET = "shorten to target"
    POINT_FIRST = "point first"
    STOP_AT_LANDING = "stop at the landing"
    BACK_TO_USUAL = "back to usual"
    MAKE_POINT = "make the point"
    SAY_MORE = "say more"
    FEWER_FILLERS = "fewer fillers"
    WATCH_FILLERS = "watch fillers"
    SLOWER = "slower"
    FASTER = "faster"
    BEGIN_SOONER = "begin sooner"
    PAUSE_BETWEEN = "pause between sentences"
    FINISH = "finish the sentence"
    WHOLE_RECORDING = "bring the whole recording"
    AGAIN_COLD = "again another day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """
    reasons  what long_winded rests on, first the target, then the earlier attempts, then the answer's own landing
    keep     what to keep, the weightiest first, never empty
    next     the one thing to change
    """

    long_winded: LongWinded
    reasons: tuple[Reason, ...]
    keep: tuple[Keep, ...]
    next: Next


def cut_off_at(attempt: Attempt) -> float | None:
    """The limit of an exam, in seconds, that came before the end of the answer; None where none did."""
    timed, now = attempt.timed, attempt.measures
    if timed is None or now is None or timed.drill_round is not None or not timed.ran_out:
        return None
    silence_s = now.tail_silence_s
    return timed.limit_s if silence_s is None or silence_s < FINISHED_SILENCE_S else None


def judged(attempt: Attempt, comparison: Comparison, target: Target) -> Verdict:
    """The verdict on an attempt that was measured; of one of which only a part could be read, not on its length."""
    assert attempt.measures is not None, "only measured attempts can be judged"
    if attempt.cut_short is not None:
        keep = _keep(attempt.measures, comparison, Reason.CUT_SHORT, Reason.FIRST)
        return Verdict(long_winded="no", reasons=(Reason.CUT_SHORT,), keep=keep, next=Next.WHOLE_RECORDING)
    return judge(attempt.measures, comparison, target, cut_off=cut_off_at(attempt) is not None)


def judge(now: Measures, comparison: Comparison, target: Target, *, cut_off: bool = False) -> Verdict:
    """The verdict on one answer against the question's target and the person's earlier attempts.

    Over the target is 'a bit' long-winded, strongly over it 'yes'; much longer than usual makes it one step worse, and
    so does a long tail after its landing. An answer shorter than the target's lower end is never called long-winded,
    and one that has come from there into the target is not sent back.
    One that the end of the time cut off is 'a bit', and its length is no merit: nobody knows how long it would be.
    Nothing rests on a landing or on key points heard in draft words.
    """
    against_target = Reason.CUT_OFF if cut_off else _against_target(now.answer_s, target)
    against_usual = _against_usual(now.answer_s, comparison, target)
    tail_s = now.after_landing_s if _words_to_rely_on(now) else None
    nothing_new = _has_long_tail(now.answer_s, tail_s) and against_target is not Reason.UNDER_TARGET
    others = {
        Reason.NOTHING_NEW: nothing_new,
        Reason.OTHER_ENGINE: comparison.by_other_engine,
        Reason.OTHER_LANGUAGE: comparison.in_other_language,
    }
    return Verdict(
        long_winded=long_winded(now.answer_s, tail_s, comparison, target, cut_off=cut_off),
        reasons=(against_target, against_usual, *(reason for reason, true in others.items() if true)),
        keep=_keep(now, comparison, against_target, against_usual),
        next=_next(now, against_target, against_usual),
    )


def long_winded(
    answer_s: float, tail_s: float | None, comparison: Comparison, target: Target, *, cut_off: bool = False
) -> LongWinded:
    """The part of the verdict that a schedule asks for, of an answer of which only a few figures are at hand.

    tail_s   what followed its landing, in seconds; None where no landing is known, or its words are a draft's
    cut_off  the end of the time ended it
    """
    against_target = Reason.CUT_OFF if cut_off else _against_target(answer_s, target)
    steps = {Reason.CUT_OFF: 1, Reason.OVER_TARGET: 1, Reason.STRONGLY_OVER_TARGET: 2}.get(against_target, 0)
    if against_target is not Reason.UNDER_TARGET:
        steps += _against_usual(answer_s, comparison, target) is Reason.MUCH_LONGER_THAN_USUAL
        steps += _has_long_tail(answer_s, tail_s)
    verdicts: tuple[LongWinded, ...] = ("no", "a bit", "yes")
    return verdicts[min(steps, 2)]


def _words_to_rely_on(now: Measures) -> bool:
    """A landing or a missing point may come from misheard words, of which a draft has many."""
    return now.engine is not None and now.engine.name != "draft"


def _has_long_tail(answer_s: float, tail_s: float | None) -> bool:
    return tail_s is not None and tail_s >= LONG_TAIL_S and tail_s >= LONG_TAIL_RATIO * answer_s


def _against_target(answer_s: float, target: Target) -> Reason:
    # In whole seconds, as it is shown: nobody is told that 2:00 is over 2:00.
    answer_s = round(answer_s)
    if answer_s > target.strongly_over_s:
        return Reason.STRONGLY_OVER_TARGET
    if answer_s > target.high_s:
        return Reason.OVER_TARGET
    return Reason.UNDER_TARGET if answer_s < target.low_s else Reason.INSIDE_TARGET


def _against_usual(answer_s: float, comparison: Comparison, target: Target) -> Reason:
    if comparison.median_answer_s is None or comparison.change_s is None:
        return Reason.FIRST
    if comparison.about_the_same:
        return Reason.ABOUT_AS_USUAL
    if comparison.change_s < 0:
        return Reason.SHORTER_THAN_USUAL
    limit = LONGER_RATIO_OF_MANY if comparison.earlier_count >= MANY_ATTEMPTS else LONGER_RATIO_OF_FEW
    into_target = round(comparison.median_answer_s) < target.low_s and round(answer_s) <= target.high_s
    # Attempts of another engine or language may be named, but no verdict rests on them.
    much = bool(comparison.heard_alike) and not into_target and answer_s > limit * comparison.median_answer_s
    return Reason.MUCH_LONGER_THAN_USUAL if much else Reason.LONGER_THAN_USUAL


def _keep(now: Measures, comparison: Comparison, against_target: Reason, against_usual: Reason) -> tuple[Keep, ...]:
    keep: list[Keep] = []
    no_merit = (Reason.UNDER_TARGET, *_UNFINISHED)
    shorter = against_usual is Reason.SHORTER_THAN_USUAL and against_target not in no_merit
    inside = against_target is Reason.INSIDE_TARGET
    if shorter or inside:
        keep.append(Keep.SHORTER_AND_INSIDE if shorter and inside else Keep.SHORTER if shorter else Keep.INSIDE_TARGET)
    if now.word_count is not None and now.word_count >= FEW_WORDS:
        keep += _keep_of_words(now, comparison, against_target)
    return tuple(keep) or (Keep.SAID_IT,)


def _keep_of_words(now: Measures, comparison: Comparison, against_target: Reason) -> list[Keep]:
    keep = []
    fillers, usual = now.fillers_per_min, comparison.usual_fillers_per_min
    if fillers is not None and usual is not None and fillers <= usual - FEWER_FILLERS_PER_MIN:
        keep.append(Keep.FEWER_FILLERS)
    elif fillers is not None and fillers <= FINE_FILLERS_PER_MIN:
        keep.append(Keep.FEW_FILLERS)
    if now.speech_rate_wpm is not None and PACE_WPM[0] <= now.speech_rate_wpm <= PACE_WPM[1]:
        keep.append(Keep.EASY_PACE)
    if now.key_points and all(point.said for point in now.key_points):
        keep.insert(0, Keep.ALL_POINTS)
    if now.ending is not None and now.ending.kind == "finished" and against_target not in _UNFINISHED:
        keep.append(Keep.FINISHED)
    return keep


def _next(now: Measures, against_target: Reason, against_usual: Reason) -> Next:
    """One thing at a time, length first: it is what the person came for."""
    reliable = _words_to_rely_on(now)
    lands = reliable and now.landing is not None
    missing = reliable and any(point.said is False for point in now.key_points or ())
    if against_target is Reason.CUT_OFF:
        return Next.STOP_AT_LANDING if lands else Next.POINT_FIRST
    if against_target in (Reason.OVER_TARGET, Reason.STRONGLY_OVER_TARGET):
        return Next.STOP_AT_LANDING if lands else Next.SHORTEN_TO_TARGET
    if against_target is Reason.UNDER_TARGET:
        return Next.MAKE_POINT if missing else Next.SAY_MORE
    if lands:
        return Next.STOP_AT_LANDING
    return _next_inside_target(now, against_usual, missing)


def _next_inside_target(now: Measures, against_usual: Reason, missing: bool) -> Next:
    enough_words = now.word_count is not None and now.word_count >= FEW_WORDS
    fillers = (now.fillers_per_min if enough_words else None) or 0.0
    pace = now.speech_rate_wpm if enough_words else None
    pauses_inside = sum(pause.is_long and pause.where == "inside" for pause in now.pauses or ())
    trails_off = now.ending is not None and now.ending.kind == "trailing off"
    steps = {
        Next.FEWER_FILLERS: fillers >= FLAGGED_FILLERS_PER_MIN,
        Next.BACK_TO_USUAL: against_usual is Reason.MUCH_LONGER_THAN_USUAL,
        Next.MAKE_POINT: missing,
        Next.SLOWER: pace is not None and pace > PACE_WPM[1],
        Next.FASTER: pace is not None and pace < PACE_WPM[0],
        Next.BEGIN_SOONER: now.response_latency_s >= LATE_START_S,
        Next.WATCH_FILLERS: fillers > FINE_FILLERS_PER_MIN,
        Next.PAUSE_BETWEEN: pauses_inside >= LONG_PAUSES_INSIDE,
        Next.FINISH: trails_off,
    }
    return next((step for step, wanted in steps.items() if wanted), Next.AGAIN_COLD)
