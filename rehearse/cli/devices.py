"""`devices`: which microphones there are, and whether one of them hears you."""

import tempfile
import time
from collections import deque
from dataclasses import asdict
from pathlib import Path

import click
from rich.live import Live
from rich.table import Table
from rich.text import Text

from rehearse.audio.capturing import Capturing
from rehearse.audio.devices import choose_device, input_devices
from rehearse.audio.microphone import Microphone
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.presentation.live_screen import meter
from rehearse.presentation.screen import indented, said

_TEST_S = 5.0
_REFRESH_S = 0.1
#: A voice at a laptop's length from its microphone lies well above this.
_QUIET_DBFS = -45.0


@click.command("devices")
@click.option("--test", is_flag=True, help="Speak for five seconds and see whether you are heard.")
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
        choose_device(wanted, found)
    table = Table.grid(padding=(0, 2))
    for each in found:
        chosen = wanted.casefold() in each.name.casefold() if wanted else each.is_default
        table.add_row(Text("*" if chosen else " "), said(each.name), said(each.host_api, "dim"))
    session.show(indented(table))
    session.note('The one with * is used. Another, this time only:  rehearse practice --device "part of its name"')
    session.note(f'For good: write  device = "part of its name"  under [microphone] in {session.settings.config_file}')
    session.note("To see whether you are heard:  rehearse devices --test")


def _test(session: Session, wanted: str, as_json: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
        capture = Microphone(wanted).record(Path(folder))
        try:
            loudest = _watch(session, capture)
        finally:
            peak, lost, name = capture.peak, capture.lost, capture.device.name
            capture.discard()
    if as_json:
        session.show_json({"device": name, "loudest_dbfs": round(loudest, 1), "peak": round(peak, 4), "lost": lost})
        return
    session.note(f"{name}: {_said_of_level(loudest, peak, lost)}")


def _watch(session: Session, capture: Capturing) -> float:
    """The loudest level of five seconds, in dBFS, shown while it comes."""
    levels: deque[float] = deque(maxlen=60)
    session.note(f"Say something into {capture.device.name} ...")
    until = time.monotonic() + _TEST_S
    with Live(console=session.notes, auto_refresh=False, transient=True) as live:
        while time.monotonic() < until and not capture.lost:
            levels.append(capture.level_dbfs)
            live.update(Text(meter(levels)), refresh=True)
            time.sleep(_REFRESH_S)
    return max(levels)


def _said_of_level(loudest_dbfs: float, peak: float, lost: bool) -> str:
    if lost:
        return "it went away while it was listening. Is it plugged in firmly?"
    if peak == 0.0:
        return "no sound at all. Is it muted, or is your terminal not allowed to use it?"
    if loudest_dbfs < _QUIET_DBFS:
        return "it hears something, but very little. Come closer, or turn its level up."
    if peak >= 0.999:
        return "it hears you, but too loudly: the sound is distorted. Turn its level down a little."
    return "it hears you well."
