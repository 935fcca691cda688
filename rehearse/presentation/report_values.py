"""What the page is made of: questions with their answers, judged, and how each answer can be heard."""

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.measurement.attempt import Attempt
from rehearse.measurement.measures import Measures
from rehearse.progress.comparison import Comparison
from rehearse.progress.content import ContentChange, Passage
from rehearse.progress.verdict import Verdict
from rehearse.question import Question, Target
from rehearse.transcription.transcript import Transcript

#: How a file of ours is known again, near its beginning.
MARK = '<meta name="generator" content="rehearse report">'


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """How an answer can be heard from the page.

    href  a data URL, or a link to a file beside the page; '' where it cannot be heard from there
    told  why it cannot, and how else, in words
    """

    href: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One attempt at a question, as it stood against the attempts before it.

    comparison, verdict  None until it is measured
    best_before          the shortest of the answers before it that it is held against
    levels_dbfs          of equal stretches of its recording; empty where there is none to draw
    """

    attempt: Attempt
    transcript: Transcript | None
    comparison: Comparison | None
    verdict: Verdict | None
    best_before: Measures | None
    levels_dbfs: Sequence[float]
    sound: Sound
    is_cold: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two measured attempts at one question held against each other; passages only where their words compare."""

    earlier: Answer
    later: Answer
    comparison: Comparison
    content: ContentChange | None
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True, kw_only=True)
class PractisedQuestion:
    """
    answers  earliest first, at least one
    pairs    of the attempts that can be chosen side by side, each with each; the last is shown first
    """

    question: Question
    target: Target
    answers: Sequence[Answer]
    pairs: Sequence[Pair]


def is_report(beginning: str) -> bool:
    """Whether a file that begins so is a page of ours, and may be made anew."""
    return MARK in beginning
