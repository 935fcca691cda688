"""`show`: one attempt, its result and its words."""

import click
from rich.text import Text

from rehearse.cli.checking import corrected, offer_to_check
from rehearse.cli.completion import complete_attempt
from rehearse.cli.explaining import explain_option, show_explained
from rehearse.cli.moments import MomentType
from rehearse.cli.outcome_card import outcome_card
from rehearse.cli.outcome_json import outcome_json
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.errors import NotFound
from rehearse.measurement.attempt import Attempt
from rehearse.practice import Outcome, outcome
from rehearse.presentation import attempt_words
from rehearse.presentation.cautions import drawn_out
from rehearse.presentation.checking import places
from rehearse.presentation.screen import indented, marked_transcript
from rehearse.presentation.side_by_side import preferred
from rehearse.progress.drill import aim_of
from rehearse.storage.store import Store


@click.command("show")
@click.argument("attempt", default="last", shell_complete=complete_attempt)
@click.option("--confirm", type=MomentType(), multiple=True, help="What begins there, such as at 0:31, is a filler.")
@click.option(
    "--reject", type=MomentType(), multiple=True, help="What begins there is not a filler, and no longer counts."
)
@explain_option
@json_option
@pass_session
def show_command(
    session: Session,
    attempt: str,
    confirm: tuple[float, ...],
    reject: tuple[float, ...],
    explain: bool,
    as_json: bool,
) -> None:
    """Show one attempt: its result and its words.

    Fillers and long pauses are marked in the words. Fillers heard only in the sound are likely, not certain:
    at a terminal you can hear each and say whether it is one. --confirm and --reject do the same for any filler, by
    the time it begins, and can be given several times.

    ATTEMPT is its number, 'last', or some words of its question (its latest attempt).

    \b
    Examples:
      rehearse show 5
      rehearse show 5 --reject 0:31 --confirm 1:02
      rehearse show --explain
    """
    with session.store() as store:
        found = store.find_attempt(attempt)
        if found.measures is None:
            raise NotFound(
                f"Attempt {found.id} has not been measured yet.", f"Measure it: rehearse transcribe {found.id}"
            )
        if confirm or reject:
            found = corrected(session, found, confirm, reject, store)
        out = _shown(session, found, store, explain, as_json)
        settled = as_json or explain or confirm or reject
        if session.interactive and not settled and out.transcript and found.recording:
            offer_to_check(session, found, out.transcript, store)


def _shown(session: Session, found: Attempt, store: Store, explain: bool, as_json: bool) -> Outcome:
    question = store.question(found.question_id)
    target = aim_of(found, session.target(question))
    out = outcome(found, target, store)
    if as_json or explain:
        answer = outcome_json(question, out, target)
        title = f"{attempt_words.title(found)} · {question.text}"
        show_explained(session, title, answer, as_json) if explain else session.show_json(answer)
        return out
    preferences = store.preferences(found.id)
    session.show(outcome_card(question, out, target))
    if out.transcript and out.transcript.words:
        session.show(indented(Text(), marked_transcript(out.transcript, out.measures)))
    if told := places(out.measures):
        say = f"To say which are none:  rehearse show {found.id} --reject TIME"
        session.show(indented(Text(), Text(told, style="dim"), Text(say, style="dim")))
    if told := drawn_out(out.measures):
        session.show(indented(Text(), Text(told, style="dim")))
    if told := preferred(found.id, preferences):
        session.show(indented(Text(), Text(told)))
    if found.recording:
        session.show(indented(Text(), Text(f"Hear it:  rehearse replay {found.id}", style="dim")))
    return out
