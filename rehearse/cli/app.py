"""The `rehearse` command: its sections, and the one place where an error becomes words and an exit code."""

import errno
import importlib
import io
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from rehearse import __version__
from rehearse.cli.session import Session, error_console
from rehearse.errors import RehearseError

EXIT_ERROR, EXIT_USAGE, EXIT_INTERRUPTED = 1, 2, 130

#: Commands as `--help` lists them, most used first, and the module that holds each. A module is imported only when
#: its command is asked for, so that every command starts as fast as it can.
SECTIONS: dict[str, dict[str, str]] = {
    "Practise": {
        "practice": "practice",
        "add": "add",
        "questions": "questions",
        "prepare": "prepare",
        "edit": "questions",
        "archive": "questions",
        "plan": "plan",
        "rate": "rating",
        "demo": "demo",
    },
    "Look back": {
        "attempts": "attempts",
        "show": "show",
        "trends": "trends",
        "replay": "replay",
        "compare": "compare",
        "report": "report",
        "delete": "attempts",
    },
    "Interviews": {
        "debrief": "debrief",
        "interviews": "interviews",
        "followup": "followup",
        "next-interview": "next_interview",
    },
    "Measure": {"measure": "measure", "transcribe": "transcribe", "remeasure": "transcribe", "tics": "tics"},
    "Library": {
        "export": "export",
        "import": "import_",
        "backup": "backup",
        "restore": "backup",
        "recover": "recover",
    },
    "Set-up": {"doctor": "doctor", "devices": "devices", "calibrate": "calibrate", "models": "models"},
}


#: What people type for a command that has another name here.
_OTHER_WORDS = {
    **dict.fromkeys(("list", "ls"), "questions"),
    **dict.fromkeys(("record", "start", "answer"), "practice"),
    **dict.fromkeys(("history", "log"), "attempts"),
    **dict.fromkeys(("progress", "trend", "graph", "chart"), "trends"),
    **dict.fromkeys(("page", "html", "html-report"), "report"),
    **dict.fromkeys(("play", "listen"), "replay"),
    **dict.fromkeys(("new", "question"), "add"),
    **dict.fromkeys(("follow-up", "thank-you", "thanks", "mail"), "followup"),
    **dict.fromkeys(("rescue", "repair", "undelete"), "recover"),
    **dict.fromkeys(("load", "merge"), "import"),
    **dict.fromkeys(("check", "status", "diagnose"), "doctor"),
    **dict.fromkeys(("mic", "microphone", "microphones"), "devices"),
}


class Sections(click.Group):
    """A group that lists its commands by section and loads a command's module when it is first asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for commands in SECTIONS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for commands in SECTIONS.values():
            if cmd_name in commands:
                module = importlib.import_module(f"rehearse.cli.{commands[cmd_name]}")
                command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
                return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            known = self.list_commands(ctx)
            meant = _OTHER_WORDS.get(args[0].lower())
            close = [meant] if meant else difflib.get_close_matches(args[0], known, n=1, cutoff=0.5)
            hint = f" Did you mean '{close[0]}'?" if close else " See: rehearse --help"
            raise click.UsageError(f"There is no command '{args[0]}'.{hint}", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, names in SECTIONS.items():
            commands = [(name, self.get_command(ctx, name)) for name in names]
            rows = [(name, command.get_short_help_str(66)) for name, command in commands if command is not None]
            with formatter.section(section):
                formatter.write_dl(rows)


@click.group(
    cls=Sections,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="First time here?  rehearse demo",
)
@click.version_option(__version__, message="rehearse %(version)s")
@click.option("--json", "as_json", is_flag=True, help="With no command: where you stand, as JSON.")
@click.pass_context
def rehearse(ctx: click.Context, as_json: bool) -> None:
    """Take the interview question that went badly and answer it again, aloud, until your answer is short and clear.

    Everything happens on this machine. With no command: where you stand, and what to do next.
    """
    ctx.obj = Session()
    if ctx.invoked_subcommand is None:
        from rehearse.cli.home import show_home

        show_home(ctx.obj, as_json)


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 done, 1 RehearseError, 2 usage, 130 interrupted."""
    # Answers are private: whatever this program creates, only its owner may read.
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        # A pipe on Windows has a small character set; JSON and people's words need them all.
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    wants_json = "--json" in arguments
    try:
        code = rehearse.main(args=arguments, prog_name="rehearse", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except RehearseError as error:
        report(error.message, error.hint, wants_json)
        sys.exit(EXIT_ERROR)
    except click.UsageError as error:
        from rehearse.cli.usage import usage_told

        report(*usage_told(error, rehearse, arguments), wants_json)
        sys.exit(EXIT_USAGE)
    except click.ClickException as error:
        report(error.format_message(), "", wants_json)
        sys.exit(EXIT_ERROR)
    except (click.Abort, KeyboardInterrupt):
        report("Stopped.", "", wants_json)
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        # The reader of a pipe (`| head`) went away: nothing is wrong, and there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_ERROR)
    except Exception as error:  # noqa: BLE001 - the one place where a fault of ours becomes words too
        report(*(_closed_to_us(error) or _our_fault()), wants_json)
        sys.exit(EXIT_ERROR)


def _closed_to_us(error: Exception) -> tuple[str, str] | None:
    """Words for a file that cannot even be looked up: in a folder closed to this person, or by a name that is too long.

    Whoever only asks whether it is there cannot tell; whoever opens it has words of their own.
    """
    if not isinstance(error, OSError) or error.filename is None:
        return None
    if error.errno == errno.ENAMETOOLONG:
        return f"{error.filename} cannot be opened.", "Its name is too long."
    if isinstance(error, PermissionError):
        return f"{error.filename} cannot be opened.", "Are you allowed to open it, and to look into its folder?"
    return None


def _our_fault() -> tuple[str, str]:
    """A sentence and a hint for a fault of the program itself; the details go to a file that can be sent to us."""
    details = Path(tempfile.gettempdir()) / f"rehearse-fault-{os.getpid()}.txt"
    message = "Something inside rehearse went wrong that should not have. Your recordings are untouched."
    try:
        details.write_text(
            f"rehearse {__version__}, Python {sys.version}\n\n{traceback.format_exc()}", encoding="utf-8"
        )
    except OSError:
        return message, "Please tell us what you did just before."
    return message, f"The details are in {details}. Please look through that file and send it to us."


def report(message: str, hint: str, wants_json: bool) -> None:
    """An error as words on stderr, or as JSON on stdout."""
    if wants_json:
        body: dict[str, Any] = {"error": message, "hint": hint}
        click.echo(json.dumps(body, ensure_ascii=False))
        return
    from rehearse.presentation.screen import said

    console = error_console()
    for line in message.split("\n"):
        console.print(said(line, "bold"))
    for line in hint.split("\n") if hint else ():
        console.print(said(line))
