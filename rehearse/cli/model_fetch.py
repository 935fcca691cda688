"""Fetching a model: saying what it means, asking, and showing the bytes as they come; and the offer to a newcomer."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from rehearse.cli.model_timing import timer
from rehearse.cli.session import Session
from rehearse.cli.steps_bar import bar_beside
from rehearse.errors import RehearseError
from rehearse.settings import EngineChoice
from rehearse.transcription.engines import first_model, whisper_threads
from rehearse.transcription.known_models import KnownModel, known_model
from rehearse.transcription.model_folder import already_here, pull
from rehearse.transcription.models import in_use, installed, write_private

if TYPE_CHECKING:
    from rehearse.transcription.model_download import RemoteModel


def fetch(session: Session, wanted: str, *, yes: bool) -> str:
    """Fetch the model of that name, or of that repository, once the person agrees; its name in the models folder.

    Raises NeedsTerminal, click.Abort, and what `model_folder.pull` raises.
    """
    # Only here, so that no other command loads what can open a connection.
    from rehearse.transcription.model_download import RemoteModel, hub_address, look_up

    known = known_model(wanted)
    if known is None and wanted.count("/") != 1:
        raise click.UsageError(f"There is no model '{wanted}' to fetch. See: rehearse models list")
    name = known.name if known else wanted.rpartition("/")[2]
    models = session.settings.models
    if any(model.name == name for model in installed(models)):
        session.note(f"{name} is on this machine already.")
        return name
    hub = hub_address()
    # Where the person named the place, only that place can tell how much there is to fetch.
    source = known or look_up(wanted, "main", hub)
    _ask(session, source, name, hub, yes)
    if isinstance(source, RemoteModel):
        remote = source
    else:
        remote = look_up(source.repository, source.revision, hub, weights_sha256=source.weights_sha256)
    with _bytes_bar(session) as progress:
        task = progress.add_task(f"Fetching {name}", total=remote.download_bytes)

        tell = _tenth_by_tenth(session, name, remote.download_bytes)

        def on_bytes(have: int) -> None:
            doing = "Trying" if have >= remote.download_bytes else "Fetching"
            progress.update(task, completed=have, description=f"{doing} {name}")
            tell(have)

        threads = whisper_threads(session.settings)
        try:
            pull(
                remote,
                models,
                name=name,
                hub=hub,
                on_bytes=on_bytes,
                threads=threads,
                time_window=timer(session.settings),
            )
        except KeyboardInterrupt:
            session.note("What came so far is kept: run the same command again to go on.")
            raise
    return name


def _ask(session: Session, source: "KnownModel | RemoteModel", name: str, hub: str, yes: bool) -> None:
    """Say what would be fetched from where to where, and go on only with a yes."""
    models = session.settings.models
    here = already_here(models, name, source.revision)
    megabytes, host = source.download_bytes / 1e6, hub.partition("//")[2]
    session.note(
        f"{name}: {megabytes:.0f} MB from {host}, {source.repository} (licence: {source.licence or 'not stated'})"
    )
    session.note(f"to {models / name}" + (f"; {here / 1e6:.0f} MB of it are here already" if here else ""))
    session.confirm("Fetch it?", yes=yes, otherwise="To fetch it without being asked, add --yes.")


def offer_model(session: Session, *, unless: bool, engine: EngineChoice | None) -> None:
    """Offer once to fetch a model, to a person at a terminal whose words would be written down by the rough recogniser.

    A 'no' is remembered; whatever happens here, practising goes on.
    unless  something else speaks against it: JSON is wanted, or the like
    """
    settings = session.settings
    declined = settings.home / "model-offer-declined"
    draft = (engine or settings.transcription.engine) == "draft"
    if unless or draft or not (session.interactive and session.notes.is_terminal) or declined.exists():
        return
    if in_use(settings) is not None:
        return
    wanted = first_model(settings)
    session.note("Whisper would write your words down much better than the rough built-in recogniser.")
    session.note("Fetching it is the only time that rehearse goes online; your voice never leaves this machine.")
    if not session.agreed(f"Fetch {wanted.name} now ({wanted.download_bytes / 1e6:.0f} MB)?"):
        write_private(declined, "")
        session.note("All right, you will not be asked again. Whenever you like:  rehearse models pull")
        return
    try:
        fetch(session, wanted.name, yes=True)
    except RehearseError as error:
        session.note(error.message)
        session.note("Going on with the rough recogniser. To try again later:  rehearse models pull")


def _tenth_by_tenth(session: Session, name: str, all_bytes: int) -> Callable[[int], None]:
    """Where no bar can be drawn, a line for every tenth of the bytes."""
    told = 0

    def tell(have: int) -> None:
        nonlocal told
        tenths = 10 * have // max(1, all_bytes)
        if tenths > told and not session.notes.is_terminal:
            told = tenths
            session.note(f"{name}: {have / 1e6:.1f} of {all_bytes / 1e6:.1f} MB")

    return tell


def _bytes_bar(session: Session) -> AbstractContextManager[Progress]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    return bar_beside(session, *columns)
