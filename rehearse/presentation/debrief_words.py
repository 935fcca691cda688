"""Every sentence of the debrief, in one place. Plain and short; nothing is praised that was not earned."""

from collections.abc import Sequence
from datetime import date

from rehearse.debrief import Place, Step, place_of, present
from rehearse.interview import AskedQuestion, Interview, Reason
from rehearse.presentation import days, wording
from rehearse.presentation.conversation import Page
from rehearse.question import Question

BEGINNING = "This takes a few minutes; go as slowly as you like. You can leave any line empty."

#: True of everybody and every interview; one after the other, so that none comes twice in a row.
ACKNOWLEDGEMENTS = (
    "It is disappointing when an interview does not go the way you hoped. It does not say who you are.",
    "An interview is a short part of a day, with people who hardly know you. There is more to you than that.",
    "If it still hurts, that is because it mattered to you. Nothing is wrong with that.",
    "You do not have to decide today what it meant. Write down what happened; the rest can wait.",
    "An answer that went badly is one answer. You can say it again here, as often as you like, and nobody hears it.",
    "Some of it was in your control and some of it was not. Later you write the two down apart.",
    "It is not easy to look at it again. Take your time; nothing is counted here.",
    "What went badly comes to mind first, for most people. So here we begin with what went well.",
)

BREATHING_OFFER = "One minute of slow breathing first? Type b for yes, or press Enter to go on."
BREATHING_CHOICES = "Type b to breathe first, or press Enter alone to go on."
NO_OFFER = "Press Enter to go on."
BREATHING_OFF = "Breathing is off. To have it back:  rehearse debrief --breathing"

_SECTIONS = {
    **dict.fromkeys((Step.COMPANY, Step.ROLE, Step.ON, Step.WHO), "The interview"),
    Step.ACKNOWLEDGEMENT: "Before we begin",
    Step.WELL: "What went well",
    **dict.fromkeys((Step.QUESTIONS, Step.HARD, Step.WHY, Step.LENGTH, Step.RECORDINGS), "What they asked"),
    **dict.fromkeys((Step.IN_CONTROL, Step.NOT_IN_CONTROL), "Your part and theirs"),
    **dict.fromkeys((Step.AGAIN, Step.NOTES, Step.DONE), "What comes next"),
}

_WELL = (
    ("Which answer went well, or which moment?", "Small things count: a clear sentence, a smile, a good example."),
    (
        "What did you do that helped, before it or during it?",
        "You prepared, you were on time, you asked a question, you said 'I do not know'.",
    ),
    ("When did they nod, smile, or want to hear more?", "That often shows what to say again next time."),
)

_ASKED: dict[Step, tuple[str, str]] = {
    Step.COMPANY: ("Which company was it?", ""),
    Step.ROLE: ("For which role?", ""),
    Step.ON: ("When was it?", "For example: today, yesterday, Tuesday, 24 Nov."),
    Step.WHO: ("Who did you speak to?", "Names help when you write a thank-you mail."),
    Step.QUESTIONS: (
        "Which questions do you remember? One on each line, in a few words.",
        "Write quickly, without judging them. An empty line ends the list;  -  takes the last one off.",
    ),
    Step.HARD: ("Which of them were hard for you?", "Type their numbers, such as: 1 3   or: all"),
    Step.RECORDINGS: (
        "Is one of your real answers recorded? Later ones will be compared with it.",
        "Type its number and the file, such as: 2 answer.m4a",
    ),
    Step.IN_CONTROL: (
        "What was in your control?",
        "Perhaps an answer was long-winded, or it was hard to explain what you would add. "
        "What would you do differently?",
    ),
    Step.NOT_IN_CONTROL: (
        "And what was not?",
        "Their mood, too little time, a question nobody can prepare for, the others who applied.",
    ),
    Step.AGAIN: (
        "Which one question would you like to answer again?",
        "You can practise it, and add what you would say now to a short thank-you mail. Type its number.",
    ),
    Step.NOTES: (
        "Anything else you want to remember?",
        "When they will call, for example, or what to ask next time.",
    ),
}


def page_of(interview: Interview) -> Page:
    """What is asked where the debrief stands."""
    place = place_of(interview)
    step, texts = place.step, [asked.text for asked in interview.asked]
    section = _SECTIONS[step]
    if step is Step.ACKNOWLEDGEMENT:
        return Page(section=section, question=acknowledgement(interview.acknowledgement))
    if step is Step.WELL:
        question, hint = _WELL[min(place.number, len(_WELL) - 1)]
        return Page(section=section, question=question, hint=hint, present=present(interview, place))
    if step is Step.WHY:
        return Page(
            section=section,
            question=f"'{texts[place.number]}' What made it hard?",
            hint="Type numbers, such as: 1 6   or your own words.",
            options=tuple(Reason),
            present=why(interview.asked[place.number]),
        )
    if step is Step.LENGTH:
        roughly_s = interview.asked[place.number].roughly_s
        return Page(
            section=section,
            question="Roughly how long did you speak?",
            hint="For example: 3 min, 2:30 or 90 s. A guess is fine.",
            present=f"about {wording.clock(roughly_s)}" if roughly_s is not None else "",
        )
    question, hint = _ASKED[step]
    there = _present(interview, place)
    if step in (Step.HARD, Step.RECORDINGS, Step.AGAIN) and not there:
        hint += "   Enter for none."
    options = texts if step in (Step.QUESTIONS, Step.HARD, Step.RECORDINGS, Step.AGAIN) else ()
    return Page(section=section, question=question, hint=hint, options=options, present=there)


