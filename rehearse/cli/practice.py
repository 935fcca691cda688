"""`practice`: answer a question aloud, or bring a recording of an answer, and see how it went."""

import sys
from datetime import datetime
from pathlib import Path
from random import Random

import click

from rehearse.audio.devices import find_device
from rehearse.audio.microphone import Microphone
from rehearse.cli.choosing import chosen_question, surprise_question
from rehearse.cli.completion import complete_question
from rehearse.cli.drill import DrillType, run_drill
from rehearse.cli.importing import imported
from rehearse.cli.listening import chosen_engine, engine_option, language_option
from rehearse.cli.model_fetch import offer_model
from rehearse.cli.model_timing import time_at_first_use
from rehearse.cli.moments import DateType, MomentType
from rehearse.cli.room import Room
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.cli.sitting import Sitting, answer_brought
from rehearse.cli.sound_check import offer_sound_check
from rehearse.cli.unfinished import mention_unheard, offer_left_behind, pack_afterwards
from rehearse.cli.without_microphone import or_else, recording_instead
from rehearse.settings import EngineChoice


@click.command("practice")
@click.argument("question", required=False, shell_complete=complete_question)
@click.option(
    "--from", "file", type=click.Path(path_type=Path), help="A recording you already have: wav, mp3, m4a, webm, mp4 ..."
)
@click.option("--start", type=MomentType(), default=0.0, help="With --from: where your answer begins, such as 12:30.")
@click.option("--end", type=MomentType(), help="With --from: where it ends.")
@click.option(
    "--date", type=DateType(), help="With --from: when it was said, such as yesterday, 2026-11-03 or 2026-11-03T14:30."
)
@click.option("--as-baseline", is_flag=True, help="With --from: this is the real answer of the interview (attempt 0).")
@engine_option
@language_option
@click.option("--device", help="Part of the microphone's name; see: rehearse devices")
@click.option(
    "--countdown",
    type=click.IntRange(0, 600),
    help="Seconds to breathe before the recording starts; with --exam, to think; without it, 30.",
)
@click.option("--quiet-clock", is_flag=True, help="No running clock while you speak.")
@click.option(
    "--drill",
    type=DrillType(),
    metavar="4-3-2",
    help="The same answer again in less and less time: the last limit is your aim, the others in proportion.",
)
@click.option("--exam", is_flag=True, help="Time to think, a hard limit, one go, nothing to look at; then a follow-up.")
@click.option(
    "--surprise", is_flag=True, help="A question picked for you: one that is due, or one you practised least."
)
@click.option(
    "--follow-up/--no-follow-up", default=None, help="One more question after your answer; in an exam there is one."
)
@click.option("--keep", "fate", flag_value="keep", help="Keep the attempt without asking.")
@click.option("--discard", "fate", flag_value="discard", help="Measure it, show it, and do not keep it.")
@json_option
@pass_session
def practice_command(
    session: Session,
    question: str | None,
    file: Path | None,
    start: float,
    end: float | None,
    date: datetime | None,
    as_baseline: bool,
    engine: EngineChoice | None,
    device: str | None,
    countdown: int | None,
    quiet_clock: bool,
    drill: tuple[int, ...] | None,
    exam: bool,
    surprise: bool,
    follow_up: bool | None,
    fate: str | None,
    as_json: bool,
) -> None:
    """Answer a question aloud and see how it went.

    QUESTION is its number, or some words of it; without it, the one that is due today.

    \b
    Examples:
      rehearse practice 3
      rehearse practice 3 --drill 4-3-2
      rehearse practice --surprise --exam
      rehearse practice "leave your job" --from answer.m4a --date 2026-11-03
    """
    if file is None and (start or end is not None or date or as_baseline):
        raise click.UsageError("--start, --end, --date and --as-baseline belong to a recording: add --from FILE.")
    _refuse_together(file, question, drill=drill, exam=exam, surprise=surprise, follow_up=follow_up)
    with session.store() as store:
        offer_left_behind(session, store, unless=as_json)
        mention_unheard(session, store)
        if surprise:
            chosen = surprise_question(session, store, Random())
        else:
            chosen = chosen_question(session, store, question, aloud=file is None)
        instead = recording_instead(chosen.id, drill=drill is not None, exam=exam)
        source = Microphone(device if device is not None else session.settings.microphone.device)
        # Before anything is fetched, and before anybody takes a breath to answer.
        if file is None and sys.stdin.isatty():
            with or_else(instead):
                find_device(source.device)
        offer_model(session, unless=as_json, engine=engine)
        time_at_first_use(session, engine)
        room = Room(session, store, chosen, engine, fate, as_json)
        # Before anything is said or copied: without a recogniser for this language there is nothing to wait for.
        chosen_engine(session, engine)
        if file is not None:
            answer_brought(room, imported(session, file, start, end, date or session.now(), as_baseline))
            pack_afterwards(session, store)
            return
        sitting = Sitting(room, source, countdown, quiet_clock or session.settings.practice.quiet_clock)
        # Who wants no countdown wants to begin at once.
        skip = as_json or sitting.breathe_s == 0 or any(store.attempt_counts().values())
        offer_sound_check(session, source.device, unless=skip)
        with or_else(instead):
            _answer_aloud(sitting, drill=drill, exam=exam, follow_up=follow_up)
        pack_afterwards(session, store)


def _answer_aloud(sitting: Sitting, *, drill: tuple[int, ...] | None, exam: bool, follow_up: bool | None) -> None:
    """The kind of sitting that was asked for: a drill, an exam, or answers until the person has had enough."""
    if drill is not None:
        countdown_s, quiet_clock = sitting.breathe_s, sitting.quiet_clock
        run_drill(sitting.room, sitting.source, drill, countdown_s=countdown_s, quiet_clock=quiet_clock)
    elif exam:
        sitting.exam(follow_up=follow_up is not False)
    else:
        while sitting.answer(follow_up=bool(follow_up)):
            pass


def _refuse_together(
    file: Path | None,
    question: str | None,
    *,
    drill: tuple[int, ...] | None,
    exam: bool,
    surprise: bool,
    follow_up: bool | None,
) -> None:
    """Raises UsageError where options are given that cannot both be meant."""
    if file is not None and (drill or exam or surprise or follow_up):
        raise click.UsageError("--drill, --exam, --surprise and --follow-up are for speaking: leave out --from.")
    if drill and exam:
        raise click.UsageError("A drill has several goes and an exam has one: choose --drill or --exam.")
    if drill and follow_up:
        raise click.UsageError("A follow-up comes after one answer: leave out --drill or --follow-up.")
    if surprise and question is not None:
        raise click.UsageError("With --surprise the question is chosen for you: leave out QUESTION.")
