"""An exam in the terminal, and the follow-up question after an answer: only what an interviewer would say."""

from rich.console import Group, RenderableType
from rich.text import Text

from rehearse.presentation import wording
from rehearse.presentation.screen import said
from rehearse.question import Question


def exam_card(question: Question, limit_s: float) -> RenderableType:
    """The question alone: no points and no note stand there in an interview."""
    rules = f"One go, up to {wording.clock(limit_s)}. Then the recording stops by itself."
    return Group(Text("Exam", style="dim"), Text(), said(question.text, "bold"), Text(), Text(rules, style="dim"))


def follow_up_card(asked: str, limit_s: float, *, hard: bool) -> RenderableType:
    """
    asked  what the interviewer wants to know after the answer
    hard   the recording stops by itself at the limit
    """
    rules = f"Up to {wording.clock(limit_s)}." + (" Then the recording stops by itself." if hard else "")
    return Group(Text("And one more question", style="dim"), Text(), said(asked, "bold"), Text(), Text(rules, "dim"))
