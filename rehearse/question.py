"""What was asked: the question a person practises, and how long its answer should be. Values only."""

import re
from dataclasses import dataclass
from datetime import datetime

from rehearse.errors import QuestionInvalid

#: Over the target's upper end an answer is long; over this many times it, strongly so. 180 s for the default
#: of 120 s: practitioner consensus of 60-120 s, two minutes as the ceiling (docs/measures.md, "long-winded").
STRONGLY_OVER = 1.5

#: Nobody answers a question in less.
SHORTEST_TARGET_S, LONGEST_TARGET_S = 10.0, 1800.0


#: Questions are hardly ever longer; two lines of a terminal, and enough to know any by.
_MOST_LETTERS = 100


def shortened(text: str, most: int = _MOST_LETTERS) -> str:
    """The text of a question where it is named in passing: of a long one its beginning, up to a whole word, and '…'."""
    if len(text) <= most:
        return text
    beginning = text[: most - 1]
    words, _, _ = beginning.rpartition(" ")
    # One long word, or a language that has no spaces.
    return (words if len(words) > most / 2 else beginning).rstrip(" ,.;:") + "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The length an answer aims for, in seconds of answer duration: 0 <= low_s < high_s."""

    low_s: float
    high_s: float

    @property
    def strongly_over_s(self) -> float:
        return self.high_s * STRONGLY_OVER

    def scaled_to(self, high_s: float) -> "Target":
        """The same proportions with that upper end, in seconds, over 0."""
        return Target(low_s=self.low_s / self.high_s * high_s, high_s=high_s)


_LENGTH = r"(?:(?P<{0}m>\d+):(?P<{0}s>[0-5]\d)|(?P<{0}>\d+(?:\.\d+)?)\s*s?)"
_TARGET = re.compile(rf"\s*{_LENGTH.format('a')}(?:\s*[-–]\s*{_LENGTH.format('b')})?\s*")


def parse_target(text: str) -> Target:
    """The target written as '90', '1:30', '60-120' or '1:00-2:00' (seconds, or minutes and seconds).

    One length alone is the upper end; the lower is half of it, as in the default of 60-120 s.
    Raises QuestionInvalid where the text is no length, is under 10 s, or is over half an hour.
    """
    match = _TARGET.fullmatch(text)
    if match is None:
        raise QuestionInvalid(
            f"'{text}' is not a length.", "Write seconds or minutes:seconds, such as 90, 1:30 or 60-120."
        )

    def seconds(name: str) -> float | None:
        if match[name + "m"] is not None:
            return int(match[name + "m"]) * 60.0 + int(match[name + "s"])
        return float(match[name]) if match[name] is not None else None

    first, second = seconds("a"), seconds("b")
    assert first is not None, "the pattern always has a first length"
    low, high = (first / 2, first) if second is None else (first, second)
    if second is not None and not low < high:
        fault = "is one length, written twice" if low == high else "goes backwards"
        raise QuestionInvalid(f"'{text}' {fault}.", "Write the shorter length first, such as 60-120.")
    if not SHORTEST_TARGET_S <= high <= LONGEST_TARGET_S:
        raise QuestionInvalid(
            f"'{text}' is not a length to aim for.", "Aim for something between 10 seconds and half an hour."
        )
    return Target(low_s=low, high_s=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question as the person keeps it.

    target   None where the person's default from the settings holds
    points   what they mean to say, in their own words and order
    note     what went wrong last time, '' where nothing was noted
    opening  the sentence they mean to open with, landing the one to end on; '' where they have none
    """

    id: int
    text: str
    created_at: datetime
    target: Target | None = None
    points: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    opening: str = ""
    landing: str = ""
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDraft:
    """A question not yet kept: all that a person says of it."""

    text: str
    target: Target | None = None
    points: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    opening: str = ""
    landing: str = ""

    def checked(self) -> "QuestionDraft":
        """The same with spaces tidied and empty or doubled entries left out; raises QuestionInvalid without a text."""
        text = " ".join(self.text.split())
        if not text:
            raise QuestionInvalid("A question needs some words.", 'For example: rehearse add "Why this job?"')
        return QuestionDraft(
            text=text,
            target=self.target,
            points=_tidy(self.points),
            tags=_tidy(self.tags),
            note=" ".join(self.note.split()),
            opening=" ".join(self.opening.split()),
            landing=" ".join(self.landing.split()),
        )


def _tidy(entries: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tidy for entry in entries if (tidy := " ".join(entry.split()))))
