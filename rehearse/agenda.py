"""What there is to practise: the questions of the library with their latest attempts, and the plan they make."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from rehearse.interview import Reason
from rehearse.measurement.attempt import AttemptLine
from rehearse.next_interview import NextInterview
from rehearse.progress.reviews import reviews_of
from rehearse.progress.schedule import Practising
from rehearse.progress.standing import Due, Readiness, dues_of, planned, readiness
from rehearse.question import Question, Target
from rehearse.storage.store import Store

#: What a person tags a question with that no debrief marked.
HARD_TAG = "hard"
#: The schedule rests on so many of the latest attempts at each question: older ones say little of when it comes again.
_LATEST = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """
    questions      those that are practised, by their numbers
    targets        the length each aims for
    lines          the latest attempts at each, earliest first; none where it was never answered
    practising     each as the schedule sees it
    why_hard       the hard ones, each with what made it hard; () where that is not known
    interview      the one that is still to come, today's too; None without one
    gone_by        the one that was said to come, has gone by, and was not put down yet; None without one
    """

    today: date
    timezone: tzinfo | None
    questions: Mapping[int, Question]
    targets: Mapping[int, Target]
    lines: Mapping[int, Sequence[AttemptLine]]
    practising: tuple[Practising, ...]
    why_hard: Mapping[int, tuple[Reason, ...]]
    interview: NextInterview | None
    gone_by: NextInterview | None

    def days(self, count: int) -> tuple[tuple[Due, ...], ...]:
        """The plan of so many days from today on: what is due on each day that has something, and why."""
        interview = self.interview.on if self.interview else None
        days = planned(self.practising, self.today, count, interview)
        return dues_of(days, self.practising, self.lines, interview)

    @property
    def next_up(self) -> tuple[Due, ...]:
        """What is due today; where nothing is, what comes next within two weeks."""
        return next(iter(self.days(14)), ())

    @property
    def readiness(self) -> Readiness | None:
        return readiness(self.practising, self.lines, self.targets, self.timezone)

    @property
    def readiness_told(self) -> bool:
        """Whether a person is told: on the day itself nothing can be added to it, and it would only make nervous."""
        return self.interview is not None and self.interview.on > self.today


def agenda_of(store: Store, target_of: Callable[[Question], Target], today: date, timezone: tzinfo | None) -> Agenda:
    """The agenda of a library.

    timezone  in which days are told apart; None for this machine's
    """
    questions = {question.id: question for question in store.questions()}
    targets = {number: target_of(question) for number, question in questions.items()}
    lines: dict[int, list[AttemptLine]] = {}
    for line in store.attempt_lines(latest=_LATEST):
        lines.setdefault(line.question_id, []).append(line)
    why_hard = {number: why for number, why in store.hard_questions().items() if number in questions}
    for number, question in questions.items():
        if HARD_TAG in (tag.casefold() for tag in question.tags):
            why_hard.setdefault(number, ())
    last_held = store.last_interview_day()
    coming = store.next_interview()
    is_gone = coming is not None and coming.on < today
    put_down = coming is not None and last_held is not None and last_held >= coming.on
    return Agenda(
        today=today,
        timezone=timezone,
        questions=questions,
        targets=targets,
        lines=lines,
        practising=tuple(
            _practising(number, lines.get(number, ()), targets[number], number in why_hard, last_held, timezone)
            for number in questions
        ),
        why_hard=why_hard,
        interview=None if is_gone or put_down else coming,
        gone_by=coming if is_gone and not put_down else None,
    )


def _practising(
    number: int,
    lines: Sequence[AttemptLine],
    target: Target,
    is_hard: bool,
    last_held: date | None,
    timezone: tzinfo | None,
) -> Practising:
    reviews = reviews_of(lines, target, timezone)
    # What was practised before the last interview went into that one: it went as it went.
    counted = sum(last_held is None or review.on >= last_held for review in reviews)
    return Practising(question_id=number, reviews=reviews, is_hard=is_hard, counted=counted)
