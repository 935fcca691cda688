"""A verdict in words: how long the answer was, against what, and why. Pure: values in, words out."""

from rehearse.measurement.measures import Measures
from rehearse.presentation.wording import clock, count, length, target_band
from rehearse.progress.comparison import Comparison
from rehearse.progress.verdict import Keep, Reason, Verdict
from rehearse.question import Target

#: Under these a change in pace or in seconds is not worth a word.
_SAME_PACE_RATIO = 0.05
_SAME_PART_S = 3.0


def headline(now: Measures, verdict: Verdict, comparison: Comparison, target: Target) -> str:
    """The verdict in one or two short sentences."""
    # One earlier answer makes nothing usual.
    usual = "usual" if comparison.earlier_count > 1 else "the one before"
    spoken, band, reason = clock(now.answer_s), target_band(target), verdict.reasons[0]
    if reason in (Reason.OVER_TARGET, Reason.STRONGLY_OVER_TARGET):
        opening = "Long" if reason is Reason.STRONGLY_OVER_TARGET else "A little long"
        return f"{opening}: {spoken}, {length(now.answer_s - target.high_s)} over your aim of {band}."
    if reason is Reason.CUT_OFF:
        return f"Cut off after {spoken}: the time was up before you were done. Your aim is {band}."
    if reason is Reason.CUT_SHORT:
        return f"Only a part: the recording ends early, so how long your answer was is not known. Heard: {spoken}."
    if reason is Reason.UNDER_TARGET:
        return f"Short: {spoken}, your aim is {band}."
    if Reason.NOTHING_NEW in verdict.reasons and now.landing_s is not None:
        return f"{spoken}, inside your {band}, but nothing new after {clock(now.landing_s)}."
    if Reason.MUCH_LONGER_THAN_USUAL in verdict.reasons:
        return f"{spoken}, inside your {band}, but clearly longer than {usual}."
    if Keep.SHORTER_AND_INSIDE in verdict.keep:
        return f"Shorter than {usual}, and inside your aim. {spoken}, your aim is {band}."
    return f"{spoken}, inside your {band}."


def compared(now: Measures, comparison: Comparison, earlier: str = "") -> str:
    """'22 s shorter than your usual (median of 4): 41 words fewer, same pace, 7 s less pausing.'

    earlier  what the earlier one is called, where it is no usual one: 'attempt 2'
    """
    usual = comparison.median_answer_s
    if comparison.cut_short:
        return "It is not compared with your other answers, and counts in no trend."
    if comparison.only_timed:
        return "Nothing to compare it with yet: drills, and answers that end too early, do not count."
    if usual is None or comparison.change_s is None:
        return "There is no earlier answer to compare it with. Later ones are compared with it."
    name = earlier or compared_with(comparison)
    if comparison.earlier_count > 1:
        name += f" (median of {comparison.earlier_count})"
    if comparison.about_the_same:
        return f"About the same length as {name}, which is {clock(usual)}."
    change, way = length(abs(comparison.change_s)), "shorter" if comparison.change_s < 0 else "longer"
    why = _why(now, comparison)
    return f"{change} {way} than {name}, which is {clock(usual)}{': ' + why if why else ''}."


def compared_with(comparison: Comparison) -> str:
    if comparison.with_real_answer:
        return "the real answer"
    if comparison.with_round_before:
        return "the round before"
    return "your one earlier attempt" if comparison.earlier_count == 1 else "your usual"


def _why(now: Measures, comparison: Comparison) -> str:
    why = comparison.why
    if why is None or now.word_count is None:
        return ""
    words = now.word_count - why.usual_words
    parts = [f"{count(abs(words), 'word')} {'fewer' if words < 0 else 'more'}" if round(words) else "as many words"]
    # Against the time that pace alone could explain: a twentieth of the answer is not noticed.
    if abs(why.pace_s) < max(_SAME_PART_S, _SAME_PACE_RATIO * now.answer_s):
        parts.append("the same speed between pauses")
    else:
        parts.append(f"said {'faster' if why.pace_s < 0 else 'more slowly'} ({length(abs(why.pace_s))})")
    if abs(why.pauses_s) >= _SAME_PART_S:
        parts.append(f"{length(abs(why.pauses_s))} {'less' if why.pauses_s < 0 else 'more'} pausing")
    return ", ".join(parts)


def reason(reason: Reason, now: Measures, comparison: Comparison, target: Target) -> str:
    """One reason of a verdict as a sentence with its figures."""
    spoken, high = clock(now.answer_s), clock(target.high_s)
    if reason in (Reason.OVER_TARGET, Reason.STRONGLY_OVER_TARGET):
        return f"{spoken} is {length(now.answer_s - target.high_s)} over your aim of at most {high}."
    if reason is Reason.INSIDE_TARGET:
        return f"{spoken} is inside your aim of {target_band(target)}."
    if reason is Reason.UNDER_TARGET:
        return f"{spoken} is under your aim of {target_band(target)}."
    if reason is Reason.CUT_OFF:
        return f"The time was up after {spoken}, before you were done: how long it would have been is not known."
    if reason is Reason.CUT_SHORT:
        return f"The recording ends early, after {spoken} of your answer: how long it was is not known."
    if reason is Reason.MUCH_LONGER_THAN_USUAL and comparison.change_ratio is not None:
        return f"{compared(now, comparison)} That is {comparison.change_ratio:.0%} longer."
    if reason is Reason.NOTHING_NEW and now.landing_s is not None:
        return f"Nothing new after {clock(now.landing_s)}; {length(now.after_landing_s or 0.0)} more."
    if reason is Reason.OTHER_ENGINE:
        return other_engine(now, comparison)
    if reason is Reason.OTHER_LANGUAGE:
        return other_language(comparison)
    return compared(now, comparison)


def other_engine(now: Measures, comparison: Comparison) -> str:
    left_out = comparison.left_out_count - comparison.left_out_language_count
    if left_out:
        which = count(left_out, "earlier attempt was", "earlier attempts were")
        told = f"{which} heard by another recogniser and left out."
    else:
        told = "Your earlier attempts were heard by another recogniser: you can compare lengths, but not words."
    # A draft is no better for the others: only Whisper is worth hearing them again with.
    better = now.engine is not None and now.engine.name == "whisper"
    return f"{told} To write them all down with this one: rehearse transcribe --all" if better else told


def other_language(comparison: Comparison) -> str:
    if comparison.left_out_language_count:
        which = count(comparison.left_out_language_count, "earlier attempt was", "earlier attempts were")
        return f"{which} in another language and left out."
    return "Your earlier attempts were in another language: you can compare lengths, but not words."
