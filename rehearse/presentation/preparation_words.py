"""What preparing an answer asks, by kind of question. The words of the answer are the person's own, all of them."""

from collections.abc import Sequence

from rehearse.preparation import Kind, asks_for_both, asks_for_weakness
from rehearse.presentation.conversation import Page
from rehearse.question import Question

BEGINNING = "A few words for each, not whole sentences. They are the points you want to make."

#: Three to five for each: the parts that such an answer has.
POINTS: dict[Kind, tuple[tuple[str, str], ...]] = {
    Kind.BEHAVIOURAL: (
        ("The situation: where was it, and what was at stake?", "One sentence is enough when you say it."),
        ("Your task: what had to be done, and what was your part in it?", ""),
        ("What did you do first?", "Say 'I' where it was you."),
        ("What did you do then?", ""),
        ("What came of it?", "A number, if there is one; and what you have done differently since."),
    ),
    Kind.STRENGTHS: (
        ("What do you bring, in three or four words?", "One thing that you do well, and that they need."),
        ("When did it show? One example.", ""),
        ("What came of it for others?", "What changed, what somebody said, a number."),
        ("What does it mean for this job?", ""),
    ),
    Kind.MOTIVATION: (
        ("What draws you to it? One thing that is true.", "Something you could not say about every company."),
        ("What in your work so far leads there?", ""),
        ("What do you want to learn or do there?", "There is no need to say anything bad about your old job."),
    ),
    Kind.TECHNICAL: (
        ("What is it for, in one sentence?", "The way you would tell a friend who does another job."),
        ("How does it work, in plain words?", ""),
        ("Where have you used it?", "One example of your own."),
        ("Where are its limits, or what would you choose instead?", ""),
    ),
    Kind.SITUATIONAL: (
        ("What would you find out first?", ""),
        ("What would you do then?", ""),
        ("Why that, and not something else?", ""),
        ("When did you do something like it?", "A real one says more than a plan."),
    ),
    Kind.GENERAL: (
        ("What is your answer, in one short line?", ""),
        ("What is the reason, or the example, for it?", ""),
        ("What do you want them to remember?", ""),
    ),
}

_WEAKNESS = (
    ("What is it, in three or four words?", "A real one, not a strength in disguise, and not what the job is about."),
    ("When did it show? One example.", ""),
    ("What do you do about it now?", "One thing that you do, and since when."),
    ("What has become better?", "What changed, what somebody said, a number."),
)
_STRENGTH_AND_WEAKNESS = (
    ("Your strength, in three or four words?", "One thing that you do well, and that they need."),
    ("When did it show? One example.", ""),
    ("Your weakness, in three or four words?", "A real one, not a strength in disguise."),
    ("What do you do about it now?", "One thing that you do, and since when."),
)

_OPENING = ("What is your first sentence?", "Word for word. The point first; the story can follow.")
_LANDING = ("What is your last sentence?", "Word for word. When you have said it, stop.")


def prompts_for(kind: Kind, text: str) -> tuple[tuple[str, str], ...]:
    """What is asked for each point of an answer to this question, taken as of that kind, with a hint."""
    if kind is Kind.STRENGTHS and asks_for_weakness(text):
        return _STRENGTH_AND_WEAKNESS if asks_for_both(text) else _WEAKNESS
    return POINTS[kind]


def point_page(kind: Kind, text: str, number: int, present: str) -> Page:
    """What is asked for the point of that number, from 0; past the prompts for its question, for one more."""
    prompts = prompts_for(kind, text)
    question, hint = prompts[number] if number < len(prompts) else ("One more point?", "")
    return Page(section="What you want to say", question=question, hint=hint, present=present)


def sentence_page(which: str, present: str) -> Page:
    """which  'opening' or 'landing'"""
    question, hint = _OPENING if which == "opening" else _LANDING
    return Page(section="How it begins and ends", question=question, hint=hint, present=present)


def kind_told(kind: Kind, text: str, others: Sequence[str]) -> str:
    """How the question is taken, and how to have it taken otherwise."""
    if kind is Kind.GENERAL:
        return f"To have other prompts: --kind {', '.join(other for other in others if other != kind)}"
    about = {
        Kind.BEHAVIOURAL: "a question about something you did",
        Kind.STRENGTHS: "a question about what you are not good at yet"
        if asks_for_weakness(text)
        else "a question about what you are good at",
        Kind.MOTIVATION: "a question about what you want",
        Kind.TECHNICAL: "a question that asks you to explain something",
        Kind.SITUATIONAL: "a question about what you would do",
    }[kind]
    return f"Taken as {about}. To have other prompts: --kind general"


def prepared(question: Question) -> str:
    return f"Kept with question {question.id}. Say it aloud:  rehearse practice {question.id}"


def stopped(question: Question) -> str:
    return f"Kept, up to where you stopped. To go on:  rehearse prepare {question.id}"
