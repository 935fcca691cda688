"""Gathers what the page is made of from the library."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from rehearse.audio.levels import levels_dbfs
from rehearse.cli.session import Session
from rehearse.errors import RecordingUnreadable
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.measures import Measures
from rehearse.presentation.report_values import Answer, Pair, PractisedQuestion, Sound
from rehearse.progress.comparison import cold_attempts, compare, compared_in_order, held_against
from rehearse.progress.content import ContentChange, Passage, content_change, passages
from rehearse.progress.drill import aim_of
from rehearse.progress.verdict import judged
from rehearse.question import Question, Target
from rehearse.storage.store import Store

#: What the picture of a recording is drawn from has about this many stretches; more would not be seen.
_STRETCHES = 400
#: Laying two answers side by side takes a few hundredths of a second and some kilobytes; so many on the whole page.
_PAIRS_IN_ALL = 160
#: More than these in a list are hard to choose from. Own choice.
_MOST_TO_CHOOSE = 12


def gathered(
    session: Session,
    store: Store,
    asked: Sequence[tuple[Question, Sequence[Attempt]]],
    sounds: dict[int, Sound],
    done: Callable[[], None],
) -> list[PractisedQuestion]:
    """Each question with its attempts (earliest first) as the page shows them.

    sounds  how each attempt can be heard, by its number
    done    called after each attempt
    """
    most = _to_choose(len(asked))
    found = []
    for question, attempts in asked:
        target = session.target(question)
        answers = []
        for answer in _answers(store, attempts, target, sounds):
            answers.append(answer)
            done()
        pairs = [_pair(*two) for two in combinations(_chosen(answers, most), 2)]
        found.append(PractisedQuestion(question=question, target=target, answers=answers, pairs=_telling_last(pairs)))
    return found


def _answers(store: Store, attempts: Sequence[Attempt], target: Target, sounds: dict[int, Sound]) -> Iterator[Answer]:
    cold = cold_attempts(attempts, None)
    for place, attempt in enumerate(attempts):
        now, before = attempt.measures, attempts[:place]
        earlier = held_against(attempt, before)
        comparison = compared_in_order(attempt, before, earlier) if now else None
        yield Answer(
            attempt=attempt,
            transcript=store.transcript(attempt.id),
            comparison=comparison,
            verdict=judged(attempt, comparison, aim_of(attempt, target)) if comparison else None,
            best_before=_shortest([each.measures for each in earlier if each.measures]),
            levels_dbfs=_levels(attempt),
            sound=sounds[attempt.id],
            is_cold=attempt.id in cold,
        )


def _shortest(answers: Sequence[Measures]) -> Measures | None:
    return min(answers, key=lambda now: now.answer_s, default=None)


def _levels(attempt: Attempt) -> Sequence[float]:
    if attempt.recording is None or not attempt.recording.recording_s:
        return ()
    try:
        return levels_dbfs(attempt.recording, attempt.recording.recording_s / _STRETCHES)
    except RecordingUnreadable:
        return ()


def _to_choose(question_count: int) -> int:
    """How many attempts at each question can be put side by side, so that all pairs together stay few."""
    count = 2
    while count < _MOST_TO_CHOOSE and (count + 1) * count / 2 * question_count <= _PAIRS_IN_ALL:
        count += 1
    return count


def _chosen(answers: Sequence[Answer], most: int) -> list[Answer]:
    """The latest, and where there are more, the very first (often the real one) and the shortest among them that
    nobody cut short."""
    measured = [answer for answer in answers if answer.attempt.measures]
    if len(measured) <= most or most < 4:
        return measured[-most:]
    free = [answer for answer in measured if answer.attempt.own_length]
    shortest = min(
        free or measured, key=lambda answer: answer.attempt.measures.answer_s if answer.attempt.measures else 0.0
    )
    wanted = {id(measured[0]), id(shortest), *(id(answer) for answer in measured[-(most - 2) :])}
    return [answer for answer in measured if id(answer) in wanted]


def _pair(earlier: Answer, later: Answer) -> Pair:
    before, now = earlier.attempt.measures, later.attempt.measures
    assert before is not None and now is not None, "only measured attempts are chosen"
    comparison = compare(now, (earlier.attempt,))
    content: ContentChange | None = None
    side_by_side: tuple[Passage, ...] = ()
    if earlier.transcript and later.transcript and comparison.heard_alike:
        content = content_change(later.transcript, earlier.transcript, now.key_points, before.key_points)
        side_by_side = passages(later.transcript, earlier.transcript)
    return Pair(earlier=earlier, later=later, comparison=comparison, content=content, passages=side_by_side)


def _telling_last(pairs: Sequence[Pair]) -> list[Pair]:
    """The latest answer beside the first practised one comes last, as it is shown first: it tells what became of it.

    Answers that a limit held to their length tell that only where there are no others.
    """
    if not pairs:
        return []
    free = [pair for pair in pairs if pair.earlier.attempt.own_length and pair.later.attempt.own_length] or pairs
    latest = free[-1].later
    with_latest = [pair for pair in free if pair.later is latest]
    telling = next((pair for pair in with_latest if not pair.earlier.attempt.baseline), with_latest[0])
    return [*(pair for pair in pairs if pair is not telling), telling]
