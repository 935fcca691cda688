"""A judged attempt as the JSON contract has it: the measured answer, then the attempt, comparison and verdict."""

from dataclasses import asdict
from typing import Any

from rehearse.cli.attempt_json import limits_json
from rehearse.measurement.calibration import Calibrated
from rehearse.measurement.measures_json import answer_json
from rehearse.practice import Outcome
from rehearse.presentation import advice, verdict_words
from rehearse.progress.comparison import Comparison
from rehearse.progress.content import Content, ContentChange
from rehearse.question import Question, Target


def outcome_json(question: Question, out: Outcome, target: Target) -> dict[str, Any]:
    now, comparison, verdict = out.measures, out.comparison, out.verdict
    return answer_json(now, out.transcript) | {
        "attempt": out.attempt.id,
        "question": question.text,
        "question_id": question.id,
        "recorded_at": out.attempt.recorded_at.isoformat(),
        "baseline": out.attempt.baseline,
        "rating": out.rating,
        **limits_json(out.attempt),
        "overflow_count": out.attempt.recording.overflow_count if out.attempt.recording else 0,
        "target_low_s": target.low_s,
        "target_s": target.high_s,
        "comparison": comparison_json(comparison),
        "content": _content_of(out.content),
        "verdict": {
            "long_winded": verdict.long_winded,
            "reasons": [verdict_words.reason(reason, now, comparison, target) for reason in verdict.reasons],
            "keep": [advice.keep(keep, now, comparison, target) for keep in verdict.keep],
            "next": advice.next_step(verdict.next, now, comparison, target),
        },
        "calibration": _beside_json(out.calibrated) if out.calibrated else None,
    }


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    why = comparison.why
    return {
        "earlier_count": comparison.earlier_count,
        "median_answer_s": _rounded(comparison.median_answer_s),
        "change_s": _rounded(comparison.change_s),
        "change_ratio": _rounded(comparison.change_ratio),
        "same_engine": comparison.same_engine,
        "same_language": comparison.same_language,
        "why": {name: _rounded(getattr(why, name)) for name in ("words_s", "pace_s", "pauses_s")} if why else None,
    }


def _content_of(content: Content | None) -> dict[str, Any] | None:
    if content is None:
        return None
    recited = content.recited
    against_best = content_json(content.since_best) or {}
    return {"best_attempt": content.best.id, **against_best, "recited_ratio": _rounded(recited)}


def content_json(content: ContentChange | None) -> dict[str, Any] | None:
    if content is None:
        return None
    return {
        "shared_count": content.shared_count,
        "earlier_count": content.earlier_count,
        "later_count": content.later_count,
        "new": list(content.new),
        "dropped": list(content.dropped),
        "points_kept": content.points_kept,
        "points_before": content.points_before,
        "word_for_word_ratio": round(content.word_for_word_ratio, 3),
        "is_recited": content.is_recited,
    }


def calibration_json(calibrated: Calibrated) -> dict[str, Any]:
    """All that was found, and for what it counts."""
    found, engine = calibrated.found, calibrated.engine
    return {
        "made_at": calibrated.made_at.isoformat(),
        "device": calibrated.device,
        "engine": {"name": engine.name, "model": engine.model, "version": engine.version},
        **{name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(found).items()},
    }


def _beside_json(calibrated: Calibrated) -> dict[str, Any]:
    names = ("fillers_heard", "fillers_spoken", "word_error_ratio", "device", "made_at")
    return {name: calibration_json(calibrated)[name] for name in names}


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 3)
