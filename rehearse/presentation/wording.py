"""Numbers to words, once for screen and page: plain, kind, and never more exact than what was measured."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, tzinfo

from rehearse.measurement.attempt import Attempt, AttemptLine, CutShort, Timed
from rehearse.measurement.measures import Measures
from rehearse.progress.comparison import Comparison
from rehearse.progress.verdict import Keep, Reason, Verdict
from rehearse.question import Target
from rehearse.transcription.transcript import EngineIdentity, EngineName

#: Under these a change in pace or in seconds is not worth a word.
_SAME_PACE_RATIO = 0.05
_SAME_PART_S = 3.0

_PRONOUN = re.compile(r"\bi(?=(?: (?:mean|guess|think|suppose|believe|feel|know|would|don't))\b|'(?:m|d|ll|ve)\b)")


def shown(text: str) -> str:
    """Text of people and recognisers made safe to show: control characters become visible signs, never obeyed."""
    # Of what is printable nothing is ever changed, and nearly all text is.
    return text if text.isprintable() else "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    # Cc is the other control range; Cf holds marks that reverse or hide text, Zl and Zp break lines; Cs cannot be
    # written out at all. The two joiners of Cf are part of ordinary words and emoji.
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in "\u200c\u200d":
        return f"<U+{code:04X}>"
    return character


def clock(seconds: float) -> str:
    """'1:42', '0:07', '1:02:30'."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def moment(seconds: float) -> str:
    """Where something begins, as a player's clock shows it then: '0:59' up to 59.99 s."""
    return clock(int(seconds))


def length(seconds: float) -> str:
    """A stretch of time as it is said: '22 s', '1:05'; tenths below ten seconds where they matter."""
    return f"{round(seconds)} s" if round(seconds) < 60 else clock(seconds)


def time_left(seconds: float | None) -> str:
    """'about 3 min left', 'about 1 h 20 min left'; '' where nobody can tell yet."""
    if seconds is None:
        return ""
    if seconds < 60:
        return "less than a minute left"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"about {hours} h {minutes} min left" if hours else f"about {minutes} min left"


def tenths(seconds: float) -> str:
    return f"{seconds:.1f} s"


def speed(times: float) -> str:
    """'1x', '1.25x'."""
    return f"{times:g}x"


def semitones(pitch_range: float) -> str:
    return count(pitch_range, "semitone")


def target_band(target: Target) -> str:
    return f"{clock(target.low_s)}-{clock(target.high_s)}"


def count(number: float, one: str, many: str | None = None) -> str:
    """'1 word', '41 words'."""
    return f"{round(number)} {one if round(number) == 1 else many or one + 's'}"


def day(moment: datetime, timezone: tzinfo | None, today: datetime | None = None) -> str:
    """'3 Nov'; with the year where it is not this one."""
    local = moment.astimezone(timezone)
    same_year = today is None or today.astimezone(timezone).year == local.year
    return f"{local.day} {local:%b}" + ("" if same_year else f" {local.year}")


def attempt_name(attempt: Attempt) -> str:
    """'attempt 5', 'the real answer'."""
    return "the real answer" if attempt.baseline else f"attempt {attempt.id}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """'1', '1 and 2', '1, 2 and 5'; at least one name."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def capitalised(text: str) -> str:
    """The text as a sentence begins; nothing else of it changes."""
    return text[:1].upper() + text[1:]


def attempt_title(attempt: Attempt) -> str:
    """'Attempt 5', 'Attempt 5 · drill 2, limit 1:20', 'The real answer'."""
    return " · ".join(filter(None, (capitalised(attempt_name(attempt)), limits(attempt))))


def limits(attempt: Attempt | AttemptLine) -> str:
    """'drill 2, limit 1:20', 'cut short: 0:12 of 0:39'; '' where the length is the person's own."""
    return ", ".join(filter(None, (timed(attempt.timed), cut_short(attempt.cut_short))))


def cut_short(part: CutShort | None) -> str:
    return "" if part is None else f"cut short: {clock(part.read_s)} of {clock(part.whole_s)}"


