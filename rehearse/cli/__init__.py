"""The command line: parses, calls, shows. The only room that prints, asks or exits."""


def run() -> None:
    """The `rehearse` command."""
