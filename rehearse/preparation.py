"""What kind of question it is, so that preparing an answer asks for the parts that such an answer has. Pure."""

import re
from enum import StrEnum

from rehearse.question import Question


class Kind(StrEnum):
    """Kinds whose answers are built differently; every other question is GENERAL."""

    BEHAVIOURAL = "behavioural"
    STRENGTHS = "strengths"
    MOTIVATION = "motivation"
    TECHNICAL = "technical"
    SITUATIONAL = "situational"
    GENERAL = "general"


#: More than a listener remembers, and more than fits two minutes. Own choice.
MOST_POINTS = 5

#: Tried in this order, where no tag says it: how people word these questions.
_WORDINGS = (
    (
        Kind.BEHAVIOURAL,
        r"\b(?:a|one|the last|your last|a recent) (?:time|situation|moment|occasion)\b|\b(?:an|one) example of\b"
        r"|\btell me about (?!your ?self\b|you\b)|\bdescribe (?:a|an|the) ",
    ),
    (
        Kind.SITUATIONAL,
        r"\bwhat (?:would|do) you (?:do|say)(?: if\b|\?|$)|\bhow would you\b|\bimagine\b|\bsuppose\b"
        r"|\bif you (?:had|were|saw|found)\b|\bwould you\b.+\bif\b",
    ),
    (
        Kind.STRENGTHS,
        r"\bstrengths?\b|\bweakness(?:es)?\b|\bgood at\b|\bproud(?:est)?\b|\b(?:hire|choose|take) you\b"
        r"|\bsay about you\b",
    ),
    (
        Kind.MOTIVATION,
        r"\bwhy (?:do|did|are|would) you (?:want|leav|apply|chang|interested)|\bwhy (?:our|us|this|here|now)\b"
        r"|\bwhat (?:draws|attracts|interests) you\b",
    ),
    (
        Kind.TECHNICAL,
        r"\bexplain (?:how|what|why|the)\b|\bhow (?:does|do) .+ work\b|\bdifference between\b|\bdesign an?\b|\bdebug\b",
    ),
)


_STRENGTH, _WEAKNESS = re.compile(r"\bstrengths?\b", re.I), re.compile(r"\bweak(?:ness(?:es)?| points?)\b", re.I)


def asks_for_weakness(text: str) -> bool:
    """Whether a question of the kind STRENGTHS asks for a weakness."""
    return _WEAKNESS.search(text) is not None


def asks_for_both(text: str) -> bool:
    """Whether it asks for a strength and a weakness."""
    return asks_for_weakness(text) and _STRENGTH.search(text) is not None


def kind_of(question: Question) -> Kind:
    """By its tags, where one names a kind; else by how it is worded; GENERAL where neither says."""
    tags = {tag.casefold() for tag in question.tags}
    for kind in Kind:
        if kind.value in tags:
            return kind
    plain = question.text.casefold().replace("’", "'")
    return next((kind for kind, wording in _WORDINGS if re.search(wording, plain)), Kind.GENERAL)
