"""Changes to the settings file that a command makes for its owner: what they wrote there stays as they wrote it."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rehearse.errors import SettingsInvalid

_PRIVATE = 0o600


def count_as_fillers(config_file: Path, words: Sequence[str]) -> None:
    """Puts words behind those under `also` of [fillers]; comments, order and line ends stay.

    The file is made where there is none, and is whole at every moment: the old one or the new one. It must be one that
    `load_settings` could read.
    Raises SettingsInvalid where it cannot be written.
    """
    import tomlkit

    # A link to a file that is kept elsewhere stays a link.
    config_file = config_file.resolve()
    try:
        document = (
            tomlkit.parse(config_file.read_bytes().decode("utf-8")) if config_file.exists() else tomlkit.document()
        )
        fillers = document.setdefault("fillers", tomlkit.table())
        also = fillers.setdefault("also", tomlkit.array())
        also.extend(words)
        _replace(config_file, tomlkit.dumps(document).encode("utf-8"))
    except OSError as error:
        raise SettingsInvalid(
            f"The settings in {config_file} cannot be written.", "Are you allowed to write to that file and its folder?"
        ) from error


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else _PRIVATE
    descriptor, name = tempfile.mkstemp(prefix=".settings-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
