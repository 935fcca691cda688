"""`trends`: how answers change from attempt to attempt."""

from typing import Any

import click

from rehearse.cli.completion import complete_question
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.measurement.attempt import Attempt, AttemptLine
from rehearse.presentation import trend_screen, trend_words
from rehearse.progress.comparison import cold_attempts
from rehearse.progress.trend import Figure, QuestionTrend, length_trend, nears_target, question_trend
from rehearse.question import Question, Target
from rehearse.storage.store import Store

#: The trend of one question rests on no more than these; earlier ones say little of how it goes now.
_LATEST = 60
_FIGURES: tuple[Figure, ...] = ("answer_s", "speech_rate_wpm", "fillers_per_min", "after_landing_s")


@click.command("trends")
@click.argument("question", required=False, shell_complete=complete_question)
@json_option
@pass_session
def trends_command(session: Session, question: str | None, as_json: bool) -> None:
    """See how your answers change: their length against your aim, pace, fillers, and how much follows the point.

    Without QUESTION, all questions at a glance. A trend is told by the first attempts of each day, where there are
    enough: they are most like an interview.

    \b
    Examples:
      rehearse trends
      rehearse trends "disagreed"
    """
    with session.store() as store:
        if question is None:
            _all(session, store, as_json)
        else:
            _one(session, store, store.find_question(question), as_json)


def _one(session: Session, store: Store, question: Question, as_json: bool) -> None:
    target = session.target(question)
    latest = store.attempts(question.id, newest_first=True, limit=_LATEST)[::-1]
    heard = [attempt for attempt in latest if attempt.measures]
    measured = [attempt for attempt in heard if attempt.own_length]
    trends = {figure: question_trend(measured, figure, None) for figure in _FIGURES}
    cold = cold_attempts(latest, None)
    if as_json:
        figures = {figure: _trend_json(trend, target) for figure, trend in trends.items()}
        points = [_point_json(attempt, attempt.id in cold) for attempt in measured]
        session.show_json(
            {"question_id": question.id, "question": question.text, "trends": figures, "attempts": points}
        )
    elif not measured:
        nothing = "No answer to this question has been measured yet."
        session.note("Only drills, and answers that ended too early, so far." if heard else nothing)
        session.note(f"Begin with:  rehearse practice {question.id}")
    else:
        session.show(
            trend_screen.question_trends(
                question, target, measured, cold, trends, width=session.output.width, timezone=None, today=session.now()
            )
        )
        if against_the_clock := len(heard) - len(measured):
            session.note(trend_words.left_out(against_the_clock))


def _all(session: Session, store: Store, as_json: bool) -> None:
    lines: dict[int, list[AttemptLine]] = {}
    for line in store.attempt_lines(latest=_LATEST):
        if line.answer_s is not None and not line.baseline and line.own_length:
            lines.setdefault(line.question_id, []).append(line)
    rows = [
        trend_screen.AtAGlance(
            question=question,
            target=session.target(question),
            lengths_s=[line.answer_s for line in lines[question.id] if line.answer_s is not None],
            trend=length_trend(lines[question.id], None),
        )
        for question in store.questions()
        if question.id in lines
    ]
    if as_json:
        session.show_json(
            [
                {
                    "question_id": row.question.id,
                    "question": row.question.text,
                    "last_answer_s": round(row.lengths_s[-1], 3),
                    "trend": _trend_json(row.trend, row.target),
                }
                for row in rows
            ]
        )
    elif not rows:
        session.note("No answer has been measured yet.")
        session.note("Begin with:  rehearse practice")
    else:
        session.show(trend_screen.all_trends(rows))


def _trend_json(trend: QuestionTrend, target: Target) -> dict[str, Any]:
    line = trend.trend
    return {
        "direction": line.direction.value,
        "up_and_down": line.up_and_down,
        "nears_target": nears_target(line, target) if trend.figure == "answer_s" else None,
        "per_attempt": None if line.slope is None else round(line.slope, 3),
        "attempt_count": line.count,
        "cold_only": trend.cold_only,
        "left_out_count": trend.left_out_count,
        "engines_differ": trend.engines_differ,
        "said": trend_words.length_trend(trend, target) if trend.figure == "answer_s" else trend_words.of_figure(trend),
    }


def _point_json(attempt: Attempt, cold: bool) -> dict[str, Any]:
    now = attempt.measures
    figures = {str(figure): getattr(now, figure) for figure in _FIGURES}
    rounded = {figure: None if value is None else round(value, 3) for figure, value in figures.items()}
    return {
        "attempt": attempt.id,
        "recorded_at": attempt.recorded_at.isoformat(),
        "baseline": attempt.baseline,
        "cold": cold,
        **rounded,
    }
