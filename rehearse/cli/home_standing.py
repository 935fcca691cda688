"""What home knows: read from the library at once, and put into words or JSON."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rehearse.agenda import Agenda, agenda_of
from rehearse.cli.next_interview import next_interview_json
from rehearse.cli.plan import why_told
from rehearse.cli.session import Session
from rehearse.interview import Interview
from rehearse.measurement.attempt import AttemptLine
from rehearse.presentation import attempt_words, debrief_words, follow_up_screen, plan_words, trend_words, wording
from rehearse.presentation.days import countdown, nearby
from rehearse.presentation.home_screen import HomePage, greeting
from rehearse.progress.standing import WEEK_DAYS, Due, days_practised
from rehearse.progress.trend import Direction, QuestionTrend, length_trend
from rehearse.question import Question, shortened
from rehearse.storage.store import Store

#: A trend rests on the latest 40, of which half may be warm.
_OF_TREND = 80
#: A thank-you mail is expected within a day or two; after this long nobody is reminded of it.
THANKS_WITHIN_DAYS = 5
_EMPTY = (
    "An interview went badly? That does not say who you are. Write down what they asked, and answer it again, aloud."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    dues           what is due today; where nothing is, what comes next; () where nothing does
    last           the latest attempt, with the question it answered and the trend of that question's lengths
    practised      on how many of the last seven days something was answered
    waiting        numbers of attempts still to be written down
    open_debriefs  those that were stopped, the one begun last first
    to_thank       the interview a thank-you mail can still go out for
    """

    agenda: Agenda
    dues: tuple[Due, ...]
    last: AttemptLine | None
    last_question: Question | None
    trend: QuestionTrend | None
    practised: int
    waiting: tuple[int, ...]
    open_debriefs: tuple[Interview, ...]
    to_thank: Interview | None

    @property
    def is_due(self) -> bool:
        """True where something is due today, not only some day."""
        return bool(self.dues) and self.dues[0].on == self.agenda.today

    @property
    def first(self) -> int | None:
        """The question to answer next; where nothing is planned, the one that was kept first."""
        return self.dues[0].question_id if self.dues else next(iter(self.agenda.questions), None)


def standing_of(session: Session, store: Store) -> Standing:
    today = session.today()
    agenda = agenda_of(store, session.target, today, None)
    attempt = store.last_attempt_line()
    question = store.question(attempt.question_id) if attempt else None
    lines = store.attempt_lines(question.id, latest=_OF_TREND) if question else ()
    # A day more than is counted: days are told apart in this machine's time zone.
    since = session.now() - timedelta(days=WEEK_DAYS + 1)
    return Standing(
        agenda=agenda,
        dues=agenda.next_up,
        last=attempt,
        last_question=question,
        trend=length_trend(lines, None) if lines else None,
        practised=days_practised(store.answered_since(since), today, None),
        waiting=tuple(store.unheard()),
        open_debriefs=store.open_debriefs(),
        to_thank=store.unthanked(today - timedelta(days=THANKS_WITHIN_DAYS)),
    )


def home_of(session: Session, standing: Standing) -> HomePage:
    agenda = standing.agenda
    if not agenda.questions:
        return HomePage(head=[_opening(session, standing), _EMPTY], last=_last(session, standing), left=_left(standing))
    head = [_opening(session, standing)]
    if agenda.readiness_told and (readiness := agenda.readiness):
        head.append(plan_words.ready(readiness))
    first, *others = standing.dues or (None,)
    if not standing.is_due:
        head.append(_nothing_due(standing))
    texts = [agenda.questions[due.question_id].text for due in others if due]
    return HomePage(
        head=head,
        due_name=_due_name(standing, first.on, agenda.today) if first else "",
        due=_due(session, standing, first) if first else (),
        then=texts,
        last=_last(session, standing),
        lately=plan_words.practised_lately(standing.practised),
        left=_left(standing),
    )


def _due_name(standing: Standing, on: date, today: date) -> str:
    if standing.is_due:
        return "Due today"
    return wording.capitalised(nearby(on, today))


def home_json(session: Session, standing: Standing) -> dict[str, Any]:
    """Where the person stands, for scripts."""
    agenda, last = standing.agenda, standing.last
    readiness = agenda.readiness
    return {
        "question_count": len(agenda.questions),
        "next_interview": next_interview_json(agenda.interview, session),
        "readiness": {
            "hard": readiness.hard,
            "question_count": readiness.question_count,
            "times": readiness.times,
            "answer_count": readiness.answer_count,
            "ready_count": readiness.ready_count,
            "inside_count": readiness.inside_count,
        }
        if readiness
        else None,
        "due": [
            {
                "question_id": due.question_id,
                "question": agenda.questions[due.question_id].text,
                "on": due.on.isoformat(),
                "why": why_told(agenda, due),
            }
            for due in standing.dues
        ],
        "last_attempt": last.id if last else None,
        "last_question": standing.last_question.text if standing.last_question else None,
        "last_answer_s": last.answer_s if last else None,
        "trend": standing.trend.trend.direction.value if standing.trend else None,
        "days_practised": standing.practised,
        "waiting_attempts": list(standing.waiting),
        "open_debrief": standing.open_debriefs[0].id if standing.open_debriefs else None,
        "to_thank": standing.to_thank.id if standing.to_thank else None,
    }


def _opening(session: Session, standing: Standing) -> str:
    agenda = standing.agenda
    hello = greeting(session.now().astimezone())
    if agenda.interview is not None:
        return f"{hello} {plan_words.interview_coming(agenda.interview, agenda.today)}"
    if agenda.gone_by is not None:
        was = f"{plan_words.interview_named(agenda.gone_by)} was {countdown(agenda.gone_by.on, agenda.today)}."
        return f"{hello} {was} Write it down while it is fresh: rehearse debrief"
    return hello


def _nothing_due(standing: Standing) -> str:
    agenda = standing.agenda
    if agenda.interview is not None and agenda.interview.on <= agenda.today:
        return plan_words.plan_ends(agenda.interview, agenda.today, 1)
    return "Nothing is due today."


def _due(session: Session, standing: Standing, due: Due) -> list[str]:
    agenda = standing.agenda
    last = plan_words.last_answer(due, agenda.targets[due.question_id], agenda.today)
    return [agenda.questions[due.question_id].text, why_told(agenda, due), *([last] if last else [])]


def _last(session: Session, standing: Standing) -> str:
    """'1:38 today, inside your aim, improving (5): Tell me about a conflict.'"""
    last, question = standing.last, standing.last_question
    if last is None or question is None:
        return ""
    when = nearby(last.recorded_at.astimezone().date(), standing.agenda.today)
    if last.answer_s is None:
        return f"{when}, not written down yet: {shortened(question.text)}"
    target = session.target(question)
    against = plan_words.of_line(last, target)
    told = [f"{wording.clock(last.answer_s)} {when}", *filter(None, (attempt_words.limits(last), against))]
    if standing.trend and standing.trend.trend.direction is not Direction.TOO_FEW:
        told.append(trend_words.short(standing.trend, target))
    return f"{', '.join(told)}: {shortened(question.text)}"


def _left(standing: Standing) -> list[str]:
    left = []
    for number, interview in enumerate(standing.open_debriefs):
        told = debrief_words.not_finished_either(interview) if number else debrief_words.not_finished(interview)
        left.append(wording.shown(told))
    if standing.to_thank is not None:
        left.append(follow_up_screen.may_be_written(standing.to_thank))
    if standing.waiting:
        left.append(plan_words.waiting(len(standing.waiting)))
    return left
