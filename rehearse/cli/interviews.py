"""`interviews`: the real ones, listed, read again, deleted."""

from typing import Any

import click

from rehearse.cli.completion import complete_interview
from rehearse.cli.interview_json import interview_json
from rehearse.cli.session import Session, json_option, pass_session, yes_option
from rehearse.presentation.debrief_words import name
from rehearse.presentation.interview_screen import interview_page, interviews_table


class _OrOneOfThem(click.Group):
    """A group where what is no command is the interview to show: `rehearse interviews 2`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["show", *args]
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        return [*super().shell_complete(ctx, incomplete), *complete_interview(ctx, self.params[0], incomplete)]


@click.group("interviews", cls=_OrOneOfThem, invoke_without_command=True, subcommand_metavar="[INTERVIEW]")
@json_option
@click.pass_context
def interviews_command(ctx: click.Context, as_json: bool) -> None:
    """List your interviews, or read one again.

    INTERVIEW is its number, 'last', or a part of its company's name.

    \b
    Examples:
      rehearse interviews
      rehearse interviews Northwind
      rehearse interviews delete 2
    """
    session: Session = ctx.obj
    if ctx.invoked_subcommand is not None:
        # `interviews --json 2` means the same as `interviews 2 --json`.
        ctx.default_map = {"show": {"as_json": as_json}, "delete": {"as_json": as_json}}
        return
    with session.store() as store:
        interviews = store.interviews()
    if as_json:
        session.show_json([interview_json(interview) for interview in interviews])
    elif interviews:
        session.show(interviews_table(interviews, session.now().astimezone().date()))
    else:
        session.note("No interviews yet.")
        session.note("After the next one, while it is fresh:  rehearse debrief")


@interviews_command.command("show")
@click.argument("interview", default="last", shell_complete=complete_interview)
@json_option
@pass_session
def show_command(session: Session, interview: str, as_json: bool) -> None:
    """Read an interview again: what went well, then the rest."""
    with session.store() as store:
        found = store.find_interview(interview)
    if as_json:
        session.show_json(interview_json(found))
    else:
        session.show(interview_page(found, session.now().astimezone().date()))


@interviews_command.command("delete")
@click.argument("interview", shell_complete=complete_interview)
@yes_option
@json_option
@pass_session
def delete_command(session: Session, interview: str, yes: bool, as_json: bool) -> None:
    """Delete an interview. Its practice questions and attempts stay."""
    with session.store() as store:
        found = store.find_interview(interview)
        session.confirm(
            f"Delete all you wrote about {name(found)}?",
            yes=yes,
            otherwise=f"To say yes: rehearse interviews delete {found.id} --yes",
        )
        store.delete_interview(found.id)
    if as_json:
        session.show_json({"interview": found.id, "deleted": True})
    else:
        session.note(f"Interview {found.id} is gone. Its practice questions and attempts stay.")
