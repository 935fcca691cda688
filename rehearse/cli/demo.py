"""`demo`: the whole loop on three bundled answers, in a home of its own that is gone afterwards."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from rehearse.audio.decoding import decode
from rehearse.cli.listening import listener
from rehearse.cli.outcome_card import outcome_card
from rehearse.cli.outcome_json import outcome_json
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.errors import RehearseError
from rehearse.measurement.attempt import Attempt
from rehearse.practice import Answer, Outcome, keep_answer, practise
from rehearse.presentation import verdict_words
from rehearse.presentation.screen import indented, marked_transcript, said
from rehearse.presentation.tables import attempts_table
from rehearse.progress.comparison import cold_attempts
from rehearse.question import Question, QuestionDraft, parse_target
from rehearse.settings import Settings, bundled_demo
from rehearse.storage.store import Store


@click.command("demo")
@json_option
@pass_session
def demo_command(session: Session, as_json: bool) -> None:
    """See how it works, on three spoken example answers.

    They answer one question: measured, compared, and the long one flagged.

    Needs no microphone, no Whisper model and no network, and touches nothing of yours.
    """
    with example_home(session) as demo, demo.store() as store:
        demo.note("A synthetic voice answers one question three times, over a few days. Nothing of this is kept.")
        question, outcomes = example_outcomes(demo, store)
        if as_json:
            target = demo.target(question)
            demo.show_json([outcome_json(question, out, target) for out in outcomes])
        else:
            _show(demo, store, question, outcomes)


@contextmanager
def example_home(session: Session) -> Iterator[Session]:
    """A session in a home of its own with plain settings, so that the example runs alike for everybody."""
    with tempfile.TemporaryDirectory(prefix="rehearse-demo-") as folder:
        yield Session(Settings(home=Path(folder), config_file=session.settings.config_file))


def example_outcomes(demo: Session, store: Store) -> tuple[Question, list[Outcome]]:
    """The bundled question and its answers, each kept, heard by the draft engine, measured and judged."""
    example = _example()
    draft = QuestionDraft(text=example["question"], target=parse_target(example["target"]))
    question = store.add_question(draft, demo.now())
    outcomes, count = [], len(example["answers"])
    with listener(demo, "draft", say_reason=False) as ear:
        for number, described in enumerate(example["answers"], start=1):
            demo.note(f"Listening to answer {number} of {count} ...")
            attempt = _kept(demo, store, question, bundled_demo() / described["file"], days_ago=2 * (count - number))
            outcomes.append(practise(attempt, demo.target(question), listener=ear, store=store, now=demo.now))
    return question, outcomes


def example_answer() -> tuple[str, Path]:
    """The bundled question, and the file of the shortest answer to it. Raises RehearseError where they are missing."""
    example = _example()
    return example["question"], bundled_demo() / example["answers"][-1]["file"]


def _example() -> dict[str, Any]:
    described = bundled_demo() / "demo.json"
    try:
        example: dict[str, Any] = json.loads(described.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise RehearseError(
            "The bundled example answers are missing from this installation.", "Install rehearse again."
        ) from error
    return example


def _kept(demo: Session, store: Store, question: Question, file: Path, days_ago: int) -> Attempt:
    folder = demo.settings.recordings
    folder.mkdir(parents=True, exist_ok=True)
    recording = decode(file, folder / f"{file.stem}.wav")
    recorded_at = demo.now() - timedelta(days=days_ago)
    return keep_answer(question, Answer(recording=recording, recorded_at=recorded_at, source=file.name), store)


def _show(demo: Session, store: Store, question: Question, outcomes: list[Outcome]) -> None:
    target, last = demo.target(question), outcomes[-1]
    for long in (out for out in outcomes if out.verdict.long_winded != "no"):
        why = verdict_words.reason(long.verdict.reasons[0], long.measures, long.comparison, target)
        demo.show(indented(Text(f"\nAttempt {long.attempt.id} was long-winded", style="bold"), said(why), Text()))
        if long.transcript:
            demo.show(indented(marked_transcript(long.transcript, long.measures)))
    demo.show(Text())
    demo.show(outcome_card(question, last, target))
    lines = store.attempt_lines(question.id)
    demo.show(Text())
    demo.show(attempts_table(question, target, lines, cold_attempts(lines, None), None, demo.now()))
    # Straight out of a checkout the command is not on the path.
    program = "rehearse" if shutil.which("rehearse") else "python3 go.py rehearse"
    demo.show(
        indented(
            Text("\nNow your own question:", style="bold"),
            Text(f'{program} add "The question that went badly"'),
            Text(f"{program} practice"),
        )
    )
