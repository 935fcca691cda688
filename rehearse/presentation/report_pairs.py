"""Two attempts side by side on the page: figures, why, and their words laid beside each other."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from html import escape
from typing import Any

from rehearse.presentation import attempt_words, compare_screen, content_words, verdict_words, wording
from rehearse.presentation.charts import why_bars
from rehearse.presentation.report_values import Answer, Pair
from rehearse.progress.content import Kind, Passage
from rehearse.question import Target


def pair(held: Pair, target: Target, timezone: tzinfo | None, today: datetime) -> dict[str, Any]:
    """Everything that the template shows of two attempts; names that end in `_html` and `svg` hold safe markup."""
    before, now = held.earlier.attempt.measures, held.later.attempt.measures
    assert before is not None and now is not None, "only measured attempts compare"
    comparison = held.comparison
    names = [attempt_words.name(answer.attempt) for answer in (held.earlier, held.later)]
    lengths_compare = compare_screen.same_terms(held.earlier.attempt, held.later.attempt)
    told = verdict_words.compared(now, comparison, names[0]) if lengths_compare else ""
    bars = ""
    if lengths_compare and comparison.why is not None:
        parts = compare_screen.why_parts(comparison.why)
        key = f"pair-{held.earlier.attempt.id}-{held.later.attempt.id}"
        shorter_is_better = compare_screen.shorter_is_better(comparison, now, target)
        bars = why_bars(key, parts, f"{told} {compare_screen.why(comparison.why)}", shorter_is_better=shorter_is_better)
    content = held.content if lengths_compare else None
    return {
        "key": f"{held.earlier.attempt.id}-{held.later.attempt.id}",
        "names": names,
        "when": [compare_screen.when(a.attempt, timezone, today) for a in (held.earlier, held.later)],
        "ids": [held.earlier.attempt.id, held.later.attempt.id],
        "heard": [bool(held.earlier.sound.href), bool(held.later.sound.href)],
        "compared": told,
        "cautions": compare_screen.caution_lines(held.earlier.attempt, held.later.attempt, comparison),
        "content": content_words.kept(content, comparison) if content and comparison.heard_alike else [],
        "rows": compare_screen.figure_rows(before, now),
        "why_svg": bars,
        "passages_html": passages_html(held.passages, names),
        "language": held.later.transcript.language if held.later.transcript else "",
    }


def option(answer: Answer, timezone: tzinfo | None, today: datetime) -> dict[str, Any]:
    """One attempt as it stands in the lists to choose from."""
    name, now = attempt_words.name(answer.attempt), answer.attempt.measures
    assert now is not None, "only measured attempts can be chosen"
    day, limit = wording.day(answer.attempt.recorded_at, timezone, today), attempt_words.limits(answer.attempt)
    told = (wording.capitalised(name), day, wording.clock(now.answer_s), limit)
    return {"id": answer.attempt.id, "text": ", ".join(filter(None, told))}


def passages_html(passages: Sequence[Passage], names: Sequence[str]) -> str:
    """Both answers in one text: words of the earlier one alone struck through, of the later alone underlined."""
    parts = []
    for passage in passages:
        words = " ".join(f"{word.before}{word.written}{word.after}" for word in passage.words)
        safe = escape(wording.shown(words))
        tag, name = {Kind.DROPPED: ("del", names[0]), Kind.NEW: ("ins", names[1]), Kind.COMMON: ("", "")}[passage.kind]
        spoken = f'<span class="unseen">(only {escape(wording.shown(name))}:) </span>'
        end = '<span class="unseen"> (end)</span>'
        parts.append(f"<{tag}>{spoken}{safe}{end}</{tag}>" if tag else safe)
    return " ".join(parts)
