"""`--explain`: every number of an answer with its definition, formula, threshold and source."""

from typing import Any

import click
from rich.console import Group
from rich.text import Text

from rehearse.cli.session import Session

explain_option = click.option(
    "--explain", is_flag=True, help="Each number with what it means, how it is worked out, and its source."
)


def show_explained(session: Session, title: str, answer: dict[str, Any], as_json: bool = False) -> None:
    """The numbers of one answer in JSON, explained; the title says whose they are."""
    # Its texts need every room below: what explains nothing starts without them.
    from rehearse.presentation.explained import explained
    from rehearse.presentation.explanations import explanations_json
    from rehearse.presentation.screen import indented, said

    if as_json:
        session.show_json(answer | {"explanations": explanations_json(answer | {"explanations": {}})})
        return
    session.show_at_leisure(Group(indented(said(title, "bold")), Text(), explained(answer)))
