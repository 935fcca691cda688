"""Where a person wants a file of theirs."""

from pathlib import Path

from rehearse.errors import StorageFailed


def check_folder(output: Path) -> None:
    """Raises StorageFailed where the folder is not there: its name was mistyped more likely than wished for."""
    if not output.absolute().parent.is_dir():
        raise StorageFailed(f"There is no folder {output.absolute().parent}.", "Name a file in a folder that is there.")
