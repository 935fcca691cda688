"""`models`: which Whisper models there are, fetching one, bringing one by hand, and which of them listens."""

from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from rehearse.cli.model_fetch import fetch
from rehearse.cli.model_table import models_table
from rehearse.cli.model_timing import seconds_for_a_window, time_model, timer
from rehearse.cli.session import Session, json_option, pass_session, yes_option
from rehearse.cli.steps_bar import waiting
from rehearse.errors import ModelUnavailable, RehearseError
from rehearse.home_folder import with_home
from rehearse.transcription.engines import first_model, whisper_threads
from rehearse.transcription.known_models import KNOWN, KnownModel, known_model
from rehearse.transcription.model_files import incomplete_models, missing_files
from rehearse.transcription.model_folder import FoundModel, add, find, hub_cache, remove, unfinished, usual_name
from rehearse.transcription.models import InstalledModel, InUse, choose_model, in_use, installed


def complete_model(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    try:
        here = [model.name for model in installed(Session().settings.models)]
    except RehearseError:
        here = []
    names = dict.fromkeys([*here, *(known.name for known in KNOWN)])
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


@click.group("models")
def models_command() -> None:
    """List, fetch, bring, remove and choose Whisper models.

    \b
    Examples:
      rehearse models list
      rehearse models pull base.en
      rehearse models add /media/stick/faster-whisper-small.en
    """


@models_command.command("list")
@click.option("--measure", is_flag=True, help="Time every installed model on this machine first.")
@json_option
@pass_session
def list_command(session: Session, measure: bool, as_json: bool) -> None:
    """List the models there are, and say which one listens and why."""
    settings = session.settings
    if measure:
        for model in installed(settings.models):
            time_model(session, model)
    here = installed(settings.models, card=settings.transcription.graphics_card)
    using, complaint = _in_use(session)
    if as_json:
        session.show_json([_row(known, model, using) for known, model in _together(here)])
        return
    session.show(models_table(_together(here), using))
    _say(session, complaint or (using.reason if using else "No Whisper model is on this machine yet."))
    if not here:
        wanted = first_model(settings)
        session.note(f"A good one for this machine:  rehearse models pull {wanted.name}")
    elif any(model.real_time_factor is None for model in here):
        session.note("To see how fast they are on this machine:  rehearse models list --measure")
    _say_what_is_half_there(session)
    _say_draft_is_set(session)


@models_command.command("pull")
@click.argument("name", required=False, shell_complete=complete_model)
@yes_option
@json_option
@pass_session
def pull_command(session: Session, name: str | None, yes: bool, as_json: bool) -> None:
    """Fetch a model, once you agree.

    It says from where (the Hugging Face Hub) and how much, and asks. NAME is one of the list, or OWNER/NAME of any
    CTranslate2 Whisper model on the Hub; without it, one that suits this machine. A download that was cut off goes on
    where it stopped. Nothing but the request for these files is sent.

    \b
    Example:
      rehearse models pull base.en
    """
    settings = session.settings
    wanted = name or first_model(settings).name
    there = fetch(session, wanted, yes=yes)
    _show_one(session, there, as_json)


@models_command.command("add")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--name", help="What to call it; without it, the name of its folder.")
@click.option("--find", "only_find", is_flag=True, help="List models that other programs left on this machine.")
@json_option
@pass_session
def add_command(session: Session, path: Path | None, name: str | None, only_find: bool, as_json: bool) -> None:
    """Add a model from a folder, without a network.

    PATH is a folder with config.json, model.bin, tokenizer.json and vocabulary.*, or the name of a model that --find
    lists. Without it, what --find lists.

    \b
    Examples:
      rehearse models add /media/stick/faster-whisper-small.en
      rehearse models add --find
    """
    settings = session.settings
    found = find(hub_cache(), Path(__file__).parents[2] / "models")
    if path is None or only_find:
        _show_found(session, found, as_json)
        return
    source = with_home(path)
    if not source.exists():
        source = next((model.folder for model in found if model.name == str(path)), source)
    with waiting(session, "Trying the model, then copying it"):
        folder = add(
            source,
            settings.models,
            name=name or usual_name(source),
            threads=whisper_threads(settings),
            time_window=timer(settings),
        )
    _show_one(session, folder.name, as_json)


@models_command.command("remove")
@click.argument("name", shell_complete=complete_model)
@yes_option
@json_option
@pass_session
def remove_command(session: Session, name: str, yes: bool, as_json: bool) -> None:
    """Delete a model from this machine. What it wrote down is kept.

    \b
    Example:
      rehearse models remove tiny.en
    """
    models = session.settings.models
    using, _ = _in_use(session)
    listening = " It is the one that listens now." if using and using.folder == models / name else ""
    if (models / name).is_dir() or name in unfinished(models):
        session.confirm(f"Delete the model {name}?{listening}", yes=yes, otherwise="To delete it anyway, add --yes.")
    remove(name, models)
    if as_json:
        session.show_json({"removed": name})
        return
    session.note(f"{name} is gone.")
    if listening:
        _say(session, _what_now(session))


@models_command.command("use")
@click.argument("name", required=False, shell_complete=complete_model)
@click.option("--auto", is_flag=True, help="Let the program choose again.")
@json_option
@pass_session
def use_command(session: Session, name: str | None, auto: bool, as_json: bool) -> None:
    """Choose the model that listens from now on.

    \b
    Examples:
      rehearse models use small.en
      rehearse models use --auto
    """
    if (name is None) != auto:
        raise click.UsageError("Name a model, or say --auto.")
    settings = session.settings
    choose_model(name, settings.models)
    using, _ = _in_use(session)
    if as_json:
        session.show_json({"in_use": using.folder.name if using else None, "reason": using.reason if using else None})
        return
    _say(session, _what_now(session))
    if name and settings.transcription.model:
        session.note("REHEARSE_MODEL, or model under [transcription] in your settings, is used before that choice.")
    _say_draft_is_set(session)


def _say_draft_is_set(session: Session) -> None:
    if session.settings.transcription.engine == "draft":
        session.note("Your settings say engine = draft, so no Whisper model listens.")


def _say_what_is_half_there(session: Session) -> None:
    models = session.settings.models
    for name, here in unfinished(models).items():
        again = name if known_model(name) else f"OWNER/{name}"
        session.note(f"{name} is not all here yet ({here / 1e6:.0f} MB). To go on:  rehearse models pull {again}")
        session.note(f"To delete what came:  rehearse models remove {name}")
    for folder in incomplete_models(models):
        session.note(f"{folder} is not a complete model: {', '.join(missing_files(folder))} missing.")


def _what_now(session: Session) -> str:
    using, complaint = _in_use(session)
    return complaint or (using.reason if using else "No Whisper model is left, so the rough recogniser listens.")


def _in_use(session: Session) -> tuple[InUse | None, str]:
    """The model that listens, or why the one that is asked for cannot."""
    try:
        return in_use(session.settings), ""
    except ModelUnavailable as error:
        return None, f"{error.message}\n{error.hint}"


def _say(session: Session, lines: str) -> None:
    for line in lines.splitlines():
        session.note(line)


def _together(here: tuple[InstalledModel, ...]) -> list[tuple[KnownModel | None, InstalledModel | None]]:
    """Every known model with its installed one, then those installed that are in no list."""
    by_name = {model.name: model for model in here}
    rows: list[tuple[KnownModel | None, InstalledModel | None]] = [(k, by_name.pop(k.name, None)) for k in KNOWN]
    return rows + [(None, model) for model in by_name.values()]


def _row(known: KnownModel | None, model: InstalledModel | None, using: InUse | None) -> dict[str, Any]:
    listens = bool(model and using and using.folder == model.folder)
    return {
        "name": model.name if model else known.name if known else "",
        "installed": model is not None,
        "in_use": listens,
        "reason": using.reason if using and listens else None,
        "english_only": known.english_only if known else None,
        "download_bytes": known.download_bytes if known else None,
        "size_bytes": model.size_bytes if model else None,
        "real_time_factor": model.real_time_factor if model else None,
        "hardware": model.hardware if model and model.real_time_factor is not None else None,
        "word_error_percent": known.word_error_percent if known else None,
        "tested_on": known.tested_on if known else None,
        "licence": known.licence if known else (model.licence if model else None) or None,
        "repository": known.repository if known else (model.repository if model else None) or None,
        "revision": model.revision if model and model.revision else known.revision if known else None,
        "folder": str(model.folder) if model else None,
    }


def _show_one(session: Session, name: str, as_json: bool) -> None:
    settings = session.settings
    here = installed(settings.models, card=settings.transcription.graphics_card)
    (model,) = [each for each in here if each.name == name]
    using, complaint = _in_use(session)
    if as_json:
        session.show_json(_row(known_model(name), model, using))
        return
    session.note(f"{name} is here: {model.folder}")
    if model.real_time_factor is not None:
        session.note(f"For 30 s of talk it needs {seconds_for_a_window(model)}.")
    _say(session, complaint or (using.reason if using else ""))
    if using and using.folder != model.folder:
        session.note(f"To have {name} listen:  rehearse models use {name}")


def _show_found(session: Session, found: tuple[FoundModel, ...], as_json: bool) -> None:
    if as_json:
        rows = [{"name": m.name, "folder": str(m.folder), "size_bytes": m.size_bytes} for m in found]
        session.show_json(rows)
        return
    if not found:
        session.note("No other program left a Whisper model in CTranslate2's format on this machine.")
        session.note("Fetch one:  rehearse models pull")
    for model in found:
        session.note(f"{model.name} ({model.size_bytes / 1e6:.0f} MB) in {model.folder}")
    if found:
        session.note(f"To have one:  rehearse models add {found[0].name}")