def timed(timed: Timed | None) -> str:
    """'drill 2, limit 1:20', 'exam, limit 2:00'; '' where no limit was set."""
    if timed is None:
        return ""
    what = "exam" if timed.drill_round is None else f"drill {timed.drill_round}"
    return f"{what}, limit {clock(timed.limit_s)}"


def engine_name(engine: EngineIdentity | None) -> str:
    return "not written down yet" if engine is None else recogniser(engine.name, engine.model)


def recogniser(name: EngineName | None, model: str | None) -> str:
    """'whisper small.en', 'draft', 'your transcript'; 'the sound alone' where nobody heard words."""
    return {"whisper": f"whisper {model}", "draft": "draft", "given": "your transcript", None: "the sound alone"}[name]


def pace(words_per_minute: float | None) -> str:
    return "-" if words_per_minute is None else f"{round(words_per_minute)} wpm"


def per_minute(rate: float | None) -> str:
    return "-" if rate is None else f"{rate:.0f}" if rate >= 1 or rate == 0 else "<1"


def filler_count(measures: Measures) -> str:
    """'at least 4 (2 a minute)' by Whisper, which drops some; 'roughly 4' by the draft engine."""
    if measures.filler_count is None or measures.fillers_per_min is None:
        return "not counted"
    engine = measures.engine.name if measures.engine else "given"
    about = {"whisper": "at least ", "draft": "roughly ", "given": ""}[engine]
    if measures.filler_count == 0:
        return {"whisper": "none heard", "draft": "none heard", "given": "none"}[engine]
    return f"{about}{measures.filler_count} ({per_minute(measures.fillers_per_min)} a minute)"


def filler_name(text: str) -> str:
    """A filler as people write it: 'I mean' of 'i mean', as it is counted and kept; made safe to show.

    Only before words that tell that it is English: in other languages 'i' is an ordinary word.
    """
    return _PRONOUN.sub("I", shown(text))


def filler_kinds(measures: Measures) -> str:
    """'um 2 · like 1', the most frequent first; 'likely, listen: 0:12 uh' where only the sound gives one away."""
    counts = Counter(filler.text for filler in measures.fillers or ())
    kinds = " · ".join(f"{filler_name(text)} {number}" for text, number in counts.most_common(6))
    sounds = [filler for filler in measures.fillers or () if filler.source == "sound" and filler.confirmed is None]
    if not sounds:
        return kinds
    places = ", ".join(f"{filler_name(filler.text)} at {moment(filler.start_s)}" for filler in sounds[:4])
    more = f" and {len(sounds) - 4} more" if len(sounds) > 4 else ""
    return f"{kinds}   (from the sound alone; likely, listen: {places}{more})"


def pause_summary(measures: Measures) -> str:
    """'11, longest 1.4 s'."""
    if measures.silent_pause_count is None:
        return "not measured (too noisy)" if measures.pauses_heard == "cannot tell" else "not measured (no sound)"
    if measures.longest_pause_s is None:
        return "none"
    roughly = "roughly " if measures.pauses_heard == "roughly" else ""
    return f"{roughly}{measures.silent_pause_count}, longest {tenths(measures.longest_pause_s)}"


def landing(now: Measures) -> str:
    """'1:22, then 38 s with 3 new words and 14 repeated'; '' where no landing is known."""
    if now.landing is None or now.after_landing_s is None:
        return ""
    new = count(len(now.landing.new_words), "new word")
    roughly = "roughly " if now.engine is not None and now.engine.name == "draft" else ""
    after = f"{length(now.after_landing_s)} with {new} and {now.landing.repeated_count} repeated"
    return f"{roughly}{clock(now.landing.landing_s)}, then {after}"


def points(now: Measures) -> str:
    """'2 of 3 heard, the first at 0:04', and how many hold no word to listen for; '' where none holds any."""
    known = [point for point in now.key_points or () if point.said is not None]
    vague = len(now.key_points or ()) - len(known)
    if not known:
        return ""
    starts_s = [point.start_s for point in known if point.start_s is not None]
    told = f"{len(starts_s)} of {len(known)} heard"
    first = f", the first at {clock(min(starts_s))}" if starts_s else ""
    return told + first + (f"; {vague} without a word to listen for" if vague else "")


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
