"""`devices`: which microphones there are, and whether one of them hears you."""

from dataclasses import asdict

import click
from rich.table import Table
from rich.text import Text

from rehearse.audio.devices import input_devices
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.cli.sound_check import hear_a_sentence
from rehearse.errors import MicrophoneUnavailable
from rehearse.presentation.screen import indented, said


@click.command("devices")
@click.option("--test", is_flag=True, help="Say a sentence and see how you are heard.")
@click.option("--device", default=None, help="Part of the name of the microphone to test.")
@json_option
@pass_session
def devices_command(session: Session, test: bool, device: str | None, as_json: bool) -> None:
    """List the microphones, or test one.

    \b
    Examples:
      rehearse devices
      rehearse devices --test --device "USB"
    """
    wanted = session.settings.microphone.device if device is None else device
    if test:
        _test(session, wanted, as_json)
        return
    found = input_devices()
    if as_json:
        session.show_json([asdict(each) for each in found])
        return
    if not found:
        # Not to be sent to the command that was just typed.
        raise MicrophoneUnavailable("No microphone was found.", "Plug one in, or switch it on, and look again.")
    table = Table.grid(padding=(0, 2))
    for each in found:
        chosen = wanted.casefold() in each.name.casefold() if wanted else each.is_default
        table.add_row(Text("*" if chosen else " "), said(each.name), said(each.host_api, "dim"))
    session.show(indented(table))
    session.note('The one with * is used. Another, this time only:  rehearse practice --device "part of its name"')
    session.note(f'For good: write  device = "part of its name"  under [microphone] in {session.settings.config_file}')
    session.note("To see whether you are heard:  rehearse devices --test")


def _test(session: Session, wanted: str, as_json: bool) -> None:
    checked = hear_a_sentence(session, wanted)
    if checked is None:
        session.note("Skipped.")
    elif as_json:
        session.show_json(checked.as_json())
    else:
        heard, todo = checked.words
        session.note(f"{checked.device}: {heard}.")
        if todo:
            session.note(todo)
