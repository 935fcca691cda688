"""What is due and why, the next interview and how ready its questions are: once for home, plan and practice."""

from collections.abc import Sequence
from datetime import date

from rehearse.interview import Reason
from rehearse.measurement.attempt import AttemptLine
from rehearse.next_interview import NextInterview
from rehearse.presentation import attempt_words, wording
from rehearse.presentation.days import countdown, nearby, weekday
from rehearse.progress.drill import aim_of
from rehearse.progress.standing import Due, Readiness
from rehearse.question import Target, shortened

_INSIDE = "inside your aim"


def interview_named(interview: NextInterview) -> str:
    """'Interview at Northwind', 'Interview'."""
    return f"Interview at {wording.shown(interview.company)}" if interview.company else "Interview"


def interview_coming(interview: NextInterview, today: date) -> str:
    """'Interview at Northwind in 6 days.'"""
    return f"{interview_named(interview)} {countdown(interview.on, today)}."


def interview_told(interview: NextInterview, today: date) -> str:
    """'Interview at Northwind on Wed 2 Dec, in 6 days.'"""
    return f"{interview_named(interview)} on {weekday(interview.on, today)}, {countdown(interview.on, today)}."


def why(due: Due, reasons: Sequence[Reason]) -> str:
    """'hard: rambled, nerves', 'not answered yet', 'before the interview', '5 days after the last time'.

    reasons  what made it hard, where it was
    """
    if due.is_hard:
        told = ", ".join(reason.value for reason in reasons if reason is not Reason.OTHER)
        hard = f"hard: {told}" if told else "hard"
        return hard if due.days_since is not None else f"{hard}; not answered yet"
    if due.days_since is None:
        return "not answered yet"
    if due.before_interview:
        return "before the interview"
    return f"{wording.count(due.days_since, 'day')} after the last time"


def last_answer(due: Due, target: Target, today: date) -> str:
    """'last: 2:12 on Tuesday, 12 s over'; '' where there is none."""
    line = due.last
    if line is None or line.answer_s is None:
        return ""
    on = line.recorded_at.astimezone().date()
    when = "in the real one" if line.baseline else nearby(on, today)
    told = (f"{wording.clock(line.answer_s)} {when}", attempt_words.limits(line))
    return f"last: {', '.join(filter(None, (*told, of_line(line, target))))}"


def against_aim(answer_s: float, target: Target) -> str:
    """'12 s over', '8 s under', 'inside your aim'; in whole seconds, as lengths are shown."""
    whole_s = round(answer_s)
    if whole_s > target.high_s:
        return f"{wording.length(whole_s - target.high_s)} over"
    if whole_s < target.low_s:
        return f"{wording.length(target.low_s - whole_s)} under"
    return _INSIDE


def of_line(line: AttemptLine, target: Target) -> str:
    """The same of an attempt that was measured; a round of a drill is held against its own limit, and says so.

    '' of one that was cut short: its length is not known.
    """
    if line.cut_short is not None:
        return ""
    told = against_aim(line.answer_s or 0.0, aim_of(line, target))
    in_drill = line.timed is not None and line.timed.drill_round is not None
    return "inside its limit" if in_drill and told == _INSIDE else told


def ready(readiness: Readiness) -> str:
    """What is wanted before the interview, and how much of it is done.

    '4 hard questions, each to be answered on 2 days before the interview. So far: 2 of 8 answers, 1 question ready.'
    """
    count, times, given = readiness.question_count, readiness.times, readiness.answer_count
    questions = wording.count(count, "hard question" if readiness.hard else "question")
    each, often = ("each " if count > 1 else ""), ("once" if times == 1 else f"on {times} days")
    if readiness.ready_count == count:
        told = f"{questions}, {each}answered {often}: ready."
    else:
        since = " since your last interview" if readiness.since_last else ""
        so_far = f"{given} of {wording.count(count * times, 'answer')}{since}"
        # Where one answer makes a question ready, that would say the same twice.
        some_ready = f", {wording.count(readiness.ready_count, 'question')} ready" if times > 1 else ""
        told = f"{questions}, {each}to be answered {often} before the interview. So far: {so_far}"
        told += f"{some_ready if readiness.ready_count else ''}."
    return f"{told}{_inside_last_time(readiness)}"


def _inside_last_time(readiness: Readiness) -> str:
    inside, count = readiness.inside_count, readiness.question_count
    if not inside:
        return ""
    of_them = (
        "It was" if count == 1 else "All were" if inside == count else f"{inside} {'was' if inside == 1 else 'were'}"
    )
    return f" {of_them} inside your aim last time."


def practised_lately(days: int) -> str:
    """'You practised on 3 of the last 7 days.'; '' for none: a rest is nobody's fault."""
    return f"You practised on {days} of the last 7 days." if days else ""


def plan_ends(interview: NextInterview | None, today: date, days: int) -> str:
    """Why the plan holds nothing at all, and what to do."""
    if interview is not None and interview.on <= today:
        return "Your interview is today: nothing more is planned. Breathe, and take your time."
    return f"Nothing is due in the next {wording.count(days, 'day')}."


def waiting(count: int) -> str:
    """'3 answers are still to be written down:  rehearse transcribe --all'"""
    answers = wording.count(count, "answer is", "answers are")
    return f"{answers} still to be written down:  rehearse transcribe --all"


def chosen(number: int, text: str, told: str) -> str:
    """What `practice` says where it takes the question that is due."""
    return f"Due today, question {number} ({told}): {shortened(text)}"
