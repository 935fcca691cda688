"""`rehearse` alone: where the person stands, what is due and why, and one key to begin."""

from typing import Any

import click
from rich.text import Text

from rehearse.cli.home_standing import Standing, home_json, home_of, standing_of
from rehearse.cli.keys import Keys
from rehearse.cli.session import Session
from rehearse.cli.unfinished import offer_left_behind
from rehearse.presentation.home_screen import commands, home_page, keys_line

_EMPTY_COMMANDS = (
    ('rehearse add "Why should we hire you?"', "keep a question that went badly"),
    ("rehearse add --set common", "or a set of them"),
    ("rehearse demo", "see how it works, in a minute"),
)


def show_home(session: Session, as_json: bool = False) -> None:
    """Show it; where a person sits at the keyboard, do what they press, and show it again."""
    with_keys = session.interactive and not as_json and not session.output.is_dumb_terminal
    while True:
        with session.store() as store:
            offer_left_behind(session, store, unless=as_json)
            standing = standing_of(session, store)
        if as_json:
            session.show_json(home_json(session, standing))
            return
        session.show(home_page(home_of(session, standing), session.output.width))
        if not with_keys:
            session.show(commands(_steps(standing)))
            return
        if not _followed(session, standing):
            return


def _followed(session: Session, standing: Standing) -> bool:
    """Do what the person presses; False where they leave."""
    keys = _keys(standing)
    if not standing.agenda.questions:
        session.show(commands(_EMPTY_COMMANDS))
    named = [(key.capitalize() if key == "enter" else key, told) for key, (told, _) in keys.items()]
    with Keys() as pressed:
        session.show(keys_line(named, session.output.width))
        while (key := pressed.press()) not in (*keys, "escape"):
            continue
    if key in ("q", "escape"):
        return False
    _, arguments = keys[key]
    session.show(Text())
    _run(*arguments)
    return True


def _keys(standing: Standing) -> dict[str, tuple[str, tuple[str, ...]]]:
    """What each key does, and the command that does it."""
    debrief = _what_debrief_does(standing), _debrief(standing)
    keys: dict[str, tuple[str, tuple[str, ...]]] = {}
    if not standing.agenda.questions:
        keys["enter"] = debrief
    if standing.first is not None:
        keys["enter"] = (_what_enter_does(standing), ("practice", str(standing.first)))
        keys["p"] = ("prepare it", ("prepare", str(standing.first)))
    if standing.to_thank is not None:
        keys["f"] = ("thank-you mail", ("followup", str(standing.to_thank.id)))
    if standing.agenda.questions:
        keys["d"] = debrief
        if standing.last is not None:
            keys["l"] = ("look back", ("trends",))
    return keys | {"q": ("quit", ())}


def _what_debrief_does(standing: Standing) -> str:
    return "go on with the debrief" if standing.open_debriefs else "debrief an interview"


def _debrief(standing: Standing) -> tuple[str, ...]:
    """The one that was stopped is gone on with at once: that is what its key says."""
    return ("debrief", "--edit", str(standing.open_debriefs[0].id)) if standing.open_debriefs else ("debrief",)


def _what_enter_does(standing: Standing) -> str:
    if standing.is_due:
        return "practise it"
    return "practise it early" if standing.dues else f"practise question {standing.first}"


def _run(name: str, *arguments: str) -> None:
    """Another command of the program, as if it had been typed."""
    context = click.get_current_context()
    assert isinstance(context.command, click.Group), "home is shown by the group of all commands"
    command: Any = context.command.get_command(context, name)
    with command.make_context(name, list(arguments), parent=context) as inner:
        command.invoke(inner)


def _steps(standing: Standing) -> list[tuple[str, str]]:
    """The same for somebody who types commands."""
    debrief = _what_debrief_does(standing)
    if not standing.agenda.questions:
        return [("rehearse debrief", debrief), *_EMPTY_COMMANDS, ("rehearse --help", "all commands")]
    steps = []
    if standing.first is not None:
        told = "answer it aloud" if standing.is_due else "answer it early"
        steps.append((f"rehearse practice {standing.first}", told))
        steps.append((f"rehearse prepare {standing.first}", "write down what you want to say"))
    if standing.last is not None:
        steps.append((f"rehearse show {standing.last.id}", "look at your last answer"))
        steps.append(("rehearse trends", "see how it changes"))
    return [*steps, ("rehearse debrief", debrief), ("rehearse --help", "all commands")]
