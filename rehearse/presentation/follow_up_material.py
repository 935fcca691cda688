"""What a follow-up mail can be made of, and the mail made of a choice of it. Values only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rehearse.interview import Interview
from rehearse.presentation.follow_up import Addition, Mail, draft, fitting, placeholders


class Missing(StrEnum):
    """Why there is no sentence of the person's own to add."""

    NOT_WANTED = "not wanted"
    NO_QUESTION = "no question"
    NO_ATTEMPT = "no attempt"
    DRAFT = "draft"
    NO_SENTENCE = "no sentence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """
    name         whose mail it is, '' where it is left out
    question     the one to add something to, '' for none
    question_id  the number it is practised under, None where it is not
    attempt_id   the attempt that the sentences are of, None without one
    sentences    whole sentences of it up to its landing, in order
    landed       whether a landing is known, to which they lead
    missing      why there are no sentences; None where there are some
    """

    interview: Interview
    today: date
    name: str = ""
    question: str = ""
    question_id: int | None = None
    attempt_id: int | None = None
    sentences: tuple[str, ...] = ()
    landed: bool = False
    missing: Missing | None = None

    @property
    def well(self) -> tuple[str, ...]:
        """What went well, in the person's words."""
        return tuple(entry for entry in self.interview.went_well if entry)

    def chosen_at_first(self) -> tuple[int, ...]:
        """Places of the sentences that the mail begins with: those that fit, the last before the landing first."""
        if not self.sentences:
            return ()
        # One sentence stands for the words around them.
        one = self.mail((0,)).word_count - len(self.sentences[0].split())
        return fitting(self.sentences, one, landed=self.landed)

    def mail(self, chosen: Sequence[int], well: str = "") -> Mail:
        """The mail with the sentences at those places, and one thing that went well, '' for none."""
        sentences = tuple(self.sentences[place] for place in sorted(chosen))
        addition = Addition(question=self.question, sentences=sentences) if sentences else None
        return draft(self.interview, self.today, name=self.name, well=well, addition=addition)


def usable(sentences: Sequence[str]) -> tuple[str, ...]:
    """Those that no recogniser left a blank in."""
    return tuple(sentence for sentence in sentences if not placeholders(sentence))
