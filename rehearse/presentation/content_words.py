"""What became of the content of an earlier answer, in sentences. Text of recognisers in them is not made safe here."""

from collections.abc import Sequence

from rehearse.measurement.measures import Measures
from rehearse.presentation import attempt_words, wording
from rehearse.progress.comparison import Comparison
from rehearse.progress.content import Content, ContentChange
from rehearse.question import Target

#: More words than this are a list nobody reads.
_MOST_WORDS_NAMED = 12
#: Of two answers to one question that tell different stories, fewer are the same. Own choice.
_LEAST_SHARED = 1 / 3
#: Less time saved than this is not worth a word.
_LEAST_SAVED = 0.05


def kept(content: ContentChange, comparison: Comparison) -> list[str]:
    """What was kept, dropped and new since the one earlier attempt of the comparison."""
    shorter = comparison.change_ratio is not None and not comparison.about_the_same
    saved = -(comparison.change_ratio or 0.0) if shorter else 0.0
    lines = [_kept_in_time(content, saved)] if content.earlier_count else []
    lines += [*_listed("New", content.new), *_listed("Dropped", content.dropped)]
    if content.is_recited:
        lines.append(recited(content.word_for_word_ratio))
    return lines


def against_best(content: Content, now: Measures, target: Target) -> list[str]:
    """'3 of the 3 points of attempt 2, in 22 % less time.' where that is so, and whether the last one was recited.

    Of an answer under its target nothing is said of the time: it was no gain.
    """
    lines = []
    best_s = content.best.measures.answer_s if content.best.measures else 0.0
    saved = 1.0 - now.answer_s / best_s if best_s else 0.0
    is_gain = saved >= _LEAST_SAVED and round(now.answer_s) >= target.low_s
    if is_gain and content.since_best.earlier_count and _is_alike(content.since_best):
        name = attempt_words.name(content.best)
        lines.append(_kept_in_time(content.since_best, saved, name))
    if content.recited is not None:
        lines.append(recited(content.recited))
    return lines


def from_round(content: ContentChange, comparison: Comparison, name: str) -> list[str]:
    """What the last round of a drill kept of an earlier one, and what fell away; to repeat it is what a drill is for.

    name  what the earlier one is called: 'round 1'
    """
    shorter = comparison.change_ratio is not None and not comparison.about_the_same
    saved = -(comparison.change_ratio or 0.0) if shorter else 0.0
    return [_kept_in_time(content, saved, name), *_listed("Left out", content.dropped)]


def _listed(name: str, words: Sequence[str]) -> list[str]:
    if not words:
        return []
    more = f" and {len(words) - _MOST_WORDS_NAMED} more" if len(words) > _MOST_WORDS_NAMED else ""
    return [f"{name}: {', '.join(words[:_MOST_WORDS_NAMED])}{more}."]


def recited(ratio: float) -> str:
    """How much of an answer is word for word the one before it, and what to try instead."""
    return (
        f"{ratio:.0%} of it is word for word as before. An answer learned by heart sounds read out: try beginning"
        " with another sentence."
    )


def _kept_in_time(content: ContentChange, saved: float, name: str = "") -> str:
    # To take less time with none of the points is no gain.
    is_gone = bool(content.points_before) and not content.points_kept
    return f"{_kept(content, name)}{'' if is_gone else _in_less_time(saved)}."


def _kept(content: ContentChange, name: str = "") -> str:
    """How much of the earlier answer is there again.

    name  what that one is called; '' where it was named before
    """
    whose = f"of {name}" if name else "of it"
    if content.points_before == 1 and not content.points_kept:
        return "Your point was not heard again"
    if content.points_before == 1:
        return f"Your point {whose if name else 'again'}"
    if content.points_before:
        return f"{content.points_kept} of the {wording.count(content.points_before, 'point')} {whose}"
    words = wording.count(content.earlier_count, "main word")
    mostly = "" if _is_alike(content) else "Mostly something else: "
    return f"{mostly}{content.shared_count} of the {words} {whose}"


def _is_alike(content: ContentChange) -> bool:
    if content.points_before:
        return content.points_kept == content.points_before
    return content.shared_count >= _LEAST_SHARED * content.earlier_count


def _in_less_time(saved: float) -> str:
    return f", in {saved:.0%} less time" if saved >= _LEAST_SAVED else ""
