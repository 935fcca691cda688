"""A judged attempt as its result on the screen."""

from rich.console import RenderableType

from rehearse.practice import Outcome
from rehearse.presentation.screen import result
from rehearse.question import Question, Target


def outcome_card(question: Question, out: Outcome, target: Target) -> RenderableType:
    return result(
        question,
        out.attempt,
        out.comparison,
        out.verdict,
        target,
        out.earlier,
        out.transcript,
        out.content,
        out.calibrated,
    )
