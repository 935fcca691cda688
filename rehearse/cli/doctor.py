"""`doctor`: one screen that says whether this machine is ready, and, if asked, that nothing leaves it."""

from dataclasses import asdict
from typing import Any

import click
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.cli.network_check import Watched, watch_example, what_it_shows
from rehearse.cli.readiness import Finding, findings
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.cli.sound_check import Checked, hear_a_sentence
from rehearse.cli.steps_bar import waiting
from rehearse.cli.without_microphone import PRACTISE_RECORDINGS
from rehearse.errors import RehearseError
from rehearse.presentation.screen import indented, said
from rehearse.settings import Settings


@click.command("doctor")
@click.option(
    "--network", is_flag=True, help="Watch an example answer, to see whether anything tries to reach a network."
)
@click.option(
    "--speak/--no-speak",
    default=None,
    help="Say a sentence, or not, to see how you are heard; without it, you are asked at a terminal.",
)
@json_option
@pass_session
def doctor_command(session: Session, network: bool, speak: bool | None, as_json: bool) -> None:
    """Check whether this machine is ready, and what to do if it is not.

    It looks at your settings, the data folder, the disk, the library, the sound system, the microphone, who writes
    down the words, and the terminal. At a terminal it then asks you to say one sentence, which Enter skips, and says
    how loud your voice and the noise are. --network takes an example answer all the way with the network closed to it,
    and lists what tried to use it.

    \b
    Examples:
      rehearse doctor
      rehearse doctor --speak --json
      rehearse doctor --network
    """
    settings, found = findings(session)
    ready = not any(finding.stops for finding in found)
    aloud = _has_microphone(found)
    if not as_json:
        session.show(_screen(found))
    wanted = session.interactive and not as_json if speak is None else speak
    checked, voice = _voice(session, settings, found) if wanted else (None, None)
    if voice is not None:
        found = (*found, voice)
        if not as_json:
            session.show(_screen((voice,)))
    if not as_json:
        session.note(_in_one_line(ready, aloud))
    watched = _watched(session, settings) if network else None
    if as_json:
        session.show_json(_json(ready, aloud, found, checked, watched))
    elif watched:
        for sentence in what_it_shows(watched):
            for line in sentence.splitlines():
                # A command to type is never broken into lines.
                session.output.print(said(line), soft_wrap=line.startswith(" "))
    if not ready or (watched and (watched.tried or watched.failed)):
        raise click.exceptions.Exit(1)


def _has_microphone(found: tuple[Finding, ...]) -> bool:
    return any(finding.subject == "Microphone" and finding.ok for finding in found)


def _in_one_line(ready: bool, aloud: bool) -> str:
    if not ready:
        return "Not ready yet: see what is marked 'look at this'."
    if not aloud:
        return f"You can practise with recordings, not yet aloud:  {PRACTISE_RECORDINGS}"
    return "Ready: you can practise."


def _voice(session: Session, settings: Settings, found: tuple[Finding, ...]) -> tuple[Checked | None, Finding | None]:
    """How a sentence was heard, where there is a microphone to say it into."""
    if not _has_microphone(found):
        return None, None
    try:
        checked = hear_a_sentence(session, settings.microphone.device)
    except RehearseError as error:
        return None, Finding(subject="Your voice", said=error.message, next=error.hint or "See above.")
    if checked is None:
        return None, None
    heard, todo = checked.words
    return checked, Finding(subject="Your voice", said=heard, next=todo)


def _watched(session: Session, settings: Settings) -> Watched:
    with waiting(session, "Watching an example answer on its way"):
        return watch_example(settings)


def _screen(found: tuple[Finding, ...]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in found:
        mark = Text("ok", "green") if finding.ok else Text("look at this", "bold yellow")
        table.add_row(mark, Text(finding.subject), _in_lines(finding.said))
        if not finding.ok:
            table.add_row("", "", _in_lines(finding.next, "bold"))
    return indented(Text(), table, Text())


def _in_lines(text: str, style: str = "") -> Text:
    """What has several lines keeps them; all else that a terminal would obey is shown."""
    return Text("\n").join(said(line, style) for line in text.splitlines())


def _json(
    ready: bool, aloud: bool, found: tuple[Finding, ...], checked: Checked | None, watched: Watched | None
) -> dict[str, Any]:
    rows = [asdict(finding) | {"ok": finding.ok} for finding in found]
    return {
        "ready": ready,
        "ready_aloud": ready and aloud,
        "findings": rows,
        "sound_check": None if checked is None else checked.as_json(),
        "network": None if watched is None else asdict(watched),
    }
