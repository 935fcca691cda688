"""What to keep and what to change, as sentences with the figures that earn them."""

from collections import Counter

from rehearse.measurement.measures import Measures
from rehearse.presentation.verdict_words import compared_with
from rehearse.presentation.wording import clock, count, filler_name, length, per_minute, points, shown
from rehearse.progress.comparison import Comparison
from rehearse.progress.verdict import Keep, Next
from rehearse.question import Target

#: Enough of a sentence to know it by.
_QUOTED_WORDS = 6


def keep(keep: Keep, now: Measures, comparison: Comparison, target: Target) -> str:
    """One thing to keep, with the figure that earns it."""
    shorter = length(abs(comparison.change_s or 0.0))
    before = compared_with(comparison)
    usually = "before" if comparison.earlier_count == 1 else "usually"
    sentences = {
        Keep.SHORTER_AND_INSIDE: f"The length: {shorter} shorter than {before}, and it fits your aim.",
        Keep.INSIDE_TARGET: "The length: it fits your aim.",
        Keep.SHORTER: f"It is {shorter} shorter than {before}.",
        Keep.FEWER_FILLERS: (
            f"Fewer fillers: {per_minute(now.fillers_per_min)} a minute, {usually} "
            f"{per_minute(comparison.usual_fillers_per_min)}."
        ),
        Keep.FEW_FILLERS: f"Few fillers heard: {per_minute(now.fillers_per_min)} a minute. Listeners hardly notice.",
        Keep.EASY_PACE: f"The pace: {_words_a_minute(now)}, easy to follow.",
        Keep.ALL_POINTS: f"Your points: {points(now)}.",
        Keep.FINISHED: f"You ended on a finished sentence: '... {shown(now.ending.text if now.ending else '')}'.",
        Keep.SAID_IT: "You said it aloud, from start to end. That is how it gets better.",
    }
    return sentences[keep]


def next_step(next_step: Next, now: Measures, comparison: Comparison, target: Target) -> str:
    """The one thing to change, as something a person can do."""
    if next_step is Next.SHORTEN_TO_TARGET:
        over = length(now.answer_s - target.high_s)
        if now.speech_rate_wpm and now.word_count:
            words = round((now.answer_s - target.high_s) * now.speech_rate_wpm / 60 / 5) * 5
            some = f"about {max(words, 5)} of your {now.word_count} words"
            return f"Leave out {over}, {some}. Which part would nobody miss?"
        return f"Leave out {over}. Which part would nobody miss?"
    if next_step is Next.STOP_AT_LANDING:
        return _landing_step(now, target)
    if next_step is Next.MAKE_POINT:
        missing = next((point.text for point in now.key_points or () if point.said is False), "")
        return f"This point of yours was not heard: '{shown(missing)}'. Say it in one sentence, early."
    if next_step is Next.BACK_TO_USUAL:
        return f"You have said this in {clock(comparison.median_answer_s or 0)}. Which part is new, and does it help?"
    if next_step is Next.SAY_MORE:
        more = length(target.low_s - now.answer_s)
        return f"There is room for {more} more: one example, and what came of it."
    if next_step in (Next.FEWER_FILLERS, Next.WATCH_FILLERS):
        return _fillers_step(next_step, now)
    if next_step is Next.PAUSE_BETWEEN:
        return _pauses_step(now)
    sentences = {
        Next.FINISH: (
            f"It trails off: '{shown(now.ending.text if now.ending else '')}'. Stop after the sentence before."
        ),
        Next.SLOWER: f"Slow down a little: {_words_a_minute(now)} is fast. Pause after each main point.",
        Next.FASTER: (
            f"Go a little faster: {_words_a_minute(now)} is slow. Practise your first sentence until it comes easily."
        ),
        Next.BEGIN_SOONER: (
            f"You began after {length(now.response_latency_s)}. If you need longer to think, say so first: "
            "'Let me think for a moment.' Then the silence is yours."
        ),
        Next.WHOLE_RECORDING: (
            "If you still have the whole recording, bring that one. Pace and fillers are those of this part."
        ),
        Next.POINT_FIRST: "Say your point in the first sentence, then one example. Then it is said, whenever you stop.",
        Next.AGAIN_COLD: (
            "Nothing to change today. Try it again another day, without warming up."
            if now.word_count
            else "The length is fine. No words were heard, so there is no more to say. Try it again another day."
        ),
    }
    return sentences[next_step]


def _words_a_minute(now: Measures) -> str:
    return count(now.speech_rate_wpm or 0.0, "word") + " a minute"


def _fillers_step(next_step: Next, now: Measures) -> str:
    fillers = now.fillers or ()
    text, number = Counter(filler.text for filler in fillers).most_common(1)[0]
    first = next(filler for filler in fillers if filler.text == text)
    often = f"'{filler_name(text)}'" + (f" {number} times" if number > 1 else "")
    if next_step is Next.FEWER_FILLERS:
        return f"You said {often}, first at {clock(first.start_s)}. Try a silent breath there: a pause sounds calm."
    return f"A few fillers: {often}, first at {clock(first.start_s)}. A short silence there is enough."


def _landing_step(now: Measures, target: Target) -> str:
    landing = now.landing
    if landing is None or now.after_landing_s is None:
        return "Stop once your point is made."
    new = count(len(landing.new_words), "new word") if landing.new_words else "nothing new"
    added = f"the last {length(now.after_landing_s)} add {new} and repeat {landing.repeated_count}"
    last_words = " ".join(landing.sentence.split()[-_QUOTED_WORDS:])
    # Nobody is sent from an answer that repeats itself into one that is too short.
    short = round(landing.landing_s - now.response_latency_s) < target.low_s
    instead = ", or add one example there" if short else ""
    made = f"Your point was made by {clock(landing.landing_s)}; {added}."
    return f"{made} Try stopping after '{shown(last_words)}'{instead}."


def _pauses_step(now: Measures) -> str:
    inside = [pause for pause in now.pauses or () if pause.is_long and pause.where == "inside"]
    if not inside:
        return "Pause between two sentences: there it sounds like thinking."
    often = f"{len(inside)} times" if len(inside) != 1 else "once"
    return (
        f"You stopped {often} for 2 s or more inside a sentence, first at {clock(inside[0].start_s)}. "
        "A pause is fine: take it before the sentence begins."
    )
