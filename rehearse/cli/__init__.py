"""The command line: parses, calls, shows. The only room that prints, asks or exits."""

from rehearse.cli.app import run

__all__ = ["run"]
