"""The '~' of a path that a person wrote."""

from pathlib import Path


def with_home(path: Path) -> Path:
    """The path with somebody's home folder for the '~' it begins with; as it is where nobody here has that name."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path