def _present(interview: Interview, place: Place) -> str:
    numbered = list(enumerate(interview.asked, start=1))
    match place.step:
        case Step.HARD:
            return ", ".join(str(number) for number, asked in numbered if asked.hard)
        case Step.AGAIN:
            return ", ".join(str(number) for number, asked in numbered if asked.again)
        case Step.RECORDINGS:
            return ", ".join(f"{number} {asked.recording}" for number, asked in numbered if asked.recording)
        case Step.ON if interview.on:
            return _weekday_and_day(interview.on)
        case _:
            return present(interview, place)


def understood(interview: Interview, place: Place) -> str:
    """How the line just typed there was understood, where that is not plain to see; '' elsewhere."""
    if place.step is Step.ON and interview.on:
        return f"{_weekday_and_day(interview.on)}."
    if place.step is Step.LENGTH and (roughly_s := interview.asked[place.number].roughly_s) is not None:
        return f"About {wording.clock(roughly_s)}."
    return ""


def _weekday_and_day(on: date) -> str:
    return f"{on:%A}, {days.day(on)}"


def acknowledgement(number: int) -> str:
    return ACKNOWLEDGEMENTS[number % len(ACKNOWLEDGEMENTS)]


def next_acknowledgement(last: int | None) -> int:
    """The one after the last; never the same twice in a row."""
    return 0 if last is None else (last + 1) % len(ACKNOWLEDGEMENTS)


def why(asked: AskedQuestion) -> str:
    """'rambled, nerves', or the person's own words; '' where nothing was said."""
    if asked.what_happened:
        return asked.what_happened
    return ", ".join(asked.why)


def name(interview: Interview) -> str:
    """'Northwind', 'the data analyst interview', 'the interview of 24 Nov', 'interview 3'."""
    if interview.company:
        return interview.company
    if interview.role:
        return f"the {interview.role} interview"
    if interview.on:
        return f"the interview of {interview.on.day} {interview.on:%b}"
    return f"interview {interview.id}"


def where_it_stands(interview: Interview) -> str:
    """'at question 3', 'at what went well', for a debrief that was stopped there."""
    place = place_of(interview)
    if place.step in (Step.WHY, Step.LENGTH):
        return f"at question {place.number + 1}"
    if place.step is Step.QUESTIONS and interview.asked:
        return f"after question {len(interview.asked)}"
    return f"at '{_SECTIONS[place.step]}'"


def go_on(interview: Interview) -> str:
    return f"You stopped a debrief of {name(interview)} {where_it_stands(interview)}."


def not_finished(interview: Interview) -> str:
    return f"A debrief of {name(interview)} is not finished:  rehearse debrief"


def not_finished_either(interview: Interview) -> str:
    """Of one that `rehearse debrief` does not go on with by itself."""
    return f"Not finished either: {name(interview)}. To go on with it:  rehearse debrief --edit {interview.id}"


GO_ON_OR_NEW = "Enter  go on with it   n  begin a new one"


def stopped(interview: Interview) -> tuple[str, str]:
    return f"Kept: {name(interview)}, up to where you stopped.", "Go on whenever you like:  rehearse debrief"


def kept_already(interview: Interview) -> tuple[str, str]:
    """What is asked where the same interview is brought in a second time, and what else can be done."""
    questions = wording.count(len(interview.asked), "question")
    same = f"Interview {interview.id} is the same: {name(interview)}, with the same day, role and {questions}."
    return (
        f"{same} Keep it a second time?",
        f"To keep it twice, add --yes. To change the one there is:  rehearse debrief --edit {interview.id}",
    )


def not_brought_in(file: str, fault: str, question: Question) -> tuple[str, str]:
    """fault  what is wrong with the file, in a sentence"""
    return (
        fault if file in fault else f"{file}: {fault}",
        f"The real answer can come later:  rehearse practice {question.id} --from FILE --as-baseline",
    )


NOTHING_KEPT = "Every line was left empty, so nothing was kept."


def finished(interview: Interview, questions: Sequence[Question]) -> tuple[str, str]:
    """What was kept, and the next step: two lines.

    questions  those to practise, in the order in which they were asked
    """
    if not questions:
        return f"Kept: {name(interview)}.", f"To read it again:  rehearse interviews {interview.id}"
    numbers = [str(question.id) for question in questions]
    which = f"{', '.join(numbers[:-1])} and {numbers[-1]}" if len(numbers) > 1 else numbers[0]
    told = (
        f"Question {which} is ready to practise." if len(numbers) == 1 else f"Questions {which} are ready to practise."
    )
    first = interview.again_question_id or questions[0].id
    return f"Kept: {name(interview)}. {told}", f"Say one of them aloud when you want to:  rehearse practice {first}"
