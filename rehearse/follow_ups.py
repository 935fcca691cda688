"""Follow-up questions, as an interviewer asks them after an answer. All were written for this project.

Which ones fit is told by the kind of the question: a tag, as the sets of questions that come along have it.
"""

import random
import re
import tomllib
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from rehearse.question import Question, QuestionDraft, Target

#: The tag of a question that a follow-up was kept as.
TAG = "follow-up"
#: It asks for one thing more, and one sentence may be enough. Own choice.
TARGET = Target(low_s=5.0, high_s=60.0)

_FILE = Path(__file__).parent / "bundled" / "follow-ups.toml"
_FOR_ALL = "any"
#: What asks for a story, where no tag says of what kind the question is.
_STORY = re.compile(r"\b(?:a|one) (?:time|situation|moment)\b|\btell me about a\b|\ban example of\b", re.IGNORECASE)


@cache
def bundled_follow_ups() -> dict[str, tuple[str, ...]]:
    """By kind of question; those that fit every question stand under 'any'."""
    written = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {kind: tuple(questions) for kind, questions in written.items()}


def fitting(question: Question) -> tuple[str, ...]:
    """Those that can be asked after an answer to the question, those of its own kind first."""
    known = bundled_follow_ups()
    kinds = [tag.casefold() for tag in question.tags if tag.casefold() in known]
    if not kinds and _STORY.search(question.text):
        kinds = ["behavioural"]
    return tuple(text for kind in dict.fromkeys((*kinds, _FOR_ALL)) for text in known[kind])


def follow_up_to(question: Question, kept: Sequence[Question], chance: random.Random) -> str:
    """One that was not asked after this question yet; any of those that fit, once all were.

    kept  the person's questions, those put away included: follow-ups answered before are among them
    """
    before: Collection[str] = {each.text for each in kept if TAG in each.tags}
    every = fitting(question)
    new = [asked for asked in every if draft_of(asked, question).text not in before]
    return chance.choice(new or every)


def draft_of(asked: str, question: Question) -> QuestionDraft:
    """What a follow-up is kept as: a question by itself, which names the one that it came after."""
    return QuestionDraft(text=f"{asked} (after: {question.text})", target=TARGET, tags=(TAG,)).checked()
