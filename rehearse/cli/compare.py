"""`compare`: two attempts side by side."""

from typing import Any

import click

from rehearse.cli.attempt_json import limits_json
from rehearse.cli.completion import complete_attempt
from rehearse.cli.outcome_json import comparison_json, content_json
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.errors import NotFound, RehearseError
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.measures_json import answer_json
from rehearse.presentation import compare_screen
from rehearse.progress.comparison import compare
from rehearse.progress.content import ContentChange, content_change, passages
from rehearse.storage.store import Store
from rehearse.transcription.transcript import Transcript


@click.command("compare")
@click.argument("one", metavar="A", shell_complete=complete_attempt)
@click.argument("other", metavar="B", default="last", shell_complete=complete_attempt)
@json_option
@pass_session
def compare_command(session: Session, one: str, other: str, as_json: bool) -> None:
    """Put two attempts side by side: why one is shorter, and what was kept, dropped and added.

    A and B are attempts as in 'rehearse attempts'; without B, the last one.

    \b
    Example:
      rehearse compare 2 5
    """
    with session.store() as store:
        found = [_measured(store, typed) for typed in (one, other)]
        earlier, later = sorted(found, key=lambda attempt: (attempt.recorded_at, attempt.id))
        if earlier.id == later.id:
            raise RehearseError(
                f"These are both attempt {earlier.id}.", f"Name two: rehearse compare {earlier.id} OTHER"
            )
        questions = (store.question(earlier.question_id), store.question(later.question_id))
        words = [store.transcript(attempt.id) for attempt in (earlier, later)]
    assert later.measures is not None, "both are measured"
    comparison = compare(later.measures, (earlier,))
    content = _content(earlier, later, *words)
    if as_json:
        session.show_json(
            {
                "earlier": _attempt_json(earlier, words[0]),
                "later": _attempt_json(later, words[1]),
                "comparison": comparison_json(comparison),
                "content": content_json(content),
            }
        )
        return
    aligned = passages(words[1], words[0]) if words[0] and words[1] and comparison.heard_alike else ()
    session.show(
        compare_screen.compared(
            questions, earlier, later, comparison, content, aligned, timezone=None, today=session.now()
        )
    )


def _measured(store: Store, typed: str) -> Attempt:
    attempt = store.find_attempt(typed)
    if attempt.measures is None:
        raise NotFound(
            f"Attempt {attempt.id} has not been measured yet.", f"Measure it: rehearse transcribe {attempt.id}"
        )
    return attempt


def _content(
    earlier: Attempt, later: Attempt, before: Transcript | None, now: Transcript | None
) -> ContentChange | None:
    if before is None or now is None or earlier.measures is None or later.measures is None:
        return None
    return content_change(now, before, later.measures.key_points, earlier.measures.key_points)


def _attempt_json(attempt: Attempt, transcript: Transcript | None) -> dict[str, Any]:
    assert attempt.measures is not None, "both are measured"
    return answer_json(attempt.measures, transcript) | {
        "attempt": attempt.id,
        "question_id": attempt.question_id,
        "recorded_at": attempt.recorded_at.isoformat(),
        "baseline": attempt.baseline,
        **limits_json(attempt),
    }
